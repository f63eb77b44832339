"""What nobody has reported: by part of the report, and by unit where the plan says who answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mubiao.duty import Coverage, coverage
from mubiao.i18n import Language
from mubiao.model import Assessment, Plan
from mubiao.problems import message
from mubiao.views.owed import OFFICE, by_owner

# More units than these have no room beside the parts; the others are one row.
OWNERS_AT_MOST = 9


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How many targets of a part of the report, or of a unit, are reported, owed or not yet due."""

    id: str
    name: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Unreported:
    """The whole plan's coverage, with its message; `owners` are empty where none is assigned."""

    title: str
    lead: str
    whole: Coverage
    sections: tuple[CoverageRow, ...]
    owners: tuple[CoverageRow, ...]


def unreported(plan: Plan, assessments: Sequence[Assessment], language: Language) -> Unreported:
    """What is not reported as of the assessments' day, the units that owe most first."""
    whole = coverage(assessments)
    sections = tuple(
        CoverageRow(section.id, language.pick(section.name), coverage(of_section))
        for section in plan.sections
        if (of_section := [a for a in assessments if a.target.section == section.id])
    )
    owners = tuple(_owners(plan, assessments, language))
    title, lead = _title(whole, sections, language), _lead(whole, owners, language)
    return Unreported(title, lead, whole, sections, owners)


def _owners(
    plan: Plan, assessments: Iterable[Assessment], language: Language
) -> Iterator[CoverageRow]:
    if not plan.owners:
        return
    names = {owner.id: language.pick(owner.short or owner.name) for owner in plan.owners}
    names[OFFICE] = language.t("The plan's office")
    rows = [
        CoverageRow(id_, names[id_], coverage(of_owner))
        for id_, of_owner in by_owner(plan, assessments).items()
    ]
    rows.sort(key=lambda row: -row.coverage.owed)
    yield from rows[:OWNERS_AT_MOST]
    others = [row.coverage for row in rows[OWNERS_AT_MOST:]]
    if others:
        reported, owed, later = (sum(c) for c in zip(*map(_numbers, others), strict=True))
        name = language.t("{n} more units", n=len(others))
        yield CoverageRow("", name, Coverage(reported, owed, later))


def _numbers(one: Coverage) -> tuple[int, int, int]:
    return one.reported, one.owed, one.not_due


def _title(whole: Coverage, sections: Sequence[CoverageRow], language: Language) -> str:
    """The message: how many owe a report, and which two parts most of these."""
    t = language.t
    if not whole.owed:
        return t("No report is owed: {n} of {total} reported", n=whole.reported, total=whole.total)
    form = message("{n} of {total} are due but unreported")
    if whole.owed == 1:
        form = message("{n} of {total} is due but unreported")
    text = t(form, n=whole.owed, total=whole.total)
    owing = sorted((row for row in sections if row.coverage.owed), key=lambda r: -r.coverage.owed)
    if len(owing) < len(sections[:3]):
        return text
    most = owing[:2]
    names, n = language.listed(row.name for row in most), sum(r.coverage.owed for r in most)
    return t("{text}, {n} of them in: {names}", text=text, n=n, names=names)


def _lead(whole: Coverage, owners: Sequence[CoverageRow], language: Language) -> str:
    first, second = [*(row.coverage.owed for row in owners[:2]), 0, 0][:2]
    most = ""
    if first > second:
        most = language.t("{unit} owes most, {n}. ", unit=owners[0].name, n=first)
    return most + language.t(
        "{reported} are reported, {later} are not due yet. What is not reported may well be done: "
        "it cannot be judged.",
        reported=whole.reported,
        later=whole.not_due,
    )
