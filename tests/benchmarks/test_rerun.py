"""How long Overview's rerun takes, beside a page that draws the same elements from constants.

What is timed is the script run itself: all that the server does between taking a rerun from the
browser and having its last element ready (`ScriptRunner._run_script`: widget states, navigation,
the page, the session's tidying up). AppTest drives it; what AppTest does around it (starting a
thread, reading the elements back) is left out, for both pages alike.
"""

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from os import environ, utime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.testing.v1 import AppTest

from mubiao import memo
from mubiao.model import Observation, Plan
from mubiao.plan.loader import PlanFile
from mubiao.store import Store, open_store
from tests.acts import add_row
from tests.benchmarks import constants
from tests.benchmarks.larger import larger_plan, larger_record
from tests.benchmarks.result import Results
from tests.real import ROOT

CONSTANT_PAGE = """
from tests.benchmarks import constants, test_rerun
constants.draw(test_rerun.recorded)
"""
# What the page of constants draws: a page's script can only reach what a module holds.
recorded: list[constants.Call] = []


class Dashboard:
    """A dashboard under AppTest; `rerun` says in milliseconds how long the script ran."""

    def __init__(self, script: Path, spent: list[float]) -> None:
        self.page = AppTest.from_file(script, default_timeout=60)
        self.spent = spent
        self.page.query_params["lang"] = "zh"

    def rerun(self) -> float:
        """Run the page once more; how long that took."""
        self.page.run()
        assert not self.page.exception, self.page.exception
        return self.spent[-1]

    def median(self, rounds: int, before: Callable[[int], None] | None = None) -> float:
        """The median of some reruns, with something done before each."""
        times = []
        for turn in range(rounds):
            if before:
                before(turn)
            times.append(self.rerun())
        return statistics.median(times)

    @property
    def elements(self) -> list[str]:
        """The kind of each element of the page and its sidebar, in their order."""
        return [part.type for area in (self.page.main, self.page.sidebar) for part in area]

    @property
    def html(self) -> list[str]:
        """All HTML of the page, in its order."""
        return [element.proto.body for element in self.page.get("html")]


@pytest.fixture
def spent(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The times of all script runs, in milliseconds, the latest last."""
    times: list[float] = []
    run = ScriptRunner._run_script  # noqa: SLF001 - the one place that is the whole run

    def timed(runner: ScriptRunner, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        start = time.perf_counter()
        run(runner, *args, **kwargs)
        times.append((time.perf_counter() - start) * 1000)

    monkeypatch.setattr(ScriptRunner, "_run_script", timed)
    return times


@pytest.fixture
def overview(own_folder: Path, spent: list[float]) -> Iterator[Dashboard]:
    assert own_folder.exists()
    memo.forget()
    dashboard = Dashboard(ROOT / "dashboard.py", spent)
    dashboard.rerun()
    # A record at rest: one that has just been written to is asked again whether it has changed.
    utime(urlsplit(environ["MUBIAO_DATABASE"]).path, (0, 0))
    yield dashboard
    memo.forget()


@pytest.fixture
def store(overview: Dashboard) -> Store:  # noqa: ARG001 - which has made the record
    return open_store(environ["MUBIAO_DATABASE"])


def constant_page(
    overview: Dashboard, folder: Path, spent: list[float], monkeypatch: pytest.MonkeyPatch
) -> Dashboard:
    """A dashboard of the same pages whose overview draws from constants what Overview draws now."""
    with constants.recording(monkeypatch) as notes:
        overview.rerun()
    recorded[:] = notes.calls
    shutil.copy(ROOT / "dashboard.py", folder)
    (folder / "pages").mkdir()
    for page in (ROOT / "pages").glob("*.py"):
        (folder / "pages" / page.name).write_text(CONSTANT_PAGE, encoding="utf-8")
    return Dashboard(folder / "dashboard.py", spent)


def test_overviews_rerun_beside_the_same_elements_from_constants(
    results: Results,
    overview: Dashboard,
    own_folder: Path,
    spent: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    constant = constant_page(overview, own_folder, spent, monkeypatch)
    pairs = [(overview.rerun(), constant.rerun()) for _ in range(results.size(26, 2))][1:]
    assert constant.html == overview.html
    assert constant.elements == overview.elements
    ours, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    results.add("Overview's rerun", ours, aim=50)
    results.add("the same elements from constants", bare)
    results.hold("Overview's rerun beside it", ratio, most=1.5)


def test_overviews_rerun_on_another_day_and_after_a_new_row(
    results: Results, overview: Dashboard, store: Store, actuals: list[Observation]
) -> None:
    def another_day(turn: int) -> None:
        day = date(2020, 3, 1) + timedelta(days=20 * turn)
        overview.page.query_params["as_of"] = day.isoformat()

    def new_row(turn: int) -> None:
        at = datetime(2021, 3, 31, 12, turn, tzinfo=UTC)
        add_row(store, "beijing-2020", actuals[0], "Li", at)

    rounds = results.size(15, 1)
    for name, before in (("on a day not seen yet", another_day), ("after a new row", new_row)):
        results.add(f"Overview's rerun {name}", overview.median(rounds, before), aim=50)


# Only the rows that are shown are drawn, so a rerun grows far less than the plan does.
@pytest.mark.parametrize(("times", "most"), [(10, 3), (100, 10)])
def test_overviews_rerun_at_many_times_the_targets(
    results: Results,
    overview: Dashboard,
    plan: Plan,
    actuals: list[Observation],
    monkeypatch: pytest.MonkeyPatch,
    times: int,
    most: int,
) -> None:
    rounds, times = results.size(9, 1), results.size(times, 2)
    usual = overview.median(rounds)
    large = larger_plan(plan, times)
    store = open_store(environ["MUBIAO_DATABASE"])
    store.seed(large.id, larger_record(actuals, times), datetime(2021, 3, 31, tzinfo=UTC))
    file = PlanFile(Path("large.yaml"), large, (), str(times))
    monkeypatch.setattr("mubiao.ui.shell.page.plan_files", lambda _: (file,))
    first = overview.rerun()
    many = overview.median(rounds)
    assert str(len(large.targets)) in "".join(overview.html).replace(",", "")
    results.add(f"Overview at {times} times the targets: first run", first)
    results.add(f"Overview at {times} times the targets: rerun", many)
    results.hold(f"Overview at {times} times the targets: growth", many / usual, most=most)
