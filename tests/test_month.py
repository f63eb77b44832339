"""A month's work: the figures that are due, with what is known of each target so far."""

from dataclasses import replace
from datetime import date

import pytest

from mubiao.assessment import assess
from mubiao.duty import debts
from mubiao.i18n import language
from mubiao.model import Observation, Plan, Section, Stage, Text, Unit
from mubiao.period import Period
from mubiao.views.month import Due, grid_row, month_before, months_of, rows_of, tabs
from mubiao.wording.phrasebook import Phrasebook
from tests.real import real_actuals, real_plan
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


def rows(
    month: str, *standing: Observation, today: date = TODAY, plan: Plan = PLAN
) -> dict[str, Due]:
    """The rows of a month as of today, by target."""
    judged = assess(plan, standing, today)
    return {
        due.target.id: due for due in rows_of(plan, Period.parse(month), judged, standing, today)
    }


def due(month: str, *standing: Observation, today: date = TODAY, plan: Plan = PLAN) -> list[Due]:
    """Those among them that the month asks for."""
    return list(tabs([*rows(month, *standing, today=today, plan=plan).values()], ())["owed"])


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2020-01", {"prices": "2020-01"}),
        (
            "2020-05",  # the first quarter is owed until a figure of it, or a later one, is there
            {
                "growth": "2020-Q1",
                "prices": "2020-01..2020-05",
                "jobs": "2020-Q1",
                "rate": "2020-Q1",
                "law": "2020-05-31",
            },
        ),
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
    december = due("2020-12", today=date(2021, 4, 30), plan=real_plan())
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
    assert not rows("2020-06", done)["law"].expected
    now = replace(done, period=Period.parse("2020-06-30"), known_on=TODAY)
    assert rows("2020-06", now)["law"].expected  # the month's own, and there
    going = replace(done, value=Stage.UNDER_WAY)
    assert rows("2020-06", going)["law"].expected


def test_a_quarter_keeps_its_row_until_it_is_there_or_a_later_one_is() -> None:
    late = rows("2020-07", today=date(2020, 8, 20))["growth"]
    assert (late.period.text, late.expected, late.overdue) == ("2020-H1", True, True)
    half = observation("growth", "2020-H1", "-1.6", "2020-07-18")
    first = rows("2020-03", half)["growth"]
    assert (first.period.text, first.expected, first.overdue) == ("2020-Q1", False, False)
    # It came in July: the month's work, and done. In August it is no longer of the month.
    day = date(2020, 9, 20)
    assert [rows(f"2020-0{month}", half, today=day)["growth"].expected for month in (7, 8)] == [
        True,
        False,
    ]


def test_a_report_is_overdue_from_the_day_after_it_is_due_and_no_earlier() -> None:
    may = observation("prices", "2020-01..2020-05", "2.5", "2020-06-10")
    for day, is_late in ((date(2020, 7, 20), False), (date(2020, 7, 21), True)):
        assert rows("2020-06", may, today=day)["prices"].overdue is is_late
    assert {name for name, due in rows("2020-06").items() if due.overdue} == {
        "growth",  # its first quarter
        "prices",  # January to May
        "jobs",
        "rate",
        "law",
    }


@pytest.mark.parametrize(
    "day",
    [
        "2020-02-29",
        "2020-04-30",
        "2020-06-30",
        "2020-07-31",
        "2020-08-15",
        "2021-01-01",
        "2022-03-01",
    ],
)
def test_the_month_of_a_day_asks_for_all_that_is_owed_and_else_lists_what_is_there(
    day: str,
) -> None:
    plan, today = real_plan(), date.fromisoformat(day)
    standing = [one for one in real_actuals() if one.known_on <= today]
    judged = assess(plan, standing, today)
    listed = rows_of(plan, month_before(plan, today), judged, standing, today)
    asked = {each.target.id: each for each in tabs(listed, ())["owed"]}
    owing = {debt.target.id for debt in debts(plan, judged)}
    assert owing
    assert owing <= set(asked)
    assert all(asked[target].recorded for target in set(asked) - owing)


def test_each_list_has_its_rows_and_what_is_added_stands_among_the_owed() -> None:
    of_june = [*rows("2020-06").values()]
    lists = {
        tab: [due.target.id for due in listed] for tab, listed in tabs(of_june, ["land"]).items()
    }
    assert lists["milestones"] == ["law"]
    assert lists["owed"] == lists["all"] == [due.target.id for due in of_june]
    assert "land" not in [due.target.id for due in tabs(of_june, ())["owed"]]


def test_before_the_first_period_of_its_cadence_a_row_is_for_the_figure_so_far() -> None:
    january = rows("2020-02")
    periods = [january[name].period.text for name in ("growth", "jobs", "rate", "land")]
    assert periods == ["2020-01..2020-02", "2020-01..2020-02", "2020-02", "2020-02"]
    assert not any(due.expected for name, due in january.items() if name != "prices")


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
        ("zh", ("目标jobs", "上半年", "人", "12万 · 一季度")),
        ("en", ("jobs", "the first half", "people", "120,000 · Q1")),
    ):
        (one,) = [each for each in due("2020-06", seen) if each.target.id == "jobs"]
        jobs = grid_row(Phrasebook(PLAN, language(code)), one, "○")
        assert (jobs.name, jobs.period, jobs.unit, jobs.last) == texts
        assert jobs.value == ""


def test_an_amount_keeps_its_scale_beside_the_column_of_its_unit() -> None:
    """A grid that says £118 of £118 million is believed, and saved."""
    seen = observation("jobs", "2020-Q1", "118000000", "2020-04-20")
    for sign, before, last in (
        ("£", True, "£118 million · Q1"),
        ("USD", True, "USD 118 million · Q1"),
        ("people", False, "118 million · Q1"),
    ):
        unit = Unit(zh=sign, en=sign, before=before)
        plan = PLAN.model_copy(update={"units": {**PLAN.units, "people": unit}})
        one = rows("2020-06", seen)["jobs"]
        assert grid_row(Phrasebook(plan, language("en")), one, "○").last == last
