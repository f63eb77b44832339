"""What is doubtful about a figure that can be read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mubiao.model import Nature, Observation, Stage
from mubiao.problems import Problem
from mubiao.proposal.comparison import Comparison, Takes
from mubiao.proposal.proposal import proposal_of
from mubiao.proposal.rows import Candidate, Outcome
from mubiao.proposal.warnings import warnings
from tests.real import real_actuals, real_plan
from tests.samples import observation, plan_of, target

TODAY, NINE = date(2020, 10, 20), "2020-01..2020-09"
PLAN = plan_of(
    target("jobs", measure="count", comparator="at_least", value=280000, unit="people"),
    target("growth", measure="rate", comparator="about", value=6),
    target("share", measure="level", comparator="at_least", value=75),
    target("homes", measure="level", comparator="at_least", value=45000, unit="people"),
    target("accidents", measure="count", comparator="at_most", value=2000, unit="people"),
    target("fall", measure="since_base", comparator="at_most", value=-17, base_year=2015),
    target("law", measure="stage", comparator="done"),
)


def told(
    name: str,
    value: Any,  # noqa: ANN401 - a number or a stage
    *before: tuple[str, Any],
    period: str = NINE,
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
        # As figures go.
        ("jobs", "201000", "150000", ""),
        ("jobs", "1999999", "200000", ""),
        ("growth", "0.1", "-6.6", ""),  # through nought
        ("growth", "1.2", "0.1", ""),  # twelve times as much, a point apart
        ("growth", "-3.2", "-6.6", ""),
        ("share", "100", "95", ""),
        ("share", "0", "5", ""),
    ],
)
def test_only_what_seems_a_slip_is_doubted(name: str, value: str, last: str, reason: str) -> None:
    doubts = told(name, value, ("2020-H1", last))
    assert [text for text in doubts if reason in text] if reason else doubts == []


@pytest.mark.parametrize(
    ("name", "value", "recorded", "reason"),
    [
        ("growth", "28", "2.8", "28 is ten times what is recorded or more: 2.8"),
        ("jobs", "1500000", "150000", "1500000 is ten times what is recorded or more: 150000"),
        ("share", "7.4", "74", "7.4 is a tenth of what is recorded or less: 74"),
        ("growth", "-0.032", "-3.2", "scale: -3.2 is recorded, 100 times as much"),
        ("jobs", "15", "150000", "looks like another scale: 150000 is recorded, 10000 times"),
        ("jobs", "1500000000", "150000", "looks like another scale: 10000 times what is recorded"),
        ("growth", "3.2", "-3.2", "3.2 has the other sign than what is recorded, -3.2"),
        ("growth", "-0.5", "0.4", "-0.5 has the other sign than what is recorded, 0.4"),
        ("growth", "7", "0.7", "7 is ten times what is recorded or more: 0.7"),
        ("growth", "0.28", "2.8", "0.28 is a tenth of what is recorded or less: 2.8"),
        ("growth", "28", "-3.2", "28 is more than 10 points from what is recorded, -3.2"),
    ],
)
def test_a_value_is_held_against_what_is_recorded_for_its_days(
    name: str, value: str, recorded: str, reason: str
) -> None:
    """As the figure that it replaces, and as another one beside it."""
    entry = observation(name, NINE, value, "2020-10-20")
    before = observation(name, NINE, recorded, "2020-10-10", row=5)
    for found in (
        warnings(PLAN, entry, [], TODAY, before=before),
        warnings(PLAN, entry, [before], TODAY),
        # Also where the last one before would not make it doubtful.
        warnings(
            PLAN, entry, [observation(name, "2020-H1", value, "2020-07-20")], TODAY, before=before
        ),
    ):
        assert [problem.text for problem in found if reason in problem.text]


@pytest.mark.parametrize(
    ("name", "value", "recorded"),
    [
        ("growth", "0.4", "-0.4"),  # through nought
        ("growth", "0.1", "-0.3"),
        ("growth", "1.0", "0.1"),
        ("growth", "0.1", "1.0"),
        ("growth", "6.8", "-3.2"),  # ten points, and no more
        ("growth", "0", "-3.2"),
        ("jobs", "160000", "150000"),
        ("jobs", "1499999", "150000"),
        ("share", "75", "74.5"),
    ],
)
def test_a_usual_revision_is_not_doubted(name: str, value: str, recorded: str) -> None:
    assert told(name, value, (NINE, recorded)) == []


def test_a_correction_that_moves_to_other_days_is_held_against_what_stands_there() -> None:
    entry = observation("growth", "2020-H1", "2.8", "2020-07-27")
    moved = observation("growth", "2020-Q1", "28", "2020-04-20", row=5)
    assert warnings(PLAN, entry, [], TODAY, before=moved) == ()
    there = observation("growth", "2020-H1", "28", "2020-07-20", row=6)
    assert len(warnings(PLAN, entry, [there], TODAY, before=moved)) == 1


def revised(figure: Observation, value: Decimal) -> tuple[Problem, ...]:
    """What is doubtful about another value for a published figure, all others known."""
    others = [o for o in real_actuals() if o is not figure]
    entry = replace(figure, value=value)
    return warnings(real_plan(), entry, others, date(2021, 4, 30), before=figure)


def test_no_usual_revision_of_a_published_figure_is_doubted_and_every_tenfold_one_is() -> None:
    for figure in real_actuals():
        value = figure.value
        if not isinstance(value, Decimal):
            continue
        sound = [value, value + last_place(value), value - last_place(value)]
        sound += [value * Decimal("1.05"), value * Decimal("0.95")]
        if figure.target != "new-jobs":  # 261000 people; its total is held against no other
            sound = [v for v in sound if abs(v) <= 100]
        for other in sound:
            assert revised(figure, other) == (), (figure, other)
        # A change through nought may be revised by less than a point.
        assert revised(figure, value * 10) or abs(value) < Decimal("0.12"), figure


def last_place(value: Decimal) -> Decimal:
    """One in the last place that a figure is published with."""
    return Decimal(1).scaleb(int(value.as_tuple().exponent))


def test_no_published_figure_is_doubted() -> None:
    plan, published = real_plan(), real_actuals()
    for entry in published:
        earlier = [o for o in published if o is not entry and o.known_on <= entry.known_on]
        doubts = [doubt.text for doubt in warnings(plan, entry, earlier, date(2022, 4, 30))]
        # The first fall of an economy that was promised to grow is worth a look.
        first_fall = ["-6.6 has the other sign than the target, 6; no recorded figure has it"]
        assert doubts in ([], first_fall), entry


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


@pytest.mark.parametrize(
    ("name", "value", "recorded", "doubted"),
    [
        ("fall", "20", [], True),
        ("fall", "20", ["-8"], True),
        ("fall", "20", ["-8", "3"], False),  # it rose before
        ("fall", "20", ["0"], True),
        ("fall", "-20", ["3"], False),
        ("growth", "-1.4", ["1.1"], True),
        ("growth", "-6.6", [], True),
        ("growth", "-1.4", ["1.1", "-0.2"], False),
    ],
)
def test_a_sign_that_neither_the_target_nor_any_figure_has(
    name: str, value: str, recorded: list[str], *, doubted: bool
) -> None:
    before = [(f"2020-0{month}", each) for month, each in enumerate(recorded, 1)]
    assert any("the other sign than the target" in text for text in told(name, value, *before)) is (
        doubted
    )


@pytest.mark.parametrize("takes", Takes)
@pytest.mark.parametrize(
    ("name", "value", "last"),
    [
        *(("homes", value, "41000") for value in ("410000", "4100", "4100000", "410", "4.1")),
        *(("growth", value, "-3.2") for value in ("-32", "-320", "-0.032")),
        *(("share", value, "74") for value in ("7.4", "0.74", "740", "7400")),
        ("fall", "17", "-8"),
    ],
)
def test_every_door_doubts_another_scale_or_sign_than_the_last(
    takes: Takes, name: str, value: str, last: str
) -> None:
    standing = [observation(name, "2020-H1", last, "2020-07-20", row=1)]
    comparison = Comparison(PLAN, standing, lambda _: standing, TODAY, takes)
    figure = observation(name, "2020-01..2020-09", value, "2020-10-20")
    [row] = proposal_of(comparison, [Candidate(name, figure)]).rows
    assert row.outcome is Outcome.ASK
    assert {problem.field for problem in row.warnings} == {"value"}


def test_a_running_total_is_held_against_the_figures_on_both_sides() -> None:
    said = told("jobs", "300", ("2020-Q1", "400"), ("2020", "200"), period="2020-H1")
    assert [text for text in said if "does not fall" in text] == [
        "a running total does not fall: 300 after 400 for 2020-Q1",
        "a running total does not fall: 300 before 200 for 2020",
    ]


@pytest.mark.parametrize(
    ("name", "value", "period", "doubted"),
    [
        ("jobs", "28", NINE, True),  # 万 forgotten
        ("jobs", "2.3", NINE, True),
        ("jobs", "23.333", NINE, True),
        ("jobs", "2300", NINE, False),
        ("jobs", "2100", NINE, True),  # a hundredth of what an even pace gives for nine months
        ("jobs", "2101", NINE, False),
        ("jobs", "2800000", NINE, True),
        ("jobs", "300", "2020-01", False),  # January may bring a thousandth of the year's work
        ("jobs", "233", "2020-01", True),
        ("jobs", "150", "2020-H1", True),  # 150,000 that lost its thousands
        ("jobs", "1400", "2020-H1", True),
        ("jobs", "1500", "2020-H1", False),
        ("jobs", "1400", "2020-06-30", True),
        ("jobs", "300", "2020-06", False),  # a single month
        ("accidents", "1", NINE, False),  # the fewer the better
        ("homes", "45", NINE, True),  # a thousandth
        ("homes", "46", NINE, False),
        ("homes", "4.5", NINE, True),
        ("homes", "450", NINE, True),
        ("homes", "4000", NINE, False),
        ("homes", "45.000", NINE, True),  # 45,000 with a point
        ("homes", "45000.000", NINE, False),
        ("share", "0.75", NINE, True),
        ("share", "0.731", NINE, True),
        ("share", "7.4", NINE, True),
        ("share", "40", NINE, False),
        ("growth", "0.06", NINE, True),
        ("growth", "0.012", NINE, True),
        ("growth", "-0.0321", NINE, True),
        ("growth", "0.1", NINE, False),
        ("growth", "0.3", NINE, False),
        ("growth", "-1.25", NINE, False),
        ("fall", "-0.24", NINE, True),
    ],
)
def test_without_a_last_value_the_target_decides(
    name: str, value: str, period: str, *, doubted: bool
) -> None:
    doubts = [text for text in told(name, value, period=period) if "the other sign" not in text]
    assert bool(doubts) is doubted


def test_a_period_that_is_not_over_is_doubted_and_nothing_else_about_its_days() -> None:
    said = told("growth", "5", period="2020", nature=Nature.ESTIMATE)
    assert said == ["2020 is not over; it ends on 2020-12-31"]


def test_a_figure_known_before_its_period_ended_is_doubted() -> None:
    assert told("growth", "5", period="2020-H1", known_on="2020-06-29") == [
        "known on 2020-06-29, before 2020-H1 ended on 2020-06-30"
    ]
    assert told("growth", "5", period="2020-H1", known_on="2020-06-30") == []


@pytest.mark.parametrize("day", ["2020-06-30", "2020-09-30"])
@pytest.mark.parametrize(
    ("before", "now", "doubted"),
    [
        (Stage.COMPLETE, Stage.UNDER_WAY, True),
        (Stage.UNDER_WAY, Stage.NOT_STARTED, True),
        (Stage.NOT_STARTED, Stage.COMPLETE, False),
        (Stage.UNDER_WAY, Stage.COMPLETE, False),
        (Stage.UNDER_WAY, Stage.CANCELLED, False),
        (Stage.CANCELLED, Stage.UNDER_WAY, False),
    ],
)
def test_a_step_back_is_doubted(before: Stage, now: Stage, day: str, *, doubted: bool) -> None:
    assert bool(told("law", now, ("2020-06-30", before), period=day)) is doubted


def test_each_warning_names_its_field() -> None:
    entry: Observation = observation("jobs", "2020", "1", "2020-10-20", nature=Nature.ESTIMATE)
    earlier = [observation("jobs", "2020-H1", "200", "2020-07-20")]
    fields = [problem.field for problem in warnings(PLAN, entry, earlier, TODAY)]
    assert fields == ["period", "value", "value"]
