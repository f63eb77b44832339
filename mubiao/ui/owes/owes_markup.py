"""HTML of the page of who owes: each function fills the template part of its name."""

from collections.abc import Sequence
from typing import NamedTuple

from mubiao.html import part
from mubiao.i18n import Language
from mubiao.ui.shell.markup import Links
from mubiao.views.owed import Tally


class Row(NamedTuple):
    """A unit or a part of the report: `here` chooses it on the page, `text` is what to send, and
    `filing` the page that files it.
    """

    name: str
    tally: Tally
    here: str
    text: str
    filing: str


def head(title: str, rest: str, then: str, meta: str, ways: Sequence[tuple[str, str, bool]]) -> str:
    """The message in two halves; each way to order has a text, an address, whether it holds."""
    return part("owes_head", title, rest, then, meta, ways)


def halves(  # noqa: PLR0913, PLR0917 - a table and what stands beside it
    rows: Sequence[Row],
    chosen: Row,
    whole: Tally,
    heads: Sequence[str],
    key: Sequence[tuple[str, str]],
    settled: tuple[str, int],
    language: Language,
) -> str:
    """A row each with a dot for every target, whose `key` has a word for each kind; beside them the
    text for the one chosen, and the names and number of those that owe nothing.
    """
    most = max(row.tally.due for row in rows) or 1
    return part("owes_halves", rows, chosen, whole, most, heads, key, settled, language.t)


def targets(rows: Sequence[tuple[str, Sequence[str]]], heads: Sequence[str], links: Links) -> str:
    """The targets by their ids, each with its cells."""
    return part("owes_targets", rows, heads, links)
