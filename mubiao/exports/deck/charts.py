"""The three charts of a deck: how many of each status, one actual against its target, a path."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import isclose
from typing import Literal

from mubiao.exports.deck.drawing import ACCENT, INK, MUTED, Run, TextStyle, fill, rgb, run
from mubiao.exports.deck.native_chart import LABEL, Label, NativeChart, Scale, Series
from mubiao.i18n import language
from mubiao.model import Status
from mubiao.text_metrics import width
from mubiao.views.briefing import Subject
from mubiao.views.charts import Bullet, Curve, Path, Point, Zone
from mubiao.views.overview import Count

_DAYS = {"zh": '[$-804]m"月"', "en": "[$-809]mmm"}
_BRIEF = 2
# The widest entry of a legend, in signs of full width.
_LEGEND = 22.0
_NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?")
# How texts shorten numbers: 万 and 亿, million and billion.
_SCALES = (1, 10**4, 10**6, 10**8, 10**9)


def counts_chart(counts: Sequence[Count], description: str, style: TextStyle) -> NativeChart:
    """How many targets have each status, as parts of one bar."""
    series = tuple(
        Series(
            f"{count.mark.shape} {count.mark.word}",
            (float(count.number),),
            fill(_part(count.mark.status, style)) + '<a:ln w="12700"><a:noFill/></a:ln>',
        )
        for count in counts
    )
    return NativeChart("shares", ("",), series, description)


def _part(status: Status, style: TextStyle) -> str:
    """What is not known stays in the background."""
    return rgb(style.palette.unreported) if status is Status.NO_DATA else style.status(status)


def bullet_chart(subject: Subject, actual: str, asked: str, style: TextStyle) -> NativeChart | None:
    """The actual as a bar inside the frame of its target, on a scale of its own, before the zones
    of what is satisfied, near and beyond; None where the target is no number.
    """
    shown = subject.bullet
    if shown.goal_value is None:
        return None
    frame = f'<a:noFill/><a:ln w="19050">{fill(ACCENT)}</a:ln>'
    series = (
        Series(actual, (shown.value,), f"{fill(INK)}<a:ln><a:noFill/></a:ln>"),
        Series(asked, (shown.goal_value,), frame),
    )
    said = shown.label.replace("<br>", " · ")
    colours = style.palette.zones
    names = {**subject.path.names, "beyond": language(style.code).t("beyond it")}
    low, high = _range(shown)
    zones = tuple(
        Series(
            names[zone],
            (size * (high - low),),
            f"{fill(rgb(colours[zone]))}<a:ln><a:noFill/></a:ln>",
        )
        for zone, size in _from_zero(shown)
    )
    name = subject.row.name
    return NativeChart("bullet", (name,), series, said, zones, Scale(low, high))


def _from_zero(shown: Bullet) -> Iterable[tuple[Zone, float]]:
    """The zones as signed shares of the scale, on each side of zero the nearest first."""
    zero = shown.zero or 0.0
    above = [(zone, end - max(start, zero)) for start, end, zone in shown.zones]
    below = [(zone, start - min(end, zero)) for start, end, zone in reversed(shown.zones)]
    yield from ((zone, size) for zone, size in above if size > 0)
    yield from ((zone, size) for zone, size in below if size < 0)


def _range(shown: Bullet) -> tuple[float, float]:
    """The ends of a bullet's scale in the target's unit, from two of its values."""
    zero = shown.zero or 0.0
    pairs = ((shown.goal_value, shown.goal), (shown.value, shown.bar and shown.bar[1]))
    for value, place in pairs:
        if value and place is not None:
            span = value / (place - zero)
            return -zero * span, (1 - zero) * span
    return -zero, 1 - zero  # nothing but zeros: any scale is theirs


def path_chart(subject: Subject, style: TextStyle) -> NativeChart | None:
    """The way of one target through the year; None for a milestone, whose stages are words."""
    shown, names = subject.path, subject.path.names
    if shown.steps or not (shown.judged or shown.goal):
        return None
    unit = _unit(shown, grouped=style.code == "en")  # as both languages write their numbers
    lines = (shown.goal, shown.pace, shown.needed)
    points = [*shown.judged, *shown.drawn, *([shown.baseline] if shown.baseline else [])]
    days = tuple(sorted({p.day for p in points} | {day for line in lines for day, _ in line}))
    goal = (_goal_name(names), shown.goal, _stroke(ACCENT, 2.25))
    drawn = _spots(shown.drawn, names["drawn"], days, unit, marker=_mark("circle", 6, muted=True))
    start = [shown.baseline] if shown.baseline else []
    series = [
        _spots(shown.judged, names["judged"], days, unit, marker=_mark("circle", 8), style=style),
        *_line(days, unit, goal),
        *_line(days, unit, (names["pace"], shown.pace, _stroke(MUTED, 1.75, "sysDot"))),
        *_line(days, unit, (names["needed"], shown.needed, _stroke(INK, 1.25, "dash"))),
        drawn,
        _spots(start, names["baseline"], days, unit, marker=_mark("diamond", 9, muted=True)),
    ]
    kept = tuple(s for s in series if any(value is not None for value in s.values))
    said = f"{subject.row.name}: {subject.row.sentence}"
    scale = _scale(shown, unit)
    return NativeChart("lines", days, kept, said, scale=scale, day_format=_DAYS[style.code])


def _goal_name(names: Mapping[str, str]) -> str:
    """The target's name in the legend, with what it asks where that is short; else it stands
    beside the chart alone, as a long entry leaves no room for lines.
    """
    return names["goal"] if width(names["goal"], 1) <= _LEGEND else names["target"]


@dataclass(frozen=True, slots=True)
class _Unit:
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


def _parsed(text: str, value: float) -> tuple[int, str, int] | None:
    """The divisor, the suffix and the decimal places with which a text says a value; None where
    it says it in another way.
    """
    found = _NUMBER.search(text)
    if found is None or found.start() != 0:
        return None
    told = found[0]
    number = float(told.replace(",", "").replace("−", "-"))
    digits = len(told.partition(".")[2])
    for divisor in _SCALES:
        if isclose(number * divisor, value, rel_tol=1e-9, abs_tol=1e-12):
            return divisor, text[found.end() :].replace('"', ""), digits
    return None


def _unit(shown: Path, *, grouped: bool) -> _Unit:
    """The unit of the ticks; of several the one of the largest, so that all are short."""
    told = [(_parsed(text, value), abs(value)) for value, text in shown.axes.values if value]
    known = [(size, parsed) for parsed, size in told if parsed is not None]
    if not known:
        return _Unit(1, "", 0, grouped)
    divisor, suffix, _ = max(known)[1]
    digits = max(parsed[2] for _, parsed in known if parsed[0] == divisor)
    return _Unit(divisor, suffix, digits, grouped)


def _scale(shown: Path, unit: _Unit) -> Scale:
    """The value axis in the ticks' unit, from a tick to a tick so that each has its line."""
    axes = shown.axes
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


