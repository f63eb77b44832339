"""Bullets as a Plotly spec: zones as rectangles, the actual as a bar, the target as a mark."""

from collections.abc import Sequence

from mubiao.figures import HOVER, Spec, layout
from mubiao.theme import PALETTES, Palette, Theme
from mubiao.views.charts.bullets import Bullet

ROW_HEIGHT = 76


def bullets(rows: Sequence[Bullet], theme: Theme = "light", height: int = ROW_HEIGHT) -> Spec:
    """Bullets under each other, one of `height` pixels a row, without any text of their own.

    The page sets names and figures beside them as real text.
    """
    palette = PALETTES[theme]
    zones = [
        _shape("rect", (start, end), place, 0.17)
        | {"fillcolor": palette.zones[zone], "line": {"width": 0}}
        for place, row in enumerate(rows)
        for start, end, zone in row.zones or ((0.0, 1.0, "beyond"),)
    ]
    zeros = [
        _shape("line", (row.zero, row.zero), place, 0.2)
        | {"line": {"width": 1, "color": palette.axis}}
        for place, row in enumerate(rows)
        if row.zero is not None
    ]
    return {
        "data": [_actuals(rows, palette), _goals(rows, palette, height / ROW_HEIGHT)],
        "layout": {
            **layout(palette, max(len(rows), 1) * height),
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "xaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
            "yaxis": {"visible": False, "range": [len(rows) - 0.5, -0.5], "fixedrange": True},
            "shapes": zones + zeros,
        },
    }


def _actuals(rows: Sequence[Bullet], palette: Palette) -> Spec:
    """The bars, from zero to the actual."""
    bars = [(place, row.bar, row.label) for place, row in enumerate(rows) if row.bar is not None]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [place for place, _, _ in bars],
        "base": [start for _, (start, _), _ in bars],
        "x": [end - start for _, (start, end), _ in bars],
        "width": 0.13,
        "marker": {"color": palette.ink},
        "customdata": [label for _, _, label in bars],
        "hovertemplate": HOVER,
    }


def _goals(rows: Sequence[Bullet], palette: Palette, enlarged: float) -> Spec:
    """The targets' marks."""
    goals = [(place, row) for place, row in enumerate(rows) if row.goal is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.goal for _, row in goals],
        "y": [place for place, _ in goals],
        "marker": {
            "symbol": "line-ns",
            "size": 22 * enlarged,
            "line": {"width": 3 * enlarged, "color": palette.accent},
        },
        "customdata": [row.label for _, row in goals],
        "hovertemplate": HOVER,
    }


def _shape(kind: str, ends: tuple[float, float], place: float, high: float) -> Spec:
    """A rectangle or a line behind the marks of a row, `high` to both sides of its middle."""
    start, end = ends
    across, up = {"x0": start, "x1": end}, {"y0": place - high, "y1": place + high}
    return {"type": kind, "layer": "below", **across, **up}
