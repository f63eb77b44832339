"""Plotly figures as plain specs, from what a chart shows; a figure decides nothing.

A spec is a dict as `go.Figure(spec).to_dict()` would give it. The tests validate each kind
once with Plotly; pages hand the dict over as it is (building and validating Figure objects
on each rerun costs twenty times as much).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from mubiao.theme import PALETTES, Palette, Theme
from mubiao.views.charts import Axes, Bullet, Line, Path, Point

Spec = dict[str, Any]

ROW_HEIGHT = 76
PATH_HEIGHT = 380


@dataclass(frozen=True, slots=True)
class Size:
    """How large a path is drawn, in pixels: its height, its text and small text, its marks, and
    the room below its axes (a legend makes its own). Without one, the page says what marks mean.
    """

    height: int
    text: int
    small: int
    note: int
    mark: int
    stroke: float
    below: int
    legend: bool = True


ON_PAGE = Size(PATH_HEIGHT, text=14, small=13, note=12, mark=10, stroke=1, below=8)
# For a slide of 1920 x 1080: nothing is written smaller than 24 pixels.
ON_SLIDE = Size(560, text=26, small=24, note=24, mark=17, stroke=1.7, below=46, legend=False)
# So that marks and labels at the first and last day are not cut off.
ROOM = timedelta(days=4)
FONT = (
    "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', "
    "'WenQuanYi Micro Hei', sans-serif"
)


CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def bullets(rows: Sequence[Bullet], theme: Theme = "light", height: int = ROW_HEIGHT) -> Spec:
    """Bullets under each other, one of `height` pixels a row, without any text of their own.

    The page sets names and figures beside them as real text.
    """
    colours = PALETTES[theme]
    shapes = [
        _rectangle(start, end, place, colours.zones[zone])
        for place, row in enumerate(rows)
        for start, end, zone in row.zones or ((0.0, 1.0, "beyond"),)
    ]
    shapes += [
        _tick(row.zero, place, colours.axis)
        for place, row in enumerate(rows)
        if row.zero is not None
    ]
    layout = _layout(colours, max(len(rows), 1) * height)
    layout |= {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "xaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
        "yaxis": {"visible": False, "range": [len(rows) - 0.5, -0.5], "fixedrange": True},
        "shapes": shapes,
    }
    return {"data": [_measures(rows, colours), _goals(rows, colours, height)], "layout": layout}


def _measures(rows: Sequence[Bullet], colours: Palette) -> Spec:
    """The bars, from zero to the actual."""
    bars = [(place, row.bar) for place, row in enumerate(rows) if row.bar is not None]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [place for place, _ in bars],
        "base": [bar[0] for _, bar in bars],
        "x": [bar[1] - bar[0] for _, bar in bars],
        "width": 0.13,
        "marker": {"color": colours.ink},
        "customdata": [rows[place].label for place, _ in bars],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _goals(rows: Sequence[Bullet], colours: Palette, height: int) -> Spec:
    """The targets' marks."""
    goals = [(place, row.goal) for place, row in enumerate(rows) if row.goal is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [goal for _, goal in goals],
        "y": [place for place, _ in goals],
        "marker": {
            "symbol": "line-ns",
            "size": 22 * height / ROW_HEIGHT,
            "line": {"width": 3 * height / ROW_HEIGHT, "color": colours.accent},
        },
        "customdata": [rows[place].label for place, _ in goals],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def path(
    shown: Path, names: Mapping[str, str], theme: Theme = "light", size: Size = ON_PAGE
) -> Spec:
    """The way of one target through the year; `names` are the legend's words by series."""
    colours, thick = PALETTES[theme], size.stroke
    goal = f"{names['target']}: {shown.goal_text}"
    data: list[Spec] = [
        *_zones(shown, names, colours),
        _line(shown.pace, names["pace"], colours.axis, "dot", width=2 * thick),
        _line(shown.needed, names["needed"], colours.ink, "dash", width=1.5 * thick),
        _line(shown.goal, goal, colours.accent, "solid", width=2.5 * thick),
        _points(shown.drawn, names["drawn"], colours, size, hollow=True),
        _points(shown.judged, names["judged"], colours, size, steps=shown.steps),
    ]
    if shown.baseline is not None:
        data.append(_baseline(shown.baseline, names["baseline"], colours, size))
    if shown.trial is not None:
        data.append(_trial(shown, shown.trial, names["trial"], colours, size))
    layout = _layout(colours, size.height)
    layout |= {
        "margin": {"l": 4, "r": _right(shown, size), "t": 2 * size.text, "b": size.below},
        "showlegend": size.legend,
        "legend": {
            "orientation": "h",
            "y": -0.18,
            "x": 0,
            "yanchor": "top",
            "font": {"size": size.small, "color": colours.axis},
        },
        "xaxis": _days_axis(shown.axes, colours, size),
        "yaxis": _values_axis(shown.axes, colours, size),
        "shapes": [],
        "annotations": [],
    }
    if shown.axes.first < shown.as_of < shown.axes.last:
        layout |= as_of_marks(shown.as_of, names["as_of"], colours, size)
    return {"data": [trace for trace in data if trace.get("x")], "layout": layout}


def _right(shown: Path, size: Size) -> int:
    """The room right of the axes: for half a day's name, or for the last label where that lies
    right of its point.
    """
    room, points = 3.2 * size.text, shown.judged
    if points and _label_sides(points)[-1] == "top right":
        gone = (points[-1].day - shown.axes.first) / (shown.axes.last - shown.axes.first)
        wide = sum(1.0 if sign >= "\u2e80" else 0.6 for sign in points[-1].text) * size.text
        # The axes are at least thirty signs wide; a longer label is cut rather than the chart.
        room = max(room, min(wide + size.mark - (1 - gone) * 30 * size.text, 8.0 * size.text))
    return round(room)


def _days_axis(axes: Axes, colours: Palette, size: Size) -> Spec:
    """The days of the year across, with some room at both ends."""
    return {
        "type": "date",
        "range": [(axes.first - ROOM).isoformat(), (axes.last + ROOM).isoformat()],
        "tickvals": [day.isoformat() for day, _ in axes.days],
        "ticktext": [text for _, text in axes.days],
        "showgrid": False,
        "tickangle": 0,
        "linecolor": colours.grid,
        "fixedrange": True,
        "tickfont": {"size": size.small, "color": colours.axis},
    }


def _values_axis(axes: Axes, colours: Palette, size: Size) -> Spec:
    """The values upwards, with labels in the page's language."""
    return {
        "range": [axes.low, axes.high],
        "tickvals": [value for value, _ in axes.values],
        "ticktext": [text for _, text in axes.values],
        "gridcolor": colours.grid,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"size": size.small, "color": colours.axis},
    }


