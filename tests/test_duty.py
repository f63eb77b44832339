"""Which reports are expected of a target, by which day, and which are owed."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.assessment import assess
from mubiao.cli.tables import due_text
from mubiao.counting import counts
from mubiao.duty import (
    calendar,
    coverage,
    debts,
    due_day,
    expected_periods,
    expected_reports,
    overdue_days,
)
from mubiao.i18n import language
from mubiao.model import Calendar, Flag, Lag, Observation, Plan, Stage, Text
from mubiao.period import Period
from mubiao.wording.phrasebook import Phrasebook
from tests.real import real_actuals, real_plan
from tests.samples import observation, plan_of, target
from tests.worked import WORKED

FIELDS: dict[str, dict[str, object]] = {
    "count": {"comparator": "at_least", "value": "200"},
    "rate": {"comparator": "at_least", "value": "6"},
    "level": {"comparator": "at_least", "value": "75"},
    "since_base": {"comparator": "at_most", "value": "-17", "base_year": 2015},
    "stage": {"comparator": "done"},
}
RUNNING = {
    "monthly": [
        *("2020-01", "2020-01..2020-02", "2020-Q1", "2020-01..2020-04", "2020-01..2020-05"),
        *("2020-H1", *(f"2020-01..2020-{month:02}" for month in range(7, 12)), "2020"),
    ],
    "quarterly": ["2020-Q1", "2020-H1", "2020-01..2020-09", "2020"],
    "half_yearly": ["2020-H1", "2020"],
    "yearly": ["2020"],
}
SINGLE = {
    "monthly": [f"2020-{month:02}" for month in range(1, 13)],
    "quarterly": ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4"],
    "half_yearly": ["2020-H1", "2020-H2"],
    "yearly": ["2020"],
}
EXPECTED: dict[str, dict[str, list[str]]] = {
    "count": RUNNING,
    "rate": RUNNING,
    "level": SINGLE,
    "since_base": SINGLE,
    "stage": {cadence: [] for cadence in RUNNING},
}


@pytest.mark.parametrize("measure", EXPECTED)
@pytest.mark.parametrize("cadence", RUNNING)
def test_the_periods_follow_from_measure_and_cadence(measure: str, cadence: str) -> None:
    one = target("one", measure=measure, cadence=cadence, **FIELDS[measure])
    texts = [period.text for period in expected_periods(plan_of(one), one)]
    assert texts == EXPECTED[measure][cadence]


def test_every_expected_period_of_the_real_plan_is_one_that_counts_and_the_last_is_final() -> None:
    plan, year_end = real_plan(), Period.parse("2020").last
    numeric = [target for target in plan.targets if not target.is_milestone]
    for one in numeric:
        periods = expected_periods(plan, one)
        assert all(a.last < b.last for a, b in pairwise(periods))
        assert periods[-1].last == year_end
        for period in periods:
            assert counts(plan, one, observation(one.id, period.text, "1", period.last)), one.id
    assert numeric


JULY = date(2020, 7, 31)
LEVEL = target("green", measure="level", comparator="at_least", value="75")
LINE = target("line", measure="stage", comparator="done", cadence="yearly")


def owed(plan: Plan, *known: Observation, day: date = JULY) -> list[tuple[str, int]]:
    """The periods owed, each with the days since it was due."""
    return [(d.period.text, d.overdue_days) for d in debts(plan, assess(plan, known, day))]


@pytest.mark.parametrize(
    ("fields", "periods"),
    [
        ({"due": date(2020, 9, 30)}, ["2020-Q1", "2020-Q2", "2020-Q3"]),
        ({"due": date(2020, 10, 31)}, ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4"]),
        ({"due": date(2020, 10, 31), "judged": "all_year"}, ["2020-Q1", "2020-Q2", "2020-Q3"]),
        ({"due": date(2021, 3, 1)}, ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2021-Q1"]),
    ],
)
def test_reports_are_expected_until_one_reaches_the_due_day(
    fields: dict[str, object], periods: list[str]
) -> None:
    one = target("green", measure="level", comparator="at_least", value="75", **fields)
    assert [period.text for period in expected_reports(plan_of(one), one)] == periods


@pytest.mark.parametrize(("due", "last"), [((2020, 6, 30), "2020-Q2"), ((2021, 2, 1), "2021-Q1")])
def test_a_milestone_tells_its_stage_each_quarter_until_it_is_due(
    due: tuple[int, int, int], last: str
) -> None:
    line = LINE.model_copy(update={"due": date(*due)})
    reports = expected_reports(plan_of(line), line)
    assert (reports[0].text, reports[-1].text) == ("2020-Q1", last)
    assert due_day(plan_of(line), line, Period.parse("2020-Q2")) == date(2020, 7, 30)


@pytest.mark.parametrize(
    ("cadence", "period", "due"),
    [
        ("monthly", "2020-01", date(2020, 2, 20)),
        ("quarterly", "2020-Q1", date(2020, 4, 30)),
        ("half_yearly", "2020-H1", date(2020, 7, 30)),
        ("yearly", "2020", date(2021, 3, 31)),
    ],
)
def test_a_report_is_due_the_plans_lag_after_its_period_or_the_targets_own(
    cadence: str, period: str, due: date
) -> None:
    one = target("green", measure="level", comparator="at_least", value="75", cadence=cadence)
    plan, span = plan_of(one), Period.parse(period)
    assert due_day(plan, one, span) == due
    same_day = plan.model_copy(update={"lag": Lag(monthly=0, quarterly=0, half_yearly=0, yearly=0)})
    assert due_day(same_day, one, span) == span.last
    own = one.model_copy(update={"lag": 1})
    assert (due_day(same_day, own, span) - span.last).days == 1


def test_a_report_is_owed_from_the_end_of_its_period_and_late_after_its_due_day() -> None:
    plan = plan_of(LEVEL)
    assert owed(plan, day=date(2020, 3, 31)) == []
    assert owed(plan, day=date(2020, 4, 1)) == [("2020-Q1", 0)]
    assert owed(plan, day=date(2020, 4, 30)) == [("2020-Q1", 0)]
    assert owed(plan, day=date(2020, 5, 1)) == [("2020-Q1", 1)]
    assert owed(plan) == [("2020-Q1", 92), ("2020-Q2", 1)]


@pytest.mark.parametrize(
    ("day", "head"),
    [
        (date(2020, 4, 1), "As of 1 April 2020: 1 report of 1 target is owed."),
        (JULY, "As of 31 July 2020: 2 reports of 1 target are owed."),
    ],
)
def test_one_report_is_no_reports_in_the_list_of_the_terminal(day: date, head: str) -> None:
    plan = plan_of(LEVEL)
    listed = due_text(Phrasebook(plan, language("en")), debts(plan, assess(plan, [], day)), day)
    assert listed.splitlines()[0] == head


def test_a_later_period_that_counts_settles_the_earlier_ones() -> None:
    plan = plan_of(LEVEL)
    first, second = (
        observation("green", period, "70", "2020-07-15") for period in ("2020-Q1", "2020-Q2")
    )
    assert owed(plan, first) == [("2020-Q2", 1)]
    assert owed(plan, second) == []
    assert owed(plan, second, day=date(2020, 7, 14)) == [("2020-Q1", 75), ("2020-Q2", 0)]


CALENDAR = Calendar(
    id="bureau",
    name=Text(zh="统计局日程", en="the bureau's calendar"),
    days={"2020-Q1": date(2020, 4, 17), "2020-H1": date(2020, 7, 16)},
)


def test_where_a_calendar_names_the_day_of_release_the_report_is_due_on_it() -> None:
    for name in ("rate", "level"):
        one = target(name, calendar="bureau", lag=10, measure=name, **FIELDS[name])
        plan = plan_of(one).model_copy(update={"calendars": (CALENDAR,)})
        due = [due_day(plan, one, period) for period in expected_reports(plan, one)]
        # A period is known by its last day; those that the calendar does not name have their lag.
        assert due[:2] == [date(2020, 4, 17), date(2020, 7, 16)]
        assert due[2:] == [date(2020, 10, 10), date(2021, 1, 10)]
        assert [days for _, days in owed(plan, day=date(2020, 7, 17))] == [91, 1]
        [judged] = assess(plan, [], date(2020, 7, 17))
        assert overdue_days(plan, judged) == 91


@given(
    st.lists(st.dates(date(2020, 1, 1), date(2021, 6, 30)), min_size=4, max_size=4),
    st.dates(date(2020, 1, 1), date(2021, 12, 31)),
)
def test_the_oldest_debt_is_the_one_that_was_due_first(released: list[date], day: date) -> None:
    """Also where a calendar has a later period's figure first."""
    texts = ("2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4")
    days = Calendar(id="bureau", name=CALENDAR.name, days=dict(zip(texts, released, strict=True)))
    one = target("level", measure="level", calendar="bureau", **FIELDS["level"])
    plan = plan_of(one).model_copy(update={"calendars": (days,)})
    [judged] = assess(plan, [], day)
    late = [debt.overdue_days for debt in calendar(plan, judged)]
    assert overdue_days(plan, judged) == max(late)


