"""Sheets of rows out of a workbook or a text file, whatever the file is like inside."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Literal, cast, get_args

from mubiao.archives import BROKEN_ZIP
from mubiao.observation.contract import csv_rows
from mubiao.problems import message, refused
from mubiao.spreadsheet.cells import CellKind, Raw, decoded
from mubiao.spreadsheet.refusals import unbroken

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

    _Cell = Cell | MergedCell

MAX_ROWS = 50_000
MAX_COLUMNS = 60
# A sheet that is formatted to its end has a million rows of nothing, slow to read.
MAX_BLANK = 10_000
_LAST_ROW = 1_048_576  # of a sheet of Excel
_CODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What a person can choose where another one was recognised.
Encoding = Literal["utf-8", "gb18030", "big5", "utf-16"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
_SEPARATORS = (",", ";", "\t")
# What openpyxl raises on a damaged workbook: it trusts what it reads, so that nearly anything
# can come out of it. Named one by one, to leave out what says that the process must end.
_DAMAGED = (
    *BROKEN_ZIP,
    *(TypeError, AttributeError, AssertionError, SyntaxError, NameError),
)

SheetRow = tuple[int, Sequence[Raw | None]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or a text file read with one separator."""

    name: str
    source: Callable[[], Iterator[SheetRow]]
    addressed: bool  # whether its cells have addresses (C5), as those of a text file have not
    encoding: str = ""  # of a text file

    def rows(self) -> Iterator[SheetRow]:
        """The rows that hold anything, each with its number from 1; one without any cells says
        that reading ends there. Raises Refused for a damaged file or too many rows.
        """
        rows = self.source()
        yield from islice(rows, MAX_ROWS)
        if next(rows, None) is not None:
            raise refused(message("the file has more than {most} rows; divide it"), most=MAX_ROWS)


def workbook_sheets(content: bytes) -> list[Sheet]:
    """The sheets of a workbook that its readers see, in their order."""
    # Slow to load, and needed by nobody else who reads or judges.
    from openpyxl import load_workbook  # noqa: PLC0415

    with unbroken(_DAMAGED):
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = cast("list[ReadOnlyWorksheet]", book.worksheets)
        visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    if not visible:
        raise refused(message("the workbook has no visible sheet"))
    return [Sheet(str(s.title), partial(_streamed_rows, s), addressed=True) for s in visible]


def text_sheets(content: bytes, encoding: str = "") -> list[Sheet]:
    """A text file in a named encoding or a recognised one, once for each separator it can have."""
    text, encoding = _text(content, encoding)
    first, _, rest = text.partition("\n")
    if (first_line := first.strip().lower()).startswith("sep=") and len(first_line) == 5:
        # A line by which people tell Excel the separator; kept as an empty row for the numbers.
        text = "\n" + rest
    return [
        Sheet("", partial(_text_rows, text, separator), addressed=False, encoding=encoding)
        for separator in _SEPARATORS
    ]


def _streamed_rows(sheet: "ReadOnlyWorksheet") -> Iterator[SheetRow]:
    with unbroken(_DAMAGED):
        # What a sheet says about its own size is often wrong.
        sheet.reset_dimensions()
        cells = cast("Worksheet", sheet).iter_rows(max_row=_LAST_ROW, max_col=MAX_COLUMNS)
        yield from _filled(cells)


def _filled(rows: Iterator[Sequence["_Cell"]]) -> Iterator[SheetRow]:
    """The rows that hold anything, until too many follow that hold nothing but a format.

    Rows that the file leaves out cost nothing: the same object stands for each of them.
    """
    blank: Sequence[_Cell] | None = None
    blanks = 0
    for number, row in enumerate(rows, start=1):
        if row is blank:
            continue
        cells = [None if cell.value in (None, "") else _raw(cell) for cell in row]
        if any(cells):
            blanks = 0
            yield number, cells
            continue
        blank, blanks = row, blanks + 1
        if blanks == MAX_BLANK:
            yield number, ()
            return


def _raw(cell: "_Cell") -> Raw:
    value, kind = cell.value, cell.data_type
    if kind == "f":
        # An array formula is an object that holds its text.
        return Raw(CellKind.FORMULA, str(getattr(value, "text", None) or value))
    if kind == "e":
        return Raw(CellKind.ERROR, str(value))
    if isinstance(value, bool):
        return Raw(CellKind.TRUTH, value)
    if isinstance(value, int | float):
        return Raw(CellKind.NUMBER, value, str(cell.number_format or ""))
    if isinstance(value, date):
        return Raw(CellKind.DAY, value, str(cell.number_format or ""))
    if isinstance(value, str):
        return Raw(CellKind.TEXT, decoded(value))
    return Raw(CellKind.DAY, str(value))  # a time of day, or a span of time


def _text(content: bytes, encoding: str) -> tuple[str, str]:
    """The text and its encoding: the chosen one, or UTF-8, UTF-16 by its mark, or GB18030, which
    Excel writes on a Chinese Windows.
    """
    if encoding:
        return _decoded(content, encoding, chosen=True), encoding
    for mark, coding in _CODINGS:
        if content.startswith(mark):
            return _decoded(content, coding), coding.removesuffix("-sig")
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decoded(content, "gb18030"), "gb18030"


def _decoded(content: bytes, coding: str, *, chosen: bool = False) -> str:
    try:
        return content.decode(coding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        msgid = message("the text is neither UTF-8 nor GB18030 (byte {byte}); save it as UTF-8")
        if chosen:
            msgid = message("the text is not {encoding} (byte {byte}); choose another encoding")
        raise refused(msgid, encoding=coding, byte=error.start) from error


def _text_rows(text: str, separator: str) -> Iterator[SheetRow]:
    for line, cells in csv_rows(text, separator):
        if any(cells):
            yield line, [Raw(CellKind.TEXT, cell) if cell else None for cell in cells]
