"""What people see, as plain values: rows, counts, the overview."""

import re
from datetime import date

import pytest

from mubiao.assessment import assess
from mubiao.duty import coverage
from mubiao.i18n import language
from mubiao.model import (
    Assessment,
    Flag,
    Observation,
    Plan,
    Qualifier,
    Section,
    Stage,
    Status,
    Target,
    Text,
)
from mubiao.views.attention import ATTENTION, worst_first
from mubiao.views.counts import count, mark
from mubiao.views.overview import overview, row, short_value
from mubiao.wording import words
from mubiao.wording.phrasebook import Phrasebook
from tests.real import real_actuals, real_plan
from tests.samples import EN, ZH, observation, plan_of, target
from tests.worked import ALLEYS, CPI, GDP, JOBS

CODES = ("en", "zh")
JULY = date(2020, 7, 31)
DAYS = (date(2020, 1, 12), date(2020, 4, 30), JULY, date(2021, 4, 30))

LIFTS = target("lifts", measure="count", comparator="at_least", value="400", unit="people")
ROADS = target("roads", measure="count", comparator="at_least", value="4", section="2.1")
LINE = target("line", measure="stage", comparator="done", section="2.1")


def two_sections(*targets: Target, headline: str = "2.0") -> Plan:
    sections = (
        Section(id="2.0", name=Text(zh="主要目标", en="Headline")),
        Section(id="2.1", name=Text(zh="城市", en="City")),
        Section(id="2.2", name=Text(zh="空", en="Empty")),
    )
    return plan_of(*targets).model_copy(update={"sections": sections, "headline": headline})


PLAN = two_sections(GDP, CPI, ALLEYS, LIFTS, ROADS, JOBS, LINE)
BOOK = Phrasebook(PLAN, EN)
SEEN = (
    observation("gdp", "2020-Q1", "-6.6", "2020-04-24"),
    observation("cpi", "2020-H1", "2.8", "2020-07-10"),
    observation("alleys", "2020-H1", "30", "2020-07-10"),
    observation("lifts", "2020-H1", "20", "2020-07-10"),
    observation("roads", "2020-H1", "4", "2020-07-10"),
    observation("jobs", "2020-H1", "70000", "2020-07-15"),
    observation("line", "2020-06-30", Stage.CANCELLED, "2020-07-01"),
)


def judged(*seen: Observation, plan: Plan = PLAN, day: date = JULY) -> tuple[Assessment, ...]:
    return assess(plan, seen, day)


def one(name: str, *seen: Observation, day: date = JULY) -> Assessment:
    return next(a for a in judged(*seen, day=day) if a.target.id == name)


def test_the_summary_is_one_sentence_with_the_counts_that_are_not_zero() -> None:
    assert overview(BOOK, judged(*SEEN), JULY).summary == (
        "As of 31 July 2020: 7 of 7 promises have been reported: "
        "1 achieved, 1 on track, 1 at risk, 3 off track, 1 missed."
    )
    assert (
        overview(BOOK, judged(), JULY).summary
        == "As of 31 July 2020: none of 7 promises has been reported, though due."
    )


def test_the_late_and_those_without_a_final_figure_are_told_apart() -> None:
    done = observation("line", "2021-06-30", Stage.COMPLETE, "2021-07-01")
    open_ = observation("jobs", "2020-H1", "70000", "2020-07-15")
    day = date(2021, 12, 31)
    zh, en = (
        overview(Phrasebook(PLAN, language), judged(done, open_, day=day), day).summary
        for language in (ZH, EN)
    )
    assert en == (
        "As of 31 December 2021: 2 of 7 promises have been reported: 1 achieved, 1 of them late, "
        "1 awaiting the final report; 5 have not, though due."
    )
    assert zh.endswith(
        "7项目标已报2项：1项已达成（其中1项逾期完成），1项待最终数据；5项未报，均已到报告期。"
    )


@pytest.mark.parametrize("day", DAYS)
def test_the_summary_carries_the_same_numbers_in_both_languages(day: date) -> None:
    found = assess(real_plan(), real_actuals(), day)
    counts = count(found, EN)
    assert [c.mark.status for c in counts] == list(Status)
    assert all(c.number == sum(a.status is c.mark.status for a in found) for c in counts)
    assert all(c.text.startswith(f"{c.number} ") for c in counts)
    reported = sum(a.observation is not None for a in found)
    parts = [n for c in counts[:-1] for n in (c.number, c.part) if n]
    known = coverage(found)
    parts += [n for n in (counts[-1].part, len(found) - reported) if n]
    unreported = [known.owed, known.not_due] if known.owed and known.not_due else []
    parts += unreported
    chinese, english = (
        re.findall(r"\d+", overview(Phrasebook(real_plan(), words), found, day).summary)
        for words in (ZH, EN)
    )
    if not reported:
        assert [int(n) for n in english] == [day.day, day.year, len(found), *unreported]
        return
    assert [int(n) for n in chinese] == [
        *(day.year, day.month, day.day),
        *(len(found), reported, *parts),
    ]
    assert [int(n) for n in english] == [day.day, day.year, reported, len(found), *parts]


