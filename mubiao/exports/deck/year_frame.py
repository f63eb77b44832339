"""What the series of a native chart of a year share: days, an axis, its unit and scale."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import ceil, isclose

from markupsafe import Markup

from mubiao.exports.deck.drawing import MUTED, NO_LINE, NO_MARK, Box, Run, mark, stroke
from mubiao.exports.deck.native_chart import Area, Label, NativeChart, Scale, Series, Side
from mubiao.views.charts import Curve
from mubiao.views.charts.paths import Path
from mubiao.views.charts.points import Point
from mubiao.views.overview import TargetRow

_NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?")
# How texts shorten numbers: 万 and 亿, million and billion.
_SCALES = (1, 10**4, 10**6, 10**8, 10**9)
TEXT = 12.0
DAYS = {"zh": '[$-804]m"月"', "en": "[$-809]mmm"}
# The room in points above and below the axes.
ABOVE, BELOW = 20.0, 24.0
DAY_LOOKED_AT = stroke(MUTED, 0.75, "sysDot")


@dataclass(frozen=True, slots=True)
class AxisUnit:
    """How numbers are written: what they are divided by, what follows them, decimal places."""

    divisor: int
    suffix: str
    digits: int
    grouped: bool

    @property
    def positive(self) -> str:
        """The number format of what is not below zero."""
        places = "." + "0" * self.digits if self.digits else ""
        after = f'"{self.suffix}"' if self.suffix else ""
        return f"{'#,##0' if self.grouped else '0'}{places}{after}"

    @property
    def format(self) -> str:
        """The number format; a minus sign is a minus sign."""
        return f'{self.positive};"−"{self.positive}'


def read_figure(text: str, value: float, *, grouped: bool) -> AxisUnit | None:
    """How a text writes a value; None where it says it in another way."""
    match = _NUMBER.match(text)
    if match is None:
        return None
    number = float(match[0].replace(",", "").replace("−", "-"))
    digits = len(match[0].partition(".")[2])
    for divisor in _SCALES:
        if isclose(number * divisor, value, rel_tol=1e-9, abs_tol=1e-12):
            return AxisUnit(divisor, text[match.end() :].replace('"', ""), digits, grouped)
    return None


def unit_of(course: Path, *, grouped: bool) -> AxisUnit:
    """The unit of the ticks, the axis's own after it; of several, that of the largest tick."""
    units = [
        (abs(value), unit)
        for value, text in course.axes.values
        if value and (unit := read_figure(text, value, grouped=grouped)) is not None
    ]
    if not units:
        return AxisUnit(1, course.axes.unit, 0, grouped)
    _, largest = max(units, key=lambda pair: (pair[0], pair[1].divisor, pair[1].suffix))
    digits = max(unit.digits for _, unit in units if unit.divisor == largest.divisor)
    return replace(largest, digits=digits, suffix=largest.suffix + course.axes.unit)


def scale_of(course: Path, unit: AxisUnit) -> Scale:
    """The value axis in the ticks' unit, from a tick to a tick so that each has its line."""
    low, high, *ticks = (
        value / unit.divisor
        for value in (course.axes.low, course.axes.high, *(tick for tick, _ in course.axes.values))
    )
    step = float(f"{ticks[1] - ticks[0] if len(ticks) > 1 else high - low:.12g}")
    first = ticks[0] if ticks else low
    # A tick below the lowest value, and one above the highest.
    first -= max(ceil((first - low) / step - 1e-9), 0) * step
    last = first + ceil((high - first) / step - 1e-9) * step
    digits = max(unit.digits, len(f"{step:.12g}".partition(".")[2]))
    short = replace(unit, digits=digits, suffix=unit.suffix.removesuffix(course.axes.unit))
    number_format = short.format
    if last > 0:
        # The unit once, at the topmost tick, as it stands above the axis of the page.
        top = replace(short, suffix=unit.suffix).positive
        number_format = f'[>{last - step / 2:.12g}]{top};[<0]"−"{short.positive};{short.positive}'
    return Scale(float(f"{first:.12g}"), float(f"{last:.12g}"), step, number_format)


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

    def noted(
        self, name: str, point: Point, side: Side, shift: float, marker: Markup = NO_MARK
    ) -> Series:
        """One figure with its text beside it, moved down by so many points."""
        made = self.series(name, {point.day: point.value}, NO_LINE, marker)
        note = Label(text=Run(point.text, colour=MUTED), side=side, shift=shift / self.whole)
        return self.labelled(made, [(point.day, note)])

    def area(self, outline: Curve, colour: Markup) -> Area:
        """A filled outline, its corners as shares of the axes from their upper left."""
        first, last = self.days[0], self.days[-1]
        span, high = self.scale.high - self.scale.low, self.scale.high
        corners = (
            ((day - first) / (last - first), (high - value / self.unit.divisor) / span)
            for day, value in outline
        )
        return Area(tuple(corners), colour)

    def chart(
        self, row: TargetRow, series: Iterable[Series], plot: Box, days: str, *areas: Area
    ) -> NativeChart:
        """The series of a target as a chart, which its own sentence describes."""
        drawn = tuple(one for one in series if any(value is not None for value in one.values))
        text = f"{row.name}: {row.sentence}"
        return NativeChart("year", self.days, drawn, text, self.scale, plot, days, areas)

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
