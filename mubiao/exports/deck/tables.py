"""Tables that are tables: measured rows, split over slides by height, hairlines between them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from mubiao.exports.deck.drawing import (
    EMU,
    MUTED,
    Paragraph,
    Run,
    Side,
    TextStyle,
    fill,
    height,
    paragraphs,
)

TEXT, SMALL, HEAD = 12.0, 11.0, 11.0
ABOVE, BESIDE = 3.5, 6.0
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"
_NONE = "<a:noFill/>"


@dataclass(frozen=True, slots=True)
class SlideColumn:
    """A column: its head, its share of the width, the side that its texts keep to; `least` is its
    least width in points.
    """

    head: str
    share: float
    side: Side = "l"
    least: float = 0


@dataclass(frozen=True, slots=True)
class SlideRow:
    """A row of cells, each of paragraphs; `id` is the target's, "" for a heading over rows, which
    has one cell as wide as the table. `least` is its least height in points, `note` what the
    presenter reads of it.
    """

    id: str
    cells: tuple[tuple[Paragraph, ...], ...]
    least: float = 0
    note: str = ""

    @property
    def heads(self) -> bool:
        """Whether it is a heading over the rows below it."""
        return not self.id


def cell(
    *texts: tuple[str, float, str], side: Side = "l", bold: bool = False
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


def row_height(row: SlideRow, widths: Sequence[float]) -> float:
    """The height of a row in points."""
    rooms = [sum(widths)] if row.heads else widths
    inner = (height(texts, room - 2 * BESIDE) for texts, room in zip(row.cells, rooms, strict=True))
    return max(row.least, max(inner) + 2 * ABOVE)


def header(columns: Sequence[SlideColumn]) -> SlideRow:
    """The first row, which names the columns."""
    return SlideRow(
        "head",
        tuple((Paragraph((Run(c.head, bold=True, colour=MUTED),), HEAD, c.side),) for c in columns),
    )


def split(
    rows: Sequence[SlideRow], fits: Callable[[Sequence[SlideRow]], bool]
) -> list[tuple[SlideRow, ...]]:
    """The rows in as few parts as fit, about as many rows in each; a heading stands over its rows
    and again at the top of the next part. A row that fits nowhere gets a part of its own.
    """
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
        else:
            parts.append([*heading, row])
    return [tuple(part) for part in parts]


def _count(rows: Iterable[SlideRow]) -> int:
    return sum(not row.heads for row in rows)


def table_xml(
    columns: Sequence[SlideColumn],
    rows: Sequence[SlideRow],
    style: TextStyle,
    room: float,
    *,
    headed: bool = True,
) -> str:
    """The table as DrawingML, so many points wide and as high as its rows."""
    widths = column_widths(columns, room)
    grid = "".join(f'<a:gridCol w="{round(width * EMU)}"/>' for width in widths)
    lines = [header(columns), *rows] if headed else rows
    body = "".join(_row(row, widths, style, ruled=headed) for row in lines)
    return (
        f'<a:tbl><a:tblPr firstRow="{int(headed)}"><a:tableStyleId>{_PLAIN}</a:tableStyleId>'
        f"</a:tblPr><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl>"
    )


def _row(row: SlideRow, widths: Sequence[float], style: TextStyle, *, ruled: bool) -> str:
    # The first column stands under the title's first letter.
    cells = [
        _cell(texts, style, place and BESIDE, ruled=ruled) for place, texts in enumerate(row.cells)
    ]
    if row.heads:
        empty = _cell((), style, BESIDE, ruled=ruled).replace("<a:tc>", '<a:tc hMerge="1">')
        spanning = cells[0].replace("<a:tc>", f'<a:tc gridSpan="{len(widths)}">')
        cells = [spanning, *[empty] * (len(widths) - 1)]
    return f'<a:tr h="{round(row_height(row, widths) * EMU)}">{"".join(cells)}</a:tr>'


def _cell(texts: Sequence[Paragraph], style: TextStyle, left: float, *, ruled: bool) -> str:
    start, beside, above = (round(margin * EMU) for margin in (left, BESIDE, ABOVE))
    text = paragraphs(texts, style) or f'<a:p><a:endParaRPr {style.attributes} sz="1100"/></a:p>'
    sides = "".join(f'<a:{side} w="0">{_NONE}</a:{side}>' for side in ("lnL", "lnR", "lnT"))
    weight, line = (6350, fill(style.hairline)) if ruled else (0, _NONE)
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>"
        f'<a:tcPr marL="{start}" marR="{beside}" marT="{above}" marB="{above}" anchor="ctr">'
        f'{sides}<a:lnB w="{weight}">{line}</a:lnB>{_NONE}</a:tcPr></a:tc>'
    )
