"""Importing and exporting at the command line: what is recorded, exit codes, streams."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mubiao import atomic
from mubiao.model import Act, Observation, Remark, SaveKind, Status, Submission
from mubiao.period import Period
from mubiao.spreadsheet.refusals import MAX_BYTES
from mubiao.store import open_store
from tests.actors import named
from tests.acts import add_row
from tests.commands import deployed, fails, run

PLAN = "beijing-2020"
HEAD = "target,period,value,known_on,source\n"
SOUND = HEAD + "gdp-growth,2020,1.3,2021-04-01,统计局\ncpi,2020,1.7,2021-04-01,统计局\n"
WRONG = HEAD + "gdp-growth,2020,n/a,2021-04-01,x\nnobody,2020,1,2021-04-01,x\n"


@pytest.fixture(autouse=True)
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The record of a fresh deployment with the real plan."""
    return deployed(monkeypatch, tmp_path)


def written(folder: Path, text: str, name: str = "a.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_dry_run_says_what_changes_and_records_nothing(tmp_path: Path, database: str) -> None:
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
    assert (
        again.stdout
        == "Encoding of the text: UTF-8\nNew: 0 · changed: 0 · unchanged: 2 · wrong: 0\n"
    )
    assert len(open_store(database).saves(PLAN)) == 2


def test_a_file_with_errors_records_nothing_and_tells_each(tmp_path: Path, database: str) -> None:
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
    assert result.stdout.endswith("\nNew: 0 · changed: 0 · unchanged: 0 · wrong: 2\n")
    assert "nobody" in result.stderr


def test_a_target_that_changes_is_told_with_its_status_before_and_after(tmp_path: Path) -> None:
    file = written(tmp_path, HEAD + "gdp-growth,2020,6.1,2021-04-01,x\ncpi,2020,1.6,2021-04-01,x\n")
    for call in ("--dry-run", "--by=me"):
        told = run("import", file, call).stdout.splitlines()
        assert {line for line in told if line.startswith("status\t")} == {
            "status\tGDP growth\tmissed → achieved",
            "status\tConsumer price inflation\tachieved",
            # Judged by what GDP is now.
            "status\tReal per capita disposable income growth\tachieved → missed",
        }


DOUBTFUL = HEAD + "gdp-growth,2020,130,2021-04-01,x\ncpi,2020,1.6,2021-04-01,x\n"


def test_what_is_doubtful_is_told_and_saved_only_with_yes(tmp_path: Path, database: str) -> None:
    file = written(tmp_path, DOUBTFUL)
    warning = "130 is above 100 per cent"
    dry = run("import", file, "--dry-run")
    assert dry.exit_code == 0
    assert f"\n2\tto confirm\tGDP growth\tthe full year\t{warning} [" in dry.stdout
    result = run("import", file, "--by", "me")
    assert (result.exit_code, result.stdout) == (1, "")
    first, *_, last = result.stderr.splitlines()[-3:]
    assert first.startswith(f"{file}:2: to confirm: GDP growth, the full year: {warning} [")
    assert last.startswith(
        "nothing was saved; rows to confirm: 1. Look at them and repeat with --yes"
    )
    assert len(open_store(database).saves(PLAN)) == 1
    result = run("import", file, "--by", "me", "--yes")
    assert result.exit_code == 0, result.stderr
    assert warning in result.stdout
    assert len(open_store(database).saves(PLAN)[0].rows) == 2


def test_changing_what_another_recorded_is_to_be_confirmed(tmp_path: Path, database: str) -> None:
    assert run("import", written(tmp_path, SOUND), "--by", "Wang").exit_code == 0
    file = written(tmp_path, SOUND.replace("1.3", "1.4"))
    asked = "changes what Wang recorded on "
    assert asked in run("import", file, "--dry-run").stdout
    result = run("import", file, "--by", "Li")
    assert result.exit_code == 1
    assert asked in result.stderr
    assert len(open_store(database).saves(PLAN)) == 2
    assert run("import", file, "--by", "Wang").exit_code == 0
    assert (
        run(
            "import", written(tmp_path, SOUND.replace("1.3", "1.5")), "--by", "Li", "--yes"
        ).exit_code
        == 0
    )


def test_what_stands_beyond_the_header_is_told_with_its_row(tmp_path: Path) -> None:
    text = "target,period,known_on,value\nnew-jobs,2020-H1,2020-07-20,150,000\n"
    result = run("import", file := written(tmp_path, text), "--dry-run")
    assert f"{file}:2: “000”: the row has more cells than the header: 000;" in result.stderr


@pytest.fixture
def stale(tmp_path: Path, database: str) -> Path:
    """A workbook whose first row somebody corrected meanwhile, and which was edited there too."""
    file = tmp_path / "a.xlsx"
    assert run("export", "--what", "actuals", "--format", "xlsx", "--output", file).exit_code == 0
    store = open_store(database)
    first, second = store.history(PLAN)[:2]
    at = datetime(2021, 4, 30, 9, tzinfo=UTC)
    for old, value in ((first, "-6.7"), (second, "-3.3")):
        newer = replace(old, value=Decimal(value), replaces=old.row)
        add_row(store, PLAN, newer, "Wang", at)
    book = load_workbook(file)
    book.active["D2"] = -6.8
    book.save(file)
    return file


def test_conflicts_are_told_with_all_figures_and_nothing_saved(stale: Path, database: str) -> None:
    for call in ("--dry-run", "--by=me"):
        result = run("import", stale, call)
        assert result.exit_code == 1
        [told] = [line for line in result.stderr.splitlines() if line.startswith(f"{stale}:2: ")]
        parts = (
            "conflict: GDP growth, Q1: The file was made from: −6.6%",
            "−6.7%",
            "Wang",
            "−6.8%",
        )
        assert [part for part in parts if part not in told] == []
        assert "conflicts: 1. Decide for all with --conflicts theirs" in result.stderr
    outdated = "3\toutdated\tGDP growth\tthe first half\toutdated: the record has a later figure"
    assert outdated in run("import", stale, "--dry-run").stdout
    assert open_store(database).saves(PLAN)[0].by == "Wang"


@pytest.mark.parametrize(("whose", "value"), [("theirs", "-6.7"), ("file", "-6.8")])
def test_conflicts_are_decided_for_all(whose: str, value: str, stale: Path, database: str) -> None:
    result = run("import", stale, "--by", "me", "--conflicts", whose)
    assert result.exit_code == 0, result.stderr
    stands = open_store(database).as_of(PLAN, date.max, ["gdp-growth"])
    assert [str(o.value) for o in stands if o.period.text == "2020-Q1"] == [value]
    assert [str(o.value) for o in stands if o.period.text == "2020-H1"] == ["-3.3"]
    assert "\tkept\t" in result.stdout or whose == "file"


def test_a_cell_of_a_workbook_is_told_by_its_address(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    record = ("--format", "xlsx", "--what", "actuals")
    assert run("export", *record, "--output", file).exit_code == 0
    book = load_workbook(file)
    book.active["D2"] = "=1+1"
    book.save(file)
    result = run("import", file, "--dry-run")
    assert f"{file}:D2: Value “=1+1”: a formula (=1+1)" in result.stderr


def test_a_call_without_a_name_or_a_file_is_wrong_and_one_with_a_page_refused(
    tmp_path: Path,
) -> None:
    assert "--by NAME is missing" in fails(2, "import", written(tmp_path, SOUND))
    for name in ("there-is-none.csv", "."):
        fails(2, "import", tmp_path / name, "--dry-run")
    page = written(tmp_path, "<html></html>", "a.xls")
    assert "a web page" in fails(1, "import", page, "--dry-run")


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
    assert result.stdout.splitlines()[-1].startswith("New: 0 · changed: 0 · unchanged: ")


def test_an_export_goes_to_standard_output_byte_by_byte() -> None:
    csv = run("export", "--format", "csv").stdout_bytes
    assert (
        csv.splitlines()[0]
        == b"\xef\xbb\xbftarget,period,value,qualifier,nature,known_on,source,note"
    )
    assert run("export", "--format", "xlsx").stdout_bytes.startswith(b"PK")


def commented(database: str) -> None:
    """A record with an undone import and two remarks about GDP growth, the second a judgement."""
    run("export", "--format", "csv")  # the record starts with the published figures
    at = datetime(2021, 4, 20, 8, 15, tzinfo=UTC)
    period, day = Period.parse("2020"), date(2021, 4, 20)
    figure = Observation("gdp-growth", period, Decimal("1.3"), day, source="x")
    with closing(open_store(database)) as store:
        name, kind = "Li Wei", SaveKind.IMPORT
        made = store.save(PLAN, [Submission(figure)], Act(named(name), at, "a"), kind=kind)
        store.undo(PLAN, made.id, Act(named(name), at, "b"))
        remark = Remark("gdp-growth", period, "=1+1", day)
        row = store.remark(PLAN, remark, Act(named(name), at))
        judged = replace(remark, text="why", status=Status.AT_RISK, until=day, replaces=row)
        store.remark(PLAN, judged, Act(named("王"), at))


def test_the_history_has_every_row_and_how_it_was_saved(database: str) -> None:
    commented(database)
    rows = run("export", "--what", "history", "--format", "csv").stdout.splitlines()
    assert rows[0].startswith("\ufeffrow,kind,target,period,value,")
    assert rows[0].endswith(",replaces,save,save_kind,undoes")
    assert all(row.endswith(",1,seed,") for row in rows[1:-2])
    assert rows[-2].startswith(f"{len(rows) - 2},entry,gdp-growth,2020,1.3,")
    assert rows[-2].endswith(",Li Wei,2021-04-20 08:15:00,,2,import,")
    assert rows[-1].startswith(f"{len(rows) - 1},withdrawal,gdp-growth,,,")
    assert rows[-1].endswith(f",{len(rows) - 2},3,undo,2")


def test_the_remarks_are_a_file_of_their_own(database: str) -> None:
    commented(database)
    assert run("export", "--what", "remarks", "--format", "csv").stdout.splitlines() == [
        "\ufeffrow,kind,target,period,status,text,until,day,written_by,written_at,replaces",
        "1,commentary,gdp-growth,2020,,'=1+1,,2021-04-20,Li Wei,2021-04-20 08:15:00,",
        "2,judgement,gdp-growth,2020,at_risk,why,2021-04-20,2021-04-20,王,2021-04-20 08:15:00,1",
    ]


def test_the_meetings_are_a_file_of_their_own_with_those_taken_back(database: str) -> None:
    at = datetime(2021, 4, 20, 8, 15, tzinfo=UTC)
    with closing(open_store(database)) as store:
        act = Act(named("Li Wei"), at)
        held = store.hold("beijing-2020", "=Q1", date(2021, 3, 31), act, plan_text="p")
        store.drop_meeting("beijing-2020", held.id, Act(named("王"), at), reason="wrong day")
        store.put_back_meeting("beijing-2020", held.id, Act(named("王"), at))
    moment, seen = "2021-04-20 08:15:00", "0,0"
    assert run("export", "--what", "meetings", "--format", "csv").stdout.splitlines() == [
        "\ufeffrow,kind,meeting,meeting_name,as_of,recorded_by,recorded_at,reason,last_row,last_remark",
        f"1,held,1,'=Q1,2021-03-31,Li Wei,{moment},,{seen}",
        f"2,taken_back,1,'=Q1,2021-03-31,王,{moment},wrong day,{seen}",
        f"3,put_back,1,'=Q1,2021-03-31,王,{moment},,{seen}",
    ]


@pytest.mark.parametrize(
    ("what", "sheets"), [("history", ["历史", "情况说明", "会议"]), ("remarks", ["情况说明"])]
)
def test_the_whole_record_as_a_workbook_cannot_be_imported(
    what: str, sheets: list[str], database: str, tmp_path: Path
) -> None:
    commented(database)
    file = tmp_path / "whole.xlsx"
    call = ("export", "--what", what, "--format", "xlsx", "--lang", "zh", "--output", file)
    assert run(*call).exit_code == 0
    book = load_workbook(file)
    assert book.sheetnames == sheets
    assert book["情况说明"].max_row == 3
    assert run("import", file, "--dry-run").exit_code == 1


def test_only_what_there_is_can_be_exported() -> None:
    result = run("export", "--what", "everything", "--format", "csv")
    assert result.exit_code == 2
    assert "'actuals', 'history', 'remarks'" in result.stderr


def test_an_export_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    result = run("export", "--format", "csv", "--output", tmp_path / "none" / "a.csv")
    assert result.exit_code == 1
    assert "the file cannot be written" in result.stderr
    folder = tmp_path / "a.csv"
    folder.mkdir()
    result = run("export", "--format", "csv", "--output", folder)
    assert (result.exit_code, "no ordinary file" in result.stderr) == (1, True)
    assert [path for path in tmp_path.iterdir() if atomic.UNFINISHED in path.name] == []
