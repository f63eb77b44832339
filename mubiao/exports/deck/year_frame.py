"""What the series of a native chart of a year share: its days, and its axis with unit and scale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from mubiao.exports.deck.axis_units import AxisUnit
from mubiao.exports.deck.drawing import MUTED
from mubiao.exports.deck.looks import NO_LINE, NO_MARK, mark, stroke
from mubiao.exports.deck.native_chart import Area, Label, Scale, Series
from mubiao.views.charts import Curve
from mubiao.views.charts.points import Point

TEXT = 12.0
DAYS = {"zh": '[$-804]m"月"', "en": "[$-809]mmm"}
# The room in points above and below the axes.
ABOVE, BELOW = 20.0, 24.0
DAY_LOOKED_AT = stroke(MUTED, 0.75, "sysDot")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a chart's series share: days, unit, scale, heights of axes and chart in points."""

    days: tuple[date, ...]
    unit: AxisUnit
    scale: Scale
    high: float = 1.0
    whole: float = 1.0

    def series(
        self, name: str, figures: Mapping[date, float], look: Markup, marker: Markup | str = ""
    ) -> Series:
        """Figures on their days, in the axis's unit."""
        values = (figures.get(day) for day in self.days)
        divided = tuple(
            None if value is None else round(value / self.unit.divisor, 9) for value in values
        )
        return Series(name, divided, look, marker)

    def line(self, name: str, curve: Curve, look: Markup) -> Series:
        """A line without marks, with a figure on every day of it."""
        return self.series(name, _along(curve, self.days), look, NO_MARK)

    def dot(self, name: str, point: Point, colour: Markup) -> Series:
        """One figure in a colour of its own; few programs draw a single mark of a series so."""
        return self.series(
            name, {point.day: point.value}, stroke(colour, 1), mark("circle", 8, colour)
        )

    def labelled(self, series: Series, labels: Iterable[tuple[date, Label]]) -> Series:
        """A series with labels on some of its days."""
        return replace(series, labels=tuple((self.days.index(day), one) for day, one in labels))

    def area(self, outline: Curve, colour: Markup) -> Area:
        """A filled outline, its corners as shares of the axes from their upper left."""
        first, last = self.days[0], self.days[-1]
        span, high = self.scale.high - self.scale.low, self.scale.high
        corners = (
            ((day - first) / (last - first), (high - value / self.unit.divisor) / span)
            for day, value in outline
        )
        return Area(tuple(corners), colour)

    def down(self, value: float) -> float:
        """How far below the top of the axes a value lies, in points."""
        span = self.scale.high - self.scale.low
        return (self.scale.high - value / self.unit.divisor) / span * self.high

    def as_of(
        self, day: date, name: str, label: Label | None = None, look: Markup = DAY_LOOKED_AT
    ) -> Series:
        """The day looked at, or another one: a line from the top to the bottom."""
        top = {day: self.scale.high * self.unit.divisor}
        made = self.series(name, top, NO_LINE, NO_MARK)
        made = replace(made, drop=self.scale.high - self.scale.low, drop_look=look)
        return self.labelled(made, [(day, label)] if label else [])


def _along(curve: Curve, days: Iterable[date]) -> dict[date, float]:
    """The figures of a line of corners on those of the days that it runs over."""
    figures = {}
    for (first, low), (last, high) in pairwise(curve):
        for day in days:
            if first <= day <= last:
                share = (day - first) / (last - first) if last > first else 1.0
                figures[day] = low + share * (high - low)
    return figures
