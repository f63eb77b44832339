"""Slides about one thing: the opening sentence with its counts, one target in focus."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mubiao.exports.deck.charts import counts_chart, path_chart
from mubiao.exports.deck.drawing import (
    MUTED,
    Box,
    Paragraph,
    Run,
    TextStyle,
    height,
    plain,
    smaller,
)
from mubiao.exports.deck.page import DeckWriter
from mubiao.exports.deck.tables import SlideColumn, SlideRow, column_widths, measured
from mubiao.i18n import Language
from mubiao.text_metrics import lines
from mubiao.views.briefing import Subject
from mubiao.views.overview import Count
from mubiao.views.remarks import Note
from mubiao.views.slides import Slide
from mubiao.wording.phrasebook import inline

LEAST = 12.0
_SHARES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)
_TEXT, _CHART = 0.45, 0.51
_BAR, _AIR = 32.0, 32.0


def add_opening(deck: DeckWriter, slide: Slide) -> None:
    """The sentence in large type, then how many of each status: a bar, and figures with words."""
    page, room = deck.page(slide.title, ()), deck.room(())
    briefing, overview = deck.briefing, deck.briefing.overview
    counts = [count for count in overview.counts if count.number]
    columns, row = _counts_row(counts, deck.style)
    widths = column_widths(columns, room.width)
    row = measured(row, widths)
    texts = [plain(slide.lead, 30)]
    if briefing.name:
        texts = [plain(overview.title, 18, MUTED), plain(slide.lead, 30, before=8)]
    below = (overview.caption, *briefing.notes)
    caption = [plain(text, 14, MUTED) for text in below]
    used = _AIR + _BAR + 10 + row.height + _AIR / 2 + height(caption, room.width)
    texts = fitted(texts, room.width, room.height - used)
    summary = room._replace(height=height(texts, room.width))
    page.text(summary, texts, name="Summary")
    bar = room._replace(top=summary.bottom + _AIR, height=_BAR)
    page.chart(bar, counts_chart(counts, overview.summary, deck.style))
    numbers = room._replace(top=bar.bottom + 10, height=row.height)
    page.table(numbers, widths, [row], overview.summary, headed=False)
    foot = room._replace(top=numbers.bottom + _AIR / 2, height=height(caption, room.width))
    page.text(foot, caption)
    page.notes([overview.title, slide.lead, *below])


def _counts_row(
    counts: Sequence[Count], style: TextStyle
) -> tuple[tuple[SlideColumn, ...], SlideRow]:
    """A figure of each status over its shape and word."""

    def paragraphs(count: Count) -> tuple[Paragraph, ...]:
        mark, colour = count.mark, style.status(count.mark.status)
        return plain(str(count.number), 48, colour, bold=True), plain(mark.text, 16, colour)

    # Few statuses keep to the left; they do not drift apart.
    spare = max(0, 4 - len(counts))
    columns = (SlideColumn("", 1),) * (len(counts) + spare)
    return columns, SlideRow("counts", (*map(paragraphs, counts), *((),) * spare))


def add_focus(deck: DeckWriter, slide: Slide) -> None:
    """One target: what is said of it on the left, its way through the year on the right."""
    subject = slide.subjects[0]
    sources = _sources(subject, deck.language)
    chart = path_chart(subject, deck.style)
    room = deck.room(sources)
    left = room._replace(width=room.width * (_TEXT if chart else 1))
    texts = list(_paragraphs(subject, deck.language, deck.style))
    parts = list(parted(fitted(texts, left.width, left.height), left, room))
    for place, title in enumerate(deck.numbered(slide.title, len(parts))):
        page, part = deck.page(title, sources), parts[place]
        box = room if place else left
        page.text(box._replace(height=height(part, box.width)), part, name="Told")
        if chart is not None and not place:
            wide = room.width * _CHART
            page.chart(Box(room.right - wide, room.top, wide, min(room.height, wide * 0.8)), chart)
        page.notes([p.text for p in part] if place else _notes(subject, sources))


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
    """Status, figure, sentence, then what people say of it."""
    row, remarks, t = subject.row, subject.remarks, language.t
    yield plain(row.mark.text, 20, style.status(row.mark.status), bold=True)
    if row.value:
        unit = (Run(f"{style.space}{row.unit}", colour=MUTED, size=16),) if row.unit else ()
        yield Paragraph((Run(row.value, bold=True, size=36), *unit), 36, before=4)
    for text in filter(None, (row.known, row.asks)):
        yield plain(text, 14, MUTED, before=2)
    yield Paragraph(_stressed(row.sentence, subject.rest), 18, before=12)
    if subject.rest and subject.rest not in row.sentence:
        yield plain(subject.rest, 18, bold=True, before=6)
    for place, note in enumerate((*remarks.judgements, *remarks.commentary)):
        if note.mark is not None:
            own = t("own judgement: {status}", status=note.mark.text)
            yield plain(own, 14, style.status(note.mark.status), bold=True, before=12)
        elif place == len(remarks.judgements):
            yield plain(t("commentary"), 12, MUTED, before=12)
        yield from _note(note, language)


def _note(note: Note, language: Language) -> Iterator[Paragraph]:
    """A remark's own lines, and who wrote it."""
    yield from (plain(text, 14, before=2) for text in note.text.splitlines() if text)
    until = language.t("until {day}", day=note.until) if note.until else ""
    yield plain(inline(_by(note), until), 12, MUTED, before=2)


def _by(note: Note) -> str:
    return inline(note.by, note.period, note.written)


def _stressed(sentence: str, part: str) -> tuple[Run, ...]:
    """A sentence with what the rest of the year must bring in bold."""
    pieces = sentence.partition(part) if part else (sentence,)
    return tuple(Run(text, bold=text == part) for text in pieces if text)


def fitted(texts: Sequence[Paragraph], wide: float, high: float) -> list[Paragraph]:
    """The paragraphs in the largest size that fits, no text below LEAST."""
    for share in _SHARES:
        small = smaller(texts, share, LEAST)
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
