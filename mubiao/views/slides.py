"""The slides of a meeting, exceptions first; the page that presents and the deck show the same.

The opening sentence, the headline targets, what needs attention (all of it in a list, then the
worst one by one), each chapter, what changed. A slide holds content, never a place or a size.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mubiao.model import Plan, Status
from mubiao.views.briefing import Briefing, Chapter, Subject
from mubiao.views.changes import ChangeRow, groups

# How the ids of the slides of single targets begin.
TARGET = "target-"
FOCUS_AT_MOST = 12
_PAGE = re.compile(r"-[0-9]+$", re.ASCII)
_WORST_FIRST = (
    Status.MISSED,
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.ACHIEVED,
    Status.ON_TRACK,
    Status.NO_DATA,
)


class SlideKind(StrEnum):
    """What a slide is about."""

    OPENING = "opening"
    HEADLINE = "headline"
    ATTENTION = "attention"
    FOCUS = "focus"
    CHAPTER = "chapter"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide; `id` stands in the address and stays while the data changes.

    `lead` is its one sentence; `subjects` the targets it shows; `more` says in words what it
    leaves out, "" for nothing; `changes` are pairs of a group's name and
    a row, of a slide about changes.
    """

    id: str
    kind: SlideKind
    title: str
    lead: str = ""
    subjects: tuple[Subject, ...] = ()
    more: str = ""
    changes: tuple[tuple[str, ChangeRow], ...] = ()


def slides(briefing: Briefing, rows: int, *, whole: bool = False) -> tuple[Slide, ...]:
    """The slides in order, at most `rows` targets on one.

    `whole` gives every target of a chapter a place, on as many slides as that takes; otherwise a
    chapter has one slide, worst first, that says what it leaves out.
    """
    return tuple(_slides(briefing, rows, whole=whole))


def may_be_slide(plan: Plan, slide_id: str) -> bool:
    """Whether a slide of the plan can have this id on some day; today there may be none."""
    if slide_id.startswith(TARGET):
        return slide_id.removeprefix(TARGET) in plan.by_id
    return stem(slide_id) in {"opening", "headline", "attention", "changes", *plan.section_names}


def stem(slide_id: str) -> str:
    """The id of a list's first slide, by that of any of them."""
    return _PAGE.sub("", slide_id)


def focus(briefing: Briefing, target: str) -> Slide | None:
    """The slide of any one target, on demand; None for one that is not in the plan."""
    subject = briefing.subjects.get(target)
    return None if subject is None else _focus(subject)


def _slides(briefing: Briefing, rows: int, *, whole: bool) -> Iterator[Slide]:
    t = briefing.language.t
    overview = briefing.overview
    yield Slide("opening", SlideKind.OPENING, briefing.name or overview.title, overview.summary)
    name, headline, attention = overview.headline.name, briefing.headline, briefing.attention
    yield from _pages(Slide("headline", SlideKind.HEADLINE, name, subjects=headline), rows)
    if attention:
        title = t("Needs attention")
        lead = t("{n} of {total} targets", n=len(attention), total=len(briefing.subjects))
        slide = Slide("attention", SlideKind.ATTENTION, title, lead, attention)
        yield from _pages(slide, rows)
        yield from (_focus(subject) for subject in attention[:FOCUS_AT_MOST])
    for chapter in briefing.chapters:
        if chapter.subjects != headline:
            yield from _chapter(briefing, chapter, rows, whole=whole)
    if briefing.changes is not None:
        groups_of_rows = groups(briefing.changes, briefing.language)
        pairs = tuple((name, row) for name, group in groups_of_rows for row in group)
        title, lead = briefing.changes_title, briefing.changes.summary
        yield from _pages(Slide("changes", SlideKind.CHANGES, title, lead, changes=pairs), rows)


def _focus(subject: Subject) -> Slide:
    row = subject.row
    return Slide(f"{TARGET}{row.id}", SlideKind.FOCUS, row.name, row.sentence, (subject,))


def _pages(slide: Slide, rows: int) -> Iterator[Slide]:
    """A slide with its first `rows` subjects or changes, and further ones with the others."""
    listed = max(len(slide.subjects), len(slide.changes), 1)
    for number, start in enumerate(range(0, listed, rows), 1):
        id_ = slide.id if number == 1 else f"{slide.id}-{number}"
        end = start + rows
        subjects, changes = slide.subjects[start:end], slide.changes[start:end]
        yield replace(slide, id=id_, subjects=subjects, changes=changes)


def _chapter(briefing: Briefing, chapter: Chapter, rows: int, *, whole: bool) -> Iterator[Slide]:
    title = f"{chapter.id} {chapter.name}"
    worst_first = sorted(chapter.subjects, key=lambda s: _WORST_FIRST.index(s.row.mark.status))
    subjects = tuple(worst_first)
    slide = Slide(chapter.id, SlideKind.CHAPTER, title, chapter.summary, subjects)
    if whole:
        yield from _pages(slide, rows)
    else:
        more = _left_out(briefing, subjects[rows:])
        yield replace(slide, subjects=subjects[:rows], more=more)


def _left_out(briefing: Briefing, subjects: Sequence[Subject]) -> str:
    """What a slide leaves out, by status: "Not shown: 20 on track, 14 without data"."""
    if not subjects:
        return ""
    language = briefing.language
    marks = [subject.row.mark for subject in subjects]
    counts = (f"{mark.text} {n}" for mark, n in Counter(marks).items())
    return language.t("Not on this slide: {counts}", counts=language.phrases(counts))
