"""Workbooks in the making: the looks of our sheets, texts as texts and numbers as numbers."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mubiao.exports.data.listing import Column, Value
from mubiao.i18n import Language
from mubiao.model import Code
from mubiao.text_metrics import columns_of
from mubiao.theme import FILLS, LIGHT
from mubiao.views.counts import StatusMark

SIZE = 10.5
_TEXT = "@"  # the number format of a text
_LINE_HEIGHT = 15.0  # points, at SIZE
_HEAD_HEIGHT = 30.0
# Lines break between words, so a line holds a little less than its width.
_BREAKS = 1.08
_A4 = 9  # as Excel numbers paper sizes
# XlsxWriter counts a column's width without the padding of its cells.
_PADDING = 5 / 7
# A face of each language that every Excel of it has.
_FACES: dict[Code, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks: its colours (no fill for ""), its place, whether a hairline is below.

    `form` is its number format; "" is the one that shows its value as it was recorded. An `open`
    cell can be changed on a protected sheet.
    """

    ink: str = LIGHT.ink
    fill: str = ""
    bold: bool = False
    size: float = SIZE
    right: bool = False
    wrap: bool = False
    middle: bool = False
    under: bool = False
    open: bool = False
    form: str = ""


PLAIN = Look()
_HEAD = Look(LIGHT.paper, bold=True, wrap=True, middle=True)
_LOCKED = Look(LIGHT.muted, LIGHT.zones["beyond"])


@dataclass(frozen=True, slots=True)
class FormattedNumber:
    """A number and the number format that shows it."""

    value: Decimal
    form: str


CellValue = Value | FormattedNumber | StatusMark


class Book:
    """A workbook that is being written; cells that look alike share one format.

    `row_by_row` keeps no row in memory: each sheet must be written from its top to its end.
    """

    def __init__(self, *, row_by_row: bool = False) -> None:
        self._content = io.BytesIO()
        self._book = Workbook(self._content, {"constant_memory": row_by_row})
        self._book.set_properties({"author": "Mubiao"})
        self._formats: dict[tuple[Code, Look, str], Format] = {}

    def sheet(self, title: str, language: Language, *, grid: bool = False) -> "SheetWriter":
        """A new sheet with texts in the language's face, with or without lines between cells."""
        raw = self._book.add_worksheet(title)
        if not grid:
            raw.hide_gridlines(2)
        return SheetWriter(self, raw, language)

    def file(self) -> bytes:
        """The finished workbook."""
        self.close()
        return self._content.getvalue()

    def close(self) -> None:
        """Finish the workbook; one whose writing broke off leaves rows on the disk otherwise."""
        if not self._book.fileclosed:
            self._book.close()

    def format(self, code: Code, look: Look, form: str) -> Format:
        """The format of a look with the face of a language and a number format."""
        key = code, look, form
        if key not in self._formats:
            self._formats[key] = self._book.add_format(_properties(*key))
        return self._formats[key]


