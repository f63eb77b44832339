"""Files that people bring, as a table of the contract's columns; what cannot be one is refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from mubiao.problems import Refused, excerpt, message, refused
from mubiao.spreadsheet.cells import Cell, Raw, cell_of, csv_cell
from mubiao.spreadsheet.columns import NEEDED, READ, named
from mubiao.spreadsheet.headers import WITHIN, Header, header_of, refuse_incomplete
from mubiao.spreadsheet.refusals import is_workbook, refuse_unsafe
from mubiao.spreadsheet.sheets import MAX_ROWS, Sheet, SheetRow, text_sheets, too_long
from mubiao.spreadsheet.workbook_rows import workbook_sheets

_EMPTY = Cell()
_PER_ROW = 100  # more than there are columns


class CellPlace(int):
    """The place of a figure in a table whose cells are figures: said by its address, C5.

    Places are in the order of their rows, and then of their columns.
    """

    __slots__ = ()

    @classmethod
    def at(cls, row: int, column: int) -> "CellPlace":
        """The place at a row from 1 and a column from 0."""
        return cls(row * _PER_ROW + column)

    @property
    def row(self) -> int:
        """The row of the file."""
        return self // _PER_ROW

    def __str__(self) -> str:
        return f"{_letter(self % _PER_ROW)}{self.row}"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One figure: its row's number in the file from 1 or its place, and its cells by the contract's
    columns.

    `beyond` is what stands after the last column of the header, in a text file only: there a
    number written with a comma falls into two cells.
    """

    number: int
    cells: Mapping[str, Cell]
    beyond: tuple[str, ...] = ()
    is_hidden: bool = False

    def text(self, column: str) -> str:
        """What stands in a column; empty for nothing, or without such a column."""
        return self.cells.get(column, _EMPTY).text

    def quoted(self, column: str) -> str:
        """What a refusal quotes: a column's cell; without a column what is beyond the header."""
        return self.text(column) if column else ", ".join(self.beyond)

    def is_empty(self, column: str) -> bool:
        """Whether nothing stands in a column, or there is none of that name."""
        cell = self.cells.get(column, _EMPTY)
        return not cell.text.strip() and cell.fault is None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file by the contract's columns.

    `letters` are the columns' letters in a workbook, empty for a text file; `ignored` the headers
    that nobody knows; `passed_over` the other sheets that hold figures too; `ends_at` the row after
    which nothing was read because thousands before it are empty, 0 if all was read; `columns`
    the contract's columns as the header has them, in its order, "" for one that nobody knows;
    `encoding` that of a text file; `unit` what the header says of the values' unit; `across` what
    stands above the columns of a table whose cells are figures: period or target, else "".
    """

    name: str
    rows: tuple[TableRow, ...]
    sheet: str = ""
    letters: Mapping[str, str] | None = None
    ignored: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    ends_at: int = 0
    columns: tuple[str, ...] = ()
    encoding: str = ""
    unit: str = ""
    across: str = ""

    @property
    def beside_value(self) -> str:
        """The column right after the value's in a text file: where the rest of a number that was
        split at its comma comes to stand. Empty for none.
        """
        after = self.columns[self.columns.index("value") + 1 :] if "value" in self.columns else ()
        return after[0] if after and self.letters is None else ""

    @staticmethod
    def line(number: int) -> int:
        """The row of the file that a figure stands in."""
        return number.row if isinstance(number, CellPlace) else number

    def place(self, number: int, column: str) -> str:
        """Where a person finds a cell: C5 in a workbook, the line's number in a text file."""
        letter = (self.letters or {}).get(column, "")
        if isinstance(number, CellPlace):
            return f"{letter}{number.row}" if letter else str(number)
        return f"{letter}{number}"


