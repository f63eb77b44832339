"""The sentence of every rule, literally, in both languages; and what no sentence may look like."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.model import Observation, Qualifier, Rule, Stage, Target
from mubiao.period import Period
from mubiao.problems import Problem, TargetId
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence
from tests.samples import EN, ZH, observation, plan_of, target
from tests.worked import PUBLISHED, TARGETS, VALUES, judged, numeric_targets

PLAN = plan_of(
    *TARGETS,
    target("revenue", measure="rate", comparator="about", value="0", tolerance="0.5"),
    target("dust", measure="rate", comparator="below", value="42", unit="ug/m3"),
    target("output", measure="level", comparator="above", value="265000", unit="yuan"),
    target("spending", measure="rate", comparator="at_most", value="-3"),
    target("water", measure="rate", comparator="about", value="-3", better="lower"),
    target("waste", measure="rate", comparator="below", value="-3"),
)
SEEN = (
    *PUBLISHED,
    observation("revenue", "2020-H1", "-11", "2021-01-05"),
    observation("dust", "2020-H1", "43", "2020-07-22"),
    observation("output", "2020", "280000", "2021-01-24", qualifier=Qualifier.AT_LEAST),
)
BOOKS = (Phrasebook(PLAN, ZH), Phrasebook(PLAN, EN))


def said(seen: Iterable[Observation], name: str, as_of: str) -> tuple[str, str]:
    """The sentence of a target as of a day, in Chinese and in English."""
    zh, en = (sentence(book, judged(name, as_of, seen, PLAN)) for book in BOOKS)
    return zh, en


# Each block: the target and the as-of day, then the sentence in Chinese and in English.
PUBLISHED_CASES = """
gdp 2020-04-30
一季度同比下降6.6%，比目标下限5.5%低12.1个百分点，超出0.6个百分点的警戒幅度；要实现全年6%左右，
二至四季度需增长10.2%。
Q1: down 6.6% on a year earlier, 12.1 percentage points below the lower limit of 5.5%, beyond
the warning band of 0.6 percentage points; for the year to be about 6%, the last three quarters
must grow by 10.2%.

gdp 2020-07-31
上半年同比下降3.2%，比目标下限5.5%低8.7个百分点，超出0.6个百分点的警戒幅度；要实现全年6%左右，
下半年需增长15.1%；下半年若延续二季度走势，全年约−1.5%。
The first half: down 3.2% on a year earlier, 8.7 percentage points below the lower limit of
5.5%, beyond the warning band of 0.6 percentage points; for the year to be about 6%, the second
half must grow by 15.1%; should the second half run like Q2, the year ends at about −1.5%.

gdp 2020-12-31
前三季度同比增长0.1%，比目标下限5.5%低5.4个百分点，超出0.6个百分点的警戒幅度；要实现全年6%左右，
四季度需增长23.6%；四季度若延续三季度走势，全年约1.7%。
The first three quarters: up 0.1% on a year earlier, 5.4 percentage points below the lower limit
of 5.5%, beyond the warning band of 0.6 percentage points; for the year to be about 6%, Q4 must
grow by 23.6%; should Q4 run like Q3, the year ends at about 1.7%.

gdp 2021-03-31
全年同比增长1.2%，比目标下限5.5%低4.3个百分点；承诺未兑现。
The full year: up 1.2% on a year earlier, 4.3 percentage points below the lower limit of 5.5%;
the promise is not kept.

revenue 2021-01-15
上半年同比下降11%，比目标下限−0.5%低10.5个百分点，超出0.5个百分点的警戒幅度；
要实现全年与上年持平，下半年需增长10.9%。
The first half: down 11% on a year earlier, 10.5 percentage points below the lower limit of
−0.5%, beyond the warning band of 0.5 percentage points; for the year to be level with the year
before, the second half must grow by 10.9%.

