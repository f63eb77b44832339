"""How our workbooks look, and their cells: texts stay texts, numbers are numbers."""

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import ceil
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.i18n import Language
from mubiao.spreadsheet.cells import encoded
from mubiao.theme import LIGHT, office

INK, MUTED, LINE, QUIET, ACCENT, FILL_IN = map(
    office, (LIGHT.ink, LIGHT.muted, LIGHT.grid, LIGHT.beyond, LIGHT.action, LIGHT.writable)
)
_LINE = Side(style="thin", color=LINE)
TEXT = "@"  # the number format of a text
_A4 = 9  # as Excel numbers paper sizes
UNDER = Border(bottom=_LINE)
LEFT = Alignment(vertical="top")
LINES = Alignment(vertical="top", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="top", indent=1)
WIDTHS: Mapping[str, int] = {
    **dict.fromkeys(("target",), 30),
    **dict.fromkeys(("name",), 34),
    **dict.fromkeys(("unit", "qualifier", "nature"), 12),
    **dict.fromkeys(("kind", "save_kind", "status", "until", "day"), 16),
    **dict.fromkeys(("last_value", "value"), 18),
    **dict.fromkeys(("last_period", "period"), 18),
    **dict.fromkeys(("known_on",), 14),
    **dict.fromkeys(("source", "note"), 44),
    **dict.fromkeys(("recorded_by", "recorded_at", "written_by", "written_at"), 20),
    **dict.fromkeys(("row", "replaces", "save", "undoes"), 9),
    **dict.fromkeys(("text",), 72),
}
# What people write in lines and paragraphs.
WRAPPED = frozenset({"text"})
LINE_HEIGHT = 15  # points


def font(words: Language, **style: object) -> Font:
    """The face of a language: one that every Excel of it has."""
    face = "Microsoft YaHei" if words.code == "zh" else "Calibri"
    values: dict[str, object] = {"name": face, "size": 10.5, "color": INK, **style}
    return Font(**values)  # type: ignore[arg-type] # the stubs want each argument by itself


def solid(colour: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def cell(sheet: Worksheet, number: int, position: int) -> Cell:
    """A cell by its row from 1 and its column from 0."""
    found = sheet.cell(number, position + 1)
    assert isinstance(found, Cell)  # noqa: S101 - our sheets merge nothing
    return found


def form_of(value: str | int | date | Decimal) -> str:
    """The number format of a value: a text for a text, and all the digits that a number has."""
    match value:
        case Decimal() if not _fits(value):
            return TEXT
        case Decimal():
            exponent = value.as_tuple().exponent
            places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
            return "#,##0" + ("." + "0" * places if places else "")
        case str():
            return TEXT
        case date():
            return "yyyy-mm-dd"
        case _:
            return "0"


def put(cell: Cell, value: str | int | date | Decimal | None) -> None:
    """Give a cell its value. A text is a text, whatever it begins with.

    A number is one; it is a text where a binary number would lose some of its digits.
    """
    if value is None or value == "":
        return
    if isinstance(value, Decimal):
        if not _fits(value):
            put(cell, format(value, "f"))
            return
        cell.value = float(value) if value != value.to_integral_value() else int(value)
    elif isinstance(value, str):
        cell.value = encoded(value)
        # Otherwise openpyxl makes a formula of =, an error of #N/A.
        cell.data_type = "s"
    else:
        cell.value = value
    cell.number_format = form_of(value)


def _fits(value: Decimal) -> bool:
    """Whether Excel's 15 digits hold the whole number."""
    return Decimal(format(float(value), ".15g")) == value


def head(cell: Cell, text: str, words: Language, colour: str = ACCENT) -> None:
    """A column's header."""
    put(cell, text)
    cell.font = font(words, bold=True, color=office(LIGHT.paper))
    cell.fill = solid(colour)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def widen(sheet: Worksheet, columns: tuple[str, ...]) -> None:
    """Give the columns their widths."""
    for position, column in enumerate(columns):
        sheet.column_dimensions[letter(position)].width = WIDTHS[column]


def lines(text: str, column: str) -> int:
    """How many lines a text takes in its column, where a Chinese character is two wide."""
    wide = (sum(1 + (east_asian_width(sign) in "WF") for sign in line) for line in text.split("\n"))
    return sum(max(1, ceil(each / WIDTHS[column])) for each in wide)


def print_wide(sheet: Worksheet, header_row: int) -> None:
    """Print across A4, as many pages as it takes, the header on each."""
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def letter(position: int) -> str:
    """A column's letter by its position from 0; our sheets have fewer than 26."""
    return chr(ord("A") + position)


def saved(book: Workbook) -> bytes:
    """The workbook as a file."""
    book.properties.creator = "Mubiao"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
