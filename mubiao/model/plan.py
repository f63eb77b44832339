"""A plan: all targets of one report, what each promises, its sections, units and thresholds."""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from mubiao.model.parts import (
    Days,
    NearbyCSV,
    NonEmpty,
    Part,
    StrictDate,
    StrictDecimal,
    Text,
    TimeZone,
    Unit,
    Year,
)
from mubiao.model.target import (
    Cadence,
    Id,
    Indicator,
    OwnerId,
    PartId,
    Reference,
    SectionId,
    Source,
    Target,
)
from mubiao.period import Period, YearSpan


class Owner(Part):
    """A unit that answers for targets: `short` is its name for lists, `contact` whom to ask: a mail
    address or a channel of Apprise gets its reminders.

    As a channel may hold a password, a contact is no part of the plan's text, nor of any file.
    """

    id: OwnerId
    name: Text
    short: Text | None = None
    contact: NonEmpty | None = Field(default=None, exclude=True, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that the unit is called, each once: id, names, short names."""
        texts = [text for text in (self.name, self.short) if text is not None]
        return tuple(dict.fromkeys((self.id, *(name for t in texts for name in (t.zh, t.en)))))


class Lag(Part):
    """How many days after a period's end its report is due, by cadence."""

    monthly: Days = 20
    quarterly: Days = 30
    half_yearly: Days = 30
    yearly: Days = 90
    weekly: Days = 3

    def days(self, cadence: Cadence) -> int:
        """The days for a cadence."""
        lag: int = getattr(self, cadence)
        return lag


class Calendar(Part):
    """The days on which a publisher has announced its figures, by the period that they are for.

    A period is known by its last day: 2020-Q2 is also the first half.
    """

    id: Id
    name: Text
    days: Mapping[str, StrictDate]

    def by_last_day(self, year: YearSpan) -> dict[date, date]:
        """The days of release by the last days of their periods, as a plan of a year names them."""
        return {year.parse(text).last: day for text, day in self.days.items()}


class Section(Part):
    """A part of the report, numbered as the report prints it (2.0, 2.1 … 2.8)."""

    id: SectionId
    name: Text


class NoPromise(Source):
    """A phrase of the report whose figures promise nothing, with the reason."""

    reason: Text


class Thresholds(Part):
    """How far behind schedule is still on track, and still at risk; shares of the year's work."""

    on_track: Annotated[StrictDecimal, Field(ge=0, le=1)] = Decimal("0.10")
    at_risk: Annotated[StrictDecimal, Field(ge=0, le=1)] = Decimal("0.30")


class Span(Part):
    """The first and the last day of a plan: twelve whole months."""

    first: StrictDate
    last: StrictDate


def _approval(value: object) -> object:
    """`approval: true` is for every target, `false` as good as nothing; a plan file has words."""
    if value in ("true", "false"):
        return {} if value == "true" else None
    return value


class Approval(Part):
    """What is looked at before it is part of the record: reports of some units' targets, None for
    all. With `four_eyes` nobody publishes what they submitted.
    """

    owners: tuple[OwnerId, ...] | None = None
    four_eyes: bool = True


class Plan(Part):
    """All targets of one report, and the report's figures that promise nothing.

    `period` is the plan's where that is no calendar year; it begins in `year`. `covers` are the
    parts of the report that hold its promises; the report's text ends before the line that begins
    with `ends`. `references` are series that promise nothing, against which targets are held.
    `grace` is how many days after its due day a target is still judged by an earlier figure.
    """

    id: Id
    year: Year
    place: Text
    title: Text
    delivered: StrictDate
    timezone: TimeZone = "UTC"
    headline: SectionId
    covers: Annotated[tuple[PartId, ...], Field(min_length=1)] = ("2",)
    ends: NonEmpty | None = None
    actuals: NearbyCSV | None = None
    thresholds: Thresholds = Thresholds()
    grace: Days = 120
    lag: Lag = Lag()
    owners: tuple[Owner, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    units: Mapping[str, Unit]
    sections: tuple[Section, ...]
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    no_promise: tuple[NoPromise, ...] = ()
    references: tuple[Reference, ...] = ()
    period: Span | None = None
    # How the record is kept is no part of the report: a meeting's plan does not change with it.
    approval: Annotated[
        Approval | None,
        BeforeValidator(_approval, json_schema_input_type=Approval | bool | None),
        Field(exclude=True),
    ] = None

    @cached_property
    def zone(self) -> ZoneInfo:
        """The place's time zone: it says which day is today, and moments are told in it."""
        return ZoneInfo(self.timezone)

    @cached_property
    def span(self) -> YearSpan:
        """The plan's year."""
        return YearSpan(self.period.first if self.period else date(self.year, 1, 1))

    @cached_property
    def _last_day(self) -> date:
        return self.span.last  # asked for each target, several times a judgement

    # Looking a target up by id happens on every page and for each row of an import.
    @cached_property
    def by_id(self) -> dict[str, Target]:
        """The targets by id."""
        return {target.id: target for target in self.targets}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Everything that figures are recorded of, by id: targets and reference series."""
        return {**self.by_id, **{reference.id: reference for reference in self.references}}

    @cached_property
    def owners_by_id(self) -> dict[str, Owner]:
        """The units by id."""
        return {owner.id: owner for owner in self.owners}

    @cached_property
    def calendars_by_id(self) -> dict[str, Calendar]:
        """The calendars by id."""
        return {calendar.id: calendar for calendar in self.calendars}

    @cached_property
    def _releases(self) -> dict[str, dict[date, date]]:
        return {calendar.id: calendar.by_last_day(self.span) for calendar in self.calendars}

    @cached_property
    def section_names(self) -> dict[str, Text]:
        """The sections' names by id, in the report's order."""
        return {section.id: section.name for section in self.sections}

    @property
    def version(self) -> str:
        """Changes when the plan says something else, whatever the layout of its file."""
        return version_of(self.as_text())

    def as_text(self) -> str:
        """The plan as JSON without default values.

        A field that is added to plans in general does not change the texts of older plans.
        """
        return self.model_dump_json(exclude_defaults=True)

    def needs_approval(self, target: str) -> bool:
        """Whether a target's reports are looked at before they are part of the record."""
        approval, own = self.approval, self.by_id.get(target)
        if approval is None or approval.owners is None:
            return approval is not None
        return own is not None and own.owner in approval.owners

    def due(self, target: Target) -> date:
        """The day a target is due: the last one of the plan's year unless it says otherwise."""
        return target.due or self._last_day

    def end(self, indicator: Indicator) -> date:
        """The last day of a target's course: of the plan's year, or a due day after it; of a
        reference series that of the targets that are held against it.
        """
        if isinstance(indicator, Reference):
            held = (target for target in self.targets if target.counterpart == indicator.id)
            return max([self._last_day, *map(self.end, held)])
        return max(self._last_day, self.due(indicator))

    def release(self, target: Target, period: Period) -> date | None:
        """The day on which a target's calendar has a period's figure; None where it names none."""
        if target.calendar is None:
            return None
        return self._releases[target.calendar].get(period.last)


def version_of(text: str) -> str:
    """The version of a plan's text: 16 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
