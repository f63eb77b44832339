"""What satisfies a target: the wording of the promise reduced to one threshold and a direction."""

from dataclasses import dataclass
from decimal import Decimal

from mubiao.model import Assessment, Comparator, Judged, Measure, Qualifier, Target

BAND_FLOOR = Decimal("0.5")
BAND_SHARE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Criterion:
    """What satisfies a target: the comparator reduced to one threshold and a direction.

    `goal` is T; `threshold` is T, or T less the tolerance on the unfavourable side; `strict`
    excludes equality.
    """

    goal: Decimal
    threshold: Decimal
    upwards: bool
    strict: bool

    def satisfied_by(self, value: Decimal) -> bool:
        """Whether a value satisfies the comparator."""
        if value == self.threshold:
            return not self.strict
        return (value > self.threshold) is self.upwards

    def short(self, value: Decimal) -> Decimal:
        """How far a value is from satisfying; 0 at the threshold, strict or not."""
        gap = self.threshold - value if self.upwards else value - self.threshold
        return max(gap, Decimal(0))

    def decided_by(self, value: Decimal, qualifier: Qualifier) -> bool:
        """Whether a value published as a bound settles the comparator either way."""
        if qualifier not in (Qualifier.AT_LEAST, Qualifier.AT_MOST):
            return True
        points_to_better = (qualifier is Qualifier.AT_LEAST) is self.upwards
        return self.satisfied_by(value) is points_to_better


def criterion_of(assessment: Assessment) -> Criterion | None:
    """The criterion of a target as assessed; None for a milestone and without a counterpart.

    T of a target in step with another is the counterpart's value, so it is known only from
    the assessment.
    """
    target, goal = assessment.target, assessment.target.value
    if target.comparator is Comparator.IN_STEP_WITH:
        value = assessment.counterpart.value if assessment.counterpart else None
        goal = value if isinstance(value, Decimal) else None
    return None if goal is None else criterion_at(target, goal)


def criterion_at(target: Target, goal: Decimal) -> Criterion:
    """The criterion of a target whose T is `goal`."""
    upwards = target.higher_is_better
    tolerance = target.tolerance or Decimal(0)
    return Criterion(
        goal=goal,
        threshold=goal - tolerance if upwards else goal + tolerance,
        upwards=upwards,
        strict=target.comparator in (Comparator.ABOVE, Comparator.BELOW),
    )


def paced_from(target: Target, criterion: Criterion) -> Decimal | None:
    """The value at which a paced target starts: zero for a count, else its baseline.

    None for what is not paced: rates, promises for all year, and levels without a baseline
    or with one that satisfies already.
    """
    if target.judged is Judged.ALL_YEAR:
        return None
    if target.measure is Measure.COUNT:
        return Decimal(0)
    if target.measure not in (Measure.LEVEL, Measure.SINCE_BASE) or target.baseline is None:
        return None
    start = target.baseline.value
    # A strict target may start on its own boundary (below last year's value): no way to go.
    return None if criterion.satisfied_by(start) or start == criterion.goal else start


def band_of(target: Target, goal: Decimal) -> Decimal:
    """How far short is still at risk: the plan's band, or the larger of 0.5 and 10% of |T|."""
    return target.band or max(BAND_FLOOR, BAND_SHARE * abs(goal))
