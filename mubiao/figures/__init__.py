"""Plotly figures as plain specs, from what a chart shows; a figure decides nothing.

A spec is a dict as `go.Figure(spec).to_dict()` gives it; building and validating Figure objects on
each rerun costs twenty times as much.
"""

from datetime import date
from typing import Any

from mubiao.theme import Palette

Spec = dict[str, Any]

FONT = (
    "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', "
    "'WenQuanYi Micro Hei', sans-serif"
)
# A mark that is pointed at says its own text.
HOVER = "%{customdata}<extra></extra>"
CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def layout(palette: Palette, height: int | None, text: int) -> Spec:
    """The layout of a figure of `height` pixels, None for as high as its place; without axes. Its
    box has a `text` of so many pixels.
    """
    font = {"family": FONT, "color": palette.ink, "size": 14}
    return {
        **({} if height is None else {"height": height}),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "showlegend": False,
        "barmode": "overlay",
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": palette.paper,
            "bordercolor": palette.grid,
            "font": {**font, "size": text},
            "align": "left",
        },
    }


def written(
    text: str,
    across: date | str | float,
    up: float,
    font: Spec,
    yanchor: str = "middle",
    **at: object,
) -> Spec:
    """A text at a place of a figure."""
    x = across.isoformat() if isinstance(across, date) else across
    place = {"x": x, "y": up, "yanchor": yanchor, **at}
    return {"text": text, "showarrow": False, "font": font, **place}


def above_axis(unit: str, font: Spec) -> Spec:
    """A unit above the axis of the values."""
    at = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return written(unit, 0, 1, font, **at)
