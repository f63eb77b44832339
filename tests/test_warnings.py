"""What is doubtful about a figure that can be read."""

from datetime import date
from typing import Any

import pytest

from mubiao.model import Nature, Observation, Stage
from mubiao.observation.warnings import warnings
from tests.real import real_actuals, real_plan
from tests.samples import observation, plan_of, target

TODAY = date(2020, 10, 20)
PLAN = plan_of(
    target("jobs", measure="count", comparator="at_least", value=280000, unit="people"),
    target("growth", measure="rate", comparator="about", value=6),
    target("share", measure="level", comparator="at_least", value=75),
    target("homes", measure="level", comparator="at_least", value=45000, unit="people"),
    target("law", measure="stage", comparator="done"),
)


def told(
    name: str,
    value: Any,  # noqa: ANN401 - a number or a stage
    *before: tuple[str, Any],
    period: str = "2020-01..2020-09",
    known_on: str = "2020-10-20",
    **fields: Any,  # noqa: ANN401 - of the observation
) -> list[str]:
    """The warnings about a value, with other figures by their periods before it."""
    entry = observation(name, period, value, known_on, **fields)
    standing = [observation(name, p, v, "2020-10-01", row=1 + i) for i, (p, v) in enumerate(before)]
    return [problem.text for problem in warnings(PLAN, entry, standing, TODAY)]


@pytest.mark.parametrize(
    ("name", "value", "last", "reason"),
    [
        ("jobs", "2100000", "201000", "2100000 is ten times the last value or more: 201000"),
        ("homes", "410", "4100", "410 is a tenth of the last value or less: 4100"),
        ("growth", "31", "3.1", "31 is ten times the last value or more: 3.1"),
        ("jobs", "2010000000", "201000", "looks like another scale: 10000 times the last value"),
        ("homes", "4.2", "41000", "looks like another scale: 41000 last, 10000 times as much"),
        ("homes", "410000000000", "4100", "looks like another scale: 100000000 times the last"),
        ("share", "0.74", "73.1", "looks like another scale: 73.1 last, 100 times as much"),
        ("growth", "0.031", "3.1", "looks like another scale: 3.1 last, 100 times as much"),
        ("share", "101", "95", "101 is above 100 per cent"),
        ("share", "-2", "2", "-2 is below 0 per cent"),
        ("growth", "-101", "-95", "-101 is a fall by more than all there was"),
        ("growth", "101", "95", "101 is above 100 per cent"),
    ],
)
def test_a_value_that_looks_like_a_slip_is_doubted(
    name: str, value: str, last: str, reason: str
) -> None:
    assert [text for text in told(name, value, ("2020-H1", last)) if reason in text]


@pytest.mark.parametrize(
    ("name", "value", "last"),
    [
        ("jobs", "201000", "150000"),
        ("jobs", "1999999", "200000"),
        ("growth", "0.1", "-6.6"),  # through nought
        ("growth", "1.2", "0.1"),  # twelve times as much, a point apart
        ("growth", "-3.2", "-6.6"),
        ("share", "100", "95"),
        ("share", "0", "5"),
    ],
)
def test_a_value_as_figures_go_is_not_doubted(name: str, value: str, last: str) -> None:
    assert told(name, value, ("2020-H1", last)) == []


def test_no_published_figure_is_doubted() -> None:
    plan, published = real_plan(), real_actuals()
    for entry in published:
        earlier = [o for o in published if o is not entry and o.known_on <= entry.known_on]
        assert warnings(plan, entry, earlier, date(2021, 4, 30)) == (), entry


@pytest.mark.parametrize(
    ("value", "period", "other", "doubted"),
    [
        ("199999", "2020-01..2020-09", ("2020-H1", "200000"), True),
        ("200000", "2020-01..2020-09", ("2020-H1", "200000"), False),
        ("200001", "2020-Q1", ("2020-H1", "200000"), True),
        ("200000", "2020-Q1", ("2020-H1", "200000"), False),
        ("1000", "2020-Q1", ("2019", "200000"), False),  # a new year begins at nought
        ("90000", "2020-09", ("2020-H1", "200000"), False),  # a single month is no total
    ],
)
def test_a_running_total_does_not_fall(
    value: str, period: str, other: tuple[str, str], *, doubted: bool
) -> None:
    said = [text for text in told("jobs", value, other, period=period) if "does not fall" in text]
    assert bool(said) is doubted


def test_a_running_total_is_held_against_the_figures_on_both_sides() -> None:
    said = told("jobs", "300", ("2020-Q1", "400"), ("2020", "200"), period="2020-H1")
    assert [text for text in said if "does not fall" in text] == [
        "a running total does not fall: 300 after 400 for 2020-Q1",
        "a running total does not fall: 300 before 200 for 2020",
    ]


@pytest.mark.parametrize(
    ("name", "value", "doubted"),
    [
        ("jobs", "28", True),  # 万 forgotten
        ("jobs", "2.3", True),
        ("jobs", "2300", False),  # January's may be a hundredth of the year's
        ("jobs", "2800000", True),
        ("homes", "4.5", True),
        ("homes", "450", True),
        ("homes", "4000", False),
        ("share", "0.75", True),
        ("growth", "0.06", True),
        ("growth", "0.1", False),
        ("growth", "-6.6", False),
    ],
)
def test_without_a_last_value_the_target_says_what_is_likely(
    name: str, value: str, *, doubted: bool
) -> None:
    assert bool(told(name, value)) is doubted


def test_a_period_that_is_not_over_is_doubted_and_nothing_else_about_its_days() -> None:
    said = told("growth", "5", period="2020", nature=Nature.ESTIMATE)
    assert said == ["2020 is not over; it ends on 2020-12-31"]


def test_a_figure_known_before_its_period_ended_is_doubted() -> None:
    assert told("growth", "5", period="2020-H1", known_on="2020-06-29") == [
        "known on 2020-06-29, before 2020-H1 ended on 2020-06-30"
    ]
    assert told("growth", "5", period="2020-H1", known_on="2020-06-30") == []


@pytest.mark.parametrize(
    ("before", "now", "doubted"),
    [
        (Stage.COMPLETE, Stage.UNDER_WAY, True),
        (Stage.UNDER_WAY, Stage.NOT_STARTED, True),
        (Stage.NOT_STARTED, Stage.COMPLETE, False),
        (Stage.UNDER_WAY, Stage.CANCELLED, False),
        (Stage.CANCELLED, Stage.UNDER_WAY, False),
    ],
)
def test_a_milestone_that_goes_back_is_doubted(before: Stage, now: Stage, *, doubted: bool) -> None:
    assert bool(told("law", now, ("2020-06-30", before), period="2020-09-30")) is doubted


def test_each_warning_names_its_field() -> None:
    entry: Observation = observation("jobs", "2020", "1", "2020-10-20", nature=Nature.ESTIMATE)
    earlier = [observation("jobs", "2020-H1", "200", "2020-07-20")]
    fields = [problem.field for problem in warnings(PLAN, entry, earlier, TODAY)]
    assert fields == ["period", "value", "value"]
