"""The remarks beside a status: how the figure that decided is to be taken, and what is owed."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from mubiao.criterion import criterion_of
from mubiao.duty import overdue_days
from mubiao.model import (
    Assessment,
    Cadence,
    Flag,
    Measure,
    Nature,
    Observation,
    Plan,
    Qualifier,
    Rule,
    Stage,
    Status,
    Target,
)
from mubiao.period import month_end

STALE_AFTER = timedelta(days=60)


def flags(plan: Plan, judged: Assessment, eligible: Sequence[Observation]) -> tuple[Flag, ...]:
    """The flags of a judged target; `eligible` are all of its figures that count."""
    observation, due = judged.observation, plan.due(judged.target)
    reached = _reached_on(judged, eligible)
    # A milestone of which nothing was ever heard awaits a report, not a final one.
    open_end = not judged.decided and not (observation is None and judged.target.is_milestone)
    raised = {
        Flag.STALE: observation is not None
        and not judged.decided
        and judged.as_of > _expected_by(observation.period.last, judged.target),
        Flag.PRELIMINARY: observation is not None and observation.nature is not Nature.FINAL,
        Flag.AWAITING_FINAL: open_end and judged.as_of > due,
        Flag.LATE: reached is not None and reached > due,
        Flag.REACHED_EARLY: reached is not None and reached < due,
        Flag.BOUND: observation is not None and not _without_doubt(judged, observation),
        Flag.OVERDUE: overdue_days(plan, judged) > 0,
    }
    return tuple(flag for flag, up in raised.items() if up)


def _reached_on(judged: Assessment, eligible: Sequence[Observation]) -> date | None:
    """The last day of the first period in which a count or milestone was reached; None if not."""
    target = judged.target
    reached = target.is_milestone or (
        target.measure is Measure.COUNT and not target.is_ceiling and not target.is_two_sided
    )
    if judged.status is not Status.ACHIEVED or not reached:
        return None
    criterion = criterion_of(judged)
    return min(
        o.period.last
        for o in eligible
        if o.value is Stage.COMPLETE
        or (criterion and isinstance(o.value, Decimal) and criterion.satisfied_by(o.value))
    )


def _expected_by(last: date, target: Target) -> date:
    """The day by which the next figure should have come: one cadence and 60 days on."""
    if target.cadence is Cadence.WEEKLY and not target.is_milestone:
        return last + timedelta(days=7) + STALE_AFTER
    months = last.year * 12 + last.month - 1 + target.cadence.months
    end = month_end(months // 12, months % 12 + 1)
    return end.replace(day=min(last.day, end.day)) + STALE_AFTER


def _without_doubt(judged: Assessment, observation: Observation) -> bool:
    """Whether bounds (a value "at least 28") leave the comparison without doubt."""
    if isinstance(observation.value, Stage) or judged.rule is Rule.NO_COUNTERPART:
        return True
    other, criterion = judged.counterpart, criterion_of(judged)
    if criterion is None or not criterion.decided_by(observation.value, observation.qualifier):
        return False
    if other is None or other.qualifier in (Qualifier.EXACT, Qualifier.ABOUT):
        return True
    if criterion.far is not None:
        return False
    # A bound on the other side pulls the threshold the opposite way.
    pulls_down = other.qualifier is Qualifier.AT_MOST
    return judged.satisfied is (pulls_down is criterion.upwards)
