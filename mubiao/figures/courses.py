"""The years of the headline targets as a Plotly spec: a row each, without the page's texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from mubiao.figures import HOVER, Spec, layout
from mubiao.figures.labels import box
from mubiao.theme import PALETTES, Palette, Theme
from mubiao.views.charts.courses import Course

# Of a row's height: the room above and below its line, where a phone has the row's texts.
_MARGIN = 0.24
# Before the year there is room for the first figure's number.
_FIRST = 0.07


@dataclass(frozen=True, slots=True)
class Size:
    """How large rows are drawn: the heights of one with figures and of one without, in pixels of a
    figure of its own height (`fixed`) or in shares of its place; texts, marks and lines in pixels.

    The year ends at `last`, a share of the width, behind which the target's number stands. Labels
    nearer to each other than `apart`, a share of a line's height, would touch.
    """

    tall: int
    thin: int
    text: int
    goal: int
    mark: int
    stroke: float
    apart: float
    last: float
    fixed: bool = False


# The style sheet of the page sets the pixels of its rows.
ON_PAGE = Size(3, 2, text=12, goal=11, mark=8, stroke=1.5, apart=0.4, last=0.83)
# For a slide of 1920 x 1080: nothing is written smaller than 24 pixels.
ON_SLIDE = Size(86, 86, text=24, goal=24, mark=14, stroke=2.5, apart=0.6, last=0.8, fixed=True)


@dataclass(frozen=True, slots=True)
class _Row:
    """A course with its place: the height above it, and its own."""

    course: Course
    top: int
    height: int

    def at(self, share: float) -> float:
        """Where a share of the line's height, from below, lies in the figure."""
        return self.top + self.height * (1 - _MARGIN - share * (1 - 2 * _MARGIN))

    def of(self, value: float) -> float:
        """Where a value lies in the figure."""
        return self.at(self.course.up(value))


def courses(rows: Sequence[Course], theme: Theme = "light", size: Size = ON_PAGE) -> Spec:
    """The rows under each other; the page sets names and figures beside them as text."""
    palette = PALETTES[theme]
    heights = [size.tall if row.points else size.thin for row in rows]
    total = max(sum(heights), 1)
    placed = [
        _Row(row, end - height, height)
        for row, height, end in zip(rows, heights, accumulate(heights), strict=True)
    ]
    hidden = {"visible": False, "fixedrange": True}
    return {
        "data": [
            *(_figures(row, palette, size) for row in placed if row.course.points),
            _numbers(placed, palette, size),
        ],
        "layout": {
            **layout(palette, total if size.fixed else None, size.text),
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": {"range": [0, 1], **hidden},
            "yaxis": {"range": [total, 0], **hidden},
            "shapes": [shape for row in placed for shape in _ground(row, palette, size)],
        },
    }


def _across(share: float, size: Size) -> float:
    return _FIRST + share * (size.last - _FIRST)


def _ground(row: _Row, palette: Palette, size: Size) -> list[Spec]:
    """The band that satisfies, the target's line, and the day looked at."""
    course = row.course
    if course.goal is None:
        return [_line(palette.grid, 1, (_FIRST, size.last), (row.at(0.5), row.at(0.5)))]
    low, high = course.band
    goal, ends = row.of(course.goal), (row.of(low), row.of(high))
    fill = {"fillcolor": palette.zones["met"], "opacity": 1 if course.points else 0.6}
    band = _line(palette.paper, 0, (_FIRST, size.last), ends) | {"type": "rect", **fill}
    zero = [] if course.zero is None else [row.at(course.zero)]
    zeros = [_line(palette.axis, 0.5, (_FIRST, size.last), (at, at)) for at in zero]
    shapes = [band, *zeros, _line(palette.accent, size.stroke, (_FIRST, size.last), (goal, goal))]
    if course.is_open:
        day = _across(course.across(course.as_of), size)
        shapes.append(_line(palette.edge, 1, (day, day), (row.at(0), row.at(1)), "dot"))
    return shapes


def _line(
    colour: str, width: float, x: tuple[float, float], y: tuple[float, float], dash: str = "solid"
) -> Spec:
    line = {"color": colour, "width": width, "dash": dash}
    ends = {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1]}
    return {"type": "line", "layer": "below", "line": line, **ends}


def _figures(row: _Row, palette: Palette, size: Size) -> Spec:
    """A row's figures as a line, the last one as a larger dot in the colour of the status."""
    points, before = row.course.points, len(row.course.points) - 1
    colour = palette.statuses[row.course.status]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [_across(row.course.across(point.day), size) for point in points],
        "y": [row.of(point.value) for point in points],
        "text": [*(point.text for point in points[:-1]), f"<b>{points[-1].text}</b>"],
        "textposition": [*["middle left"] * before, "middle right"],
        "textfont": {"color": [*[palette.axis] * before, palette.ink], "size": size.text},
        "line": {"color": palette.ink, "width": size.stroke},
        "marker": {
            "color": [*[palette.paper] * before, colour],
            "size": [*[0.6 * size.mark] * before, size.mark],
            "line": {"width": size.stroke / 1.5, "color": [*[palette.ink] * before, colour]},
            "opacity": 1,
        },
        "customdata": [box(point.box, size.text) for point in points],
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }


def _numbers(rows: Sequence[_Row], palette: Palette, size: Size) -> Spec:
    numbers = [
        (row.at(at), kind, text)
        for row in rows
        for kind, at, text in row.course.numbers(size.apart)
    ]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [size.last + 0.015] * len(numbers),
        "y": [at for at, _, _ in numbers],
        "text": [text for _, _, text in numbers],
        "textposition": "middle right",
        "textfont": {
            "color": [palette.accent if kind == "goal" else palette.axis for _, kind, _ in numbers],
            "size": size.goal,
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