cpi 2020-03-15
1—2月为4.0%，比目标3.5%高0.5个百分点，在0.5个百分点的警戒幅度内；要实现全年3.5%以内，
3—12月平均不得高于3.4%。
January–February: 4.0%, 0.5 percentage points above the target of 3.5%, within the warning band
of 0.5 percentage points; for the year to be at most 3.5%, March–December must average at most
3.4%.

cpi 2020-04-30
一季度为3.8%，比目标3.5%高0.3个百分点，在0.5个百分点的警戒幅度内；要实现全年3.5%以内，
二至四季度平均不得高于3.4%；二至四季度若延续3月走势，全年约3.5%。
Q1: 3.8%, 0.3 percentage points above the target of 3.5%, within the warning band of 0.5
percentage points; for the year to be at most 3.5%, the last three quarters must average at most
3.4%; should the last three quarters run like March, the year ends at about 3.5%.

cpi 2020-07-31
上半年为2.8%，比目标3.5%低0.7个百分点；目前符合承诺，年度未结束；下半年若延续二季度走势，全年约2.3%。
The first half: 2.8%, 0.7 percentage points below the target of 3.5%; as promised so far; the
year is not over; should the second half run like Q2, the year ends at about 2.3%.

cpi 2021-01-15
上半年为2.8%，比目标3.5%低0.7个百分点；目前符合承诺，最终数据尚未公布；下半年若延续二季度走势，全年约2.3%。
The first half: 2.8%, 0.7 percentage points below the target of 3.5%; as promised so far; the
final figure is not known yet; should the second half run like Q2, the year ends at about 2.3%.

cpi 2021-03-31
全年为1.7%，比目标3.5%低1.8个百分点；承诺已兑现。
The full year: 1.7%, 1.8 percentage points below the target of 3.5%; the promise is kept.

jobless 2020-07-31
二季度为4.8%，比目标5%低0.2个百分点；要求全年保持，目前各期均符合。
Q2: 4.8%, 0.2 percentage points below the target of 5%; promised for all year, and held so far.

energy 2021-04-30
全年较2015年下降约24%，降幅比要求的17%多7个百分点；承诺已兑现。
The full year: down roughly 24% from 2015, 7 percentage points beyond the fall of 17% asked for;
the promise is kept.

income 2021-03-31
全年同比增长0.8%，比下限0.7%（地区生产总值增长1.2%，减去0.5个百分点的容许误差）高0.1个百分点；
承诺已兑现。
The full year: up 0.8% on a year earlier, 0.1 percentage points above the limit of 0.7% (GDP
growth 1.2%, less the tolerance of 0.5 percentage points); the promise is kept.

jobs 2021-03-31
全年累计26.1万人，比目标28万人少1.9万人；承诺未兑现。
The full year: 261,000 people in all, 19,000 people fewer than the target of 280,000 people; the
promise is not kept.

travel 2021-03-31
全年为73.1%，比目标75%低1.9个百分点；承诺未兑现。
The full year: 73.1%, 1.9 percentage points below the target of 75%; the promise is not kept.

dust 2020-07-31
上半年为43微克/立方米，比目标42微克/立方米高1微克/立方米，在4.2微克/立方米的警戒幅度内；
要实现全年低于42微克/立方米，下半年平均需低于41.0微克/立方米。
The first half: 43 µg/m³, 1 µg/m³ above the target of 42 µg/m³, within the warning band of 4.2
µg/m³; for the year to be below 42 µg/m³, the second half must average less than 41.0 µg/m³.

output 2021-01-31
全年为28万元/人以上，比目标26.5万元/人高1.5万元/人；承诺已兑现。
The full year: at least 280,000 yuan per person, 15,000 yuan per person above the target of
265,000 yuan per person; the promise is kept.

jobless 2021-05-01
二季度为4.8%，比目标5%低0.2个百分点；此为最后一次数据（2020年7月27日公布），一直没有最终数据。
Q2: 4.8%, 0.2 percentage points below the target of 5%; the last figure, known on 27 July 2020;
the final one was never reported.

