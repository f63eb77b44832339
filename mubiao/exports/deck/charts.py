"""The three charts of a deck: how many of each status, one actual against its target, a path."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from markupsafe import Markup

from mubiao.exports.deck.axis_units import AxisUnit, read_figure, scale_of, unit_of
from mubiao.exports.deck.drawing import ACCENT, EMU, INK, MUTED, Run, TextStyle, fill, rgb
from mubiao.exports.deck.native_chart import Label, NativeChart, Scale, Series
from mubiao.i18n import language
from mubiao.model import Status
from mubiao.text_metrics import width
from mubiao.views.briefing import Subject
from mubiao.views.charts import Curve, Zone
from mubiao.views.charts.bullets import Bullet
from mubiao.views.charts.points import Point, falls
from mubiao.views.counts import Count
from mubiao.views.unreported import CoverageRow

_DAYS = {"zh": '[$-804]m"月"', "en": "[$-809]mmm"}
_BRIEF = 2
# The widest entry of a legend, in signs of full width.
_LEGEND = 22.0
_NO_LINE = Markup("<a:ln><a:noFill/></a:ln>")
_STROKE = Markup('<a:ln w="{}" cap="rnd">{}<a:prstDash val="{}"/><a:round/></a:ln>')
_MARK = Markup('<c:marker><c:symbol val="{}"/><c:size val="{}"/><c:spPr>{}</c:spPr></c:marker>')
_NO_MARK = Markup('<c:marker><c:symbol val="none"/></c:marker>')


def counts_chart(counts: Sequence[Count], description: str, style: TextStyle) -> NativeChart:
    """How many of the judged targets have each status, as parts of one bar; where none is judged,
    the bar is that of the unreported.
    """
    colours = {**style.palette.statuses, Status.NO_DATA: style.palette.unreported}
    judged = [c for c in counts if c.mark.status is not Status.NO_DATA]
    edge = Markup('<a:ln w="12700"><a:noFill/></a:ln>')
    series = tuple(
        Series(c.mark.text, (float(c.number),), fill(rgb(colours[c.mark.status])) + edge)
        for c in judged or counts
    )
    return NativeChart("shares", ("",), series, description)


def coverage_chart(
    rows: Sequence[CoverageRow], names: Sequence[str], description: str, style: TextStyle
) -> NativeChart:
    """How much of each part is reported (solid), owed (hollow) and not yet due (pale), in rows;
    `names` are these three in words.
    """
    hollow = Markup('<a:noFill/><a:ln w="9525">{}</a:ln>').format(fill(MUTED))
    looks = (_area(MUTED), hollow, _area(rgb(style.palette.unreported)))
    numbers = [(r.coverage.reported, r.coverage.owed, r.coverage.not_due) for r in rows]
    series = tuple(
        Series(name, tuple(float(each[place]) for each in numbers), looks[place])
        for place, name in enumerate(names)
    )
    most = max((row.coverage.total for row in rows), default=1)
    categories = tuple(row.name for row in rows)
    return NativeChart("coverage", categories, series, description, scale=Scale(0, most))


def bullet_chart(subject: Subject, style: TextStyle) -> NativeChart | None:
    """The actual as a bar inside the frame of its target, on a scale of its own, before the zones
    of what is satisfied, near and beyond; None where the target is no number.
    """
    bullet, names = subject.bullet, subject.path.names
    if bullet.goal_value is None:
        return None
    frame = Markup('<a:noFill/><a:ln w="19050">{}</a:ln>').format(fill(ACCENT))
    series = (
        Series(names["judged"], (bullet.value,), _area(INK)),
        Series(names["target"], (bullet.goal_value,), frame),
    )
    zone_names = {**names, "beyond": language(style.code).t("beyond it")}
    low, high = _range(bullet)
    zones = tuple(
        Series(zone_names[zone], (size * (high - low),), _area(rgb(style.palette.zones[zone])))
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
    # A long name leaves the legend no room; what is asked stands beside the chart too.
    goal = "goal" if width(names["goal"], 1) <= _LEGEND else "target"
    lines = (
        (names[goal], course.goal, _stroke(ACCENT, 2.25)),
        (names["pace"], course.pace, _stroke(MUTED, 1.75, "sysDot")),
        (names["needed"], course.needed, _stroke(ACCENT, 1.25, "dash")),
        (names["outlook"], course.outlook, _stroke(MUTED, 1.25, "sysDot")),
    )
    start = (course.baseline,) if course.baseline else ()
    points = (*course.judged, *course.drawn, *course.other, *start)
    days = tuple(sorted({p.day for p in points} | {day for _, line, _ in lines for day, _ in line}))

    def series(name: str, figures: Mapping[date, float], look: Markup, marker: str = "") -> Series:
        values = (figures.get(day) for day in days)
        divided = tuple(None if value is None else value / unit.divisor for value in values)
        return Series(name, divided, look, marker)

    judged = series(names["judged"], _by_day(course.judged), _stroke(INK, 2.5), _mark("circle", 8))
    all_series = (
        replace(judged, labels=_labels(course.judged, days, unit)),
        *(series(name, _level(days, line), look, _NO_MARK) for name, line, look in lines if line),
        series(
            names.get("other", ""),
            _by_day(course.other),
            _stroke(MUTED, 1),
            _mark("circle", 4, MUTED),
        ),
        series(names["drawn"], _by_day(course.drawn), _NO_LINE, _mark("circle", 6, MUTED)),
        series(names["baseline"], _by_day(start), _NO_LINE, _mark("diamond", 9, MUTED)),
    )
    return NativeChart(
        "lines",
        days,
        tuple(one for one in all_series if any(value is not None for value in one.values)),
        f"{subject.row.name}: {subject.row.sentence}",
        scale=scale_of(course, unit),
        day_format=_DAYS[style.code],
    )


def _by_day(points: Iterable[Point]) -> dict[date, float]:
    return {point.day: point.value for point in points}


def _level(days: Iterable[date], line: Curve) -> dict[date, float]:
    """A line's corners; a level one has its figure on every day."""
    corners = dict(line)
    return corners if len(set(corners.values())) > 1 else dict.fromkeys(days, line[0][1])


def _labels(
    points: Iterable[Point], days: Sequence[date], unit: AxisUnit
) -> tuple[tuple[int, Label], ...]:
    """The points' texts, each on the side away from the line."""
    by_day = {point.day: point for point in points}
    ordered = [by_day[day] for day in sorted(by_day)]
    return tuple(
        (days.index(point.day), _label(point, unit, "r" if down else "t"))
        for point, down in zip(ordered, falls(ordered), strict=True)
        if point.text
    )


def _label(point: Point, unit: AxisUnit, side: Literal["t", "r"]) -> Label:
    """The value in a number format, which follows an edit, where one says it as its text does."""
    figure = read_figure(point.text, point.value, grouped=unit.grouped)
    if figure is None or replace(figure, digits=unit.digits) != unit:
        return Label(text=Run(point.text), side=side)
    # The axis says a long unit.
    brief = figure if len(unit.suffix) <= _BRIEF else replace(figure, suffix="")
    return Label(format=brief.format, side=side)


def _stroke(colour: Markup, width: float, dash: str = "solid") -> Markup:
    return _STROKE.format(round(width * EMU), fill(colour), dash)


def _area(colour: Markup) -> Markup:
    return fill(colour) + _NO_LINE


def _mark(symbol: str, size: int, colour: Markup = INK) -> Markup:
    return _MARK.format(symbol, size, _area(colour))
