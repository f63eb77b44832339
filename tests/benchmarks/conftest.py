"""What the benchmarks share: the real plan with its published figures, and the table of results."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mubiao.model import Observation, Plan
from tests.benchmarks.result import Results
from tests.real import real_actuals, real_plan

_RESULTS = pytest.StashKey[Results]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_RESULTS] = Results(bool(config.getoption("--full")))


@pytest.fixture
def results(request: pytest.FixtureRequest) -> Results:
    return request.config.stash[_RESULTS]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:  # noqa: ANN401
    results = config.stash[_RESULTS]
    if results.full and results.all:
        terminalreporter.section("speed (medians of this run)")
        for result in results.all:
            terminalreporter.write_line(result.line)


@pytest.fixture(scope="session")
def plan() -> Plan:
    return real_plan()


@pytest.fixture(scope="session")
def actuals() -> list[Observation]:
    return list(real_actuals())


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database and a day of one's own, so that nothing of the developer's record is used."""
    monkeypatch.setenv("MUBIAO_DATABASE", f"sqlite:///{tmp_path / 'mubiao.sqlite'}")
    monkeypatch.setenv("MUBIAO_TODAY", "2021-03-31")
    return tmp_path
