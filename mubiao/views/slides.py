"""The slides of a meeting, exceptions first; the page that presents and the deck show the same.

The opening sentence, the headline targets, what needs attention (all of it in a list, then the
worst one by one), each chapter of which something is reported, what nobody reported and which unit
owes most, what changed, the plans of other years; then, as an appendix, every target that has no
place before. Each slide's title is its message. A slide holds content, never a place or a size.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from mubiao.duty import Coverage
from mubiao.i18n import Language
from mubiao.model import Agenda, Plan, Status
from mubiao.plain_text import capitalised
from mubiao.problems import message
from mubiao.views.briefing import Briefing, Chapter, Subject
from mubiao.views.changes import ChangeRow, groups, turned
from mubiao.views.counts import Count
from mubiao.views.unreported import CoverageTable
from mubiao.views.years import SeriesRow

FOCUS_AT_MOST = 12
# Characters of a title from which it is set smaller, so that it has two lines at the most.
_LONG = 105
# As many rows as fit a slide on the screen in either language, with the longest names.
ROWS = 8
# How the ids of the slides of single targets begin.
TARGET = "target-"
_LISTS = ("subjects", "changes", "series")
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
    UNREPORTED = "unreported"
    UNITS = "units"
    CHANGES = "changes"
    YEARS = "years"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide; `id` stands in the address and stays while the data changes.

    `title` is its message, `lead` what to know beside it; `subjects` the targets it shows; `more`
    says in words what it leaves out, "" for nothing; `changes` are pairs of a group's name and a
    row, of a slide about changes, `series` the indicators of one about the years, and `table` what
    is not reported. `first` is the id of the first slide of its list; `note` is what the speaker
    wants to say, "" for nothing; `is_long` whether the title needs a smaller type.
    """

    id: str
    kind: SlideKind
    title: str
    lead: str = ""
    subjects: tuple[Subject, ...] = ()
    more: str = ""
    changes: tuple[tuple[str, ChangeRow], ...] = ()
    series: tuple[SeriesRow, ...] = ()
    table: CoverageTable | None = None
    first: str = ""
    note: str = ""
    is_long: bool = False


def slides(briefing: Briefing, rows: int, *, appendix: bool = False) -> tuple[Slide, ...]:
    """The slides in the order of the briefing's agenda, at most `rows` targets on one; the headline
    targets, above which no sentence stands, have room for one more.
    """
    pages = _arranged(briefing, list(_parts(briefing, rows)))
    if appendix:
        pages += _appendix(briefing, pages)
    split = [page for part in pages for page in _pages(part, rows + (not part.lead))]
    return tuple(_told_apart(split, briefing.language))


def parts(briefing: Briefing, rows: int) -> tuple[Slide, ...]:
    """What an agenda puts in order: each slide or list once, those left out of it too."""
    agenda = briefing.agenda
    everything = replace(agenda, items=tuple(replace(i, left_out=False) for i in agenda.items))
    whole = replace(briefing, agenda=everything)
    return tuple(_arranged(whole, list(_parts(whole, rows))))


def may_be_slide(plan: Plan, slide_id: str) -> bool:
    """Whether a slide of the plan can have this id on some day; today there may be none."""
    if slide_id.startswith(TARGET):
        return slide_id.removeprefix(TARGET) in plan.by_id
    lists = (kind.value for kind in SlideKind if kind not in (SlideKind.FOCUS, SlideKind.CHAPTER))
    return stem(slide_id) in {*lists, *plan.section_names}


def stem(slide_id: str) -> str:
    """The id of a list's first slide, by that of any of them."""
    return _PAGE.sub("", slide_id)


def on_demand(briefing: Briefing, slide_id: str, rows: int) -> Slide | None:
    """A slide that is not in the order: of any target, of a chapter; None for what is not there."""
    subject = briefing.subjects.get(slide_id.removeprefix(TARGET))
    if slide_id.startswith(TARGET):
        return None if subject is None else _focus(subject)
    offered = [*_parts(briefing, rows), *(_chapter(briefing, c, rows) for c in briefing.chapters)]
    return next((slide for slide in offered if slide.id == slide_id), None)


