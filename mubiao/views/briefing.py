"""What a meeting looks at, in one language: slides, deck, HTML file, workbook and site show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from mubiao.duty import Coverage, coverage
from mubiao.i18n import Language, language
from mubiao.model import (
    Agenda,
    Assessment,
    Code,
    Entry,
    Meeting,
    Plan,
    by_target,
)
from mubiao.store import Store
from mubiao.views.changes import Changes, changes
from mubiao.views.charts.courses import Course, course
from mubiao.views.charts.paths import Path, path
from mubiao.views.counts import Count, count, section_summary
from mubiao.views.detail import PathRow, numbers, revised
from mubiao.views.key_figures import KeyFigure, slide_figures
from mubiao.views.overview import Overview, SectionRows, TargetRow, overview, own_judgements
from mubiao.views.remarks import TargetRemarks, remarks_of
from mubiao.views.seen import Seen, look, look_back, meeting_before, notes, plan_at, stamp
from mubiao.views.unreported import CoverageTable, by_chapter, by_unit
from mubiao.views.years import PlanYear, Years, years
from mubiao.wording.glossary import Meaning, meanings
from mubiao.wording.outlooks import rest
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.places import cited
from mubiao.wording.rules import kinds

_NO_AGENDA = Agenda()


@dataclass(frozen=True, slots=True)
class Subject:
    """One target as a meeting speaks of it.

    `rest` is what the rest of the year must bring, `source` who published the counting figure,
    each "" without one; `promise` is the printed phrase and its place in the report, `paragraph`
    counts in the section of `row`; `course` is the year in a row, `numbers` are the path's
    as a table, `figures` those that a slide says in large type.
    """

    row: TargetRow
    milestone: bool
    course: Course
    path: Path
    rest: str
    remarks: TargetRemarks
    promise: str
    source: str
    paragraph: int
    numbers: tuple[PathRow, ...]
    asks: str
    figures: tuple[KeyFigure, ...]
    reported: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the report: its counts, how much of it is reported, and its targets in the plan's
    order.
    """

    id: str
    name: str
    summary: str
    counts: tuple[Count, ...]
    coverage: Coverage
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole, every text ready to print.

    `name` is the meeting's ("" for none), `stamp` the as-of day and when data last changed;
    `headline` and `attention` (worst first) are subjects of `chapters` again; `changes` are those
    since an earlier look, None without one; `unreported` is what nobody reported, `units` who owes
    it, None where the plan names none; `kinds` say how the status follows and `meanings` what the
    words mean; `notes` say what to know about a meeting opened again and the one before; `agenda`
    is the order of its slides; `years` are the plans of the place beside each other, None for a
    plan alone.
    """

    language: Language
    title: str
    name: str
    stamp: str
    overview: Overview
    chapters: tuple[Chapter, ...]
    headline: tuple[Subject, ...]
    attention: tuple[Subject, ...]
    changes: Changes | None
    changes_title: str
    unreported: CoverageTable
    units: CoverageTable | None
    kinds: tuple[Meaning, ...]
    meanings: tuple[Meaning, ...]
    notes: tuple[str, ...] = ()
    agenda: Agenda = _NO_AGENDA
    years: Years | None = None

    @property
    def subjects(self) -> dict[str, Subject]:
        """Every target by id, in the plan's order."""
        return {s.row.id: s for chapter in self.chapters for s in chapter.subjects}


