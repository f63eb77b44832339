"""Workbooks of one view each: who owes reports, the plans by year, listings of the record."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice

from mubiao.exports.data.listing import Column, Listing, ListingRow
from mubiao.exports.workbook.book import Book, CellValue, Look, SheetWriter
from mubiao.i18n import Language
from mubiao.model import Assessment
from mubiao.problems import message
from mubiao.theme import LIGHT
from mubiao.views.owed import by_of, owed, owed_targets
from mubiao.views.years import Cell, Tally, Years
from mubiao.wording.phrasebook import Phrasebook

_OF_A_YEAR = (message("Target"), message("Latest actual"), message("Status"), message("Harder?"))
_WIDTHS = (30, *(14,) * 12)
_OWED = (
    Column(message("Unit"), 26, wrap=True),
    Column(message("Target id"), 30, wrap=True),
    Column(message("Name"), 34, wrap=True),
    Column(message("Reports owed"), 26, wrap=True),
    Column(message("Due by"), 14, right=True),
    Column(message("Days overdue"), 12, right=True),
)
_NUMBERS = (message("Expected"), message("Filed"), message("Owed"), message("Overdue"))
MOST_ROWS = 1_048_576  # what a sheet of Excel can hold, its header included


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


def owed_workbook(phrasebook: Phrasebook, assessments: Sequence[Assessment], stamp: str) -> bytes:
    """A workbook of the one sheet, `stamp` at its foot."""
    book = Book()
    sheet = book.sheet(phrasebook.t(message("Owed")), phrasebook.language)
    sheet.print_across(0, stamp)
    write_owed(sheet, phrasebook, assessments)
    return book.file()


def write_owed(
    sheet: SheetWriter, phrasebook: Phrasebook, assessments: Sequence[Assessment]
) -> None:
    """Who owes how many reports; then every target that owes one, the longest overdue first."""
    view, t = owed(phrasebook, assessments, by_of(phrasebook.plan)), phrasebook.t
    unit = _OWED[0] if phrasebook.plan.owners else replace(_OWED[0], head=message("Section"))
    sheet.put(0, 0, view.title, Look(bold=True))
    sheet.put(1, 0, view.rest, Look(ink=LIGHT.muted))
    sheet.header(3, (unit, *(Column(head, 0, right=True) for head in _NUMBERS)))
    lines = [(one.name, one.tally, False) for one in (*view.debtors, *view.settled)]
    row = 4
    for row, (name, tally, bold) in enumerate((*lines, (t("Total"), view.whole, True)), 4):
        look = Look(bold=bold, under=True, right=True)
        sheet.put(row, 0, name, replace(look, right=False, wrap=True))
        for at, number in enumerate((tally.due, tally.filed, tally.owed, tally.overdue), 1):
            sheet.put(row, at, number, look)
    rows = (
        (one.unit, one.id, one.name, one.periods, one.due, one.overdue_days)
        for one in owed_targets(phrasebook, assessments)
    )
    sheet.table(row + 2, (unit, *_OWED[1:]), rows, under=True)


def as_xlsx(
    listings: Iterable[Listing], language: Language, *, most_rows: int = MOST_ROWS
) -> bytes:
    """A workbook with a sheet for each listing, and further ones where one cannot hold it."""
    with closing(Book(row_by_row=True)) as book:  # a record may be large
        for listing in listings:
            title = language.t(listing.title)
            for number, rows in enumerate(_parts(listing.rows, most_rows - 1), start=1):
                name = title if number == 1 else f"{title} {number}"
                sheet = book.sheet(name, language, grid=True)
                sheet.raw.freeze_panes(1, listing.still)
                sheet.print_across(0)
                sheet.table(0, tuple(listing.columns.values()), rows)
        return book.file()


def _parts(rows: Iterable[ListingRow], most: int) -> Iterator[Iterator[ListingRow]]:
    """The rows in parts of at most so many, each to be read before the next; one part at least."""
    rest = iter(rows)
    yield islice(rest, most)
    while (first := next(rest, None)) is not None:
        yield islice(chain([first], rest), most)
