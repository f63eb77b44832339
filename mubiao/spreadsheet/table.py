"""Files that people bring, as a table of the contract's columns; what cannot be one is refused."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from mubiao.problems import Problem, Problems, Refused, excerpt, message, refused
from mubiao.spreadsheet.cells import Cell, CellKind, Raw, cell_of, csv_cell
from mubiao.spreadsheet.columns import NAME, NEEDED, READ, column_of, is_either
from mubiao.spreadsheet.refusals import is_workbook, refuse_unsafe
from mubiao.spreadsheet.sheets import Sheet, SheetRow, text_sheets, workbook_sheets

HEADER_WITHIN = 10
_EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in the file from 1, and its cells by the contract's columns.

    `beyond` is what stands after the last column of the header, in a text file only: there a
    number written with a comma falls into two cells.
    """

    number: int
    cells: Mapping[str, Cell]
    beyond: tuple[str, ...] = ()

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
    `encoding` that of a text file.
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

    @property
    def beside_value(self) -> str:
        """The column right after the value's in a text file: where the rest of a number that was
        split at its comma comes to stand. Empty for none.
        """
        after = self.columns[self.columns.index("value") + 1 :] if "value" in self.columns else ()
        return after[0] if after and self.letters is None else ""

    def place(self, number: int, column: str) -> str:
        """Where a person finds a cell: C5 in a workbook, the line's number in a text file."""
        return f"{(self.letters or {}).get(column, '')}{number}"


@dataclass(frozen=True, slots=True)
class _Header:
    line: int
    columns: Mapping[int, str]  # by position
    unknown: tuple[str, ...]
    width: int  # the columns up to the last one that has a header


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
    tables = [(sheet, header) for sheet in sheets if (header := _header(sheet)) is not None]
    if not tables:
        raise _without_header(content)
    sheet, header = tables[0]
    _check(header)
    below = [(number, raws) for number, raws in sheet.rows() if number > header.line]
    return Table(
        name=name,
        rows=tuple(_rows(below, header, addressed=sheet.addressed)),
        sheet=sheet.name,
        letters={c: _letter(at) for at, c in header.columns.items()} if sheet.addressed else None,
        ignored=header.unknown,
        passed_over=tuple(other.name for other, _ in tables[1:]),
        ends_at=next((number for number, raws in reversed(below) if not raws), 0),
        columns=tuple(header.columns.get(at, "") for at in range(header.width)),
        encoding=sheet.encoding,
    )


def _header(sheet: Sheet) -> _Header | None:
    """The first row that names the target and the value; None where none of the first ten does."""
    try:
        for number, cells in takewhile(lambda row: row[0] <= HEADER_WITHIN, sheet.rows()):
            header = _named(number, cells)
            if {"target", "value"} <= {*header.columns.values()}:
                return header
    except Refused:
        # A text is tried with each separator; with the wrong ones its quotation marks may fail.
        if sheet.addressed:
            raise
    return None


def _named(number: int, cells: Sequence[Raw | None]) -> _Header:
    texts = {
        at: text
        for at, raw in enumerate(cells)
        if raw and raw.kind is CellKind.TEXT and (text := str(raw.value).strip())
    }
    columns = {at: column for at, text in texts.items() if (column := column_of(text))}
    unknown = tuple(excerpt(text) for at, text in texts.items() if at not in columns)
    either = [at for at in columns if is_either(texts[at])]
    ids = [at for at, column in columns.items() if column == "target"]
    if NAME not in columns.values() and len(ids) == 2 and len(either) == 1:
        columns[either[0]] = NAME
    return _Header(number, columns, unknown, max(texts, default=-1) + 1)


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
    return refused(msgid, rows=HEADER_WITHIN, expected=", ".join(NEEDED))


def _check(header: _Header) -> None:
    named = list(header.columns.values())
    if "replaces" in named or "recorded_at" in named:
        msgid = message(
            "this is the whole history, which cannot be imported; take the export of the actuals"
        )
        raise Refused([Problem(msgid, line=header.line)])
    problems = Problems()
    for column in dict.fromkeys((*NEEDED, *named)):
        count = named.count(column)
        if (column in NEEDED and not count) or count > 1:
            msgid = message("column {name} stands {count} times in the header; expected once")
            problems.add(column, msgid, name=column, count=str(count))
    if problems:
        raise Refused(replace(problem, line=header.line) for problem in problems)


def _rows(below: Iterable[SheetRow], header: _Header, *, addressed: bool) -> Iterator[TableRow]:
    read = cell_of if addressed else csv_cell
    columns = {at: column for at, column in header.columns.items() if column in READ}
    for number, raws in below:
        cells = {
            column: read(raw, column)
            for at, column in columns.items()
            if at < len(raws) and (raw := raws[at]) is not None
        }
        rest = () if addressed else raws[header.width :]
        beyond = tuple(text for raw in rest if raw and (text := str(raw.value).strip()))
        if beyond or any(cell.text.strip() or cell.fault for cell in cells.values()):
            yield TableRow(number, cells, beyond)


def _letter(position: int) -> str:
    """A column's letters by its position from 0; at most sixty columns are read."""
    before, last = divmod(position, 26)
    return (chr(ord("A") + before - 1) if before else "") + chr(ord("A") + last)
