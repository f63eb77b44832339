"""The slide of one target as HTML, with what it has room for."""

from typing import NamedTuple

from mubiao.html import part
from mubiao.i18n import Language
from mubiao.views.briefing import Subject
from mubiao.views.counts import StatusMark
from mubiao.views.remarks import Note
from mubiao.views.slides import Slide
from mubiao.views.trials import TrialBand
from mubiao.wording.phrasebook import inline

# What fits beside the chart of a slide: lines, the width of one in half ideographs, and how many
# lines a key figure takes with its label; its note takes one more.
_LINES, _WIDTH, _FIGURE = 17, 42, 3
# So wide is the one line that says where a slide's figures come from.
_SOURCE = 250


class RemarkOnSlide(NamedTuple):
    """A remark, as much of it as a slide has room for."""

    label: str
    mark: StatusMark | None
    head: str
    text: str


class RemarksOnSlide(NamedTuple):
    """The remarks that have room, and in words what is left out."""

    listed: list[RemarkOnSlide]
    more: str


def wide(text: str) -> float:
    """About how wide a text is, in half ideographs."""
    return sum(2.0 if sign >= "\u2e80" or sign in "“”‘’—…" else 1.05 for sign in text)


def shortened(text: str, width: float) -> str:
    """A text no wider than that many half ideographs; "…" where something is missing."""
    if wide(text) <= width:
        return text
    start, used = "", 2.0
    for sign in text:
        used += wide(sign)
        if used > width:
            break
        start += sign
    return f"{start.rstrip()}…"


def focus(slide: Slide, language: Language, href: str, trial: TrialBand | None, height: int) -> str:
    """One target, with a link to its page; its chart is `height` pixels high, 0 without one;
    `trial` takes the place of its figures and of what people say while a figure is tried.
    """
    (subject,) = slide.subjects
    source = language.labelled(language.t("Report"), subject.promise)
    if subject.source:
        source += " · " + language.labelled(language.t("Figure"), subject.source)
    remarks = _remarks(
        subject, language, _LINES - sum(_FIGURE + bool(figure.note) for figure in subject.figures)
    )
    source = shortened(source, _SOURCE - wide(subject.row.name))
    return part("slide_focus", slide, subject, href, trial, remarks, source, height)


def _lines(text: str) -> int:
    return -int(-wide(text) // _WIDTH)


def _remarks(subject: Subject, language: Language, room: float) -> RemarksOnSlide:
    """Own judgements, then commentary, as much as there is room for."""
    remarks: list[RemarkOnSlide] = []
    notes = (*subject.remarks.judgements, *subject.remarks.commentary)
    for place, note in enumerate(notes):
        # Two lines for its head and the gap below it.
        lines = int(room) - 2
        if lines < 1:
            return RemarksOnSlide(remarks, _more(len(notes) - place, language))
        whole = " ".join(note.text.split())
        text = shortened(whole, lines * _WIDTH * 0.93)
        room -= 2 + _lines(text)
        remarks.append(_remark(note, text, language))
        if text != whole:
            return RemarksOnSlide(remarks, _more(len(notes) - place - 1, language))
    return RemarksOnSlide(remarks, "")


def _more(left: int, language: Language) -> str:
    """What is not on the slide: `left` remarks, or the end of the last one."""
    if left:
        return language.t("Further remarks on its page: {n}", n=left)
    return language.t("The whole text is on its page.")


def _remark(note: Note, text: str, language: Language) -> RemarkOnSlide:
    label, head = language.t("Commentary"), [note.by, note.written]
    if note.mark is not None:
        label = language.t("Own judgement")
        head.append(language.t("until {day}", day=note.until))
    return RemarkOnSlide(label, note.mark, inline(*head), text)
