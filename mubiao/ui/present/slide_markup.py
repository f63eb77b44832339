"""The slide of one target as HTML, with what it has room for."""

from dataclasses import replace

from mubiao.html import part
from mubiao.i18n import Language
from mubiao.views.briefing import Subject
from mubiao.views.remarks import Note
from mubiao.views.slides import Slide
from mubiao.views.trials import TrialBand

# What fits beside the chart of a slide: lines, the width of one in half ideographs, and how many
# lines a key figure takes with its label; its note takes one more.
_LINES, _WIDTH, _FIGURE = 17, 42, 3
# So wide is the one line that says where a slide's figures come from.
_SOURCE = 250


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
    while a figure is tried a trial, or why there is none, takes the place of its figures and of
    what people say.
    """
    (subject,) = slide.subjects
    source = language.labelled(language.t("Report"), subject.promise)
    if subject.source:
        source += " · " + language.labelled(language.t("Figure"), subject.source)
    remarks = _remarks(
        subject, language, _LINES - sum(_FIGURE + bool(figure.note) for figure in subject.figures)
    )
    source = shortened(source, _SOURCE - wide(subject.row.name))
    values = slide, subject, href, trial, remarks, source, height
    return part("slide_focus", *values, language.t)


def _remarks(subject: Subject, language: Language, room: float) -> tuple[list[Note], str]:
    """Own judgements, then commentary, as much as there is room for; and what is left out."""
    listed: list[Note] = []
    notes = (*subject.remarks.judgements, *subject.remarks.commentary)
    for left, note in zip(range(len(notes), 0, -1), notes, strict=True):
        # Two lines for its head and the gap below it.
        lines, whole = int(room) - 2, " ".join(note.text.split())
        if lines < 1:
            return listed, language.t("Further remarks on its page: {n}", n=left)
        text = shortened(whole, lines * _WIDTH * 0.93)
        room -= 2 - int(-wide(text) // _WIDTH)
        listed.append(replace(note, text=text))
        if text != whole and left > 1:
            return listed, language.t("Further remarks on its page: {n}", n=left - 1)
        if text != whole:
            return listed, language.t("The whole text is on its page.")
    return listed, ""
