"""Slides about one thing: the message of the whole with its counts, one target in focus."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mubiao.exports.deck.drawing import (
    MUTED,
    Box,
    Paragraph,
    Run,
    TextStyle,
    area,
    height,
    plain,
    rgb,
    scaled,
)
from mubiao.exports.deck.native_chart import NativeChart, Series
from mubiao.exports.deck.page import DeckWriter
from mubiao.exports.deck.tables import SlideColumn, SlideRow, column_widths, measured
from mubiao.exports.deck.years import path_chart
from mubiao.i18n import Language
from mubiao.model import Status
from mubiao.text_metrics import lines
from mubiao.views.briefing import Subject
from mubiao.views.counts import Count
from mubiao.views.remarks import Note
from mubiao.views.slides import Slide
from mubiao.wording.phrasebook import inline

LEAST = 12.0
_SHARES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)
_TEXT, _CHART = 0.31, 0.66
_BAR, _AIR, _UNDER = 32.0, 32.0, 10.0
# So many signs of a key figure, in large type, fill its column.
_LONG = 10


def add_opening(deck: DeckWriter, slide: Slide) -> None:
    """The meeting's or plan's name, the sentence, how many of each status as bar and figures."""
    page, room = deck.page(slide.title, ()), deck.room(())
    briefing, overview = deck.briefing, deck.briefing.overview
    counts = [count for count in overview.counts if count.number]
    columns, row = _counts_row(counts, deck.style)
    widths = column_widths(columns, room.width)
    row = measured(row, widths)
    name = inline(briefing.name, overview.title)
    texts = [plain(name, 18, MUTED), plain(slide.lead, 26, before=8)]
    below = (overview.caption, *briefing.notes)
    caption = [plain(text, 14, MUTED) for text in below]
    used = _AIR + _BAR + 10 + row.height + _AIR / 2 + height(caption, room.width)
    texts = fitted(texts, room.width, room.height - used)
    summary = room._replace(height=height(texts, room.width))
    page.text(summary, texts, name="Summary")
    bar = room._replace(top=summary.bottom + _AIR, height=_BAR)
    page.chart(bar, _counts_chart(counts, overview.summary, deck.style))
    numbers = room._replace(top=bar.bottom + 10, height=row.height)
    page.table(numbers, widths, [row], overview.summary, headed=False)
    foot = room._replace(top=numbers.bottom + _AIR / 2, height=height(caption, room.width))
    page.text(foot, caption)
    page.notes([slide.note, overview.title, slide.lead, *below])


def _counts_chart(counts: Sequence[Count], description: str, style: TextStyle) -> NativeChart:
    """How many of the judged have each status, as one bar; where none is, the unreported."""
    judged = [c for c in counts if c.mark.status is not Status.NO_DATA]
    series = tuple(
        Series(c.mark.text, (float(c.number),), area(rgb(style.palette.fills[c.mark.status])))
        for c in judged or counts
    )
    return NativeChart("shares", ("",), series, description)


def _counts_row(
    counts: Sequence[Count], style: TextStyle
) -> tuple[tuple[SlideColumn, ...], SlideRow]:

    def paragraphs(count: Count) -> tuple[Paragraph, ...]:
        mark, colour = count.mark, style.status(count.mark.status)
        return plain(str(count.number), 48, colour, bold=True), plain(mark.text, 16, colour)

    # Few statuses keep to the left; they do not drift apart.
    spare = max(0, 4 - len(counts))
    columns = (SlideColumn("", 1),) * (len(counts) + spare)
    return columns, SlideRow("counts", (*map(paragraphs, counts), *((),) * spare))


def add_focus(deck: DeckWriter, slide: Slide) -> None:
    """One target: its year on the left, its key figures and what is said of it on the right."""
    subject = slide.subjects[0]
    sources = _sources(subject, deck.language)
    lead = [plain(slide.lead, 14, MUTED)]
    whole = deck.room(sources)
    used = height(lead, whole.width) + _UNDER
    room = Box(whole.left, whole.top + used, whole.width, whole.height - used)
    drawn = room._replace(width=room.width * _CHART)
    chart = path_chart(subject, deck.style, drawn)
    side = room
    if chart:
        wide = room.width * _TEXT
        side = Box(room.right - wide, room.top, wide, room.height)
    texts = list(_paragraphs(subject, deck.language, deck.style))
    if chart is None:
        texts.append(plain(subject.row.sentence, 20, before=16))
    parts = list(parted(fitted(texts, side.width, side.height), side, room))
    for place, title in enumerate(deck.numbered(slide.title, len(parts))):
        page, part = deck.page(title, sources), parts[place]
        page.text(whole._replace(height=used), lead, name="Lead")
        box = room if place else side
        page.text(box._replace(height=height(part, box.width)), part, name="Figures")
        if chart is not None and not place:
            page.chart(drawn, chart)
        notes = [p.text for p in part] if place else _notes(subject, sources)
        page.notes([slide.note, *notes])


def _sources(subject: Subject, language: Language) -> tuple[str, ...]:
    report = language.t("Report: {places}", places=subject.promise)
    figures = language.t("Figures: {sources}", sources=subject.source)
    return (report, figures) if subject.source else (report,)


def _notes(subject: Subject, sources: Sequence[str]) -> list[str]:
    """What the presenter reads: all that is said, and where it comes from."""
    row, remarks = subject.row, subject.remarks
    notes = (f"{_by(note)}: {note.text}" for note in (*remarks.judgements, *remarks.commentary))
    rest = "" if subject.rest in row.sentence else subject.rest
    return [row.sentence, row.asks, rest, *notes, *sources]


def _paragraphs(subject: Subject, language: Language, style: TextStyle) -> Iterator[Paragraph]:
    remarks, t = subject.remarks, language.t
    for place, figure in enumerate(subject.figures):
        label = [Run(figure.label, colour=MUTED)]
        if not place:
            mark = subject.row.mark
            label.append(Run(f"  {mark.text}", bold=True, colour=style.status(mark.status)))
        yield Paragraph(tuple(label), 14, before=8 if place else 0)
        size = 28 if len(figure.value) < _LONG else 22
        yield Paragraph((Run(figure.value, bold=True),), size, before=2)
        if figure.note:
            yield plain(figure.note, 14, MUTED, before=2)
    for place, note in enumerate((*remarks.judgements, *remarks.commentary)):
        if note.mark is not None:
            own = t("own judgement: {status}", status=note.mark.text)
            yield plain(own, 14, style.status(note.mark.status), bold=True, before=12)
        elif place == len(remarks.judgements):
            yield plain(t("commentary"), 12, MUTED, before=12)
        yield from _note(note, language)


def _note(note: Note, language: Language) -> Iterator[Paragraph]:
    yield from (plain(text, 14, before=2) for text in note.text.splitlines() if text)
    until = language.t("until {day}", day=note.until) if note.until else ""
    yield plain(inline(_by(note), until), 12, MUTED, before=2)


def _by(note: Note) -> str:
    return inline(note.by, note.period, note.written)


def fitted(texts: Sequence[Paragraph], wide: float, high: float) -> list[Paragraph]:
    """The paragraphs in the largest size that fits, no text below LEAST."""
    for share in _SHARES:
        small = scaled(texts, share, LEAST)
        if height(small, wide) <= high:
            break
    return small


def parted(texts: Sequence[Paragraph], first: Box, others: Box) -> Iterator[list[Paragraph]]:
    """The paragraphs by slide; what does not fit in the first place goes on in the others."""
    rest, box = list(texts), first
    while rest:
        part, rest = _filled(rest, box)
        yield part
        box = others


def _filled(texts: list[Paragraph], box: Box) -> tuple[list[Paragraph], list[Paragraph]]:
    """What fits into a box, and what is left; a paragraph goes on from line to line."""
    for place in range(len(texts)):
        if height(texts[: place + 1], box.width) <= box.height:
            continue
        before, paragraph = texts[:place], texts[place]
        look = paragraph.runs[0]
        broken = lines(paragraph.text, paragraph.size, box.width)
        for number in range(len(broken) - 1, 0, -1):
            part, left = (
                replace(paragraph, runs=(replace(look, text="".join(some)),))
                for some in (broken[:number], broken[number:])
            )
            if height([*before, part], box.width) <= box.height:
                return [*before, part], [left, *texts[place + 1 :]]
        # One line alone is always taken, so that it comes to an end.
        return (before, texts[place:]) if before else (texts[:1], texts[1:])
    return texts, []
