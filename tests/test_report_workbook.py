"""The report as a workbook: real numbers, statuses by word and fill, actuals to import again."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.assessment import assess
from mubiao.exports.workbook.book import FormattedNumber
from mubiao.exports.workbook.report import figure, workbook
from mubiao.i18n import language
from mubiao.model import Code, Observation, Qualifier, Stage, Unit
from mubiao.period import Period
from mubiao.proposal.rows import Outcome
from mubiao.spreadsheet.table import read_table
from mubiao.views.briefing import briefing
from mubiao.views.counts import Count
from mubiao.views.seen import Seen
from mubiao.wording.phrasebook import Phrasebook
from tests.briefings import JULY, december, full_year, july, seen
from tests.real import real_actuals, real_plan
from tests.samples import observation
from tests.sheets import dry_run

NAME = "2020年7月调度会"
PERCENT = Unit(zh="%", en="%")
EN, ZH = language("en"), language("zh")
Cells = dict[str, dict[str, object]]


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def sheet(book: Workbook, name: str) -> Worksheet:
    """An English sheet: the last five of the book."""
    return book.worksheets[-5:][english().index(name)]


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened(
        workbook(real_plan(), seen(JULY, name=NAME), [july("zh", NAME), july("en", NAME)])
    )


def english() -> list[str]:
    return ["Summary", "Targets", "Actuals", "Changes", "Owed"]


def by_id(found: Worksheet, header: int = 1) -> Cells:
    heads = [str(cell.value) for cell in found[header]]
    rows: list[dict[str, object]] = [
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in found.iter_rows(min_row=header + 1)
    ]
    return {str(row["Target id"]): row for row in rows}


def test_each_language_has_its_five_sheets(book: Workbook) -> None:
    assert len(book.worksheets) == 10
    assert [found["A1"].value for found in book.worksheets[2::5]] == ["指标编号", "Target id"]


def test_one_briefing_gives_five_sheets_and_four_where_nothing_is_compared() -> None:
    then = seen(JULY)
    assert opened(workbook(real_plan(), then, [july("en")])).sheetnames == english()
    alone = briefing(Phrasebook(real_plan(), EN), then)
    assert opened(workbook(real_plan(), then, [alone])).sheetnames == [
        *english()[:3],
        *english()[4:],
    ]


def test_the_summary_counts_every_status_for_the_whole_and_each_section(book: Workbook) -> None:
    found, shown = sheet(book, "Summary"), july("en")
    assert found["A1"].value == f"{NAME} · {shown.overview.title}"
    assert (found["A2"].value, found["A3"].value) == (shown.stamp, shown.overview.summary)
    words = [found.cell(5, column).value for column in range(3, 9)]
    assert words == [f"{c.mark.shape} {c.mark.word}" for c in shown.overview.counts]
    rows = [[cell.value for cell in row] for row in found.iter_rows(6, 6 + len(shown.chapters))]
    counts = shown.overview.counts
    assert rows[0][1:] == [len(shown.subjects), *(c.number for c in counts), *apart(counts)]
    assert rows[0][-2:] == [129, 12]
    for row, chapter in zip(rows[1:], shown.chapters, strict=True):
        assert row[0] == f"{chapter.id} {chapter.name}"
        numbers = [len(chapter.subjects), *(c.number for c in chapter.counts)]
        assert row[1:] == [*numbers, *apart(chapter.counts)]


def apart(counts: Sequence[Count]) -> list[int]:
    """The late among the achieved, the owed and the not yet due among those not reported."""
    return [counts[0].part, counts[-1].owed, counts[-1].later]


def test_the_targets_tell_who_is_late_and_which_reports_are_overdue() -> None:
    plan, day = real_plan(), date(2021, 4, 30)
    done = observation("olympic-academy", "2021-02-01", Stage.COMPLETE, "2021-02-02")
    assessments = assess(plan, [done], day)
    seen_then = Seen(day, assessments, (done,), ())
    made = opened(workbook(plan, seen_then, [briefing(Phrasebook(plan, EN), seen_then)]))
    rows = by_id(sheet(made, "Targets"))
    academy, railway = rows["olympic-academy"], rows["jingshen-railway"]
    assert (academy["Late"], academy["Days overdue"]) == ("late", None)
    assert (railway["Late"], railway["Days overdue"]) == (None, 365)


def test_the_summary_tells_the_headline_targets(book: Workbook) -> None:
    found, shown = sheet(book, "Summary"), july("en")
    told = {row[0].value: row[3].value for row in found.iter_rows() if row[0].value}
    assert {s.row.name: s.row.sentence for s in shown.headline}.items() <= told.items()


def test_numbers_are_numbers_with_the_form_of_their_unit(book: Workbook) -> None:
    goals = {target.id: target.value for target in real_plan().targets}
    for name, row in by_id(sheet(book, "Targets")).items():
        goal = goals[name]
        assert row["Target value"] == (None if goal is None else float(goal))
    cells = {row[0].value: row for row in sheet(book, "Targets").iter_rows(min_row=2)}
    assert cells["gdp-growth"][5].number_format == '#,##0.0"%";"−"#,##0.0"%"'
    assert cells["gdp-growth"][5].data_type == "n"
    assert cells["pm25"][5].number_format == '#,##0;"−"#,##0'


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "form"),
    [
        ("3.50", PERCENT, Qualifier.EXACT, '#,##0.00"%";"−"#,##0.00"%"'),
        ("280000", Unit(zh="人", en="people"), Qualifier.EXACT, '#,##0;"−"#,##0'),
        ("23", PERCENT, Qualifier.AT_LEAST, '"at least "#,##0"%";"at least ""−"#,##0"%"'),
        ("1.5", None, Qualifier.AT_MOST, '#,##0.0" or less";"−"#,##0.0" or less"'),
    ],
)
def test_a_form_says_the_unit_and_how_exact_the_value_is(
    value: str, unit: Unit | None, qualifier: Qualifier, form: str
) -> None:
    assert figure(Decimal(value), unit, EN, qualifier) == FormattedNumber(Decimal(value), form)


def test_the_texts_are_those_of_the_briefing(book: Workbook) -> None:
    rows, shown = by_id(sheet(book, "Targets")), july("en")
    for name, subject in shown.subjects.items():
        row = rows[name]
        assert row["Name"] == subject.row.name
        assert row["In words"] == subject.row.sentence
        assert (row["The rest of the year"] or "") == subject.rest
        assert (row["Source"] or "") == subject.source
        assert row["Where it stands"] == subject.promise
    said = str(rows["gdp-growth"]["Commentary"]).split("\n")
    assert said[0].startswith("own judgement: ✖ missed: ")
    assert said[1].startswith("the first half: ")
    assert said[1].endswith("(王芳, 20 July 2020)")


def test_what_changed_stands_by_the_way_it_turned(book: Workbook) -> None:
    found, shown = sheet(book, "Changes"), july("en")
    assert (found["A1"].value, found["A2"].value) == (shown.changes_title, shown.changes.summary)
    rows = [[cell.value for cell in row] for row in found.iter_rows(min_row=5)]
    told = [(turn.name, row.id, row.cause) for turn in shown.changes.turns for row in turn.rows]
    assert shown.changes.steady
    assert [(row[0], row[1], row[5]) for row in rows[: len(told)]] == told
    assert [row[1] for row in rows[len(told) :]] == [row.id for row in shown.changes.steady]


def test_notes_of_a_meeting_stand_beneath_the_stamp_and_push_nothing_away() -> None:
    notes = ("As seen then: what was recorded later is not shown.", "The plan has changed.")
    shown = replace(july("en"), notes=notes)
    book = load_workbook(io.BytesIO(workbook(real_plan(), seen(JULY), [shown])))
    rows = [row[0] for row in book["Summary"].iter_rows(max_row=9, values_only=True)]
    expected = [shown.stamp, *notes, shown.overview.summary, None, "Section", "All targets"]
    assert rows[1:8] == expected


@pytest.mark.parametrize("codes", [("zh",), ("en",), ("zh", "en"), ("en", "zh")])
def test_its_actuals_can_be_imported_again_and_change_nothing(codes: tuple[Code, ...]) -> None:
    standing = tuple(replace(o, row=n) for n, o in enumerate(full_year(), 1))
    then = seen(date(2021, 1, 31), standing)
    content = workbook(real_plan(), then, [december(code) for code in codes])
    found = dry_run(read_table("a.xlsx", content), real_plan(), standing, date(2021, 1, 31))
    assert (found.troubles, found.new, found.corrections) == ((), (), ())
    assert len(found.of(Outcome.SAME)) == len(standing)


def test_lists_have_frozen_heads_filters_and_pages_across_a4(book: Workbook) -> None:
    for name, head, still in (("Targets", 1, "D2"), ("Actuals", 1, "C2"), ("Changes", 4, "D5")):
        found = sheet(book, name)
        assert found.freeze_panes == still
        assert str(found.auto_filter.ref).startswith(f"A{head}:")
        assert found.print_title_rows == f"${head}:${head}"
    for found in book.worksheets:
        setup = found.page_setup
        assert (setup.orientation, setup.paperSize) == ("landscape", 9)
        # One page wide, which a file need not say.
        assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
        assert found.sheet_properties.pageSetUpPr.fitToPage


def test_each_language_has_a_face_that_its_excel_has(book: Workbook) -> None:
    faces = [found["A1"].font.name for found in book.worksheets]
    assert faces == ["Microsoft YaHei"] * 5 + ["Calibri"] * 5


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    plan = real_plan()
    bad = Observation(
        "gdp-growth",
        Period.parse("2020-Q1"),
        Decimal("-6.8"),
        date(2020, 4, 17),
        source="=HYPERLINK(1)",
        note="=1+1",
        row=1,
    )
    remark = replace(seen(JULY).remarks[0], text="=2+2", written_by="@wang")
    then = Seen(JULY, assess(plan, [bad], JULY), (bad,), (remark,), None, "=cmd")
    made = opened(workbook(plan, then, [briefing(Phrasebook(plan, EN), then)]))
    kinds = {cell.data_type for found in made for row in found.iter_rows() for cell in row}
    assert "f" not in kinds
    assert by_id(sheet(made, "Targets"))["gdp-growth"]["Source"] == "=HYPERLINK(1)"
    assert str(sheet(made, "Summary")["A1"].value).startswith("=cmd")


def test_a_number_with_more_digits_than_excel_holds_is_a_text() -> None:
    plan = real_plan()
    long = replace(
        real_actuals()[0], target="gdp-growth", value=Decimal("1.2345678901234567"), row=1
    )
    then = Seen(JULY, assess(plan, [long], JULY), (long,), ())
    made = opened(workbook(plan, then, [briefing(Phrasebook(plan, ZH), then)]))
    told = [cell.value for cell in made.worksheets[2][2]]
    assert "1.2345678901234567" in told


def test_nothing_known_is_empty_and_never_zero() -> None:
    plan = real_plan()
    then = Seen(JULY, assess(plan, [], JULY), (), ())
    made = opened(workbook(plan, then, [briefing(Phrasebook(plan, EN), then)]))
    for row in by_id(sheet(made, "Targets")).values():
        assert (row["Latest actual"], row["Progress"], row["Source"]) == (None, None, None)
        assert row["Status"] == "○ not reported"
    assert sheet(made, "Actuals").max_row == 1
