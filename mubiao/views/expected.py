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
    step, year = target.cadence.months, plan.year
    ends = range(step, 13, step)
    if target.measure in (Measure.COUNT, Measure.RATE):
        return tuple(Period.parse(_span(year, 1, end)) for end in ends)
    return tuple(Period.parse(_span(year, end - step + 1, end)) for end in ends)


def _span(year: int, first: int, last: int) -> str:
    """The shortest form for a span of months within a year."""
    if (first, last) == (1, 12):
        return f"{year}"
    if last - first == 5 and first in (1, 7):
        return f"{year}-H{last // 6}"
    if last - first == 2 and first in (1, 4, 7, 10):
        return f"{year}-Q{last // 3}"
    if first == last:
        return f"{year}-{first:02}"
    return f"{year}-{first:02}..{year}-{last:02}"
