"""Which periods are expected of a target, by its measure and cadence."""

from itertools import pairwise

import pytest

from mubiao.assessment import counts
from mubiao.period import Period
from mubiao.views.expected import expected_periods
from tests.real import real_plan
from tests.samples import observation, plan_of, target

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
