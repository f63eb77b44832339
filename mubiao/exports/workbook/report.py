"""The report as an Excel workbook: in each language a summary, the targets, the actuals, changes.

Every text comes from the briefing. The numbers are real ones, from the judgement itself, in forms
that show the digits that were recorded. The sheet of actuals can be imported again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mubiao.duty import overdue_days
from mubiao.exports.data.documents import rounded
from mubiao.exports.data.listing import Column, actuals
from mubiao.exports.workbook.book import (
    Book,
    CellValue,
    FormattedNumber,
    Look,
    SheetWriter,
    digits_of,
    lines_of,
)
from mubiao.exports.workbook.tables import write_owed
from mubiao.i18n import Language
from mubiao.model import Assessment, Flag, Plan, Qualifier, Status, Unit
from mubiao.problems import message
from mubiao.theme import LIGHT
from mubiao.views.briefing import Briefing, Chapter, Subject
from mubiao.views.changes import Changes, groups
from mubiao.views.counts import mark
from mubiao.views.detail import supporting
from mubiao.views.overview import judged_so
from mubiao.views.remarks import Note, TargetRemarks
from mubiao.views.seen import Seen
from mubiao.wording.phrasebook import Phrasebook, inline, qualified
from mubiao.wording.words import FLAG

_TARGETS = (
    Column(message("Target id"), 14, wrap=True),
    Column(message("Section"), 11, wrap=True),
    Column(message("Name"), 18, wrap=True),
    Column(message("Asked"), 14, wrap=True),
    Column(message("Target value"), 10, right=True),
    Column(message("Latest actual"), 12, right=True),
    Column(message("Unit"), 8, wrap=True),
    Column(message("Period"), 12, wrap=True),
    Column(message("Status"), 11),
    Column(message("Late"), 9, wrap=True),
    Column(message("Days overdue"), 9, right=True),
    Column(message("Progress"), 11, right=True),
    Column(message("Scheduled"), 11, right=True),
    Column(message("In words"), 34, wrap=True),
    Column(message("The rest of the year"), 20, wrap=True),
    Column(message("Commentary"), 24, wrap=True),
    Column(message("Source"), 16, wrap=True),
    Column(message("Where it stands"), 18, wrap=True),
)
# Stands where a target was changed: its status by what was promised first.
_AS_PROMISED = Column(message("As first promised"), 14)
_UNITS = (
    Column(message("Lead unit"), 16, wrap=True),
    Column(message("Supporting units"), 20, wrap=True),
)
_CHANGES = (
    Column(message("What changed"), 18, wrap=True),
    Column(message("Target id"), 22, wrap=True),
    Column(message("Name"), 30, wrap=True),
    Column(message("Before"), 14),
    Column(message("After"), 14),
    Column(message("Cause"), 46, wrap=True),
    Column(message("In words"), 56, wrap=True),
)
# The summary: a wide column for names, one for totals, six for statuses, and what is told of them:
# of the achieved how many are late, of those not reported how many owe a report, or owe none yet.
_WIDTHS = (32, *(13,) * 10)
_TOLD_APART = (message("achieved late"), message("never reported, overdue"), message("not due yet"))
_LAST = len(_WIDTHS) - 1
_LINES = Look(wrap=True)
_TITLE = replace(_LINES, size=16, bold=True)


def workbook(plan: Plan, seen: Seen, briefings: Iterable[Briefing]) -> bytes:
    """The workbook of what was seen; its sheets come once for each briefing, one a language."""
    book = Book()
    for briefing in briefings:
        _Edition(Phrasebook(plan, briefing.language), seen, briefing, book).write()
    return book.file()


@dataclass(frozen=True, slots=True)
class _Edition:
    """The sheets in one language."""

    phrasebook: Phrasebook
    seen: Seen
    briefing: Briefing
    book: Book

    def write(self) -> None:
        self._summary(self._sheet(message("Summary")))
        self._targets(self._sheet(message("Targets")))
        self._actuals(self._sheet(message("Actuals")))
        if self.briefing.changes is not None:
            self._changes(self._sheet(message("Changes"), header_row=3), self.briefing.changes)
        owed = self._sheet(message("Owed"))
        write_owed(owed, self.phrasebook, self.seen.assessments)

    def _sheet(self, title: str, header_row: int = 0) -> SheetWriter:
        sheet = self.book.sheet(self.phrasebook.t(title), self.phrasebook.language)
        sheet.print_across(header_row, self.briefing.stamp)
        return sheet

    def _summary(self, sheet: SheetWriter) -> None:
        """The sentence, how many targets have each status, and the headline targets."""
        sheet.set_widths(_WIDTHS)
        briefing, quiet = self.briefing, replace(_LINES, ink=LIGHT.muted)
        texts = [
            (inline(briefing.name, briefing.overview.title), _TITLE),
            *((text, quiet) for text in (briefing.stamp, *briefing.notes)),
            (briefing.overview.summary, replace(_LINES, size=12)),
        ]
        for row, (text, look) in enumerate(texts):
            sheet.put_across(row, (0, _LAST), text, look)
            sheet.set_height(row, lines_of(text, sum(_WIDTHS), look.size), look.size)
        self._headline(sheet, self._counts(sheet, len(texts) + 1) + 1)

    def _counts(self, sheet: SheetWriter, row: int) -> int:
        """The counts of the whole and of each section, never one score; returns the next row."""
        total = Column(message("Targets"), 0, right=True)
        counts, chapters = self.briefing.overview.counts, self.briefing.chapters
        sheet.header(row, (Column(message("Section"), 0), total))
        for at, entry in enumerate(counts, 2):
            sheet.put(row, at, entry.mark, Look(right=True, wrap=True, middle=True))
        for at, msgid in enumerate(_TOLD_APART, 2 + len(counts)):
            sheet.put(row, at, sheet.language.t(msgid), Look(right=True, wrap=True, middle=True))
        lists = [(_named(chapter), chapter.counts) for chapter in chapters]
        for at, (name, own) in enumerate([(sheet.language.t("All targets"), counts), *lists]):
            look = Look(bold=not at, under=True)
            sheet.put(row + at + 1, 0, name, replace(look, wrap=True))
            numbers = [count.number for count in own]
            by_status = {count.mark.status: count for count in own}
            late, silent = by_status[Status.ACHIEVED].part, by_status[Status.NO_DATA]
            apart = (late, silent.owed, silent.later)
            for column, number in enumerate((sum(numbers), *numbers, *apart), 1):
                ink = look.ink if number else LIGHT.muted
                sheet.put(row + at + 1, column, number, replace(look, right=True, ink=ink))
        return row + 2 + len(chapters)

    def _headline(self, sheet: SheetWriter, row: int) -> None:
        heads = (
            Column(self.briefing.overview.headline.name, 0),  # in the language already
            Column(message("Status"), 0),
            Column(message("Latest actual"), 0, right=True),
            Column(message("In words"), 0),
        )
        sheet.header(row, heads, _LAST)
        space = "" if self.briefing.language.code == "zh" else " "
        look = Look(wrap=True, under=True)
        for at, line in enumerate((subject.row for subject in self.briefing.headline), row + 1):
            sheet.put(at, 0, line.name, look)
            sheet.put(at, 1, line.mark, look)
            value = space.join(filter(None, (line.value, line.unit)))
            sheet.put(at, 2, value, replace(look, right=True))
            sheet.put_across(at, (3, _LAST), line.sentence, look)
            sheet.set_height(at, lines_of(line.sentence, sum(_WIDTHS[3:])))

    def _targets(self, sheet: SheetWriter) -> None:
        judged = {assessment.target.id: assessment for assessment in self.seen.assessments}
        rows = (
            self._target(judged[subject.row.id], chapter, subject)
            for chapter in self.briefing.chapters
            for subject in chapter.subjects
        )
        changed = any(a.as_promised is not None for a in self.seen.assessments)
        units = _UNITS if self.phrasebook.plan.owners else ()
        columns = (*_TARGETS, *units, *((_AS_PROMISED,) if changed else ()))
        sheet.table(0, columns, [row[: len(columns)] for row in rows], under=True)
        sheet.raw.freeze_panes(1, 3)

    def _target(
        self, judged: Assessment, chapter: Chapter, subject: Subject
    ) -> Sequence[CellValue]:
        target, row, phrasebook = judged.target, subject.row, self.phrasebook
        unit, language, first = phrasebook.unit(target), phrasebook.language, judged.as_promised
        # A milestone's stage is a word, and no data is "".
        actual: CellValue = row.value
        if (o := judged.observation) is not None and isinstance(o.value, Decimal):
            actual = figure(o.value, unit, language, o.qualifier)
        return (
            *(row.id, _named(chapter), row.name, phrasebook.asks(target)),
            None if target.value is None else figure(target.value, unit, language),
            actual,
            *(phrasebook.unit_name(target), row.known, row.mark),
            phrasebook.t(FLAG[Flag.LATE]) if Flag.LATE in judged.flags else "",
            overdue_days(phrasebook.plan, judged) or None,
            *(share(rounded(judged.progress)), share(rounded(judged.scheduled))),
            *(row.sentence, subject.rest, _remarks(subject.remarks, language)),
            *(subject.source, subject.promise),
            *((row.owner, supporting(phrasebook, target)) if phrasebook.plan.owners else ()),
            "" if first is None else mark(first.status, language).text,
        )

    def _actuals(self, sheet: SheetWriter) -> None:
        """The observations that stood, as the record's own export writes them."""
        listing = actuals(self.phrasebook, self.seen.standing)
        columns = [replace(column, locked=False, refusal="") for column in listing.columns.values()]
        sheet.table(0, columns, listing.rows, under=True)
        sheet.raw.freeze_panes(1, listing.still)

    def _changes(self, sheet: SheetWriter, changes: Changes) -> None:
        """What changed since the earlier day: by the way each target turned, then figures alone."""
        sheet.put(0, 0, self.briefing.changes_title, Look(bold=True))
        sheet.put(1, 0, changes.summary)
        rows = (
            (name, row.id, row.name, row.before, row.after, row.cause, row.sentence)
            for name, some in groups(changes, self.phrasebook.language)
            for row in some
        )
        sheet.table(3, _CHANGES, rows, under=True)
        sheet.raw.freeze_panes(4, 3)