def read_table(name: str, content: bytes, encoding: str = "") -> Table:
    """Read XLSX or CSV (comma, semicolon, tab; in a named encoding, or else UTF-8, UTF-16 with its
    mark, GB18030).

    The header is looked for in the first ten rows of each visible sheet. Cells that cannot be
    taken as they stand (a formula, an error) keep their fault. Raises Refused with the reason.
    """
    try:
        return _read(name, content, encoding)
    except Refused as refusal:
        problems = [replace(problem, file=excerpt(name)) for problem in refusal.problems]
        raise Refused(problems) from refusal


def _read(name: str, content: bytes, encoding: str) -> Table:
    refuse_unsafe(name, content)
    sheets = workbook_sheets(content) if is_workbook(content) else text_sheets(content, encoding)
    headers = [(sheet, header_of(_first_rows(sheet))) for sheet in sheets]
    rank = min((header.rank for _, header in headers if header), default=0)
    tables = [(sheet, header) for sheet, header in headers if header and header.rank == rank]
    if not tables:
        raise _without_header(content)
    sheet, header = tables[0]
    refuse_incomplete(header)
    below = [row for row in sheet.rows() if row.number > header.line]
    figures = _rows(below, header, cell_of if sheet.addressed else csv_cell)
    rows = tuple(islice(figures, MAX_ROWS))
    if next(figures, None) is not None:
        raise too_long()
    return Table(
        name=name,
        rows=rows,
        sheet=sheet.name,
        letters={c: _letter(at) for at, c in header.columns.items()} if sheet.addressed else None,
        ignored=header.unknown,
        passed_over=tuple(other.name for other, _ in tables[1:]),
        ends_at=next((row.number for row in reversed(below) if not row.cells), 0),
        columns=tuple(header.columns.get(at, "") for at in range(header.width)),
        encoding=sheet.encoding,
        unit=header.unit,
        across=header.across,
    )


def _first_rows(sheet: Sheet) -> list[SheetRow]:
    """The rows among which the header is."""
    rows: list[SheetRow] = []
    try:
        rows.extend(takewhile(lambda row: row.number <= WITHIN, sheet.rows()))
    except Refused:
        # A text is tried with each separator; with the wrong ones its quotation marks may fail.
        if sheet.addressed:
            raise
    return rows


def _without_header(content: bytes) -> Refused:
    if not is_workbook(content) and b"\x00" in content:
        # Every comma and line break of UTF-16 holds such a byte, and no other text does.
        return refused(
            message("the text's encoding is not known (UTF-16 without its mark?); save it as UTF-8")
        )
    msgid = message(
        "no row of the first {rows} names the columns; expected {expected}, as in the workbook to "
        "fill in"
    )
    return refused(msgid, rows=WITHIN, expected=named(*NEEDED))


_Read = Callable[[Raw, str], Cell]


def _rows(below: Iterable[SheetRow], header: Header, read: _Read) -> Iterator[TableRow]:
    columns = {at: column for at, column in header.columns.items() if column in READ}
    for row in below:
        cells = {
            column: read(raw, column)
            for at, column in columns.items()
            if at < len(row.cells) and (raw := row.cells[at]) is not None
        }
        if header.across:
            yield from _figures(row, cells, header, read)
            continue
        rest = row.cells[header.width :] if read is csv_cell else ()
        beyond = tuple(text for raw in rest if raw and (text := str(raw.value).strip()))
        if beyond or any(cell.text.strip() or cell.fault for cell in cells.values()):
            yield TableRow(row.number, cells, beyond, row.is_hidden)


def _figures(
    row: SheetRow, cells: Mapping[str, Cell], header: Header, read: _Read
) -> Iterator[TableRow]:
    """The figures of a row whose cells are figures, with what the row says of all of them."""
    for at, above in header.crossed.items():
        raw = row.cells[at] if at < len(row.cells) else None
        if raw is not None:
            figure = {header.across: above, "value": read(raw, "value")}
            yield TableRow(
                CellPlace.at(row.number, at), {**cells, **figure}, is_hidden=row.is_hidden
            )


def _letter(position: int) -> str:
    """A column's letters by its position from 0; at most sixty columns are read."""
    before, last = divmod(position, 26)
    return (chr(ord("A") + before - 1) if before else "") + chr(ord("A") + last)
