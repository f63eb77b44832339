"""The command line's contract: documents, exit codes, streams, languages."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.assessment import assess
from mubiao.exports.data.documents import assess_document, targets_document, to_json
from mubiao.model import Flag, Stage, Status
from tests.commands import ROOT, done, fails, run, write
from tests.real import ACTUALS_FILE, PLAN_FILE, real_report
from tests.samples import observation, plan_of, target

SOUND = (ROOT / "tests" / "plans" / "sound.yaml").read_text(encoding="utf-8")

TARGET_KEYS = (
    *("id", "section", "name_zh", "name_en", "measure", "comparator", "value", "unit"),
    *("tolerance", "judged", "due", "owner", "baseline", "source", "amended"),
    *("upper", "stretch", "better", "held_against", "series"),
)
DEBT_KEYS = ("target", "owner", "period", "due", "overdue_days")
ASSESSMENT_KEYS = (
    *("target", "status", "flags", "value", "period", "progress", "scheduled"),
    *("required_rest", "outlook", "sentence_zh", "sentence_en", "as_promised", "owner"),
)

HEADER = "target,period,value,qualifier,nature,known_on,source,note\n"
ACTUALS = ACTUALS_FILE.read_text(encoding="utf-8")
# What reading a plan refuses: its value, and by what it is judged.
BROKEN = SOUND.replace("value: 200\n", "value: high\n").replace("judged: all_year", "judged: now")


@pytest.fixture(autouse=True)
def _english_and_a_record_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("MUBIAO_DATABASE", f"sqlite:///{tmp_path / 'var' / 'record.sqlite'}")
    monkeypatch.setenv("MUBIAO_PLAN", PLAN_FILE.stem)


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of plans of which no setting names one."""
    monkeypatch.setenv("MUBIAO_PLANS", str(tmp_path / "plans"))
    monkeypatch.delenv("MUBIAO_PLAN")
    return tmp_path / "plans"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write(tmp_path / "sound.yaml", SOUND)


def answer(*args: str | Path) -> list[dict[str, Any]]:
    """The document that a command prints, its numbers as decimals digit for digit."""
    result = run(*args, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    document = json.loads(result.stdout, parse_float=Decimal, parse_int=Decimal)
    assert isinstance(document, list)
    return document


def by_target(document: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {entry["target"]: entry for entry in document}


def places(message: str) -> list[str]:
    """What stands before the colon of each line: the file, and the line in it."""
    return [line.partition(": ")[0] for line in message.splitlines()]


def test_a_target_has_the_keys_of_the_contract_in_their_order() -> None:
    document = answer("targets")
    assert {tuple(entry) for entry in document} == {TARGET_KEYS}
    assert document[0] == {
        "id": "gdp-growth",
        "section": "2.0",
        "name_zh": "地区生产总值增长",
        "name_en": "GDP growth",
        "measure": "rate",
        "comparator": "about",
        "value": Decimal(6),
        "unit": "%",
        "tolerance": Decimal("0.5"),
        "judged": "year_end",
        "due": "2020-12-31",
        "owner": None,
        "baseline": {"value": Decimal("6.2"), "unit": "%", "year": 2019},
        "source": {"section": "2.0", "paragraph": 3, "printed": "增长6%左右"},
        "amended": None,
        "upper": None,
        "stretch": None,
        "better": "higher",
        "held_against": None,
        "series": "gdp-growth",
    }


def test_an_assessment_has_the_keys_of_the_contract_in_their_order() -> None:
    """With every target of the real plan once, in the plan's order."""
    document = answer("assess", "--observations", ACTUALS_FILE, "--as-of", "2020-07-31")
    assert {tuple(entry) for entry in document} == {ASSESSMENT_KEYS}
    assert [entry["target"] for entry in document] == [entry["id"] for entry in answer("targets")]


def test_the_document_has_the_plans_own_due_days_and_its_digits(sound: Path) -> None:
    """A target without a day is due on the last of the year."""
    dues = {entry["id"]: entry["due"] for entry in answer("targets", "--plan", sound)}
    assert (dues["line"], dues["gdp"]) == ("2020-06-30", "2020-12-31")
    printed = done("targets", "--plan", sound, "--json")
    texts = {entry["id"]: entry for entry in json.loads(printed, parse_float=str, parse_int=str)}
    assert texts["unemployment"]["value"] == "5.0"
    assert texts["income"]["tolerance"] == "0.50"
    assert texts["alleys"]["value"] == "200"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9))
