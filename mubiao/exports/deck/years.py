"""The year of a target as a native chart, composed as on the page: zones behind, the target's line,
actuals, what is left to do as a wedge, the outlook as a range, and names at the lines' ends.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from markupsafe import Markup

from mubiao.exports.deck.drawing import (
    ACCENT,
    INK,
    MUTED,
    NO_LINE,
    RANGE,
    WEDGE,
    Box,
    Run,
    TextStyle,
    hollow,
    mark,
    rgb,
    stroke,
)
from mubiao.exports.deck.native_chart import Label, NativeChart, Scale, Series, Side
from mubiao.exports.deck.stages import stages_chart
from mubiao.exports.deck.year_frame import (
    ABOVE,
    BELOW,
    DAYS,
    TEXT,
    AxisUnit,
    Frame,
    read_figure,
    scale_of,
    unit_of,
)
from mubiao.figures.labels import Placed, apart, beside, widest, wrapped
from mubiao.views.briefing import Subject
from mubiao.views.charts import Curve
from mubiao.views.charts.courses import Course
from mubiao.views.charts.paths import Path, areas
from mubiao.views.charts.points import Point

_BRIEF = 2
_SIDES: Mapping[str, Side] = {"left": "l", "right": "r", "below": "b"}
# The most that names at lines' ends take, in points.
_RIGHT = 130.0
# How far along its line what is left to do is written, and how wide.
_ALONG, _REST = 0.64, 140.0
# In a row the year lies where it lies on the page.
_ROW = Box(0.07, 0.2, 0.76, 0.6)


def path_chart(subject: Subject, style: TextStyle, place: Box) -> NativeChart | None:
    """The way of one target through the year in a place of this size; None without any figure."""
    way = subject.path
    if way.steps or not way.has_marks:
        return stages_chart(subject, style, place) if way.judged else None
    unit = unit_of(way, grouped=style.code == "en")  # as both languages write their numbers
    names = {end.series: wrapped(end.lines, TEXT, _RIGHT) for end in way.ends}
    right = widest([line for lines in names.values() for line in lines], TEXT) + 16
    left = widest([text + unit.suffix for _, text in way.axes.values], TEXT) + 10
    wide, high = place.width - left - right, place.height - ABOVE - BELOW
    frame = Frame(_days(way), unit, scale_of(way, unit), high, place.height)
    ends = (frame.scale.low * unit.divisor, frame.scale.high * unit.divisor)
    to_scale = replace(way, axes=replace(way.axes, low=ends[0], high=ends[1]))
    looks = {"needed": WEDGE, "outlook": RANGE}
    looks |= {zone: rgb(colour) for zone, colour in style.palette.zones.items()}
    lines = _lines(way, frame, names, wide, rgb(style.palette.statuses[way.status]))
    plot = Box(left / place.width, ABOVE / place.height, wide / place.width, high / place.height)
    shapes = (frame.area(outline, looks[name]) for name, outline in areas(to_scale))
    return frame.chart(subject.row, lines, plot, DAYS[style.code], *shapes)


def course_chart(subject: Subject, style: TextStyle) -> NativeChart | None:
    """The row of a headline target; None where nothing can be compared."""
    course, names = subject.course, subject.path.names
    if course.goal is None:
        return None
    marked = {point.day for point in course.points} | ({course.as_of} if course.is_open else set())
    days = tuple(sorted({course.first, course.last} | marked))
    frame = Frame(days, AxisUnit(1, "", 0, grouped=False), Scale(course.low, course.high))
    low, high = course.band
    band = [(day, value) for value in (low, high) for day in (course.first, course.last)]
    looks = {"goal": (ACCENT, names["target"], course.goal), "zero": (MUTED, "0", 0.0)}
    lines = []
    for kind, at, text in course.numbers(0.6):
        colour, name, value = looks[kind]
        level = (course.first, value), (course.last, value)
        line = frame.line(name, level, stroke(colour, 1.25 if kind == "goal" else 0.5))
        shift = (course.up(value) - at) * _ROW.height
        label = Label(text=Run(text, colour=colour), side="r", shift=shift)
        lines.append(frame.labelled(line, [(course.last, label)]))
    if course.points:
        lines += _row(course, frame, names["judged"], style)
    if course.is_open:
        lines.append(frame.as_of(course.as_of, names["as_of"]))
    area = frame.area((band[0], band[1], band[3], band[2]), rgb(style.palette.zones["met"]))
    return frame.chart(subject.row, lines, _ROW, "", area)


def _row(course: Course, frame: Frame, name: str, style: TextStyle) -> Iterator[Series]:
    """The figures of a row, and the last one again in the colour of its status."""
    last = course.points[-1]
    labels = [
        (p.day, Label(text=Run(p.text, bold=p == last), side="r" if p == last else "l"))
        for p in course.points
        if p.text
    ]
    line = frame.series(name, _by_day(course.points), stroke(INK, 1.25), hollow("circle", 4))
    yield frame.labelled(line, labels)
    yield frame.dot(name, last, rgb(style.palette.statuses[course.status]))


def _days(way: Path) -> tuple[date, ...]:
    start = (way.baseline,) if way.baseline else ()
    points = (*way.judged, *way.drawn, *way.other, *way.ghosts, *start)
    lines = (way.goal, way.pace, way.needed, way.outlook, way.so_far, way.met_edge, way.near_edge)
    days = {point.day for point in points} | {day for line in lines for day, _ in line}
    if way.needed:
        days.add(_beside(way.needed))
    if way.axes.first < way.as_of < way.axes.last:
        days.add(way.as_of)
    return tuple(sorted(days))


def _beside(needed: Curve) -> date:
    (first, _), (last, _) = needed
    return first + timedelta(days=round(_ALONG * (last - first).days))


def _lines(
    way: Path, frame: Frame, names: Mapping[str, Sequence[str]], wide: float, colour: Markup
) -> Iterator[Series]:
    """All that is a line or a mark, the actuals first, the last one again in a colour."""
    words, ends = way.names, _ends(way, frame, names)
    judged = frame.series(
        words["judged"], _by_day(way.judged), stroke(INK, 2.5), hollow("circle", 7)
    )
    yield frame.labelled(judged, _values(way, frame, wide))
    if way.judged:
        yield frame.dot(words["judged"], way.judged[-1], colour)
    looks = (
        ("goal", "target", way.goal, stroke(ACCENT, 2.25)),
        ("goal_end", "target", way.goal_end, stroke(ACCENT, 2.25)),
        ("outlook", "outlook", way.outlook, stroke(MUTED, 1, "sysDot")),
        ("so_far", "outlook", way.so_far, stroke(MUTED, 1, "sysDot")),
    )
    for series, name, curve, look in looks:
        if curve:
            labels = [(curve[-1][0], ends[series])] if series in ends else []
            yield frame.labelled(frame.line(words[name], curve, look), labels)
    yield from _left_to_do(way, frame)
    yield frame.series(
        *(words.get("other", ""), _by_day(way.other), stroke(MUTED, 1)), mark("circle", 4, MUTED)
    )
    yield frame.series(words["drawn"], _by_day(way.drawn), NO_LINE, mark("circle", 6, MUTED))
    yield frame.series(words["ghosts"], _by_day(way.ghosts), NO_LINE, mark("circle", 4, MUTED))
    if way.baseline:
        yield frame.noted(words["baseline"], way.baseline, "r", -TEXT, mark("diamond", 8, MUTED))
    if way.other:
        first = way.other[0]
        # A single one stands at the year's end, where the lines' names are.
        yield frame.noted(first.text, first, "r" if len(way.other) > 1 else "l", TEXT)
    yield from _zone_name(way, frame)
    if way.axes.first < way.as_of < way.axes.last:
        yield frame.as_of(way.as_of, words["as_of"], Label(text=Run(words["as_of"], colour=MUTED)))


def _left_to_do(way: Path, frame: Frame) -> Iterator[Series]:
    """The scheduled pace, and what is left to do with its words where they have room beside it."""
    if way.pace:
        name, (day, _) = way.names["pace"], way.pace[len(way.pace) // 3]
        below = (TEXT if way.upwards else -TEXT) / frame.whole
        note = Label(text=Run(name, colour=MUTED), side="r", shift=below)
        pace = frame.line(name, way.pace, stroke(MUTED, 1.75, "sysDot"))
        yield frame.labelled(pace, [(day, note)])
    if not way.needed:
        return
    line = frame.line(way.names["needed"], way.needed, stroke(ACCENT, 1.25, "dash"))
    (_, low), (_, high) = way.needed
    text = "\n".join(wrapped([way.names["rest"]], TEXT, _REST))
    steep = abs(frame.down(low) - frame.down(high)) > 6 * TEXT
    note = Label(text=Run(text, colour=ACCENT), side="l", shift=-TEXT / frame.whole)
    yield frame.labelled(line, [(_beside(way.needed), note)] if steep else [])


def _zone_name(way: Path, frame: Frame) -> Iterator[Series]:
    """What the zone of all that satisfies means, in its corner, where it is high enough."""
    if not way.met_edge:
        return
    scale, room = frame.scale, 1.5 * TEXT
    edge = (scale.high if way.upwards else scale.low) * frame.unit.divisor
    edge = edge if way.far is None else way.far
    day, met = way.met_edge[-1]
    if abs(frame.down(edge) - frame.down(met)) >= room:
        corner = Point(day, edge, way.names["met"], "")
        shift = (room if way.upwards else -room) / 2
        yield frame.noted(way.names["met"], corner, "l", shift)


def _ends(way: Path, frame: Frame, names: Mapping[str, Sequence[str]]) -> dict[str, Label]:
    """The names at the lines' ends, apart from each other; what has no room has none."""
    own = {
        end.series: Placed(tuple(names[end.series]), frame.down(end.value), TEXT)
        for end in way.ends
    }
    moved = {one.lines: one.middle for one in apart(list(own.values()), frame.high)}
    return {
        series: Label(
            text=Run("\n".join(one.lines), colour=ACCENT if series == "goal" else MUTED),
            side="r",
            shift=(moved[one.lines] - one.middle) / frame.whole,
        )
        for series, one in own.items()
        if one.lines in moved
    }


def _values(way: Path, frame: Frame, wide: float) -> Iterator[tuple[date, Label]]:
    """The actuals' texts above them, each on the side away from the line, where they have room."""
    by_day = {point.day: point for point in way.judged}
    year = (way.axes.last - way.axes.first).days

    def place(point: Point) -> tuple[float, float]:
        return (point.day - way.axes.first).days / year * wide, frame.down(point.value)

    for point, side, free in beside([by_day[day] for day in sorted(by_day)], TEXT, place):
        if free:
            shift = 0 if side == "below" else -9 / frame.whole
            yield point.day, replace(_label(point, frame.unit), side=_SIDES[side], shift=shift)


def _label(point: Point, unit: AxisUnit) -> Label:
    """The value in a number format, which follows an edit, where one says it as its text does."""
    figure = read_figure(point.text, point.value, grouped=unit.grouped)
    if figure is None or replace(figure, digits=unit.digits) != unit:
        return Label(text=Run(point.text))
    # The axis says a long unit.
    brief = figure if len(unit.suffix) <= _BRIEF else replace(figure, suffix="")
    return Label(format=brief.format)


def _by_day(points: Iterable[Point]) -> dict[date, float]:
    return {point.day: point.value for point in points}
