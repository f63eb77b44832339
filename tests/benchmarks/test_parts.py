"""How long the single parts take: reading the plan, the record, the sentences, the views."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from mubiao.assessment import assess
from mubiao.i18n import language
from mubiao.model import Observation, Plan
from mubiao.plan import load_plan
from mubiao.store import open_store
from mubiao.views import overview as views
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence
from tests.benchmarks.conftest import PLAN
from tests.benchmarks.larger import larger_plan, larger_record
from tests.benchmarks.result import Results, medians

END = date(2021, 3, 31)
NOW = datetime(2021, 3, 31, tzinfo=UTC)


def _median(benchmark: BenchmarkFixture) -> float:
    return float(benchmark.stats.stats.median) * 1000


def test_loading_the_plan(benchmark: BenchmarkFixture, results: Results) -> None:
    plan, problems = benchmark.pedantic(load_plan, (PLAN,), rounds=15, warmup_rounds=1)
    assert plan is not None, problems
    results.add("loading the plan", _median(benchmark))


def test_the_sentences_of_the_whole_plan_in_both_languages(
    benchmark: BenchmarkFixture, results: Results, plan: Plan, actuals: list[Observation]
) -> None:
    judged = assess(plan, actuals, END)
    phrasebooks = [Phrasebook(plan, language(code)) for code in ("zh", "en")]

    def say() -> list[str]:
        return [sentence(each, one) for one in judged for each in phrasebooks]

    assert all(benchmark(say))
    results.add("all sentences in both languages", _median(benchmark))


@pytest.mark.parametrize("code", ["zh", "en"])
def test_everything_that_the_overview_says(
    benchmark: BenchmarkFixture, results: Results, plan: Plan, actuals: list[Observation], code: str
) -> None:
    judged = assess(plan, actuals, END)
    shown = benchmark(views.overview, Phrasebook(plan, language(code)), judged, END)
    assert shown.attention
    results.add(f"everything that the overview says ({code})", _median(benchmark))


def test_what_the_overview_says_grows_with_the_number_of_targets_and_no_faster(
    results: Results, plan: Plan, actuals: list[Observation]
) -> None:
    large, zh = larger_plan(plan, 10), language("zh")
    few, many = assess(plan, actuals, END), assess(large, larger_record(actuals, 10), END)
    one, ten = medians(
        7,
        lambda: views.overview(Phrasebook(plan, zh), few, END),
        lambda: views.overview(Phrasebook(large, zh), many, END),
    )
    results.add("... at 10 times the targets, a target", ten / one / 10, "times", 2)
    assert ten / one < 20


@pytest.mark.parametrize("times", [1, 100])
def test_what_was_known_on_a_day(
    benchmark: BenchmarkFixture,
    results: Results,
    plan: Plan,
    actuals: list[Observation],
    tmp_path: Path,
    times: int,
) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'record.sqlite'}")
    store.seed(plan.id, larger_record(actuals, times), NOW)
    found = benchmark.pedantic(store.as_of, (plan.id, END), rounds=15, warmup_rounds=1)
    assert len(found) == times * sum(actual.known_on <= END for actual in actuals)
    results.add(f"the record as of a day, {len(found)} rows", _median(benchmark))


def test_whether_the_record_has_changed(
    benchmark: BenchmarkFixture,
    results: Results,
    plan: Plan,
    actuals: list[Observation],
    tmp_path: Path,
) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'record.sqlite'}")
    store.seed(plan.id, actuals, NOW)
    assert benchmark(store.version, plan.id) == len(actuals)
    results.add("whether the record has changed", _median(benchmark))
