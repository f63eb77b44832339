"""`owners`: which unit answers for which target, and giving targets to others."""

from collections.abc import Iterator
from typing import Annotated

import typer

from mubiao.cli import options
from mubiao.cli.answers import answer, answering, misuse
from mubiao.cli.choices import acting, day_of, named_owner, record_of, settings_of_call
from mubiao.exports.data.documents import to_json
from mubiao.exports.data.record_documents import owners_document
from mubiao.model import Assignment, Plan
from mubiao.problems import message
from mubiao.wording.phrasebook import Phrasebook

NOBODY = "-"

app = typer.Typer(help="Which unit answers for which target.", no_args_is_help=True)


@app.command("list")
def list_(
    plan: options.Plan = None,
    as_of: options.AsOf = None,
    database: options.Database = None,
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> None:
    """List the targets with the units that answer for them on a day, since when and why."""
    with answering(lang) as language:
        settings = settings_of_call(database)
        with record_of(plan, settings, language, day_of(as_of)) as (assigned, store, day):
            begun = [one for one in store.assignments(assigned.id) if one.since <= day]
        last = {one.target: one for one in begun}
        text = "".join(_lines(Phrasebook(assigned, language), last))
        answer(to_json(owners_document(assigned, last)) if as_json else text)


@app.command("assign")
def assign(  # noqa: PLR0913, PLR0917 - a parameter is an option
    target: Annotated[str, typer.Argument(metavar="TARGET", help="The target's id.")],
    unit: Annotated[
        str, typer.Argument(metavar="UNIT", help="The unit's id or a name; - for none.")
    ],
    reason: options.Reason,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="YYYY-MM-DD", help="From which day on; else today."),
    ] = None,
    plan: options.Plan = None,
    by: options.By = "",
    database: options.Database = None,
    lang: options.Lang = None,
) -> None:
    """Give a target to a unit from a day on; earlier days keep the unit of then."""
    with acting(lang, database, by) as (language, settings, act):
        named = day_of(since, "--since")
        with record_of(plan, settings, language) as (sound, store, today):
            day = named or today
            owner = "" if unit == NOBODY else _unit(sound, unit)
            store.assign(sound, target, owner, act, since=day, reason=reason)
            answered = Phrasebook(store.assigned(sound, day), language)
        name, owner = answered.name(target), answered.owner(owner or None)
        msgid = message("From {day} on {unit} answers for “{name}”.")
        answer(language.t(msgid, day=language.day(day), unit=owner, name=name) + "\n")


def _unit(plan: Plan, text: str) -> str:
    if not plan.owners:
        raise misuse(message("the plan names no units to which its targets could be given"))
    return named_owner(plan, text).id


def _lines(phrasebook: Phrasebook, last: dict[str, Assignment]) -> Iterator[str]:
    """A target a line: id, unit and, where it was given later, since when and why."""
    for target in phrasebook.plan.targets:
        cells = [target.id, phrasebook.owner(target.owner)]
        if (one := last.get(target.id)) is not None:
            cells += [one.since.isoformat(), one.reason]
        yield "\t".join(cells) + "\n"
