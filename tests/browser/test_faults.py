"""The database goes away, is damaged, and is replaced by a backup under a running server."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playwright.sync_api import expect

from mubiao.store import open_store
from mubiao.store.restore import restore
from tests.browser.server import Deployment
from tests.browser.visit import Visitor


def daily_backup(folder: Path) -> Path:
    """The backup of the day, as soon as it is there."""
    deadline = time.monotonic() + 20
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


def test_a_server_backs_up_before_anybody_looks_and_ends_by_itself(
    server: Callable[..., Deployment], tmp_path: Path
) -> None:
    url, folder = f"sqlite:///{tmp_path}/mubiao.sqlite", tmp_path / "kept"
    open_store(url).close()
    running = server(MUBIAO_DATABASE=url, MUBIAO_BACKUPS=str(folder)).server
    daily_backup(folder)
    assert [path.suffix for path in folder.iterdir()] == [".sqlite"]
    running.process.terminate()
    running.process.wait(timeout=10)
