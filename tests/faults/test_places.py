"""Disks that are full, folders and files that cannot be written, files that are damaged: an
explanation and the way out, and the file as it was.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mubiao.model import Observation
from mubiao.problems import Refused, Unavailable
from mubiao.store import open_store
from mubiao.store.backup import backup
from mubiao.store.restore import restore
from mubiao.store.verify import Verified, verify
from tests.acts import add_row, add_rows, unavailable
from tests.faults.figures import AtLength, Tell
from tests.faults.processes import GDP, NOON, PLAN

NOBODY = 65534


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def print_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    path = tmp_path / "var" / "mubiao.sqlite"
    store = open_store(url_of(path))
    add_rows(store, PLAN, [replace(GDP, note="n" * 500)] * 60, "wang", NOON)
    store.close()
    return path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB. Only root may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(command, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_loses_nothing_and_goes_on_with_space(small_disk: Path, tell: Tell) -> None:
    path = small_disk / "mubiao.sqlite"
    store = open_store(url_of(path))
    text = ""
    saved = 0
    while not text:
        try:
            add_rows(store, PLAN, [replace(GDP, note="n" * 900)] * 3, "wang", NOON)
            saved += 1
        except Unavailable as fault:
            text = fault.problems[0].text
    assert text == f"the disk of {path} is full; nothing was saved: free some space and try again"
    assert store.count(PLAN) == 3 * saved
    assert "full" in unavailable(lambda: backup(url_of(path), small_disk / "backup.sqlite"))
    assert verify(url_of(path)) == Verified(3 * saved, ())
    assert [one.name for one in small_disk.iterdir()] == ["mubiao.sqlite"]
    room = ["mount", "-o", "remount,size=2m", str(small_disk)]
    subprocess.run(room, check=True)
    add_row(store, PLAN, GDP, "wang", NOON)
    assert verify(url_of(path)) == Verified(3 * saved + 1, ())
    tell(f"full disk: {saved} saves until it was full, 0 lost, explained, saving again after")


def test_a_full_disk_leaves_the_record_alone(small_disk: Path, recorded: Path, tell: Tell) -> None:
    store = open_store(url_of(recorded))
    add_rows(store, PLAN, [replace(GDP, note="n" * 1900)] * 600, "wang", NOON)
    before = print_of(recorded)
    file = small_disk / "backup.sqlite"
    assert unavailable(lambda: backup(url_of(recorded), file)) == (
        f"{file} cannot be written (database or disk is full): name another folder or free some "
        "space"
    )
    restored = small_disk.parent / "small.sqlite"
    backup(url_of(recorded), restored)
    text = unavailable(
        lambda: restore(restored, url_of(recorded), overwrite=True, backups=small_disk)
    )
    assert text.startswith(f"{small_disk}/mubiao-")
    assert "cannot be written (database or disk is full)" in text
    assert (list(small_disk.iterdir()), print_of(recorded)) == ([], before)
    tell("full disk of backups: named, nothing left on it, the record untouched")
    # And a restore onto a full disk leaves the record there.
    path = small_disk / "mubiao.sqlite"
    small = open_store(url_of(path))
    add_row(small, PLAN, GDP, "wang", NOON)
    assert "full" in unavailable(lambda: restore(restored, url_of(path), overwrite=True))
    assert small.count(PLAN) == 1
    assert verify(url_of(path)) == Verified(1, ())


@contextmanager
def ordinary_user(folder: Path) -> Iterator[None]:
    """Run as an ordinary user who owns the folder: root may write everywhere."""
    as_root = os.geteuid() == 0
    if as_root:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if as_root:
            os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that an ordinary user can reach."""
    path = Path(tempfile.mkdtemp(prefix="mubiao-folder-"))
    yield path
    path.chmod(0o700)
    shutil.rmtree(path)


def test_a_read_only_folder_can_be_looked_at_and_is_explained(folder: Path) -> None:
    path = folder / "mubiao.sqlite"
    store = open_store(url_of(path))
    add_row(store, PLAN, GDP, "wang", NOON)
    backup(url_of(path), folder / "backup.sqlite")
    path.chmod(0o400)
    folder.chmod(0o500)
    before = print_of(path)
    with ordinary_user(folder):
        store = open_store(url_of(path))
        assert store.count(PLAN) == 1
        assert verify(url_of(path)) == Verified(1, ())
        for act in (
            lambda: add_row(store, PLAN, GDP, "wang", NOON),
            lambda: restore(folder / "backup.sqlite", url_of(path), overwrite=True),
            lambda: backup(url_of(path), folder / "another.sqlite"),
            lambda: open_store(url_of(folder / "new.sqlite")),
        ):
            text = unavailable(act)
            assert "cannot be written" in text or "cannot be opened (Permission denied)" in text
            assert "right" in text or "name another" in text or "may read and write" in text
    assert print_of(path) == before


