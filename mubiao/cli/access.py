"""`access`: who has which role, who has signed in, and tokens of other systems."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

import typer

from mubiao import clock
from mubiao.access import EVERYBODY, Grant, Role, Scope
from mubiao.cli import options
from mubiao.cli.answers import answer, answering, tell
from mubiao.cli.choices import acting, day_of, named_owner, record_of, settings_of_call, store_of
from mubiao.cli.tables import tokens_text
from mubiao.exports.data.documents import to_json
from mubiao.exports.data.record_documents import grants_document, sign_ins_document, tokens_document
from mubiao.i18n import Language
from mubiao.model import Actor
from mubiao.plan.loader import plan_files
from mubiao.problems import Problem, Problems, message
from mubiao.settings import Settings
from mubiao.wording.phrasebook import Phrasebook

_DAYS = 365  # of a token

app = typer.Typer(
    help="Who may do what, where MUBIAO_ADMINISTRATOR puts roles in force.", no_args_is_help=True
)
_tokens = typer.Typer(help="Tokens by which other systems read and record.", no_args_is_help=True)
app.add_typer(_tokens, name="token")


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Those that were revoked too.")] = False,
    database: options.Database = None,
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> None:
    """List who has which role, since when, and why."""
    with answering(lang) as language, store_of(settings_of_call(database)) as store:
        grants = [one for one in store.grants() if every or one.revoked_at is None]
        text = "".join(f"{line}\n" for line in _lines(grants, language))
        answer(to_json(grants_document(grants)) if as_json else text)


@app.command()
def grant(  # noqa: PLR0913, PLR0917 - a parameter is an option
    actor: Annotated[str, typer.Argument(metavar="ID", help="Who: oidc:…, proxy:…, os:…, …")],
    role: Annotated[Role, typer.Argument(metavar="ROLE", help="What they may do.")],
    reason: options.Reason,
    plan: Annotated[str, typer.Option("--plan", metavar="ID", help="One plan; else all.")] = "",
    owner: Annotated[str, typer.Option("--owner", metavar="ID", help="A unit's targets.")] = "",
    section: Annotated[
        str, typer.Option("--section", metavar="ID", help="A section's targets.")
    ] = "",
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Their name.")] = "",
    by: options.By = "",
    database: options.Database = None,
    lang: options.Lang = None,
) -> None:
    """Give somebody a role within a scope; ID "everybody" is whoever signs in."""
    with acting(lang, database, by) as (language, settings, act):
        scope = Scope(plan, owner, section)
        _refuse_unknown(scope, settings)
        subject = Actor(EVERYBODY if actor == "everybody" else actor, name)
        with store_of(settings) as store:
            made = store.grant(subject, role, scope, act=act, reason=reason)
        answer(language.t("Granted, no. {row}.", row=made.row) + "\n")


@app.command()
def revoke(
    row: Annotated[int, typer.Argument(metavar="NO", help="The grant, as list numbers it.")],
    reason: options.Reason,
    by: options.By = "",
    database: options.Database = None,
    lang: options.Lang = None,
) -> None:
    """Take a role back; from the next write on it is not there."""
    with acting(lang, database, by) as (language, settings, act):
        with store_of(settings) as store:
            store.revoke(row, act, reason=reason)
        answer(language.t("Revoked, no. {row}.", row=row) + "\n")


@app.command("sign-ins")
def sign_ins(
    database: options.Database = None, as_json: options.Json = False, lang: options.Lang = None
) -> None:
    """List who has signed in on pages, by which id, and whose sign-ins are ended."""
    with answering(lang) as language, store_of(settings_of_call(database)) as store:
        everybody = store.last_sign_ins()
        lines = []
        for one in everybody:
            cells = [one.actor, one.name, language.short_moment(one.at)]
            lines.append("\t".join([*cells, language.t("ended")] if one.is_over else cells) + "\n")
        answer(to_json(sign_ins_document(everybody)) if as_json else "".join(lines))


@app.command()
def end(
    actor: Annotated[
        str, typer.Argument(metavar="ID", help="options.Whose, as sign-ins lists it.")
    ],
    reason: options.Reason,
    by: options.By = "",
    database: options.Database = None,
    lang: options.Lang = None,
) -> None:
    """End all sign-ins of somebody; whoever still may signs in anew."""
    with acting(lang, database, by) as (language, settings, act):
        with store_of(settings) as store:
            store.end_sign_ins(actor, act, reason=reason)
        answer(language.t("All sign-ins of {actor} are ended.", actor=actor) + "\n")


def _lines(grants: list[Grant], language: Language) -> Iterator[str]:
    """A grant a line, cells set apart by tabs: who has what, by whom, when, why; then its end."""
    for one in grants:
        scope = ",".join(filter(None, (one.scope.plan, one.scope.owner, one.scope.section)))
        cells = [str(one.row), one.actor, one.name, one.role, scope or language.t("all plans")]
        cells += [one.granted_by, language.short_moment(one.granted_at), one.reason]
        if one.revoked_at:
            text = language.t("Revoked by")
            cells += [f"{text} {one.revoked_by}", language.short_moment(one.revoked_at)]
            cells.append(one.revoked_for)
        yield "\t".join(cells)


def _refuse_unknown(scope: Scope, settings: Settings) -> None:
    """Raises Refused for a scope in which nothing lies: most likely it is misspelt."""
    plans = [file.plan for file in plan_files(settings.plans) if file.plan]
    inside = [plan for plan in plans if scope.plan in {"", plan.id}]
    targets = [target for plan in inside for target in plan.targets]
    known = (
        (scope.plan, {plan.id for plan in plans}, message("there is no plan {id}; known: {ids}")),
        (
            scope.owner,
            {owner.id for plan in inside for owner in plan.owners},
            message("there is no unit {id}; known: {ids}"),
        ),
        (
            scope.section,
            {target.section for target in targets},
            message("there is no section {id}; known: {ids}"),
        ),
    )
    problems = Problems()
    for id_, ids, msgid in known:
        if id_ and id_ not in ids:
            problems.append(Problem(msgid, {"id": id_, "ids": ", ".join(sorted(ids))}))
    problems.refuse()


@_tokens.command("list")
def tokens(
    plan: options.Plan = None,
    database: options.Database = None,
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> None:
    """List every token of a plan, also those that have ended."""
    with answering(lang) as language:
        with record_of(plan, settings_of_call(database), language) as (sound, store, _):
            every = store.tokens(sound.id)
        text = tokens_text(Phrasebook(sound, language), every, clock.now().date())
        answer(to_json(tokens_document(every)) if as_json else text)


@_tokens.command("make")
def make_token(  # noqa: PLR0913, PLR0917 - a parameter is an option
    name: Annotated[str, typer.Argument(metavar="NAME", help="The system that it is for.")],
    owner: Annotated[
        str | None,
        typer.Option(
            "--owner", metavar="NAME", help="The unit whose targets it records; else the plan's."
        ),
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option("--expires", metavar="YYYY-MM-DD", help="Its last day; else a year on."),
    ] = None,
    plan: options.Plan = None,
    by: options.By = "",
    database: options.Database = None,
    lang: options.Lang = None,
) -> None:
    """Make a token and print it: this once, as only its hash is kept."""
    with acting(lang, database, by) as (language, settings, act):
        last = day_of(expires, "--expires")
        with record_of(plan, settings, language) as (sound, store, _):
            unit = "" if owner is None else named_owner(sound, owner).id
            until = last or act.at.date() + timedelta(days=_DAYS)
            number, secret = store.make_token(sound.id, unit, name, act, expires=until)
        answer(f"{secret}\n")
        msgid = message("token no. {number}, good until {day}; it is not shown again")
        tell(language.t(msgid, number=number, day=until.isoformat()))


@_tokens.command("end")
def end_token(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As the list has it.")],
    plan: options.Plan = None,
    by: options.By = "",
    database: options.Database = None,
    lang: options.Lang = None,
) -> None:
    """End a token for good."""
    with acting(lang, database, by) as (language, settings, act):
        with record_of(plan, settings, language) as (sound, store, _):
            store.end_token(sound.id, number, act)
        answer(language.t("token no. {number} has ended", number=number) + "\n")
