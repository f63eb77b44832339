"""How long it takes to judge the whole plan, and how that grows."""

from datetime import date

import pytest

from mubiao.assessment import assess
from mubiao.model import Observation, Plan
from tests.benchmarks.larger import larger_plan, larger_record
from tests.benchmarks.result import Results

END = date(2021, 3, 31)


def test_judging_the_whole_plan(results: Results, plan: Plan, actuals: list[Observation]) -> None:
    results.measure("judging the whole plan", lambda: assess(plan, actuals, END), aim=5)


@pytest.mark.parametrize(("times", "rounds"), [(10, 15), (100, 5)])
def test_judging_grows_with_the_number_of_targets_and_no_faster(
    results: Results, plan: Plan, actuals: list[Observation], times: int, rounds: int
) -> None:
    times = results.size(times, 2)
    large, record = larger_plan(plan, times), larger_record(actuals, times)
    one, many = results.medians(
        rounds, lambda: assess(plan, actuals, END), lambda: assess(large, record, END)
    )
    results.add(f"judging {times} times the targets", many)
    results.hold(f"judging {times} times the targets, a target", many / one / times, most=2)
