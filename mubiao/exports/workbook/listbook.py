"""Lists as the sheets of a workbook, written row by row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.exports.workbook import book
from mubiao.exports.workbook.listing import Listing, Row, Value
from mubiao.i18n import Language

MOST_ROWS = 1_048_576  # what a sheet of Excel can hold, its header included


def as_xlsx(
    listings: Iterable[Listing], language: Language, *, most_rows: int = MOST_ROWS
) -> bytes:
    """A workbook with a sheet for each listing, and further ones where one cannot hold it."""
    # Row by row onto the disk: a record may be large.
    workbook = Workbook(write_only=True)
    for listing in listings:
        title = language.t(listing.title)
        for number, rows in enumerate(_parts(listing.rows, most_rows - 1), start=1):
            sheet = workbook.create_sheet(title if number == 1 else f"{title} {number}")
            _fill(sheet, listing, rows, language)
    return book.saved(workbook)


def _parts(rows: Iterable[Row], most: int) -> Iterator[Iterator[Row]]:
    """The rows in parts of at most so many, each to be read before the next; one part at least."""
    rest = iter(rows)
    yield islice(rest, most)
    while (first := next(rest, None)) is not None:
        yield islice(chain([first], rest), most)


def _fill(sheet: Worksheet, listing: Listing, rows: Iterator[Row], language: Language) -> None:
    columns = tuple(listing.heads)
    sheet.freeze_panes = f"{book.letter(listing.still)}2"
    book.widen(sheet, columns)
    book.print_wide(sheet, 1)
    heads = [WriteOnlyCell(sheet) for _ in columns]
    for cell, (column, name) in zip(heads, listing.heads.items(), strict=True):
        colour = book.MUTED if column == listing.kept else book.ACCENT
        book.head(cell, language.t(name), language, colour)
    sheet.row_dimensions[1].height = 30
    sheet.append(heads)
    styled = [_Styled(sheet, column, listing.kept, language) for column in columns]
    count = 1
    for row in rows:
        if (lines := _lines(columns, row)) > 1:
            sheet.row_dimensions[count + 1].height = book.LINE_HEIGHT * lines
        sheet.append([one.holding(value) for one, value in zip(styled, row, strict=True)])
        count += 1
    sheet.auto_filter.ref = f"A1:{book.letter(len(columns) - 1)}{count}"
    if listing.kept and count > 1:
        at = book.letter(columns.index(listing.kept))
        sheet.data_validations.append(_refusal(f"{at}2:{at}{count}", language.t(listing.why)))


def _lines(columns: Sequence[str], row: Row) -> int:
    """How many lines a row's text takes: not every program finds out by itself."""
    return max(
        (
            book.lines(value, column)
            for column, value in zip(columns, row, strict=True)
            if column in book.WRAPPED and isinstance(value, str)
        ),
        default=1,
    )


class _Styled:
    """A column's cells: one for each number format, which every row uses again.

    To give each cell of a long list its style takes longer than everything else together. The
    style of a cell that was written must not change: openpyxl keeps it by reference.
    """

    def __init__(self, sheet: Worksheet, column: str, kept: str, language: Language) -> None:
        self._sheet, self._kept = sheet, column == kept
        self._font = book.font(language, color=book.MUTED if self._kept else book.INK)
        self._text = book.LINES if column in book.WRAPPED else book.LEFT
        self._cells: dict[str, Cell] = {}

    def holding(self, value: Value) -> Cell | None:
        """The cell with a value, to be written before the next; None for nothing."""
        if value is None or value == "":
            return None
        form = book.form_of(value)
        cell = self._cells.get(form)
        if cell is None:
            cell = self._cells[form] = self._new(form)
        book.put(cell, value)
        return cell

    def _new(self, form: str) -> Cell:
        cell = WriteOnlyCell(self._sheet)
        cell.font = self._font
        cell.alignment = self._text if form == book.TEXT else book.RIGHT
        if self._kept:
            cell.fill = book.solid(book.QUIET)
        return cell


def _refusal(cells: str, why: str) -> DataValidation:
    """A rule that no typed value keeps. The sheet is not protected: its rows can be sorted."""
    rule = DataValidation("custom", formula1="FALSE", sqref=cells)
    rule.showErrorMessage = rule.showInputMessage = True
    rule.error = rule.prompt = why
    return rule
