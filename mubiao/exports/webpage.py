"""What pages that leave the product share: style, scripts, words, specs of charts.

The files lie in web/ beside this module and are read once.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path as File

import orjson

from mubiao import html, theme
from mubiao.figures import CONFIG, Spec, paths
from mubiao.i18n import Language
from mubiao.model import Code
from mubiao.problems import message
from mubiao.views.charts.paths import Path

WEB = File(__file__).parent / "web"
# The basic bundle of Plotly: bars, lines and markers.
PLOTLY = "plotly-basic.min.js"
LANG: dict[Code, str] = {"zh": "zh-Hans", "en": "en"}
NAMES: dict[Code, str] = {"zh": "中文", "en": "English"}
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
        "dark": {light[role]: dark[role] for role in _DRAWN},
        "paper": PAPER_WIDTH,
    }
    return f"window.mubiaoCharts = {orjson.dumps(settings).decode()};\n{text('charts.js')}"


def spec(path: Path, *, with_day: bool = True) -> Spec | None:
    """A chart's spec inside a page; None for a milestone without any stage yet.

    Without its as-of day it says between which days the page's script is to mark that.
    """
    if path.steps and not path.judged:
        return None
    axes = path.axes
    spec = paths.path(path if with_day else replace(path, as_of=axes.first))
    if not with_day:
        spec["layout"]["meta"] = {"between": [axes.first.isoformat(), axes.last.isoformat()]}
    return spec


@cache
def words(language: Language) -> dict[str, str]:
    """The fixed words of the pages in one language."""
    texts = {key: language.t(msgid, day="%s", n="{n}") for key, msgid in _WORDS.items()}
    code = language.code
    return {**texts, "code": code, "lang": LANG[code], "name": NAMES[code]}


_WORDS = {
    "contents": message("Contents"),
    "overview": message("Overview"),
    "sections": message("Sections of the report"),
    "attention": message("Needs attention"),
    "all": message("All targets"),
    "changed": message("What changed"),
    "said": message("Commentary and judgement"),
    "rule": message("By what rule"),
    "promise": message("The promise"),
    "actuals": message("Actuals and corrections"),
    "method": message("Sources and method"),
    "judged": message("How it is judged"),
    "never": message("What is never done"),
    "cited": message("Where each figure of the report went"),
    "sources": message("Sources"),
    "data": message("Open data"),
    "licence": message("Licence of the data:"),
    "actual": message("actual"),
    "target": message("target"),
    "met": message("satisfied"),
    "near": message("within the warning band"),
    "beyond": message("beyond it"),
    "numbers": message("The numbers of this chart as a table"),
    "day": message("Day"),
    "what": message("What it is"),
    "figure": message("Figure"),
    "own": message("Own judgement"),
    "commentary": message("Commentary"),
    "until": message("until {day}"),
    "calm": message("Nothing is missed, off track or at risk on this day."),
    "nothing": message("Nothing has been recorded for this target yet."),
    "period": message("Period"),
    "value": message("Value"),
    "settled": message("How settled"),
    "state": message("What became of it"),
    "known": message("Known on"),
    "source": message("Source"),
    "no": message("No."),
    "steady": message("Another figure, the same status"),
    "skip": message("Skip to the content"),
    "pages": message("Pages"),
    "search": message("Search"),
    "hint": message("Name or printed words"),
    "found": message("Found: {n}"),
    "none": message("No target has these words."),
    "failed": message("The search cannot be loaded; the sections of the report list every target."),
    "day_there": message("The overview says as of which day"),
}