def _parts(briefing: Briefing, rows: int) -> Iterator[Slide]:
    """The slides as they come without an agenda, each list whole."""
    overview, attention, t = briefing.overview, briefing.attention, briefing.language.t
    yield Slide("opening", SlideKind.OPENING, _opening(briefing), overview.summary)
    headline = next((c for c in briefing.chapters if c.subjects == briefing.headline), None)
    if headline is not None:
        title = _section_title(overview.headline.name, headline, briefing.language)
        yield Slide("headline", SlideKind.HEADLINE, title, subjects=briefing.headline)
    if attention:
        marks = Counter(subject.row.mark for subject in attention)
        title = briefing.language.labelled(
            briefing.language.ngettext(
                "{n} of {total} targets needs attention",
                "{n} of {total} targets need attention",
                len(attention),
                total=len(briefing.subjects),
            ),
            briefing.language.phrases(
                t("{n} {status}", n=n, status=mark.word) for mark, n in marks.items()
            ),
        )
        yield Slide("attention", SlideKind.ATTENTION, title, subjects=attention)
        yield from map(_focus, attention[:FOCUS_AT_MOST])
    for chapter in briefing.chapters:
        if chapter is not headline and chapter.coverage.reported:
            yield _chapter(briefing, chapter, rows)
    silent = briefing.unreported
    if silent.whole.reported < silent.whole.total:
        yield Slide("unreported", SlideKind.UNREPORTED, silent.title, silent.lead, table=silent)
    if (units := briefing.units) and units.whole.owed:
        yield Slide("units", SlideKind.UNITS, units.title, units.lead, table=units)
    if briefing.changes is not None:
        pairs = tuple(
            (name, row)
            for name, group in groups(briefing.changes, briefing.language)
            for row in group
        )
        title = turned(briefing.changes, briefing.language)
        lead = briefing.changes_title
        yield Slide("changes", SlideKind.CHANGES, title, lead, changes=pairs)
    if briefing.years is not None and briefing.years.headline:
        lead, series = capitalised(briefing.years.rest), briefing.years.headline
        yield Slide("years", SlideKind.YEARS, briefing.years.title, lead, series=series)


def _opening(briefing: Briefing) -> str:
    """The message of the whole: how many are reported, need attention and owe a report."""
    whole, language, number = briefing.unreported.whole, briefing.language, len(briefing.attention)
    reported = message("{n} of {total} promises reported")
    needs = language.ngettext("{n} needs attention", "{n} need attention", number)
    wanting = [*([needs] if number else []), *_awaiting(briefing.overview.counts, language)]
    return _message(reported, whole, wanting, language)


def _section_title(name: str, chapter: Chapter, language: Language) -> str:
    """A part's message: "Urban governance: 3 of 32 reported, 1 at risk, 20 never reported …"."""
    worst = [c for c in chapter.counts if c.number and c.mark.status in _WORST_FIRST[:3]]
    wanting = [*(count.text for count in reversed(worst)), *_awaiting(chapter.counts, language)]
    reported = message("{n} of {total} reported")
    return language.labelled(name, _message(reported, chapter.coverage, wanting, language))


def _awaiting(counts: Iterable[Count], language: Language) -> list[str]:
    """Of how many of those that were reported the final figure is missing."""
    parts = (one.part for one in counts if one.mark.status is Status.NO_DATA)
    return [language.t("{n} awaiting the final report", n=part) for part in parts if part]


def _message(reported: str, coverage: Coverage, wanting: Iterable[str], language: Language) -> str:
    """What is reported, `wanting` and owed; that none needs attention only if all is reported."""
    texts = [language.t(reported, n=coverage.reported, total=coverage.total), *wanting]
    if coverage.owed:
        texts.append(language.t("{n} never reported and overdue", n=coverage.owed))
    elif coverage.not_due:
        texts.append(language.t("{n} not due yet", n=coverage.not_due))
    elif len(texts) == 1:
        texts.append(language.t("none needs attention"))
    return language.phrases(texts)


