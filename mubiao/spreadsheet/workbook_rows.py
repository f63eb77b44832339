"""The rows of a workbook's sheets, cell by cell, with what a person sees of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from xml.etree.ElementTree import Element, ParseError, iterparse

from mubiao.archives import BROKEN_ZIP
from mubiao.problems import message, refused
from mubiao.spreadsheet.cells import CellKind, Mark, Raw, decoded
from mubiao.spreadsheet.refusals import unbroken
from mubiao.spreadsheet.sheet_areas import (
    SHOWS_NOTHING,
    Area,
    Covered,
    areas_of,
    column_at,
    covered_cells,
    forms_at,
)
from mubiao.spreadsheet.sheets import MAX_COLUMNS, Sheet, SheetRow
from mubiao.spreadsheet.workbook_parts import (
    MAX_EVENTS,
    Parts,
    RichText,
    SheetPart,
    Style,
    is_true,
    rich_text,
    tag,
    too_much,
)

MAX_SHEETS = 200
_DAMAGED = (*BROKEN_ZIP, ParseError)
_LAST_DAY = 2_958_465  # 31 December 9999, counted from 1900
_PLAIN = Style()
_SEEN = 1  # the least width, in characters, or height, in points, that shows anything


def workbook_sheets(content: bytes) -> list[Sheet]:
    """The sheets of a workbook that its readers see, in their order."""
    with unbroken(_DAMAGED):
        parts = Parts(content)
        visible = [sheet for sheet in parts.sheets if sheet.is_visible]
    if not visible:
        raise refused(message("the workbook has no visible sheet"))
    if len(visible) > MAX_SHEETS:
        msgid = message("the workbook has {count} sheets; expected at most {most}: divide it")
        raise refused(msgid, count=len(visible), most=MAX_SHEETS)
    return [Sheet(each.name, partial(_rows, parts, each), addressed=True) for each in visible]


def _rows(parts: Parts, sheet: SheetPart) -> Iterator[SheetRow]:
    with unbroken(_DAMAGED), parts.open(sheet.part) as content:
        events = iterparse(content, ("start", "end"))  # noqa: S314 - entities were refused
        areas, covered = areas_of(parts, sheet.part), covered_cells(parts, sheet.part)
        yield from _Rows(parts, events, areas, covered)


@dataclass
class _Rows:
    """The rows of one sheet as they come by."""

    parts: Parts
    events: Iterator[tuple[str, Element]]
    areas: tuple[Area, ...]
    covered: Covered
    hidden: set[int] = field(default_factory=set)
    shows_noughts: bool = True
    cells: list[Raw | None] = field(default_factory=list)

    def __iter__(self) -> Iterator[SheetRow]:
        number = 0
        row: Element | None = None
        for count, (event, element) in enumerate(self.events):
            if count > MAX_EVENTS:
                raise too_much()
            name = tag(element)
            if event == "start" and name == "row":
                number, row = _row_number(element, number), element
                self.cells = []
            elif event == "end" and name == "c" and row is not None:
                self._take(element, number)
                row.remove(element)  # a row may be as long as the file
            elif event == "end" and name == "row" and row is not None:
                yield SheetRow(number, self.cells, is_hidden=_is_hidden(row, "ht"))
                row.clear()
            elif event == "end" and name == "col":
                self._hide(element)
            elif event == "end" and name == "sheetView":
                self.shows_noughts = is_true(element, "showZeros", default=True)
            elif event == "end" and name == "sheetData":
                return

    def _take(self, element: Element, row: int) -> None:
        """Adds a cell to its row."""
        column = _column(element.get("r", ""), len(self.cells))
        if column < MAX_COLUMNS:
            self.cells += [None] * (column - len(self.cells) + 1)
            if self.cells[column] is not None:
                raise ValueError  # a cell that the row has twice
            raw = self._raw(element, column)
            if raw is not None and column in self.covered.get(row, ()):
                raw = replace(raw, marks=(*raw.marks, Mark.COVERED))
            if raw is not None and (forms := forms_at(self.areas, row, column)):
                raw = replace(raw, conditional_forms=forms)
            self.cells[column] = raw

    def _hide(self, column: Element) -> None:
        if _is_hidden(column, "width"):
            first, last = int(column.get("min", "1")), int(column.get("max", "1"))
            self.hidden.update(range(first - 1, min(last, MAX_COLUMNS)))

    def _raw(self, cell: Element, column: int) -> Raw | None:
        kind, styles = cell.get("t", "n"), self.parts.styles
        style = styles[int(cell.get("s", "0"))] if styles else _PLAIN
        text = cell.findtext("{*}v") or ""
        marks = (Mark.STRUCK,) * style.is_struck + (Mark.HIDDEN,) * (column in self.hidden)
        marks += (Mark.BLENDED,) * style.is_blended
        if (formula := cell.find("{*}f")) is not None:
            return Raw(CellKind.FORMULA, f"={formula.text or ''}", "", marks)
        if kind in ("s", "inlineStr", "str"):
            rich = self._rich(cell, kind, text)
            distinct = tuple(dict.fromkeys((*rich.marks, *marks)))
            return Raw(CellKind.TEXT, rich.text, style.form, distinct) if rich.text else None
        if not text:
            return None
        if kind == "b":
            return Raw(CellKind.TRUTH, text in ("1", "true"), "", marks)
        if kind == "e":
            return Raw(CellKind.ERROR, text, "", marks)
        if kind == "d":
            return Raw(CellKind.DAY, datetime.fromisoformat(text), style.form, marks)
        return self._number(text, style, marks)

    def _rich(self, cell: Element, kind: str, text: str) -> RichText:
        if kind == "s":
            return self.parts.texts[int(text)] if text else RichText("")
        inline = cell.find("{*}is") if kind == "inlineStr" else None
        return rich_text(inline) if inline is not None else RichText(decoded(text))

    def _number(self, text: str, style: Style, marks: tuple[Mark, ...]) -> Raw:
        if "_" in text:
            raise ValueError  # a number for Python alone
        value: float = int(text) if text.lstrip("-").isdecimal() else float(text)
        if not style.is_date:
            form = style.form if value or self.shows_noughts else SHOWS_NOTHING
            return Raw(CellKind.NUMBER, value, form, marks)
        if not 0 <= value <= _LAST_DAY:
            return Raw(CellKind.ERROR, "#VALUE!", style.form, marks)
        return Raw(CellKind.DAY, self._moment(value), style.form, marks)

    def _moment(self, value: float) -> date | str:
        """A day, with its time; or the text of a time of no day."""
        from_1904 = self.parts.counts_from_1904
        epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        if value < 1:
            return str((epoch + timedelta(seconds=round(value * 86_400))).time())
        # The calendar of 1900 has a 29 February, which never was.
        return epoch + timedelta(days=value + (not from_1904 and value < 60))


def _row_number(row: Element, before: int) -> int:
    number = int(row.get("r", before + 1))
    if number <= before:
        raise ValueError
    return number


def _column(address: str, following: int) -> int:
    """A cell's column from 0; without an address it follows the one before."""
    letters = address.rstrip("0123456789").upper()
    if not letters:
        return following
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError
    return column_at(letters)


def _is_hidden(element: Element, size: str) -> bool:
    """Whether a row or column is hidden, or has hardly a size."""
    given = element.get(size)
    return is_true(element, "hidden") or (given is not None and float(given) < _SEEN)
