"""How long it takes to judge the whole plan, and how that grows."""

from datetime import date

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from mubiao.assessment import assess
from mubiao.model import Observation, Plan, Status
from tests.benchmarks.larger import larger_plan, larger_record
from tests.benchmarks.result import Results, medians

END = date(2021, 3, 31)


def test_judging_the_whole_plan(
    benchmark: BenchmarkFixture, results: Results, plan: Plan, actuals: list[Observation]
) -> None:
    judged = benchmark(assess, plan, actuals, END)
    assert any(one.status is Status.ACHIEVED for one in judged)
    results.add("judging the whole plan", benchmark.stats.stats.median * 1000, aim=5)


@pytest.mark.parametrize(("times", "rounds"), [(10, 15), (100, 5)])
def test_judging_grows_with_the_number_of_targets_and_no_faster(
    results: Results, plan: Plan, actuals: list[Observation], times: int, rounds: int
) -> None:
    large, record = larger_plan(plan, times), larger_record(actuals, times)
    one, many = medians(
        rounds, lambda: assess(plan, actuals, END), lambda: assess(large, record, END)
    )
    results.add(f"judging {times} times the targets", many)
    results.add(f"judging {times} times the targets, a target", many / one / times, "times", 2)
    assert many / one < 2 * times
