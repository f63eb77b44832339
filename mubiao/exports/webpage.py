"""What pages that leave the product share: templates, style, scripts, words, specs of charts.

The files lie in web/ beside this module and are read once. Templates escape every text and fail
on a name that is not there; what is handed to them as Markup is made here.
"""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path as File

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from mubiao import figures, theme
from mubiao.i18n import Language
from mubiao.model import Code
from mubiao.views.charts import Path

WEB = File(__file__).parent / "web"
BUNDLE = File(__file__).parent / "assets" / "plotly-basic.min.js"
LANG: dict[Code, str] = {"zh": "zh-Hans", "en": "en"}
NAMES: dict[Code, str] = {"zh": "中文", "en": "English"}
# A4 less the margins that the style sheet sets, in CSS pixels.
PAPER_WIDTH = 680
# The roles whose colours a chart's spec has; each is another colour in both themes.
_DRAWN = ("ink", "axis", "accent", "grid", "paper", "met", "near", "beyond")
_CHINESE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+(?:[\u2e80-\u9fff\uff00-\uffef]|\s)*"
)


@cache
def templates() -> Environment:
    """The templates, compiled when first used."""
    made = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"foreign": foreign, "share": share}
    return made


@cache
def text(name: str) -> str:
    """A file of web/: style.css or a script."""
    return (WEB / name).read_text(encoding="utf-8")


@cache
def style() -> str:
    """The style sheet with the theme's colours before it."""
    return f"{theme.css_by_media(':root')}\n{text('style.css')}"


@cache
def plotly() -> str:
    """Plotly's basic bundle: bars, lines and markers."""
    return BUNDLE.read_text(encoding="utf-8")


@cache
def licence() -> str:
    """The licence that the bundle comes with."""
    return BUNDLE.with_name("plotly-LICENSE").read_text(encoding="utf-8")


@cache
def charts_script() -> str:
    """The script that draws charts, with its settings before it.

    Specs are written in the light colours; the dark ones take their places in the browser, so
    that a page carries each spec once.
    """
    settings = {
        "config": figures.CONFIG,
        "dark": {getattr(theme.LIGHT, role): getattr(theme.DARK, role) for role in _DRAWN},
        "paper": PAPER_WIDTH,
    }
    return f"window.mubiaoCharts = {orjson.dumps(settings).decode()};\n{text('charts.js')}"


def spec(shown: Path, *, with_day: bool = True) -> Markup | None:
    """A chart's spec as JSON inside a page; None for a milestone without any stage yet.

    Without its as-of day it says between which days the page's script is to mark that. No text
    in it can end the element it stands in.
    """
    if shown.steps and not shown.judged:
        return None
    axes = shown.axes
    made = figures.path(shown if with_day else replace(shown, as_of=axes.first))
    if not with_day:
        made["layout"]["meta"] = {"between": [axes.first.isoformat(), axes.last.isoformat()]}
    content = orjson.dumps(made).decode()
    return Markup(content.replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704 - as above


def foreign(value: str, code: str) -> Markup:
    """A text, with Chinese words in an English page marked as Chinese."""
    if code == "zh" or not _CHINESE.search(value):
        return escape(value)
    parts, last = [], 0
    for found in _CHINESE.finditer(value):
        said = found.group().rstrip()
        parts += [escape(value[last : found.start()]), _marked(said)]
        last = found.start() + len(said)
    return Markup("").join([*parts, escape(value[last:])])


def _marked(said: str) -> Markup:
    return Markup('<span lang="zh-Hans">{}</span>').format(said)


def share(part: float) -> str:
    """A share of one as a length in an SVG image."""
    return f"{part * 100:.2f}%"


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
