"""The series of a path as Plotly traces: zones, ranges, lines, and the points with their boxes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mubiao.figures import HOVER, Spec
from mubiao.figures.labels import beside, box
from mubiao.theme import Palette
from mubiao.views.charts import Curve
from mubiao.views.charts.paths import Path, areas
from mubiao.views.charts.points import Point, Side

PATH_HEIGHT = 420
_POSITIONS = {"left": "top left", "right": "top right", "below": "bottom center"}
_WEDGE, _RANGE, _FAINT = 0.15, 0.1, 0.55


@dataclass(frozen=True, slots=True)
class Size:
    """How large a path is drawn, in pixels; `below` is the room under its axes.

    `narrow` is the width of the axes where they are narrowest: labels that fit there fit anywhere.
    `right` is the most that labels at the lines' ends take.
    """

    height: int
    text: int
    small: int
    mark: int
    stroke: float
    below: int
    narrow: int
    right: int

    @property
    def room(self) -> int:
        """How high the axes are."""
        return self.height - 2 * self.text - self.below


ON_PAGE = Size(PATH_HEIGHT, text=13, small=12, mark=9, stroke=1, below=32, narrow=182, right=120)
# For a slide of 1920 x 1080: nothing is written smaller than 24 pixels.
ON_SLIDE = Size(690, text=26, small=24, mark=17, stroke=1.7, below=46, narrow=800, right=250)


@dataclass(frozen=True, slots=True)
class Style:
    """The colours and sizes that one path is drawn with, and the words by series."""

    palette: Palette
    size: Size
    names: Mapping[str, str]

    def font(self, colour: str) -> Spec:
        """That of what is written beside a line."""
        return {"size": self.size.small, "color": colour}


def traces(path: Path, style: Style) -> list[Spec]:
    """Everything that a path has, from the ground up."""
    palette = style.palette
    lines = (
        (path.pace, "pace", palette.axis, "dot", 2.0),
        (path.outlook, "outlook", palette.axis, "dot", 1.5),
        (path.needed, "needed", palette.accent, "dash", 1.5),
        (path.goal, "goal", palette.accent, "solid", 2.0),
        (path.goal_end, "goal", palette.accent, "solid", 2.0),
    )
    marks = (
        _others(path, style),
        _ghosts(path, style),
        _drawn(path.drawn, style),
        _judged(path, style),
        _baseline(path.baseline, style),
        _trial(path.judged, path.trial, style),
    )
    return [
        *(_area(outline, series, style) for series, outline in areas(path)),
        *(
            _curve(curve, style.names[series], "lines")
            | {"line": {"color": colour, "dash": dash, "width": width * style.size.stroke}}
            for curve, series, colour, dash, width in lines
            if curve
        ),
        *filter(None, marks),
    ]


def _curve(curve: Sequence[tuple[date, float]], name: str, mode: str) -> Spec:
    return {
        "type": "scatter",
        "mode": mode,
        "name": name,
        "x": [day.isoformat() for day, _ in curve],
        "y": [value for _, value in curve],
        "hoverinfo": "skip",
    }


def _area(outline: Curve, series: str, style: Style) -> Spec:
    palette = style.palette
    colour, opacity = {
        "needed": (palette.accent, _WEDGE),
        "outlook": (palette.axis, _RANGE),
    }.get(series) or (palette.zones[series], 1)
    return _curve(outline, style.names[series], "none") | {
        "fill": "toself",
        "fillcolor": colour,
        "opacity": opacity,
    }


def _marks(points: Sequence[Point], name: str, mode: str, marker: Spec, style: Style) -> Spec:
    """Points that tell in a box all that is known of them when one points at them."""
    return {
        "type": "scatter",
        "mode": mode,
        "name": name,
        "x": [point.day.isoformat() for point in points],
        "y": [point.value for point in points],
        "marker": marker,
        "customdata": [box(point.box or (point.label,), style.size.text) for point in points],
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }


def _others(path: Path, style: Style) -> Spec | None:
    """The series that the target is held against: faint, its name at its first point."""
    if not path.other:
        return None
    colour, size = style.palette.axis, style.size
    marker = {"size": 0.6 * size.mark, "color": colour}
    made = _marks(path.other, style.names["other"], "lines+markers+text", marker, style)
    return made | {
        "text": [point.text for point in path.other],
        "textposition": "bottom right" if len(path.other) > 1 else "bottom left",
        "textfont": {"size": size.small, "color": colour},
        "line": {"color": colour, "width": size.stroke},
        "opacity": _FAINT,
    }


def _ghosts(path: Path, style: Style) -> Spec | None:
    """What was published before, each joined with the figure that took its place."""
    if not path.ghosts:
        return None
    ink, size = style.palette.axis, style.size
    edge = {"color": ink, "width": size.stroke}
    marker = {"size": 0.7 * size.mark, "color": style.palette.paper, "line": edge}
    current = {point.day: point.value for point in (*path.drawn, *path.judged)}
    made = _marks(path.ghosts, style.names["ghosts"], "markers", marker, style)
    reach = [current.get(point.day, point.value) - point.value for point in path.ghosts]
    return made | {
        "opacity": _FAINT,
        "error_y": {
            "type": "data",
            "symmetric": False,
            "color": ink,
            "thickness": size.stroke,
            "width": 0,
            "array": [max(one, 0.0) for one in reach],
            "arrayminus": [max(-one, 0.0) for one in reach],
        },
    }


def _drawn(points: Sequence[Point], style: Style) -> Spec | None:
    """The actuals that are not judged: hollow, without labels or lines."""
    if not points:
        return None
    edge = {"color": style.palette.axis, "width": 1.5 * style.size.stroke}
    marker = {"size": 0.8 * style.size.mark, "color": style.palette.paper, "line": edge}
    return _marks(points, style.names["drawn"], "markers", marker, style)


def _judged(path: Path, style: Style) -> Spec | None:
    """The judged actuals, joined, the last in the status's colour, with labels that have room."""
    points = path.judged
    if not points:
        return None
    palette, size, before = style.palette, style.size, len(points) - 1
    texts = _texts(path, style)
    ink, colour = palette.ink, palette.statuses[path.status]
    edge = {"width": 1.5 * size.stroke, "color": [*[ink] * before, colour]}
    marker = {"size": size.mark, "color": [*[palette.paper] * before, colour], "line": edge}
    marker["opacity"] = 1
    made = _marks(points, style.names["judged"], "lines+markers+text", marker, style)
    return made | {
        "text": [point.text if free else "" for point, _, free in texts],
        "textposition": [_POSITIONS[side] for _, side, _ in texts],
        "textfont": {"size": size.text, "color": ink},
        "line": {
            "color": ink,
            "width": 2.5 * size.stroke,
            "shape": "hv" if path.steps else "linear",
        },
    }


