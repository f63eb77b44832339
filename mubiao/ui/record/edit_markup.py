"""HTML of edits before they are saved: each function fills a template part (`mubiao.html`)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mubiao.html import part
from mubiao.views.counts import StatusMark


class Edit(NamedTuple):
    """An edited row: the target as a link, the figure, what it replaces, the statuses it leads to.

    `statuses` are before and after, or only one where nothing changes, or none.
    """

    name: str
    link: str
    figure: str
    what: str
    statuses: Sequence[StatusMark]


def line(name: str, link: str, figure: str, what: str, statuses: Sequence[StatusMark]) -> str:
    """An edited row in one line."""
    return part("edit", name, link, figure, what, statuses)


def card(name: str, href: str, period: str, last: str, effect: str) -> str:
    """What stands above the fields of a row that is shown as a card."""
    return part("card", name, href, period, last, effect)


def folded_lines(title: str, note: str, edits: Iterable[Edit]) -> str:
    """Edited rows under a heading, folded."""
    return part("folded_edits", title, note, edits)


def folded_table(  # noqa: PLR0913 - a table under its heading, and what it leaves out
    title: str,
    note: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    rest: str,
    *,
    opened: bool,
) -> str:
    """Rows of a file under a heading that folds; `rest` says how many are left out."""
    return part("folded_table", title, note, columns, rows, rest, opened)


def refused(name: str, link: str, reasons: Iterable[str]) -> str:
    """A row that cannot be saved, with every reason."""
    return part("refused", name, link, reasons)


def sides(items: Iterable[tuple[str, str, str]]) -> str:
    """What the person saw, what others recorded, what is typed: side by side, each with its
    label, its figure and where it comes from.
    """
    return part("sides", items)


def bar(counts: Iterable[str], blocked: str) -> str:
    """How many rows there are of each kind, and what stands in the way of saving; each if any."""
    return part("bar", tuple(counts), blocked)


def month(sentence: str, rest: str, filed: int, typed: int, total: int, name: str) -> str:  # noqa: PLR0913, PLR0917 - what the sentence says, as numbers too
    """The month's heading, with the bar of what is filed and what is typed of all."""
    return part("month_heading", sentence, rest, filed, typed, total, name)
