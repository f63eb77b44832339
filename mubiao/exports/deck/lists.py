"""Slides that are lists: headline targets, what needs attention, a chapter, what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mubiao.exports.deck.charts import bullet_chart
from mubiao.exports.deck.drawing import INK, MUTED, Box, Paragraph, Run, TextStyle, height
from mubiao.exports.deck.page import DeckWriter, Page
from mubiao.exports.deck.tables import (
    SMALL,
    TEXT,
    SlideColumn,
    SlideRow,
    cell,
    head,
    parts,
    tall,
    widths,
)
from mubiao.i18n import Language
from mubiao.views.briefing import Briefing, Subject
from mubiao.views.overview import StatusMark, TargetRow
from mubiao.views.slides import Kind, Slide
from mubiao.views.sources import sources

_LEAD, _UNDER = 14.0, 10.0
_BULLET = 22.0
# A status stays on one line.
_STATUS = 94.0


@dataclass(frozen=True, slots=True)
class _List:
    """What a list shows: columns, rows, and for each row's target what the presenter reads."""

    columns: tuple[SlideColumn, ...]
    lines: tuple[SlideRow, ...]
    notes: Mapping[str, str]
    charts: bool = field(default=False)


def add_list(stage: DeckWriter, shown: Briefing, slide: Slide, words: Language) -> None:
    """A list on as many slides as it takes; each names its own sources."""
    listed, subjects = _listed(slide, shown, words, stage.style), shown.subjects
    lead = [Paragraph((Run(slide.lead, colour=MUTED),), _LEAD)] if slide.lead else []
    whole = stage.frame.body.width
    wide = widths(listed.columns, whole)
    above = height(lead, whole) + _UNDER if lead else 0.0
    first = tall(head(listed.columns), wide)
    high = {id(line): tall(line, wide) for line in listed.lines}

    def named(lines: Iterable[SlideRow]) -> tuple[str, ...]:
        return sources((subjects[line.id] for line in lines if line.id), words)

    def fits(lines: Sequence[SlideRow]) -> bool:
        used = above + first + sum(high[id(line)] for line in lines)
        return used <= stage.room(named(lines)).height

    found = parts(listed.lines, fits) or [()]
    for number, lines in enumerate(found, 1):
        title = slide.title
        if len(found) > 1:
            title = words.t("{title} ({page}/{pages})", title=title, page=number, pages=len(found))
        page = stage.page(title, named(lines))
        room = stage.room(named(lines))
        if lead:
            page.text(Box(room.left, room.top, room.width, above), lead, name="Lead")
        if lines:
            heights = [first, *(high[id(line)] for line in lines)]
            box = Box(room.left, room.top + above, room.width, sum(heights))
            page.table(box, listed.columns, lines, title)
            if listed.charts:
                _bullets(page, box, wide, heights, [subjects[n.id] for n in lines])
        page.notes([slide.lead, *(listed.notes[line.id] for line in lines if line.id)])


def _listed(slide: Slide, shown: Briefing, words: Language, style: TextStyle) -> _List:
    if slide.kind is Kind.CHANGES:
        return _changes(slide, shown, words, style)
    notes = {s.row.id: words.labelled(s.row.name, s.row.sentence) for s in slide.subjects}
    make = {Kind.HEADLINE: _headline, Kind.ATTENTION: _attention}.get(slide.kind, _chapter)
    columns, lines = make(slide.subjects, words, style)
    return _List(columns, lines, notes, charts=slide.kind is Kind.HEADLINE)


_Table = tuple[tuple[SlideColumn, ...], tuple[SlideRow, ...]]


def _headline(subjects: Sequence[Subject], words: Language, style: TextStyle) -> _Table:
    columns = (
        SlideColumn(words.t("Target"), 36),
        SlideColumn(words.t("Actual"), 22, "r"),
        SlideColumn(words.t("Status"), 13, least=_STATUS),
        SlideColumn(words.t("Actual (bar) and target (frame)"), 29),
    )
    lines = tuple(
        SlideRow(
            s.row.id,
            (
                cell((s.row.name, TEXT, INK), (s.row.asks, SMALL, MUTED)),
                (*_figure(s.row, style), *cell((_known(s.row), SMALL, MUTED), side="r")),
                _status(s.row.mark, style),
                (),
            ),
            least=34,
        )
        for s in subjects
    )
    return columns, lines


