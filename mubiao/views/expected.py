"""The periods for which a target's figures are expected, by its measure and cadence."""

from mubiao.model import Measure, Plan, Target
from mubiao.period import Period


def expected_periods(plan: Plan, target: Target) -> tuple[Period, ...]:
    """The periods of the plan year, in order.

    Running totals and rates are published since 1 January (Q1, H1, January to September, the
    year); levels and changes since a base year for each period by itself. A milestone has
    no period of its own: it is looked at on a day.
    """
    if target.measure is Measure.STAGE:
        return ()
    step = target.cadence.months
    since_january = target.measure in (Measure.COUNT, Measure.RATE)
    return tuple(
        Period.of_months(plan.year, 1 if since_january else end - step + 1, end)
        for end in range(step, 13, step)
    )
