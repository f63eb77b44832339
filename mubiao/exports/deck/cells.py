"""A chart and the cells behind it: the sheet that "Edit data" opens, and what refers to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell

from mubiao.exports.deck.drawing import printable, text_of

SHEET = "Sheet1"
_EPOCH = date(1899, 12, 30)
_DAY = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside a point: its value in a number format, or, where no format can say it,
    a text of its own.
    """

    format: str = ""
    text: str = ""
    side: Literal["t", "r"] = "t"


@dataclass(frozen=True, slots=True)
class Series:
    """A row of figures over the categories, None where there is none; `look` and `marker` are
    DrawingML, `labels` by the category's place.
    """

    name: str
    values: tuple[float | None, ...]
    look: str
    marker: str = ""
    labels: tuple[tuple[int, Label], ...] = ()


@dataclass(frozen=True, slots=True)
class Native:
    """A chart and the cells behind it; `description` is what is said to those who cannot see it."""

    xml: str
    categories: tuple[str, ...] | tuple[date, ...]
    series: tuple[Series, ...]
    description: str


def workbook(chart: Native) -> bytes:
    """The figures as a sheet; a name that begins like a formula stays text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)

    def text(value: str) -> Cell:
        held = WriteOnlyCell(sheet, printable(value))
        held.data_type = "s"
        return held

    def first(category: object) -> Cell:
        if not isinstance(category, date):
            return text(str(category))
        held = WriteOnlyCell(sheet, datetime.combine(category, time.min))
        held.number_format = _DAY
        return held

    sheet.append([None, *(text(series.name) for series in chart.series)])
    for place, category in enumerate(chart.categories):
        sheet.append([first(category), *(series.values[place] for series in chart.series)])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def cells(reference: str, kept: str, kind: str) -> str:
    """A reference into the sheet, and what it held when the file was made."""
    return f"<c:{kind}Ref><c:f>{reference}</c:f><c:{kind}Cache>{kept}</c:{kind}Cache></c:{kind}Ref>"


def _points(values: Iterable[str | None]) -> str:
    told = list(values)
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>'
        for place, value in enumerate(told)
        if value is not None
    )
    return f'<c:ptCount val="{len(told)}"/>{points}'


def texts(values: Iterable[object]) -> str:
    """Texts as the cells of a reference."""
    return _points(text_of(str(value)) for value in values)


def numbers(values: Iterable[float | None]) -> str:
    """Figures as the cells of a reference; None is an empty one."""
    told = _points(None if value is None else repr(value) for value in values)
    return f"<c:formatCode>General</c:formatCode>{told}"


def days_of(values: Iterable[object]) -> str:
    """Days as the cells of a reference."""
    serial = (str((day - _EPOCH).days) for day in values if isinstance(day, date))
    return f"<c:formatCode>{_DAY}</c:formatCode>{_points(serial)}"
