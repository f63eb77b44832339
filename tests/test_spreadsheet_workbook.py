"""The workbook to fill in: complete, locked where it must be, and read back as it was filled."""

import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.exports.workbook.to_fill_in import (
    COLUMNS,
    FILLED_IN,
    HEADER_ROW,
    MORE_ROWS,
    periods_of,
    workbook,
)
from mubiao.i18n import language
from mubiao.model import Code
from mubiao.period import Period
from mubiao.spreadsheet.choice_words import choices
from mubiao.spreadsheet.columns import header
from mubiao.spreadsheet.importing import Import
from mubiao.spreadsheet.table import read_table
from mubiao.wording.phrasebook import Phrasebook
from tests.real import real_plan
from tests.samples import observation
from tests.sheets import PLAN, TODAY, dry_run

CODES: tuple[Code, ...] = ("zh", "en")
KNOWN = [
    observation("jobs", "2020-H1", "100000", "2020-07-20", row=7),
    observation("jobs", "2020", "261000", "2021-03-22", row=9),
]


def opened(code: str = "en", period: str = "") -> tuple[Workbook, Worksheet]:
    chosen = Period.parse(period) if period else None
    periods = periods_of(PLAN, chosen)
    book = load_workbook(io.BytesIO(workbook(Phrasebook(PLAN, language(code)), KNOWN, periods)))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return book, sheet


def at(column: str, number: int) -> str:
    """The address of a cell by its column's id and its row among the targets, from 0."""
    return f"{chr(ord('A') + COLUMNS.index(column))}{HEADER_ROW + 1 + number}"


def filled(sheet: Worksheet, number: int, **cells: object) -> None:
    for column, value in cells.items():
        sheet[at(column, number)] = value


def read(book: Workbook) -> Import:
    out = io.BytesIO()
    book.save(out)
    return dry_run(read_table("a.xlsx", out.getvalue()), PLAN, KNOWN, TODAY)


@pytest.mark.parametrize("code", CODES)
def test_every_target_stands_in_it_with_what_is_known(code: Code) -> None:
    _, sheet = opened(code)
    rows = [[cell.value for cell in row[:5]] for row in sheet.iter_rows(min_row=4, max_row=6)]
    year, unit = ("全年", "人") if code == "zh" else ("the full year", "people")
    last = "26.1万" if code == "zh" else "261,000"
    name = "目标jobs" if code == "zh" else "jobs"
    assert [row[0] for row in rows] == [target.id for target in PLAN.targets]
    assert rows[1] == ["jobs", name, unit, last, year]
    assert rows[0][3:] == [None, None]


@pytest.mark.parametrize("code", CODES)
def test_an_empty_workbook_imports_nothing(code: Code) -> None:
    book, _ = opened(code, "2020-H1")
    found = read(book)
    assert (found.new, found.troubles, found.submissions) == ((), (), [])


@pytest.mark.parametrize("code", CODES)
def test_what_is_filled_in_is_read_in_either_language(code: Code) -> None:
    words = language(code)
    book, sheet = opened(code, "2020-H1")
    day = date(2021, 3, 20)
    filled(sheet, 0, value=0.038, known_on=day, source="x", qualifier=words.t("about"))
    sheet[at("value", 0)].number_format = "0.0%"
    filled(sheet, 1, value="28万以上", known_on=day, source="x", nature=words.t("final"))
    filled(sheet, 2, value=words.t("complete"), period="2020-12-01", known_on=day, source="x")
    filled(sheet, 5, target="gdp", period="2020", value=1.2, known_on=day, source="x")
    found = read(book)
    assert [one.problem.text for one in found.troubles] == []
    told = [(row.figure.target, row.figure.period.text, str(row.figure.value)) for row in found.new]
    assert told == [
        ("gdp", "2020-H1", "3.8"),
        ("jobs", "2020-H1", "280000"),
        ("line", "2020-12-01", "complete"),
        ("gdp", "2020", "1.2"),
    ]


def test_a_period_stands_only_where_a_figure_of_it_is_expected() -> None:
    _, sheet = opened(period="2020-H1")
    periods = [sheet[at("period", n)].value for n in range(3)]
    assert periods == ["2020-H1", "2020-H1", None]


def numbered(sheet: Worksheet) -> list[object]:
    """What stands in the last column of each target."""
    assert sheet[f"{chr(ord('A') + len(COLUMNS) - 1)}{HEADER_ROW}"].value in ("No.", "编号")
    return [sheet[at("row", number)].value for number in range(len(PLAN.targets))]