def test_a_locked_record_is_explained_and_untouched(recorded: Path) -> None:
    before = print_of(recorded)
    store = open_store(url_of(recorded), wait=0.2)
    with closing(sqlite3.connect(recorded, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for act in (
            lambda: store.count(PLAN),
            lambda: add_row(store, PLAN, GDP, "wang", NOON),
            lambda: open_store(url_of(recorded), wait=0.2),
        ):
            assert "is busy: another program holds it; nothing was saved, try" in unavailable(act)
        other.execute("ROLLBACK")
    assert print_of(recorded) == before
    assert add_row(store, PLAN, GDP, "wang", NOON)


def _overwritten(content: bytes, first: int, last: int) -> bytes:
    return content[:first] + b"\xff" * (last - first) + content[last:]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "its head": lambda content: _overwritten(content, 0, 100),
    "its size": lambda content: content[: len(content) // 2],
    # Without its last byte alone it would be whole: the last page is that of a table without rows.
    "a page and a byte less": lambda content: content[:-4097],
    "its first page": lambda content: _overwritten(content, 100, 4096),
    "a page": lambda content: _overwritten(content, 8192, 12288),
    "the rest": lambda content: _overwritten(content, 4096, len(content)),
    "another file": lambda content: b"Dear Sir " * (len(content) // 9),
    # SQLite repeats this in its complaint, and Python cannot read it.
    "its words": lambda content: content.replace(b"CREATE TABLE ", b"CREATE T\x97BLE "),
    "zeros": lambda content: bytes(len(content)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_explained_and_restored(recorded: Path, tmp_path: Path, damage: str) -> None:
    kept = tmp_path / "backup.sqlite"
    backup(url_of(recorded), kept)
    recorded.write_bytes(DAMAGES[damage](recorded.read_bytes()))
    before = print_of(recorded)
    assert _looked_at(recorded), "the damage must be noticed"
    text = unavailable(lambda: backup(url_of(recorded), tmp_path / "no"))
    assert "no copy" in text or "damaged" in text or "is not a database" in text
    assert not (tmp_path / "no").exists()
    assert print_of(recorded) == before
    aside = restore(kept, url_of(recorded), overwrite=True)
    assert aside is not None
    assert verify(url_of(recorded)) == Verified(60, ())


def _looked_at(path: Path) -> list[str]:
    try:
        return [problem.text for problem in verify(url_of(path)).problems]
    except Unavailable as fault:
        return [problem.text for problem in fault.problems]


def _used(path: Path) -> None:
    """What a server does with a record: open it, read it whole, save."""
    store = open_store(url_of(path), wait=1)
    try:
        history = store.history(PLAN)
        assert all(isinstance(entry, Observation) for entry in history)
        store.saves(PLAN)
        add_row(store, PLAN, GDP, "wang", NOON)
    finally:
        store.close()


def test_random_damage_is_never_an_error_of_the_program(
    recorded: Path, tmp_path: Path, at_length: AtLength, tell: Tell
) -> None:
    whole = recorded.read_bytes()
    rounds, noticed = at_length(300, 4), 0
    for seed in range(rounds):
        content = bytearray(whole)
        places = hashlib.shake_256(b"%d" % seed).digest(40)
        for at in range(0, 40, 5):
            place = int.from_bytes(places[at : at + 4], "big") % len(content)
            content[place] = places[at + 4]
        path = tmp_path / "spoilt.sqlite"
        path.write_bytes(content)
        noticed += bool(_looked_at(path))
        try:
            _used(path)
        except Refused as fault:  # either is right, an error is not
            # A byte of the schema's own text may make a sound row one that the schema refuses.
            assert str(path) in str(fault) or not isinstance(fault, Unavailable)  # noqa: PT017
        path.unlink()
        Path(f"{path}-journal").unlink(missing_ok=True)
    tell(
        f"random damage: {rounds} files with eight bytes changed, {noticed} noticed by verify, "
        "0 unexplained"
    )


def test_a_record_that_goes_away_comes_back(recorded: Path, tmp_path: Path) -> None:
    store = open_store(url_of(recorded))
    aside = recorded.rename(tmp_path / "aside")
    assert "cannot be opened" in unavailable(lambda: store.count(PLAN))
    assert "cannot be opened" in unavailable(lambda: add_row(store, PLAN, GDP, "wang", NOON))
    assert not recorded.exists()
    aside.rename(recorded)
    assert add_row(store, PLAN, GDP, "wang", NOON) == 61
