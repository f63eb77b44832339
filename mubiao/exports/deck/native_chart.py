"""Native charts: DrawingML, written by chart.xml, with the workbook that "Edit data" opens."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Literal

from markupsafe import Markup
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.package import Package
from pptx.parts.chart import ChartPart
from xlsxwriter import Workbook

from mubiao.exports.deck.drawing import MUTED, Box, Run, TextStyle, templates
from mubiao.exports.workbook.book import write_text
from mubiao.plain_text import printable

_SHEET = "Sheet1"
_EPOCH = date(1899, 12, 30)
_WHOLE = Box(0, 0, 1, 1)


Side = Literal["t", "r", "l", "b"]


@dataclass(frozen=True, slots=True)
class Label:
    """What stands beside a point: its value in a number format, or, where no format can say it,
    a text of its own; `shift` moves it down by a share of the chart's height.
    """

    format: str = ""
    text: Run | None = None
    side: Side = "t"
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Series:
    """A row of figures over the categories, None where there is none; `look` and `marker` are
    DrawingML, `labels` by the category's place; `drop` is how far a line runs down from each
    figure, in the look `drop_look`.
    """

    name: str
    values: tuple[float | None, ...]
    look: Markup
    marker: str = ""
    labels: tuple[tuple[int, Label], ...] = ()
    drop: float = 0.0
    drop_look: Markup | str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A value axis: its range, and for lines the step between ticks and their number format."""

    low: float
    high: float
    step: float = 0.0
    format: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A shape behind a chart's axes, as native charts fill nothing between two lines. Its corners
    are shares of the axes from their upper left, `colour` is DrawingML.
    """

    corners: tuple[tuple[float, float], ...]
    colour: Markup


@dataclass(frozen=True, slots=True)
class NativeChart:
    """A chart with what its cells hold; `description` is said to those who cannot see it.

    `shares` is one bar of parts of a whole, `coverage` a bar for each category, on one scale.
    A `year` has lines over days, before its `areas`; `plot` is where its axes lie, in shares of the
    chart, and without a `day_format` they are not seen.
    """

    kind: Literal["shares", "coverage", "year"]
    categories: tuple[str, ...] | tuple[date, ...]
    series: tuple[Series, ...]
    description: str
    scale: Scale = Scale(0, 1)
    plot: Box = _WHOLE
    day_format: str = ""
    areas: tuple[Area, ...] = ()

    @property
    def days(self) -> bool:
        """Whether its categories are days."""
        return self.kind == "year"

    def axes(self, box: Box) -> Box:
        """Where its axes lie on a slide, when it fills a box."""
        left, top, width, height = self.plot
        return Box(
            box.left + left * box.width,
            box.top + top * box.height,
            width * box.width,
            height * box.height,
        )

    @property
    def last(self) -> int:
        """The last row of its cells, from 1."""
        return len(self.categories) + 1

    @property
    def cached(self) -> list[str]:
        """The categories as a file keeps them: texts, days by their number."""
        return [
            str((one - _EPOCH).days) if isinstance(one, date) else one for one in self.categories
        ]

    def xml(self, style: TextStyle) -> str:
        """The chart as DrawingML, without the characters that XML cannot hold."""
        values = {"chart": self, "style": style, "sheet": _SHEET, "muted": MUTED}
        return printable(templates().get_template("chart.xml").render(values).lstrip())

    def part(self, style: TextStyle, package: Package) -> ChartPart:
        """The chart as a part of a file, with its workbook in it."""
        name = package.next_partname(ChartPart.partname_template)
        xml = self.xml(style).encode()
        made: ChartPart = ChartPart.load(name, CT.DML_CHART, package, xml)
        made.chart_workbook.update_from_xlsx_blob(self.workbook())
        return made

    def workbook(self) -> bytes:
        """The figures as a sheet; a name that begins like a formula stays text."""
        content = BytesIO()
        with Workbook(content, {"in_memory": True}) as book:
            sheet = book.add_worksheet(_SHEET)
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for row, category in enumerate(self.categories, 1):
                if isinstance(category, date):
                    sheet.write_datetime(row, 0, category, day)
                else:
                    write_text(sheet, row, 0, printable(str(category)))
            for column, series in enumerate(self.series, 1):
                write_text(sheet, 0, column, printable(series.name))
                for row, value in enumerate(series.values, 1):
                    if value is not None:
                        sheet.write_number(row, column, value)
        return content.getvalue()
