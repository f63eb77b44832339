"""A plan: all targets of one report, what each promises, its sections, units and thresholds."""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, assert_never
from zoneinfo import ZoneInfo

from pydantic import Field

from mubiao.model.parts import (
    Days,
    NearbyCSV,
    NonEmpty,
    ParagraphNumber,
    Part,
    StrictDate,
    StrictDecimal,
    Text,
    TimeZone,
    Unit,
    Year,
)


class Measure(StrEnum):
    """What an observation of a target is (METHOD, section 2)."""

    COUNT = "count"
    RATE = "rate"
    LEVEL = "level"
    SINCE_BASE = "since_base"
    STAGE = "stage"


class Comparator(StrEnum):
    """How a value is held against the target (METHOD, section 1)."""

    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"
    ABOUT = "about"
    IN_STEP_WITH = "in_step_with"
    DONE = "done"


class Judged(StrEnum):
    """Whether the promise is for the year's end or for every day of the year."""

    YEAR_END = "year_end"
    ALL_YEAR = "all_year"


class Cadence(StrEnum):
    """How often a figure of a target is published."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        """The months between two figures."""
        return {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}[self.value]


class Better(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Wording(StrEnum):
    """How a sentence says a value: "grew by 1.2%" or "was 1.2%"."""

    CHANGE = "change"
    VALUE = "value"


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]

# An id, or a unit's own name; a list of units is separated by these signs.
OwnerId = Annotated[str, Field(pattern=r"^[^\s,;，；、|][^,;，；、|]*$", max_length=80)]

SectionId = Annotated[str, Field(pattern=r"^\d+\.\d+$")]


class Source(Part):
    """Where the report says it: section, paragraph (from 1 after the heading; 0 is the
    heading itself) and the shortest run of characters that carries figure and comparator.
    """

    section: SectionId
    paragraph: ParagraphNumber
    printed: Annotated[str, Field(min_length=1, max_length=40)]


class Baseline(Part):
    """The earlier value by the same definition, in the target's unit."""

    value: StrictDecimal
    year: Year
    source: Source


class Target(Part):
    """One promise of the report.

    `value` is in `unit`, signed (a fall of 17% is -17); a milestone (`stage`) has neither, and a
    target in step with another has no value of its own. `tolerance` and `band` are in `unit`
    (percentage points for %). `conditions` are further figures of the printed phrase that
    qualify the promise without being its value. `profile` is the cumulative share of the
    year's work by the end of each month, for work that is not spread evenly. `owner` is the unit
    that answers for the promise and `supports` those that help, by their ids; `lag` overrides the
    plan's. `part_of` is the milestone of which this one is a step. `synonyms` are other words by
    which people look for it.
    """

    id: Id
    name: Text
    synonyms: tuple[NonEmpty, ...] = ()
    section: SectionId
    measure: Measure
    comparator: Comparator
    value: StrictDecimal | None = None
    unit: NonEmpty | None = None
    better: Better | None = None
    tolerance: Annotated[StrictDecimal, Field(ge=0)] | None = None
    band: Annotated[StrictDecimal, Field(gt=0)] | None = None
    in_step_with: Id | None = None
    part_of: Id | None = None
    base_year: Year | None = None
    judged: Judged = Judged.YEAR_END
    due: StrictDate | None = None
    cadence: Cadence
    profile: Annotated[tuple[StrictDecimal, ...], Field(min_length=12, max_length=12)] | None = None
    wording: Wording | None = None
    source: Source
    conditions: tuple[StrictDecimal, ...] = ()
    baseline: Baseline | None = None
    reading: Text | None = None
    owner: OwnerId | None = None
    supports: tuple[OwnerId, ...] = ()
    lag: Days | None = None

    @property
    def higher_is_better(self) -> bool:
        """Which way is better; the comparator says it, or else the plan."""
        match self.comparator:
            case Comparator.AT_LEAST | Comparator.ABOVE | Comparator.DONE:
                return True
            case Comparator.AT_MOST | Comparator.BELOW:
                return False
            case Comparator.ABOUT | Comparator.IN_STEP_WITH:
                return self.better is not Better.LOWER
        assert_never(self.comparator)

    @property
    def says_change(self) -> bool:
        """Whether sentences say "grew by" (a rate in % or a change since a base year) or "was"."""
        if self.wording is not None:
            return self.wording is Wording.CHANGE
        return self.measure is Measure.SINCE_BASE or (
            self.measure is Measure.RATE and self.unit == "%"
        )

    @property
    def is_milestone(self) -> bool:
        """Whether the promise is a completion, not a number."""
        return self.measure is Measure.STAGE


class Owner(Part):
    """A unit that answers for targets: `short` is its name for lists, `contact` whom to ask."""

    id: OwnerId
    name: Text
    short: Text | None = None
    contact: NonEmpty | None = None

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

    def days(self, cadence: Cadence) -> int:
        """The days for a cadence."""
        match cadence:
            case Cadence.MONTHLY:
                return self.monthly
            case Cadence.QUARTERLY:
                return self.quarterly
            case Cadence.HALF_YEARLY:
                return self.half_yearly
            case Cadence.YEARLY:
                return self.yearly
        assert_never(cadence)


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


class Plan(Part):
    """All targets of one report, and the report's figures that promise nothing.

    `grace` is how many days after its due day a target is still judged by an earlier figure.
    """

    id: Id
    year: Year
    place: Text
    title: Text
    delivered: StrictDate
    timezone: TimeZone = "UTC"
    headline: SectionId
    actuals: NearbyCSV | None = None
    thresholds: Thresholds = Thresholds()
    grace: Days = 120
    lag: Lag = Lag()
    owners: tuple[Owner, ...] = ()
    units: Mapping[str, Unit]
    sections: tuple[Section, ...]
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    no_promise: tuple[NoPromise, ...] = ()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The place's time zone: it says which day is today, and moments are told in it."""
        return ZoneInfo(self.timezone)

    # Looking a target up by id happens on every page and for each row of an import.
    @cached_property
    def by_id(self) -> dict[str, Target]:
        """The targets by id."""
        return {target.id: target for target in self.targets}

    @cached_property
    def owners_by_id(self) -> dict[str, Owner]:
        """The units by id."""
        return {owner.id: owner for owner in self.owners}

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

    def due(self, target: Target) -> date:
        """The day a target is due: 31 December unless the plan says otherwise."""
        return target.due or date(self.year, 12, 31)


def version_of(text: str) -> str:
    """The version of a plan's text: 16 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
