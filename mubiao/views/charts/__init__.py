"""What a chart shows, before anything is drawn; here the scales and zones that all charts share.

Geometry only: positions and ready labels made from assessments. Floats appear here for the first
time. The zones mean the same in every chart: `met` (satisfied, or on course for work that is
paced) and `near` (within the band, or at risk by pace).
"""

import math
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from mubiao.assessment import share_of
from mubiao.criterion import Criterion, band_of, paced_from
from mubiao.model import Measure, Plan, Target
from mubiao.period import YearSpan

Curve = tuple[tuple[date, float], ...]
_TICKS = 5


def scale(
    values: Iterable[Decimal | Fraction | float], *, zero: bool = False
) -> tuple[float, float]:
    """The range of an axis: all values with some room; from zero where `zero` says so."""
    numbers = [float(value) for value in values]
    low, high = min(numbers), max(numbers)
    if low == high == 0:
        return 0.0, 1.0
    room = (high - low or abs(high) or 1.0) * 0.14
    top = high if high == 0 else high + room
    return (low if low >= 0 and (zero or low == 0) else low - room), top


def nice_ticks(low: float, high: float) -> tuple[Decimal, ...]:
    """Round numbers between two values, at most five, in steps of 1, 2 or 5 times ten to n."""
    power = Decimal(10) ** (math.floor(math.log10(high - low)) - 1)
    for factor in (1, 2, 5, 10, 20, 50, 100):
        # Normalised, so that a step of 2 is labelled 0, 2, 4 and not 0.0, 2.0, 4.0.
        step = (power * factor).normalize()
        start = math.ceil(Decimal(low) / step)
        stop = math.floor(Decimal(high) / step)
        if stop - start + 1 <= _TICKS:
            return tuple(step * n for n in range(start, stop + 1))
    return ()


def edges(plan: Plan, target: Target, criterion: Criterion) -> tuple[Curve, Curve]:
    """The edges of "met" and "near" over the year."""
    sign = -1 if target.is_ceiling else 1  # what is used up may run ahead of the year
    lags = (sign * plan.thresholds.on_track, sign * plan.thresholds.at_risk)
    met, near = (_up_to(target, criterion, scheduled(plan, target, criterion, lag)) for lag in lags)
    if met:
        return met, near
    width = band_of(target, criterion.goal) * (-1 if criterion.upwards else 1)
    (first, last), inner = span(plan, target), float(criterion.threshold)
    outer = float(criterion.threshold + width)
    return ((first, inner), (last, inner)), ((first, outer), (last, outer))


def span(plan: Plan, target: Target) -> tuple[date, date]:
    """The first and the last day of a target's chart: the plan year, and on to the due day."""
    return plan.span.first, plan.end(target)


def scheduled(
    plan: Plan, target: Target, criterion: Criterion, behind: Decimal = Decimal(0)
) -> Curve:
    """The scheduled way less an allowed lag, by month ends, no count below 0; () if not paced."""
    start = paced_from(target, criterion)
    if start is None:
        return ()
    shares = _shares(plan.span, plan.end(target), target.profile, behind)
    least = 0.0 if target.measure is Measure.COUNT else -math.inf
    begin, way = float(start), float(criterion.goal - start)
    return tuple((day, begin + max(share, least) * way) for day, share in shares)


@lru_cache(maxsize=512)  # many targets have the same course
def _shares(
    year: YearSpan, last: date, profile: tuple[Decimal, ...] | None, behind: Decimal
) -> Curve:
    """The share of a course that should be gone by each month's end, less an allowed lag."""
    ends = (min(year.end(number), last) for number in range(1, year.number(last) + 1))
    gone = [(day, share_of(year, last, profile, day)) for day in ends]
    shares = ((year.first, Fraction(0)), *gone)
    return tuple((day, float(share - Fraction(behind))) for day, share in shares)


def stepped(before: Curve, after: Curve, day: date) -> Curve:
    """A curve that goes over into another one on a day: a line through its corners steps there."""
    eve = day - timedelta(days=1)
    until = (*(point for point in before if point[0] < eve), (eve, _at(before, eve)))
    return (*until, (day, _at(after, day)), *(point for point in after if point[0] > day))


def _at(curve: Curve, day: date) -> float:
    """A curve's value on a day, between its corners in a straight line."""
    for (start, low), (end, high) in pairwise(curve):
        if start <= day <= end and start < end:
            return low + (high - low) * ((day - start) / (end - start))
    return curve[0][1] if day < curve[0][0] else curve[-1][1]


def _up_to(target: Target, criterion: Criterion, curve: Curve) -> Curve:
    """An edge no further than the threshold: what satisfies is met, whatever its pace."""
    nearer = min if criterion.upwards or target.is_ceiling else max
    return tuple((day, nearer(value, float(criterion.threshold))) for day, value in curve)
