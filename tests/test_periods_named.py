"""Periods and days as people write them, in both languages."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.i18n import CODES, language
from mubiao.observation.periods import day_readings, period_meant, period_reading
from mubiao.period import Period, YearSpan
from mubiao.wording.periods import period_label

YEAR = YearSpan(date(2020, 1, 1))
FISCAL = YearSpan(date(2025, 4, 1))

ONE_MEANING = """
2020-01..2020-07: 2020-01..2020-07 | January–July | january - july 2020 | 1-7月 | １—７月 | 1～7月
2020-01..2020-07: 1至7月 | 2020年1到7月 | 1-7月份 | 1月至7月 | 1月-7月 | Jan–Jul | January to July
2020-01..2020-07: 01至07 | 2020年01至07 | 2020年01-07月 | 01月-07月 | 1 - 7 月 | 1-7月累计 | 前7个月
2020-01..2020-07: 前七个月 | 年初至7月 | 年初至7月底 | first seven months | 2020-1..2020-7
2020-01..2020-07: 2020年1月-2020年7月 | 2020.01-2020.07 | January through July
2020: full year 2020 | 全年 | 2020年 | 2020年度 | 2020年全年
2020-H1: the first half | First half of 2020 | January–June | 上半年 | 1-6月 | 2020上半年
2020-H1: H1 | 1H 2020
2020-H1: 上半年累计 | 年初至6月底
2020-01..2020-09: The first three quarters | January–September | 前三季度 | 一至三季度 | Q1-Q3
2020-01..2020-09: Jan. to Sept. 2020
2020-Q1: 第一季度 | 1季度 | 一季度 | 2020年一季度
2020-Q3: ２０２０-Ｑ３ | 2020-q3 | 2020年第3季度 | 2020 Q3 | Q3 2020
2020-Q3: the third quarter of 2020 | 三季度
2020-Q4: 10月-12月 | 10至12
2020-03: March | 3月 | 三月 | 2020-3 | 2020.03 | 202003 | 3/2020 | Mar 2020 | Mar-2020 | 20年3月
2020-03: 二〇二〇年三月 | 2020年3月份 | 3月当月
2020-07-31: 7月末 | 截至7月底 | 2020年7月末 | end of July 2020 | end-July
2020-07-31: 2020-07-31 00:00:00 | 7月31日
2020-07-31: 31.7.2020 | 7/31/2020 | 7/31/20 | 31/7/20 | 20/7/31 | July 31st | 七月三十一日
2020-07-31: 2020年7月31号 | 20200731 | 7/31
2020-06-30: 上半年末 | 二季度末 | 30 June | as at 30 June | 截至2020年6月30日
2020-12-31: 年末 | 2020年底 | Dec 31 | 31 December | 31.12.2020 | 12-31 | end-2020
2020-01..2020-07: 1——7月 | 1--7月 | 2020年1—7月（累计） | 1月1日-7月31日 | 2020年1月1日至7月31日
2020-07: 2020M07 | 二○二○年七月 | 7月（当月） | July, 2020 | 7 (2020-07)
2020-H1: 2020年上半年度
2020-Q1: 首季 | 2020年首季度
2020-01-07: 2020-01-07 | 2020年1月7日 | 2020/1/7 | as at 7 January | 截至1月7日
2019-12: 2019-12 | 2019年12月
2019-06-30: as at 30 June 2019 (2019-06-30)
2019-11..2020-02: 2019-11至2020-02 | 1 November 2019 to 29 February 2020
"""
SEVERAL = {
    "01-07": "2020-01..2020-07 2020-01-07 2020-07-01",
    "1-7": "2020-01..2020-07 2020-01-07 2020-07-01",
    "10-12": "2020-Q4 2020-10-12 2020-12-10",
    "7-20": "2020-07-20 2020-07",
    "7": "2020-07 2020-01..2020-07",
    "1": "2020-01 2020-Q1",
    "7.1": "2020-07-01 2020-01-07",
    "2020年1-7": "2020-01..2020-07 2020-01-07",
    "7月累计": "2020-01..2020-07 2020-07",
    "截至7月": "2020-07-31 2020-01..2020-07",
    "7/8/2020": "2020-07-08 2020-08-07",
    "2020-1-7": "2020-01..2020-07 2020-01-07",
    "2020-01/07": "2020-01..2020-07 2020-01-07",
    "July (2020-06)": "2020-06 2020-07",
}
# What Excel shows where it has made a day of a month or a span that was typed.
ASKED = {
    "Jul-20": "2020-07 2020-07-20",
    "20-Jul": "2020-07-20 2020-07",
    "7-Jan": "2020-01-07 2020-01..2020-07",
    "1-Jul": "2020-07-01 2020-01..2020-07",
    "1月7日": "2020-01-07 2020-01..2020-07",
}


def listed(text: str) -> Iterator[tuple[str, str]]:
    for line in text.strip().splitlines():
        meant, _, written = line.partition(": ")
        yield from ((each, meant) for each in written.split(" | "))


@pytest.mark.parametrize(("written", "meant"), list(listed(ONE_MEANING)))
def test_a_name_means_its_period(written: str, meant: str) -> None:
    reading = period_reading(written, YEAR)
    assert reading.periods == (Period.parse(meant),)
    assert period_meant(written, YEAR) == meant


@pytest.mark.parametrize(("written", "meant"), (SEVERAL | ASKED).items())
def test_a_name_with_several_meanings_has_them_all_and_is_none_of_them(
    written: str, meant: str
) -> None:
    reading = period_reading(written, YEAR)
    assert reading == (tuple(map(Period.parse, meant.split())), written in ASKED)
    assert period_meant(written, YEAR) == written


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "13月",
        "7-1月",
        "2020-13",
        "31 June",
        "(soon)",
        "FY2020",
        "2020/21",
        "junk",
        "本月",
        "一二月",
        "1,2月",  # two months, not December
        "1 2月",
        "2020年1, 2月",
        "1月5日-7月31日",
        "1月1日至7月",
        "十一十二月",
    ],
)
def test_what_names_no_period_is_given_back(written: str) -> None:
    assert not period_reading(written, YEAR).periods
    assert period_meant(written, YEAR) == written


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "form",
    ["2020", "2020-H1", "2020-Q3", "2020-03", "2020-01..2020-09", "2020-02..2020-05", "2020-06-30"],
)
def test_what_a_list_shows_can_be_typed(code: str, form: str) -> None:
    """The list of periods offers the typed words first, even where they are an entry's own."""
    label, name = period_label(language(code), form), language(code).period(Period.parse(form))
    assert label == f"{name} ({form})"
    assert period_meant(label, YEAR) == form
    assert period_meant(name, YEAR) == form