def figure(
    value: Decimal, unit: Unit | None, language: Language, qualifier: Qualifier = Qualifier.EXACT
) -> FormattedNumber:
    """A value as its target's sentence says it: "roughly −24%", with all the digits it has."""
    # A value of 3.5 stands for 3.5%: Excel's own percent sign would show 350%.
    per_cent = _quoted("%") if unit is not None and unit.en == "%" else ""
    before, _, after = qualified("\0", qualifier, language).partition("\0")
    digits = digits_of(value)
    forms = (
        f"{_quoted(before)}{sign}{digits}{per_cent}{_quoted(after)}" for sign in ("", _quoted("−"))
    )
    return FormattedNumber(value, ";".join(forms))


def share(value: Decimal | None) -> FormattedNumber | None:
    """A share of one as per cent."""
    return None if value is None else FormattedNumber(value, '0.0%;"−"0.0%')


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


def _remarks(remarks: TargetRemarks, language: Language) -> str:
    """A person's own judgements in force and the commentary, a paragraph each."""

    def paragraph(note: Note) -> str:
        label = note.period if note.mark is None else judged_so(note.mark.status, language)
        return f"{language.labelled(label, note.text)} ({note.by}, {note.written})"

    return "\n".join(map(paragraph, (*remarks.judgements, *remarks.commentary)))


def _named(chapter: Chapter) -> str:
    return f"{chapter.id} {chapter.name}"
