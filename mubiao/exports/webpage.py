"""Pages that leave the product: what a site shares with the handout, and the handout: one HTML file
to take along with all of a briefing, in one or two languages, without a network.

Styles and scripts lie in web/ beside this module and are read once. The handout carries them and
Plotly inside; a policy in it forbids everything from outside. Charts are drawn for what is worst
first; every chart has its numbers as a table.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path as File

import orjson

from mubiao import html, theme
from mubiao.figures import CONFIG, Spec, paths
from mubiao.model import Status
from mubiao.views.briefing import Briefing
from mubiao.views.charts.paths import Path
from mubiao.views.slides import FOCUS_AT_MOST
from mubiao.wording.rules import never

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


def handout(briefings: Sequence[Briefing]) -> bytes:
    """One HTML file with every briefing, each in a language of its own; the first shows first.

    The same briefings give the same bytes.
    """
    scripts = {"first": text("first.js"), "plotly": text(PLOTLY)}
    scripts["charts"] = charts_script() + text("handout.js")
    return html.page(
        "handout.html",
        documents=[_document(briefing) for briefing in briefings],
        never=never,
        policy=_policy(scripts.values()),
        style=style(),
        scripts=scripts,
    ).encode()


def _document(briefing: Briefing) -> tuple[Briefing, dict[str, Spec | None], dict[str, str]]:
    """A briefing, the charts' specs of as many targets as are presented one by one, and links."""
    attention = {subject.row.id: subject for subject in briefing.attention}
    specs = {id_: spec(attention[id_].path) for id_ in list(attention)[:FOCUS_AT_MOST]}
    links = {id_: f"#{briefing.language.code}-{id_}" for id_ in attention}
    return briefing, specs, links


def _policy(scripts: Iterable[str]) -> str:
    """What the file may load: nothing; and run: the scripts that are written into it."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)
    # Plotly puts its own style elements into the page.
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        f"form-action 'none'; script-src {hashes}"
    )
