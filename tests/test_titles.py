"""The title of a slide: its message, for every measure and status, in both languages."""

from datetime import date, timedelta
from itertools import product

import pytest

from mubiao.model import Measure, Observation, Stage, Status, Target
from mubiao.period import Period
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.titles import title
from tests.samples import EN, ZH, observation, plan_of, target
from tests.test_sentences import ODD, figures
from tests.worked import PUBLISHED, TARGETS, WORKED, judged

BOOKS = (Phrasebook(WORKED, ZH), Phrasebook(WORKED, EN))
ALLEYS = (observation("alleys", "2020-06-30", "60", "2020-07-01"),)
LINE = observation("line", "2020-03-02", Stage.CANCELLED, "2020-03-02")

CASES = """
gdp 2020-07-31
地区生产总值增长：上半年下降3.2%，全年6%左右需下半年增长15.1%
GDP growth, the first half: down 3.2%; for the year to be about 6%, \
the second half must bring growth of 15.1%
gdp 2021-03-31
地区生产总值增长：全年增长1.2%，未实现6%左右的目标
GDP growth, the full year: up 1.2%; about 6% was promised: not kept
cpi 2020-04-30
目标cpi：一季度为3.8%，全年3.5%以内需二至四季度平均不高于3.4%
cpi, Q1: 3.8%; for the year to be at most 3.5%, the last three quarters must average 3.4% or less
cpi 2020-07-31
目标cpi：上半年为2.8%，目前符合3.5%以内的目标
cpi, the first half: 2.8%; at most 3.5% is promised: so far as promised
jobless 2020-07-31
目标jobless：二季度为4.8%，全年低于5%，目前各期均符合
jobless, Q2: 4.8%; below 5% is promised for all year: held so far
alleys 2020-07-15
目标alleys：截至6月30日累计60条，已完成30%，落后序时进度19.7个百分点
alleys, as at 30 June: 60 alleys in all; 30% done, 19.7 percentage points behind schedule
kindergartens 2026-11-27
目标kindergartens：截至10月31日为87%，一直没有最终数据
kindergartens, as at 31 October: 87%; the final figure was never reported
line 2020-07-31
目标line：已取消
line: cancelled
academy 2021-12-31
目标academy：已完成，逾期完成，期限为2020年12月31日
academy: complete, late: it was due by 31 December 2020
jobs 2020-07-31
目标jobs：未报
jobs: not reported
"""
LINES = CASES.strip().splitlines()
TRIPLES = list(zip(LINES[::3], LINES[1::3], LINES[2::3], strict=True))


@pytest.mark.parametrize(("case", "zh", "en"), TRIPLES)
def test_a_title_says_what_the_actual_says_and_what_that_means(case: str, zh: str, en: str) -> None:
    name, day = case.split()
    assessment = judged(name, day, (*PUBLISHED, *ALLEYS, LINE))
    assert [title(book, assessment) for book in BOOKS] == [zh, en]


def _targets() -> list[Target]:
    """A target of every measure, compared in each way that it can be."""
    made = [one for one in TARGETS if one.id != "jobs"]  # 28万 and 280,000 differ in figures
    for measure, comparator in product(Measure, ("at_least", "above", "at_most", "below", "about")):
        if measure is Measure.STAGE or (
            measure is Measure.COUNT and comparator not in {"at_least", "above"}
        ):
            continue
        fields = {"tolerance": "0.5", "better": "higher"} if comparator == "about" else {}
        base = {"base_year": 2015} if measure is Measure.SINCE_BASE else {}
        name = f"{measure.value}-{comparator}".replace("_", "-")
        made.append(
            target(name, measure=measure, comparator=comparator, value="50", **fields, **base)
        )
    return made


def _readings(one: Target, period: str) -> list[Observation]:
    day = Period.parse(period).last + timedelta(days=1)
    values = ("0", "20", "49.8", "50", "70") if not one.is_milestone else tuple(Stage)
    at = day.isoformat() if one.is_milestone else period
    return [observation(one.id, at, value, day) for value in values]


def test_no_measure_and_no_status_is_without_a_title() -> None:
    """Whatever is reported, both languages have a title, with the same figures."""
    plan = plan_of(*_targets())
    zh, en = Phrasebook(plan, ZH), Phrasebook(plan, EN)
    seen = set()
    days = (date(2020, 7, 31), date(2020, 11, 15), date(2021, 1, 31), date(2022, 1, 1))
    for one, period, day in product(plan.targets, ("2020-H1", "2020-01..2020-09", "2020"), days):
        for reading in (None, *_readings(one, period)):
            assessment = judged(one.id, day, () if reading is None else (reading,), plan)
            texts = title(zh, assessment), title(en, assessment)
            assert all(texts)
            assert [odd for odd in ODD if odd in "".join(texts)] == []
            assert texts[0][-1] not in "，；。："
            if assessment.observation is not None and not one.is_milestone:
                assert figures(texts[0]) == figures(texts[1])
            seen.add((one.measure, assessment.status))
    pairs = {(measure, status) for measure in Measure for status in Status}
    # A rate to be held all year is a level; nothing else is out of reach.
    assert pairs - seen == set()
