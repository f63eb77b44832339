"""Slides that are lists: headline targets, what needs attention, a chapter, what changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate, groupby
from operator import itemgetter

from markupsafe import Markup

from mubiao.exports.deck.drawing import (
    INK,
    MUTED,
    Box,
    Paragraph,
    Run,
    TextStyle,
    area,
    fill,
    height,
    plain,
    rgb,
)
from mubiao.exports.deck.native_chart import NativeChart, Scale, Series
from mubiao.exports.deck.page import DeckWriter, Page
from mubiao.exports.deck.tables import (
    SMALL,
    TEXT,
    SlideColumn,
    SlideRow,
    cell,
    column_widths,
    header,
    larger,
    measured,
    split,
)
from mubiao.exports.deck.years import course_chart
from mubiao.problems import message
from mubiao.views.briefing import Subject
from mubiao.views.counts import StatusMark
from mubiao.views.slides import Slide, SlideKind
from mubiao.views.sources import sources
from mubiao.views.unreported import CoverageRow
from mubiao.views.years import Cell
from mubiao.wording.phrasebook import inline

_LEAD, _UNDER = 14.0, 10.0
_YEAR, _COVERAGE = 35.0, 25.0
# What fits on one slide is as large as that leaves room for.
_LARGER = (1.5, 1.3, 1.15)
# A status stays on one line.
_STATUS = 120.0
_Cell = tuple[Paragraph, ...]
_Table = tuple[Sequence[SlideColumn], Sequence[SlideRow]]


# A column, its header a gettext id, and what it shows of a target.
_Layout = tuple[SlideColumn, Callable[[Subject, TextStyle], _Cell]]


def add_list(deck: DeckWriter, slide: Slide) -> None:
    """A list on as many slides as it takes; each names its own sources."""
    subjects, whole = deck.briefing.subjects, deck.frame.body.width
    table = _TABLES.get(slide.kind, _targets)(deck, slide)
    lead = [plain(slide.lead, _LEAD, MUTED)] if slide.lead else []
    above = height(lead, whole) + _UNDER if lead else 0.0

    def named(part: Iterable[SlideRow]) -> tuple[str, ...]:
        return sources((subjects[row.id] for row in part if row.id in subjects), deck.language)

    def fits(part: Sequence[SlideRow]) -> bool:
        return above + sum(row.height for row in part) <= deck.room(named(part)).height

    sized = partial(_sized, table, whole, even=slide.kind is SlideKind.UNREPORTED)
    best = sized(1)
    if fits(best[1]):
        best = next((one for one in map(sized, _LARGER) if fits(one[1])), best)
    widths, (head, *rows) = best
    parts = split(rows, lambda part: fits([head, *part])) or [()]
    for title, part in zip(deck.numbered(slide.title, len(parts)), parts, strict=True):
        page, room = deck.page(title, named(part)), deck.room(named(part))
        if lead:
            page.text(room._replace(height=above), lead, name="Lead")
        if part:
            lines = [head, *part]
            high = sum(row.height for row in lines)
            box = Box(room.left, room.top + above, room.width, high)
            page.table(box, widths, lines, title)
            if slide.kind is SlideKind.HEADLINE:
                _add_years(page, box, widths, lines)
            elif slide.kind in (SlideKind.UNREPORTED, SlideKind.UNITS):
                _add_coverage(page, box, widths, lines, slide)
        page.notes([slide.note, slide.lead, *(row.note for row in part)])


def _sized(
    table: _Table, room: float, share: float, *, even: bool
) -> tuple[list[float], list[SlideRow]]:
    """The widths of a table's columns and its rows below their heads, with texts in a share of
    their size; `even` rows are all as high as the tallest, for a chart beside them.
    """
    columns, rows = table
    columns = [replace(column, least=column.least * share) for column in columns]
    widths = column_widths(columns, room)
    head, *made = (measured(larger(row, share), widths) for row in (header(columns), *rows))
    tallest = max(row.height for row in made) if even and made else 0
    return widths, [head, *(replace(row, height=max(row.height, tallest)) for row in made)]


def _targets(deck: DeckWriter, slide: Slide) -> _Table:
    layouts = _LAYOUTS[slide.kind]
    least = _YEAR if slide.kind is SlideKind.HEADLINE else 0
    t, labelled = deck.language.t, deck.language.labelled
    columns = [replace(column, head=t(column.head)) for column, _ in layouts]
    rows, section = [], ""
    names = {chapter.id: f"{chapter.id} {chapter.name}" for chapter in deck.briefing.chapters}
    for s in slide.subjects:
        if slide.kind is SlideKind.APPENDIX and s.row.section != section:
            section = s.row.section
            rows.append(SlideRow("", (cell((names[section], TEXT, INK), bold=True),)))
        cells = tuple(write(s, deck.style) for _, write in layouts)
        rows.append(SlideRow(s.row.id, cells, least, labelled(s.row.name, s.row.sentence)))
    return columns, rows


def _unreported(deck: DeckWriter, slide: Slide) -> _Table:
    t, table = deck.language.t, slide.table or deck.briefing.unreported
    columns = [
        SlideColumn(table.part, 30),
        SlideColumn(t("Targets"), 12, "r"),
        SlideColumn(inline(*table.parts), 39),
        SlideColumn(table.owed, 19, "r"),
    ]
    whole = CoverageRow("", t("Total"), table.whole)
    return columns, [*map(_coverage, table.rows), _coverage(whole)]


def _coverage(row: CoverageRow) -> SlideRow:
    total, owed = str(row.coverage.total), str(row.coverage.owed)
    cells = (
        cell((row.name, TEXT, INK)),
        cell((total, TEXT, MUTED), side="r"),
        (),
        cell((owed, TEXT, INK), side="r", bold=True),
    )
    return SlideRow(row.id or row.name, cells, _COVERAGE)


def _add_coverage(
    page: Page, box: Box, widths: Sequence[float], rows: Sequence[SlideRow], slide: Slide
) -> None:
    """In the third column a chart with the bars of the rows that have one."""
    table = slide.table or page.deck.briefing.unreported
    bars = {row.id or row.name: row for row in table.rows}
    drawn = [bars[row.id] for row in rows if row.id in bars]
    if drawn:
        left, high = box.left + sum(widths[:2]) + 6, sum(r.height for r in rows if r.id in bars)
        chart = _coverage_chart(drawn, table.parts, slide.title, page.style)
        page.chart(Box(left, box.top + rows[0].height, widths[2] - 12, high), chart)


def _coverage_chart(
    rows: Sequence[CoverageRow], names: Sequence[str], description: str, style: TextStyle
) -> NativeChart:
    """How much of each part is reported, owed and not yet due, which `names` say, in rows."""
    hollow = Markup('<a:noFill/><a:ln w="9525">{}</a:ln>').format(fill(MUTED))
    looks = (area(MUTED), hollow, area(rgb(style.palette.unreported)))
    numbers = [(r.coverage.reported, r.coverage.owed, r.coverage.not_due) for r in rows]
    series = tuple(
        Series(name, tuple(float(each[place]) for each in numbers), looks[place])
        for place, name in enumerate(names)
    )
    most = max((row.coverage.total for row in rows), default=1)
    categories = tuple(row.name for row in rows)
    return NativeChart("coverage", categories, series, description, scale=Scale(0, most))


def _changes(deck: DeckWriter, slide: Slide) -> _Table:
    changes, t, style = deck.briefing.changes, deck.language.t, deck.style
    days = ("", "") if changes is None else (changes.earlier, changes.later)
    columns = [
        SlideColumn(t("Target"), 33),
        SlideColumn(days[0], 13, least=_STATUS),
        SlideColumn(f"→ {days[1]}", 16, least=_STATUS),
        SlideColumn(t("Why"), 38),
    ]
    rows: list[SlideRow] = []
    for turn, group in groupby(slide.changes, itemgetter(0)):
        rows.append(SlideRow("", (cell((turn, TEXT, INK), bold=True),)))
        for _, row in group:
            note = deck.language.labelled(row.name, f"{row.cause} · {row.sentence}")
            statuses = _status(row.before, style), _status(row.after, style)
            cells = (cell((row.name, TEXT, INK)), *statuses, cell((row.cause, SMALL, INK)))
            rows.append(SlideRow(row.id, cells, note=note))
    return columns, rows


def _years(deck: DeckWriter, slide: Slide) -> _Table:
    plans = deck.briefing.years.plans if deck.briefing.years else ()
    columns = [
        SlideColumn(deck.language.t("Indicator"), 24),
        *(SlideColumn(plan.name, 76 / len(plans)) for plan in plans),
    ]

    def of_year(one: Cell | None) -> _Cell:
        if one is None:
            return cell(("–", TEXT, MUTED))
        asks = inline(one.asks, one.turn_word)
        status = Run(one.mark.text, bold=True, colour=deck.style.status(one.mark.status))
        actual = Run(f" {one.actual}" if one.actual else "", colour=INK)
        return (*cell((asks, TEXT, MUTED)), Paragraph((status, actual), TEXT))

    rows = [
        SlideRow(row.name, (cell((row.name, TEXT, INK)), *map(of_year, row.cells)))
        for row in slide.series
    ]
    return columns, rows


def _add_years(page: Page, box: Box, widths: Sequence[float], rows: Sequence[SlideRow]) -> None:
    """In the second column of each row its own chart: unlike units share no axis."""
    left, subjects = box.left + widths[0] + 6, page.deck.briefing.subjects
    for row, top in zip(rows[1:], accumulate(row.height for row in rows), strict=False):
        chart = course_chart(subjects[row.id], page.style)
        if chart is not None:
            page.chart(Box(left, box.top + top + 1, widths[1] - 12, row.height - 2), chart)


def _figure(subject: Subject, style: TextStyle) -> _Cell:
    """The actual on the right, its unit smaller behind it; nothing without one."""
    row = subject.row
    unit = (Run(f"{style.space}{row.unit}", colour=MUTED, size=SMALL),) if row.unit else ()
    return (Paragraph((Run(row.value, bold=True), *unit), TEXT, "r"),) if row.value else ()


def _figure_and_period(subject: Subject, style: TextStyle) -> _Cell:
    return *_figure(subject, style), *cell((subject.row.known, SMALL, MUTED), side="r")


def _period(subject: Subject, _style: TextStyle) -> _Cell:
    """The period, and each remark on a line of its own: beside it, it would be torn."""
    return cell(*((text, SMALL, MUTED) for text in (subject.row.period, *subject.row.remarks)))


def _status(mark: StatusMark, style: TextStyle) -> _Cell:
    """A status in its colour, always with its shape and its word."""
    return cell((mark.text, TEXT, style.status(mark.status)), bold=True)


def _name(subject: Subject, _style: TextStyle) -> _Cell:
    return cell((subject.row.name, TEXT, INK), (subject.row.asks, SMALL, MUTED))


def _standing(subject: Subject, style: TextStyle) -> _Cell:
    return _status(subject.row.mark, style)


_OF_CHAPTER: Sequence[_Layout] = (
    (SlideColumn(message("Target"), 31), lambda s, _: cell((s.row.name, TEXT, INK))),
    (SlideColumn(message("Asked"), 21), lambda s, _: cell((s.asks, TEXT, MUTED))),
    (SlideColumn(message("Actual"), 14, "r"), _figure),
    (SlideColumn(message("Period"), 22), _period),
    (SlideColumn(message("Status"), 12, least=_STATUS), _standing),
)
_LAYOUTS: Mapping[SlideKind, Sequence[_Layout]] = {
    SlideKind.HEADLINE: (
        (SlideColumn(message("Target"), 33), _name),
        (SlideColumn(message("Over the year"), 26), lambda _s, _t: ()),
        (SlideColumn(message("Actual"), 27, "r"), _figure_and_period),
        (SlideColumn(message("Status"), 13, least=_STATUS), _standing),
    ),
    SlideKind.ATTENTION: (
        (SlideColumn(message("Status"), 12, least=_STATUS), _standing),
        (SlideColumn(message("Target"), 33), _name),
        (SlideColumn(message("Why"), 55), lambda s, _: cell((s.row.sentence, TEXT, INK))),
    ),
    SlideKind.CHAPTER: _OF_CHAPTER,
    SlideKind.APPENDIX: _OF_CHAPTER,
}
_TABLES = {
    SlideKind.CHANGES: _changes,
    SlideKind.UNREPORTED: _unreported,
    SlideKind.UNITS: _unreported,
    SlideKind.YEARS: _years,
}