def test_a_figure_that_does_not_count_settles_nothing() -> None:
    rate = target("cpi", measure="rate", comparator="at_most", value="3.5", cadence="monthly")
    june = observation("cpi", "2020-06", "2.5", "2020-07-10")
    assert ("2020-H1", 11) in owed(plan_of(rate), june)


def test_what_is_decided_owes_nothing_more() -> None:
    plan = plan_of(LINE)
    for stage, periods in (
        (Stage.COMPLETE, []),
        (Stage.CANCELLED, []),
        (Stage.UNDER_WAY, [("2020-Q2", 1)]),
    ):
        seen = observation("line", "2020-03-31", stage, "2020-04-10")
        assert owed(plan, seen) == periods
    homes = target("homes", measure="count", comparator="at_least", value="200")
    assert owed(plan_of(homes), observation("homes", "2020-Q1", "200", "2020-04-10")) == []
    assert owed(plan_of(homes), observation("homes", "2020-Q1", "199", "2020-04-10")) != []


def test_the_shipped_plan_on_31_july() -> None:
    plan = real_plan()
    assessments = assess(plan, real_actuals(), JULY)
    found = coverage(assessments)
    assert (found.reported, found.owed, found.not_due, found.total) == (22, 129, 12, 163)
    listed = {(debt.target.id, debt.period.text): debt for debt in debts(plan, assessments)}
    assert listed["budget-revenue-growth", "2020-H1"].overdue_days == 1
    late = {debt.target.id for debt in listed.values() if debt.overdue_days}
    assert late >= {"model-alleys", "jingshen-railway"}
    assert late.isdisjoint({"gdp-growth", "cpi", "unemployment", "energy-intensity"})
    assert "lincui-road" not in {debt.target.id for debt in listed.values()}
    assert late == {a.target.id for a in assessments if Flag.OVERDUE in a.flags}


