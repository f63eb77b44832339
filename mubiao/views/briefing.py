"""What a meeting looks at: the plan as it was seen on a day, whole, in one language.

The presented slides, the deck, the HTML file, the workbook and the published site are all made
from this, so that no two of them can say different things. Nothing here judges, and nothing draws.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from mubiao.i18n import Language
from mubiao.model import Assessment, Observation, Plan, Remark
from mubiao.problems import message
from mubiao.views.changes import Changes, changes
from mubiao.views.charts import Bullet, Path, bullet, path
from mubiao.views.detail import place, series_names
from mubiao.views.numbers import Number, numbers
from mubiao.views.overview import Count, Overview, Row, count, overview, worst_first
from mubiao.views.remarks import Remarks, own_judgements, remarks_of, with_judgement
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.rules import Table, tables
from mubiao.wording.sentences import rest

PLAN_CHANGED = message("The plan has changed since this meeting: it is judged by today's.")
_CHANGED_BETWEEN = message("The meeting before had another plan: both are judged by this one.")
# Longer names of meetings are no heads of columns.
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Seen:
    """What a room could know: the plan judged on a day by the rows that were recorded then.

    `standing` are all observations that stood on the day, `remarks` those that did; `changed_at`
    is when something was recorded last, None for never; `name` is the meeting's, "" for none.
    `held_at` is when the meeting was held, None for the record as it is; `plan_changed` whether
    its room saw another plan than the one that this is judged by.
    """

    as_of: date
    assessments: tuple[Assessment, ...]
    standing: tuple[Observation, ...]
    remarks: tuple[Remark, ...]
    changed_at: datetime | None = None
    name: str = ""
    held_at: datetime | None = None
    plan_changed: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """One target as a meeting speaks of it.

    `rest` is what the rest of the year must bring, "" where METHOD gives no figure; `promise`
    where the report says it, with the printed phrase; `source` who published the counting
    figure, "" without one. `paragraph` is the report's, in the section of `row`; `numbers` are
    the path's as a table; `asked` is what the target asks, as `row` has it after a word.
    """

    row: Row
    milestone: bool
    bullet: Bullet
    path: Path
    names: Mapping[str, str]
    rest: str
    remarks: Remarks
    promise: str
    source: str
    paragraph: int
    numbers: tuple[Number, ...]
    asked: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the report: its counts, and its targets in the plan's order."""

    id: str
    name: str
    summary: str
    counts: tuple[Count, ...]
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole, every text ready to print.

    `name` is the meeting's ("" for none), `stamp` the as-of day and when data last changed;
    `headline` and `attention` are subjects of `chapters` again, the second worst first; `changes`
    is what changed since the earlier day or meeting, None where none is given; `method` are the
    rules of judgement as tables; `notes` are what to know about a meeting opened again and the
    one before, a sentence each, to be printed beneath the stamp.
    """

    code: str
    title: str
    name: str
    stamp: str
    overview: Overview
    chapters: tuple[Chapter, ...]
    headline: tuple[Subject, ...]
    attention: tuple[Subject, ...]
    changes: Changes | None
    changes_title: str
    method: tuple[Table, ...]
    notes: tuple[str, ...] = ()

    @property
    def subjects(self) -> dict[str, Subject]:
        """Every target by id, in the plan's order."""
        return {s.row.id: s for chapter in self.chapters for s in chapter.subjects}


def briefing(plan: Plan, seen: Seen, language: Language, earlier: Seen | None = None) -> Briefing:
    """The plan as it was seen, and what changed since an earlier look at it."""
    shown = overview(plan, seen.assessments, seen.as_of, language)
    subjects = _subjects(plan, seen, shown, language)
    return Briefing(
        code=language.code,
        title=shown.title,
        name=seen.name,
        stamp=stamp(seen, language),
        overview=shown,
        chapters=_chapters(plan, seen, subjects, language),
        headline=tuple(subjects[row.id] for row in shown.headline.rows),
        attention=tuple(subjects[a.target.id] for a in worst_first(plan, seen.assessments)),
        changes=(
            None
            if earlier is None
            else changes(
                plan,
                earlier.assessments,
                seen.assessments,
                language,
                _sides(earlier, seen, language),
            )
        ),
        changes_title="" if earlier is None else since(earlier, language),
        method=tables(Phrasebook(plan, language)),
        notes=notes(seen, language, earlier),
    )


def stamp(seen: Seen, language: Language) -> str:
    """The as-of day and when data last changed: "As of 31 July 2020 · data of 3 August, 09:12"."""
    day = language.t("As of {day}", day=language.day(seen.as_of))
    if seen.changed_at is None:
        return day
    changed = language.t("data last changed {moment}", moment=moment(seen.changed_at, language))
    return f"{day} · {changed}"