@pytest.mark.parametrize("code", CODES)
def test_a_status_has_a_shape_and_a_word_of_its_own(code: str) -> None:
    marks = [mark(status, language(code)) for status in Status]
    assert [m.status for m in marks] == list(Status)
    assert len({m.shape for m in marks}) == len({m.word for m in marks}) == len(Status)
    assert [m.shape for m in marks] == list("✔●▲◆✖○")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("code", CODES)
def test_every_target_of_the_real_plan_stands_in_exactly_one_section(day: date, code: str) -> None:
    plan = real_plan()
    shown = overview(Phrasebook(plan, language(code)), assess(plan, real_actuals(), day), day)
    listed = [(section.id, r.id) for section in shown.sections for r in section.rows]
    assert sorted(listed) == sorted((t.section, t.id) for t in plan.targets)
    assert [s.id for s in shown.sections] == [s.id for s in plan.sections]
    assert shown.headline in shown.sections
    assert shown.headline.id == plan.headline
    assert {r.id for r in shown.attention} == {
        r.id for s in shown.sections for r in s.rows if r.mark.status in ATTENTION
    }
    ranks = [(ATTENTION.index(r.mark.status), r.section != "2.0") for r in shown.attention]
    assert ranks == sorted(ranks)
    for section in shown.sections:
        for printed in section.rows:
            assert all((printed.name, printed.asks, printed.mark.word, printed.sentence))
            assert "{" not in printed.sentence + printed.asks + printed.name + printed.period


def test_a_section_without_targets_is_not_shown_and_the_headline_is_never_missing() -> None:
    plan = two_sections(ROADS, LINE)
    shown = overview(Phrasebook(plan, EN), judged(plan=plan), JULY)
    assert [s.id for s in shown.sections] == ["2.1"]
    assert shown.headline == shown.sections[0]


def test_the_overviews_title_and_caption_say_what_is_shown() -> None:
    shown = overview(BOOK, judged(*SEEN), JULY)
    assert shown.title == "Sample 2020: how the targets stand"
    assert shown.caption == "Latest figure known on 15 July 2020 · 7 targets, 6 with a number"
    assert overview(BOOK, judged(), JULY).caption == "7 targets, 6 with a number"


def test_what_needs_attention_comes_worst_first_headline_first_furthest_behind_first() -> None:
    # off track: 45 points behind, then 35, then what has no pace · at risk · missed
    worst = [a.target.id for a in worst_first(PLAN, judged(*SEEN))]
    assert worst == ["lifts", "alleys", "gdp", "jobs", "line"]


def test_a_headline_target_comes_before_a_worse_one_of_another_section() -> None:
    plan = two_sections(ROADS, ALLEYS)
    seen = (
        observation("roads", "2020-H1", "0", "2020-07-10"),
        observation("alleys", "2020-H1", "30", "2020-07-10"),
    )
    found = judged(*seen, plan=plan)
    assert [a.target.id for a in worst_first(plan, found)] == ["alleys", "roads"]
    elsewhere = two_sections(ROADS, ALLEYS, headline="2.1")
    assert [a.target.id for a in worst_first(elsewhere, found)] == ["roads", "alleys"]


@pytest.mark.parametrize(
    ("seen", "shown"),
    [
        (observation("gdp", "2020-Q1", "-6.6", "2020-04-24"), ("−6.6%", "")),
        (observation("jobs", "2020-H1", "261000", "2020-07-10"), ("261,000", "people")),
        (
            observation("jobs", "2020-H1", "28", "2020-07-10", qualifier=Qualifier.AT_LEAST),
            ("at least 28", "people"),
        ),
        (
            observation("cpi", "2020-H1", "3", "2020-07-10", qualifier=Qualifier.ABOUT),
            ("roughly 3%", ""),
        ),
        (observation("line", "2020-06-30", Stage.UNDER_WAY, "2020-07-01"), ("under way", "")),
        (observation("alleys", "2020-H1", "0", "2020-07-10"), ("0", "alleys")),
    ],
)
def test_the_unit_stands_apart_except_per_cent(seen: Observation, shown: tuple[str, str]) -> None:
    assert short_value(BOOK, seen) == shown


def test_without_an_observation_there_is_no_value_and_no_zero() -> None:
    assert short_value(BOOK, None) == ("", "")
    found = row(BOOK, one("alleys"))
    assert (found.value, found.unit, found.mark.status) == ("", "", Status.NO_DATA)
    assert found.period == "published quarterly"
    assert row(BOOK, one("line")).period == ""


def test_a_row_has_every_text_of_its_target() -> None:
    found = row(BOOK, one("gdp", *SEEN, day=date(2020, 9, 30)))
    assert (found.id, found.name, found.section) == ("gdp", "GDP growth", "2.0")
    assert found.asks == "target: about 6%"
    assert (found.value, found.period) == ("−6.6%", "Q1")
    assert found.remarks == (words.FLAG[Flag.STALE], words.FLAG[Flag.OVERDUE])
    assert found.mark == mark(Status.OFF_TRACK, EN)
    assert found.sentence.startswith("Q1: down 6.6% on a year earlier, ")
