"""Cells of the report's sheets: texts, real numbers with the form of their unit, statuses."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil

from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.exports.workbook import book
from mubiao.i18n import Language
from mubiao.model import Qualifier, Status, Unit
from mubiao.theme import FILLS, LIGHT, office
from mubiao.views.overview import StatusMark
from mubiao.wording.phrasebook import qualified

# Ink and fill of a status, at least 4.5:1; the word and the shape stand in the cell too.
COLOURS: Mapping[Status, tuple[str, str]] = {
    status: (office(ink), office(FILLS[status])) for status, ink in LIGHT.statuses.items()
}
LINES = Alignment(vertical="top", wrap_text=True)
RIGHT_LINES = Alignment(horizontal="right", vertical="top", wrap_text=True, indent=1)
HEAD = Alignment(vertical="center", wrap_text=True)
HEAD_RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True, indent=1)
SIZE = 10.5
_HEAD_HEIGHT = 30.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header (a gettext id), its width in characters, and where its cells stand."""

    head: str
    width: int
    align: Alignment = book.LEFT


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with Excel's code of the form that it is shown in."""

    value: Decimal
    form: str


Shown = str | int | date | Decimal | Figure | StatusMark | None
Rows = Sequence[Sequence[Shown]]


def figure(
    value: Decimal, unit: Unit | None, words: Language, qualifier: Qualifier = Qualifier.EXACT
) -> Figure:
    """A value as its target's sentence says it: "roughly −24%", with all the digits it has."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    digits = "#,##0" + ("." + "0" * places if places else "")
    # A value of 3.5 stands for 3.5%: Excel's own percent sign would show 350%.
    per_cent = _quoted("%") if unit is not None and unit.en == "%" else ""
    before, _, after = qualified("\0", qualifier, words).partition("\0")
    minus = _quoted("−")
    forms = (f"{_quoted(before)}{sign}{digits}{per_cent}{_quoted(after)}" for sign in ("", minus))
    return Figure(value, ";".join(forms))


def share(value: Decimal | None) -> Figure | None:
    """A share of one as per cent."""
    return None if value is None else Figure(value, '0.0%;"−"0.0%')


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks: `ink` and `fill` are colours, no fill for "" ; `under` draws a hairline."""

    align: Alignment = book.LEFT
    ink: str = book.INK
    bold: bool = False
    size: float = SIZE
    fill: str = ""
    under: bool = False


class Pen:
    """Writes the cells of one workbook in a language; cells that look alike share their style.

    To give each cell a style of its own takes longer than everything else together.
    """

    def __init__(self, words: Language) -> None:
        self.words = words
        self._styles: dict[tuple[Look, str], StyleArray] = {}

    def put(self, cell: Cell, shown: Shown, look: Look) -> None:
        """Give a cell what it shows: a text as a text, a number as a real one."""
        match shown:
            case StatusMark():
                ink, fill = COLOURS[shown.status]
                book.put(cell, f"{shown.shape} {shown.word}")
                look = replace(look, ink=ink, fill=fill, bold=True)
            case Figure():
                book.put(cell, shown.value)
                # A number with more digits than Excel holds is a text.
                if not isinstance(cell.value, str):
                    cell.number_format = shown.form
            case _:
                book.put(cell, shown)
        form = cell.number_format
        style = self._styles.get((look, form))
        if style is None:
            self._dress(cell, look)
            self._styles[look, form] = _style_of(cell)
        else:
            cell._style = copy(style)  # type: ignore[attr-defined] # noqa: SLF001 - as below

    def _dress(self, cell: Cell, look: Look) -> None:
        cell.font = book.font(self.words, bold=look.bold, color=look.ink, size=look.size)
        cell.alignment = look.align
        if look.fill:
            cell.fill = book.solid(look.fill)
        if look.under:
            cell.border = book.UNDER

    def header(self, sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
        """A row of headers."""
        for position, column in enumerate(columns):
            cell = book.cell(sheet, row, position)
            book.head(cell, self.words.t(column.head), self.words)
            right = column.align is book.RIGHT
            cell.alignment = HEAD_RIGHT if right else HEAD
        sheet.row_dimensions[row].height = _HEAD_HEIGHT

    def table(self, sheet: Worksheet, first: int, columns: Sequence[Column], rows: Rows) -> None:
        """A list that fills the sheet from its header's row on, with filters and widths."""
        self.header(sheet, first, columns)
        looks = [Look(column.align, under=True) for column in columns]
        figures = [replace(look, align=book.RIGHT) for look in looks]
        for number, row in enumerate(rows, first + 1):
            for position, shown in enumerate(row):
                right = isinstance(shown, Decimal | Figure | int)
                look = figures[position] if right else looks[position]
                self.put(book.cell(sheet, number, position), shown, look)
            sheet.row_dimensions[number].height = _height(row, columns)
        for position, column in enumerate(columns):
            sheet.column_dimensions[book.letter(position)].width = column.width
        sheet.auto_filter.ref = f"A{first}:{book.letter(len(columns) - 1)}{first + len(rows)}"


def page(sheet: Worksheet, stamp: str, header_row: int) -> None:
    """Print on A4 across, as wide as the page, with the stamp and the page below."""
    book.print_wide(sheet, header_row)
    sheet.page_setup.fitToWidth = 1
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.75
    sheet.page_margins.footer = 0.3
    # An & begins a code in headers and footers.
    if (footer := sheet.oddFooter) is not None:
        footer.left.text = stamp.replace("&", "&&")
        footer.right.text = "&P / &N"
    sheet.sheet_view.showGridLines = False


def _style_of(cell: Cell) -> StyleArray:
    """A copy of a cell's style; the way to copy one that openpyxl's manual gives."""
    style: StyleArray = cell._style  # type: ignore[attr-defined] # noqa: SLF001
    return copy(style)


def height_of(text: str, width: int, size: float = SIZE) -> float:
    """The height in points of a text that wraps within a width in characters.

    Not every program makes rows as high as their texts need, and none does so for merged cells.
    """
    lines = 0
    for line in text.split("\n"):
        # A Chinese sign is as wide as two Latin ones; lines break at words, so some room is left.
        wide = sum(1 if sign.isascii() else 2 for sign in line) * size / SIZE * 1.08
        lines += max(1, ceil(wide / width))
    return lines * size * 1.32 + 2


def _height(row: Sequence[Shown], columns: Sequence[Column]) -> float:
    texts = [
        height_of(shown, column.width)
        for shown, column in zip(row, columns, strict=True)
        if isinstance(shown, str) and column.align is LINES
    ]
    return max(texts, default=height_of("", 1))


def _quoted(text: str) -> str:
    """A text inside a number's form."""
    return f'"{text}"' if text else ""