def _line(days: Sequence[date], unit: _Unit, named: tuple[str, Curve, str]) -> Iterable[Series]:
    """A line given by its corners; a level one has its figure on every day."""
    name, line, look = named
    if not line:
        return
    known = dict(line)
    if len(set(known.values())) == 1:
        known = dict.fromkeys(days, line[0][1])
    values = tuple(known[day] / unit.divisor if day in known else None for day in days)
    yield Series(name, values, look, '<c:marker><c:symbol val="none"/></c:marker>')


def _spots(  # noqa: PLR0913 - a series' parts
    points: Sequence[Point],
    name: str,
    days: Sequence[date],
    unit: _Unit,
    *,
    marker: str,
    style: TextStyle | None = None,
) -> Series:
    """Actuals as points; joined and labelled where they are judged (with a style for labels)."""
    known = {point.day: point for point in points}
    values = tuple(known[day].value / unit.divisor if day in known else None for day in days)
    if style is None:
        return Series(name, values, "<a:ln><a:noFill/></a:ln>", marker)
    ordered = [known[day] for day in days if day in known]
    falls = [after.value < before.value for before, after in pairwise(ordered)]
    sides = dict(zip((point.day for point in ordered), [*falls, *falls[-1:], False], strict=False))
    labels = tuple(
        (place, _label(known[day], unit, style, falls=sides[day]))
        for place, day in enumerate(days)
        if day in known and known[day].text
    )
    return Series(name, values, _stroke(INK, 2.5), marker, labels)


def _label(point: Point, unit: _Unit, style: TextStyle, *, falls: bool) -> Label:
    """The value in a format where that says it like everywhere else: it then follows an edit.
    It stands on the side away from the line.
    """
    side: Literal["t", "r"] = "r" if falls else "t"
    parsed = _parsed(point.text, point.value)
    if parsed is None or parsed[:2] != (unit.divisor, unit.suffix):
        return Label(text=run(Run(point.text), LABEL, style), side=side)
    # A long unit is said by the axis.
    brief = unit if len(unit.suffix) <= _BRIEF else replace(unit, suffix="")
    return Label(format=brief.format(parsed[2]), side=side)


def _stroke(colour: str, width: float, dash: str = "solid") -> str:
    wide = round(width * 12700)
    return f'<a:ln w="{wide}" cap="rnd">{fill(colour)}<a:prstDash val="{dash}"/><a:round/></a:ln>'


def _mark(symbol: str, size: int, *, muted: bool = False) -> str:
    look = f"{fill(MUTED if muted else INK)}<a:ln><a:noFill/></a:ln>"
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="{size}"/><c:spPr>{look}</c:spPr>'
        "</c:marker>"
    )
