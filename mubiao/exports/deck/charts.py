"""The three charts of a deck: how many of each status, one actual against its target, a path."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Literal

from mubiao.exports.deck.axis_units import AxisUnit, read_figure, scale_of, unit_of
from mubiao.exports.deck.drawing import ACCENT, INK, MUTED, Run, TextStyle, fill, rgb, run
from mubiao.exports.deck.native_chart import LABEL, Label, NativeChart, Scale, Series
from mubiao.i18n import language
from mubiao.model import Status
from mubiao.text_metrics import width
from mubiao.views.briefing import Subject
from mubiao.views.charts import Curve, Zone
from mubiao.views.charts.bullets import Bullet
from mubiao.views.charts.paths import Point
from mubiao.views.overview import Count

_DAYS = {"zh": '[$-804]m"月"', "en": "[$-809]mmm"}
_BRIEF = 2
# The widest entry of a legend, in signs of full width.
_LEGEND = 22.0


def counts_chart(counts: Sequence[Count], description: str, style: TextStyle) -> NativeChart:
    """How many targets have each status, as parts of one bar."""
    series = tuple(
        Series(
            count.mark.text,
            (float(count.number),),
            fill(_part(count.mark.status, style)) + '<a:ln w="12700"><a:noFill/></a:ln>',
        )
        for count in counts
    )
    return NativeChart("shares", ("",), series, description)


def _part(status: Status, style: TextStyle) -> str:
    """What is not known stays in the background."""
    return rgb(style.palette.unreported) if status is Status.NO_DATA else style.status(status)


def bullet_chart(subject: Subject, style: TextStyle) -> NativeChart | None:
    """The actual as a bar inside the frame of its target, on a scale of its own, before the zones
    of what is satisfied, near and beyond; None where the target is no number.
    """
    bullet, names = subject.bullet, subject.path.names
    if bullet.goal_value is None:
        return None
    frame = f'<a:noFill/><a:ln w="19050">{fill(ACCENT)}</a:ln>'
    series = (
        Series(names["judged"], (bullet.value,), f"{fill(INK)}<a:ln><a:noFill/></a:ln>"),
        Series(names["target"], (bullet.goal_value,), frame),
    )
    zone_names = {**names, "beyond": language(style.code).t("beyond it")}
    low, high = _range(bullet)
    zones = tuple(
        Series(
            zone_names[zone],
            (size * (high - low),),
            f"{fill(rgb(style.palette.zones[zone]))}<a:ln><a:noFill/></a:ln>",
        )
        for zone, size in _from_zero(bullet)
    )
    description = bullet.label.replace("<br>", " · ")
    return NativeChart("bullet", (subject.row.name,), series, description, zones, Scale(low, high))


def _from_zero(bullet: Bullet) -> Iterable[tuple[Zone, float]]:
    """The zones as signed shares of the scale, on each side of zero the nearest first."""
    zero = bullet.zero or 0.0
    above = [(zone, end - max(start, zero)) for start, end, zone in bullet.zones]
    below = [(zone, start - min(end, zero)) for start, end, zone in reversed(bullet.zones)]
    yield from ((zone, size) for zone, size in above if size > 0)
    yield from ((zone, size) for zone, size in below if size < 0)


def _range(bullet: Bullet) -> tuple[float, float]:
    """The ends of a bullet's scale in the target's unit, from two of its values."""
    zero = bullet.zero or 0.0
    pairs = ((bullet.goal_value, bullet.goal), (bullet.value, bullet.bar and bullet.bar[1]))
    for value, place in pairs:
        if value and place is not None:
            span = value / (place - zero)
            return -zero * span, (1 - zero) * span
    return -zero, 1 - zero  # nothing but zeros: any scale is theirs


def path_chart(subject: Subject, style: TextStyle) -> NativeChart | None:
    """The way of one target through the year; None for a milestone, whose stages are words."""
    course, names = subject.path, subject.path.names
    if course.steps or not (course.judged or course.goal):
        return None
    unit = unit_of(course, grouped=style.code == "en")  # as both languages write their numbers
    lines = (course.goal, course.pace, course.needed)
    start = [course.baseline] if course.baseline else []
    points = [*course.judged, *course.drawn, *start]
    days = tuple(sorted({p.day for p in points} | {day for line in lines for day, _ in line}))
    dot, other, diamond = _mark("circle", 8), _mark("circle", 6, MUTED), _mark("diamond", 9, MUTED)
    series = (
        _spots(course.judged, names["judged"], days, unit, marker=dot, style=style),
        *_line(days, unit, (_goal_name(names), course.goal, _stroke(ACCENT, 2.25))),
        *_line(days, unit, (names["pace"], course.pace, _stroke(MUTED, 1.75, "sysDot"))),
        *_line(days, unit, (names["needed"], course.needed, _stroke(INK, 1.25, "dash"))),
        _spots(course.drawn, names["drawn"], days, unit, marker=other),
        _spots(start, names["baseline"], days, unit, marker=diamond),
    )
    return NativeChart(
        "lines",
        days,
        tuple(one for one in series if any(value is not None for value in one.values)),
        f"{subject.row.name}: {subject.row.sentence}",
        scale=scale_of(course, unit),
        day_format=_DAYS[style.code],
    )


def _goal_name(names: Mapping[str, str]) -> str:
    """The target's name in the legend, with what it asks where that is short; else it stands
    beside the chart alone, as a long entry leaves no room for lines.
    """
    return names["goal"] if width(names["goal"], 1) <= _LEGEND else names["target"]


def _line(days: Sequence[date], unit: AxisUnit, named: tuple[str, Curve, str]) -> Iterable[Series]:
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
    unit: AxisUnit,
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


def _label(point: Point, unit: AxisUnit, style: TextStyle, *, falls: bool) -> Label:
    """The value in a number format, which follows an edit, where one says it as its text does.

    It stands on the side away from the line.
    """
    side: Literal["t", "r"] = "r" if falls else "t"
    figure = read_figure(point.text, point.value)
    if figure is None or figure[:2] != (unit.divisor, unit.suffix):
        return Label(text=run(Run(point.text), LABEL, style), side=side)
    # The axis says a long unit.
    brief = unit if len(unit.suffix) <= _BRIEF else replace(unit, suffix="")
    return Label(format=brief.format(figure[2]), side=side)


def _stroke(colour: str, width: float, dash: str = "solid") -> str:
    wide = round(width * 12700)
    return f'<a:ln w="{wide}" cap="rnd">{fill(colour)}<a:prstDash val="{dash}"/><a:round/></a:ln>'


def _mark(symbol: str, size: int, colour: str = INK) -> str:
    look = f"{fill(colour)}<a:ln><a:noFill/></a:ln>"
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="{size}"/><c:spPr>{look}</c:spPr>'
        "</c:marker>"
    )
