"""The deck read back with python-pptx: what it says, in which faces, and where it ends."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.presentation import Presentation as Opened
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.table import Table

from mubiao.exports.deck import deck
from mubiao.exports.deck.drawing import Box, TextStyle
from mubiao.exports.deck.native_chart import NativeChart, Series
from mubiao.exports.deck.years import path_chart
from mubiao.model import Agenda, AgendaItem
from mubiao.text_metrics import LINE, lines
from mubiao.views.briefing import Briefing
from mubiao.views.changes import turned
from mubiao.views.slides import FOCUS_AT_MOST
from tests.briefings import december, july

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU = 12700
CODES = ("zh", "en")
MADE = {"july": july, "december": december}
EVERY = [(month, code) for month in MADE for code in CODES]
every = pytest.mark.parametrize(("month", "code"), EVERY)


@cache
def shown(month: str, code: str) -> Briefing:
    return MADE[month](code)


@cache
def made(month: str, code: str) -> Opened:
    return Presentation(BytesIO(deck([shown(month, code)])))


def texts(shape: BaseShape) -> str:
    return "".join(node.text or "" for node in shape.element.iter(f"{A}t"))


def said(slides: Iterable[Slide]) -> str:
    return "\n".join(texts(shape) for slide in slides for shape in slide.shapes)


def tables(slides: Iterable[Slide], title: str = "") -> list[Table]:
    return [
        shape.table
        for slide in slides
        if slide.shapes.title.text.startswith(title)
        for shape in slide.shapes
        if shape.has_table
    ]


def rows(slides: Iterable[Slide], title: str = "") -> list[list[str]]:
    found = [row for table in tables(slides, title) for row in table.rows]
    return [[cell.text for cell in row.cells] for row in found]


def frames(slide: Slide) -> list[BaseShape]:
    """What holds a chart, alone or in a group with the areas behind it."""
    found = []
    for shape in slide.shapes:
        found += shape.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP else [shape]
    return [shape for shape in found if shape.has_chart]


def areas(slide: Slide) -> list[BaseShape]:
    groups = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP]
    return [shape for group in groups for shape in group.shapes if not shape.has_chart]


def charts(slide: Slide) -> list[Chart]:
    return [shape.chart for shape in frames(slide)]


def titled(opened: Opened, title: str) -> Slide:
    """The first slide with this message, which may have its target's name or its page beside it."""
    return next(slide for slide in opened.slides if title in slide.shapes.title.text)


