"""A plan under review: the report's text in pieces, marked by what became of each figure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mubiao.i18n import Language
from mubiao.model import Review, Target
from mubiao.problems import message
from mubiao.report.review import LEFT, Reviewed, by_doubt, doubts
from mubiao.report.text import Figure, covers, places
from mubiao.views.citations import place_of

KINDS = {
    "promise": message("promise, decided"),
    "open": message("promise, open"),
    "part": message("part of a promise"),
    "nothing": message("promises nothing"),
    "left": message("not accounted for"),
}
"""What became of a figure, and the words for it."""

_STOP = re.compile("[。；！？]")


class Piece(NamedTuple):
    """A stretch of text; a marked one has a kind, what it belongs to, and a word about that."""

    text: str
    kind: str = ""
    item: str = ""
    title: str = ""


class _Mark(NamedTuple):
    start: int
    stop: int
    kind: str
    item: str
    title: str


@dataclass(frozen=True, slots=True)
class MarkedSection:
    """A section of the report, its paragraphs in pieces."""

    id: str
    name: str
    paragraphs: Sequence[Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Progress:
    """What is reviewed, and how far that is: in words, what is left, and as a share of one."""

    title: str
    plan: str
    text: str
    rest: str
    share: float


@dataclass(frozen=True, slots=True)
class Passage:
    """What is decided: its place, its sentence in pieces, how it is read, and what is doubtful."""

    place: str
    pieces: Sequence[Piece]
    reading: str
    doubts: Sequence[str]


def progress_of(review: Reviewed, language: Language) -> Progress:
    """The figures as the proof counts them, and the targets that are open."""
    decided, every = review.decided(), len(review.figures)
    left = len(by_doubt(review))
    text = language.t("{n} of {all} figures decided", n=decided, all=every)
    rest = language.t("open: {n}", n=left) if left else language.t("all is decided")
    title = language.t("Review of a plan"), language.pick(review.plan.title)
    return Progress(*title, text, rest, decided / every if every else 1.0)


def item_of(one: Target | Figure) -> str:
    """The name of what is decided: a target's id, or where a figure stands."""
    return one.id if isinstance(one, Target) else f"{one.section}-{one.paragraph}-{one.start}"


def sections_of(review: Reviewed, language: Language) -> Iterator[MarkedSection]:
    """The sections that the plan covers, with every figure marked."""
    marks = _marks(review, language)
    names = {id_: language.pick(name) for id_, name in review.plan.section_names.items()}
    by_section: dict[str, list[Sequence[Piece]]] = {}
    for place, (text, _) in review.report.items():
        if covers(review.plan.covers, place[0]):
            pieces = tuple(_pieces(text, marks.get(place, [])))
            by_section.setdefault(place[0], []).append(pieces)
    for section, paragraphs in by_section.items():
        yield MarkedSection(section, names.get(section, ""), tuple(paragraphs))


def rest_of(review: Reviewed) -> list[str]:
    """The paragraphs that the plan does not cover."""
    covered = review.plan.covers
    return [text for place, (text, _) in review.report.items() if not covers(covered, place[0])]


def passage_of(review: Reviewed, item: str, language: Language) -> Passage | None:
    """The passage of a target or a figure; None where there is none of this name."""
    marks = _marks(review, language)
    target = review.plan.by_id.get(item)
    places_of = [place for place, own in marks.items() if any(m.item == item for m in own)]
    if target is not None:
        places_of.append((target.source.section, target.source.paragraph))
    if not places_of:
        return None
    place = places_of[0]
    own = [mark for mark in marks.get(place, ()) if mark.item == item]
    if target and not own:  # its figure is marked as another target's
        own = _phrase(review, target, language)
    text = review.report[place].text if place in review.report else ""
    if target is None:  # why the figure promises nothing
        reading = own[0].title
    else:
        reading = language.pick(target.reading) if target.reading else ""
    return Passage(
        place_of(language, *place),
        list(_sentence(text, own)),
        reading,
        [language.t(doubt) for doubt in doubts(target)] if target and _is_open(target) else [],
    )


def _sentence(text: str, own: Sequence[_Mark]) -> Iterator[Piece]:
    first, last = (own[0].start, own[-1].stop) if own else (0, 0)
    start = max((m.end() for m in _STOP.finditer(text, 0, first)), default=0)
    stop = next((m.end() for m in _STOP.finditer(text, last)), len(text))
    moved = [m._replace(start=m.start - start, stop=m.stop - start) for m in own]
    return _pieces(text[start:stop], moved)


def _marks(review: Reviewed, language: Language) -> dict[tuple[str, int], list[_Mark]]:
    marks: dict[tuple[str, int], list[_Mark]] = {}
    valued: set[str] = set()
    for figure in review.figures:
        mark = _mark(review, figure, valued, language)
        marks.setdefault((figure.section, figure.paragraph), []).append(mark)
    claimed = {place for of in review.claims.values() for kind, place in of if kind == "targets"}
    for position, target in enumerate(review.plan.targets):
        if position not in claimed:
            place = target.source.section, target.source.paragraph
            marks.setdefault(place, []).extend(_phrase(review, target, language))
    return {place: _apart(sorted(own)) for place, own in marks.items()}


def _phrase(review: Reviewed, target: Target, language: Language) -> list[_Mark]:
    """The mark of a target's whole phrase; none where the report does not have it."""
    _, spans = places(review.report, target.source)
    name = language.pick(target.name)
    return [_Mark(*span, _kind(target), target.id, name) for span in spans[:1]]


def _mark(review: Reviewed, figure: Figure, valued: set[str], language: Language) -> _Mark:
    span = figure.start, figure.tail
    claims = review.claims.get(figure, ())
    for kind, position in claims:
        if kind == "no_promise":
            reason = language.pick(review.plan.no_promise[position].reason)
            return _Mark(*span, "nothing", item_of(figure), reason)
        target = review.plan.targets[position]
        is_value = target.value is not None and figure.value == abs(target.value)
        own = is_value and target.id not in valued
        valued |= {target.id} if own else set()
        name = language.pick(target.name)
        return _Mark(*span, _kind(target) if own else "part", target.id, name)
    return _Mark(*span, "left", item_of(figure), language.t(LEFT))


def _kind(target: Target) -> str:
    return "open" if _is_open(target) else "promise"


def _is_open(target: Target) -> bool:
    return target.review is Review.OPEN


def _apart(marks: Sequence[_Mark]) -> list[_Mark]:
    """The marks that begin after the end of the one before."""
    held: list[_Mark] = []
    for mark in marks:
        if not held or mark.start >= held[-1].stop:
            held.append(mark)
    return held


def _pieces(text: str, marks: Sequence[_Mark]) -> Iterator[Piece]:
    end = 0
    for mark in marks:
        if text[end : mark.start]:
            yield Piece(text[end : mark.start])
        yield Piece(text[mark.start : mark.stop], mark.kind, mark.item, mark.title)
        end = mark.stop
    if text[end:]:
        yield Piece(text[end:])
