"""The nouns of the product, frozen and typed: plan, target, observation, assessment.

Parts of a plan are pydantic models because they are read from a file that people edit;
observations and assessments are plain dataclasses because there are many of them. Values
are decimals, never binary floats.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from mubiao.period import Period


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


class Status(StrEnum):
    """The judgement of a target, from best to worst; no_data is outside the order."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    MISSED = "missed"
    NO_DATA = "no_data"


class Flag(StrEnum):
    """A remark beside a status; never a status."""

    STALE = "stale"
    PRELIMINARY = "preliminary"
    AWAITING_FINAL = "awaiting_final"
    LATE = "late"
    REACHED_EARLY = "reached_early"
    BOUND = "bound"


class Qualifier(StrEnum):
    """How exact a published value is."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


class Nature(StrEnum):
    """How settled a published value is."""

    ESTIMATE = "estimate"
    PRELIMINARY = "preliminary"
    FINAL = "final"


class Stage(StrEnum):
    """Where a milestone stands."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


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


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


NonEmpty = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
SectionId = Annotated[str, Field(pattern=r"^\d+\.\d+$")]


class Text(_Part):
    """A short text in both languages."""

    zh: NonEmpty
    en: NonEmpty

    def __getitem__(self, code: str) -> str:
        return self.zh if code == "zh" else self.en


class Unit(Text):
    """A unit as it follows a number; `one` is the English form after exactly 1."""

    one: NonEmpty | None = None


class Source(_Part):
    """Where the report says it: section, paragraph (from 1 after the heading; 0 is the
    heading itself) and the shortest run of characters that carries figure and comparator.
    """

    section: SectionId
    paragraph: Annotated[int, Field(ge=0)]
    printed: Annotated[str, Field(min_length=1, max_length=40)]


class Baseline(_Part):
    """The earlier value by the same definition, in the target's unit."""

    value: Decimal
    year: Annotated[int, Field(ge=1900, le=2200)]
    source: Source


class Target(_Part):
    """One promise of the report.

    `value` is in `unit`, signed (a fall of 17% is -17); a milestone (`stage`) has neither, and a
    target in step with another has no value of its own. `tolerance` and `band` are in `unit`
    (percentage points for %). `conditions` are further figures of the printed phrase that
    qualify the promise without being its value. `profile` is the cumulative share of the
    year's work by the end of each month, for work that is not spread evenly.
    """

    id: Id
    name: Text
    section: SectionId
    measure: Measure
    comparator: Comparator
    value: Decimal | None = None
    unit: NonEmpty | None = None
    better: Better | None = None
    tolerance: Annotated[Decimal, Field(ge=0)] | None = None
    band: Annotated[Decimal, Field(gt=0)] | None = None
    in_step_with: Id | None = None
    base_year: int | None = None
    judged: Judged = Judged.YEAR_END
    due: date | None = None
    cadence: Cadence
    profile: Annotated[tuple[Decimal, ...], Field(min_length=12, max_length=12)] | None = None
    wording: Wording | None = None
    source: Source
    conditions: tuple[Decimal, ...] = ()
    baseline: Baseline | None = None
    reading: Text | None = None
    owner: Text | None = None

    @property
    def higher_is_better(self) -> bool:
        """Which way is better; the comparator says it, or else the plan."""
        if self.comparator in (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.DONE):
            return True
        if self.comparator in (Comparator.AT_MOST, Comparator.BELOW):
            return False
        return self.better is not Better.LOWER

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


class Section(_Part):
    """A part of the report, numbered as the report prints it (2.0, 2.1 … 2.8)."""

    id: SectionId
    name: Text


class NoPromise(_Part):
    """Figures of the report that promise nothing, each with the reason."""

    section: SectionId
    paragraph: Annotated[int, Field(ge=0)]
    printed: Annotated[str, Field(min_length=1, max_length=40)]
    reason: Text


class Thresholds(_Part):
    """How far behind schedule is still on track, and still at risk; shares of the year's work."""

    on_track: Annotated[Decimal, Field(ge=0, le=1)] = Decimal("0.10")
    at_risk: Annotated[Decimal, Field(ge=0, le=1)] = Decimal("0.30")


