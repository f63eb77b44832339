"""Lists of rows below a header, and the same as CSV of ids and plain texts."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mubiao.observation.contract import escaped

BOM = "\ufeff"

Value = str | int | date | Decimal | None
Row = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet's rows below one header.

    `title` and the headers, by column id in order, are gettext ids; `still` columns stay in sight.
    What stands in the column `kept` is for reading: a rule with the text `why` refuses typing.
    """

    title: str
    heads: Mapping[str, str]
    rows: Iterable[Row]
    still: int
    kept: str = ""
    why: str = ""


def as_bytes(text: str, *, for_excel: bool) -> bytes:
    """A text file in UTF-8, with the mark that Excel knows it by or without."""
    return ((BOM if for_excel else "") + text).encode()


def as_csv(columns: Iterable[str], rows: Iterable[Row], *, for_excel: bool) -> bytes:
    """Rows as CSV; a text that begins like a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_text(value) for value in row] for row in rows)
    return as_bytes(out.getvalue(), for_excel=for_excel)


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return format(value, "f")
        case str():
            return escaped(value)
        case _:
            return str(value)
