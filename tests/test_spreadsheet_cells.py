"""What one cell says: numbers as Excel shows them, days and periods, formulas, coded texts."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.spreadsheet.cells import CellKind, Raw, cell_of, csv_cell


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


SCALES = ('0.0"万"', '#,##0"万人"', "0.0\\亿", '0.0" million"', "0.0千")
MINUSES = ('"-"0.0', "-0.0", "\\-0.0", '"−"0.0;"-"0.0', '[Red]"下降-"0.0')
ADDED = "minus sign that only the cell's format adds"


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        *((26.1, form, "format") for form in SCALES),
        *((3.2, form, ADDED) for form in MINUSES),
        (-3.2, '"-"0.0', ADDED),
    ],
)
def test_what_only_the_format_adds_is_refused(value: float, form: str, words: str) -> None:
    cell = Raw(CellKind.NUMBER, value, form)
    assert words in cell_of(cell, "value").fault.text
    assert words != ADDED or cell_of(cell, "note").fault is None


@pytest.mark.parametrize("value", [3.2, -3.2, 0.0])
@pytest.mark.parametrize(
    "form",
    [
        '0.0;"-"0.0',
        "0.0;-0.0;-",
        '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
        "[$¥-804]#,##0.00",
        '0.0"人-月"',
        "0.00E-00",
    ],
)
def test_a_minus_of_a_negative_number_or_inside_a_format_is_taken(value: float, form: str) -> None:
    assert float(number(value, form)) == value


@given(st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4))
def test_every_number_of_fifteen_digits_comes_back_exactly(value: object) -> None:
    assert float(number(float(str(value)))) == float(str(value))


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_finite_number_stays_a_text_that_reading_refuses(value: float) -> None:
    assert number(value, "0%") in ("inf", "-inf", "nan")


@pytest.mark.parametrize(
    ("form", "column", "text"),
    [
        ("yyyy-mm-dd", "period", "2020-03-01"),
        ("mmm-yy", "period", "2020-03"),
        ('yyyy"年"m"月"', "period", "2020-03"),
        ('yyyy"年"m"月"d"日"', "period", "2020-03-01"),
        ("yyyy", "period", "2020"),
        ("mmm-yy", "known_on", "2020-03-01"),
        ("General", "source", "2020-03-01"),
    ],
)
def test_a_day_is_a_month_where_its_format_shows_no_more(form: str, column: str, text: str) -> None:
    day = datetime(2020, 3, 1, 15, 30)  # noqa: DTZ001 - a cell has no time zone
    assert cell_of(Raw(CellKind.DAY, day, form), column).text == text


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