def _attention(subjects: Sequence[Subject], words: Language, style: TextStyle) -> _Table:
    columns = (
        SlideColumn(words.t("Status"), 12, least=_STATUS),
        SlideColumn(words.t("Target"), 33),
        SlideColumn(words.t("Why"), 55),
    )
    lines = tuple(
        SlideRow(
            s.row.id,
            (
                _status(s.row.mark, style),
                cell((s.row.name, TEXT, INK), (s.row.asks, SMALL, MUTED)),
                cell((s.row.sentence, TEXT, INK)),
            ),
        )
        for s in subjects
    )
    return columns, lines


def _chapter(subjects: Sequence[Subject], words: Language, style: TextStyle) -> _Table:
    columns = (
        SlideColumn(words.t("Target"), 36),
        SlideColumn(words.t("Asked"), 22),
        SlideColumn(words.t("Actual"), 14, "r"),
        SlideColumn(words.t("Period"), 16),
        SlideColumn(words.t("Status"), 12, least=_STATUS),
    )
    lines = tuple(
        SlideRow(
            s.row.id,
            (
                cell((s.row.name, TEXT, INK)),
                cell((s.asks, TEXT, MUTED)),
                _figure(s.row, style),
                cell((_known(s.row), SMALL, MUTED)),
                _status(s.row.mark, style),
            ),
        )
        for s in subjects
    )
    return columns, lines


def _changes(slide: Slide, shown: Briefing, words: Language, style: TextStyle) -> _List:
    days = ("", "") if shown.changes is None else (shown.changes.earlier, shown.changes.later)
    columns = (
        SlideColumn(words.t("Target"), 33),
        SlideColumn(days[0], 13, least=_STATUS),
        SlideColumn(f"→ {days[1]}", 16, least=_STATUS),
        SlideColumn(words.t("Why"), 38),
    )
    lines: list[SlideRow] = []
    turned = ""
    for turn, row in slide.changes:
        if turn != turned:
            lines.append(SlideRow("", (cell((turn, TEXT, INK), bold=True),)))
            turned = turn
        texts = (
            cell((row.name, TEXT, INK)),
            _status(row.before, style),
            _status(row.after, style),
            cell((row.cause, SMALL, INK)),
        )
        lines.append(SlideRow(row.id, texts))
    notes = {
        row.id: words.labelled(row.name, f"{row.cause} · {row.sentence}")
        for _, row in slide.changes
    }
    return _List(columns, tuple(lines), notes)


def _bullets(
    page: Page,
    box: Box,
    wide: Sequence[float],
    heights: Sequence[float],
    subjects: Sequence[Subject],
) -> None:
    """Beside each row its own chart: unlike units share no axis."""
    left = box.left + sum(wide[:-1]) + 6
    top = box.top + heights[0]
    for subject, high in zip(subjects, heights[1:], strict=True):
        names = subject.path.names
        chart = bullet_chart(subject, names["judged"], names["target"], page.style)
        if chart is not None:
            middle = top + (high - _BULLET) / 2
            page.chart(Box(left, middle, wide[-1] - 12, _BULLET), chart)
        top += high


def _status(mark: StatusMark, style: TextStyle) -> tuple[Paragraph, ...]:
    """A status in its colour, always with its shape and its word."""
    text = f"{mark.shape} {mark.word}"
    return cell((text, TEXT, style.status(mark.status)), bold=True)


def _figure(row: TargetRow, style: TextStyle) -> tuple[Paragraph, ...]:
    """The actual on the right, its unit smaller behind it; nothing without one."""
    if not row.value:
        return ()
    runs = [Run(row.value, bold=True)]
    if row.unit:
        runs.append(Run(f"{style.space}{row.unit}", colour=MUTED, size=SMALL))
    return (Paragraph(tuple(runs), TEXT, "r"),)


def _known(row: TargetRow) -> str:
    """The period and the remarks on the figure."""
    return " · ".join(part for part in (row.period, *row.remarks) if part)
