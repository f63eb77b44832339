"""`due`: which reports are owed, by which unit, since when; `remind`: a message about them."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from mubiao import clock
from mubiao.cli import options
from mubiao.cli.answers import answer, answering
from mubiao.cli.choices import day_of, named_owner, record_of, settings_of_call, write_file
from mubiao.cli.tables import due_text
from mubiao.duty import calendar, debts
from mubiao.exports.data.documents import due_document, to_json
from mubiao.i18n import Language
from mubiao.i18n import language as language_of
from mubiao.model import Assessment, Observation, Plan
from mubiao.problems import Refused, message
from mubiao.reminders import Outcome, Reminded, reminder_settings
from mubiao.reminders import remind as remind_units
from mubiao.store import Store
from mubiao.views.month import month_before, rows_of, tabs
from mubiao.views.seen import assess_record
from mubiao.wording.phrasebook import Phrasebook


def due(  # noqa: PLR0913, PLR0917 - a parameter is an option
    plan: options.Plan = None,
    database: options.Database = None,
    as_of: options.AsOf = None,
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
    as_json: options.Json = False,
    lang: options.Lang = None,
) -> None:
    """List the reports that are owed."""
    with answering(lang) as language:
        settings = settings_of_call(database)
        with record_of(plan, settings, language, day_of(as_of)) as (sound, store, day):
            unit = None if owner is None else named_owner(sound, owner)
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
        answer(to_json(due_document(owed)) if as_json else due_text(phrasebook, owed, day))


def _write_calendar(
    path: Path, phrasebook: Phrasebook, judged: Iterable[Assessment], day: date
) -> None:
    """The reports that are not there yet, with those still to come. Raises Refused."""
    from mubiao.exports.calendar import due_calendar  # noqa: PLC0415 - it takes a while to load

    unfiled = (debt for one in judged for debt in calendar(phrasebook.plan, one))
    write_file(path, due_calendar(phrasebook, unfiled, day))


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
    write_file(path, workbook(phrasebook, known, periods))


_OUTCOMES = {
    Outcome.WAITING: message("{unit} ({channel}), would be sent"),
    Outcome.SENT: message("{unit} ({channel}), sent"),
    Outcome.ALREADY: message("{unit} ({channel}), sent already"),
    Outcome.FAILED: message("{unit} ({channel}), not sent"),
    Outcome.UNREACHABLE: message("{unit}, no channel"),
}
_LOGGED = {
    "": message("not known whether sent"),
    "sent": message("sent"),
    "failed": message("not sent"),
}


def remind(  # noqa: PLR0913, PLR0917 - a parameter is an option
    plan: options.Plan = None,
    database: options.Database = None,
    as_of: options.AsOf = None,
    send: Annotated[
        bool, typer.Option("--send", help="Send the messages; else they are shown only.")
    ] = False,
    log: Annotated[
        bool, typer.Option("--log", help="List what was sent so far; send nothing.")
    ] = False,
    lang: options.Lang = None,
) -> None:
    """Remind each unit of the reports that it owes, at most once a day."""
    with answering(lang) as language:
        settings = settings_of_call(database)
        own = reminder_settings(settings.reminders)
        if lang is not None:
            own = own.model_copy(update={"language": lang})
        with record_of(plan, settings, language, day_of(as_of)) as (sound, store, day):
            if log:
                answer(_log(store, sound, language_of(language.code, sound.zone)))
                return
            phrasebook = Phrasebook(sound, language_of(own.language, sound.zone))
            made = remind_units(store, phrasebook, own, day, clock.now if send else None)
        answer("".join(_texts(made, language)))
        if missed := [one.problem for one in made if one.problem]:
            raise Refused(missed)


def _texts(made: Iterable[Reminded], language: Language) -> Iterable[str]:
    """What became of each message; of those that only would be sent, the message too."""
    for one in made:
        head = language.t(_OUTCOMES[one.outcome], unit=one.unit, channel=one.channel)
        yield f"{head}\n"
        if one.outcome in (Outcome.WAITING, Outcome.UNREACHABLE):
            yield from (f"  {line}\n" for line in one.reminder.text.splitlines())


def _log(store: Store, plan: Plan, language: Language) -> str:
    """What was sent, with when and to whom; the newest last."""
    lines = []
    for one in store.reminders(plan.id):
        outcome = language.t(_LOGGED[one.outcome])
        lines.append(f"{language.short_moment(one.at)}  {outcome}  {one.title}\n")
    return "".join(lines)