def test_a_decimal_survives_json_whatever_its_size(value: Decimal) -> None:
    plan = plan_of(target("a", measure="rate", comparator="at_least", value=value))
    text = to_json(targets_document(plan)).decode()
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal)[0]["value"] == value


def test_only_values_of_a_document_become_json() -> None:
    document: Any = [object()]
    with pytest.raises(TypeError):
        to_json(document)


def test_what_is_missing_is_null_and_never_zero(sound: Path, tmp_path: Path) -> None:
    targets = {entry["id"]: entry for entry in answer("targets", "--plan", sound)}
    absent = ("value", "unit", "tolerance", "baseline")
    assert [targets["line"][key] for key in absent] == [None] * 4
    assert targets["income"]["value"] is None
    nothing = write(tmp_path / "nothing.csv", HEADER)
    found = answer("assess", "--plan", sound, "--observations", nothing, "--as-of", "2020-07-31")
    for entry in found:
        assert entry["status"] == "no_data"
        unknown = ("value", "period", "progress", "scheduled", "required_rest", "outlook")
        assert [entry[key] for key in unknown] == [None] * 6
        assert "2020年7月31日" in entry["sentence_zh"]
        assert "31 July 2020" in entry["sentence_en"]


def test_a_zero_that_was_recorded_is_zero() -> None:
    plan = plan_of(target("a", measure="rate", comparator="at_least", value="1"))
    seen = [observation("a", "2020-Q1", "0", "2020-04-20")]
    [entry] = assess_document(plan, assess(plan, seen, date(2020, 5, 1)))
    assert (entry["value"], entry["status"]) == (Decimal(0), Status.OFF_TRACK.value)


def test_the_value_of_a_milestone_is_its_stage() -> None:
    plan = plan_of(target("line", measure="stage", comparator="done", due=date(2020, 6, 30)))
    seen = [observation("line", "2020-05-31", Stage.COMPLETE, "2020-06-01")]
    [entry] = assess_document(plan, assess(plan, seen, date(2020, 7, 1)))
    assert (entry["value"], entry["period"]) == ("complete", "2020-05-31")
    assert entry["flags"] == [Flag.REACHED_EARLY.value]


def test_shares_are_rounded_to_six_places() -> None:
    plan = plan_of(target("jobs", measure="count", comparator="at_least", value="3", unit="people"))
    seen = [observation("jobs", "2020-Q1", "1", "2020-04-20")]
    [entry] = assess_document(plan, assess(plan, seen, date(2020, 5, 1)))
    shares = (entry["progress"], entry["scheduled"])
    assert shares == (Decimal("0.333333"), Decimal("0.248634"))


def test_what_is_owed_has_the_keys_of_the_contract_in_their_order() -> None:
    run("due")  # fills the record
    document = answer("due", "--as-of", "2020-07-31")
    assert {tuple(entry) for entry in document} == {DEBT_KEYS}
    late = {(entry["target"], entry["period"]): entry["overdue_days"] for entry in document}
    assert late["budget-revenue-growth", "2020-H1"] == 1
    assert {entry["owner"] for entry in document} == {None}


def test_what_is_owed_can_be_asked_of_one_unit(sound: Path) -> None:
    assert "the plan names no units" in fails(2, "due", "--plan", sound, "--owner", "a")
    folder = sound.parent.parent / "owners"
    folder.mkdir()
    rows = "target,owner,supports\nline,市交通委,\nalleys,市住建委,\n"
    write(folder / f"{sound.stem}.csv", rows)
    day = ("--as-of", "2020-07-31")
    entries = answer("due", "--plan", sound, *day, "--owner", "市交通委")
    assert {(entry["target"], entry["owner"]) for entry in entries} == {("line", "市交通委")}
    text = done("due", "--plan", sound, *day)
    assert text.startswith("As of 31 July 2020: ")
    assert "市住建委" in text
    assert "due 30 July 2020" in text
    assert "  1 day overdue\n" in text
    message = fails(2, "due", "--plan", sound, "--owner", "水务局")
    assert message == "there is no unit “水务局”; there are: 市交通委, 市住建委\n"


