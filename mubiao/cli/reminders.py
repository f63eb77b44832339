"""`remind`: a message to each unit about what it owes, by the unit's channel."""

from collections.abc import Iterable
from typing import Annotated

import typer

from mubiao import clock
from mubiao.cli.answers import answer, answering
from mubiao.cli.choices import (
    AsOfOption,
    DatabaseOption,
    LangOption,
    PlanOption,
    day_of,
    record_of,
    settings_of_call,
)
from mubiao.i18n import Language
from mubiao.i18n import language as language_of
from mubiao.model import Plan
from mubiao.problems import Refused, message
from mubiao.reminders.messages import Outcome, Reminded
from mubiao.reminders.messages import remind as remind_units
from mubiao.reminders.settings import reminder_settings
from mubiao.store import Store
from mubiao.wording.phrasebook import Phrasebook

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
    plan: PlanOption = None,
    database: DatabaseOption = None,
    as_of: AsOfOption = None,
    send: Annotated[
        bool, typer.Option("--send", help="Send the messages; else they are shown only.")
    ] = False,
    log: Annotated[
        bool, typer.Option("--log", help="List what was sent so far; send nothing.")
    ] = False,
    lang: LangOption = None,
) -> None:
    """Remind each unit of the reports that it owes, at most once a day."""
    with answering(lang) as language:
        settings = settings_of_call(database)
        own = reminder_settings(settings.reminders)
        if lang is not None:
            own = own.model_copy(update={"language": lang})
        named = day_of(as_of)
        with record_of(plan, settings, language, named) as (sound, store):
            if log:
                answer(_log(store, sound, language_of(language.code, sound.zone)))
                return
            phrasebook = Phrasebook(sound, language_of(own.language, sound.zone))
            day = named or clock.today(settings, sound.zone)
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
