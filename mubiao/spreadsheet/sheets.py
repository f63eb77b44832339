"""Sheets of rows, and those of a text file, whatever it is like inside."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple, get_args

from mubiao.plan.textfile import csv_rows
from mubiao.problems import Refused, message, refused
from mubiao.spreadsheet.cells import CellKind, Raw

MAX_ROWS = 10_000  # years of figures, and read, tried and said in seconds
MAX_COLUMNS = 60
# A sheet that is formatted to its end has a million rows of nothing, slow to read; so has a text of
# line breaks.
MAX_BLANK = 10_000
_CODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What a person can choose where another one was recognised.
Encoding = Literal["utf-8", "gb18030", "big5", "utf-16", "euc-kr"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
_SEPARATORS = (",", ";", "\t")


class SheetRow(NamedTuple):
    """A row: its number from 1, its cells, and whether it is hidden, by hand or by a filter."""

    number: int
    cells: Sequence[Raw | None] = ()
    is_hidden: bool = False


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
        rows = blanks = 0
        for row in self.source():
            if not any(row.cells):
                blanks += 1
                if blanks == MAX_BLANK:
                    yield SheetRow(row.number)
                    return
                continue
            rows, blanks = rows + 1, 0
            if rows > MAX_ROWS:
                raise too_long()
            yield row


def too_long() -> Refused:
    """More than anybody looks through before it is saved."""
    return refused(message("the file has more than {most} rows; divide it"), most=MAX_ROWS)


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


def encoding_name(encoding: str) -> str:
    """What people call an encoding: UTF-8, GB18030, Big5."""
    return encoding.capitalize() if encoding == "big5" else encoding.upper()


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
        raise refused(msgid, encoding=encoding_name(coding), byte=error.start) from error


def _text_rows(text: str, separator: str) -> Iterator[SheetRow]:
    for line, cells in csv_rows(text, separator):
        yield SheetRow(line, [Raw(CellKind.TEXT, cell) if cell else None for cell in cells])
