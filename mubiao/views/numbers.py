"""The table beside a chart: the numbers of a path as rows, for whoever cannot see the drawing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mubiao.i18n import Language
from mubiao.model import Plan, Target
from mubiao.views.charts import Path, Point
from mubiao.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Number:
    """One row: the last day of what it describes, what it is, and the figure with its period."""

    day: str
    what: str
    figure: str


def numbers(
    plan: Plan, target: Target, shown: Path, names: Mapping[str, str], language: Language
) -> tuple[Number, ...]:
    """The numbers of a path in the order of their days, the target last.

    The scheduled pace is told at the days that the axis names; figures of earlier years lie
    outside the drawing, and so of its table.
    """
    dated = [
        *_points(shown.judged, names["judged"]),
        *_points(shown.drawn, names["drawn"]),
        *_pace(plan, target, shown, names["pace"], language),
    ]
    inside = [row for row in dated if _day(row) >= shown.axes.first]
    rows = [Number(language.day(day), what, text) for day, what, text in sorted(inside, key=_day)]
    if shown.baseline is not None and target.baseline is not None:
        rows.insert(0, Number(str(target.baseline.year), names["baseline"], shown.baseline.label))
    if shown.goal:
        rows.append(Number(language.day(plan.due(target)), names["target"], shown.goal_text))
    return tuple(rows)


def _day(row: tuple[date, str, str]) -> date:
    return row[0]


def _points(points: Iterable[Point], what: str) -> list[tuple[date, str, str]]:
    return [(point.day, what, point.label) for point in points]


def _pace(
    plan: Plan, target: Target, shown: Path, what: str, language: Language
) -> list[tuple[date, str, str]]:
    ticks, unit = {day for day, _ in shown.axes.days}, Phrasebook(plan, language).unit(target)
    return [
        # A pace is drawn, never compared; to one place it reads as people say it.
        (day, what, language.quantity(Decimal(str(round(value, 1))).normalize(), unit))
        for day, value in shown.pace
        if day in ticks
    ]
