"""`backup`, `restore` and `verify` at the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mubiao.store import open_store
from tests.acts import add_row
from tests.commands import done, fails, run
from tests.faults.processes import GDP, NOON


@pytest.fixture(autouse=True)
def path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A record of its own, and English."""
    found = tmp_path / "var" / "record.sqlite"
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("MUBIAO_DATABASE", f"sqlite:///{found}")
    store = open_store(f"sqlite:///{found}")
    add_row(store, "beijing-2020", GDP, "wang", NOON)
    store.close()
    return found


def test_a_backup_is_made_and_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite"
    assert done("backup", file) == f"{file}: the record was copied and the copy checked\n"
    assert fails(1, "backup", file) == f"{file} exists already; name a file that does not\n"


def test_a_restore_asks_for_a_word_and_keeps_what_was_there(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite"
    run("backup", file)
    store = open_store(f"sqlite:///{path}")
    add_row(store, "beijing-2020", GDP, "li", NOON)
    refusal = f"{path} holds a record already; add --yes to replace it"
    assert fails(1, "restore", file).startswith(refusal)
    assert store.count("beijing-2020") == 2
    printed = done("restore", file, "--yes")
    [kept] = (path.parent / "backups").iterdir()
    assert printed == f"the record is what {file} holds; the one of before is kept in {kept}\n"
    assert store.count("beijing-2020") == 1
    assert open_store(f"sqlite:///{kept}").count("beijing-2020") == 2


def test_a_backup_becomes_a_record_elsewhere(tmp_path: Path) -> None:
    file, other = tmp_path / "backup.sqlite", tmp_path / "other" / "record.sqlite"
    run("backup", file)
    printed = done("restore", file, "--database", f"sqlite:///{other}")
    assert printed == f"the record is what {file} holds\n"
    assert open_store(f"sqlite:///{other}").count("beijing-2020") == 1


@pytest.mark.parametrize("name", ["gone.sqlite", "."])
def test_a_backup_that_is_none_makes_the_call_wrong(tmp_path: Path, name: str) -> None:
    assert str(tmp_path) in fails(2, "restore", tmp_path / name, "--yes")


def test_a_sound_record_is_verified_with_what_is_worth_a_look() -> None:
    result = run("verify")
    assert (result.exit_code, result.stdout) == (
        0,
        "no problems. Rows: 1; things worth a look: 1\n",
    )
    assert result.stderr == (
        "the plan beijing-2020 has no target gdp, but the record has rows of it\n"
    )


def test_what_is_wrong_with_a_record_ends_with_one_and_a_line_each(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER entries_no_update")
        connection.execute("UPDATE entries SET value = 'many'")
        connection.commit()
    message = fails(1, "verify", "--lang", "en")
    assert f"row 1 in {path} cannot be read: restore a backup\n" in message


def test_without_a_record_none_is_made(path: Path, tmp_path: Path) -> None:
    path.unlink()
    for call in (["verify"], ["backup", tmp_path / "backup.sqlite"]):
        assert f"there is no record at {path}" in fails(1, *call)
    assert not path.exists()
    assert not (tmp_path / "backup.sqlite").exists()
