"""The plans by year as a workbook: how each one's promises stand, and what they share."""

from collections.abc import Iterator, Sequence

from mubiao.exports.data.listing import Column
from mubiao.exports.workbook.book import Book, CellValue, Look, SheetWriter
from mubiao.i18n import Language
from mubiao.problems import message
from mubiao.theme import LIGHT
from mubiao.views.years import Cell, Tally, Years

_OF_A_YEAR = (message("Target"), message("Latest actual"), message("Status"), message("Harder?"))
_WIDTHS = (30, *(14,) * 12)


def years_workbook(view: Years, language: Language, stamp: str) -> bytes:
    """A sheet of counts by year and chapter, and one of the indicators that plans share."""
    book, t = Book(), language.t
    sheet = book.sheet(t(message("Years")), language)
    sheet.print_across(3, stamp)
    sheet.put(0, 0, view.title, Look(bold=True))
    sheet.put(1, 0, view.rest, Look(ink=LIGHT.muted))
    _counts(sheet, view.plans)
    if view.series:
        _series(book.sheet(t(message("Indicators")), language), view, stamp)
    return book.file()


def _counts(sheet: SheetWriter, plans: Sequence[Tally]) -> None:
    sheet.set_widths(_WIDTHS)
    sheet.header(3, (Column(message("Year"), 0), Column(message("Targets"), 0, right=True)))
    marks = [one.mark for one in plans[0].counts]
    heads: tuple[CellValue, ...] = (*marks, sheet.language.t(message("Kept")))
    for at, head in enumerate(heads, 2):
        sheet.put(3, at, head, Look(right=True, wrap=True, middle=True))
    row = 4
    for plan in plans:
        for one in (plan, *plan.sections):
            look = Look(bold=one is plan, under=True, right=True)
            sheet.put(row, 0, one.name, Look(bold=one is plan, under=True, wrap=True))
            share = f"{one.achieved}/{one.decided}" if one.decided else ""
            values: tuple[CellValue, ...] = (*(count.number for count in one.counts), share)
            for at, value in enumerate((one.total, *values), 1):
                sheet.put(row, at, value, look)
            row += 1


def _series(sheet: SheetWriter, view: Years, stamp: str) -> None:
    """A row an indicator; four columns a year."""
    sheet.print_across(1, stamp)
    for at, plan in enumerate(view.plans):
        sheet.put(0, 1 + len(_OF_A_YEAR) * at, plan.name, Look(bold=True))
    columns = (
        Column(message("Indicator"), 30, wrap=True),
        *(Column(head, 16, wrap=True) for _ in view.plans for head in _OF_A_YEAR),
    )
    rows = ((row.name, *(v for cell in row.cells for v in _values(cell))) for row in view.series)
    sheet.table(1, columns, rows, under=True)
    sheet.raw.freeze_panes(2, 1)


def _values(cell: Cell | None) -> Iterator[CellValue]:
    if cell is None:
        yield from [""] * len(_OF_A_YEAR)
    else:
        yield from (cell.asks, cell.actual, cell.mark, cell.turn_word)
