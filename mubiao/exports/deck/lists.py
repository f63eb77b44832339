"""Slides that are lists: headline targets, what needs attention, a chapter, what changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mubiao.exports.deck.charts import bullet_chart
from mubiao.exports.deck.drawing import INK, MUTED, Box, Paragraph, Run, Side, TextStyle, height
from mubiao.exports.deck.page import DeckWriter, Page
from mubiao.exports.deck.tables import (
    SMALL,
    TEXT,
    SlideColumn,
    SlideRow,
    cell,
    column_widths,
    header,
    row_height,
    split,
)
from mubiao.problems import message
from mubiao.views.briefing import Subject
from mubiao.views.overview import StatusMark
from mubiao.views.slides import Slide, SlideKind
from mubiao.views.sources import sources

_LEAD, _UNDER = 14.0, 10.0
_BULLET = 22.0
# A status stays on one line.
_STATUS = 94.0
_Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """A column of a list of targets: its header (a gettext id), and what it shows of a target."""

    head: str
    share: float
    cell: Callable[[Subject, TextStyle], _Cell]
    side: Side = "l"
    least: float = 0


@dataclass(frozen=True, slots=True)
class _List:
    """What a list shows: columns, rows, and for each row's target what the presenter reads."""

    columns: tuple[SlideColumn, ...]
    rows: tuple[SlideRow, ...]
    notes: Mapping[str, str]


def add_list(deck: DeckWriter, slide: Slide) -> None:
    """A list on as many slides as it takes; each names its own sources."""
    listed, subjects = _listed(deck, slide), deck.briefing.subjects
    lead = [Paragraph((Run(slide.lead, colour=MUTED),), _LEAD)] if slide.lead else []
    whole = deck.frame.body.width
    widths = column_widths(listed.columns, whole)
    above = height(lead, whole) + _UNDER if lead else 0.0
    first = row_height(header(listed.columns), widths)
    heights = {id(row): row_height(row, widths) for row in listed.rows}

    def named(rows: Iterable[SlideRow]) -> tuple[str, ...]:
        return sources((subjects[row.id] for row in rows if row.id), deck.language)

    def fits(rows: Sequence[SlideRow]) -> bool:
        used = above + first + sum(heights[id(row)] for row in rows)
        return used <= deck.room(named(rows)).height

    parts = split(listed.rows, fits) or [()]
    for title, rows in zip(deck.numbered(slide.title, len(parts)), parts, strict=True):
        page = deck.page(title, named(rows))
        room = deck.room(named(rows))
        if lead:
            page.text(Box(room.left, room.top, room.width, above), lead, name="Lead")
        if rows:
            high = [first, *(heights[id(row)] for row in rows)]
            box = Box(room.left, room.top + above, room.width, sum(high))
            page.table(box, listed.columns, rows, title)
            if slide.kind is SlideKind.HEADLINE:
                _add_bullets(page, box, widths, high, [subjects[row.id] for row in rows])
        page.notes([slide.lead, *(listed.notes[row.id] for row in rows if row.id)])


def _listed(deck: DeckWriter, slide: Slide) -> _List:
    if slide.kind is SlideKind.CHANGES:
        return _changes(deck, slide)
    layouts = _LAYOUTS.get(slide.kind, _CHAPTER)
    least = 34 if slide.kind is SlideKind.HEADLINE else 0
    t, labelled = deck.language.t, deck.language.labelled
    return _List(
        tuple(SlideColumn(t(one.head), one.share, one.side, one.least) for one in layouts),
        tuple(
            SlideRow(s.row.id, tuple(one.cell(s, deck.style) for one in layouts), least)
            for s in slide.subjects
        ),
        {s.row.id: labelled(s.row.name, s.row.sentence) for s in slide.subjects},
    )


def _changes(deck: DeckWriter, slide: Slide) -> _List:
    changes, t = deck.briefing.changes, deck.language.t
    days = ("", "") if changes is None else (changes.earlier, changes.later)
    columns = (
        SlideColumn(t("Target"), 33),
        SlideColumn(days[0], 13, least=_STATUS),
        SlideColumn(f"→ {days[1]}", 16, least=_STATUS),
        SlideColumn(t("Why"), 38),
    )
    rows: list[SlideRow] = []
    before = ""
    for turn, row in slide.changes:
        if turn != before:
            rows.append(SlideRow("", (cell((turn, TEXT, INK), bold=True),)))
            before = turn
        cells = (
            cell((row.name, TEXT, INK)),
            _status(row.before, deck.style),
            _status(row.after, deck.style),
            cell((row.cause, SMALL, INK)),
        )
        rows.append(SlideRow(row.id, cells))
    notes = {
        row.id: deck.language.labelled(row.name, f"{row.cause} · {row.sentence}")
        for _, row in slide.changes
    }
    return _List(columns, tuple(rows), notes)


def _add_bullets(
    page: Page,
    box: Box,
    widths: Sequence[float],
    heights: Sequence[float],
    subjects: Sequence[Subject],
) -> None:
    """Beside each row its own chart: unlike units share no axis."""
    left = box.left + sum(widths[:-1]) + 6
    top = box.top + heights[0]
    for subject, high in zip(subjects, heights[1:], strict=True):
        chart = bullet_chart(subject, page.style)
        if chart is not None:
            middle = top + (high - _BULLET) / 2
            page.chart(Box(left, middle, widths[-1] - 12, _BULLET), chart)
        top += high


def _figure(subject: Subject, style: TextStyle) -> _Cell:
    """The actual on the right, its unit smaller behind it; nothing without one."""
    row = subject.row
    if not row.value:
        return ()
    runs = [Run(row.value, bold=True)]
    if row.unit:
        runs.append(Run(f"{style.space}{row.unit}", colour=MUTED, size=SMALL))
    return (Paragraph(tuple(runs), TEXT, "r"),)


def _period(subject: Subject, side: Side = "l") -> _Cell:
    """The period and the remarks on the figure."""
    return cell((subject.row.known, SMALL, MUTED), side=side)


def _status(mark: StatusMark, style: TextStyle) -> _Cell:
    """A status in its colour, always with its shape and its word."""
    return cell((mark.text, TEXT, style.status(mark.status)), bold=True)


_Layouts = tuple[_Layout, ...]
_WHAT = _Layout(
    message("Target"), 36, lambda s, _: cell((s.row.name, TEXT, INK), (s.row.asks, SMALL, MUTED))
)
_STANDING = _Layout(
    message("Status"), 12, lambda s, style: _status(s.row.mark, style), least=_STATUS
)
_LAYOUTS: Mapping[SlideKind, _Layouts] = {
    SlideKind.HEADLINE: (
        _WHAT,
        _Layout(message("Actual"), 22, lambda s, t: (*_figure(s, t), *_period(s, "r")), "r"),
        replace(_STANDING, share=13),
        _Layout(message("Actual (bar) and target (frame)"), 29, lambda _s, _t: ()),
    ),
    SlideKind.ATTENTION: (
        _STANDING,
        replace(_WHAT, share=33),
        _Layout(message("Why"), 55, lambda s, _: cell((s.row.sentence, TEXT, INK))),
    ),
}
_CHAPTER: _Layouts = (
    _Layout(message("Target"), 36, lambda s, _: cell((s.row.name, TEXT, INK))),
    _Layout(message("Asked"), 22, lambda s, _: cell((s.asks, TEXT, MUTED))),
    _Layout(message("Actual"), 14, _figure, "r"),
    _Layout(message("Period"), 16, lambda s, _: _period(s)),
    _STANDING,
)
