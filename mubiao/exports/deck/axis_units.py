"""The unit and the scale of a chart's value axis, as its ticks say them."""

import re
from dataclasses import dataclass, replace
from math import ceil, isclose

from mubiao.exports.deck.native_chart import Scale
from mubiao.views.charts.paths import Path

_NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?")
# How texts shorten numbers: 万 and 亿, million and billion.
_SCALES = (1, 10**4, 10**6, 10**8, 10**9)


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