def briefing(  # noqa: PLR0913, PLR0917 - what was seen, and all that is told beside it
    phrasebook: Phrasebook,
    seen: Seen,
    earlier: Seen | None = None,
    agenda: Agenda = _NO_AGENDA,
    history: Mapping[str, Sequence[Entry]] = MappingProxyType({}),
    beside: Sequence[PlanYear] = (),
) -> Briefing:
    """The plan as it was seen, and what changed since an earlier look at it; rows of `history`, by
    target, tell which figures replaced others, and `beside` are the place's plans of other years.
    """
    language, own = phrasebook.language, own_judgements(seen.remarks, seen.as_of)
    whole = overview(phrasebook, seen.assessments, seen.as_of, own)
    subjects = _subjects(phrasebook, seen, whole, history)

    def chapter(section: SectionRows) -> Chapter:
        judged = [a for a in seen.assessments if a.target.section == section.id]
        counts, listed = count(judged, language), tuple(subjects[row.id] for row in section.rows)
        summary = section_summary(counts, language)
        return Chapter(section.id, section.name, summary, counts, coverage(judged), listed)

    changed = None
    if earlier is not None:
        changed = changes(phrasebook, earlier.assessments, seen.assessments)
    return Briefing(
        language=language,
        title=whole.title,
        name=seen.name,
        stamp=stamp(seen, language),
        overview=whole,
        chapters=tuple(map(chapter, whole.sections)),
        headline=tuple(subjects[row.id] for row in whole.headline.rows),
        attention=tuple(subjects[row.id] for row in whole.attention),
        changes=changed,
        changes_title=since(earlier, language) if earlier else "",
        unreported=by_chapter(phrasebook, seen.assessments),
        units=by_unit(phrasebook, seen.assessments),
        kinds=kinds(phrasebook),
        meanings=meanings(phrasebook),
        notes=notes(seen, language, earlier),
        agenda=agenda,
        years=years(with_own(phrasebook, seen, beside), language) if beside else None,
    )


def briefings(  # noqa: PLR0913, PLR0917 - what is looked at, from when, in which languages
    store: Store,
    plan: Plan,
    codes: Iterable[Code],
    as_of: date,
    meeting: Meeting | None = None,
    earlier: Meeting | date | None = None,
    beside: Sequence[PlanYear] = (),
) -> tuple[Briefing, ...]:
    """The briefing of a day, or of a meeting (with its own day and plan), in each language of
    `codes`. Changes are told since `earlier`, or else since the meeting before; where there is
    none, nothing is told of them. A meeting's slides follow its agenda; `beside` are the place's
    plans of other years.
    """
    plan = plan_at(store, plan, meeting)
    later, before = look(store, plan, as_of, meeting), None
    if back := earlier or meeting_before(store, plan, as_of, meeting):
        before = look_back(store, plan, back, meeting)
    agenda = Agenda() if meeting is None else store.agenda(plan.id, meeting.id)
    replaced = [one.replaces for one in later.standing if one.replaces is not None]
    history = by_target([*later.standing, *store.entries(plan.id, replaced).values()])
    month = plan.span.first.month
    books = (Phrasebook(plan, language(code, plan.zone, month)) for code in codes)
    return tuple(briefing(book, later, before, agenda, history, beside) for book in books)


def with_own(phrasebook: Phrasebook, seen: Seen, beside: Sequence[PlanYear]) -> Sequence[PlanYear]:
    """The plan as it was seen among those of other years, by year."""
    own = PlanYear(phrasebook.plan, seen.assessments)
    return sorted([*beside, own], key=lambda one: one.plan.year)


def since(earlier: Seen, language: Language) -> str:
    """The title of what changed since an earlier look."""
    day = language.day(earlier.as_of)
    if earlier.name:
        return language.t("What changed since “{name}”, {day}", name=earlier.name, day=day)
    return language.t("What changed since {day}", day=day)


def _subjects(
    phrasebook: Phrasebook, seen: Seen, whole: Overview, history: Mapping[str, Sequence[Entry]]
) -> dict[str, Subject]:
    rows = {row.id: row for section in whole.sections for row in section.rows}
    standing, remarks = by_target(seen.standing), by_target(seen.remarks)

    def subject(assessment: Assessment) -> Subject:
        target, observation = assessment.target, assessment.observation
        known, other = (standing.get(id_, ()) for id_ in (target.id, target.counterpart or ""))
        former = revised(history.get(target.id, ()), seen.as_of)
        way = path(phrasebook, assessment, known, other, former)
        return Subject(
            row=rows[target.id],
            milestone=target.is_milestone,
            course=course(phrasebook, assessment, known),
            path=way,
            rest="".join(rest(phrasebook, assessment)),
            remarks=remarks_of(phrasebook, assessment, remarks.get(target.id, ())),
            promise=cited(phrasebook, target.source),
            source=observation.source if observation is not None else "",
            paragraph=target.source.paragraph,
            asks=phrasebook.asks(target),
            numbers=numbers(phrasebook, target, way),
            figures=slide_figures(phrasebook, assessment),
            reported=observation is not None,
        )

    return {judged.target.id: subject(judged) for judged in seen.assessments}
