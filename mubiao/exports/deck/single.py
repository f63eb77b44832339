"""Slides about one thing: the opening sentence with its counts, one target in focus."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mubiao.exports.deck.charts import counts_chart, path_chart
from mubiao.exports.deck.drawing import (
    INK,
    MUTED,
    Box,
    Paragraph,
    Run,
    TextStyle,
    height,
    smaller,
)
from mubiao.exports.deck.page import DeckWriter
from mubiao.exports.deck.tables import SlideColumn, SlideRow, tall, widths
from mubiao.i18n import Language
from mubiao.text_metrics import lines
from mubiao.views.briefing import Briefing, Subject
from mubiao.views.overview import Count
from mubiao.views.remarks import Note
from mubiao.views.slides import Slide

LEAST = 12.0
_SHARES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)
_TEXT, _CHART = 0.45, 0.51
_BAR, _AIR = 32.0, 32.0


def add_opening(stage: DeckWriter, shown: Briefing, slide: Slide) -> None:
    """The sentence in large type, then how many of each status: a bar, and figures with words."""
    page = stage.page(slide.title, ())
    room = stage.room(())
    counts = [count for count in shown.overview.counts if count.number]
    columns, line = _counted(counts, stage.style)
    row = tall(line, widths(columns, room.width))
    told = [Paragraph((Run(slide.lead),), 30)]
    if shown.name:
        told.insert(0, Paragraph((Run(shown.overview.title, colour=MUTED),), 18))
        told[1] = replace(told[1], before=8)
    caption = [
        Paragraph((Run(text, colour=MUTED),), 14) for text in (shown.overview.caption, *shown.notes)
    ]
    below = _AIR + _BAR + 10 + row + _AIR / 2 + height(caption, room.width)
    told = fitted(told, room.width, room.height - below)
    high = height(told, room.width)
    page.text(Box(room.left, room.top, room.width, high), told, name="Summary")
    top = room.top + high + _AIR
    chart = counts_chart(counts, shown.overview.summary, stage.style)
    page.chart(Box(room.left, top, room.width, _BAR), chart)
    top += _BAR + 10
    box = Box(room.left, top, room.width, row)
    page.table(box, columns, [line], shown.overview.summary, headed=False)
    top += row + _AIR / 2
    page.text(Box(room.left, top, room.width, height(caption, room.width)), caption)
    page.notes([shown.overview.title, slide.lead, shown.overview.caption, *shown.notes])


def _counted(counts: Sequence[Count], style: TextStyle) -> tuple[tuple[SlideColumn, ...], SlideRow]:
    """A figure of each status over its shape and word."""
    cells = tuple(
        (
            Paragraph((Run(str(c.number), bold=True, colour=style.status(c.mark.status)),), 48),
            Paragraph(
                (Run(f"{c.mark.shape} {c.mark.word}", colour=style.status(c.mark.status)),), 16
            ),
        )
        for c in counts
    )
    # Few statuses keep to the left; they do not drift apart.
    spare = max(0, 4 - len(cells))
    columns = tuple(SlideColumn("", 1) for _ in range(len(cells) + spare))
    return columns, SlideRow("counts", (*cells, *((),) * spare))


def add_focus(stage: DeckWriter, slide: Slide, words: Language) -> None:
    """One target: what is said of it on the left, its way through the year on the right."""
    subject = slide.subjects[0]
    named = _sources(subject, words)
    chart = path_chart(subject, stage.style)
    room = stage.room(named)
    left = Box(room.left, room.top, room.width * (_TEXT if chart else 1), room.height)
    told = fitted(list(_told(subject, words, stage.style)), left.width, left.height)
    parts = list(parted(told, left, room))
    for number, part in enumerate(parts, 1):
        title = slide.title
        if len(parts) > 1:
            title = words.t("{title} ({page}/{pages})", title=title, page=number, pages=len(parts))
        page = stage.page(title, named)
        box = left if number == 1 else room
        page.text(replace(box, height=height(part, box.width)), part, name="Told")
        if chart is not None and number == 1:
            wide = room.width * _CHART
            page.chart(Box(room.right - wide, room.top, wide, min(room.height, wide * 0.8)), chart)
        page.notes(_notes(subject, named) if number == 1 else [p.text for p in part])


def _sources(subject: Subject, words: Language) -> tuple[str, ...]:
    told = [words.t("Report: {places}", places=subject.promise)]
    if subject.source:
        told.append(words.t("Figures: {sources}", sources=subject.source))
    return tuple(told)


def _notes(subject: Subject, named: Sequence[str]) -> list[str]:
    """What the presenter reads: all that is said, and where it comes from."""
    row, remarks = subject.row, subject.remarks
    said = (f"{_by(note)}: {note.text}" for note in (*remarks.judgements, *remarks.commentary))
    rest = "" if subject.rest in row.sentence else subject.rest
    return [row.sentence, row.asks, rest, *said, *named]


def _told(subject: Subject, words: Language, style: TextStyle) -> Iterator[Paragraph]:
    """Status, figure, sentence, then what people say of it."""
    row, remarks = subject.row, subject.remarks
    status = f"{row.mark.shape} {row.mark.word}"
    yield Paragraph((Run(status, bold=True, colour=style.status(row.mark.status)),), 20)
    if row.value:
        unit = (Run(f"{style.space}{row.unit}", colour=MUTED, size=16),) if row.unit else ()
        yield Paragraph((Run(row.value, bold=True, size=36), *unit), 36, before=4)
    known = " · ".join(part for part in (row.period, *row.remarks) if part)
    yield from (
        Paragraph((Run(text, colour=MUTED),), 14, before=2) for text in (known, row.asks) if text
    )
    yield Paragraph(_stressed(row.sentence, subject.rest), 18, before=12)
    if subject.rest and subject.rest not in row.sentence:
        yield Paragraph((Run(subject.rest, bold=True),), 18, before=6)
    for note in remarks.judgements:
        if note.mark is not None:
            own = words.t("own judgement: {status}", status=f"{note.mark.shape} {note.mark.word}")
            colour = style.status(note.mark.status)
            yield Paragraph((Run(own, bold=True, colour=colour),), 14, before=12)
        yield from _note(note, words)
    if remarks.commentary:
        yield Paragraph((Run(words.t("commentary"), colour=MUTED),), 12, before=12)
    for note in remarks.commentary:
        yield from _note(note, words)


def _note(note: Note, words: Language) -> Iterator[Paragraph]:
    """A remark's own lines, and who wrote it."""
    yield from (Paragraph((Run(text),), 14, before=2) for text in note.text.splitlines() if text)
    until = words.t("until {day}", day=note.until) if note.until else ""
    told = " · ".join(part for part in (_by(note), until) if part)
    yield Paragraph((Run(told, colour=MUTED),), 12, before=2)