WORKED = {
    "2020-03-15": {"cpi": ("4.0", "at_risk")},
    "2020-04-30": {"gdp-growth": ("-6.6", "off_track"), "cpi": ("3.8", "at_risk")},
    "2020-07-31": {"cpi": ("2.8", "on_track"), "unemployment": ("4.8", "on_track")},
    "2021-03-31": {
        "gdp-growth": ("1.2", "missed"),
        "cpi": ("1.7", "achieved"),
        "income-growth": ("0.8", "achieved"),
        "new-jobs": ("261000", "missed"),
        "green-travel": ("73.1", "missed"),
    },
    "2021-04-30": {"energy-intensity": ("-24", "achieved")},
}


def judged(as_of: str) -> dict[str, dict[str, Any]]:
    """By target, its assessment from a CSV."""
    return by_target(answer("assess", "--observations", ACTUALS_FILE, "--as-of", as_of))


@pytest.mark.parametrize("as_of", WORKED)
def test_the_worked_cases_come_out_of_a_csv(as_of: str) -> None:
    entries = judged(as_of)
    for name, (value, status) in WORKED[as_of].items():
        assert (entries[name]["value"], entries[name]["status"]) == (Decimal(value), status)


def test_the_rest_of_the_year_is_told_for_a_rate_that_falls_short() -> None:
    entries = judged("2020-04-30")
    # (6 + 6.6 x 91/366) / (1 - 91/366) and (3.5 - 3.8 x 91/366) / (1 - 91/366)
    assert entries["gdp-growth"]["required_rest"] == Decimal("10.169455")
    assert entries["gdp-growth"]["outlook"] == Decimal("-6.6")
    assert entries["cpi"]["required_rest"] == Decimal("3.400727")
    assert "10.2%" in entries["gdp-growth"]["sentence_zh"]
    assert "10.2%" in entries["gdp-growth"]["sentence_en"]


def test_the_real_plan_is_judged_by_its_published_figures() -> None:
    """The record is empty at first, so it starts with them; as of 31 July 2020."""
    first = run("assess", "--as-of", "2020-07-31", "--json")
    assert (first.exit_code, len(first.stderr.splitlines())) == (0, 1)
    found = by_target(json.loads(first.stdout))
    seen = {name: (found[name]["status"], found[name]["period"]) for name in found}
    assert seen["gdp-growth"] == ("off_track", "2020-H1")
    assert seen["cpi"] == ("on_track", "2020-H1")
    assert seen["unemployment"] == ("on_track", "2020-Q2")
    assert seen["model-alleys"] == ("no_data", None)
    again = run("assess", "--as-of", "2020-07-31", "--json")
    assert (again.stdout, again.stderr) == (first.stdout, "")


