"""Importing and exporting at the command line: what is recorded, exit codes, streams."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from mubiao.cli import app
from mubiao.model import SaveKind
from mubiao.spreadsheet.refusals import MAX_BYTES
from mubiao.store import open_store

ROOT = Path(__file__).resolve().parents[1]
PLAN = "beijing-2020"
HEAD = "target,period,value,known_on,source\n"
SOUND = HEAD + "gdp-growth,2020,1.3,2021-04-01,统计局\ncpi,2020,1.7,2021-04-01,统计局\n"
WRONG = HEAD + "gdp-growth,2020,n/a,2021-04-01,x\nnobody,2020,1,2021-04-01,x\n"


@pytest.fixture(autouse=True)
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The settings of a fresh deployment with the real plan."""
    url = f"sqlite:///{tmp_path / 'record' / 'mubiao.sqlite'}"
    for name, value in {"LC_ALL": "en_GB.UTF-8", "MUBIAO_TODAY": "2021-04-30"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MUBIAO_DATABASE", url)
    monkeypatch.chdir(ROOT)
    return url


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def written(folder: Path, text: str, name: str = "a.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_dry_run_says_what_would_change_and_records_nothing(
    tmp_path: Path, database: str
) -> None:
    result = run("import", written(tmp_path, SOUND), "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "New: 2 · changed: 0 · unchanged: 0 · wrong: 0"
    assert "2\tnew\tGDP growth\tthe full year\t1.3%, known on 1 April 2021" in result.stdout
    assert {save.kind for save in open_store(database).saves(PLAN)} == {SaveKind.SEED}


def test_an_import_records_all_in_one_save(tmp_path: Path, database: str) -> None:
    file = written(tmp_path, SOUND)
    assert run("import", file, "--by", "王").exit_code == 0
    [save, _] = open_store(database).saves(PLAN)
    assert (save.kind, save.by, len(save.rows)) == (SaveKind.IMPORT, "王", 2)
    again = run("import", file, "--by", "王")
    assert again.stdout == "New: 0 · changed: 0 · unchanged: 2 · wrong: 0\n"
    assert len(open_store(database).saves(PLAN)) == 2


def test_of_a_file_with_errors_nothing_is_recorded_and_every_error_is_a_line(
    tmp_path: Path, database: str
) -> None:
    file = written(tmp_path, WRONG + "cpi,2020,1.7,2021-04-01,x\n")
    result = run("import", file, "--by", "me")
    assert (result.exit_code, result.stdout) == (1, "")
    told = [line for line in result.stderr.splitlines() if str(file) in line]
    assert told == [
        f"{file}:2: Value “n/a”: “n/a” is not a figure; record nothing until the figure is known",
        f"{file}:3: Target id “nobody”: “nobody” is not a target of the plan beijing-2020",
    ]
    assert len(open_store(database).saves(PLAN)) == 1


def test_a_dry_run_of_a_file_with_errors_tells_both_and_ends_with_one(tmp_path: Path) -> None:
    result = run("import", written(tmp_path, WRONG), "--dry-run")
    assert result.exit_code == 1
    assert result.stdout == "New: 0 · changed: 0 · unchanged: 0 · wrong: 2\n"
    assert "nobody" in result.stderr


def test_a_cell_of_a_workbook_is_told_by_its_address(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    assert run("export", "--format", "xlsx", "--output", file).exit_code == 0
    book = load_workbook(file)
    assert book.active is not None
    book.active["D2"] = "=1+1"
    book.save(file)
    result = run("import", file, "--dry-run")
    assert f"{file}:D2: Value “=1+1”: a formula (=1+1)" in result.stderr


def test_an_import_needs_a_name(tmp_path: Path) -> None:
    result = run("import", written(tmp_path, SOUND))
    assert result.exit_code == 2
    assert "--by NAME is missing" in result.stderr


@pytest.mark.parametrize("name", ["there-is-none.csv", "."])
def test_a_file_that_is_none_makes_the_call_wrong(name: str, tmp_path: Path) -> None:
    assert run("import", tmp_path / name, "--dry-run").exit_code == 2


def test_a_file_that_is_refused_whole_ends_with_one(tmp_path: Path) -> None:
    result = run("import", written(tmp_path, "<html></html>", "a.xls"), "--dry-run")
    assert result.exit_code == 1
    assert "a web page" in result.stderr


def test_a_file_without_an_end_is_not_read_to_it(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES * 1000)  # a sparse file of ten gigabytes
    result = run("import", file, "--dry-run")
    assert "expected at most 10 MB" in result.stderr


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_export_imported_again_changes_nothing(form: str, lang: str, tmp_path: Path) -> None:
    file = tmp_path / f"out.{form}"
    assert run("export", "--format", form, "--output", file, "--lang", lang).exit_code == 0
    result = run("import", file, "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("New: 0 · changed: 0 · unchanged: ")


def test_an_export_goes_to_standard_output_byte_by_byte(tmp_path: Path) -> None:
    assert run("export", "--format", "csv").stdout_bytes.startswith(b"target,period,value,")
    assert run("export", "--format", "xlsx").stdout_bytes.startswith(b"PK")
    history = run("export", "--format", "csv", "--history").stdout
    assert history.startswith("row,kind,target,")
    assert ",seed," in history
    file = tmp_path / "history.xlsx"
    assert run("export", "--format", "xlsx", "--history", "--output", file).exit_code == 0
    assert run("import", file, "--dry-run").exit_code == 1


def test_an_export_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    result = run("export", "--format", "csv", "--output", tmp_path / "none" / "a.csv")
    assert result.exit_code == 1
    assert "the file cannot be written" in result.stderr
    folder = tmp_path / "a.csv"
    folder.mkdir()
    assert run("export", "--format", "csv", "--output", folder).exit_code == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