def _by(note: Note) -> str:
    return " · ".join(part for part in (note.by, note.period, note.written) if part)


def _stressed(sentence: str, part: str) -> tuple[Run, ...]:
    """A sentence with what the rest of the year must bring in bold."""
    if not part or part not in sentence:
        return (Run(sentence),)
    before, _, after = sentence.partition(part)
    return tuple(Run(text, bold=text == part, colour=INK) for text in (before, part, after) if text)


def fitted(told: list[Paragraph], wide: float, high: float) -> list[Paragraph]:
    """The paragraphs in the largest size that fits, no text below LEAST."""
    for share in _SHARES:
        small = smaller(told, share, LEAST)
        if height(small, wide) <= high:
            return small
    return small


def parted(told: Sequence[Paragraph], first: Box, others: Box) -> Iterator[list[Paragraph]]:
    """The paragraphs by slide; what does not fit in the first place goes on in the others."""
    rest, box = list(told), first
    while rest:
        part, rest = _filled(rest, box)
        yield part
        box = others


def _filled(told: list[Paragraph], box: Box) -> tuple[list[Paragraph], list[Paragraph]]:
    """What fits into a box, and what is left; a paragraph goes on from line to line."""
    for place in range(len(told)):
        if height(told[: place + 1], box.width) <= box.height:
            continue
        kept, paragraph = told[:place], told[place]
        found = lines(paragraph.text, paragraph.size, box.width)
        for number in range(len(found) - 1, 0, -1):
            part = _lines_of(paragraph, found[:number])
            if height([*kept, part], box.width) <= box.height:
                left = [_lines_of(paragraph, found[number:]), *told[place + 1 :]]
                return [*kept, part], left
        # One line alone is always taken, so that it comes to an end.
        return (kept, told[place:]) if kept else (told[:1], told[1:])
    return told, []


def _lines_of(paragraph: Paragraph, kept: Sequence[str]) -> Paragraph:
    look = paragraph.runs[0]
    return replace(paragraph, runs=(replace(look, text="".join(kept)),))