FIGURES = st.builds(
    lambda target, month, days: observation(
        target.id,
        f"2020-{month:02}-15" if target.is_milestone else f"2020-01..2020-{month:02}",
        Stage.UNDER_WAY if target.is_milestone else "1",
        date.fromordinal(date(2020, month, 28).toordinal() + days),
    ),
    st.sampled_from(WORKED.targets),
    st.integers(1, 12),
    st.integers(0, 120),
)


@given(st.lists(FIGURES, max_size=12), FIGURES, st.dates(date(2020, 1, 1), date(2021, 12, 31)))
def test_one_more_report_never_adds_a_debt_nor_touches_another_target(
    filed: list[Observation], one: Observation, day: date
) -> None:
    def of(known: list[Observation]) -> set[tuple[str, str]]:
        listed = debts(WORKED, assess(WORKED, known, day))
        return {(debt.target.id, debt.period.text) for debt in listed}

    before, after = of(filed), of([*filed, one])
    assert after <= before
    assert {target for target, _ in before - after} <= {one.target}


@given(st.lists(FIGURES, max_size=12), st.dates(date(2020, 1, 1), date(2021, 12, 31)))
def test_of_a_target_nothing_is_owed_before_what_it_filed(
    filed: list[Observation], day: date
) -> None:
    assessments = assess(WORKED, filed, day)
    last = {a.target.id: a.observation.period.last for a in assessments if a.observation}
    for debt in debts(WORKED, assessments):
        assert debt.period.last > last.get(debt.target.id, date.min)
        assert debt.period.last <= day
        assert debt.overdue_days == max(0, (day - debt.due).days)


def test_a_weekly_figure_is_owed_each_sunday_and_on_the_last_day_of_the_year() -> None:
    one = target("alleys", measure="count", comparator="at_least", value="200", cadence="weekly")
    plan = plan_of(one)
    days = [period.last for period in expected_reports(plan, one)]
    assert (days[0], days[-2:]) == (date(2020, 1, 5), [date(2020, 12, 27), date(2020, 12, 31)])
    seen = observation("alleys", "2020-07-19", "90", "2020-07-20")
    assert owed(plan, seen) == [("2020-07-26", 2)]
