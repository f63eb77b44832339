"""The slides of a meeting, exceptions first; the page that presents and the deck show the same.

The opening sentence, the headline targets, what needs attention (all of it in a list, then the
worst one by one), each chapter, what changed. A slide holds content, never a place or a size.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mubiao.model import Status
from mubiao.views.briefing import Briefing, Chapter, Subject
from mubiao.views.changes import ChangeRow, groups

FOCUS_AT_MOST = 12
_BEST_LAST = (
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


def focus(briefing: Briefing, target: str) -> Slide | None:
    """The slide of any one target, on demand; None for one that is not in the plan."""
    subject = briefing.subjects.get(target)
    return None if subject is None else _focus(subject)


def _slides(briefing: Briefing, rows: int, *, whole: bool) -> Iterator[Slide]:
    t = briefing.language.t
    overview = briefing.overview
    yield Slide("opening", SlideKind.OPENING, briefing.name or overview.title, overview.summary)
    yield from _pages(
        "headline", SlideKind.HEADLINE, overview.headline.name, "", briefing.headline, rows
    )
    if briefing.attention:
        title = t("Needs attention")
        lead = t("{n} of {total} targets", n=len(briefing.attention), total=len(briefing.subjects))
        yield from _pages("attention", SlideKind.ATTENTION, title, lead, briefing.attention, rows)
        yield from (_focus(subject) for subject in briefing.attention[:FOCUS_AT_MOST])
    for chapter in briefing.chapters:
        if chapter.subjects != briefing.headline:
            yield from _chapter(briefing, chapter, rows, whole=whole)
    yield from _changes(briefing, rows)


def _focus(subject: Subject) -> Slide:
    row = subject.row
    return Slide(f"target-{row.id}", SlideKind.FOCUS, row.name, row.sentence, (subject,))


def _pages(  # noqa: PLR0913, PLR0917 - what all pages of a list share
    name: str, kind: SlideKind, title: str, lead: str, subjects: Sequence[Subject], rows: int
) -> Iterator[Slide]:
    for number, start in enumerate(range(0, len(subjects), rows), 1):
        id_ = name if number == 1 else f"{name}-{number}"
        yield Slide(id_, kind, title, lead, tuple(subjects[start : start + rows]))


def _chapter(briefing: Briefing, chapter: Chapter, rows: int, *, whole: bool) -> Iterator[Slide]:
    title = f"{chapter.id} {chapter.name}"
    ordered = sorted(chapter.subjects, key=lambda s: _BEST_LAST.index(s.row.mark.status))
    if whole:
        yield from _pages(chapter.id, SlideKind.CHAPTER, title, chapter.summary, ordered, rows)
        return
    more = _left_out(briefing, ordered[rows:])
    yield Slide(chapter.id, SlideKind.CHAPTER, title, chapter.summary, tuple(ordered[:rows]), more)


def _left_out(briefing: Briefing, subjects: Sequence[Subject]) -> str:
    """What a slide leaves out, by status: "Not shown: 20 on track, 14 without data"."""
    if not subjects:
        return ""
    language = briefing.language
    marks = [subject.row.mark for subject in subjects]
    counts = (f"{mark.text} {n}" for mark, n in Counter(marks).items())
    return language.t("Not on this slide: {counts}", counts=language.phrases(counts))


def _changes(briefing: Briefing, rows: int) -> Iterator[Slide]:
    changes = briefing.changes
    if changes is None:
        return
    named = groups(changes, briefing.language)
    pairs = [(name, row) for name, group in named for row in group]
    for number, start in enumerate(range(0, max(len(pairs), 1), rows), 1):
        id_ = "changes" if number == 1 else f"changes-{number}"
        part = tuple(pairs[start : start + rows])
        yield Slide(id_, SlideKind.CHANGES, briefing.changes_title, changes.summary, changes=part)
