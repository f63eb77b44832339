"""Tables that are tables: measured rows, split over slides by height, hairlines between them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from markupsafe import Markup

from mubiao.exports.deck.drawing import ABOVE, BESIDE, MUTED, Paragraph, Run, Side, height, scaled

TEXT, SMALL, HEAD = 12.0, 12.0, 12.0


@dataclass(frozen=True, slots=True)
class SlideColumn:
    """A column: its head, share of the width, side of its texts, and least width in points."""

    head: str
    share: float
    side: Side = "l"
    least: float = 0


@dataclass(frozen=True, slots=True)
class SlideRow:
    """A row of cells, each of paragraphs; `id` is the target's, "" for a heading over rows, which
    has one cell as wide as the table. `height` is in points, its least until it is measured;
    `note` is what the presenter reads of it.
    """

    id: str
    cells: tuple[tuple[Paragraph, ...], ...]
    height: float = 0
    note: str = ""

    @property
    def heads(self) -> bool:
        """Whether it is a heading over the rows below it."""
        return not self.id


def cell(
    *texts: tuple[str, float, Markup], side: Side = "l", bold: bool = False
) -> tuple[Paragraph, ...]:
    """A cell of paragraphs, each given as text, size and colour; empty ones are left out."""
    return tuple(
        Paragraph((Run(text, bold=bold and not place, colour=colour),), size, side)
        for place, (text, size, colour) in enumerate(texts)
        if text
    )


def column_widths(columns: Sequence[SlideColumn], room: float) -> list[float]:
    """The columns' widths in points."""
    whole = sum(column.share for column in columns)
    fixed = [c.least if room * c.share / whole < c.least else 0 for c in columns]
    shares = sum(c.share for c, width in zip(columns, fixed, strict=True) if not width)
    left = room - sum(fixed)
    return [width or left * c.share / shares for c, width in zip(columns, fixed, strict=True)]


def larger(row: SlideRow, share: float) -> SlideRow:
    """A row with its texts a share larger."""
    cells = tuple(tuple(scaled(texts, share)) for texts in row.cells)
    return replace(row, cells=cells, height=row.height * share)


def measured(row: SlideRow, widths: Sequence[float]) -> SlideRow:
    """A row as high as its texts are in columns of these widths."""
    rooms = [sum(widths)] if row.heads else widths
    inner = (height(texts, room - 2 * BESIDE) for texts, room in zip(row.cells, rooms, strict=True))
    return replace(row, height=max(row.height, max(inner) + 2 * ABOVE))


def header(columns: Sequence[SlideColumn]) -> SlideRow:
    """The first row, which names the columns."""
    heads = (cell((c.head, HEAD, MUTED), side=c.side, bold=True) for c in columns)
    return SlideRow("head", tuple(heads))


def split(
    rows: Sequence[SlideRow], fits: Callable[[Sequence[SlideRow]], bool]
) -> list[tuple[SlideRow, ...]]:
    """The rows in as few even parts as fit, a heading again over the rest of its rows."""
    fewest = _filled(rows, fits, len(rows))
    even = ceil(_count(rows) / max(len(fewest), 1))
    levelled = _filled(rows, fits, even)
    return levelled if len(levelled) == len(fewest) else fewest


def _filled(
    rows: Sequence[SlideRow], fits: Callable[[Sequence[SlideRow]], bool], most: int
) -> list[tuple[SlideRow, ...]]:
    parts: list[list[SlideRow]] = []
    heading: list[SlideRow] = []
    for row in rows:
        if row.heads:
            heading = [row]
            continue
        part = parts[-1] if parts else []
        more = [row] if heading and heading[0] in part else [*heading, row]
        if part and _count(part) < most and fits([*part, *more]):
            part += more
        else:  # also what fits nowhere
            parts.append([*heading, row])
    return [tuple(part) for part in parts]


def _count(rows: Iterable[SlideRow]) -> int:
    return sum(not row.heads for row in rows)