kindergartens 2026-11-27
截至10月31日为87%，比目标80%高7个百分点；此为最后一次数据（2020年11月26日公布），一直没有最终数据。
As at 31 October: 87%, 7 percentage points above the target of 80%; the last figure, known on 26
November 2020; the final one was never reported.

academy 2021-06-30
截至9月10日进行中；期限为2020年12月31日，此后没有进展数据。
As at 10 September: under way; it was due by 31 December 2020, and nothing has been reported
since.

academy 2021-12-31
截至2021年12月16日已完成；逾期完成，期限为2020年12月31日。
As at 16 December 2021: complete; late: it was due by 31 December 2020.

alleys 2020-07-31
截至2020年7月31日尚无可评判的实际值。
No actual that can be judged was known by 31 July 2020.
"""

# As above; then the only actual: its period, its value and the day it became known.
OTHER_CASES = """
jobless 2020-07-31, 2020-Q2 5.0 known 2020-07-27
二季度为5.0%，恰好等于目标5%，不符合要求；要求全年保持，未能做到。
Q2: 5.0%, exactly the target of 5%, which does not satisfy it; promised for all year, and not
held.

alleys 2020-07-15, 2020-06-30 95 known 2020-07-10
截至6月30日累计95条，比目标200条少105条；已完成47.5%，按进度应完成49.7%，落后2.2个百分点，
在10个百分点的容许范围内；下半年若保持目前进度，全年约191条。
As at 30 June: 95 alleys in all, 105 alleys fewer than the target of 200 alleys; 47.5% done,
49.7% scheduled: 2.2 percentage points behind, within the 10 percentage points allowed;
should the second half run as the year so far, it ends at about 191 alleys.

alleys 2020-07-15, 2020-06-30 60 known 2020-07-10
截至6月30日累计60条，比目标200条少140条；已完成30%，按进度应完成49.7%，落后19.7个百分点，
未超过30个百分点的警戒线；下半年若保持目前进度，全年约121条。
As at 30 June: 60 alleys in all, 140 alleys fewer than the target of 200 alleys; 30% done, 49.7%
scheduled: 19.7 percentage points behind, within the warning limit of 30 percentage points;
should the second half run as the year so far, it ends at about 121 alleys.

alleys 2020-07-15, 2020-06-30 10 known 2020-07-10
截至6月30日累计10条，比目标200条少190条；已完成5%，按进度应完成49.7%，落后44.7个百分点，
超过30个百分点的警戒线；下半年若保持目前进度，全年约20条。
As at 30 June: 10 alleys in all, 190 alleys fewer than the target of 200 alleys; 5% done, 49.7%
scheduled: 44.7 percentage points behind, beyond the warning limit of 30 percentage points;
should the second half run as the year so far, it ends at about 20 alleys.

alleys 2020-07-15, 2020-H1 110 known 2020-07-10
上半年累计110条，比目标200条少90条；已完成55%，按进度应完成49.7%，符合进度；下半年若保持目前进度，全年约221条。
The first half: 110 alleys in all, 90 alleys fewer than the target of 200 alleys; 55% done,
49.7% scheduled: on schedule; should the second half run as the year so far, it ends at about
221 alleys.

alleys 2020-07-15, 2020-H1 200 known 2020-07-10
上半年累计200条，恰好等于目标200条；承诺已兑现。
The first half: 200 alleys in all, exactly the target of 200 alleys; the promise is kept.

travel 2020-07-15, 2020-06-30 74.5 known 2020-07-10
截至6月30日为74.5%，比目标75%低0.5个百分点；已完成基期至目标差距的44.4%，按进度应完成49.7%，
落后5.3个百分点，在10个百分点的容许范围内。
As at 30 June: 74.5%, 0.5 percentage points below the target of 75%; 44.4% of the way from the
baseline done, 49.7% scheduled: 5.3 percentage points behind, within the 10 percentage points
allowed.

