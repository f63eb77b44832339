"""What every test shares: repeatable examples, no settings from the developer's shell, and empty
databases of both kinds.
"""

import gc
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright

from mubiao.store import Store, open_store
from tests.browser.browser import FLAGS, HOW_TO_GET_ONE, find
from tests.faults import figures
from tests.faults.figures import Tell

if TYPE_CHECKING:
    from tests.postgresql import PostgreSQL

# A slow machine is no failure; and CI must not meet an example that nobody met before.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile(
    "faults",
    deadline=None,
    max_examples=10_000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("ci" if os.environ.get("CI") else "default")

# The folders and files that take longest: begun first, so that no process of xdist ends much later
# than the others, and left out by `make quick`.
SLOW = (
    *("browser", "benchmarks", "faults", "pages", "test_saves", "test_html", "test_site"),
    *("test_backup", "test_spreadsheet_roundtrip", "test_cli_reports", "test_cli", "test_meetings"),
    *("test_agreement", "test_deck", "test_deck_template", "test_clifiles", "test_plan"),
    *("test_report_workbook", "test_review", "test_reminding", "test_circular", "test_access"),
    *("test_cli_access", "test_approval", "test_api_recording", "test_shipped_plans"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full` runs faults and benchmarks at full length, as make faults and make bench do."""
    parser.addoption("--full", action="store_true", help="faults and benchmarks at full length")


def pytest_configure(config: pytest.Config) -> None:
    """At full length every property is tried on 10,000 examples."""
    if config.getoption("--full"):
        settings.load_profile("faults")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow folders and files are marked and come first; within each the order stays."""
    places = {name: place for place, name in enumerate(SLOW)}

    def place_of(item: pytest.Item) -> int:
        folder, file = item.path.parent.name, item.path.stem
        return places.get(folder, places.get(file, len(SLOW)))

    items.sort(key=place_of)
    for item in items:
        if place_of(item) < len(SLOW) or "postgresql" in item.name:
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among what is imported: a tenth of Python's time."""
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: tests in a browser wait for a third of their time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def at_length(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often or how much: the first number at full length, the second in the short form."""
    full = bool(request.config.getoption("--full"))
    return lambda long, short: long if full else short


@pytest.fixture
def tell() -> Tell:
    """Takes a figure of a fault made on purpose; all are printed at the end of the run."""
    return figures.TOLD.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of faults made on purpose."""
    if lines := figures.lines():
        terminalreporter.section("faults")
        for line in lines:
            terminalreporter.line(line)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the product's environment variables away; a test sets those that it means."""
    for name in [name for name in os.environ if name.startswith("MUBIAO_")]:
        if name != "MUBIAO_CHROMIUM":
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def debugging_port() -> int:
    """Where the pages of the browser can be reached past Playwright."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def browser(debugging_port: int) -> Iterator[Browser]:
    """The one browser of the run; without one the tests fail in CI and are skipped elsewhere."""
    path = find()
    if path is None:
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        # What must come may take its time on a busy machine; how fast it is, benchmarks tell.
        expect.set_options(timeout=60_000)
        flags = [*FLAGS, f"--remote-debugging-port={debugging_port}"]
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator["PostgreSQL"]:
    """A PostgreSQL server of our own."""
    from tests.postgresql import PostgreSQL, postgresql  # noqa: PLC0415 - few tests need it

    with postgresql() as running:
        yield PostgreSQL(running)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path}/var/mubiao.sqlite"


@pytest.fixture
def postgresql_url(postgresql_server: "PostgreSQL", request: pytest.FixtureRequest) -> str:
    """The address of a database without tables; with empty ones where they are opened anyhow."""
    return postgresql_server.emptied(keep_tables="store" in request.fixturenames)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, of either kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty record in a database of either kind."""
    opened = open_store(url, wait=5)
    yield opened
    opened.close()
