"""A target: one promise of a report, what it asks, and how it may have been changed since."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from mubiao.model.parts import (
    Days,
    NonEmpty,
    ParagraphNumber,
    Part,
    StrictDate,
    StrictDecimal,
    Text,
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
    """How a value is held against the target (METHOD, sections 1 and 3d)."""

    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"
    ABOUT = "about"
    BETWEEN = "between"
    EXACTLY = "exactly"
    IN_STEP_WITH = "in_step_with"
    DONE = "done"


class Judged(StrEnum):
    """Whether the promise is for the year's end or for every day of the year."""

    YEAR_END = "year_end"
    ALL_YEAR = "all_year"


class Cadence(StrEnum):
    """How often a figure of a target is published."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        """The months between two figures; 0 where they are of days, a week apart."""
        return {"weekly": 0, "monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}[
            self.value
        ]


class Better(StrEnum):
    """Which way is better; neither, where both sides of a target bound it."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Review(StrEnum):
    """What a person has still to do with a target that was drafted by rules."""

    OPEN = "open"


class Wording(StrEnum):
    """How a sentence says a value: "grew by 1.2%" or "was 1.2%"."""

    CHANGE = "change"
    VALUE = "value"


# Of these the plan says which side is better.
_SIDED = (Comparator.ABOUT, Comparator.BETWEEN, Comparator.EXACTLY, Comparator.IN_STEP_WITH)

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]

# An id, or a unit's own name; a list of units is separated by these signs.
OwnerId = Annotated[str, Field(pattern=r"^[^\s,;，；、|][^,;，；、|]*$", max_length=80)]

SectionId = Annotated[str, Field(pattern=r"^\d+\.\d+$")]
# A part of the report with all its chapters (2), or one of its sections (2.0).
PartId = Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]

Printed = Annotated[str, Field(min_length=1, max_length=40)]

Tolerance = Annotated[StrictDecimal, Field(ge=0)]


class Source(Part):
    """Where the report says it: section, paragraph (from 1 after the heading; 0 is the
    heading itself) and the shortest run of characters that carries figure and comparator.
    """

    section: SectionId
    paragraph: ParagraphNumber
    printed: Printed


class Baseline(Part):
    """The earlier value by the same definition, in the target's unit."""

    value: StrictDecimal
    year: Year
    source: Source


class Amendment(Part):
    """A target that was changed in the course of its year: what it asks instead, from the day on
    which that became known.

    `by` is who decided it and `printed` the shortest run of the decision's text that carries figure
    and comparator. `due` changes the due day; what is not named stays as it was.
    """

    known_on: StrictDate
    comparator: Comparator
    value: StrictDecimal | None = None
    upper: StrictDecimal | None = None
    better: Better | None = None
    tolerance: Tolerance | None = None
    due: StrictDate | None = None
    by: Text
    printed: Printed
    reading: Text | None = None


