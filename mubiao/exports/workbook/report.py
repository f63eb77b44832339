"""The report as an Excel workbook: in each language a summary, the targets, the actuals, changes.

Every text comes from the briefing. The numbers are real ones, from the judgement itself, in forms
that show the digits that were recorded. The sheet of actuals can be imported again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.exports.documents import rounded
from mubiao.exports.workbook import book
from mubiao.exports.workbook import report_cells as cells
from mubiao.exports.workbook.actuals import actuals
from mubiao.exports.workbook.report_cells import (
    LINES,
    SIZE,
    Column,
    Look,
    Pen,
    Shown,
    figure,
    share,
)
from mubiao.i18n import Language, language
from mubiao.model import Assessment, Observation, Plan
from mubiao.problems import message
from mubiao.spreadsheet.columns import HEADERS
from mubiao.views.briefing import Briefing, Chapter, Seen, Subject
from mubiao.views.changes import Changes, groups
from mubiao.views.overview import Count
from mubiao.views.remarks import Note, Remarks, judged_so
from mubiao.wording.phrasebook import Phrasebook

_TARGETS = (
    Column(message("Target id"), 14, LINES),
    Column(message("Section"), 11, LINES),
    Column(message("Name"), 18, LINES),
    Column(message("Asked"), 14, LINES),
    Column(message("Target value"), 10, book.RIGHT),
    Column(message("Latest actual"), 12, book.RIGHT),
    Column(message("Unit"), 8, LINES),
    Column(message("Period"), 12, LINES),
    Column(message("Status"), 11),
    Column(message("Progress"), 11, book.RIGHT),
    Column(message("Scheduled"), 11, book.RIGHT),
    Column(message("In words"), 34, LINES),
    Column(message("The rest of the year"), 20, LINES),
    Column(message("Commentary"), 24, LINES),
    Column(message("Source"), 16, LINES),
    Column(message("Where it stands"), 18, LINES),
)
_CHANGES = (
    Column(message("What changed"), 18, LINES),
    Column(message("Target id"), 22, LINES),
    Column(message("Name"), 30, LINES),
    Column(message("Before"), 14),
    Column(message("After"), 14),
    Column(message("Cause"), 46, LINES),
    Column(message("In words"), 56, LINES),
)
# The summary: a wide column for names, one for totals, six for statuses.
_WIDTHS = (32, *(15,) * 7)
_LAST = book.letter(len(_WIDTHS) - 1)


def workbook(plan: Plan, seen: Seen, briefings: Iterable[Briefing]) -> bytes:
    """The workbook of what was seen; its sheets come once for each briefing, one a language."""
    made = Workbook()
    for empty in made.worksheets:
        made.remove(empty)
    for shown in briefings:
        words = language(shown.code)
        pen = Pen(words)
        _summary(made.create_sheet(words.t(message("Summary"))), shown, pen)
        _targets(made.create_sheet(words.t(message("Targets"))), plan, seen, shown, pen)
        _actuals(made.create_sheet(words.t(message("Actuals"))), plan, seen, shown, pen)
        if shown.changes is not None:
            _changes(made.create_sheet(words.t(message("Changes"))), shown, shown.changes, pen)
    return book.saved(made)


def _summary(sheet: Worksheet, shown: Briefing, pen: Pen) -> None:
    """The sentence, how many targets have each status, and the headline targets."""
    for position, width in enumerate(_WIDTHS):
        sheet.column_dimensions[book.letter(position)].width = width
    cells.page(sheet, shown.stamp, 1)
    title = " · ".join(filter(None, (shown.name, shown.overview.title)))
    across = Look(LINES)
    _across(sheet, 1, title, pen, replace(across, size=16, bold=True))
    _across(sheet, 2, shown.stamp, pen, replace(across, ink=book.MUTED))
    for row, note in enumerate(shown.notes, 3):
        _across(sheet, row, note, pen, replace(across, ink=book.MUTED))
    row = 3 + len(shown.notes)
    _across(sheet, row, shown.overview.summary, pen, replace(across, size=12))
    end = _counts(sheet, row + 2, shown, pen)
    _headline(sheet, end + 2, shown, pen)


def _across(sheet: Worksheet, row: int, told: str, pen: Pen, look: Look) -> None:
    """A text from one edge of the page to the other."""
    pen.put(book.cell(sheet, row, 0), told, look)
    _span(sheet, row, 0, told, look.size)


def _span(sheet: Worksheet, row: int, first: int, told: str, size: float) -> None:
    """Let a text run to the page's edge."""
    sheet.merge_cells(f"{book.letter(first)}{row}:{_LAST}{row}")
    sheet.row_dimensions[row].height = cells.height_of(told, sum(_WIDTHS[first:]), size)


def _counts(sheet: Worksheet, row: int, shown: Briefing, pen: Pen) -> int:
    """The counts of the whole and of each section, never one score; returns the last row."""
    total = Column(message("Targets"), 0, book.RIGHT)
    pen.header(sheet, row, (Column(message("Section"), 0), total))
    for position, entry in enumerate(shown.overview.counts, 2):
        pen.put(book.cell(sheet, row, position), entry.mark, Look(cells.HEAD_RIGHT))
    all_ = pen.words.t("All targets")
    _counted(sheet, row + 1, all_, shown.overview.counts, pen, bold=True)
    for number, chapter in enumerate(shown.chapters, row + 2):
        _counted(sheet, number, _named(chapter), chapter.counts, pen)
    return row + 1 + len(shown.chapters)


