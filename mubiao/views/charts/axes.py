"""The frame of a path: the days of its year across, the target's values up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mubiao.model import Observation, Target
from mubiao.period import YearSpan, month_end
from mubiao.views.charts import nice_ticks, span
from mubiao.wording.phrasebook import Phrasebook

# The room above and below the rows of stages.
_STAGE_ROOM = 0.4


@dataclass(frozen=True, slots=True)
class Axes:
    """The frame of a path: days across, values up, ticks as (position, text).

    The values' texts are in `unit`, which stands once beside them, with the space before it.
    """

    first: date
    last: date
    low: float
    high: float
    days: tuple[tuple[date, str], ...]
    values: tuple[tuple[float, str], ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """What is written at the end of a series, right of the axes: lines of text at a value."""

    series: str
    value: float
    lines: tuple[str, ...]


def axes_of(
    phrasebook: Phrasebook, target: Target, low: float, high: float, ordered: Sequence[Observation]
) -> Axes:
    """The axes of a target's year, as far as the last actual: a promise may be kept late."""
    first, last = span(phrasebook.plan, target)
    last = max(last, *(o.period.last for o in ordered), last)
    days = tuple(_days(phrasebook, first, last))
    word = phrasebook.unit_name(target)
    unit = f"{phrasebook.language.gap(word)}{word}" if word else ""
    return Axes(first, last, low, high, days, ticks_of(phrasebook, low, high), unit)


def _days(phrasebook: Phrasebook, first: date, last: date) -> Iterator[tuple[date, str]]:
    """The ends of the year's quarters; where the axis goes over several, the ends of the years."""
    language, year = phrasebook.language, phrasebook.plan.span
    begin = YearSpan.of(first, year.first.month).last
    ends = [month_end(one, begin.month) for one in range(begin.year, last.year + 1)]
    if len(ends) > 1 and ends[1] <= last:
        for day in ends:
            yield day, YearSpan.of(day, year.first.month).name
    else:
        for month in (3, 6, 9, 12):
            yield year.end(month), language.short_day(year.end(month))


def ticks_of(phrasebook: Phrasebook, low: float, high: float) -> tuple[tuple[float, str], ...]:
    """Round values between two ends, with their texts."""
    return tuple((float(t), phrasebook.language.number(t)) for t in nice_ticks(low, high))


def staged(axes: Axes, rows: Iterable[tuple[float, str]]) -> Axes:
    """The axes of a milestone, with a row for each of some stages."""
    ticks = tuple(sorted(rows))
    low, high = ticks[0][0] - _STAGE_ROOM, ticks[-1][0] + _STAGE_ROOM
    return replace(axes, low=low, high=high, values=ticks)
