"""HTML of a month's edits: one calm line each. Every text is escaped here."""

from collections.abc import Iterable, Sequence
from html import escape

from mubiao.ui.shell import markup
from mubiao.views.overview import StatusMark


def line(name: str, link: str, figure: str, what: str, statuses: Sequence[StatusMark]) -> str:
    """An edited row: the target as a link, the figure, what it replaces, the status it leads to.

    `statuses` are before and after, or only one where nothing changes, or none.
    """
    arrow = ' <span class="mb-arrow">→</span> '
    marks = arrow.join(markup.status(mark) for mark in statuses)
    return (
        f'<div class="mb-edit"><a href="{escape(link)}" target="_self">{escape(name)}</a>'
        f"<span><b>{escape(figure)}</b> <small>{escape(what)}</small></span> "
        f'<span class="mb-edit-status">{marks}</span></div>'
    )


def doubts(texts: Iterable[str]) -> str:
    """What is to be looked at before a row is saved."""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul class="mb-doubts">{items}</ul>'


def refused(name: str, link: str, reasons: Iterable[str]) -> str:
    """A row that cannot be saved, with every reason."""
    return (
        f'<div class="mb-edit mb-edit-refused"><a href="{escape(link)}" target="_self">'
        f"{escape(name)}</a>{markup.problems(reasons)}</div>"
    )


def sides(items: Iterable[tuple[str, str, str]]) -> str:
    """What the person saw, what others recorded, what is typed: side by side, each with its
    figure and where it comes from.
    """
    parts = "".join(
        f"<div><dt>{escape(label)}</dt> <dd><b>{escape(figure)}</b> "
        f"<small>{escape(origin)}</small></dd></div>"
        for label, figure, origin in items
    )
    return f'<dl class="mb-sides">{parts}</dl>'


def bar(counts: Iterable[str], blocked: str) -> str:
    """How many rows there are of each kind, and what stands in the way of saving; each if any."""
    told = " · ".join(escape(count) for count in counts)
    parts = (f"<b>{told}</b>" if told else "", f"<span>{escape(blocked)}</span>" if blocked else "")
    return f'<p class="mb-bar">{" ".join(part for part in parts if part)}</p>'


def caption(text: str) -> str:
    """A quiet line beside fields."""
    return f'<p class="mb-quiet">{escape(text)}</p>'
