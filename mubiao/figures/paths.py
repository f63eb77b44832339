"""The path of a target as a Plotly spec: zones, lines and actuals over the days of its year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mubiao.figures import HOVER, Spec, layout
from mubiao.theme import PALETTES, Palette, Theme
from mubiao.views.charts import Curve
from mubiao.views.charts.paths import Axes, Path, Point, falls

PATH_HEIGHT = 380
# So that marks and labels at the first and last day are not cut off.
_ROOM = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a path is drawn, in pixels; `below` is the room under its axes.

    Without a legend the page says what the marks mean.
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


@dataclass(frozen=True, slots=True)
class _Style:
    """The colours and sizes that one path is drawn with, and the legend's words by series."""

    palette: Palette
    size: Size
    names: Mapping[str, str]


def path(path: Path, theme: Theme = "light", size: Size = ON_PAGE) -> Spec:
    """The way of one target through the year."""
    palette = PALETTES[theme]
    style = _Style(palette, size, path.names)
    lines = (
        (path.pace, "pace", palette.axis, "dot", 2.0),
        (path.needed, "needed", palette.ink, "dash", 1.5),
        (path.goal, "goal", palette.accent, "solid", 2.5),
    )
    data = [*_zones(path, style), *(_line(style, *line) for line in lines if line[0])]
    if path.drawn:
        data.append(_drawn(path.drawn, style))
    if path.judged:
        data.append(_judged(path.judged, style, steps=path.steps))
    if path.baseline is not None:
        data.append(_baseline(path.baseline, style))
    if path.trial is not None:
        data.append(_trial(path.judged, path.trial, style))
    small = {"size": size.small, "color": palette.axis}
    frame = {
        **layout(palette, size.height),
        "margin": {"l": 4, "r": _right(path, size), "t": 2 * size.text, "b": size.below},
        "showlegend": size.legend,
        "legend": {"orientation": "h", "y": -0.18, "x": 0, "yanchor": "top", "font": small},
        "xaxis": _days_axis(path.axes, palette, small),
        "yaxis": _values_axis(path.axes, palette, small),
        "shapes": [],
        "annotations": [],
    }
    if path.axes.first < path.as_of < path.axes.last:
        frame |= as_of_marks(path.as_of, path.names["as_of"], palette, size)
    return {"data": data, "layout": frame}


