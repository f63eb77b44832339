"""The six forms of a period, and what is none."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.period import FIRST_DAY, LAST_DAY, Period, YearSpan, month_end


@pytest.mark.parametrize(
    ("text", "first", "last", "kind", "months"),
    [
        ("2020", "2020-01-01", "2020-12-31", "year", 12),
        ("2020-H1", "2020-01-01", "2020-06-30", "half", 6),
        ("2020-H2", "2020-07-01", "2020-12-31", "half", 6),
        ("2020-Q1", "2020-01-01", "2020-03-31", "quarter", 3),
        ("2020-Q4", "2020-10-01", "2020-12-31", "quarter", 3),
        ("2020-02", "2020-02-01", "2020-02-29", "month", 1),
        ("2021-02", "2021-02-01", "2021-02-28", "month", 1),
        ("2020-01..2020-09", "2020-01-01", "2020-09-30", "months", 9),
        ("2019-12..2020-02", "2019-12-01", "2020-02-29", "months", 3),
        ("2019-07..2020-06", "2019-07-01", "2020-06-30", "months", 12),
        ("2020-06-30", "2020-06-30", "2020-06-30", "day", 1),
    ],
)
def test_a_period_covers_its_days(text: str, first: str, last: str, kind: str, months: int) -> None:
    period = Period.parse(text)
    assert (period.first, period.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert (period.kind, period.months, period.is_day) == (kind, months, kind == "day")
    assert str(period) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2020-01..2020-12", "2020"),
        ("2020-01..2020-06", "2020-H1"),
        ("2020-04..2020-06", "2020-Q2"),
        ("2020-04..2020-04", "2020-04"),
    ],
)
def test_two_forms_of_the_same_days_are_one_period(one: str, other: str) -> None:
    assert Period.parse(one) == Period.parse(other)
    assert Period.parse(one).kind == Period.parse(other).kind
    assert Period.parse(one).text != Period.parse(other).text


@pytest.mark.parametrize(
    "text",
    [
        *("", "20", " 2020", "2020 ", "2020\n", "0000", "0000-Q1", "２０２０", "٢٠٢٠"),
        *("2020-h1", "2020-H3", "2020-Q0", "2020-Q5", "2020-13", "2020-00", "2020-1", "2020-1-1"),
        *("2020/06", "2020-01...2020-02", "2020-01..2020", "2020-01..0000-05"),
        *("2021-02-29", "2020-04-31", "2020-00-10", "2020-13-01"),  # days that do not exist
    ],
)
def test_any_other_form_is_no_period(text: str) -> None:
    with pytest.raises(ValueError):
        Period.parse(text)


def test_days_can_be_looked_at_from_1990_to_the_end_of_2100() -> None:
    assert date(1990, 1, 1) == FIRST_DAY
    assert date(2100, 12, 31) == LAST_DAY


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Period.parse("2020-09..2020-01")


def test_a_plan_year_counts_its_parts_from_its_beginning() -> None:
    year = YearSpan(date(2025, 4, 1))
    assert (year.name, year.last) == ("2025/26", date(2026, 3, 31))
    assert [month.text for month in year.months][::11] == ["2025-04", "2026-03"]
    assert (year.span(1, 6).text, year.kind(year.span(1, 6))) == ("2025-04..2025-09", "half")
    assert year.span(4, 9).text == "2025-07..2025-12"
    assert year.kind(year.span(10, 12)) == "quarter"
    assert year.span(1, 15).text == "2025-04..2026-06"
    assert YearSpan.of(date(2026, 3, 31), 4) == year != YearSpan.of(date(2026, 4, 1), 4)
    assert YearSpan(date(2020, 1, 1)).span(1, 6).text == "2020-H1"
    assert YearSpan(date(1999, 7, 1)).name == "1999/00"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (1, 12, "2020"),
        (1, 6, "2020-H1"),
        (7, 12, "2020-H2"),
        (4, 6, "2020-Q2"),
        (10, 12, "2020-Q4"),
        (9, 9, "2020-09"),
        (1, 9, "2020-01..2020-09"),
        (2, 4, "2020-02..2020-04"),
        (2, 7, "2020-02..2020-07"),
    ],
)
def test_months_of_a_year_have_their_shortest_form(first: int, last: int, text: str) -> None:
    assert Period.of_months(2020, first, last).text == text


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(min_value=0, max_value=900))
def test_a_written_span_is_read_back(day: date, days: int) -> None:
    later = min(day, date(9990, 1, 1)) + timedelta(days=days)
    first = min(day, later)
    period = Period.parse(f"{first:%Y-%m}..{later:%Y-%m}")
    assert period.first == first.replace(day=1)
    assert period.last == month_end(later.year, later.month)
