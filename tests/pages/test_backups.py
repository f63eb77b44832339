"""The daily backups belong to the server, not to a page."""

from collections.abc import Callable
from pathlib import Path
from queue import Queue
from threading import active_count
from threading import enumerate as enumerate_threads

import pytest

from mubiao.store import Store, open_store
from mubiao.ui.shell import backups
from tests.awaited import awaited
from tests.pages.seen import opened

Wait = Callable[[float], bool]
Made = Queue[tuple[str, Path | None, Wait]]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """For which record and folder backups were begun."""
    begun: Made = Queue()

    def keep(url: str, folder: Path | None, clock: object, wait: Wait) -> None:
        del clock
        begun.put((url, folder, wait))

    monkeypatch.setattr(backups, "keep_daily", keep)
    monkeypatch.setattr(backups, "SOON", 0.01)
    return begun


def serve(meanwhile: Callable[[], object]) -> None:
    async def run() -> None:
        async with backups.with_server(None):
            meanwhile()

    awaited(run())


def test_a_page_makes_no_backup(tmp_path: Path) -> None:
    before = active_count()
    assert opened("overview").notice == ""
    assert active_count() == before
    assert not (tmp_path / "record" / "backups").exists()


def test_the_server_begins_before_any_page_and_ends_what_it_began(
    made: Made, store: Store, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setenv("MUBIAO_BACKUPS", str(tmp_path / "kept"))
    begun = []
    serve(lambda: begun.append(made.get(timeout=5)))
    [(url, folder, wait)] = begun
    assert (url, folder) == (database, tmp_path / "kept")
    assert wait(0)  # told to stop


def test_a_record_that_is_not_there_yet_is_waited_for(made: Made, database: str) -> None:
    def make() -> None:
        assert made.empty()
        open_store(database).close()
        assert made.get(timeout=5)[0] == database

    serve(make)


def test_a_server_ends_while_it_waits_for_a_record(made: Made) -> None:
    serve(lambda: None)
    for thread in [thread for thread in enumerate_threads() if thread.name == "backups"]:
        thread.join(5)
        assert not thread.is_alive()
    assert made.empty()


@pytest.mark.parametrize(
    ("name", "value"), [("MUBIAO_TODAY", "yesterday"), ("MUBIAO_DATABASE", "nowhere")]
)
def test_wrong_settings_keep_no_server_from_starting(
    made: Made,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
    value: str,
) -> None:
    monkeypatch.setenv(name, value)
    serve(lambda: None)
    assert made.empty()
    assert "no daily backups: " in caplog.text
