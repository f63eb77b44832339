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
    t = language.t
    return {
        "code": language.code,
        "lang": LANG[language.code],
        "name": NAMES[language.code],
        **_headings(language),
        "actual": t("actual"),
        "target": t("target"),
        "met": t("satisfied"),
        "near": t("within the warning band"),
        "beyond": t("beyond it"),
        "numbers": t("The numbers of this chart as a table"),
        "day": t("Day"),
        "what": t("What it is"),
        "figure": t("Figure"),
        "own": t("Own judgement"),
        "commentary": t("Commentary"),
        "until": t("until {day}", day="%s"),
        "calm": t("Nothing is missed, off track or at risk on this day."),
        "nothing": t("Nothing has been recorded for this target yet."),
        "period": t("Period"),
        "value": t("Value"),
        "settled": t("How settled"),
        "state": t("What became of it"),
        "known": t("Known on"),
        "source": t("Source"),
        "no": t("No."),
        "steady": t("Another figure, the same status"),
        "skip": t("Skip to the content"),
        "pages": t("Pages"),
        "search": t("Search"),
        "hint": t("Name or printed words"),
        "found": t("Found: {n}", n="{n}"),
        "none": t("No target has these words."),
        "failed": t("The search cannot be loaded; the sections of the report list every target."),
        "day_there": t("The overview says as of which day"),
    }


def _headings(language: Language) -> dict[str, str]:
    t = language.t
    return {
        "contents": t("Contents"),
        "overview": t("Overview"),
        "sections": t("Sections of the report"),
        "attention": t("Needs attention"),
        "all": t("All targets"),
        "changed": t("What changed"),
        "said": t("Commentary and judgement"),
        "rule": t("By what rule"),
        "promise": t("The promise"),
        "actuals": t("Actuals and corrections"),
        "method": t("Sources and method"),
        "judged": t("How it is judged"),
        "never": t("What is never done"),
        "cited": t("Where each figure of the report went"),
        "sources": t("Sources"),
        "data": t("Open data"),
        "licence": t("Licence of the data:"),
    }