def _focus(subject: Subject) -> Slide:
    row = subject.row
    is_long = len(row.title) > _LONG
    slide = f"{TARGET}{row.id}"
    return Slide(slide, SlideKind.FOCUS, row.title, row.asks, (subject,), is_long=is_long)


def _chapter(briefing: Briefing, chapter: Chapter, rows: int) -> Slide:
    """What is reported of a chapter, worst first, or else what is not; and what is left out."""
    title = _section_title(f"{chapter.id} {chapter.name}", chapter, briefing.language)
    worst_first = sorted(chapter.subjects, key=lambda s: _WORST_FIRST.index(s.row.mark.status))
    reported = [subject for subject in worst_first if subject.reported]
    listed = (reported or worst_first)[:rows]
    more = _left_out(briefing, [subject for subject in worst_first if subject not in listed])
    return Slide(chapter.id, SlideKind.CHAPTER, title, chapter.summary, tuple(listed), more)


def _left_out(briefing: Briefing, subjects: Sequence[Subject]) -> str:
    """What a slide leaves out, by status: "Not on this slide: ● on track 20, ○ not reported 14"."""
    if not subjects:
        return ""
    language = briefing.language
    marks = [subject.row.mark for subject in subjects]
    counts = (f"{mark.text} {n}" for mark, n in Counter(marks).items())
    return language.t("Not on this slide: {counts}", counts=language.phrases(counts))


def _appendix(briefing: Briefing, before: Iterable[Slide]) -> list[Slide]:
    """Every target that no list before has a place for, in the plan's order."""
    lists = (SlideKind.HEADLINE, SlideKind.CHAPTER)
    placed = {s.row.id for slide in before if slide.kind in lists for s in slide.subjects}
    others = tuple(s for s in briefing.subjects.values() if s.row.id not in placed)
    if not others:
        return []
    title = briefing.language.t("Appendix: further targets, {n} in all", n=len(others))
    return [Slide("appendix", SlideKind.APPENDIX, title, subjects=others)]


def _arranged(briefing: Briefing, given: Sequence[Slide]) -> list[Slide]:
    """The slides as the agenda has them, with its notes, then what it does not name."""
    agenda: Agenda = briefing.agenda
    by_id = {slide.id: slide for slide in given}
    ordered = []
    for item in agenda.items:
        subject = briefing.subjects.get(item.slide.removeprefix(TARGET))
        slide = by_id.pop(item.slide, None)
        if slide is None and item.slide.startswith(TARGET) and subject is not None:
            slide = _focus(subject)
        if slide is not None and not item.left_out:
            ordered.append(replace(slide, note=item.note))
    return [*ordered, *by_id.values()]


def _pages(slide: Slide, rows: int) -> Iterator[Slide]:
    """A slide with the first `rows` of what it lists, and further ones with the rest."""
    listed = max(1, *(len(getattr(slide, name)) for name in _LISTS))
    for number, start in enumerate(range(0, listed, rows), 1):
        id_ = slide.id if number == 1 else f"{slide.id}-{number}"
        end = start + rows
        lists = {name: getattr(slide, name)[start:end] for name in _LISTS}
        yield replace(slide, id=id_, first=slide.id, **lists)


def _told_apart(pages: Sequence[Slide], language: Language) -> Iterator[Slide]:
    """Titles that are each one slide's: those of pages have their number."""
    for title, group in groupby(pages, key=lambda page: page.title):
        same = list(group)
        for n, page in enumerate(same, 1):
            if len(same) > 1:
                form = message("{title} ({page}/{pages})")
                text = language.t(form, title=title, page=n, pages=len(same))
                yield replace(page, title=text)
            else:
                yield page
