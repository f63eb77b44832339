"""The years of the headline targets as a Plotly spec: a row each, without the page's texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from mubiao.figures import HOVER, Spec, layout
from mubiao.figures.labels import box
from mubiao.theme import PALETTES, Palette, Theme
from mubiao.views.charts.courses import Course

# The heights of a row with figures and of one without; the style sheet sets the pixels.
TALL, THIN = 3, 2
_TEXT = 12
# Of a row's height: the room above and below its line, where a phone has the row's texts.
_MARGIN = 0.24
# Labels nearer to each other than this share of a line's height would touch.
_APART = 0.4
# Beside the year there is room for the first figure's number and for the target's.
_FIRST, _LAST = 0.07, 0.83


@dataclass(frozen=True, slots=True)
class _Row:
    """A course with its place: the height above it, and its own."""

    course: Course
    top: int
    height: int

    def at(self, share: float) -> float:
        """Where a share of the line's height, from below, lies in the figure."""
        return self.top + self.height * (1 - _MARGIN - share * (1 - 2 * _MARGIN))


def courses(rows: Sequence[Course], theme: Theme = "light") -> Spec:
    """The rows under each other, as high as the place that the page has for all of them.

    The page sets names and figures beside them as real text.
    """
    palette = PALETTES[theme]
    heights = [TALL if row.marks else THIN for row in rows]
    total = max(sum(heights), 1)
    placed = [
        _Row(row, end - height, height)
        for row, height, end in zip(rows, heights, accumulate(heights), strict=True)
    ]
    hidden = {"visible": False, "fixedrange": True}
    return {
        "data": [
            *(_figures(row, palette) for row in placed if row.course.marks),
            _goals([row for row in placed if row.course.goal is not None], palette),
        ],
        "layout": {
            **layout(palette, None),
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": {"range": [0, 1], **hidden},
            "yaxis": {"range": [total, 0], **hidden},
            "shapes": [shape for row in placed for shape in _ground(row, palette)],
        },
    }


def _across(share: float) -> float:
    """Where a share of the year lies in the figure."""
    return _FIRST + share * (_LAST - _FIRST)


def _ground(row: _Row, palette: Palette) -> list[Spec]:
    """The band that satisfies, the target's line, and the day looked at."""
    course = row.course
    if course.goal is None:
        return [_line(palette.grid, 1, (_FIRST, _LAST), (row.at(0.5), row.at(0.5)))]
    goal, ends = row.at(course.goal), (row.at(course.low), row.at(course.high))
    fill = {"fillcolor": palette.zones["met"], "opacity": 1 if course.marks else 0.6}
    band = _line(palette.paper, 0, (_FIRST, _LAST), ends) | {"type": "rect", **fill}
    shapes = [band, _line(palette.accent, 1.5, (_FIRST, _LAST), (goal, goal))]
    if course.marks and 0 < course.as_of < 1:
        day = _across(course.as_of)
        shapes.append(_line(palette.edge, 1, (day, day), (row.at(0), row.at(1)), "dot"))
    return shapes


def _line(
    colour: str, width: float, x: tuple[float, float], y: tuple[float, float], dash: str = "solid"
) -> Spec:
    line = {"color": colour, "width": width, "dash": dash}
    ends = {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1]}
    return {"type": "line", "layer": "below", "line": line, **ends}


def _figures(row: _Row, palette: Palette) -> Spec:
    """A row's figures as a line, the last one as a larger dot in the colour of the status."""
    marks, before = row.course.marks, len(row.course.marks) - 1
    colour = palette.statuses[row.course.status]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [_across(mark.x) for mark in marks],
        "y": [row.at(mark.y) for mark in marks],
        "text": [*(mark.text for mark in marks[:-1]), f"<b>{marks[-1].text}</b>"],
        "textposition": [*["middle left"] * before, "middle right"],
        "textfont": {"color": [*[palette.axis] * before, palette.ink], "size": _TEXT},
        "line": {"color": palette.ink, "width": 1.5},
        "marker": {
            "color": [*[palette.paper] * before, colour],
            "size": [*[5] * before, 8],
            "line": {"width": 1, "color": [*[palette.ink] * before, colour]},
            "opacity": 1,
        },
        "customdata": [box(mark.box, _TEXT) for mark in marks],
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }


def _goals(rows: Sequence[_Row], palette: Palette) -> Spec:
    """The targets' numbers behind the year, out of the way of a last figure's at its end."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [_LAST + 0.015] * len(rows),
        "y": [row.at(_beside(row.course)) for row in rows],
        "text": [row.course.goal_text for row in rows],
        "textposition": "middle right",
        "textfont": {"color": palette.accent, "size": 11},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _beside(course: Course) -> float:
    """The height of a target's number."""
    goal = course.goal or 0.0
    if not course.marks or course.marks[-1].x < 0.9:
        return goal
    last = course.marks[-1].y
    if abs(last - goal) >= _APART:
        return goal
    return last + _APART if goal >= last else last - _APART
