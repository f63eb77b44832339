"""How long the single parts take: plan, judgement, record, sentences, views, the Excel report."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mubiao.assessment import assess
from mubiao.exports.workbook.report import workbook
from mubiao.i18n import CODES, language
from mubiao.model import Observation, Plan
from mubiao.plan.loader import read_plan
from mubiao.store import open_store
from mubiao.views import overview as views
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence
from tests.benchmarks.larger import larger_plan, larger_record
from tests.benchmarks.result import Results
from tests.briefings import JULY, december, full_year, july, seen
from tests.real import PLAN_FILE, real_plan

END = date(2021, 3, 31)
NOW = datetime(2021, 3, 31, tzinfo=UTC)


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


def test_loading_the_plan(results: Results) -> None:
    results.measure("loading the plan", lambda: read_plan(PLAN_FILE))


def test_what_is_said_of_the_whole_plan(
    results: Results, plan: Plan, actuals: list[Observation]
) -> None:
    judged = assess(plan, actuals, END)
    books = {code: Phrasebook(plan, language(code)) for code in CODES}

    def say() -> list[str]:
        return [sentence(book, one) for one in judged for book in books.values()]

    results.measure("all sentences in both languages", say)
    for code, book in books.items():
        name = f"everything that the overview says ({code})"
        results.measure(name, lambda book=book: views.overview(book, judged, END))


def test_what_the_overview_says_grows_with_the_number_of_targets_and_no_faster(
    results: Results, plan: Plan, actuals: list[Observation]
) -> None:
    times = results.size(10, 2)
    large, zh = larger_plan(plan, times), language("zh")
    few, many = assess(plan, actuals, END), assess(large, larger_record(actuals, times), END)
    one, ten = results.medians(
        7,
        lambda: views.overview(Phrasebook(plan, zh), few, END),
        lambda: views.overview(Phrasebook(large, zh), many, END),
    )
    results.hold(f"... at {times} times the targets, a target", ten / one / times, most=2)


@pytest.mark.parametrize("times", [1, 100])
def test_what_was_known_on_a_day_and_whether_the_record_has_changed(
    results: Results, plan: Plan, actuals: list[Observation], tmp_path: Path, times: int
) -> None:
    times = results.size(times, 1)
    store = open_store(f"sqlite:///{tmp_path / 'record.sqlite'}")
    store.seed(plan.id, larger_record(actuals, times), NOW)
    rows = len(store.as_of(plan.id, END))
    assert rows == times * sum(actual.known_on <= END for actual in actuals)
    results.measure(f"the record as of a day, {rows} rows", lambda: store.as_of(plan.id, END))
    results.measure("whether the record has changed", lambda: store.version(plan.id))


def test_the_report_as_a_workbook_in_both_languages(results: Results) -> None:
    plan, part, whole = real_plan(), seen(JULY), seen(date(2021, 1, 31), full_year())
    few = [july(code) for code in ("zh", "en")]
    many = [december(code) for code in ("zh", "en")]
    some, all_ = results.medians(
        5, lambda: workbook(plan, part, few), lambda: workbook(plan, whole, many)
    )
    results.add("the Excel report of July, both languages", some, aim=1000)
    results.hold("... with a figure for everything", all_, "ms", most=5000)