class Target(Part):
    """One promise of the report.

    `value` is in `unit`, signed (a fall of 17% is -17); a milestone (`stage`) has neither, and a
    target held against another series has no value of its own: that is the target or reference
    named by `in_step_with` or, for a plain comparator, by `reference`. Between two values, `value`
    is the lower and `upper` the upper one; `better` says whether beating them keeps it. `stretch`
    is what is striven for beyond `value`, which alone judges. `tolerance` and `band` are in `unit`
    (percentage points for %). `conditions` are further figures of the printed phrase that
    qualify the promise without being its value. `profile` is the cumulative share of the
    year's work by the end of each month, for work that is not spread evenly. `owner` is the unit
    that answers for the promise and `supports` those that help, by their ids; `lag` overrides the
    plan's, and `calendar` names the plan's calendar of the days on which its figures are released.
    `series` is the indicator that plans of other years promise too, by an id that they share;
    `unlike` are series, or targets of other plans, that it is not of however alike their names.
    `part_of` is the milestone of which this one is a step. `synonyms` are other words by
    which people look for it. `amended` is what was asked instead later (see `in_force`);
    `review` is open while nobody has looked at what rules drafted.
    """

    id: Id
    name: Text
    synonyms: tuple[NonEmpty, ...] = ()
    section: SectionId
    series: Id | None = None
    unlike: tuple[Id, ...] = ()
    measure: Measure
    comparator: Comparator
    value: StrictDecimal | None = None
    unit: NonEmpty | None = None
    better: Better | None = None
    tolerance: Tolerance | None = None
    band: Annotated[StrictDecimal, Field(gt=0)] | None = None
    in_step_with: Id | None = None
    reference: Id | None = None
    upper: StrictDecimal | None = None
    stretch: StrictDecimal | None = None
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
    review: Review | None = None
    owner: OwnerId | None = None
    supports: tuple[OwnerId, ...] = ()
    lag: Days | None = None
    calendar: Id | None = None
    amended: Amendment | None = None

    def in_force(self, day: date) -> "Target":
        """The version that judges on a day; before an amendment became known the one without it."""
        change = self.amended
        if change is None:
            return self
        if day < change.known_on:
            return self.model_copy(update={"amended": None})
        sided = change.comparator in _SIDED
        terms = {
            "comparator": change.comparator,
            "value": change.value,
            "upper": change.upper,
            "stretch": None,
            "better": change.better or (self.better if sided else None),
            "tolerance": change.tolerance,
            "in_step_with": None,
            "reference": None,
            "due": change.due or self.due,
            "reading": change.reading,
        }
        return self.model_copy(update=terms)

    @property
    def higher_is_better(self) -> bool:
        """Which way is better; the comparator says it, or else the plan."""
        match self.comparator:
            case Comparator.AT_LEAST | Comparator.ABOVE | Comparator.DONE:
                return True
            case Comparator.AT_MOST | Comparator.BELOW:
                return False
            case _:
                return self.better is not Better.LOWER

    @property
    def is_two_sided(self) -> bool:
        """Whether a value may be too high as well as too low."""
        return self.comparator is Comparator.EXACTLY or (
            self.comparator in _SIDED and self.better is Better.NEITHER
        )

    @property
    def is_ceiling(self) -> bool:
        """Whether it is a running total that must not grow beyond a value."""
        return self.measure is Measure.COUNT and not self.higher_is_better

    @property
    def counterpart(self) -> str | None:
        """The id of the target or reference series that it is held against; None for its value."""
        return self.in_step_with or self.reference

    @property
    def says_change(self) -> bool:
        """Whether sentences say "grew by" or "was"."""
        return _says_change(self)

    @property
    def is_milestone(self) -> bool:
        """Whether the promise is a completion, not a number."""
        return self.measure is Measure.STAGE


class Reference(Part):
    """A series that promises nothing, recorded like an actual, against which targets are held: the
    national average. It counts nowhere as a target, and nobody owes its figures.
    """

    id: Id
    name: Text
    synonyms: tuple[NonEmpty, ...] = ()
    measure: Literal[Measure.RATE, Measure.LEVEL, Measure.SINCE_BASE]
    unit: NonEmpty
    base_year: Year | None = None
    wording: Wording | None = None
    cadence: Cadence = Cadence.QUARTERLY

    @property
    def says_change(self) -> bool:
        """Whether sentences say "grew by" or "was"."""
        return _says_change(self)

    @property
    def is_milestone(self) -> bool:
        """No series is a completion."""
        return False


Indicator = Target | Reference
"""What observations are of."""


def _says_change(indicator: Indicator) -> bool:
    """The plan's `wording`, or else whether it is a rate in % or a change since a base year."""
    if indicator.wording is not None:
        return indicator.wording is Wording.CHANGE
    return indicator.measure is Measure.SINCE_BASE or (
        indicator.measure is Measure.RATE and indicator.unit == "%"
    )