travel 2020-07-15, 2020-06-30 73.2 known 2020-07-10
截至6月30日为73.2%，比目标75%低1.8个百分点；较基期反而后退（进度为−100%），按进度应完成49.7%，
落后149.7个百分点，超过30个百分点的警戒线。
As at 30 June: 73.2%, 1.8 percentage points below the target of 75%; further from the target
than the baseline (−100% of the way), 49.7% scheduled: 149.7 percentage points behind, beyond
the warning limit of 30 percentage points.

energy 2020-07-15, 2020-H1 2 known 2020-07-10
上半年较2015年上升2%，距要求的17%还差19个百分点，超出1.7个百分点的警戒幅度。
The first half: up 2% from 2015, 19 percentage points short of the fall of 17% asked for, beyond
the warning band of 1.7 percentage points.

energy 2020-07-15, 2020-H1 -17 known 2020-07-10
上半年较2015年下降17%，恰好等于要求的17%；目前符合承诺，年度未结束。
The first half: down 17% from 2015, exactly the fall of 17% asked for; as promised so far; the
year is not over.

income 2020-07-31, 2020-H1 1 known 2020-07-20
上半年同比增长1%；地区生产总值增长尚无同期实际值。
The first half: up 1% on a year earlier; no actual of GDP growth is known for that period.

revenue 2020-07-31, 2020-H1 0 known 2020-07-20
上半年与上年同期持平，比目标下限−0.5%高0.5个百分点；目前符合承诺，年度未结束。
The first half: unchanged on a year earlier, 0.5 percentage points above the lower limit of
−0.5%; as promised so far; the year is not over.

line 2020-03-05, 2020-03-02 under_way known 2020-03-02
截至3月2日进行中；期限为2020年12月31日（剩余301天）。
As at 2 March: under way; due by 31 December 2020 (days left: 301).

line 2020-11-01, 2020-Q3 not_started known 2020-09-30
三季度未开始；期限为2020年12月31日（剩余60天）。
Q3: not started; due by 31 December 2020 (days left: 60).

line 2020-07-31, 2020-Q2 not_started known 2020-07-20
二季度未开始；期限为2020年12月31日（剩余153天），时间已过半。
Q2: not started; due by 31 December 2020 (days left: 153), more than half of the time is gone.

line 2021-02-01, 2020-03-02 under_way known 2020-03-02
截至3月2日进行中；期限为2020年12月31日，此后没有进展数据。
As at 2 March: under way; it was due by 31 December 2020, and nothing has been reported since.

line 2021-02-01, 2021-01-07 under_way known 2021-01-08
截至2021年1月7日进行中；已超过2020年12月31日的期限。
As at 7 January 2021: under way; it was due by 31 December 2020.

line 2020-10-05, 2020-09-29 complete known 2020-09-29
截至9月29日已完成；期限为2020年12月31日。
As at 29 September: complete; due by 31 December 2020.

line 2021-03-01, 2021-02-02 complete known 2021-02-02
截至2021年2月2日已完成；逾期完成，期限为2020年12月31日。
As at 2 February 2021: complete; late: it was due by 31 December 2020.

