"""A month's work: the figures that are due, with what is known of each target so far."""

from dataclasses import replace
from datetime import date

import pytest

from mubiao.i18n import language
from mubiao.model import Observation, Plan, Section, Stage, Text
from mubiao.period import Period
from mubiao.views.month import Due, due_in, grid_row, month_before, months_of
from mubiao.wording.phrasebook import Phrasebook
from tests.real import real_plan
from tests.samples import observation, plan_of, target

TODAY = date(2020, 7, 20)
JUNE = Period.parse("2020-06")
PLAN = plan_of(
    target("growth", measure="rate", comparator="about", value=6),
    target("prices", measure="rate", comparator="at_most", value="3.5", cadence="monthly"),
    target("jobs", measure="count", comparator="at_least", value=280000, unit="people"),
    target("rate", measure="level", comparator="below", value=5),
    target("law", measure="stage", comparator="done"),
    target("land", measure="level", comparator="at_most", value=2860, cadence="yearly"),
)


def due(month: str, *standing: Observation, today: date = TODAY, plan: Plan = PLAN) -> list[Due]:
    return list(due_in(plan, Period.parse(month), standing, today))


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2020-01", {"prices": "2020-01"}),
        ("2020-05", {"prices": "2020-01..2020-05"}),
        (
            "2020-06",
            {
                "growth": "2020-H1",
                "prices": "2020-H1",
                "jobs": "2020-H1",
                "rate": "2020-Q2",
                "law": "2020-06-30",
            },
        ),
    ],
)
def test_what_is_due_follows_the_cadence(month: str, expected: dict[str, str]) -> None:
    assert {each.target.id: each.period.text for each in due(month)} == expected


def test_everything_is_due_at_the_years_end() -> None:
    assert len(due("2020-12", today=date(2021, 1, 20))) == len(PLAN.targets)
    december = due_in(real_plan(), Period.parse("2020-12"), (), date(2021, 4, 30))
    assert len(december) == len(real_plan().targets)


def test_the_headline_comes_first_and_numbers_before_milestones() -> None:
    later = replace_sections(("2.1", "law"), ("2.1", "prices"), ("2.0", "rate"), ("2.0", "growth"))
    assert [each.target.id for each in due("2020-06", plan=later)] == [
        "rate",
        "growth",
        "prices",
        "law",
    ]


def replace_sections(*placed: tuple[str, str]) -> Plan:
    """The plan with only these targets, in this order, each in its section; 2.1 printed first."""
    names = [Section(id=id_, name=Text(zh=id_, en=id_)) for id_ in ("2.1", "2.0")]
    targets = [PLAN.by_id[name].model_copy(update={"section": s}) for s, name in placed]
    return PLAN.model_copy(update={"sections": tuple(names), "targets": tuple(targets)})


def test_a_milestone_is_looked_at_today_while_the_month_is_not_over() -> None:
    [milestone] = [e for e in due("2020-06", today=date(2020, 6, 12)) if e.target.is_milestone]
    assert milestone.period.text == "2020-06-12"


def test_a_milestone_that_is_decided_needs_no_more_looks() -> None:
    done = observation("law", "2020-03-31", Stage.COMPLETE, "2020-04-20")
    assert "law" not in {each.target.id for each in due("2020-06", done)}
    asked = due_in(PLAN, JUNE, [done], TODAY, also=["law"])
    assert "law" in {each.target.id for each in asked}
    now = replace(done, period=Period.parse("2020-06-30"), known_on=TODAY)
    assert "law" in {each.target.id for each in due("2020-06", now)}
    going = replace(done, value=Stage.UNDER_WAY)
    assert "law" in {each.target.id for each in due("2020-06", going)}


def test_the_last_figure_is_of_the_kind_that_is_judged_and_no_later() -> None:
    figures = [
        observation("prices", "2020-Q1", "3.8", "2020-04-20", row=1),
        observation("prices", "2020-05", "2.0", "2020-06-10", row=2),  # a single month
        observation("prices", "2020-01..2020-07", "2.5", "2020-07-20", row=3),  # later
    ]
    [prices] = [each for each in due("2020-06", *figures) if each.target.id == "prices"]
    assert (prices.last, prices.recorded) == (figures[0], None)
    recorded = observation("prices", "2020-01..2020-06", "2.8", "2020-07-10", row=4)
    [prices] = [each for each in due("2020-06", *figures, recorded) if each.target.id == "prices"]
    assert (prices.last, prices.recorded) == (recorded, recorded)


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("2020-01-15", "2020-01"),
        ("2020-02-01", "2020-01"),
        ("2020-07-31", "2020-06"),
        ("2021-01-01", "2020-12"),
        ("2021-09-09", "2020-12"),
        ("2019-09-09", "2020-01"),
    ],
)
def test_the_month_is_the_one_before_within_the_plan_year(day: str, month: str) -> None:
    assert month_before(PLAN, date.fromisoformat(day)).text == month
    assert len(months_of(PLAN)) == 12


def test_the_rows_are_written_in_each_language() -> None:
    seen = observation("jobs", "2020-Q1", "120000", "2020-04-20")
    for code, texts in (
        ("zh", ("目标jobs", "上半年", "人", "12万", "一季度")),
        ("en", ("jobs", "the first half", "people", "120,000", "Q1")),
    ):
        (one,) = [each for each in due("2020-06", seen) if each.target.id == "jobs"]
        jobs = grid_row(Phrasebook(PLAN, language(code)), one)
        assert (jobs.name, jobs.period, jobs.unit, jobs.last_value, jobs.last_period) == texts
        assert jobs.value == ""