@dataclass(frozen=True, slots=True)
class SheetWriter:
    """One sheet of a book, `raw` as XlsxWriter has it; rows and columns count from 0."""

    book: Book
    raw: Worksheet
    language: Language

    def put(self, row: int, column: int, value: CellValue, look: Look = PLAIN) -> None:
        """Write a cell. A text stays a text, whatever it begins with.

        A number is one; it becomes a text where Excel's 15 digits do not hold it.
        """
        if isinstance(value, StatusMark):
            ink, fill = LIGHT.statuses[value.status], FILLS[value.status]
            look, value = replace(look, ink=ink, fill=fill, bold=True), value.text
        elif isinstance(value, FormattedNumber):
            look, value = replace(look, form=value.form), value.value
        if isinstance(value, Decimal) and Decimal(format(float(value), ".15g")) != value:
            look, value = replace(look, form=_TEXT), format(value, "f")
        match value:
            case None | "":
                if look.fill or look.under:
                    self.raw.write_blank(row, column, None, self._format(look, "General"))
            case str():
                write_text(self.raw, row, column, value, self._format(look, _TEXT))
            case date():
                self.raw.write_datetime(row, column, value, self._format(look, "yyyy-mm-dd"))
            case Decimal():
                made = self._format(look, digits_of(value))
                self.raw.write_number(row, column, float(value), made)
            case _:
                self.raw.write_number(row, column, value, self._format(look, "0"))

    def _format(self, look: Look, form: str) -> Format:
        """The format of a look, with a number format for values if it has none."""
        return self.book.format(self.language.code, look, look.form or form)

    def put_across(self, row: int, columns: tuple[int, int], text: str, look: Look) -> None:
        """Write a text from one column to another."""
        first, last = columns
        self.raw.merge_range(row, first, row, last, "", self._format(look, _TEXT))
        self.put(row, first, text, look)

    def set_height(self, row: int, lines: int, size: float = SIZE) -> None:
        """Make a row as high as its lines: not every program does so by itself."""
        self.raw.set_row(row, _LINE_HEIGHT * lines * size / SIZE)

    def set_widths(self, widths: Iterable[float]) -> None:
        """Make the first columns so many characters wide."""
        for at, width in enumerate(widths):
            self.raw.set_column(at, at, width - _PADDING)

    def header(self, row: int, columns: Sequence[Column], last: int = 0) -> None:
        """A row of headers; the last of them reaches to the column `last`."""
        self.raw.set_row(row, _HEAD_HEIGHT)
        for at, column in enumerate(columns):
            look = replace(_HEAD, fill=column.fill, right=column.right)
            text = self.language.t(column.head)
            if at == len(columns) - 1 < last:
                self.put_across(row, (at, last), text, look)
            else:
                self.put(row, at, text, look)

    def table(
        self,
        first: int,
        columns: Sequence[Column],
        rows: Iterable[Sequence[CellValue]],
        *,
        under: bool = False,
    ) -> None:
        """Headers and rows from a row on, with widths and filters; `under` draws hairlines."""
        self.set_widths(column.width for column in columns)
        self.header(first, columns)
        looks = [
            replace(_LOCKED if column.locked else PLAIN, wrap=column.wrap, under=under)
            for column in columns
        ]
        rights = [replace(look, right=True, wrap=False) for look in looks]
        last = first
        for row in rows:
            last += 1
            if (count := _most_lines(columns, row)) > 1:
                self.set_height(last, count)
            for at, value in enumerate(row):
                text = isinstance(value, str | StatusMark)
                self.put(last, at, value, looks[at] if text else rights[at])
        self.raw.autofilter(first, 0, last, len(columns) - 1)
        # A rule that no typed value keeps; a sheet that is not protected can still be sorted.
        never = {"validate": "custom", "value": "=FALSE", "ignore_blank": False}
        for at, column in enumerate(columns):
            if column.refusal and last > first:
                why = self.language.t(column.refusal)
                self.rule(at, [(first + 1, last)], why, why, **never)

    def rule(
        self, column: int, spans: Sequence[tuple[int, int]], message: str, hint: str, **rule: object
    ) -> None:
        """A rule for what may be typed into rows of a column, first and last of each span.

        `message` is what an unfit value is refused with, "" where it is allowed; `hint` is shown
        beside a chosen cell, "" for none. `rule` is XlsxWriter's.
        """
        (first, last), *others = spans
        texts = {"error_message": message, "show_error": bool(message), "input_message": hint}
        cells = [[start, column, end, column] for start, end in others]
        options = {**rule, **texts, "other_cells": cells}
        self.raw.data_validation(first, column, last, column, options)

    def print_across(self, header_row: int, stamp: str = "") -> None:
        """Print on A4 across, as wide as the page, the header on each, a stamp at its foot."""
        raw = self.raw
        raw.repeat_rows(header_row)
        raw.set_landscape()
        raw.set_paper(_A4)
        raw.fit_to_pages(1, 0)
        if stamp:
            raw.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.75)
            # An & begins a code in footers, which hold 255 characters.
            raw.set_footer(f"&L{stamp[:200].replace('&', '&&')}&R&P / &N", {"margin": 0.3})


def write_text(raw: Worksheet, row: int, column: int, text: str, *made: Format) -> None:
    """Write a text as a text, with a format or without."""
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes it for finished XML, unless it writes the XML itself.
        raw.write_rich_string(row, column, text[0], text[1], text[2:], *made)
    else:
        raw.write_string(row, column, text, *made)


def digits_of(value: Decimal) -> str:
    """The number format with all the decimal places that a number was recorded with."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "#,##0" + ("." + "0" * places if places else "")


def lines_of(text: str, width: float, size: float = SIZE) -> int:
    """How many lines a text takes in a column so many characters wide."""
    room = width * SIZE / size / _BREAKS
    return sum(max(1, ceil(columns_of(line) / room)) for line in text.split("\n"))


def _most_lines(columns: Iterable[Column], row: Iterable[CellValue]) -> int:
    texts = (
        lines_of(value, column.width)
        for column, value in zip(columns, row, strict=True)
        if column.wrap and isinstance(value, str)
    )
    return max(texts, default=1)


def _properties(code: Code, look: Look, form: str) -> dict[str, object]:
    return {
        "font_name": _FACES[code],
        "font_size": look.size,
        "font_color": look.ink,
        "bold": look.bold,
        "valign": "vcenter" if look.middle else "top",
        "text_wrap": look.wrap,
        "locked": not look.open,
        "num_format": form,
        **({"align": "right", "indent": 1} if look.right else {}),
        **({"bg_color": look.fill, "pattern": 1} if look.fill else {}),
        **({"bottom": 1, "bottom_color": LIGHT.grid} if look.under else {}),
    }