def _layout(colours: Palette, height: int) -> Spec:
    return {
        "height": height,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "color": colours.ink, "size": 14},
        "showlegend": False,
        "barmode": "overlay",
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": colours.paper,
            "bordercolor": colours.grid,
            "font": {"family": FONT, "color": colours.ink, "size": 14},
        },
    }


def _rectangle(start: float, end: float, place: int, colour: str) -> Spec:
    return {
        "type": "rect",
        "layer": "below",
        "x0": start,
        "x1": end,
        "y0": place - 0.17,
        "y1": place + 0.17,
        "fillcolor": colour,
        "line": {"width": 0},
    }


def _tick(position: float, place: int, colour: str) -> Spec:
    return {
        "type": "line",
        "layer": "below",
        "x0": position,
        "x1": position,
        "y0": place - 0.2,
        "y1": place + 0.2,
        "line": {"width": 1, "color": colour},
    }


def _days(line: Line) -> list[str]:
    return [day.isoformat() for day, _ in line]


def _zones(shown: Path, names: Mapping[str, str], colours: Palette) -> list[Spec]:
    """Two filled areas, drawn from the far edge inwards; what is beyond keeps the paper."""
    if not shown.met_edge:
        return []
    end = shown.axes.high if shown.upwards else shown.axes.low
    far = tuple((day, end) for day, _ in shown.met_edge)
    areas = (("near", shown.near_edge, shown.met_edge), ("met", shown.met_edge, far))
    traces: list[Spec] = []
    for zone, near_line, far_line in areas:
        outline = [*near_line, *reversed(far_line)]
        traces.append(
            {
                "type": "scatter",
                "mode": "none",
                "name": names[zone],
                "x": [day.isoformat() for day, _ in outline],
                "y": [value for _, value in outline],
                "fill": "toself",
                "fillcolor": colours.zones[zone],
                "hoverinfo": "skip",
            }
        )
    return traces