def test_a_figure_of_the_asked_period_is_shown_with_its_number() -> None:
    _, sheet = opened(period="2020-H1")
    assert [sheet[at(column, 1)].value for column in ("last_value", "last_period")] == [
        "100,000",
        "the first half",
    ]
    assert numbered(sheet) == [0, 7, None]
    # The same days, written otherwise.
    assert numbered(opened(period="2020-01..2020-06")[1]) == [0, 7, None]


def test_a_figure_of_another_period_is_shown_without_a_number() -> None:
    _, sheet = opened(period="2020-Q1")
    assert sheet[at("last_value", 1)].value == "261,000"
    assert numbered(sheet) == [0, 0, None]
    assert numbered(opened()[1]) == [None, None, None]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("deleted", [0, 1])
def test_the_numbers_may_stay_or_be_deleted(code: Code, deleted: int) -> None:
    book, sheet = opened(code, "2020-H1")
    filled(sheet, 1, value=110000, known_on=date(2020, 7, 20), source="x")
    filled(sheet, 5, target="gdp", period="2020", value=1.2, known_on=TODAY, source="x")
    sheet.delete_cols(len(COLUMNS), deleted)
    found = read(book)
    assert [one.problem.text for one in found.troubles] == []
    assert [row.figure.value for row in found.new] == [Decimal("1.2")]
    assert [row.figure.value for row in found.corrections] == [110000]
    assert [one.entry.replaces for one in found.submissions] == [7, None]


def test_what_somebody_recorded_since_for_a_cell_that_was_empty_is_a_conflict() -> None:
    book, sheet = opened(period="2020-H1")
    filled(sheet, 0, value=2.8, known_on=date(2020, 7, 27), source="x")
    out = io.BytesIO()
    book.save(out)
    table = read_table("a.xlsx", out.getvalue())
    theirs = observation("gdp", "2020-H1", "-3.2", "2020-07-27", row=10)
    assert [row.figure.value for row in dry_run(table, PLAN, KNOWN, TODAY).new] == [Decimal("2.8")]
    found = dry_run(table, PLAN, [*KNOWN, theirs], TODAY)
    assert (found.new, found.corrections) == ((), ())
    assert [row.conflict.theirs for row in found.clashes] == [(theirs,)]


def test_only_what_is_to_be_filled_in_is_open() -> None:
    _, sheet = opened()
    assert sheet.protection.sheet
    assert not sheet.protection.password
    open_columns = {
        COLUMNS[cell.column - 1]
        for row in sheet.iter_rows(min_row=4, max_row=6)
        for cell in row
        if not cell.protection.locked
    }
    assert open_columns == set(FILLED_IN)
    free = sheet[f"A{HEADER_ROW + len(PLAN.targets) + 1}"]
    assert not free.protection.locked
    assert sheet[at("row", len(PLAN.targets))].protection.locked
    assert sheet[f"A{HEADER_ROW + len(PLAN.targets) + MORE_ROWS + 1}"].protection.locked


def test_choices_and_limits_stand_at_their_cells() -> None:
    _, sheet = opened("zh")

    def rules(column: str, number: int) -> list[tuple[str, str]]:
        cell = at(column, number)
        found = [r for r in sheet.data_validations.dataValidation if cell in r.sqref]
        return [(str(rule.type), str(rule.formula1)) for rule in found]

    offered = ",".join(choices("qualifier", language("zh")))
    assert rules("qualifier", 0) == [("list", f'"{offered}"')]
    assert rules("value", 2)[0][0] == "list"
    [(kind, limit)] = rules("value", 1)
    assert (kind, ">=0" in limit) == ("custom", True)
    [(kind, limit)] = rules("value", 0)
    assert (kind, ">=0" in limit) == ("custom", False)
    assert rules("period", 0) == [("list", '"2020-Q1,2020-H1,2020-01..2020-09,2020"')]
    assert rules("known_on", 0)[0][0] == "date"
    assert rules("source", 0) == [("textLength", "300")]


def test_the_head_is_frozen_and_the_second_page_explains() -> None:
    book, sheet = opened()
    assert sheet.freeze_panes == "C4"
    assert len(book.worksheets) == 2
    said = [cell.value for cell in book.worksheets[1]["B"]]
    assert len(said) > 8
    assert all(said)
    explained = {cell.value for cell in book.worksheets[1]["A"] if cell.value}
    assert explained == {header(column, language("en")) for column in (*FILLED_IN, "row")}


@pytest.mark.parametrize("code", CODES)
def test_no_list_of_the_real_plan_is_longer_than_excel_allows(code: Code) -> None:
    book = load_workbook(io.BytesIO(workbook(Phrasebook(real_plan(), language(code)), [], None)))
    for sheet in book.worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert len(str(rule.formula1)) <= 255
            assert len(str(rule.prompt or "")) <= 255
            assert len(str(rule.error or "")) <= 225
