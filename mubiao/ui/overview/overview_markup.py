"""HTML of the overview: each function fills the template part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

from mubiao.html import part
from mubiao.ui.shell.markup import Links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mubiao.views.attention import AttentionRow
    from mubiao.views.chapters import Chapter
    from mubiao.views.headline import HeadlineRow
    from mubiao.views.overview import Overview, SectionRows
    from mubiao.views.rail import Stop
    from mubiao.views.recent import Recent

ATTENTION_AT_FIRST = 10
_T = TypeVar("_T")
# What a link opens or closes, its address, what that changes of another one, whether it is open.
Fold: TypeAlias = tuple[_T, str, str, bool]


def head(
    view: Overview, meta: str, coverage: Sequence[tuple[str, str, int]], links: Links, then: str
) -> str:
    """The sentence, its second half after `then`, and two bars: the judged by status, and the parts
    of the coverage by id, word and number. `links` lead to the targets of a status.
    """
    return part("overview_head", view, meta, coverage, links, then)


def rail(stops: Sequence[tuple[Stop, str, str]], label: str, replay: str) -> str:
    """The year by its months; with each stop its address and what that changes of another one."""
    return part("overview_rail", stops, label, replay)


def headline(  # noqa: PLR0913, PLR0917 - a table and its heads
    title: str,
    rows: Sequence[HeadlineRow],
    links: Links,
    months: Sequence[str],
    chosen: int,
    heads: tuple[str, str, str],
) -> str:
    """The texts of the headline targets, the chosen month's name marked, 0 for none."""
    return part("overview_headline", title, rows, links, months, chosen, heads)


def attention(  # noqa: PLR0913 - a list and its words
    key: str, title: str, rows: Sequence[AttentionRow], links: Links, more: str, *, plainly: bool
) -> str:
    """A list beside the headline, all but its first rows folded away; `plainly` in a line each."""
    first = ATTENTION_AT_FIRST
    return part("overview_side", key, title, rows, links, first, more, plainly)


def recent(view: Recent, links: Links, heads: tuple[str, str, str], href: str, first: int) -> str:
    """The `first` changes, and a way to all of them; `heads` are title, note and that way's."""
    return part("overview_recent", view, links, heads, href, first)


def chapters(
    heads: tuple[str, str, str],
    every: Fold[str],
    folds: Sequence[Fold[Chapter]],
    links: Links,
    silent: str,
) -> str:
    """The chapters, the opened ones with their rows; `every` opens or closes all of them, `heads`
    are title, note and key, `silent` the word for unreported.
    """
    return part("overview_chapters", heads, every, folds, links, silent)


def units(heads: tuple[str, str], lines: Sequence[tuple[Chapter, str]], silent: str) -> str:
    """The units as chapters, each with the address of its targets; `heads` are title and note."""
    return part("overview_units", heads, lines, silent)


def overdue(heads: tuple[str, str, str], rows: Sequence[tuple[str, str, str]], href: str) -> str:
    """Who owes most: name, address and number each; `heads` are title, note and the way to all."""
    return part("overview_overdue", heads, rows, href)


def filtered(  # noqa: PLR0913, PLR0917 - a list and its choices
    title: str,
    total: str,
    choices: Sequence[tuple[str, str, str, bool]],
    sections: Sequence[SectionRows],
    links: Links,
    empty: str,
) -> str:
    """The targets that fit; a choice is a text, its address, a class, and whether it holds."""
    return part("overview_filtered", title, total, choices, sections, links, empty)
