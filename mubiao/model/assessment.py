"""What is said of a target as of a day: its assessment by rule, and people's remarks beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from mubiao.model.record import Observation
from mubiao.model.target import Target
from mubiao.period import Period


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
    OVERDUE = "overdue"
    AMENDED = "amended"


class Rule(StrEnum):
    """Which rule of METHOD, section 3, decided."""

    NO_OBSERVATION = "no_observation"
    NO_COUNTERPART = "no_counterpart"
    NEVER_FINAL = "never_final"
    SATISFIED_COUNT = "satisfied_count"
    OVER_CEILING = "over_ceiling"
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
    STAGE_NOT_BEGUN = "stage_not_begun"
    STAGE_PART = "stage_part"
    STAGE_TIME_LEFT = "stage_time_left"


@dataclass(frozen=True, slots=True)
class Assessment:
    """The judgement of one target as of a day, with everything that led to it.

    `observation` is the counting one, `previous` the one before it that counts by the same rule;
    `threshold` the value that must be reached (T, or T less the tolerance); `short` by how much it
    is missed (0 when met, and for a strict comparator at equality); `band`, `progress` (v/T, or
    the way from the baseline), `scheduled` (t) and `required_rest` as METHOD defines them, None
    where they do not apply. `counterpart` is the other target's observation for a target in step
    with it; `broken_by` the observations that break a promise for all year, `failing_steps` the
    steps that hold a milestone back; `stretch_reached` whether what was striven for beyond the
    target is reached, which judges nothing.

    `target` is the version in force on the day; where it was amended, `as_promised` is the
    judgement of what was promised first.
    """

    target: Target
    as_of: date
    status: Status
    rule: Rule
    flags: tuple[Flag, ...] = ()
    observation: Observation | None = None
    previous: Observation | None = None
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
    failing_steps: tuple[Target, ...] = ()
    as_promised: "Assessment | None" = None
    stretch_reached: bool = False

    @property
    def lag(self) -> Fraction | None:
        """How far the work is behind its schedule, below 0 ahead of it; of a running total with a
        ceiling, how much more of that is used up than of the year. None for what is not paced.
        """
        if self.scheduled is None or self.progress is None:
            return None
        lag = self.scheduled - self.progress
        return -lag if self.target.is_ceiling else lag

    @property
    def decided(self) -> bool:
        """Whether no further figure is expected: a final one, a count reached, a promise broken
        for good, a milestone complete or cancelled.
        """
        return self.final or self.status in (Status.ACHIEVED, Status.MISSED)


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
    actor: str = ""

    def in_force(self, day: date) -> bool:
        """Whether it is a judgement that holds on a day."""
        return self.status is not None and self.until is not None and self.until >= day
