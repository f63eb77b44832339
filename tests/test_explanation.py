"""The rule that decided, with its numbers: METHOD's worked cases as people read them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mubiao.assessment import assess
from mubiao.model import Assessment, Comparator, Flag, Nature, Plan, Stage, Thresholds
from mubiao.wording import words
from mubiao.wording.explanation import condition, explain
from mubiao.wording.outlooks import telling_outlook
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.words import flag_name
from tests.real import real_actuals, real_plan
from tests.samples import EN, observation, plan_of, target
from tests.worked import PUBLISHED, WORKED, judged

JULY = date(2020, 7, 31)
FINAL = (
    "the figure reaches the due day (31 December 2020), so it is final: satisfied is achieved, "
    "not satisfied is missed"
)


PRELIMINARY = [
    replace(o, nature=Nature.PRELIMINARY) if o.known_on == date(2020, 4, 24) else o
    for o in PUBLISHED
]


def steps(assessment: Assessment, plan: Plan = WORKED) -> dict[str, str]:
    return {step.name: step.text for step in explain(Phrasebook(plan, EN), assessment)}


def formula(assessment: Assessment, name: str) -> str:
    """The formula of a step, with its numbers."""
    return {s.name: s.formula for s in explain(Phrasebook(WORKED, EN), assessment)}[name]


BAND = (
    "short by {} percentage points; up to the band of {} percentage points (the larger of 0.5 and "
    "10% of {}) at risk, beyond it off track"
)
ALL_YEAR = (
    "every figure of the year must satisfy it: one that does not is off track, and missed once "
    "the due day (31 December 2020) is past"
)


# The target and the as-of day; then what is asked, which actual counts, and the rule.
WORKED_CASES = f"""
gdp 2020-04-30
about 6%: satisfied when v ≥ 5.5% (tolerance 0.5 percentage points)
Q1 2020, −6.6%, known on 24 April 2020 (preliminary)
{BAND.format("12.1", "0.6", "6")}
gdp 2021-03-31
about 6%: satisfied when v ≥ 5.5% (tolerance 0.5 percentage points)
full year 2020, 1.2%, known on 20 January 2021
{FINAL}
cpi 2020-03-15
at most 3.5%: satisfied when v ≤ 3.5%
January–February 2020, 4.0%, known on 10 March 2020
{BAND.format("0.5", "0.5", "3.5")}
cpi 2020-07-31
at most 3.5%: satisfied when v ≤ 3.5%
the first half of 2020, 2.8%, known on 10 July 2020
satisfied, and the figure is not final: on track
jobless 2020-07-31
below 5%: satisfied when v < 5%, all year
Q2 2020, 4.8%, known on 27 July 2020
{ALL_YEAR}
energy 2021-04-30
down at least 17% from 2015: satisfied when v ≤ −17%
full year 2020, roughly −24%, known on 19 April 2021
{FINAL}
income 2021-03-31
in step with GDP growth: satisfied when v ≥ 0.7% (tolerance 0.5 percentage points)
full year 2020, 0.8%, known on 22 March 2021
{FINAL}
jobs 2021-03-31
at least 280,000 people: satisfied when v ≥ 280,000 people
full year 2020, 261,000 people, known on 22 March 2021
{FINAL}
travel 2021-03-31
at least 75%: satisfied when v ≥ 75%
full year 2020, 73.1%, known on 2 March 2021
{FINAL}
"""


@pytest.mark.parametrize(
    ("case", "promise", "counts", "rule"),
    list(zip(*[iter(WORKED_CASES.strip().splitlines())] * 4, strict=True)),
)
def test_a_worked_case_is_told_in_steps(case: str, promise: str, counts: str, rule: str) -> None:
    assessment = judged(*case.split(), PRELIMINARY)
    texts = steps(assessment)
    assert texts["Asked"] == promise
    assert texts["Counts"] == f"{EN.t(words.COUNTING[assessment.target.measure])}: {counts}"
    assert texts["Rule"] == rule


@pytest.mark.parametrize(
    ("name", "q1", "numbers"),
    [
        ("gdp", "-6.6", "(6 − 91/366 × (−6.6)) ÷ (1 − 91/366) = 10.2"),
        ("cpi", "3.8", "(3.5 − 91/366 × 3.8) ÷ (1 − 91/366) = 3.4"),
        # By hand it is 3.367...: 3.4 would be too much.
        (
            *("cpi", "3.9"),
            "(3.5 − 91/366 × 3.9) ÷ (1 − 91/366) = 3.37, to one place on the safe side 3.3",
        ),
    ],
)
def test_the_average_of_the_rest_is_computed_to_suffice(name: str, q1: str, numbers: str) -> None:
    found = judged(name, "2020-04-30", [observation(name, "2020-Q1", q1, "2020-04-24")])
    assert formula(found, "Rest") == f"(T − t·v) ÷ (1 − t) = {numbers}"


@pytest.mark.parametrize(
    ("name", "as_of"), [("cpi", JULY), ("gdp", date(2021, 3, 31)), ("jobless", JULY)]
)
def test_nothing_is_asked_of_the_rest_if_satisfied_final_or_no_rate(name: str, as_of: date) -> None:
    assert "Rest" not in steps(judged(name, as_of))


@pytest.mark.parametrize(
    ("done", "lag"),
    [
        ("95", "182/366 − 95 ÷ 200 = 49.7% − 47.5% = 2.2"),
        ("60", "182/366 − 60 ÷ 200 = 49.7% − 30% = 19.7"),
        ("0", "182/366 − 0 ÷ 200 = 49.7% − 0% = 49.7"),
    ],
)
def test_the_lag_of_a_count_is_shown_with_both_limits(done: str, lag: str) -> None:
    seen = observation("alleys", "2020-06-30", done, "2020-07-10")
    found = judged("alleys", JULY, [seen])
    assert formula(found, "Rule") == f"t − v ÷ T = {lag} percentage points"
    behind = lag.rpartition(" = ")[2]
    assert steps(found)["Rule"].endswith(
        f"scheduled, so it is behind schedule by {behind} percentage points: up to 10 percentage "
        "points on track, up to 30 percentage points at risk, more is off track"
    )


def test_the_lag_of_a_level_is_measured_from_its_baseline() -> None:
    seen = observation("travel", "2020-07-01", "74.55", "2020-07-10")
    assert formula(judged("travel", JULY, [seen]), "Rule") == (
        "t − (v − b) ÷ (T − b) = "
        "183/366 − (74.55 − 74.1) ÷ (75 − 74.1) = 50% − 50% = 0 percentage points"
    )


def test_the_limits_told_are_the_plans() -> None:
    limits = Thresholds(on_track=Decimal("0.05"), at_risk=Decimal("0.125"))
    plan = WORKED.model_copy(update={"thresholds": limits})
    seen = observation("alleys", "2020-06-30", "95", "2020-07-10")
    rule = steps(judged("alleys", JULY, [seen], plan), plan)["Rule"]
    assert "up to 5 percentage points on track, up to 12.5 percentage points at risk" in rule


def test_a_band_of_the_plan_is_said_to_be_the_plans() -> None:
    dust = target("dust", measure="rate", comparator="below", value="42", unit="people", band="1")
    plan = plan_of(dust)
    seen = observation("dust", "2020-H1", "43", "2020-07-10")
    assert steps(judged("dust", JULY, [seen], plan), plan)["Rule"] == (
        "short by 1 person; up to the band of 1 person (set by the plan) at risk, beyond it off "
        "track"
    )


def test_without_a_figure_there_is_no_rule_to_tell() -> None:
    texts = steps(judged("gdp", date(2020, 2, 1)))
    assert texts == {
        "Asked": "about 6%: satisfied when v ≥ 5.5% (tolerance 0.5 percentage points)",
        "Counts": (
            "the latest figure whose period begins with the year; none was known by 1 February 2020"
        ),
    }
    undated = explain(Phrasebook(WORKED, EN, dated=False), judged("gdp", date(2020, 2, 1)))
    assert undated[1][1] == (
        "the latest figure whose period begins with the year; none is known yet"
    )


def test_a_target_in_step_without_the_other_figure_says_so() -> None:
    seen = observation("income", "2020-H1", "1", "2020-07-20")
    texts = steps(judged("income", JULY, [seen]))
    assert texts["Asked"] == "in step with GDP growth"
    assert texts["Rule"] == "without the other target's figure of the same period: not reported"


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("day", [JULY, date(2020, 12, 1), date(2021, 1, 1)])
def test_a_milestones_rule_names_its_due_day(stage: Stage, day: date) -> None:
    seen = observation("line", "2020-06-30", stage, "2020-07-01")
    texts = steps(judged("line", day, [seen]))
    assert texts["Asked"] == "done by 31 December"
    assert ("31 December 2020" in texts["Rule"]) is (stage is not Stage.CANCELLED)
    assert condition(Phrasebook(WORKED, EN), judged("line", JULY)) == ""


def test_a_count_reached_is_achieved_at_any_time_and_its_flag_explained() -> None:
    seen = observation("alleys", "2020-06-30", "200", "2020-07-10")
    texts = steps(judged("alleys", JULY, [seen]))
    assert texts["Rule"] == "a count that has reached its target is achieved at any time"
    assert texts[words.FLAG[Flag.REACHED_EARLY]] == "Reached before the due day."


def test_the_outlook_is_redone_from_its_numbers() -> None:
    found = judged("gdp", JULY)
    assert steps(found)["Outlook"].endswith("; this is no forecast, and no status comes from it")
    assert formula(found, "Outlook") == (
        "the latest stretch ran at r = (182/366 × (−3.2) − 91/366 × (−6.6)) ÷ (182/366 − 91/366) = "
        "0.20; so the year ends at 182/366 × (−3.2) + (1 − 182/366) × 0.20 = −1.5%"
    )
    seen = observation("alleys", "2020-06-30", "95", "2020-07-10")
    assert formula(judged("alleys", JULY, [seen]), "Outlook").startswith(
        "the latest stretch ran at r = 95 ÷ (182/366) = 191.04; so the year ends at "
        "95 + (1 − 182/366) × 191.04 = 191 alleys"
    )


@pytest.mark.parametrize("day", [date(2020, 4, 30), JULY, date(2020, 12, 31), date(2021, 4, 30)])
def test_every_flag_of_the_real_plan_has_its_step_and_nothing_else_has(day: date) -> None:
    plan = real_plan()
    for found in assess(plan, real_actuals(), day):
        names = [step.name for step in explain(Phrasebook(plan, EN), found)]
        expected = ["Asked", "Counts"]
        expected += ["Rule"] * (found.observation is not None)
        expected += ["Rest"] * (found.required_rest is not None)
        expected += ["Outlook"] * (telling_outlook(plan, found) is not None)
        assert names == expected + [EN.t(flag_name(found, flag)) for flag in found.flags]


@pytest.mark.parametrize(
    ("comparator", "better", "sign"),
    [
        (Comparator.AT_LEAST, None, "≥ 6"),
        (Comparator.ABOVE, None, "> 6"),
        (Comparator.AT_MOST, None, "≤ 6"),
        (Comparator.BELOW, None, "< 6"),
        (Comparator.ABOUT, "higher", "≥ 5.5"),
        (Comparator.ABOUT, "lower", "≤ 6.5"),
    ],
)
def test_a_condition_has_its_sign(comparator: Comparator, better: str | None, sign: str) -> None:
    fields = {"better": better, "tolerance": "0.5" if better else None}
    one = target("one", measure="rate", comparator=comparator, value="6", **fields)
    plan = plan_of(one)
    (found,) = assess(plan, (), JULY)
    assert condition(Phrasebook(plan, EN), found) == f"v {sign}%"
