"""`backup`, `restore` and `verify` at the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mubiao.cli import app
from mubiao.store import open_store
from tests.faults.processes import GDP, NOON


@pytest.fixture(autouse=True)
def path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A record of its own, and English."""
    found = tmp_path / "var" / "record.sqlite"
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("MUBIAO_DATABASE", f"sqlite:///{found}")
    store = open_store(f"sqlite:///{found}")
    store.record("beijing-2020", GDP, "wang", NOON)
    store.close()
    return found


def run(*args: str | Path) -> Result:
    """A command in this process; what it does not catch itself fails the test."""
    return CliRunner().invoke(app, [str(arg) for arg in args], catch_exceptions=False)


def test_a_backup_is_made_and_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite"
    made = run("backup", file)
    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout == f"{file}: the record was copied and the copy checked\n"
    again = run("backup", file)
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr == f"{file} exists already; name a file that does not\n"


def test_a_restore_asks_for_a_word_and_keeps_what_was_there(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite"
    run("backup", file)
    store = open_store(f"sqlite:///{path}")
    store.record("beijing-2020", GDP, "li", NOON)
    refused = run("restore", file)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"{path} holds a record already; add --yes to replace it")
    assert store.count("beijing-2020") == 2
    done = run("restore", file, "--yes")
    assert (done.exit_code, done.stderr) == (0, "")
    [kept] = (path.parent / "backups").iterdir()
    assert done.stdout == (
        f"the record is what {file} holds; the one of before is kept in {kept}\n"
    )
    assert store.count("beijing-2020") == 1
    assert open_store(f"sqlite:///{kept}").count("beijing-2020") == 2


def test_a_backup_becomes_a_record_elsewhere(tmp_path: Path) -> None:
    file, other = tmp_path / "backup.sqlite", tmp_path / "other" / "record.sqlite"
    run("backup", file)
    done = run("restore", file, "--database", f"sqlite:///{other}")
    assert (done.exit_code, done.stdout) == (0, f"the record is what {file} holds\n")
    assert open_store(f"sqlite:///{other}").count("beijing-2020") == 1


@pytest.mark.parametrize("name", ["gone.sqlite", "."])
def test_a_backup_that_is_none_makes_the_call_wrong(tmp_path: Path, name: str) -> None:
    wrong = run("restore", tmp_path / name, "--yes")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert str(tmp_path) in wrong.stderr


def test_a_sound_record_is_verified_with_what_is_worth_a_look() -> None:
    found = run("verify")
    assert found.exit_code == 0
    assert found.stdout == "no problems. Rows: 1; things worth a look: 1\n"
    assert found.stderr == (
        "the plan beijing-2020 has no target gdp, but the record has rows of it\n"
    )


def test_what_is_wrong_with_a_record_ends_with_one_and_a_line_each(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER entries_no_update")
        connection.execute("UPDATE entries SET value = 'many'")
        connection.commit()
    found = run("verify", "--lang", "en")
    assert (found.exit_code, found.stdout) == (1, "")
    assert f"row 1 in {path} cannot be read: restore a backup\n" in found.stderr


def test_without_a_record_none_is_made(path: Path, tmp_path: Path) -> None:
    path.unlink()
    for call in (["verify"], ["backup", tmp_path / "backup.sqlite"]):
        found = run(*call)
        assert (found.exit_code, found.stdout) == (1, "")
        assert f"there is no record at {path}" in found.stderr
    assert not path.exists()
    assert not (tmp_path / "backup.sqlite").exists()