def _texts(path: Path, style: Style) -> list[tuple[Point, Side, bool]]:
    """The judged points with the sides of their labels, and whether none lies over a later one."""
    axes, size = path.axes, style.size
    year, span = (axes.last - axes.first).days, axes.high - axes.low

    def place(point: Point) -> tuple[float, float]:
        across = (point.day - axes.first).days / year * size.narrow
        return across, (axes.high - point.value) / span * size.room

    return beside(path.judged, size.text, place)


def _baseline(point: Point | None, style: Style) -> Spec | None:
    if point is None:
        return None
    size, colour = style.size, style.palette.axis
    marker = {"symbol": "diamond-open", "size": 1.1 * size.mark, "color": colour}
    return _marks([point], style.names["baseline"], "markers+text", marker, style) | {
        "text": [point.text],
        "textposition": "top right",
        "textfont": {"size": size.small, "color": colour},
    }


def _trial(judged: Sequence[Point], tried: Point | None, style: Style) -> Spec | None:
    """The tried figure: hollow, and dashed from the last one that is judged."""
    if tried is None:
        return None
    points = [*(point for point in judged[-1:] if point.day < tried.day), tried]
    hidden = [0] * (len(points) - 1)
    name, accent, size = style.names["trial"], style.palette.accent, style.size
    line = {"color": accent, "width": 2 * size.stroke}
    sizes = [*hidden, 1.4 * size.mark]
    marker = {"symbol": "circle-open", "size": sizes, "color": accent, "line": line}
    return _marks(points, name, "lines+markers+text", marker, style) | {
        "customdata": [*("" for _ in hidden), box((f"{name}: {tried.label}",), size.text)],
        "text": [*("" for _ in hidden), tried.text],
        "textposition": "bottom left",
        "textfont": {"size": size.text, "color": accent},
        "line": line | {"dash": "dash"},
    }
