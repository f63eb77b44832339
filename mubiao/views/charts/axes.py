"""The frame of a path: the days of its year across, the target's values up; and its words: those
of a legend by series, and what is written at the line of the target.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from mubiao.criterion import Criterion
from mubiao.model import Assessment, Observation, Target
from mubiao.period import YearSpan, month_end
from mubiao.problems import message
from mubiao.views.charts import nice_ticks, span
from mubiao.wording.outlooks import needed_rest
from mubiao.wording.phrasebook import Phrasebook

# The room above and below the rows of stages.
_STAGE_ROOM = 0.4

_NAMES = {
    "judged": message("actual that is judged"),
    "drawn": message("other actuals, shown only"),
    "ghosts": message("as first published"),
    "target": message("target"),
    "before": message("target until then"),
    "pace": message("scheduled pace"),
    "needed": message("what is left to do"),
    "outlook": message("outlook"),
    "baseline": message("baseline"),
    "met": message("satisfied or on course"),
    "near": message("within the warning band"),
    "trial": message("tried, not recorded"),
}


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


def names_of(phrasebook: Phrasebook, assessment: Assessment) -> dict[str, str]:
    """The words of a legend by series."""
    language, target = phrasebook.language, assessment.target
    names = {series: language.t(name) for series, name in _NAMES.items()}
    if target.is_milestone:
        names["judged"] = language.t("stage")
    names["goal"] = language.labelled(names["target"], phrasebook.asks(target))
    names["rest"] = needed_rest(phrasebook, assessment) or names["needed"]
    if target.counterpart:
        names["other"] = phrasebook.name(target.counterpart)
    names["as_of"] = language.t("as of {day}", day=language.short_day(assessment.as_of))
    return names


def limits(phrasebook: Phrasebook, target: Target, criterion: Criterion) -> str:
    """The limit that is not the goal itself, or both of them."""
    if criterion.far is not None:
        return phrasebook.span(criterion.threshold, criterion.far, target)
    form = message("lower limit {value}") if criterion.upwards else message("upper limit {value}")
    return phrasebook.t(form, value=phrasebook.quantity(criterion.threshold, target))


def other_end_of(target: Target, goal: Decimal) -> Decimal:
    """The end of a range that is not T; T without a range."""
    ends = [end for end in (target.value, target.upper) if end is not None]
    return next((end for end in ends if end != goal), goal) if target.upper is not None else goal


def needed_to(goal: float, limit: float, other_end: float) -> tuple[float, float] | None:
    """The values at which the year may end: the range, or what the tolerance allows around T."""
    if other_end != goal:
        return goal, other_end
    return (limit, 2 * goal - limit) if limit != goal else None


def goal_text(phrasebook: Phrasebook, assessment: Assessment, criterion: Criterion) -> str:
    """What is written at the line of the target: what is asked, beside another series its value."""
    if assessment.target.counterpart is not None:
        return phrasebook.quantity(criterion.goal, assessment.target)
    return phrasebook.asks(assessment.target)
