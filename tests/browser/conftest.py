"""A real browser against a fresh server: errors and requests to outside hosts fail the test.

    def test_a_link_opens_its_page(server, open_page):
        july = server(MUBIAO_TODAY="2020-07-31")
        seen = open_page("/record", at=july, lang="en", width=390, theme="dark", target="cpi")
        expect(seen.page.get_by_role("heading", name="Record")).to_be_visible()

`server(**environment)` starts a server of its own, with an empty database. `open_page(path)`
without `at` uses one server that all tests that only read share.
"""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.browser import FLAGS, HOW_TO_GET_ONE, find
from tests.browser.server import Server, serve
from tests.browser.visit import Seen, Visitor


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of the run; without one the tests fail in CI and are skipped elsewhere."""
    path = find()
    if path is None:
        stop = pytest.fail if os.environ.get("CI") else pytest.skip
        stop(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        # What must come may take its time on a busy machine; how fast it is, benchmarks tell.
        expect.set_options(timeout=20_000)
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def servers() -> list[Server]:
    """The servers that the test has used; their logs are shown when it fails."""
    return []


@pytest.fixture
def server(tmp_path: Path, servers: list[Server]) -> Iterator[Callable[..., Server]]:
    """Start a fresh server with these environment variables; it is stopped after the test."""
    with ExitStack() as running:

        def start(port: int = 0, **environment: str) -> Server:
            folder = tmp_path / f"server-{len(servers)}"
            folder.mkdir()
            servers.append(running.enter_context(serve(folder, environment, port)))
            return servers[-1]

        yield start


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that only read."""
    with serve(tmp_path_factory.mktemp("shared-server"), {}) as shared:
        yield shared


@pytest.fixture
def open_page(
    browser: Browser,
    # Pages are closed before their server stops, or they complain of its silence.
    server: Callable[..., Server],  # noqa: ARG001
    servers: list[Server],
    request: pytest.FixtureRequest,
) -> Iterator[Visitor]:
    """Open pages; in the end none may have logged an error or asked an outside host."""

    def usual() -> Server:
        shared: Server = request.getfixturevalue("shared_server")
        servers.append(shared)
        return shared

    visitor = Visitor(browser, usual)
    yield visitor
    visitor.leave()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add pictures of the pages and the servers' logs to the report of a failed test."""
    report = yield
    if call.when == "call" and report.failed and isinstance(item, pytest.Function):
        used: dict[str, Any] = item.funcargs
        pages: list[Seen] = used["open_page"].opened if "open_page" in used else []
        report.sections += [seen.report(used["tmp_path"]) for seen in pages]
        report.sections += [server.report() for server in used.get("servers", [])]
    return report
