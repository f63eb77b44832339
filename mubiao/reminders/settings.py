"""How units are reminded, as the YAML file says that the setting MUBIAO_REMINDERS names."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from mubiao import channels
from mubiao.model import Code, Days, Owner, Part
from mubiao.plain_text import folded
from mubiao.plan.typed import ADDRESS_FORM, HOUR_FORM, typed
from mubiao.plan.yamlfile import Issue, KeyPath, read_yaml
from mubiao.problems import Refused

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