def test_a_named_database_counts_instead_of_that_of_the_settings(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.sqlite'}"
    day = ("--as-of", "2021-03-31", "--json")
    from_record = run("assess", "--database", url, *day)
    from_csv = run("assess", "--observations", ACTUALS_FILE, *day)
    assert from_record.exit_code == 0
    assert from_record.stdout == from_csv.stdout
    assert (tmp_path / "other.sqlite").exists()
    assert not (tmp_path / "var").exists()


def test_the_day_is_the_settings_unless_the_call_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_TODAY", "2020-04-30")
    entries = by_target(answer("assess", "--observations", ACTUALS_FILE))
    assert entries["gdp-growth"]["status"] == "off_track"
    assert judged("2021-03-31")["gdp-growth"]["status"] == "missed"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["nonsense"], "nonsense"),
        (["targets", "--colour"], "--colour"),
        (["targets", "--lang", "fr"], "fr"),
        (["targets", "--plan", "no-such.yaml"], "no-such.yaml: there is no such file"),
        (["targets", "--plan", "."], ".: this is a folder"),
        (["check", "--report", "no-such.txt"], "no-such.txt: there is no such file"),
        (["check", "--plan", "no-such.yaml"], "no-such.yaml: there is no such file"),
        (["assess", "--observations", "no-such.csv"], "no-such.csv: there is no such file"),
        (["assess", "--observations", "a.csv", "--database", "sqlite:///b"], "--database"),
        (["assess", "--as-of", "2020-02-30"], "2020-02-30"),
        (["assess", "--as-of", "20200731"], "20200731"),
        (["assess", "--as-of", "2020-W31-5"], "2020-W31-5"),
        (["assess", "--as-of", "2020-07"], "2020-07"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_two_and_says_why(call: list[str], told: str) -> None:
    assert told in fails(2, *call)


def test_a_setting_that_is_no_day_makes_the_call_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_TODAY", "tomorrow")
    assert "MUBIAO_TODAY" in fails(2, "assess")


@pytest.mark.parametrize("command", ["targets", "assess", "check"])
def test_every_problem_of_a_plan_is_a_line_with_file_and_line(command: str, tmp_path: Path) -> None:
    broken = write(tmp_path / "broken.yaml", BROKEN)
    text = BROKEN.split("\n")
    lines = [text.index("    value: high") + 1, text.index("    judged: now") + 1]
    message = fails(1, command, "--plan", broken)
    assert places(message) == [f"{broken}:{line}" for line in lines]


def test_every_problem_of_a_csv_is_a_line_with_file_and_line(tmp_path: Path) -> None:
    text = ACTUALS.replace("-6.6", "N/A").replace("green-travel,", "nothing,")
    csv = write(tmp_path / "bad.csv", text)
    message = fails(1, "assess", "--observations", csv, "--json")
    last = text[: text.index("nothing,")].count("\n") + 1
    assert places(message) == [f"{csv}:2", f"{csv}:{last}"]


def test_a_csv_without_an_end_is_refused() -> None:
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("this system has no /dev/zero")
    message = fails(1, "assess", "--observations", endless)
    assert message.startswith("/dev/zero: the file cannot be read")


def test_a_database_that_is_none_ends_with_one_and_says_what_to_do(tmp_path: Path) -> None:
    letter = write(tmp_path / "letter.sqlite", "Dear colleague, " * 20)
    message = fails(1, "assess", "--database", f"sqlite:///{letter}")
    assert f"{letter} is not a database" in message
    assert letter.read_text(encoding="utf-8").startswith("Dear colleague")


def test_a_password_is_never_printed() -> None:
    message = fails(1, "assess", "--database", "postgresql://me:secret@127.0.0.1:1/none")
    assert "127.0.0.1" in message
    assert "secret" not in message


def test_a_name_with_a_line_break_or_an_escape_stays_one_line() -> None:
    assert (
        fails(2, "targets", "--plan", "a\x1b[31m\nb.yaml")
        == "a\\x1b[31m\\nb.yaml: there is no such file\n"
    )


def test_without_plans_the_call_says_where(plans: Path) -> None:
    for command in ("targets", "assess", "check"):
        assert str(plans) in fails(1, command)


def test_the_first_sound_plan_is_named(plans: Path) -> None:
    """But a check takes the first, sound or not: it must not pass by the broken one."""
    broken = write(plans / "a.yaml", BROKEN)
    sound = write(plans / "b.yaml", SOUND)
    write(plans / "c.yaml", SOUND.replace("id: sample", "id: other", 1))
    listed = run("targets", "--json")
    assert listed.exit_code == 0
    assert listed.stderr.startswith(f"{sound}: ")
    assert json.loads(listed.stdout)[1]["id"] == "income"
    named, *problems = places(fails(1, "check"))
    assert named == str(broken)
    assert [place.partition(":")[0] for place in problems] == [str(broken)] * 2


def test_without_a_sound_plan_all_is_told(plans: Path) -> None:
    paths = [write(plans / f"{name}.yaml", "id: 1") for name in ("a", "b")]
    message = fails(1, "targets")
    assert all(f"{path}:1: " in message for path in paths)


def test_a_setting_names_the_plan(plans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its id or its file's name, and without a word; a broken or missing one is refused."""
    write(plans / "a.yaml", SOUND.replace("id: sample", "id: first", 1))
    broken = write(plans / "b.yaml", BROKEN)
    write(plans / "c.yaml", SOUND.replace("id: income", "id: pay"))
    for name in ("sample", "c"):
        monkeypatch.setenv("MUBIAO_PLAN", name)
        listed = run("targets", "--json")
        assert (listed.stderr, json.loads(listed.stdout)[1]["id"]) == ("", "pay")
    monkeypatch.setenv("MUBIAO_PLAN", "b")
    for command in ("targets", "check"):
        assert f"{broken}:" in fails(1, command)
    monkeypatch.setenv("MUBIAO_PLAN", "beijing")
    for command in ("targets", "assess", "check"):
        assert "expected one of: a, b, c" in fails(2, command)


def test_the_real_plan_passes_its_check_with_the_report() -> None:
    result = run("check", "--report", real_report())
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{PLAN_FILE}: no problems. Targets: ")
    assert result.stdout.count("\n") == 1


def test_the_check_fails_when_a_target_is_taken_out(tmp_path: Path) -> None:
    """The figure that nothing accounts for is named where the report prints it."""
    text = PLAN_FILE.read_text(encoding="utf-8")
    before, _, after = text.partition("  - id: model-alleys\n")
    left = after[after.index("  - id: ") :]
    copy = write(tmp_path / "plans" / "copy.yaml", before + left)
    write(tmp_path / "actuals" / ACTUALS_FILE.name, ACTUALS_FILE.read_text(encoding="utf-8"))
    report = real_report()
    message = fails(1, "check", "--plan", copy, "--report", report)
    printed = report.read_text(encoding="utf-8").split("\n")
    line = next(number for number, text in enumerate(printed, 1) if "打造200条" in text)
    assert message.startswith(f"{report}:{line}: the figure 200 ")
    assert message.count("\n") == 1
    assert run("check", "--plan", copy).exit_code == 0


def test_the_check_tells_what_is_wrong_in_all_three_files_at_once(tmp_path: Path) -> None:
    plan = write(tmp_path / "plan.yaml", SOUND.replace("units:", "actuals: actuals.csv\nunits:"))
    actuals = write(tmp_path / "actuals.csv", f"{HEADER}gdp,2020-Q1,N/A,,,2020-04-24,office,\n")
    report = write(tmp_path / "report.txt", "一、回顾\n达到74.1%\n二、任务\n6%左右，增加7个。\n")
    message = fails(1, "check", "--plan", plan, "--report", report)
    lines = message.splitlines()
    assert lines[0].startswith(f"{actuals}:2: ")
    assert any(line.startswith(f"{plan}:") and "低于5%" in line for line in lines)
    assert lines[-1].startswith(f"{report}:4: the figure 7 ")


def test_the_check_names_the_line_of_a_csv_that_is_not_there(tmp_path: Path) -> None:
    text = SOUND.replace("units:", "actuals: gone.csv\nunits:")
    plan = write(tmp_path / "plan.yaml", text)
    message = fails(1, "check", "--plan", plan)
    line = text.split("\n").index("actuals: gone.csv") + 1
    assert message.startswith(f"{plan}:{line}: the published figures in gone.csv ")


def test_a_text_that_is_no_report_does_not_hide_the_problems_of_the_plan(tmp_path: Path) -> None:
    plan = write(tmp_path / "plan.yaml", "id: 1")
    letter = tmp_path / "letter.txt"
    letter.write_bytes("Größe".encode("latin-1"))
    message = fails(1, "check", "--plan", plan, "--report", letter)
    assert f"{plan}:1: " in message
    assert f"{letter}:1: the text is neither UTF-8" in message


def columns(text: str) -> int:
    """How many columns of a terminal a text takes; Chinese letters and signs take two."""
    return sum(2 if sign > "\u2e7f" else 1 for sign in text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_columns_of_the_text_are_aligned(lang: str, sound: Path) -> None:
    """Also where Chinese letters take two columns: each printed phrase begins in one."""
    printed = done("targets", "--plan", sound, "--lang", lang)
    rows = [line for line in printed.splitlines() if line.startswith("  ")]
    assert len(rows) == 6
    assert len({columns(row.partition("  “")[0]) for row in rows}) == 1


def test_the_text_of_an_assessment_says_what_the_document_says() -> None:
    args = ("assess", "--observations", ACTUALS_FILE, "--as-of", "2020-04-30")
    document = answer(*args)
    text = run(*args).stdout
    assert "As of 30 April 2020: 10 of 163 promises have been reported: " in text
    sentences = [entry["sentence_en"] for entry in document if entry["value"] is not None]
    assert len(sentences) >= 3
    assert [line.strip() for line in text.splitlines() if line.startswith("      ")] == sentences
    assert run(*args, "--lang", "zh").stdout.count(document[0]["sentence_zh"]) == 1


@pytest.mark.parametrize(
    ("environment", "option", "chinese"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, None, True),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_TW.UTF-8"}, None, True),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, None, False),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, None, False),
        ({"LC_ALL": "zh_CN.UTF-8"}, "en", False),
        ({"LC_ALL": "en_GB.UTF-8"}, "zh", True),
    ],
)
def test_the_language_is_that_of_the_call_or_else_of_the_environment(
    environment: dict[str, str],
    option: str | None,
    chinese: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    lang = ["--lang", option] if option else []
    assert ("地区生产总值增长" in run("targets", *lang).stdout) is chinese
    refusal = run("targets", "--plan", "no-such.yaml", *lang).stderr
    assert ("there is no such file" not in refusal) is chinese


def mubiao(
    *args: str, stdout: int | IO[bytes] = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "mubiao", *args],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


def heavy_after(database: Path, *args: str) -> list[str]:
    """What a command prints, and last which of the slow libraries it has loaded."""
    script = (
        "import runpy, sys\n"
        f"sys.argv = {['mubiao', *args]!r}\n"
        "try:\n    runpy.run_module('mubiao', run_name='__main__')\n"
        "except SystemExit as end:\n    assert not end.code\n"
        "print({'streamlit', 'pandas', 'plotly', 'openpyxl'} & set(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "MUBIAO_DATABASE": f"sqlite:///{database}"},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().splitlines()


def test_the_help_needs_none_of_the_heavy_libraries(tmp_path: Path) -> None:
    *shown, heavy = heavy_after(tmp_path / "record.sqlite", "--help")
    commands = [line.split()[0] for line in shown[shown.index("Commands:") + 1 :] if line]
    assert commands[:6] == ["targets", "assess", "check", "due", "import", "export"]
    assert heavy == "set()"


@pytest.mark.parametrize("args", [("export", "--format", "csv"), ("publish", "{}/site")])
def test_what_makes_no_workbook_loads_nothing_heavy(args: tuple[str, ...], tmp_path: Path) -> None:
    given = [arg.format(tmp_path) for arg in args]
    assert heavy_after(tmp_path / "record.sqlite", *given)[-1] == "set()"


def test_a_reader_that_has_gone_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = mubiao("targets", "--json", stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_told_and_ends_with_one() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as stream:
        done = mubiao("targets", "--json", stdout=stream)
    assert done.returncode == 1
    assert done.stderr.startswith(b"the output cannot be written: ")
    assert done.stderr.count(b"\n") == 1


def test_the_document_is_utf8_whatever_the_terminal_writes() -> None:
    done = mubiao("targets", "--json", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))[0]["name_zh"] == "地区生产总值增长"
    assert "地区生产总值增长".encode() in done.stdout


def test_text_that_the_terminal_cannot_show_is_no_error() -> None:
    done = mubiao("targets", "--lang", "zh", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"  gdp-growth  " in done.stdout
