"""How units are reminded of what they owe: by which channel, when, and what became of it.

A unit is written to from a few days before a report is due, once a day, until it has filed.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from pydantic import Field

from mubiao import channels
from mubiao.duty import Debt, debts
from mubiao.i18n import language
from mubiao.model import Code, Days, Owner, Part
from mubiao.plain_text import folded
from mubiao.plan.loader import plan_files
from mubiao.plan.typed import ADDRESS_FORM, HOUR_FORM, typed
from mubiao.plan.yamlfile import Issue, KeyPath, read_yaml
from mubiao.problems import Problem, Refused, message
from mubiao.settings import Settings
from mubiao.store import Store, open_store, seed
from mubiao.views.owed import OFFICE
from mubiao.views.seen import assess_record
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.reminders import Reminder, reminder

_Secret = Annotated[str | None, Field(min_length=1, repr=False)]


class ReminderSettings(Part):
    """How units are reminded.

    `address` is the dashboard's, for links; `at` the hour from which the server sends each day
    (None: it does not, cron may), in the plan's time zone; `ahead` how many days before a report is
    due its unit is written to. `mail` is the channel of the mail server that writes to contacts
    that are mail addresses, `office` the contact of the plan's office, `channels` those of units,
    by any name of theirs, which go before the plan's.
    """

    address: Annotated[str, Field(pattern=ADDRESS_FORM)] | None = None
    language: Code = "zh"
    at: Annotated[str, Field(pattern=HOUR_FORM)] | None = None
    ahead: Days = 3
    mail: _Secret = None
    office: _Secret = None
    channels: Annotated[Mapping[str, str], Field(repr=False)] = {}

    def channel(self, owner: Owner | None) -> str | None:
        """The channel that reaches a unit, None where there is none."""
        contact = self._contact(owner)
        if channels.is_mail(contact):
            return channels.by_mail(self.mail, contact) if self.mail else None
        return contact if channels.kind(contact) else None

    def _contact(self, owner: Owner | None) -> str:
        if owner is None:
            return self.office or ""
        by_name = {folded(name): contact for name, contact in self.channels.items()}
        named = (by_name[folded(name)] for name in owner.names if folded(name) in by_name)
        return next(named, owner.contact or "")


def reminder_settings(path: Path | None) -> ReminderSettings:
    """The settings in a YAML file. Raises Refused with every problem, by file and line."""
    if path is None:
        return ReminderSettings()
    document, problems = read_yaml(path)
    if document is None:
        raise Refused(problems)
    settings, issues, _ = typed(document, ReminderSettings)
    issues += [] if settings is None else _unusable(settings)
    if settings is None or issues:
        raise Refused(map(document.lines.problem, issues))
    return settings


def _unusable(settings: ReminderSettings) -> Iterator[Issue]:
    """An issue at every channel that no message can go by."""
    contacts: dict[KeyPath, str] = {("office",): settings.office or ""}
    contacts |= {("channels", name): contact for name, contact in settings.channels.items()}
    usable = {path: channels.is_contact(contact) for path, contact in contacts.items()}
    if settings.mail is not None:
        contacts["mail",] = settings.mail
        usable["mail",] = channels.is_usable(channels.by_mail(settings.mail, "a@plans.example"))
    for path in (path for path, fine in usable.items() if not fine):
        yield Issue(path, channels.NO_CHANNEL, {"kind": channels.kind(contacts[path])})


Clock = Callable[[], datetime]
_MISSED = {
    "failed": message(
        "{unit} could not be reached by its channel ({channel}); the next run tries again"
    ),
    "unreachable": message(
        "{unit} has no channel; name one in the file of MUBIAO_REMINDERS, or a mail address or a "
        "channel as its contact in the plan"
    ),
}


class Outcome(StrEnum):
    """What became of a message; WAITING in a dry run, ALREADY where today's went out before."""

    WAITING = "waiting"
    SENT = "sent"
    ALREADY = "already"
    FAILED = "failed"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Reminded:
    """A message to a unit (its name; `channel` is the kind alone) and what became of it."""

    unit: str
    channel: str
    reminder: Reminder
    outcome: Outcome

    @property
    def problem(self) -> Problem | None:
        """Why it did not reach its unit; None where it did, or need not yet."""
        msgid = _MISSED.get(self.outcome)
        return Problem(msgid, {"unit": self.unit, "channel": self.channel}) if msgid else None


