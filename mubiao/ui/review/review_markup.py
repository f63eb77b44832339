"""HTML of the page that reviews a plan: each function fills the template part of its name."""

from collections.abc import Sequence

from mubiao.html import part
from mubiao.views.review import MarkedSection, Passage, Progress


def progress(view: Progress) -> str:
    """How much is decided, as a line and a bar."""
    return part("review_progress", view)


def legend(kinds: Sequence[tuple[str, str]]) -> str:
    """What each mark means."""
    return part("review_legend", kinds)


def section(view: MarkedSection, link: str) -> str:
    """A section's text; each mark is a link that chooses what it belongs to."""
    return part("review_section", view, link)


def rest(title: str, paragraphs: Sequence[str]) -> str:
    """The text that the plan does not cover, folded."""
    return part("review_rest", title, paragraphs)


def item(name: str) -> str:
    """Which mark is to be seen: what is decided now."""
    return part("review_item", name)


def passage(view: Passage) -> str:
    """What is decided now: where it stands, its clause with the figures marked, its doubts."""
    return part("review_passage", view)
