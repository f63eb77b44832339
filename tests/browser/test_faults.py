"""The database goes away, comes back and is replaced under a running server."""

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playwright.sync_api import expect

from mubiao.store import open_store
from mubiao.store.backup import backup
from mubiao.store.restore import restore
from tests.browser.server import Server
from tests.browser.visit import Visitor

NOTICE = ".mb-notice"


def database_of(server: Server) -> Path:
    """The file of a server's record."""
    return server.log.parent / "mubiao.sqlite"


def test_a_database_that_goes_away_is_explained_and_comes_back(
    server: Callable[..., Server], open_page: Visitor
) -> None:
    running = server()
    path = database_of(running)
    seen = open_page("/target", at=running, lang="en", target="gdp-growth")
    expect(seen.page.locator(NOTICE)).to_have_count(0)
    aside = path.rename(path.with_suffix(".aside"))
    for _ in range(2):
        seen.page.reload()
        expect(seen.page.locator(NOTICE)).to_contain_text("cannot be opened")
        expect(seen.page.locator(NOTICE)).to_contain_text("Nothing was changed")
    assert not path.exists()
    aside.rename(path)
    seen.page.reload()
    seen.settle()
    expect(seen.page.locator(NOTICE)).to_have_count(0)
    expect(seen.page.get_by_role("heading", name=re.compile("GDP")).first).to_be_visible()


def test_a_database_that_is_damaged_is_explained_and_restored_while_the_server_runs(
    server: Callable[..., Server], open_page: Visitor, tmp_path: Path
) -> None:
    running = server()
    path, kept = database_of(running), tmp_path / "kept.sqlite"
    seen = open_page("/", at=running, lang="en")
    backup(f"sqlite:///{path}", kept)
    before = seen.page.locator("main").inner_text()
    path.write_text("Dear Sir " * 5000)
    seen.page.reload()
    expect(seen.page.locator(NOTICE)).to_contain_text("is not a database")
    restore(kept, f"sqlite:///{path}", overwrite=True)
    seen.page.reload()
    seen.settle()
    expect(seen.page.locator(NOTICE)).to_have_count(0)
    assert seen.page.locator("main").inner_text() == before


def test_a_server_backs_up_before_anybody_looks_and_ends_by_itself(
    server: Callable[..., Server], tmp_path: Path
) -> None:
    url, kept = f"sqlite:///{tmp_path}/mubiao.sqlite", tmp_path / "kept"
    open_store(url).close()
    running = server(MUBIAO_DATABASE=url, MUBIAO_BACKUPS=str(kept))
    deadline = time.monotonic() + 10
    while not list(kept.glob("mubiao-*-daily-*.sqlite")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [path.suffix for path in kept.iterdir()] == [".sqlite"]
    running.process.terminate()
    running.process.wait(timeout=10)
    assert "Traceback" not in running.said


def test_a_server_makes_a_backup_of_the_day(
    server: Callable[..., Server], open_page: Visitor
) -> None:
    running = server()
    folder = database_of(running).parent / "backups"
    seen = open_page("/", at=running, lang="en")
    seen.page.wait_for_timeout(100)
    for _ in range(50):
        if list(folder.glob("*-daily-*.sqlite")):
            break
        seen.page.wait_for_timeout(100)
    [made] = folder.glob("*-daily-*.sqlite")
    with closing(sqlite3.connect(made)) as copy:
        rows = copy.execute("SELECT count(*) FROM entries").fetchone()[0]
    with closing(sqlite3.connect(database_of(running))) as record:
        assert rows == record.execute("SELECT count(*) FROM entries").fetchone()[0]
    assert rows