def _line(line: Line, name: str, colour: str, dash: str, width: float = 2) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": _days(line),
        "y": [value for _, value in line],
        "line": {"color": colour, "dash": dash, "width": width},
        "hoverinfo": "skip",
    }


def _points(  # noqa: PLR0913 - how one series is drawn
    points: Sequence[Point],
    name: str,
    colours: Palette,
    size: Size,
    *,
    hollow: bool = False,
    steps: bool = False,
) -> Spec:
    marker: Spec = {"size": size.mark, "color": colours.ink}
    if hollow:
        marker = {
            "size": 0.8 * size.mark,
            "color": colours.paper,
            "line": {"color": colours.axis, "width": 1.5 * size.stroke},
        }
    return {
        "type": "scatter",
        "mode": "markers" if hollow else "lines+markers+text",
        "name": name,
        "x": [point.day.isoformat() for point in points],
        "y": [point.value for point in points],
        "text": [point.text for point in points],
        "textposition": _label_sides(points),
        "textfont": {"size": size.text, "color": colours.ink},
        "customdata": [point.label for point in points],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": marker,
        "line": {
            "color": colours.ink,
            "width": 2.5 * size.stroke,
            "shape": "hv" if steps else "linear",
        },
        "cliponaxis": False,
    }


def _label_sides(points: Sequence[Point]) -> list[str]:
    """Labels lie on the side away from the line: right of it where it falls, else left."""
    falls = [after.value < before.value for before, after in pairwise(points)]
    sides = [*falls, falls[-1]] if falls else [False] * len(points)
    return ["top right" if fall else "top left" for fall in sides]


def _baseline(point: Point, name: str, colours: Palette, size: Size) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [point.day.isoformat()],
        "y": [point.value],
        "customdata": [point.label],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"symbol": "diamond-open", "size": 1.1 * size.mark, "color": colours.axis},
        "cliponaxis": False,
    }


def _trial(shown: Path, tried: Point, name: str, colours: Palette, size: Size) -> Spec:
    """The tried figure: hollow, and dashed from the last one that is judged."""
    way = [*(point for point in shown.judged[-1:] if point.day < tried.day), tried]
    hidden = [0] * (len(way) - 1)
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "name": name,
        "x": [point.day.isoformat() for point in way],
        "y": [point.value for point in way],
        "text": ["" for _ in hidden] + [tried.text],
        "textposition": "bottom left",
        "textfont": {"size": size.text, "color": colours.accent},
        "customdata": [f"{name}: {point.label}" for point in way],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "symbol": "circle-open",
            "size": [*hidden, 1.4 * size.mark],
            "color": colours.accent,
            "line": {"color": colours.accent, "width": 2 * size.stroke},
        },
        "line": {"color": colours.accent, "width": 2 * size.stroke, "dash": "dash"},
        "cliponaxis": False,
    }


def as_of_marks(day: date, name: str, colours: Palette, size: Size = ON_PAGE) -> Spec:
    """What a layout has for the as-of day inside its year: a hairline, and above it what it is."""
    at, line = day.isoformat(), {"color": colours.axis, "width": 1, "dash": "dot"}
    note: Spec = {
        "x": at,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": name,
        "showarrow": False,
        "font": {"size": size.note, "color": colours.axis},
    }
    mark: Spec = {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper"}
    return {"shapes": [mark | {"line": line}], "annotations": [note]}
