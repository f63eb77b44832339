"""Who owes reports, as a sheet: of the report's workbook, and to take along by itself."""

from collections.abc import Sequence
from dataclasses import replace

from mubiao.exports.data.listing import Column
from mubiao.exports.workbook.book import Book, Look, SheetWriter
from mubiao.model import Assessment
from mubiao.problems import message
from mubiao.theme import LIGHT
from mubiao.views.owed import by_of, owed, owed_targets
from mubiao.wording.phrasebook import Phrasebook

_OWED = (
    Column(message("Unit"), 26, wrap=True),
    Column(message("Target id"), 30, wrap=True),
    Column(message("Name"), 34, wrap=True),
    Column(message("Reports owed"), 26, wrap=True),
    Column(message("Due by"), 14, right=True),
    Column(message("Days overdue"), 12, right=True),
)
_NUMBERS = (message("Expected"), message("Filed"), message("Owed"), message("Overdue"))


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
    """Who owes how many reports, by unit or by part of the report; then every target that owes one,
    the longest overdue first.
    """
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
