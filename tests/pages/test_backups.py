"""The daily backup belongs to a server, not to a page."""

import threading
from pathlib import Path

import pytest

from mubiao.ui import backups
from tests.pages.seen import opened


def test_a_page_that_is_only_tested_makes_no_backup(tmp_path: Path) -> None:
    before = threading.active_count()
    assert opened("overview").notice == ""
    assert threading.active_count() == before
    assert not (tmp_path / "record" / "backups").exists()


def test_on_a_server_one_thread_makes_the_backups(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[str, Path]] = []
    monkeypatch.setattr(backups, "_serving", lambda: True)
    monkeypatch.setattr(backups, "_keep", lambda *place: made.append(place))
    threads = [backups.keep(database) for _ in range(3)]
    assert threads[0] is not None
    threads[0].join(5)
    assert made == [(database, Path(database.removeprefix("sqlite:///")).parent / "backups")]
    assert backups.keep("postgresql://u@h/d") is None


def test_a_backup_that_cannot_be_made_is_only_told_to_the_log(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Enough(Exception):
        """Ends the thread's work in this test."""

    def no_more(event: threading.Event, seconds: float) -> bool:
        del event
        assert seconds == 3600
        raise Enough

    monkeypatch.setattr(threading.Event, "wait", no_more)
    with pytest.raises(Enough):
        backups._keep(database, tmp_path / "backups")  # noqa: SLF001 - what the thread runs
    assert "no daily backup: there is no record at" in caplog.text
