"""Daily backups and reminders belong to the server, not to a page."""

from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Queue
from threading import active_count
from threading import enumerate as enumerate_threads

import pytest

from mubiao.problems import Refused
from mubiao.store import Store, open_store
from mubiao.ui.shell import daily_work
from tests.awaited import awaited
from tests.pages.seen import opened

Wait = Callable[[float], bool]
Works = Mapping[str, Callable[[], object]]
Made = Queue[tuple[Works, Wait]]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """Which works were begun."""
    begun: Made = Queue()

    def keep(works: Works, wait: Wait) -> None:
        begun.put((works, wait))

    monkeypatch.setattr("mubiao.store.backup.keep_daily", keep)
    monkeypatch.setattr(daily_work, "SOON", 0.01)
    return begun


def serve(meanwhile: Callable[[], object]) -> None:
    async def run() -> None:
        async with daily_work.with_server(None):
            meanwhile()

    awaited(run())


def ended() -> None:
    """Wait until no server's thread is left."""
    for thread in [thread for thread in enumerate_threads() if thread.name == "daily work"]:
        thread.join(20)
        assert not thread.is_alive()


def test_a_page_makes_no_backup(tmp_path: Path) -> None:
    before = active_count()
    assert opened("overview").notice == ""
    assert active_count() == before
    assert not (tmp_path / "record" / "backups").exists()


def test_the_server_begins_before_any_page_and_ends_what_it_began(
    made: Made, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setenv("MUBIAO_BACKUPS", str(tmp_path / "kept"))
    begun = []
    serve(lambda: begun.append(made.get(timeout=60)))
    [(works, wait)] = begun
    assert list(works) == ["daily backup"]
    works["daily backup"]()
    assert len(list((tmp_path / "kept").iterdir())) == 1
    assert wait(0)  # told to stop


def test_the_server_reminds_where_a_setting_names_how(
    made: Made, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setenv("MUBIAO_REMINDERS", str(tmp_path / "reminders.yaml"))
    begun = []
    serve(lambda: begun.append(made.get(timeout=60)))
    [(works, _)] = begun
    assert list(works) == ["daily backup", "reminders"]
    with pytest.raises(Refused):  # the file is not there
        works["reminders"]()


def test_a_record_that_is_not_there_yet_is_waited_for(made: Made, database: str) -> None:
    def make() -> None:
        assert made.empty()
        open_store(database).close()
        assert made.get(timeout=60)[0]["daily backup"]()

    serve(make)


def test_a_server_ends_while_it_waits_for_a_record(made: Made) -> None:
    serve(lambda: None)
    ended()
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
    serve(ended)
    assert made.empty()
    assert "no daily backups and reminders: " in caplog.text
