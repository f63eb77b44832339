"""`access token`: the tokens by which other systems read and record."""

from datetime import timedelta
from typing import Annotated

import typer

from mubiao import clock
from mubiao.cli.answers import answer, answering, tell
from mubiao.cli.choices import (
    ByOption,
    DatabaseOption,
    JsonOption,
    LangOption,
    PlanOption,
    acting,
    day_of,
    named_owner,
    record_of,
    settings_of_call,
)
from mubiao.cli.tables import tokens_text
from mubiao.exports.data.documents import to_json
from mubiao.exports.data.record_documents import tokens_document
from mubiao.problems import message
from mubiao.wording.phrasebook import Phrasebook

_DAYS = 365

app = typer.Typer(help="Tokens by which other systems read and record.", no_args_is_help=True)


@app.command("list")
def tokens(
    plan: PlanOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List every token of a plan, also those that have ended."""
    with answering(lang) as language:
        with record_of(plan, settings_of_call(database), language) as (sound, store):
            every = store.tokens(sound.id)
        if as_json:
            answer(to_json(tokens_document(every)))
        else:
            answer(tokens_text(Phrasebook(sound, language), every, clock.now().date()))


@app.command("make")
def make(  # noqa: PLR0913, PLR0917 - a parameter is an option
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
    plan: PlanOption = None,
    by: ByOption = "",
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """Make a token and print it: this once, as only its hash is kept."""
    with acting(lang, database, by) as (language, settings, act):
        last = day_of(expires, "--expires")
        with record_of(plan, settings, language) as (sound, store):
            unit = "" if owner is None else named_owner(sound, owner).id
            until = last or act.at.date() + timedelta(days=_DAYS)
            number, secret = store.make_token(sound.id, unit, name, act, expires=until)
        answer(f"{secret}\n")
        msgid = message("token no. {number}, good until {day}; it is not shown again")
        tell(language.t(msgid, number=number, day=until.isoformat()))


@app.command("end")
def end(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As the list has it.")],
    plan: PlanOption = None,
    by: ByOption = "",
    database: DatabaseOption = None,
    lang: LangOption = None,
) -> None:
    """End a token for good."""
    with acting(lang, database, by) as (language, settings, act):
        with record_of(plan, settings, language) as (sound, store):
            store.end_token(sound.id, number, act)
        answer(language.t("token no. {number} has ended", number=number) + "\n")