@every
def test_every_slide_has_a_title_of_its_own_and_every_shape_a_number(month: str, code: str) -> None:
    slides = made(month, code).slides
    titles = [slide.shapes.title.text for slide in slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    assert "…" not in said(slides)  # no text is cut off
    for slide in slides:
        numbers = [shape.shape_id for shape in slide.shapes]
        assert len(set(numbers)) == len(numbers)


@every
def test_every_run_has_both_faces_and_its_language(month: str, code: str) -> None:
    tag = "zh-CN" if code == "zh" else "en-GB"
    for slide in made(month, code).slides:
        for part in (slide, slide.notes_slide):
            runs = [*part.element.iter(f"{A}r"), *part.element.iter(f"{A}fld")]
            own = [run for run in runs if (run.find(f"{A}t").text or "") != "‹#›"]
            assert own
            for run in own:
                look = run.find(f"{A}rPr")
                assert look.get("lang") == tag
                assert look.find(f"{A}latin").get("typeface")
                assert look.find(f"{A}ea").get("typeface")


@every
def test_charts_are_native_and_have_both_faces_a_sheet_and_a_text(month: str, code: str) -> None:
    shapes = [shape for slide in made(month, code).slides for shape in slide.shapes]
    assert [s for s in shapes if s.shape_type is not None and "PICTURE" in s.shape_type.name] == []
    drawn = [frame for slide in made(month, code).slides for frame in frames(slide)]
    for shape in drawn:
        assert shape.element.nvGraphicFramePr.cNvPr.get("descr")
        looks = list(shape.chart.element.iter(f"{A}defRPr"))
        assert looks
        for look in looks:
            assert look.find(f"{A}latin") is not None
            assert look.find(f"{A}ea") is not None
        assert shape.chart.part.chart_workbook.xlsx_part.blob
    assert len(drawn) >= len([s for s in shown(month, code).headline if s.course.goal is not None])


@every
def test_a_headline_row_has_its_year_with_its_band_behind(month: str, code: str) -> None:
    """Its figures, the last one again in the colour of its status, on the row's own scale."""
    name, headline = shown(month, code).overview.headline.name, shown(month, code).headline
    drawn = [
        (frame, area)
        for slide in made(month, code).slides
        if slide.shapes.title.text.startswith(name)
        for frame, area in zip(frames(slide), areas(slide), strict=True)
    ]
    rows = [s for s in headline if s.course.goal is not None]
    for subject, (frame, area) in zip(rows, drawn, strict=True):
        course, (plot,) = subject.course, frame.chart.plots
        zero = course.zero is not None and len(course.numbers(0.6)) > 1
        goal, *others = [[v for v in s.values if v is not None] for s in plot.series]
        others = others[zero:]
        assert set(goal) == {course.goal}
        values = [point.value for point in course.points]
        assert others[:2] == ([values, values[-1:]] if values else [])
        ends = [float(axis.get("val")) for axis in frame.chart.element.iter(f"{C}max", f"{C}min")]
        assert ends == [course.high, course.low]
        corners = {int(pt.get("y")) / 100_000 for pt in area.element.iter(f"{A}pt")}
        assert sorted(corners) == pytest.approx(
            sorted(1 - course.up(value) for value in course.band), abs=1e-5
        )
        assert frame.element.nvGraphicFramePr.cNvPr.get("descr").startswith(subject.row.name)


def test_a_targets_slide_is_composed_as_its_page() -> None:
    """Names at the lines' ends in place of a legend, what is left to do as a wedge, the outlook."""
    subject = shown("july", "en").subjects["gdp-growth"]
    slide = titled(made("july", "en"), subject.row.title)
    (chart,) = charts(slide)
    assert not chart.has_legend
    written = [
        "".join(t.text for t in label.iter(f"{A}t")).replace(" ", "")
        for label in chart.element.iter(f"{C}dLbl")
    ]
    way = subject.path
    texts = [way.names["as_of"], way.names["rest"], way.names["met"], way.baseline.text]
    texts += ["".join(end.lines) for end in way.ends]
    assert {text.replace(" ", "") for text in texts} <= set(written)
    near, met, wedge, outlook = (
        [(int(pt.get("x")), int(pt.get("y"))) for pt in area.element.iter(f"{A}pt")]
        for area in areas(slide)
    )
    assert met[-1][1] == 0  # as far as the axis reaches
    assert {x for x, _ in (near[0], met[0])} == {0}
    assert wedge[0] == outlook[0]  # both open from the last figure
    assert {x for x, _ in (*wedge[1:], *outlook[1:])} == {100_000}


def test_the_other_series_is_named_beside_its_first_point_and_never_over_the_lines_ends() -> None:
    subject = shown("july", "en").subjects["gdp-growth"]
    first, last = (replace(point, text="other") for point in subject.path.judged)
    for other, side in (((first, last), "r"), ((last,), "l")):
        way = replace(subject.path, other=other)
        chart = path_chart(replace(subject, path=way), TextStyle("en"), Box(0, 0, 500, 300))
        labels = [label for series in chart.series for _, label in series.labels]
        assert [one.side for one in labels if one.text and one.text.text == "other"] == [side]


def test_a_figure_that_was_published_before_stands_faint_beside_the_present_one() -> None:
    subject = shown("july", "en").subjects["gdp-growth"]
    earlier = replace(subject.path.judged[0], value=-6.9, text="")
    way = replace(subject.path, ghosts=(earlier,))
    chart = path_chart(replace(subject, path=way), TextStyle("en"), Box(0, 0, 500, 300))
    (ghosts,) = [s for s in chart.series if s.name == way.names["ghosts"]]
    assert [value for value in ghosts.values if value is not None] == [-6.9]


def test_what_to_know_of_a_meeting_stands_on_the_opening_slide() -> None:
    told = ("As seen on 3 August.", "The plan has changed.")
    made_of = Presentation(BytesIO(deck((replace(shown("july", "en"), notes=told),))))
    opening = said([made_of.slides[0]])
    assert all(note in opening for note in told)


def test_a_text_stays_a_text_and_loses_only_what_xml_cannot_hold() -> None:
    hostile = '</a:t><b>"&amp;" {{ 1 }}'
    named = replace(shown("july", "en"), name=f"{hostile}\x0b", notes=(f"{hostile}\x00",))
    opening = Presentation(BytesIO(deck([named]))).slides[0]
    assert said([opening]).count(hostile) == 2


@every
def test_the_counts_are_those_of_the_briefing(month: str, code: str) -> None:
    (chart,) = charts(made(month, code).slides[0])
    counts = [count for count in shown(month, code).overview.counts if count.number]
    told = {series.name: list(series.values) for series in chart.plots[0].series}
    assert told == {c.mark.text: [float(c.number)] for c in counts if c.mark.status != "no_data"}
    text = said(made(month, code).slides)
    assert all(str(count.number) in text for count in counts)


@pytest.mark.parametrize("code", CODES)
def test_a_path_has_the_actuals_on_their_days_and_the_target_over_the_year(code: str) -> None:
    subject = shown("july", code).subjects["gdp-growth"]
    (chart,) = charts(titled(made("july", code), subject.row.title))
    days = list(chart.plots[0].categories)
    assert len(days) == len({str(day) for day in days})
    actuals, dot, goal = list(chart.plots[0].series)[:3]
    assert [value for value in dot.values if value is not None] == [subject.path.judged[-1].value]
    assert [value for value in actuals.values if value is not None] == [
        point.value for point in subject.path.judged
    ]
    assert set(goal.values) == {subject.path.goal[0][1]}


@pytest.mark.parametrize("code", CODES)
def test_a_milestone_goes_up_in_steps_between_its_named_stages(code: str) -> None:
    subject = next(s for s in shown("july", code).attention if s.milestone)
    (chart,) = charts(titled(made("july", code), subject.row.title))
    lines = {series.name: list(series.values) for series in chart.plots[0].series}
    for height, word in subject.path.axes.values:
        assert set(lines[word]) == {height}
    (dot,) = (value for value in lines[subject.path.names["judged"]] if value is not None)
    assert dot == subject.path.judged[-1].value
    due = subject.path.goal[0][0] - date(1899, 12, 30)
    assert str(due.days) in [str(day) for day in chart.plots[0].categories]


def test_the_sheet_behind_a_chart_holds_the_same_figures() -> None:
    (chart,) = charts(titled(made("july", "zh"), "下半年增长15.1%"))
    blob = chart.part.chart_workbook.xlsx_part.blob
    rows = list(load_workbook(BytesIO(blob))["Sheet1"].iter_rows(values_only=True))
    names = [series.name for series in chart.plots[0].series]
    assert list(rows[0]) == [None, *names]
    for place, series in enumerate(chart.plots[0].series, 1):
        assert [row[place] for row in rows[1:]] == list(series.values)


def test_large_numbers_are_divided_as_their_axis_says() -> None:
    subject = shown("december", "zh").subjects["labour-productivity"]
    (chart,) = charts(titled(made("december", "zh"), subject.row.title))
    assert chart.value_axis.tick_labels.number_format == '[>27.5]0"万元/人";[<0]"−"0"万";0"万"'
    assert set(list(chart.plots[0].series)[2].values) == {26.5}


def test_in_the_sheet_texts_are_texts_and_days_are_days() -> None:
    names = ("=1+1", "+1", "-1", "@a", "http://example.org", "<r>a</r>")
    texts = NativeChart("shares", names, (Series("=A1", (1.0,) * 6, ""),), "")
    days = NativeChart("year", (date(2020, 6, 30),), (Series("a", (None,), ""),), "")
    sheet, dated = (load_workbook(BytesIO(c.workbook()))["Sheet1"] for c in (texts, days))
    assert [(cell.value, cell.data_type) for cell in sheet["A"][1:]] == [(n, "s") for n in names]
    assert (sheet["B1"].value, sheet["B1"].data_type) == ("=A1", "s")
    assert (dated["A2"].value.date(), dated["B2"].value) == (date(2020, 6, 30), None)


@every
def test_the_notes_hold_every_sentence(month: str, code: str) -> None:
    slides = made(month, code).slides
    told = "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)
    assert shown(month, code).overview.summary in told
    missing = [s.row.id for s in shown(month, code).subjects.values() if s.row.sentence not in told]
    assert missing == []


@every
def test_the_headline_table_has_name_target_actual_and_status(month: str, code: str) -> None:
    name = shown(month, code).overview.headline.name
    by_name = {row[0]: row for row in rows(made(month, code).slides, name)}
    for s in shown(month, code).headline:
        cells = by_name[f"{s.row.name}\n{s.row.asks}"]
        assert cells[2].startswith(s.row.value)
        assert s.row.period in cells[2]
        assert cells[3] == f"{s.row.mark.shape} {s.row.mark.word}"


@every
def test_a_table_has_every_figure_of_its_target(month: str, code: str) -> None:
    """A chapter's row: name, asked, actual with its unit, period, status as shape and word."""
    by_name = {row[0]: row for row in rows(made(month, code).slides) if len(row) == 5}
    space = "" if code == "zh" else " "
    for chapter in shown(month, code).chapters:
        for s in () if chapter.subjects == shown(month, code).headline else chapter.subjects:
            figure = s.row.value + (f"{space}{s.row.unit}" if s.row.unit else "")
            status = f"{s.row.mark.shape} {s.row.mark.word}"
            _, asks, actual, _, standing = by_name[s.row.name]
            assert (asks, actual, standing) == (s.asks, figure, status)


@pytest.mark.parametrize("code", CODES)
def test_what_nobody_reported_is_a_table_with_its_bars(code: str) -> None:
    silent = shown("july", code).unreported
    slide = titled(made("july", code), silent.title)
    (chart,) = charts(slide)
    named = [[row.name, str(row.coverage.total), "", str(row.coverage.owed)] for row in silent.rows]
    assert rows([slide])[1:-1] == named
    numbers = [(r.coverage.reported, r.coverage.owed, r.coverage.not_due) for r in silent.rows]
    values = [list(series.values) for series in chart.plots[0].series]
    assert list(zip(*values, strict=True)) == numbers
    assert list(chart.plots[0].categories) == [row.name for row in silent.rows]


def test_the_speakers_note_comes_first_in_the_notes_of_its_slide() -> None:
    agenda = Agenda(
        (AgendaItem("unreported", "Who reports next?"), AgendaItem("headline", left_out=True))
    )
    briefing = replace(shown("july", "en"), agenda=agenda)
    slides = Presentation(BytesIO(deck([briefing], appendix=False))).slides
    assert slides[0].shapes.title.text == briefing.unreported.title
    assert slides[0].notes_slide.notes_text_frame.text.startswith("Who reports next?")
    titles = [slide.shapes.title.text for slide in slides]
    assert [title for title in titles if title.startswith(("Headline", "Appendix"))] == []


@every
def test_the_worst_targets_have_a_slide_with_figures_and_chart(month: str, code: str) -> None:
    for subject in shown(month, code).attention[:FOCUS_AT_MOST]:
        slide = titled(made(month, code), subject.row.title)
        text = said([slide])
        assert subject.row.sentence in slide.notes_slide.notes_text_frame.text
        assert all(figure.value in text and figure.note in text for figure in subject.figures)
        assert subject.promise in text
        assert charts(slide)


@pytest.mark.parametrize("code", CODES)
def test_commentary_and_own_judgement_stand_beside_the_computed_status(code: str) -> None:
    subject = shown("july", code).subjects["gdp-growth"]
    slides = made("july", code).slides
    text = said(slide for slide in slides if subject.row.title in slide.shapes.title.text)
    assert f"{subject.row.mark.shape} {subject.row.mark.word}" in text
    for note in (*subject.remarks.judgements, *subject.remarks.commentary):
        assert note.text in text
        assert note.by in text


@every
def test_changes_say_before_and_after(month: str, code: str) -> None:
    changed = shown(month, code).changes
    title = turned(changed, shown(month, code).language)
    by_name = {row[0]: row for row in rows(made(month, code).slides, title)}
    for turn in changed.turns:
        assert turn.name in by_name
        for row in turn.rows:
            before, after = (f"{mark.shape} {mark.word}" for mark in (row.before, row.after))
            assert by_name[row.name] == [row.name, before, after, row.cause]


@every
def test_every_slide_has_stamp_number_and_the_sources_of_its_figures(month: str, code: str) -> None:
    by_name = {s.row.name: s for s in shown(month, code).subjects.values()}
    for slide in made(month, code).slides:
        text = said([slide])
        assert shown(month, code).stamp in text
        assert any(node.get("type") == "slidenum" for node in slide.element.iter(f"{A}fld"))
        names = {row[0].partition("\n")[0] for row in rows([slide])}
        assert all(by_name[name].source in text for name in names & by_name.keys())


def bodies(slide: Slide) -> list[tuple[BaseShape, float, float]]:
    """Text boxes with the height that their text takes and the height that they have."""
    found = []
    for shape in slide.shapes:
        if not shape.has_text_frame:
            continue
        taken = 0.0
        for paragraph in shape.text_frame.paragraphs:
            sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
            # A size that is not said is the layout's title.
            size = max(sizes) if sizes else 28.0
            bold = any(run.font.bold for run in paragraph.runs)
            text = paragraph.text if sizes or paragraph.text else "1"
            held = lines(text, min(sizes, default=size), shape.width / EMU, bold=bold)
            taken += len(held) * size * LINE if sizes or not shape.is_placeholder else 0
        found.append((shape, taken, shape.height / EMU))
    return found


@every
def test_nothing_leaves_the_slide_and_no_text_its_box(month: str, code: str) -> None:
    opened = made(month, code)
    for slide in opened.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= opened.slide_width
            assert shape.top + shape.height <= opened.slide_height
        for shape, taken, held in bodies(slide):
            assert taken <= held + 1, (slide.shapes.title.text, shape.name, shape.text_frame.text)


@every
def test_tables_end_above_the_footer_and_their_rows_hold_their_texts(month: str, code: str) -> None:
    for slide in made(month, code).slides:
        footer = min(
            shape.top for shape in slide.shapes if shape.name.startswith(("Footer", "Slide number"))
        )
        for shape in slide.shapes:
            if not shape.has_table:
                continue
            table = shape.table
            assert sum(row.height for row in table.rows) <= shape.height + EMU
            assert shape.top + shape.height <= footer
            for row in table.rows:
                for cell, column in zip(row.cells, table.columns, strict=True):
                    if cell.is_merge_origin or cell.is_spanned or not cell.text:
                        continue
                    room = (column.width - cell.margin_left - cell.margin_right) / EMU
                    taken = (cell.margin_top + cell.margin_bottom) / EMU
                    for paragraph in cell.text_frame.paragraphs:
                        sizes = [run.font.size.pt for run in paragraph.runs]
                        assert min(sizes) >= 12
                        taken += len(lines(paragraph.text, min(sizes), room)) * max(sizes) * LINE
                    assert taken <= row.height / EMU + 1, cell.text


def test_both_languages_stand_in_one_file_after_each_other() -> None:
    opened = Presentation(BytesIO(deck([shown("july", "zh"), shown("july", "en")])))
    titles = [slide.shapes.title.text for slide in opened.slides]
    zh, en = (made("july", code).slides[0].shapes.title.text for code in CODES)
    assert titles[0] == zh
    assert len(titles) == len(made("july", "zh").slides) + len(made("july", "en").slides)
    assert titles[len(made("july", "zh").slides)] == en


def test_the_file_is_wide_and_says_what_it_is() -> None:
    opened = made("december", "zh")
    assert opened.slide_width * 9 == opened.slide_height * 16
    told = opened.core_properties
    assert shown("december", "zh").name in told.title
    assert (told.language, told.author) == ("zh-CN", "Mubiao")
    assert told.created is None
    assert made("july", "en").core_properties.language == "en-GB"
