"""The way of a milestone through its stages as a native chart, composed as on the page."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from mubiao.exports.deck.drawing import (
    ACCENT,
    INK,
    MUTED,
    NO_LINE,
    NO_MARK,
    Box,
    Run,
    TextStyle,
    hollow,
    rgb,
    stroke,
)
from mubiao.exports.deck.native_chart import Label, NativeChart, Scale, Series, Side
from mubiao.exports.deck.year_frame import ABOVE, BELOW, DAYS, TEXT, AxisUnit, Frame
from mubiao.figures.labels import widest
from mubiao.views.briefing import Subject
from mubiao.views.charts import Curve
from mubiao.views.charts.paths import Path

# A row in points, and the room right of the axes for half a month's name.
_ROW, _MONTH = 56.0, 16.0


def stages_chart(subject: Subject, style: TextStyle, place: Box) -> NativeChart:
    """The stages that a milestone has and was in, from the top of a place of this size."""
    way = subject.path
    left = widest([word for _, word in way.axes.values], TEXT) + 10
    high = min((way.axes.high - way.axes.low) * _ROW, place.height - ABOVE - BELOW)
    up = tuple(_corners(way))
    days = {day for day, _ in (*up, *way.goal)} | {way.axes.first, way.axes.last}
    if way.axes.first < way.as_of < way.axes.last:
        days.add(way.as_of)
    # The rows have words, the axis none.
    scale = Scale(way.axes.low, way.axes.high, format=";;;")
    unit = AxisUnit(1, "", 0, grouped=False)
    frame = Frame(tuple(sorted(days)), unit, scale, high, place.height)
    wide = (place.width - left - _MONTH) / place.width
    plot = Box(left / place.width, ABOVE / place.height, wide, high / place.height)
    return frame.chart(subject.row, _series(way, up, frame, style), plot, DAYS[style.code])


def _series(way: Path, up: Curve, frame: Frame, style: TextStyle) -> Iterator[Series]:
    names, (first, last) = way.names, (way.axes.first, way.axes.last)
    for height, word in way.axes.values:
        row = frame.line(word, ((first, height), (last, height)), stroke(style.hairline, 0.5))
        yield frame.labelled(row, [(first, Label(text=Run(word, colour=MUTED), side="l"))])
    due = way.goal[0][0]
    if first <= due <= last:
        yield frame.as_of(due, names["target"], look=stroke(ACCENT, 2.25))
        # At the foot of its line, on the side that has room.
        side: Side = "l" if due - first > last - due else "r"
        note = Label(text=Run(names["goal"], colour=ACCENT), side=side)
        foot = frame.series(names["goal"], {due: way.axes.low + 0.2}, NO_LINE, NO_MARK)
        yield frame.labelled(foot, [(due, note)])
    if first < way.as_of < last:
        note = Label(text=Run(names["as_of"], colour=MUTED))
        yield frame.as_of(way.as_of, names["as_of"], note)
    yield frame.line(names["judged"], up, stroke(INK, 2.5))
    marks = {point.day: point.value for point in way.judged}
    yield frame.series(names["judged"], marks, NO_LINE, hollow("circle", 7))
    yield frame.dot(names["judged"], way.judged[-1], rgb(style.palette.statuses[way.status]))


def _corners(way: Path) -> Iterator[tuple[date, float]]:
    """The way up: a stage lasts until the eve of the day on which the next one is told."""
    for before, after in pairwise(way.judged):
        yield before.day, before.value
        yield max(after.day - timedelta(days=1), before.day), before.value
    yield way.judged[-1].day, way.judged[-1].value
