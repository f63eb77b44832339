"""The one HTML file to take along: all of a briefing, in one or two languages, without a network.

It carries its style, its scripts and Plotly inside; a policy in the file forbids everything from
outside. Charts are drawn for what is worst first; every chart has its numbers as a table.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mubiao.exports import webpage
from mubiao.figures.layout import Spec
from mubiao.html import rendering
from mubiao.views.briefing import Briefing, Subject
from mubiao.views.slides import FOCUS_AT_MOST
from mubiao.wording.rules import RuleTable, never


@dataclass(frozen=True, slots=True)
class _Attention:
    """A target that needs attention; `spec` is None where its chart is left out."""

    subject: Subject
    spec: Spec | None


@dataclass(frozen=True, slots=True)
class _Document:
    """What the template needs of one briefing."""

    w: dict[str, str]
    briefing: Briefing
    attention: tuple[_Attention, ...]
    links: dict[str, str]
    sources: tuple[str, ...]
    rules: RuleTable
    never: tuple[str, ...]


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
    html = rendering.page(
        "handout.html",
        documents=[_document(briefing) for briefing in briefings],
        policy=_policy(scripts.values()),
        style=webpage.style(),
        scripts=scripts,
    )
    return html.encode()


def _document(briefing: Briefing) -> _Document:
    linked = {subject.row.id for subject in briefing.attention}
    _wording, _counting, rules, _terms = briefing.method  # how the status follows
    return _Document(
        w=webpage.words(briefing.language),
        briefing=briefing,
        attention=tuple(_attention(briefing.attention)),
        links={
            id_: f"#{briefing.code}-{id_}" if id_ in linked else "" for id_ in briefing.subjects
        },
        sources=_sources(briefing),
        rules=rules,
        never=never(briefing.language),
    )


def _attention(subjects: Sequence[Subject]) -> Iterator[_Attention]:
    """Charts for the first, as many as are presented one by one."""
    for place, subject in enumerate(subjects):
        drawn = place < FOCUS_AT_MOST
        chart = webpage.spec(subject.path) if drawn else None
        yield _Attention(subject, chart)


def _sources(briefing: Briefing) -> tuple[str, ...]:
    """Who published the counting figures, each once, in the report's order."""
    return tuple(dict.fromkeys(s.source for s in briefing.subjects.values() if s.source))


def _policy(scripts: Iterable[str]) -> str:
    """What the file may load: nothing; and run: the scripts that are written into it."""
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts)
    # Plotly puts its own style elements into the page.
    return f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {hashes}"


def _hash(script: str) -> str:
    return b64encode(hashlib.sha256(script.encode()).digest()).decode()