def moment(at: datetime, language: Language) -> str:
    """A moment, in UTC: "3 August 2020 09:12 UTC"."""
    at = at.astimezone(UTC)
    return f"{language.day(at.date())} {at:%H:%M} UTC"


def notes(seen: Seen, language: Language, earlier: Seen | None = None) -> tuple[str, ...]:
    """What a reopened meeting leaves out, and where it or the `earlier` look, since which changes
    are told, is judged by another plan than its room saw; usually none for a day.
    """
    told = []
    if seen.held_at is not None:
        at = moment(seen.held_at, language)
        told = [language.t("As seen on {moment}: what was recorded later is not shown.", moment=at)]
    if seen.plan_changed:
        told.append(language.t(PLAN_CHANGED))
    elif earlier is not None and earlier.plan_changed:
        told.append(language.t(_CHANGED_BETWEEN))
    return tuple(told)


def since(earlier: Seen, language: Language) -> str:
    """The title of what changed since an earlier look."""
    day = language.day(earlier.as_of)
    if earlier.name:
        return language.t("What changed since “{name}”, {day}", name=earlier.name, day=day)
    return language.t("What changed since {day}", day=day)


def _sides(earlier: Seen, later: Seen, language: Language) -> tuple[str, str] | None:
    """What to call two looks at one day, by their meetings or moments; None where days tell."""
    if earlier.as_of != later.as_of:
        return None
    named = max(len(earlier.name), len(later.name)) <= _SHORT
    return _side(earlier, language, named=named), _side(later, language, named=named)


def _side(seen: Seen, language: Language, *, named: bool) -> str:
    """A meeting by its name or by when it was held."""
    if seen.held_at is None:
        return language.t("the latest record")
    return f"“{seen.name}”" if named and seen.name else moment(seen.held_at, language)


def _subjects(plan: Plan, seen: Seen, shown: Overview, language: Language) -> dict[str, Subject]:
    rows = {row.id: row for section in shown.sections for row in section.rows}
    known = _by_target(seen.standing)
    said: dict[str, list[Remark]] = {}
    for remark in seen.remarks:
        said.setdefault(remark.target, []).append(remark)
    own = own_judgements(seen.remarks, seen.as_of)
    return {
        a.target.id: _subject(
            plan,
            a,
            with_judgement(rows[a.target.id], own.get(a.target.id), language),
            known.get(a.target.id, ()),
            said.get(a.target.id, ()),
            language,
        )
        for a in seen.assessments
    }


def _by_target(standing: Iterable[Observation]) -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = {}
    for observation in standing:
        found.setdefault(observation.target, []).append(observation)
    return found


def _subject(  # noqa: PLR0913, PLR0917 - one target and all that is known of it
    plan: Plan,
    assessment: Assessment,
    row: Row,
    known: Iterable[Observation],
    said: Iterable[Remark],
    language: Language,
) -> Subject:
    target, seen = assessment.target, assessment.observation
    shown, names = path(plan, assessment, known, language), series_names(assessment, language)
    return Subject(
        row=row,
        milestone=target.is_milestone,
        bullet=bullet(plan, assessment, language),
        path=shown,
        names=names,
        rest="".join(rest(Phrasebook(plan, language), assessment)),
        remarks=remarks_of(plan, assessment, said, language),
        promise=language.t(
            "{place}, “{printed}”",
            place=place(plan, target.source, language),
            printed=target.source.printed,
        ),
        source=seen.source if seen is not None else "",
        paragraph=target.source.paragraph,
        asked=Phrasebook(plan, language).asks(target),
        numbers=numbers(plan, target, shown, names, language),
    )


def _chapters(
    plan: Plan, seen: Seen, subjects: Mapping[str, Subject], language: Language
) -> tuple[Chapter, ...]:
    from_plan: dict[str, list[Assessment]] = {section.id: [] for section in plan.sections}
    for assessment in seen.assessments:
        from_plan[assessment.target.section].append(assessment)
    return tuple(
        _chapter(id_, language.pick(plan.section_names[id_]), of_section, subjects, language)
        for id_, of_section in from_plan.items()
        if of_section
    )


def _chapter(
    id_: str,
    name: str,
    assessments: Sequence[Assessment],
    subjects: Mapping[str, Subject],
    language: Language,
) -> Chapter:
    counts = count(assessments, language)
    summary = counted(counts, language)
    return Chapter(id_, name, summary, counts, tuple(subjects[a.target.id] for a in assessments))


def counted(counts: Sequence[Count], language: Language) -> str:
    """The sentence of a chapter: "Of 9 targets, 4 achieved, 5 missed."."""
    told = [entry.text for entry in counts if entry.number]
    comma = "，" if language.code == "zh" else ", "
    total = sum(entry.number for entry in counts)
    return language.t("Of {total} targets, {counts}.", total=total, counts=comma.join(told))
