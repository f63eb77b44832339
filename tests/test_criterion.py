"""The wording of a promise as one threshold and a direction."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.criterion import Criterion, band_of, criterion_of, paced_from
from mubiao.model import Assessment, Qualifier, Rule, Stage, Status, Target
from tests.samples import observation, target
from tests.worked import INCOME

UP_ABOUT = {"comparator": "about", "better": "higher", "tolerance": "0.5"}
DOWN_ABOUT = {"comparator": "about", "better": "lower", "tolerance": "0.5"}

RANGE = {"comparator": "between", "value": "6", "upper": "6.5"}

values = st.decimals(-1000, 1000, places=2)
criteria = st.builds(
    Criterion, goal=values, threshold=values, upwards=st.booleans(), strict=st.booleans()
)


def unjudged(one: Target) -> Assessment:
    return Assessment(one, date(2020, 7, 31), Status.NO_DATA, Rule.NO_OBSERVATION)


def criterion(one: Target) -> Criterion:
    asked = criterion_of(unjudged(one))
    assert asked is not None
    return asked


@pytest.mark.parametrize(
    ("fields", "satisfied", "unsatisfied"),
    [
        ({"comparator": "at_least", "value": "75"}, ["75", "75.0", "80"], ["74.99", "-75"]),
        ({"comparator": "above", "value": "26.5"}, ["26.51"], ["26.5", "26.50", "26"]),
        ({"comparator": "at_most", "value": "3.5"}, ["3.5", "3.50", "-1"], ["3.51"]),
        ({"comparator": "below", "value": "5"}, ["4.99"], ["5", "5.0", "6"]),
        ({"comparator": "at_most", "value": "-17"}, ["-17", "-24"], ["-16.9", "0"]),
        ({**UP_ABOUT, "value": "6"}, ["5.5", "6", "9"], ["5.49", "-6.6"]),
        ({**DOWN_ABOUT, "value": "-3"}, ["-2.5", "-3", "-9"], ["-2.49", "0"]),
        ({**UP_ABOUT, "value": "0"}, ["-0.5", "0", "4"], ["-0.51"]),
        ({**UP_ABOUT, "better": "neither", "value": "2"}, ["1.5", "2.5"], ["1.49", "2.51"]),
        ({**RANGE, "better": "higher"}, ["6", "6.2", "6.5", "9"], ["5.99"]),
        ({**RANGE, "better": "lower"}, ["6.5", "6", "-1"], ["6.51"]),
        ({**RANGE, "better": "neither"}, ["6", "6.5"], ["5.99", "6.51"]),
        ({**RANGE, "value": "-5", "upper": "-3", "better": "lower"}, ["-3", "-9"], ["-2.9"]),
        ({"comparator": "exactly", "value": "6", "tolerance": "0.1"}, ["5.9", "6.1"], ["6.11"]),
    ],
)
def test_each_comparator_is_satisfied_as_method_says(
    fields: dict[str, str], satisfied: list[str], unsatisfied: list[str]
) -> None:
    asked = criterion(target("one", measure="rate", **fields))
    assert [v for v in satisfied if not asked.satisfied_by(Decimal(v))] == []
    assert [v for v in unsatisfied if asked.satisfied_by(Decimal(v))] == []


def test_a_milestone_has_no_criterion() -> None:
    assert criterion_of(unjudged(target("line", measure="stage", comparator="done"))) is None


def test_a_target_in_step_takes_its_goal_from_the_other_targets_figure() -> None:
    alone = unjudged(INCOME)
    beside = replace(alone, counterpart=observation("gdp", "2020", "1.2", "2021-01-20"))
    assert criterion_of(alone) is None
    assert criterion_of(beside) == Criterion(
        Decimal("1.2"), Decimal("0.7"), upwards=True, strict=False
    )
    stage = replace(alone, counterpart=observation("gdp", "2020", Stage.COMPLETE, "2021-01-20"))
    assert criterion_of(stage) is None


@given(criteria, values)
def test_a_value_is_short_only_on_the_wrong_side(asked: Criterion, value: Decimal) -> None:
    assert asked.short(value) >= 0
    assert (asked.short(value) == 0) is (asked.satisfied_by(value) or value == asked.threshold)


@given(criteria)
def test_equality_satisfies_unless_the_comparator_is_strict(asked: Criterion) -> None:
    assert asked.satisfied_by(asked.threshold) is not asked.strict
    assert asked.short(asked.threshold) == 0


@given(criteria, values, values)
def test_what_is_better_satisfies_too(asked: Criterion, first: Decimal, second: Decimal) -> None:
    worse, better = sorted((first, second), reverse=not asked.upwards)
    assert asked.satisfied_by(better) or not asked.satisfied_by(worse)


@pytest.mark.parametrize(
    ("comparator", "value", "qualifier", "decided"),
    [
        ("above", "28", Qualifier.AT_LEAST, True),
        ("above", "26.5", Qualifier.AT_LEAST, False),
        ("above", "26.5", Qualifier.AT_MOST, True),
        ("above", "28", Qualifier.AT_MOST, False),
        ("at_most", "26.5", Qualifier.AT_MOST, True),
        ("at_most", "28", Qualifier.AT_MOST, False),
        ("at_most", "28", Qualifier.AT_LEAST, True),
        ("at_most", "20", Qualifier.AT_LEAST, False),
        ("above", "26.4", Qualifier.EXACT, True),
        ("above", "26.4", Qualifier.ABOUT, True),
    ],
)
def test_a_bound_decides_only_where_every_value_it_allows_says_the_same(
    comparator: str, value: str, qualifier: Qualifier, *, decided: bool
) -> None:
    asked = criterion(target("one", measure="level", comparator=comparator, value="26.5"))
    assert asked.decided_by(Decimal(value), qualifier) is decided


@pytest.mark.parametrize(
    ("value", "decided"), [("7", (True, False)), ("5", (False, True)), ("6.2", (False, False))]
)
def test_of_two_sides_a_bound_decides_only_that_one_is_left(
    value: str, decided: tuple[bool, bool]
) -> None:
    asked = criterion(target("one", measure="rate", **RANGE, better="neither"))
    bounds = (Qualifier.AT_LEAST, Qualifier.AT_MOST)
    assert tuple(asked.decided_by(Decimal(value), bound) for bound in bounds) == decided


AT_LEAST_75 = {"comparator": "at_least", "value": "75"}
BELOW_42 = {"comparator": "below", "value": "42"}
ENERGY = {"comparator": "at_most", "value": "-17", "base_year": 2015}


@pytest.mark.parametrize(
    ("measure", "fields", "baseline", "start"),
    [
        ("count", {"comparator": "at_least", "value": "200"}, None, "0"),
        ("rate", {"comparator": "at_least", "value": "6"}, None, None),
        ("rate", {"comparator": "at_least", "value": "6"}, "5", None),
        ("level", AT_LEAST_75, None, None),
        ("level", AT_LEAST_75, "74.1", "74.1"),
        ("level", AT_LEAST_75, "75", None),
        ("level", {**AT_LEAST_75, "judged": "all_year"}, "74.1", None),
        ("level", BELOW_42, "42", None),
        ("level", BELOW_42, "50", "50"),
        ("since_base", ENERGY, "-15", "-15"),
    ],
)
def test_only_counts_and_levels_from_a_worse_baseline_are_paced(
    measure: str, fields: dict[str, object], baseline: str | None, start: str | None
) -> None:
    earlier = None if baseline is None else (baseline, 2019)
    one = target("one", measure=measure, baseline=earlier, **fields)
    assert paced_from(one, criterion(one)) == (None if start is None else Decimal(start))


@pytest.mark.parametrize(
    ("goal", "set_by_plan", "band"),
    [
        ("6", None, "0.6"),
        ("5", None, "0.5"),
        ("4.9", None, "0.5"),
        ("0", None, "0.5"),
        ("-17", None, "1.7"),
        ("42", None, "4.2"),
        ("42", "1", "1"),
        ("42", "0.1", "0.1"),
    ],
)
def test_the_band_is_as_method_says(goal: str, set_by_plan: str | None, band: str) -> None:
    one = target("one", measure="rate", comparator="at_least", value=goal, band=set_by_plan)
    assert band_of(one, Decimal(goal)) == Decimal(band)
