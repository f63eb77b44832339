"""What satisfies a target: the wording of the promise reduced to one threshold and a direction."""

from dataclasses import dataclass
from decimal import Decimal

from mubiao.model import Assessment, Comparator, Judged, Measure, Qualifier, Target

BAND_FLOOR = Decimal("0.5")
BAND_SHARE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Criterion:
    """`goal` is T; `threshold` is T, or T less the tolerance on the unfavourable side; `strict`
    excludes equality. Where a value may be too good as well, `far` is the limit on the other side,
    and `far_goal` what is T for a value beyond it.
    """

    goal: Decimal
    threshold: Decimal
    upwards: bool
    strict: bool
    far: Decimal | None = None
    far_goal: Decimal | None = None

    def satisfied_by(self, value: Decimal) -> bool:
        """Whether a value satisfies the comparator."""
        if value == self.threshold:
            return not self.strict
        return (value > self.threshold) is self.upwards and not self._beyond(value)

    def short(self, value: Decimal) -> Decimal:
        """How far a value is from satisfying; 0 at the threshold, strict or not."""
        near = self.facing(value)
        gap = near.threshold - value if near.upwards else value - near.threshold
        return max(gap, Decimal(0))

    def decided_by(self, value: Decimal, qualifier: Qualifier) -> bool:
        """Whether a value published as a bound settles the comparator either way."""
        if qualifier not in (Qualifier.AT_LEAST, Qualifier.AT_MOST):
            return True
        satisfied = self.satisfied_by(value)
        points_up = qualifier is Qualifier.AT_LEAST
        if self.far is not None:
            return not satisfied and points_up is not self.facing(value).upwards
        return satisfied is (points_up is self.upwards)

    def facing(self, value: Decimal) -> "Criterion":
        """The same as a value meets it: from the other side where it lies beyond that one."""
        if self.far is None or not self._beyond(value):
            return self
        goal = self.goal if self.far_goal is None else self.far_goal
        far = (self.threshold, self.goal)
        return Criterion(goal, self.far, not self.upwards, self.strict, *far)

    def _beyond(self, value: Decimal) -> bool:
        return self.far is not None and value != self.far and (value > self.far) is self.upwards


def criterion_of(assessment: Assessment) -> Criterion | None:
    """The criterion of a target as assessed; None for a milestone and without a counterpart.

    T of a target held against another series is the counterpart's value, so it is known only from
    the assessment. One with limits on both sides is seen from that of the counting value.
    """
    target, goal = assessment.target, assessment.target.value
    if target.counterpart is not None:
        value = assessment.counterpart.value if assessment.counterpart else None
        goal = value if isinstance(value, Decimal) else None
    if goal is None:
        return None
    whole = criterion_at(target, goal)
    counting = assessment.observation.value if assessment.observation else None
    return whole.facing(counting) if isinstance(counting, Decimal) else whole


def criterion_at(target: Target, value: Decimal) -> Criterion:
    """The criterion of a target whose own or the other's value is `value`."""
    upwards, tolerance = target.higher_is_better, target.tolerance or Decimal(0)
    ends = (value, value if target.upper is None else target.upper)
    limits = (ends[0] - tolerance, ends[1] + tolerance)
    near, far = (0, 1) if upwards else (1, 0)
    strict = target.comparator in (Comparator.ABOVE, Comparator.BELOW)
    others = (limits[far], ends[far]) if target.is_two_sided else ()
    return Criterion(ends[near], limits[near], upwards, strict, *others)


def paced_from(target: Target, criterion: Criterion) -> Decimal | None:
    """The value at which a paced target starts: zero for a count, else its baseline.

    None for what is not paced: rates, promises for all year, what is held against another series,
    levels without a baseline or with one that satisfies already or lies beyond what is asked.
    """
    if target.judged is Judged.ALL_YEAR or target.counterpart is not None:
        return None
    if target.measure is Measure.COUNT:
        return Decimal(0)
    if target.measure not in (Measure.LEVEL, Measure.SINCE_BASE) or target.baseline is None:
        return None
    start = target.baseline.value
    # A strict target may start on its own boundary (below last year's value): no way to go.
    reached = criterion.satisfied_by(start) or start == criterion.goal
    return None if reached or criterion.facing(start) != criterion else start


def band_of(target: Target, goal: Decimal) -> Decimal:
    """How far short is still at risk: the plan's band, or the larger of 0.5 and 10% of |T|."""
    return target.band or max(BAND_FLOOR, BAND_SHARE * abs(goal))
