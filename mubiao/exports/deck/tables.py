"""Tables that are tables: measured rows, split over slides by height, hairlines between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from mubiao.exports.deck.drawing import (
    EMU,
    MUTED,
    SPACES,
    Box,
    Paragraph,
    Run,
    Side,
    TextStyle,
    attribute,
    fill,
    height,
    paragraphs,
    transform,
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
    has one cell as wide as the table. `least` is its least height in points.
    """

    id: str
    cells: tuple[tuple[Paragraph, ...], ...]
    least: float = 0

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


def widths(columns: Sequence[SlideColumn], room: float) -> list[float]:
    """The columns' widths in points."""
    whole = sum(column.share for column in columns)
    kept = [c.least if room * c.share / whole < c.least else 0 for c in columns]
    rest = sum(c.share for c, held in zip(columns, kept, strict=True) if not held)
    left = room - sum(kept)
    return [held or left * c.share / rest for c, held in zip(columns, kept, strict=True)]


def tall(line: SlideRow, wide: Sequence[float]) -> float:
    """The height of a row in points."""
    room = [sum(wide)] if line.heads else wide
    inner = (
        height(texts, space - 2 * BESIDE) for texts, space in zip(line.cells, room, strict=True)
    )
    return max(line.least, max(inner) + 2 * ABOVE)


def head(columns: Sequence[SlideColumn]) -> SlideRow:
    """The first row, which names the columns."""
    return SlideRow(
        "head",
        tuple((Paragraph((Run(c.head, bold=True, colour=MUTED),), HEAD, c.side),) for c in columns),
    )


def parts(
    lines: Sequence[SlideRow], fits: Callable[[Sequence[SlideRow]], bool]
) -> list[tuple[SlideRow, ...]]:
    """The rows in as few parts as fit, about as many rows in each; a heading stands over its rows
    and again at the top of the next part. A row that fits nowhere gets a part of its own.
    """
    fewest = _filled(lines, fits, len(lines))
    if len(fewest) < 2:
        return fewest
    even = ceil(sum(not line.heads for line in lines) / len(fewest))
    levelled = _filled(lines, fits, even)
    return levelled if len(levelled) == len(fewest) else fewest


def _filled(
    lines: Sequence[SlideRow], fits: Callable[[Sequence[SlideRow]], bool], most: int
) -> list[tuple[SlideRow, ...]]:
    found: list[tuple[SlideRow, ...]] = []
    part: list[SlideRow] = []
    heading: list[SlideRow] = []
    for line in lines:
        if line.heads:
            heading = [line]
            continue
        new = heading if heading and heading[0] not in part else []
        rows = sum(not kept.heads for kept in part)
        if rows and (rows >= most or not fits([*part, *new, line])):
            found.append(tuple(part))
            part, new = [], heading
        part += [*new, line]
    return [*found, tuple(part)] if part else found


def table(  # noqa: PLR0913 - a table's parts
    box: Box,
    columns: Sequence[SlideColumn],
    lines: Sequence[SlideRow],
    style: TextStyle,
    *,
    number: int,
    description: str,
    headed: bool = True,
) -> str:
    """The table as DrawingML, in a box whose height is that of its rows."""
    wide = widths(columns, box.width)
    grid = "".join(f'<a:gridCol w="{round(w * EMU)}"/>' for w in wide)
    shown = [head(columns), *lines] if headed else list(lines)
    rows = "".join(_row(line, wide, style, ruled=headed) for line in shown)
    said = attribute(description)
    return (
        f'<p:graphicFrame {SPACES}><p:nvGraphicFramePr><p:cNvPr id="{number}" '
        f'name="Table {number}" descr={said}/><p:cNvGraphicFramePr>'
        f'<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f"{transform(box, 'p')}<a:graphic><a:graphicData "
        f'uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="{int(headed)}"><a:tableStyleId>{_PLAIN}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic>"
        "</p:graphicFrame>"
    )


def _row(line: SlideRow, wide: Sequence[float], style: TextStyle, *, ruled: bool) -> str:
    cells = [
        _cell(texts, style, ruled=ruled, first=not place) for place, texts in enumerate(line.cells)
    ]
    if line.heads:
        span = f'<a:tc gridSpan="{len(wide)}">'
        empty = _cell((), style, ruled=ruled).replace("<a:tc>", '<a:tc hMerge="1">')
        cells = [cells[0].replace("<a:tc>", span), *[empty] * (len(wide) - 1)]
    return f'<a:tr h="{round(tall(line, wide) * EMU)}">{"".join(cells)}</a:tr>'


def _cell(texts: Sequence[Paragraph], style: TextStyle, *, ruled: bool, first: bool = False) -> str:
    # The first column stands under the title's first letter.
    start, beside = 0 if first else round(BESIDE * EMU), round(BESIDE * EMU)
    above = round(ABOVE * EMU)
    told = paragraphs(texts, style) or f'<a:p><a:endParaRPr {style.attributes} sz="1100"/></a:p>'
    sides = "".join(f'<a:{side} w="0">{_NONE}</a:{side}>' for side in ("lnL", "lnR", "lnT"))
    under = (
        f'<a:lnB w="6350">{fill(style.hairline)}</a:lnB>'
        if ruled
        else f'<a:lnB w="0">{_NONE}</a:lnB>'
    )
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{told}</a:txBody>"
        f'<a:tcPr marL="{start}" marR="{beside}" marT="{above}" marB="{above}" anchor="ctr">'
        f"{sides}{under}{_NONE}</a:tcPr></a:tc>"
    )