line 2020-10-05, 2020-05-01 cancelled known 2020-05-01
截至5月1日已取消；期限为2020年12月31日。
As at 1 May: cancelled; due by 31 December 2020.
"""


def block(text: str) -> tuple[str, str, str]:
    """Heading, Chinese and English of a block, each put together from its lines."""
    heading, *lines = text.splitlines()
    chinese = [line for line in lines if line.endswith(("，", "；", "。"))]
    return heading, "".join(chinese), " ".join(line for line in lines if line not in chinese)


def blocks(text: str) -> list[tuple[str, str, str]]:
    return [block(lines) for lines in text.strip().split("\n\n")]


@pytest.mark.parametrize(("case", "zh", "en"), blocks(PUBLISHED_CASES + OTHER_CASES))
def test_a_case_of_each_rule_is_said_in_both_languages(case: str, zh: str, en: str) -> None:
    question, _, actual = case.partition(", ")
    name, as_of = question.split()
    seen: Iterable[Observation] = SEEN
    if actual:
        period, value, _, known_on = actual.split()
        stage = Stage(value) if value.isidentifier() else value
        seen = (observation(name, period, stage, known_on),)
    assert said(seen, name, as_of) == (zh, en)


def test_all_the_periods_that_broke_a_promise_for_all_year_are_named() -> None:
    seen = (
        observation("jobless", "2020-Q1", "5.2", "2020-04-20"),
        observation("jobless", "2020-Q2", "5.3", "2020-07-20"),
        observation("jobless", "2020-Q4", "4.0", "2021-01-20"),
    )
    assert said(seen, "jobless", "2021-02-01") == (
        "四季度为4.0%，比目标5%低1.0个百分点；要求全年保持，未能做到：一季度5.2%、二季度5.3%。",
        (
            "Q4: 4.0%, 1.0 percentage points below the target of 5%; promised for all year, and "
            "broken: Q1 5.2%, Q2 5.3%."
        ),
    )


@pytest.mark.parametrize(
    ("qualifier", "zh", "en"),
    [
        (Qualifier.EXACT, "上半年为3.6%，", "The first half: 3.6%, "),
        (Qualifier.AT_LEAST, "上半年为3.6%以上，", "The first half: at least 3.6%, "),
        (Qualifier.AT_MOST, "上半年为3.6%以下，", "The first half: 3.6% or less, "),
        (Qualifier.ABOUT, "上半年约为3.6%，", "The first half: roughly 3.6%, "),
    ],
)
def test_how_exact_a_value_is_stands_with_it(qualifier: Qualifier, zh: str, en: str) -> None:
    seen = observation("cpi", "2020-H1", "3.6", "2020-07-10", qualifier=qualifier)
    chinese, english = said((seen,), "cpi", "2020-07-31")
    assert (chinese.startswith(zh), english.startswith(en)) == (True, True)


def test_a_bound_that_decides_nothing_is_said_to_be_judged_as_exact() -> None:
    seen = observation("cpi", "2020-H1", "3.6", "2020-07-10", qualifier=Qualifier.AT_MOST)
    chinese, english = said((seen,), "cpi", "2020-07-31")
    assert chinese.endswith("；公布的是界限值，暂按精确值评判。")
    assert english.endswith("; the published value is a bound, judged as if it were exact.")


def test_a_fall_of_at_least_so_much_is_said_of_a_value_of_at_most_minus_so_much() -> None:
    seen = observation("energy", "2020", "-23", "2021-04-19", qualifier=Qualifier.AT_MOST)
    chinese, english = said((seen,), "energy", "2021-04-30")
    assert chinese.startswith("全年较2015年下降23%以上，")
    assert english.startswith("The full year: down at least 23% from 2015, ")


@pytest.mark.parametrize(
    ("as_of", "zh", "en"),
    [
        ("2020-02-01", "目前尚无可评判的实际值。", "No actual that can be judged is known yet."),
        ("2020-02-02", "目前尚无可评判的实际值。", "No actual that can be judged is known yet."),
        *(
            (day, f"截至3月2日进行中；{zh}。", f"As at 2 March: under way; {en}.")
            for day, zh, en in (
                ("2020-10-31", "期限为2020年12月31日", "due by 31 December 2020"),
                ("2020-11-01", "期限为2020年12月31日", "due by 31 December 2020"),
                (
                    "2021-01-01",
                    "期限为2020年12月31日，此后没有进展数据",
                    "it was due by 31 December 2020, and nothing has been reported since",
                ),
            )
        ),
    ],
)
def test_an_undated_sentence_stays_until_something_happens(as_of: str, zh: str, en: str) -> None:
    seen = observation("line", "2020-03-02", Stage.UNDER_WAY, "2020-03-02")
    found = judged("line", as_of, (seen,), PLAN)
    assert [sentence(replace(book, dated=False), found) for book in BOOKS] == [zh, en]


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("gdp", "6%左右", "about 6%"),
        ("cpi", "3.5%以内", "at most 3.5%"),
        ("revenue", "与上年持平", "level with the year before"),
        ("jobless", "低于5%", "below 5%"),
        ("energy", "较2015年下降17%", "down at least 17% from 2015"),
        ("income", "与地区生产总值增长同步", "in step with GDP growth"),
        ("jobs", "28万人以上", "at least 280,000 people"),
        ("alleys", "200条以上", "at least 200 alleys"),
        ("output", "超过26.5万元/人", "above 265,000 yuan per person"),
        ("spending", "下降3%", "down at least 3%"),
        ("water", "下降3%左右", "down about 3%"),
        ("waste", "下降超过3%", "down more than 3%"),
        ("line", "12月31日前完成", "done by 31 December"),
    ],
)
def test_what_a_target_asks_is_said_as_a_report_would(name: str, zh: str, en: str) -> None:
    assert [book.asks(PLAN.by_id[name]) for book in BOOKS] == [zh, en]


# Their names hold no digits, in either language but for the quarters of the English.
periods = st.sampled_from(["2020-Q1", "2020-H1", "2020-Q4", "2020-01..2020-09", "2020"])
ODD = ("{", "}", "  ", ",,", "，，", ";;", "；；", "。。", "..", " ,", " ;", "，；", "None", "−−")


@st.composite
def seen_values(draw: st.DrawFn) -> tuple[Observation, ...]:
    entries = draw(
        st.lists(st.tuples(periods, VALUES), min_size=1, max_size=3, unique_by=lambda e: e[0])
    )
    exact = st.sampled_from(list(Qualifier))
    return tuple(
        observation("one", period, value, Period.parse(period).last, qualifier=draw(exact), row=row)
        for row, (period, value) in enumerate(entries)
    )


def figures(text: str) -> list[str]:
    """The numbers of a sentence, ungrouped and without the names of quarters and months."""
    plain = re.sub(r"\bQ\d|\d+—\d+月|(?<=\d),(?=\d)", "", text)
    return sorted(re.findall(r"−?\d+(?:\.\d+)?", plain))


@given(numeric_targets(), seen_values(), st.dates(date(2020, 12, 31), date(2021, 3, 31)))
def test_a_sentence_is_whole_and_both_languages_carry_the_same_figures(
    one: Target, seen: tuple[Observation, ...], as_of: date
) -> None:
    plan = plan_of(one)
    assessment = judged("one", as_of, seen, plan)
    chinese, english = (sentence(Phrasebook(plan, code), assessment) for code in (ZH, EN))
    assert [odd for odd in ODD if odd in chinese or odd in english] == []
    assert (chinese[-1], english[-1]) == ("。", ".")
    assert english[0] == english[0].upper()
    assert not re.search(r"[,;:] ?|\s", chinese)
    if assessment.rule is not Rule.NO_OBSERVATION:
        assert figures(chinese) == figures(english)
        value = assessment.observation.value
        unchanged = one.says_change and value == 0
        assert ("持平" if unchanged else ZH.number(abs(value))) in chinese


def test_a_problem_says_the_names_of_targets_and_the_ids_of_those_it_does_not_know() -> None:
    values = {"target": TargetId("gdp"), "other": TargetId("gone"), "by": "gdp"}
    problem = Problem("{target}, {other}: {by}", values, field="value")
    assert BOOKS[1].problem(problem) == "GDP growth, gone: gdp"
    assert BOOKS[0].problem(problem) == "地区生产总值增长, gone: gdp"
    assert problem.text == "gdp, gone: gdp"


@given(numeric_targets(), st.dates(date(2020, 1, 1), date(2021, 12, 31)))
def test_without_an_actual_the_sentence_says_so_and_names_the_day(one: Target, as_of: date) -> None:
    plan = plan_of(one)
    assessment = judged("one", as_of, (), plan)
    assert sentence(Phrasebook(plan, ZH), assessment) == f"截至{ZH.day(as_of)}尚无可评判的实际值。"
    assert sentence(Phrasebook(plan, EN), assessment) == (
        f"No actual that can be judged was known by {EN.day(as_of)}."
    )