def remind(
    store: Store,
    phrasebook: Phrasebook,
    settings: ReminderSettings,
    as_of: date,
    clock: Clock | None,
) -> tuple[Reminded, ...]:
    """Remind every unit of a plan that owes a report as of a day; a dry run without a clock.

    Raises Refused where the record cannot be used; what was sent before that is on record.
    """
    plan, made = phrasebook.plan, []
    logged = store.reminders(plan.id)
    gone = {one.owner for one in logged if one.day == as_of and one.outcome != "failed"}
    for id_, text in messages(store, phrasebook, settings, as_of):
        channel = settings.channel(plan.owners_by_id.get(id_ or ""))
        outcome = Outcome.UNREACHABLE
        if channel is not None:
            outcome = Outcome.ALREADY if (id_ or "") in gone else Outcome.WAITING
            if clock is not None:
                claimed = (plan.id, id_ or "", as_of)
                outcome = _send(store, claimed, text, channel, clock)
        name = phrasebook.owner(id_)
        made.append(Reminded(name, channels.kind(channel or ""), text, outcome))
    return tuple(made)


def messages(
    store: Store, phrasebook: Phrasebook, settings: ReminderSettings, as_of: date
) -> Iterator[tuple[str | None, Reminder]]:
    """The message of each unit with a report late or soon due, by its id (None: the office)."""
    by_owner: dict[str | None, list[Debt]] = {}
    for debt in debts(phrasebook.plan, assess_record(store, phrasebook.plan, as_of)):
        by_owner.setdefault(debt.target.owner, []).append(debt)
    soon = as_of + timedelta(days=settings.ahead)
    for owner, owed in by_owner.items():
        if any(debt.due <= soon for debt in owed):
            link = _link(phrasebook, settings, owner)
            yield owner, reminder(phrasebook, owner, owed, as_of, link)


def _link(phrasebook: Phrasebook, settings: ReminderSettings, owner: str | None) -> str:
    """The address of what a unit has to file; "" where the dashboard's is not known."""
    if settings.address is None:
        return ""
    choices = {"plan": phrasebook.plan.id, "lang": phrasebook.language.code}
    if phrasebook.plan.owners:
        choices["owner"] = owner or OFFICE
    return f"{settings.address}/record?{urlencode(choices)}"


def _send(
    store: Store, claimed: tuple[str, str, date], text: Reminder, channel: str, clock: Clock
) -> Outcome:
    claim = store.claim_reminder(*claimed, title=text.title, text=text.text, at=clock())
    if claim is None:
        return Outcome.ALREADY
    sent = channels.send(channel, text.title, text.text)
    store.settle_reminder(claim, sent=sent, at=clock())
    return Outcome.SENT if sent else Outcome.FAILED


def remind_daily(settings: Settings, clock: Clock) -> str:
    """Remind the units of every plan from the hour on that the settings name; how many were, "" for
    none. Raises Refused, also after the others for those that could not be reached.
    """
    own = reminder_settings(settings.reminders)
    # A rehearsal's day is nobody's.
    if own.at is None or settings.today is not None:
        return ""
    reminded: list[Reminded] = []
    for file in plan_files(settings.plans):
        now = clock()
        if file.plan is None or f"{now.astimezone(file.plan.zone):%H:%M}" < own.at:
            continue
        with closing(
            open_store(settings.database, backups=settings.backups, access=settings.access)
        ) as store:
            seed(store, file, now)  # else everything would seem owed
            day = now.astimezone(file.plan.zone).date()
            plan = store.assigned(file.plan, day)
            phrasebook = Phrasebook(plan, language(own.language, plan.zone))
            reminded += remind(store, phrasebook, own, day, clock)
    if missed := [one.problem for one in reminded if one.problem]:
        raise Refused(missed)
    return ", ".join(one.unit for one in reminded if one.outcome is Outcome.SENT)
