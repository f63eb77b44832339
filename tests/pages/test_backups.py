"""The daily backups belong to the server, not to a page."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mubiao.settings import Settings
from mubiao.store import Store
from mubiao.ui.shell import backups
from tests.pages.seen import opened

Made = list[tuple[str, Path | None, Callable[[float], bool]]]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """For which record and folder a thread was begun; nothing of it lasts."""
    found: Made = []
    monkeypatch.setattr(backups, "_running", {})
    monkeypatch.setattr(backups, "_stop", threading.Event())

    def kept(url: str, folder: Path | None, clock: object, wait: Callable[[float], bool]) -> None:
        del clock
        found.append((url, folder, wait))
        wait(5)

    monkeypatch.setattr("mubiao.ui.shell.backups.keep_daily", kept)
    return found


def served() -> None:
    """A server that starts and ends."""

    async def run() -> None:
        async with backups.with_server(None):
            assert not backups._stop.is_set()  # noqa: SLF001 - what ends the threads

    # In a thread of its own: the browser's tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(lambda: asyncio.run(run())).result()


def test_a_page_that_is_only_tested_makes_no_backup(tmp_path: Path) -> None:
    before = threading.active_count()
    assert opened("overview").notice == ""
    assert threading.active_count() == before
    assert not (tmp_path / "record" / "backups").exists()


def test_on_a_server_one_thread_makes_the_backups_of_a_record(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_serving", lambda: True)
    one, other = Settings(database="sqlite:///one"), Settings(database="postgresql://h/d")
    threads = [backups.with_page(settings) for settings in (one, one, other)]
    assert threads[0] is threads[1] is not None
    assert threads[2] not in {None, threads[0]}
    backups._stop.set()  # noqa: SLF001 - as the server does in the end
    for thread in threads:
        assert thread is not None
        thread.join(5)
        assert not thread.is_alive()
    assert [url for url, _, _ in made] == [one.database, other.database]


def test_a_thread_that_ended_is_begun_anew(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "_serving", lambda: True)
    backups._stop.set()  # noqa: SLF001 - it ends at once
    for _ in range(2):
        thread = backups.with_page(Settings())
        assert thread is not None
        thread.join(5)
    assert len(made) == 2


def test_the_server_begins_before_any_page_and_ends_what_it_began(
    made: Made, store: Store, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setenv("MUBIAO_BACKUPS", str(tmp_path / "kept"))
    served()
    [(url, folder, wait)] = made
    assert (url, folder) == (database, tmp_path / "kept")
    assert wait(0)  # told to stop


def test_a_record_that_is_not_there_yet_waits_for_its_first_page(made: Made) -> None:
    served()
    assert made == []


@pytest.mark.parametrize(
    ("name", "value"), [("MUBIAO_TODAY", "yesterday"), ("MUBIAO_DATABASE", "nowhere")]
)
def test_settings_that_are_wrong_keep_no_server_from_starting(
    made: Made,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
    value: str,
) -> None:
    monkeypatch.setenv(name, value)
    served()
    assert made == []
    assert "no daily backups yet: " in caplog.text
