"""The unit and the scale of a chart's value axis, as its ticks say them."""

import re
from dataclasses import dataclass
from math import isclose

from mubiao.exports.deck.native_chart import Scale
from mubiao.views.charts.paths import Path

_NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?")
# How texts shorten numbers: 万 and 亿, million and billion.
_SCALES = (1, 10**4, 10**6, 10**8, 10**9)


@dataclass(frozen=True, slots=True)
class AxisUnit:
    """How an axis says its numbers: what they are divided by, and what follows them."""

    divisor: int
    suffix: str
    digits: int
    grouped: bool

    def format(self, digits: int) -> str:
        """The number format; a minus sign is a minus sign."""
        plain = ("#,##0" if self.grouped else "0") + ("." + "0" * digits if digits else "")
        after = f'"{self.suffix}"' if self.suffix else ""
        return f'{plain}{after};"−"{plain}{after}'


def read_figure(text: str, value: float) -> tuple[int, str, int] | None:
    """The divisor, the suffix and the decimal places with which a text says a value; None where
    it says it in another way.
    """
    match = _NUMBER.match(text)
    if match is None:
        return None
    number = float(match[0].replace(",", "").replace("−", "-"))
    digits = len(match[0].partition(".")[2])
    for divisor in _SCALES:
        if isclose(number * divisor, value, rel_tol=1e-9, abs_tol=1e-12):
            return divisor, text[match.end() :].replace('"', ""), digits
    return None


def unit_of(course: Path, *, grouped: bool) -> AxisUnit:
    """The unit of the ticks; of several the one of the largest, so that all are short."""
    ticks = [(abs(value), read_figure(text, value)) for value, text in course.axes.values if value]
    units = [(size, unit) for size, unit in ticks if unit is not None]
    if not units:
        return AxisUnit(1, "", 0, grouped)
    divisor, suffix, _ = max(units)[1]
    digits = max(unit[2] for _, unit in units if unit[0] == divisor)
    return AxisUnit(divisor, suffix, digits, grouped)


def scale_of(course: Path, unit: AxisUnit) -> Scale:
    """The value axis in the ticks' unit, from a tick to a tick so that each has its line."""
    axes = course.axes
    ticks = [value / unit.divisor for value, _ in axes.values]
    step = ticks[1] - ticks[0] if len(ticks) > 1 else (axes.high - axes.low) / unit.divisor
    step = float(f"{step:.12g}")
    low, high = axes.low / unit.divisor, axes.high / unit.divisor
    first = ticks[0] if ticks else low
    # A tick below the lowest value, and one above the highest.
    while first > low + step * 1e-9:
        first -= step
    last = first
    while last < high - step * 1e-9:
        last += step
    digits = max(unit.digits, _places(step))
    return Scale(float(f"{first:.12g}"), float(f"{last:.12g}"), step, unit.format(digits))


def _places(step: float) -> int:
    return len(f"{step:.12g}".partition(".")[2])
