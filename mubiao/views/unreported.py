"""What nobody has reported: by part of the report, and by unit where the plan says who answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mubiao.duty import Coverage, coverage
from mubiao.i18n import Language
from mubiao.model import Assessment
from mubiao.problems import message
from mubiao.views.owed import Owed, Tally, owed
from mubiao.wording.phrasebook import Phrasebook

# More rows of units have no room on a slide; the last is then that of all others.
_ROWS = 10


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How many targets of a part of the report are reported, owed or not yet due; of a unit, how
    many have filed all, have something overdue, and neither.
    """

    id: str
    name: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """Rows under a message, with their heads: what a row is, what the three parts of its bar are,
    and the number that is owed; `whole` is their sum.
    """

    title: str
    lead: str
    part: str
    parts: tuple[str, str, str]
    owed: str
    rows: tuple[CoverageRow, ...]
    whole: Coverage


def by_chapter(phrasebook: Phrasebook, assessments: Sequence[Assessment]) -> CoverageTable:
    """The parts of the report: what is reported, never reported though overdue, not due yet."""
    language, t, whole = phrasebook.language, phrasebook.t, coverage(assessments)
    rows = tuple(
        CoverageRow(section.id, language.pick(section.name), coverage(of_section))
        for section in phrasebook.plan.sections
        if (of_section := [a for a in assessments if a.target.section == section.id])
    )
    reported = language.ngettext("{n} is reported", "{n} are reported", whole.reported)
    later = language.ngettext("{n} is not due yet", "{n} are not due yet", whole.not_due)
    form = message("{text}. What is not reported may well be done: it cannot be judged.")
    texts = _title(whole, rows, language), t(form, text=language.phrases((reported, later)))
    parts = (t("reported"), t("never reported, overdue"), t("not due yet"))
    return CoverageTable(*texts, t("Chapter"), parts, t("Never reported, overdue"), rows, whole)


def by_unit(phrasebook: Phrasebook, assessments: Sequence[Assessment]) -> CoverageTable | None:
    """The units that owe most first: what is filed, overdue (which counts also what lacks only the
    newest report), and not due yet; None where the plan names none.
    """
    if not phrasebook.plan.owners:
        return None
    t, view = phrasebook.t, owed(phrasebook, assessments, "owner")
    parts = (t("filed"), t("overdue"), t("not due yet"))
    rows, whole = tuple(_owners(phrasebook, view)), _coverage(view.whole)
    return CoverageTable(view.title, view.rest, t("Unit"), parts, t("Overdue"), rows, whole)


def _owners(phrasebook: Phrasebook, view: Owed) -> Iterator[CoverageRow]:
    """The units with what they have filed, what is overdue, and all else; most overdue first."""
    pick = phrasebook.language.pick
    names = {owner.id: pick(owner.short or owner.name) for owner in phrasebook.plan.owners}
    rows = [
        CoverageRow(one.id, names.get(one.id, one.name), _coverage(one.tally))
        for one in (*view.debtors, *view.settled)
    ]
    rows.sort(key=lambda row: -row.coverage.owed)
    listed = len(rows) if len(rows) == _ROWS else _ROWS - 1  # one other unit is named itself
    yield from rows[:listed]
    if others := [row.coverage for row in rows[listed:]]:
        numbers = zip(*((c.reported, c.owed, c.not_due) for c in others), strict=True)
        name = phrasebook.t("{n} more units", n=len(others))
        yield CoverageRow("", name, Coverage(*map(sum, numbers)))


def _coverage(tally: Tally) -> Coverage:
    return Coverage(tally.filed, tally.overdue, tally.coming + tally.later)


def _title(whole: Coverage, sections: Sequence[CoverageRow], language: Language) -> str:
    """The message: how many owe a report, and which two parts most of these."""
    t = language.t
    if not whole.owed:
        form = message("No overdue target is without any report: {n} of {total} reported")
        return t(form, n=whole.reported, total=whole.total)
    text = language.ngettext(
        "{n} of {total} was never reported and is overdue",
        "{n} of {total} were never reported and are overdue",
        whole.owed,
        total=whole.total,
    )
    owing = sorted((row for row in sections if row.coverage.owed), key=lambda r: -r.coverage.owed)
    if len(owing) < len(sections[:3]):
        return text
    most = owing[:2]
    names, n = language.listed(row.name for row in most), sum(r.coverage.owed for r in most)
    return t("{text}, {n} of them in: {names}", text=text, n=n, names=names)
