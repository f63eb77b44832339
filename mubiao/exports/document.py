"""The one HTML file to take along: all of a briefing, in one or two languages, without a network.

It carries its style, its scripts and Plotly inside; a policy in the file forbids everything from
outside. Charts are drawn for what is worst first; every chart has its numbers as a table.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence

from mubiao import html
from mubiao.exports import webpage
from mubiao.figures import Spec
from mubiao.views.briefing import Briefing
from mubiao.views.slides import FOCUS_AT_MOST
from mubiao.wording.rules import never

# A briefing, its charts' specs and the links to its targets, both by target id.
_Document = tuple[Briefing, Mapping[str, Spec | None], Mapping[str, str]]


def handout(briefings: Sequence[Briefing]) -> bytes:
    """One HTML file with every briefing, each in a language of its own; the first shows first.

    The same briefings give the same bytes. Raises ValueError for none.
    """
    if not briefings:
        raise ValueError("a handout needs a briefing")
    scripts = {
        "first": webpage.text("first.js"),
        "plotly": webpage.text(webpage.PLOTLY),
        "charts": webpage.charts_script() + webpage.text("handout.js"),
    }
    content = html.page(
        "handout.html",
        documents=[_document(briefing) for briefing in briefings],
        never=never,
        policy=_policy(scripts.values()),
        style=webpage.style(),
        scripts=scripts,
    )
    return content.encode()


def _document(briefing: Briefing) -> _Document:
    """Charts are drawn for as many targets as are presented one by one."""
    attention = {subject.row.id: subject for subject in briefing.attention}
    specs = {id_: webpage.spec(attention[id_].path) for id_ in list(attention)[:FOCUS_AT_MOST]}
    links = {id_: f"#{briefing.code}-{id_}" for id_ in attention}
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