def _counted(  # noqa: PLR0913 - one row of the counts
    sheet: Worksheet, row: int, name: str, counts: Sequence[Count], pen: Pen, *, bold: bool = False
) -> None:
    look = Look(LINES, bold=bold, under=True)
    pen.put(book.cell(sheet, row, 0), name, look)
    numbers = [count.number for count in counts]
    for position, number in enumerate((sum(numbers), *numbers), 1):
        ink = look.ink if number else book.MUTED
        right = replace(look, align=book.RIGHT, ink=ink)
        pen.put(book.cell(sheet, row, position), number, right)


def _headline(sheet: Worksheet, row: int, shown: Briefing, pen: Pen) -> None:
    """The headline targets with their sentences."""
    heads = (
        Column(shown.overview.headline.name, 0),  # in the language already
        Column(message("Status"), 0),
        Column(message("Latest actual"), 0, book.RIGHT),
        *(Column(message("In words"), 0),) * (len(_WIDTHS) - 3),
    )
    pen.header(sheet, row, heads)
    sheet.merge_cells(f"D{row}:{_LAST}{row}")
    for at, subject in enumerate(shown.headline, row + 1):
        line = subject.row
        space = "" if shown.code == "zh" else " "
        value = space.join(filter(None, (line.value, line.unit)))
        parts: tuple[Shown, ...] = (line.name, line.mark, value, line.sentence)
        parts += ("",) * (len(_WIDTHS) - len(parts))
        for position, part in enumerate(parts):
            align = cells.RIGHT_LINES if position == 2 else LINES
            pen.put(book.cell(sheet, at, position), part, Look(align, under=True))
        _span(sheet, at, 3, line.sentence, SIZE)


def _targets(sheet: Worksheet, plan: Plan, seen: Seen, shown: Briefing, pen: Pen) -> None:
    """A row a target, in the plan's order."""
    judged = {assessment.target.id: assessment for assessment in seen.assessments}
    rows = [
        _target(plan, judged[subject.row.id], chapter, subject, pen.words)
        for chapter in shown.chapters
        for subject in chapter.subjects
    ]
    cells.page(sheet, shown.stamp, 1)
    pen.table(sheet, 1, _TARGETS, rows)
    sheet.freeze_panes = "D2"


def _target(
    plan: Plan, judged: Assessment, chapter: Chapter, subject: Subject, words: Language
) -> Sequence[Shown]:
    target, row = judged.target, subject.row
    unit = Phrasebook(plan, words).unit(target)
    return (
        *(row.id, _named(chapter), row.name, Phrasebook(plan, words).asks(target)),
        None if target.value is None else figure(target.value, unit, words),
        _value(plan, judged.observation, subject, words),
        words.pick(unit) if unit else "",
        " · ".join((row.period, *row.remarks)),
        row.mark,
        share(rounded(judged.progress)),
        share(rounded(judged.scheduled)),
        *(row.sentence, subject.rest, _said(subject.remarks, words)),
        *(subject.source, subject.promise),
    )


def _value(plan: Plan, counted: Observation | None, subject: Subject, words: Language) -> Shown:
    """The counting figure as a number, a milestone's stage as its word; nothing for no data."""
    if counted is None or not isinstance(counted.value, Decimal):
        return subject.row.value
    unit = Phrasebook(plan, words).unit(plan.by_id[counted.target])
    return figure(counted.value, unit, words, counted.qualifier)


def _said(remarks: Remarks, words: Language) -> str:
    """A person's own judgements in force and the commentary, a paragraph each."""
    return "\n".join(_paragraphs((*remarks.judgements, *remarks.commentary), words))


def _paragraphs(notes: Iterable[Note], words: Language) -> Iterator[str]:
    for note in notes:
        label = note.period if note.mark is None else judged_so(note.mark.status, words)
        yield f"{words.labelled(label, note.text)} ({note.by}, {note.written})"


def _actuals(sheet: Worksheet, plan: Plan, seen: Seen, shown: Briefing, pen: Pen) -> None:
    """The observations that stood, as the record's own export writes them."""
    columns, rows = actuals(plan, seen.standing, pen.words)
    heads = [Column(HEADERS[column], book.WIDTHS[column]) for column in columns]
    cells.page(sheet, shown.stamp, 1)
    pen.table(sheet, 1, heads, rows)
    sheet.freeze_panes = "C2"


def _changes(sheet: Worksheet, shown: Briefing, found: Changes, pen: Pen) -> None:
    """What changed since the earlier day: by the way each target turned, then figures alone."""
    rows: list[Sequence[Shown]] = [
        (name, row.id, row.name, row.before, row.after, row.cause, row.sentence)
        for name, some in groups(found, pen.words)
        for row in some
    ]
    for number, told in enumerate((shown.changes_title, found.summary), 1):
        pen.put(book.cell(sheet, number, 0), told, Look(bold=number == 1))
    cells.page(sheet, shown.stamp, 4)
    pen.table(sheet, 4, _CHANGES, rows)
    sheet.freeze_panes = "D5"


def _named(chapter: Chapter) -> str:
    return f"{chapter.id} {chapter.name}"