def as_of_marks(day: date, name: str, palette: Palette, size: Size = ON_PAGE) -> Spec:
    """What a layout has for the as-of day inside its year: a hairline, and above it what it is."""
    at = day.isoformat()
    note = {"x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "text": name}
    font = {"size": size.note, "color": palette.axis}
    line = {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper"}
    stroke = {"color": palette.axis, "width": 1, "dash": "dot"}
    return {
        "shapes": [{**line, "line": stroke}],
        "annotations": [{**note, "showarrow": False, "font": font}],
    }


def _right(path: Path, size: Size) -> int:
    """The room right of the axes: for half a day's name, or for the last label where that lies
    right of its point.
    """
    room, points = 3.2 * size.text, path.judged
    if points and falls(points)[-1]:
        gone = (points[-1].day - path.axes.first) / (path.axes.last - path.axes.first)
        wide = sum(1.0 if sign >= "\u2e80" else 0.6 for sign in points[-1].text) * size.text
        # The axes are at least thirty signs wide; a longer label is cut rather than the chart.
        room = max(room, min(wide + size.mark - (1 - gone) * 30 * size.text, 8.0 * size.text))
    return round(room)


def _days_axis(axes: Axes, palette: Palette, font: Spec) -> Spec:
    """The days of the year across, with some room at both ends."""
    return {
        "type": "date",
        "range": [(axes.first - _ROOM).isoformat(), (axes.last + _ROOM).isoformat()],
        "tickvals": [day.isoformat() for day, _ in axes.days],
        "ticktext": [text for _, text in axes.days],
        "showgrid": False,
        "tickangle": 0,
        "linecolor": palette.grid,
        "fixedrange": True,
        "tickfont": font,
    }


def _values_axis(axes: Axes, palette: Palette, font: Spec) -> Spec:
    """The values upwards, with labels in the page's language."""
    return {
        "range": [axes.low, axes.high],
        "tickvals": [value for value, _ in axes.values],
        "ticktext": [text for _, text in axes.values],
        "gridcolor": palette.grid,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
        "tickfont": font,
    }


def _curve(curve: Sequence[tuple[date, float]], name: str, mode: str) -> Spec:
    return {
        "type": "scatter",
        "mode": mode,
        "name": name,
        "x": [day.isoformat() for day, _ in curve],
        "y": [value for _, value in curve],
        "hoverinfo": "skip",
    }


def _zones(path: Path, style: _Style) -> list[Spec]:
    """Two filled areas, drawn from the far edge inwards; what is beyond keeps the paper."""
    if not path.met_edge:
        return []
    end = path.axes.high if path.upwards else path.axes.low
    far = tuple((day, end) for day, _ in path.met_edge)
    return [
        _curve((*inner, *reversed(outer)), style.names[zone], "none")
        | {"fill": "toself", "fillcolor": style.palette.zones[zone]}
        for zone, inner, outer in (
            ("near", path.near_edge, path.met_edge),
            ("met", path.met_edge, far),
        )
    ]


def _line(  # noqa: PLR0913, PLR0917 - one line and how it is drawn
    style: _Style, curve: Curve, series: str, colour: str, dash: str, width: float
) -> Spec:
    line = {"color": colour, "dash": dash, "width": width * style.size.stroke}
    return _curve(curve, style.names[series], "lines") | {"line": line}


def _marks(points: Sequence[Point], name: str, mode: str, marker: Spec) -> Spec:
    """Points that say their labels when one points at them."""
    return {
        "type": "scatter",
        "mode": mode,
        "name": name,
        "x": [point.day.isoformat() for point in points],
        "y": [point.value for point in points],
        "marker": marker,
        "customdata": [point.label for point in points],
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }


def _drawn(points: Sequence[Point], style: _Style) -> Spec:
    """The actuals that are not judged: hollow, without labels or lines."""
    edge = {"color": style.palette.axis, "width": 1.5 * style.size.stroke}
    marker = {"size": 0.8 * style.size.mark, "color": style.palette.paper, "line": edge}
    return _marks(points, style.names["drawn"], "markers", marker)


def _judged(points: Sequence[Point], style: _Style, *, steps: bool) -> Spec:
    """The actuals that are judged, joined by a line, with their labels."""
    ink, size = style.palette.ink, style.size
    marker = {"size": size.mark, "color": ink}
    return _marks(points, style.names["judged"], "lines+markers+text", marker) | {
        "text": [point.text for point in points],
        "textposition": ["top right" if down else "top left" for down in falls(points)],
        "textfont": {"size": size.text, "color": ink},
        "line": {"color": ink, "width": 2.5 * size.stroke, "shape": "hv" if steps else "linear"},
    }


def _baseline(point: Point, style: _Style) -> Spec:
    mark = 1.1 * style.size.mark
    marker = {"symbol": "diamond-open", "size": mark, "color": style.palette.axis}
    return _marks([point], style.names["baseline"], "markers", marker)


def _trial(judged: Sequence[Point], tried: Point, style: _Style) -> Spec:
    """The tried figure: hollow, and dashed from the last one that is judged."""
    points = [*(point for point in judged[-1:] if point.day < tried.day), tried]
    hidden = [0] * (len(points) - 1)
    name, accent, size = style.names["trial"], style.palette.accent, style.size
    line = {"color": accent, "width": 2 * size.stroke}
    sizes = [*hidden, 1.4 * size.mark]
    marker = {"symbol": "circle-open", "size": sizes, "color": accent, "line": line}
    return _marks(points, name, "lines+markers+text", marker) | {
        "customdata": [f"{name}: {point.label}" for point in points],
        "text": [*("" for _ in hidden), tried.text],
        "textposition": "bottom left",
        "textfont": {"size": size.text, "color": accent},
        "line": line | {"dash": "dash"},
    }
