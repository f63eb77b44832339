"""What a meeting looks at: the plan as it was seen on a day, whole, in one language.

Slides, deck, HTML file, workbook and site are made from it. Nothing here judges, and nothing draws.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from mubiao.i18n import Language, language
from mubiao.model import Assessment, Observation, Remark, by_target
from mubiao.views.changes import Changes, changes
from mubiao.views.charts.bullets import Bullet, bullet
from mubiao.views.charts.paths import Path, path
from mubiao.views.detail import place
from mubiao.views.numbers import PathRow, numbers
from mubiao.views.overview import (
    Count,
    Overview,
    SectionRows,
    TargetRow,
    count,
    overview,
    own_judgements,
    section_summary,
)
from mubiao.views.remarks import TargetRemarks, remarks_of
from mubiao.views.seen import Seen, notes, stamp
from mubiao.wording.glossary import Meaning, meanings
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.rules import kinds
from mubiao.wording.sentences import rest

# Longer names of meetings are no heads of columns.
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Subject:
    """One target as a meeting speaks of it.

    `rest` is what the rest of the year must bring, `source` who published the counting figure,
    each "" without one; `promise` is the printed phrase and its place in the report, `paragraph`
    counts in the section of `row`; `numbers` are the path's as a table.
    """

    row: TargetRow
    milestone: bool
    bullet: Bullet
    path: Path
    rest: str
    remarks: TargetRemarks
    promise: str
    source: str
    paragraph: int
    numbers: tuple[PathRow, ...]
    asks: str


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
    `headline` and `attention` (worst first) are subjects of `chapters` again; `changes` are those
    since an earlier look, None without one; `kinds` say how the
    status follows and `meanings` what the words mean; `notes` say what
    to know about a meeting opened again and the one before.
    """

    code: str
    zone: tzinfo
    title: str
    name: str
    stamp: str
    overview: Overview
    chapters: tuple[Chapter, ...]
    headline: tuple[Subject, ...]
    attention: tuple[Subject, ...]
    changes: Changes | None
    changes_title: str
    kinds: tuple[Meaning, ...]
    meanings: tuple[Meaning, ...]
    notes: tuple[str, ...] = ()

    @property
    def language(self) -> Language:
        """The language of every text."""
        return language(self.code, self.zone)

    @property
    def subjects(self) -> dict[str, Subject]:
        """Every target by id, in the plan's order."""
        return {s.row.id: s for chapter in self.chapters for s in chapter.subjects}


def briefing(phrasebook: Phrasebook, seen: Seen, earlier: Seen | None = None) -> Briefing:
    """The plan as it was seen, and what changed since an earlier look at it."""
    language, own = phrasebook.language, own_judgements(seen.remarks, seen.as_of)
    whole = overview(phrasebook, seen.assessments, seen.as_of, own)
    subjects = _subjects(phrasebook, seen, whole)
    changed = None
    if earlier is not None:
        sides = _sides(earlier, seen, language)
        changed = changes(phrasebook, earlier.assessments, seen.assessments, sides)
    return Briefing(
        code=language.code,
        zone=language.zone,
        title=whole.title,
        name=seen.name,
        stamp=stamp(seen, language),
        overview=whole,
        chapters=tuple(_chapter(seen, section, subjects, language) for section in whole.sections),
        headline=tuple(subjects[row.id] for row in whole.headline.rows),
        attention=tuple(subjects[row.id] for row in whole.attention),
        changes=changed,
        changes_title=since(earlier, language) if earlier else "",
        kinds=kinds(phrasebook),
        meanings=meanings(phrasebook),
        notes=notes(seen, language, earlier),
    )


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
    return f"“{seen.name}”" if named and seen.name else language.moment(seen.held_at)


def _subjects(phrasebook: Phrasebook, seen: Seen, whole: Overview) -> dict[str, Subject]:
    rows = {row.id: row for section in whole.sections for row in section.rows}
    standing, remarks = by_target(seen.standing), by_target(seen.remarks)
    return {
        id_: _subject(phrasebook, a, rows[id_], standing, remarks.get(id_, ()))
        for id_, a in ((a.target.id, a) for a in seen.assessments)
    }


def _subject(
    phrasebook: Phrasebook,
    assessment: Assessment,
    row: TargetRow,
    standing: Mapping[str, Sequence[Observation]],
    remarks: Iterable[Remark],
) -> Subject:
    target, observation = assessment.target, assessment.observation
    known, other = (standing.get(id_, ()) for id_ in (target.id, target.in_step_with or ""))
    course = path(phrasebook, assessment, known, other)
    cited = place(phrasebook, target.source)
    return Subject(
        row=row,
        milestone=target.is_milestone,
        bullet=bullet(phrasebook, assessment),
        path=course,
        rest="".join(rest(phrasebook, assessment)),
        remarks=remarks_of(phrasebook, assessment, remarks),
        promise=phrasebook.t("{place}, “{printed}”", place=cited, printed=target.source.printed),
        source=observation.source if observation is not None else "",
        paragraph=target.source.paragraph,
        asks=phrasebook.asks(target),
        numbers=numbers(phrasebook, target, course),
    )


def _chapter(
    seen: Seen, section: SectionRows, subjects: Mapping[str, Subject], language: Language
) -> Chapter:
    counts = count((a for a in seen.assessments if a.target.section == section.id), language)
    summary = section_summary(counts, language)
    listed = tuple(subjects[row.id] for row in section.rows)
    return Chapter(section.id, section.name, summary, counts, listed)
