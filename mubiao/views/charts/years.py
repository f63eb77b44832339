"""An indicator over the years as a chart: what each plan asked, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mubiao.criterion import criterion_of
from mubiao.i18n import Language
from mubiao.model import Assessment, Status, Target
from mubiao.series import Promise
from mubiao.views.charts import scale
from mubiao.views.charts.axes import ticks_of
from mubiao.views.charts.points import box_lines
from mubiao.views.years import Cell, PlanYear
from mubiao.wording.phrasebook import Phrasebook, inline

# The labels over and under the marks need so much of the height on each side.
_ROOM = 0.14


@dataclass(frozen=True, slots=True)
class YearPoint:
    """A plan's year: what it asked, of a range up to `goal_end`, and what became of it, as numbers
    with their texts; None where there is none, or one in another unit. It `follows` the year
    before. `box` tells all of it.
    """

    name: str
    goal: float | None
    goal_end: float | None
    goal_text: str
    actual: float | None
    actual_text: str
    status: Status
    follows: bool
    box: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearsChart:
    """The years in order, from `low` to `high` in the `unit` of the latest."""

    points: tuple[YearPoint, ...]
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    unit: str


def years_chart(
    given: Sequence[PlanYear], row: Sequence[Cell | None], series: str, language: Language
) -> YearsChart | None:
    """The chart of a series, whose cells are in `row`; None without numbers of two years."""
    own = [(one, cell) for one, cell in zip(given, row, strict=True) if cell]
    latest = Promise(own[-1][0].plan, own[-1][0].by_series[series].target)
    phrasebook = Phrasebook(latest.plan, language)
    points, before = [], 0
    for one, cell in own:
        judged, year = one.by_series[series], one.plan.year
        goal, end, actual = _numbers(Promise(one.plan, judged.target), judged, latest)
        box = [inline(cell.year, cell.mark.text), cell.asks]
        if judged.observation is not None:  # as its plan judges it
            box += box_lines(Phrasebook(one.plan, language), judged.observation, judged)
        points.append(
            YearPoint(
                name=cell.year,
                goal=None if goal is None else float(goal),
                goal_end=None if end is None else float(end),
                goal_text=_text((goal, end), latest.target, language),
                actual=None if actual is None else float(actual),
                actual_text=_text((actual,), latest.target, language),
                status=judged.status,
                follows=year == before + 1,
                box=tuple(box),
            )
        )
        before = year
    ends = [(point.goal, point.goal_end, point.actual) for point in points]
    values = [[v for v in some if v is not None] for some in ends]
    if sum(map(bool, values)) < 2:
        return None
    low, high = scale(v for some in values for v in some)
    room = (high - low) * _ROOM
    ticks = ticks_of(phrasebook, low - room, high + room)
    unit = phrasebook.unit_name(latest.target)
    return YearsChart(tuple(points), low - room, high + room, ticks, unit)


def _numbers(
    promise: Promise, judged: Assessment, latest: Promise
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """What was asked first, the other end of a range, and the counting figure, where they can stand
    on the latest's axis.
    """
    if promise.target.says_change != latest.target.says_change or not promise.has_unit_of(latest):
        return None, None, None
    promised = promise.plan.by_id[promise.target.id]
    goal, value = promised.value, judged.observation.value if judged.observation else None
    if goal is None and (criterion := criterion_of(judged)) is not None:
        goal = criterion.goal
    return goal, promised.upper, value if isinstance(value, Decimal) else None


def _text(values: Iterable[Decimal | None], target: Target, language: Language) -> str:
    """Numbers beside their mark; the unit stands at the axis, but for the sign of per cent."""
    text = "–".join(language.number(value) for value in values if value is not None)
    return text + ("%" if text and target.unit == "%" else "")