def test_the_label_of_what_is_no_period_is_itself() -> None:
    assert period_label(language("en"), "soon") == "soon"


def every_period(year: YearSpan) -> Iterator[Period]:
    """Every span of whole months of a year, and every day."""
    for first in range(1, 13):
        yield from (year.span(first, last) for last in range(first, 13))
    day = year.first
    while day in year:
        yield Period.of_day(day)
        day += timedelta(days=1)


def names(period: Period, plan_year: YearSpan) -> Iterator[str]:
    """Whatever the program calls a period, and its contract form without the year."""
    year, last = period.first.year, period.last
    yield period.text
    yield period.text if ".." in period.text else period.text.removeprefix(f"{year}-")
    for code in CODES:
        spoken = language(code, UTC, plan_year.first.month)
        yield from (spoken.period(period), spoken.period(period, plan_year))
        yield period_label(spoken, period.text)
        if period.is_day:
            yield from (spoken.day_of_year(last), f"{spoken.day_of_year(last)} {year}")
        elif plan_year.first.month == 1:
            name = spoken.months(period.first.month, last.month)
            yield from (name, f"{name} {year}", f"{year} {name}", f"{name} of {year}")


@pytest.mark.parametrize("year", [YEAR, YearSpan(date(2026, 1, 1)), FISCAL])
def test_no_name_of_a_period_hides_another(year: YearSpan) -> None:
    meant: defaultdict[str, set[Period]] = defaultdict(set)
    for period in every_period(year):
        for name in names(period, year):
            meant[name].add(period)
    for name, periods in meant.items():
        readings = period_reading(name, year).periods
        assert periods <= set(readings), name
        if len(readings) > 1:
            assert period_meant(name, year) == name


@given(st.text("0123456789-~/.年月日末底截至累计一二十()@^ jantoqh", max_size=200))
def test_any_text_is_read_or_not_without_an_error(text: str) -> None:
    for period in (*period_reading(text, YEAR).periods, *day_readings(text, YEAR)):
        assert Period.parse(period.text) == period


@pytest.mark.timeout(10)
@pytest.mark.parametrize("part", ["-", "2020-", "(1)", "@", "末", "累计", "截至", "1~", "2020年"])
def test_no_text_takes_long(part: str) -> None:
    for length in (79, 50_000):
        text = (part * length)[:length]
        period_reading(text, YEAR)
        day_readings(text, YEAR)


DAYS = {
    "2020-07-20": "20200720 | 2020-07-20 00:00:00 | 2020年7月20号 | 2020.7.20 | 7/20/2020 | "
    "20/7/2020 | 2020/7/20 | July 20, 2020 | 20 Jul 2020 | 20-Jul-20 | 7/20/20 | ２０２０-7-20",
    "2020-07-08 2020-08-07": "7/8/2020",
    "": "2020-07 | 7月20日 | 2020-7-32 | 2020年7月底 | 截至2020年7月20日 | soon | 7-20",
}


@pytest.mark.parametrize(
    ("meant", "written"), [(d, t) for d, w in DAYS.items() for t in w.split(" | ")]
)
def test_a_day_is_read_by_every_form_that_fits(meant: str, written: str) -> None:
    assert [day.text for day in day_readings(written, YEAR)] == meant.split()


FISCAL_NAMES = {
    "2025-04..2025-09": "H1 | 上半年 | first half | the first half of 2025/26 | 2025/26-H1 | "
    "2025/26年上半年 | 2025/26 H1 | 4-9月 | Apr-Sep | 2025-04..2025-09",
    "2025-10..2025-12": "Q3 | 第三季度 | Q3 2025/26 | 2025/26-Q3 | Oct-Dec",
    "2025-04..2026-03": "2025/26 | full year | 2025/26年度 | 全年",
    "2025-04..2025-12": "first three quarters | 前三季度 | first 9 months",
    "2026-01": "January | 1月 | 2026-01 | 2026年1月",
    "2025-07-20": "7月20日 | 2025-07-20",
    "2025-Q3": "2025-Q3",
    "": "2025/27 | 2025/26-Q5 | 2-5月 | H3",
}


@pytest.mark.parametrize(
    ("meant", "written"), [(p, t) for p, w in FISCAL_NAMES.items() for t in w.split(" | ")]
)
def test_names_in_a_year_from_april_are_counted_from_its_beginning(
    meant: str, written: str
) -> None:
    assert [str(p) for p in period_reading(written, FISCAL).periods] == [*filter(None, [meant])]


def test_a_quarter_of_a_calendar_year_is_asked_in_a_plan_from_april() -> None:
    readings = period_reading("Q3 2025", FISCAL).periods
    assert {str(period) for period in readings} == {"2025-Q3", "2025-10..2025-12"}