class Plan(_Part):
    """All targets of one report, and the report's figures that promise nothing."""

    id: Id
    year: Annotated[int, Field(ge=1900, le=2200)]
    place: Text
    title: Text
    delivered: date
    headline: SectionId
    actuals: NonEmpty | None = None
    thresholds: Thresholds = Thresholds()
    units: Mapping[str, Unit]
    sections: tuple[Section, ...]
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    no_promise: tuple[NoPromise, ...] = ()

    # Looking a target up by id happens on every page and for each row of an import.
    @cached_property
    def by_id(self) -> dict[str, Target]:
        """The targets by id."""
        return {target.id: target for target in self.targets}

    @cached_property
    def section_names(self) -> dict[str, Text]:
        """The sections' names by id, in the report's order."""
        return {section.id: section.name for section in self.sections}

    def due(self, target: Target) -> date:
        """The day a target is due: 31 December unless the plan says otherwise."""
        return target.due or date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Observation:
    """One recorded actual.

    `row` is the order of recording in the store (or the line of a file): greater is later.
    `replaces` names the row that this one corrects, `save` the transaction it came with (None
    for rows from before saves existed, and for what is not recorded).
    """

    target: str
    period: Period
    value: Decimal | Stage
    known_on: date
    qualifier: Qualifier = Qualifier.EXACT
    nature: Nature = Nature.FINAL
    source: str = ""
    note: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    row: int = 0
    replaces: int | None = None
    save: int | None = None


UNDONE = "undone"  # the reason of a withdrawal that an undo made


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A row that takes an observation back from `known_on` on, with the reason."""

    target: str
    replaces: int
    known_on: date
    reason: str
    recorded_by: str = ""
    recorded_at: datetime | None = None
    row: int = 0
    save: int | None = None


Entry = Observation | Withdrawal


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row that somebody wants to save; `entry.replaces` set makes it a correction.

    `based_on` is the greatest row of the same target and days that the person had seen: 0 for
    none, None to save without asking whether somebody else saved meanwhile.
    """

    entry: Entry
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A proposal, by its position from 0, that somebody else was faster than.

    `base` is the row it was based on, None for none; `theirs` are the rows since, in order.
    """

    position: int
    base: Entry | None
    theirs: tuple[Entry, ...]


class SaveKind(StrEnum):
    """How a save came about."""

    ENTRY = "entry"
    IMPORT = "import"
    UNDO = "undo"
    SEED = "seed"


@dataclass(frozen=True, slots=True)
class Save:
    """One transaction of a person: the rows it recorded, in order, and the save that it undoes.

    `token` is the caller's own name for it: saving again under the same one does nothing.
    """

    id: int
    plan: str
    token: str
    by: str
    at: datetime
    kind: SaveKind
    rows: tuple[int, ...]
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person says beside the figures of a target and period: never a figure, never a rule.

    Without `status` it is commentary; with one it is the person's own judgement beside the
    computed status, `text` being the reason and `until` its last day. `day` is when it was
    written: an earlier as-of day does not show it. A later remark may replace one (`replaces`);
    an empty text then takes it back.
    """

    target: str
    period: Period
    text: str
    day: date
    status: Status | None = None
    until: date | None = None
    written_by: str = ""
    written_at: datetime | None = None
    row: int = 0
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A named as-of day, kept: what a room saw, whatever is recorded later with earlier days.

    `rows` and `remarks` are the greatest row numbers that the plan had when the meeting was held,
    0 for none; `plan_version` names what the plan said then, "" where that is not known. A
    meeting with `replaces` takes that one back and has no name.
    """

    name: str
    as_of: date
    rows: int = 0
    remarks: int = 0
    plan_version: str = ""
    held_by: str = ""
    held_at: datetime | None = None
    id: int = 0
    replaces: int | None = None


class Rule(StrEnum):
    """Which rule of METHOD, section 3, decided."""

    NO_OBSERVATION = "no_observation"
    NO_COUNTERPART = "no_counterpart"
    SATISFIED_COUNT = "satisfied_count"
    FINAL = "final"
    SATISFIED = "satisfied"
    PACE = "pace"
    BAND = "band"
    HELD = "held"
    KEPT_ALL_YEAR = "kept_all_year"
    BROKEN = "broken"
    STAGE_DONE = "stage_done"
    STAGE_CANCELLED = "stage_cancelled"
    STAGE_OVERDUE = "stage_overdue"
    STAGE_DUE_SOON = "stage_due_soon"
    STAGE_TIME_LEFT = "stage_time_left"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The judgement of one target as of a day, with everything that led to it.

    `observation` is the counting one; `threshold` the value that must be reached (T, or T less
    the tolerance); `short` by how much it is missed (0 when met, and for a strict comparator
    at equality); `band`, `progress` (v/T, or the way from the baseline), `scheduled` (t) and
    `required_rest` as METHOD defines them, None where they do not apply. `counterpart` is the
    other target's observation for a target in step with it; `broken_by` the observations that
    break a promise for all year.
    """

    target: Target
    as_of: date
    status: Status
    rule: Rule
    flags: tuple[Flag, ...] = ()
    observation: Observation | None = None
    threshold: Decimal | None = None
    satisfied: bool = False
    final: bool = False
    short: Decimal | None = None
    band: Decimal | None = None
    progress: Fraction | None = None
    scheduled: Fraction | None = None
    required_rest: Fraction | None = None
    counterpart: Observation | None = None
    broken_by: tuple[Observation, ...] = ()


Code = Literal["zh", "en"]
