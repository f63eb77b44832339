"""What pages that leave the product share: style, scripts, specs of charts.

The files lie in web/ beside this module and are read once.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path as File

import orjson

from mubiao import html, theme
from mubiao.figures import CONFIG, Spec, paths
from mubiao.model import Status
from mubiao.views.charts.paths import Path

WEB = File(__file__).parent / "web"
# The basic bundle of Plotly: bars, lines and markers.
PLOTLY = "plotly-basic.min.js"
# A4 less the margins that the style sheet sets, in CSS pixels.
PAPER_WIDTH = 680
# The roles whose colours a chart's spec has; each is another colour in both themes.
_DRAWN = ("ink", "axis", "accent", "grid", "paper", "met", "near", "beyond")


@cache
def text(name: str) -> str:
    """A file of web/: a style, a script, Plotly's licence."""
    return (WEB / name).read_text(encoding="utf-8")


@cache
def style() -> str:
    """The style sheet, with the theme's colours and the style of the parts before it."""
    return f"{theme.css_by_media(':root')}\n{html.STYLE}{text('style.css')}"


@cache
def charts_script() -> str:
    """The script that draws charts, with its settings before it.

    Specs are written in the light colours; the dark ones take their places in the browser, so
    that a page carries each spec once.
    """
    light, dark = theme.named(theme.LIGHT), theme.named(theme.DARK)
    settings = {
        "config": CONFIG,
        "dark": {light[role]: dark[role] for role in (*Status, *_DRAWN)},
        "paper": PAPER_WIDTH,
    }
    return f"window.mubiaoCharts = {orjson.dumps(settings).decode()};\n{text('charts.js')}"


def spec(path: Path, *, with_day: bool = True) -> Spec | None:
    """A chart's spec inside a page; None without any figure yet.

    Without its as-of day it says between which days the page's script is to mark that.
    """
    if not path.has_marks:
        return None
    axes = path.axes
    spec = paths.path(path if with_day else replace(path, as_of=axes.first))
    if not with_day:
        spec["layout"]["meta"] = {"between": [axes.first.isoformat(), axes.last.isoformat()]}
    return spec
