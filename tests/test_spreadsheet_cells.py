"""What one cell says: numbers as Excel shows them, days and periods, formulas, coded texts."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.proposal.rows import Outcome
from mubiao.spreadsheet.cells import CellKind, Raw, cell_of, csv_cell
from mubiao.spreadsheet.number_formats import shown_number, shown_text
from tests.sheets import HEAD, imported, xlsx


def number(value: float, form: str = "General", column: str = "value") -> str:
    """The text of a number that must be taken as it stands."""
    cell = cell_of(Raw(CellKind.NUMBER, value, form), column)
    assert cell.fault is None
    return cell.text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (28.1, "General", "28.1"),
        (float("28.100000000000001"), "General", "28.1"),
        (28.100000000000005, "General", "28.1"),  # 15 digits are all that Excel shows
        (0.1 + 0.2, "0.0", "0.3"),
        (-3.2, "#,##0.0;(#,##0.0)", "-3.2"),
        (280000.0, "#,##0", "280000"),
        (280000, "General", "280000"),
        (123456789012345.0, "General", "123456789012345"),
        (0.0, "General", "0"),
        (-0.0, "General", "0"),
        (1e-7, "General", "0.0000001"),
        (0.038, "0.0%", "3.8%"),
        (0.05, "0%", "5%"),
        (0.1234567, "0.00%", "12.34567%"),
        (26.1, '0.0"人"', "26.1"),
        (281234, '0!.0,"万"', "281234"),
        (281234, '0.0,,"million"', "281234"),
    ],
)
def test_a_number_is_read_as_excel_shows_it(value: float, form: str, text: str) -> None:
    assert number(value, form) == text


SCALES = ('0.0"万"', '#,##0.0"万"', "0.0\\亿", '0.0" million"', "0.0千", "0,", "#,##0.0,")
MINUSES = ('"-"0.0', "-0.0", "\\-0.0", '"−"0.0;"-"0.0', "(0.0)", "0.0;0.0;0.0", "0.0%;(0.0%)")
WORDS = (
    '"下降"0.0',
    "▼0.0",
    '"减少"0.0',
    '[Red]"下降-"0.0',
    '0.0"点"',
    '"约"0.0',
    "[DBNum1]General",
)
NONE = ("# ?/?", "0.0E+0", ";;;", '"-"', "[<5]0.0%;0.0", "[$-804][DBNum2]0.0")


@pytest.mark.parametrize(
    ("value", "form", "outcome"),
    [
        *((26.1, form, Outcome.REFUSED) for form in SCALES if form != "0,"),
        (26100, "0,", Outcome.REFUSED),
        *((3.2, form, Outcome.REFUSED) for form in MINUSES[:5]),
        (-3.2, '"-"0.0', Outcome.ASK),
        (-3.2, "0.0;0.0;0.0", Outcome.REFUSED),
        (-0.05, "0.0%;0.0%", Outcome.REFUSED),
        *((3.2, form, Outcome.ASK) for form in (*WORDS, *NONE)),
        (6.04, "0.0", Outcome.ASK),
        (4.99999999999, "General", Outcome.ASK),  # 5 is shown
        (4.999999999, "General", Outcome.NEW),
        (3.2, "$0.0", Outcome.ASK),
        (0.0604, "0.0%", Outcome.ASK),
        (0.0, '_-* #,##0.0_-;-* #,##0.0_-;_-* "-"??_-;_-@_-', Outcome.ASK),
        *((3.2, form, Outcome.NEW) for form in ("0.0", "General", "[Red]0.00", '0.0"%"', "¥0.0")),
        *((-3.2, form, Outcome.NEW) for form in ("0.0;-0.0", "0.0;(0.0)", "[红色]0.0_ ", "@")),
        (0.032, "0.0%", Outcome.NEW),
        (0.032, '_-* 0.0%_-;"−"0.0%', Outcome.NEW),
    ],
)
def test_what_a_cell_shows_and_what_is_read_agree_or_it_is_asked(
    value: float, form: str, outcome: Outcome
) -> None:
    def formatted(sheet: Worksheet) -> None:
        sheet["C2"].number_format = form

    row = ["gdp", "2020-H1", value, "", "", date(2020, 7, 27), "统计局", ""]
    [read] = imported(xlsx(HEAD, row, edit=formatted)).rows
    asked = Outcome.ASK if read.candidate.doubts else Outcome.NEW
    assert (Outcome.REFUSED if read.problems else asked) is outcome


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        ("20", '"下降"0.0', "下降20.0"),
        ("-20", '"下降"0.0', "-下降20.0"),
        ("281234", '0!.0,"万"', "28.1万"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("999.96", "#,##0.0", "1,000.0"),
        ("12345678", "#,##0.0,,", "12.3"),
        ("0.731", "[<1]0.0%;0.0", "73.1%"),
        ("4.9", "[<1]0.0%;0.0", "4.9"),
        ("-0.5", "[<1]0.0%;0.0", None),
        ("5", "[>=10]0;[>=1]0.0;0.00", "5.0"),
        ("0", '0.0;-0.0;"无"', "无"),
        ("5", 'General"人"', "5人"),
        ("5", "[$¥-804]#,##0.00", "¥5.00"),
        ("202006", '0000"-"00', "2020-06"),
        ("0.5", "#.##", ".5"),
        ("5", "0.0#", "5.0"),
        ("5", "00.0", "05.0"),
        ("5", "# ?/?", None),
        ("5", "[DBNum1]0", None),
    ],
)
def test_a_number_is_shown_as_excel_does_or_nobody_knows(
    value: str, form: str, shown: str | None
) -> None:
    assert shown_number(Decimal(value), form) == shown


@pytest.mark.parametrize("value", [3.2, -3.2, 0.0])
@pytest.mark.parametrize(
    "form",
    [
        '0.0;"-"0.0',
        "0.0;-0.0;-",
        '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
        "[$¥-804]#,##0.00",
        '0.0"人-月"',
        "#,##0.0#",
    ],
)
def test_a_format_leaves_the_number_of_a_cell_as_it_is(value: float, form: str) -> None:
    assert float(number(value, form)) == value


@given(st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4))
def test_every_number_of_fifteen_digits_comes_back_exactly(value: object) -> None:
    assert float(number(float(str(value)))) == float(str(value))


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_finite_number_stays_a_text_that_reading_refuses(value: float) -> None:
    assert number(value, "0%") in ("inf", "-inf", "nan")


@pytest.mark.parametrize(
    ("form", "column", "text", "asks"),
    [
        ("yyyy-mm-dd", "period", "2020-03-01", True),  # or all of March
        ("yyyymmdd", "period", "2020-03-01", True),
        ("mmm-yy", "period", "2020-03", False),
        ("[Red]mmm-yy", "period", "2020-03", False),
        ("[$-409][Blue]mmm\\-yy;@", "period", "2020-03", False),
        ('yyyy"年"m"月"', "period", "2020-03", False),
        ('[$-804]yyyy"年"m"月";@', "period", "2020-03", False),
        ('yyyy"年"m"月"d"日"', "period", "2020-03-01", True),
        ("yyyy-mm-dd hh:mm", "period", "2020-03-01", True),
        ('yyyy"年1-"m"月"', "period", "2020-03-01", True),
        ('yyyy"年上半年"', "period", "2020-03-01", True),
        ("[>43900]yyyy-mm;yyyy", "period", "2020-03-01", True),
        ("yyyy", "period", "2020", False),
        ("d-mmm", "period", "2020-03-01", True),
        ("m/d", "period", "2020-03-01", True),
        ('m"月"d"日"', "period", "2020-03-01", True),
        ('m"月"', "period", "2020-03-01", True),
        ("dddd", "period", "2020-03-01", True),
        ("mmm-yy", "known_on", "2020-03-01", True),
        ("d-mmm", "known_on", "2020-03-01", True),
        ("yyyy/m/d", "known_on", "2020-03-01", False),
        ("General", "source", "2020-03-01", False),
    ],
)
def test_a_day_is_a_month_where_its_format_shows_no_more_and_asked_where_it_hides_the_year(
    form: str, column: str, text: str, *, asks: bool
) -> None:
    day = datetime(2020, 3, 1, 15, 30)  # noqa: DTZ001 - a cell has no time zone
    cell = cell_of(Raw(CellKind.DAY, day, form), column)
    assert (cell.text, bool(cell.doubts)) == (text, asks)


@pytest.mark.parametrize(
    ("value", "form", "text", "asks"),
    [
        (2020.1, "", "2020.1", True),
        (2020.1, "0.0", "2020.1", True),
        (2020.1, "0.00", "2020.10", False),
        (2020.4, "", "2020.4", False),
        (2020, "", "2020", False),
        (2020.11, "0.0", "2020.11", True),  # 2020.1 is shown
        (2020.11, "0", "2020.11", True),
        (7, '"1-"0"月"', "1-7月", False),
    ],
)
def test_a_month_that_lost_digits_or_does_not_show_them_is_asked(
    value: float, form: str, text: str, *, asks: bool
) -> None:
    cell = cell_of(Raw(CellKind.NUMBER, value, form), "period")
    assert (cell.text, bool(cell.doubts)) == (text, asks)


@pytest.mark.parametrize(
    ("form", "shown"), [("@", "28"), ('@"万"', "28万"), ("0;0;0;", ""), ("0.0", "28"), (";;;", "")]
)
def test_a_format_of_texts_changes_what_a_text_shows(form: str, shown: str) -> None:
    assert shown_text("28", form) == shown
    cell = cell_of(Raw(CellKind.TEXT, "28", form), "value")
    assert cell.display.strip() == ("" if shown == "28" else shown)
    assert bool(cell.display) is (shown != "28")


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (Raw(CellKind.FORMULA, "=SUM(A1:A3)"), "formula (=SUM(A1:A3))"),
        (Raw(CellKind.ERROR, "#N/A"), "error #N/A"),
        (Raw(CellKind.DAY, datetime(2020, 3, 8), "m-d"), "date (2020-03-08)"),  # noqa: DTZ001
        (Raw(CellKind.TEXT, "x" * 40_000), "40000 characters"),
    ],
)
def test_what_is_no_value_keeps_its_reason(raw: Raw, word: str) -> None:
    fault = cell_of(raw, "value").fault
    assert word in fault.text


def test_a_formula_in_a_text_file_is_a_formula_only_where_a_value_is_meant() -> None:
    assert csv_cell(Raw(CellKind.TEXT, "=1+1"), "value").fault is not None
    assert csv_cell(Raw(CellKind.TEXT, "=1+1"), "note").fault is None


def test_a_guarding_apostrophe_is_taken_off_a_text_file_only() -> None:
    assert csv_cell(Raw(CellKind.TEXT, "'=1+1"), "note").text == "=1+1"
    assert cell_of(Raw(CellKind.TEXT, "'=1+1"), "note").text == "'=1+1"


def test_a_stage_that_its_cell_shows_otherwise_is_asked() -> None:
    def formatted(sheet: Worksheet) -> None:
        sheet["C2"].number_format = '"未"@'

    row = ["line", "2020-H1", "完成", "", "", date(2020, 7, 27), "局", ""]
    [read] = imported(xlsx(HEAD, row, edit=formatted)).rows
    assert "the cell shows “未完成”" in read.candidate.doubts[0].text
