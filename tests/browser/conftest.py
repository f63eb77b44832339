"""A real browser against a dashboard: errors and requests to outside hosts fail the test.

    def test_a_link_opens_its_page(july, open_page):
        seen = open_page("/record", at=july, lang="en", width=390, theme="dark", target="cpi")
        expect(seen.page.get_by_role("heading", name="Record")).to_be_visible()

`july` and `spring` are days of rehearsal: one server each for the whole run, in which every test
has a plan and a record of its own. `server(**environment)` starts a server for this test alone:
for what kills, restarts or breaks it.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from mubiao.model import Act
from tests import briefings
from tests.actors import named
from tests.browser.server import JULY, SPRING, Deployment, Server, deployed, serve
from tests.browser.visit import Seen, Visitor, Windows

_NUMBERS = count(1)


@pytest.fixture
def used() -> list[Server]:
    """The servers that the test has used; their logs are shown when it fails."""
    return []


@pytest.fixture
def server(tmp_path: Path, used: list[Server]) -> Iterator[Callable[..., Deployment]]:
    """Start a server with these environment variables; it is stopped after the test."""
    with ExitStack() as running:

        def start(port: int = 0, **environment: str) -> Deployment:
            folder = tmp_path / f"server-{len(used)}"
            used.append(running.enter_context(serve(folder, environment, port)))
            return Deployment(used[-1])

        yield start


@pytest.fixture(scope="session")
def rehearsal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """The server of a day, started when a test first asks for it."""
    servers: dict[str, Server] = {}
    with ExitStack() as running:

        def on(day: str) -> Server:
            if day not in servers:
                folder = tmp_path_factory.mktemp(f"server-{day}")
                (folder / "plans").mkdir()
                settings = {"MUBIAO_TODAY": day, "MUBIAO_PLANS": str(folder / "plans")}
                servers[day] = running.enter_context(serve(folder, settings))
            return servers[day]

        yield on


@pytest.fixture
def rehearsed(
    rehearsal: Callable[[str], Server], used: list[Server]
) -> Iterator[Callable[[str], Deployment]]:
    """A plan and a record of the test's own on the server of a day."""
    with ExitStack() as deployments:

        def on(day: str) -> Deployment:
            used.append(rehearsal(day))
            return deployments.enter_context(deployed(used[-1], f"beijing-2020-{next(_NUMBERS)}"))

        yield on


@pytest.fixture
def july(rehearsed: Callable[[str], Deployment]) -> Deployment:
    """A deployment on a day in the middle of the year."""
    return rehearsed(JULY)


@pytest.fixture
def spring(rehearsed: Callable[[str], Deployment]) -> Deployment:
    """A deployment on a day when the year is over."""
    return rehearsed(SPRING)


@pytest.fixture
def meeting(july: Deployment) -> str:
    """The number of a meeting that was held in July, after people had written remarks."""
    at = datetime(2020, 7, 31, 9, tzinfo=UTC)
    july.store.seed(july.plan, briefings.full_year(), at)
    for remark in briefings.said():
        july.store.remark(july.plan, remark, Act(named(remark.written_by), at))
    day, text = date(2020, 7, 31), july.plan_text
    held = july.store.hold(
        july.plan, "July meeting", day, Act(named("Wang Fang"), at), plan_text=text
    )
    return str(held.id)


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    """The windows of the run."""
    return Windows(browser)


@pytest.fixture
def open_page(
    windows: Windows,
    # Pages are left before their server stops or loses its plan, or they complain.
    server: Callable[..., Deployment],  # noqa: ARG001
    rehearsed: Callable[[str], Deployment],  # noqa: ARG001
) -> Iterator[Visitor]:
    """Open pages; in the end none may have logged an error or asked an outside host."""
    visitor = Visitor(windows)
    yield visitor
    visitor.leave()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add pictures of the pages and the servers' logs to the report of a failed test."""
    report = yield
    if call.when == "call" and report.failed and isinstance(item, pytest.Function):
        fixtures: dict[str, Any] = item.funcargs
        pages: list[Seen] = fixtures["open_page"].opened if "open_page" in fixtures else []
        report.sections += [seen.report(fixtures["tmp_path"]) for seen in pages]
        report.sections += [server.report() for server in fixtures.get("used", [])]
    return report
