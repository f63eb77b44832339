"""`due`: which reports are owed, by which unit, since when."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from mubiao import clock
from mubiao.cli import contents
from mubiao.cli.answers import answer, answering
from mubiao.cli.choices import (
    AsOfOption,
    DatabaseOption,
    JsonOption,
    LangOption,
    PlanOption,
    day_of,
    named_owner,
    record_of,
    settings_of_call,
)
from mubiao.cli.tables import due_text
from mubiao.duty import calendar, debts
from mubiao.exports.data.documents import due_document, to_json
from mubiao.model import Assessment, Observation
from mubiao.views.month import month_before, rows_of, tabs
from mubiao.views.seen import assess_record
from mubiao.wording.phrasebook import Phrasebook


def due(  # noqa: PLR0913, PLR0917 - a parameter is an option
    plan: PlanOption = None,
    database: DatabaseOption = None,
    as_of: AsOfOption = None,
    owner: Annotated[
        str | None,
        typer.Option("--owner", metavar="NAME", help="One unit alone, by its id or a name."),
    ] = None,
    ics: Annotated[
        Path | None,
        typer.Option("--ics", metavar="FILE", help="Write the calendar of what is due, too."),
    ] = None,
    workbook: Annotated[
        Path | None,
        typer.Option(
            "--workbook",
            metavar="FILE",
            help="Write the workbook (.xlsx) to fill in with what the month asks for, too.",
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List the reports that are owed."""
    with answering(lang) as language:
        settings = settings_of_call(database)
        named = day_of(as_of)
        with record_of(plan, settings, language, named) as (sound, store):
            unit = None if owner is None else named_owner(sound, owner)
            day = named or clock.today(settings, sound.zone)
            judged = [
                one
                for one in assess_record(store, sound, day)
                if unit is None or one.target.owner == unit.id
            ]
            known = store.as_of(sound.id, day) if workbook is not None else []
        phrasebook = Phrasebook(sound, language)
        if ics is not None:
            _write_calendar(ics, phrasebook, judged, day)
        if workbook is not None:
            _write_workbook(workbook, phrasebook, judged, known, clock.today(settings, sound.zone))
        owed = debts(sound, judged)
        if as_json:
            answer(to_json(due_document(owed)))
        else:
            answer(due_text(phrasebook, owed, day))


def _write_calendar(
    path: Path, phrasebook: Phrasebook, judged: Iterable[Assessment], day: date
) -> None:
    """The reports that are not there yet, with those still to come. Raises Refused."""
    from mubiao.exports.calendar import due_calendar  # noqa: PLC0415 - it takes a while to load

    unfiled = (debt for one in judged for debt in calendar(phrasebook.plan, one))
    contents.write(path, due_calendar(phrasebook, unfiled, day))


def _write_workbook(
    path: Path,
    phrasebook: Phrasebook,
    judged: Sequence[Assessment],
    known: Sequence[Observation],
    today: date,
) -> None:
    """The rows that the page Record lists for these targets. Raises Refused."""
    from mubiao.exports.workbook.to_fill_in import workbook  # noqa: PLC0415 - it is slow to load

    plan = phrasebook.plan
    month = month_before(plan, judged[0].as_of if judged else today)
    rows = tabs(rows_of(plan, month, judged, known, today), ())["owed"]
    periods = {due.target.id: due.period for due in rows}
    contents.write(path, workbook(phrasebook, known, periods))
