"""Who answers for a plan's targets: in the plan itself, or in a file beside it."""

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from mubiao.model import Plan
from mubiao.plan.loader import PlanFile, plan_files, read_plan
from tests.commands import done
from tests.real import PLAN_FILE, ROOT, real_plan
from tests.test_plan import SOUND

OWNERS = """
owners:
  - id: transport
    name: {zh: 市交通委, en: Transport commission}
    short: {zh: 交通委, en: Transport}
    contact: "12345678"
  - {id: planning, name: {zh: 市规划自然资源委, en: Planning commission}}
"""
NAMED = SOUND.replace("\ntargets:", f"{OWNERS}targets:", 1)
CSV = "target,owner,supports\n"
LED = "    value: 200\n    owner: transport\n"


def written(tmp_path: Path, plan: str = SOUND, **assignments: str) -> PlanFile:
    """The plan file, with files of its name in the folder of assignments, by their suffix."""
    for folder in ("plans", "owners"):
        (tmp_path / folder).mkdir(exist_ok=True)
    for suffix, text in assignments.items():
        (tmp_path / "owners" / f"sample.{suffix}").write_text(text, encoding="utf-8")
    path = tmp_path / "plans" / "sample.yaml"
    path.write_text(plan, encoding="utf-8")
    return read_plan(path)


def plan_of(file: PlanFile) -> Plan:
    assert file.problems == ()
    assert file.plan is not None
    return file.plan


def problems(file: PlanFile) -> list[tuple[str, int, str]]:
    assert file.plan is None
    return [(Path(p.file).name, p.line, p.text) for p in file.problems]


def test_a_plan_names_its_units_and_who_answers_for_a_target(tmp_path: Path) -> None:
    text = NAMED.replace(
        "    value: 200\n", "    value: 200\n    owner: transport\n    supports: [planning]\n"
    )
    plan = plan_of(written(tmp_path, text))
    assert plan.by_id["alleys"].owner == "transport"
    assert plan.by_id["alleys"].supports == ("planning",)
    names = ("transport", "市交通委", "Transport commission", "交通委", "Transport")
    assert plan.owners_by_id["transport"].names == names


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("owner: roads", "the plan's owners have no roads; expected one of: planning, transport"),
        (
            "supports: [roads]",
            "supports lists a unit that the plan's owners do not have; expected some of:",
        ),
        (
            "owner: planning\n    supports: [planning]",
            "planning leads this target; leave it out of those that support it",
        ),
        ('owner: "a;b"', 'owner is "a;b"; expected transport-commission'),
    ],
)
def test_a_unit_of_a_target_is_one_of_the_plans(tmp_path: Path, keys: str, text: str) -> None:
    plan = NAMED.replace("    value: 200\n", f"    value: 200\n    {keys}\n")
    [(file, line, found)] = problems(written(tmp_path, plan))
    assert file == "sample.yaml"
    assert found.startswith(text)
    last = keys.splitlines()[-1].strip()
    assert plan.splitlines()[line - 1].strip() == last


def test_no_two_units_share_a_name(tmp_path: Path) -> None:
    plan = NAMED.replace("市规划自然资源委", "交通委")
    [(_, line, text)] = problems(written(tmp_path, plan))
    assert text == "the unit transport is also called 交通委; give each unit its own name"
    assert "交通委, en: Planning" in plan.splitlines()[line - 1]


def test_a_csv_beside_the_plan_assigns_targets_by_any_name_of_a_unit(tmp_path: Path) -> None:
    rows = ("alleys,交通委,Planning commission", "", "line, transport ,")
    csv = "\ufefftarget,owner,supports\r\n" + "\r\n".join(rows)
    plan = plan_of(written(tmp_path, NAMED, csv=csv))
    assert plan.by_id["alleys"].owner == plan.by_id["line"].owner == "transport"
    assert plan.by_id["alleys"].supports == ("planning",)
    assert plan.by_id["gdp"].owner is None


def test_where_nobody_names_units_a_csv_does(tmp_path: Path) -> None:
    csv = (
        "target,owner,supports\nalleys,市交通委,市水务局；市园林绿化局、市水务局\nline,市水务局,\n"
    )
    plan = plan_of(written(tmp_path, csv=csv))
    assert [owner.id for owner in plan.owners] == ["市交通委", "市水务局", "市园林绿化局"]
    assert plan.by_id["alleys"].supports == ("市水务局", "市园林绿化局")


def test_a_yaml_beside_the_plan_names_units_too(tmp_path: Path) -> None:
    text = f"{OWNERS}targets:\n  - {{target: alleys, owner: 交通委}}\n"
    assert plan_of(written(tmp_path, yaml=text)).by_id["alleys"].owner == "transport"


@pytest.mark.parametrize(
    ("plan", "csv", "line", "text"),
    [
        (SOUND, "", 1, "the columns are ; expected target,owner,supports"),
        (SOUND, "target,unit\n", 1, "the columns are target,unit; expected target,owner,supports"),
        (SOUND, f"{CSV}line,a\n", 2, "the line has 2 cells; expected 3"),
        (SOUND, f'{CSV}line,"a,b\n', 2, "the line is not CSV"),
        (SOUND, f"{CSV}line,a,\nroad,a,\n", 3, "there is no target road in the plan"),
        (SOUND, f"{CSV}line,a,\nline,b,\n", 3, "the target line is assigned twice"),
        (SOUND, f"{CSV}line,a,b;a\n", 2, "a leads this target; leave it out of those"),
        (SOUND, f'{CSV}line,"a;b",\n', 2, 'owner is "a;b"; expected transport-commission'),
        (NAMED, f"{CSV}line,water,\n", 2, "there is no unit water among the plan's owners"),
        (
            NAMED.replace("    value: 200\n", LED),
            f"{CSV}alleys,planning,\n",
            2,
            "the plan itself gives this target to transport; say it in one place",
        ),
    ],
)
def test_what_is_wrong_with_an_assignment_is_said_with_file_and_line(
    tmp_path: Path, plan: str, csv: str, line: int, text: str
) -> None:
    [(file, found_line, found)] = problems(written(tmp_path, plan, csv=csv))
    assert (file, found_line) == ("sample.csv", line)
    assert found.startswith(text)


def test_an_assignment_that_is_no_text_or_stands_twice_is_refused(tmp_path: Path) -> None:
    [(file, _, text)] = problems(written(tmp_path, csv=CSV, yaml="targets: []\n"))
    assert (file, text) == (
        "sample.csv",
        "sample.yaml assigns the same plan's targets; keep one of them",
    )
    (tmp_path / "owners" / "sample.yaml").unlink()
    (tmp_path / "owners" / "sample.csv").write_bytes(b"target,owner,supports\nline,\xff,\n")
    [(_, line, text)] = problems(written(tmp_path))
    assert (line, text) == (2, "the file is not UTF-8 text; save it as UTF-8")


def test_a_changed_assignment_is_read_anew(tmp_path: Path) -> None:
    units, versions = [], []
    for unit in ("a", "bb"):
        written(tmp_path, csv=f"{CSV}line,{unit},\n")
        [file] = plan_files(tmp_path / "plans")
        units.append(plan_of(file).by_id["line"].owner)
        versions.append(file.version)
    assert units == ["a", "bb"]
    assert versions[0] != versions[1]


def test_the_shipped_plan_invents_no_assignment() -> None:
    plan = real_plan()
    assert plan.owners == ()
    assert {target.owner for target in plan.targets} == {None}


def test_the_calendar_has_what_is_due_of_one_unit_and_is_the_same_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUBIAO_DATABASE", f"sqlite:///{tmp_path / 'record.sqlite'}")
    written(tmp_path, csv=f"{CSV}alleys,市住建委,\nenergy,市发展改革委,\n")
    plan, files = tmp_path / "plans" / "sample.yaml", [tmp_path / "1.ics", tmp_path / "2.ics"]
    day = ("--as-of", "2020-07-31", "--lang", "zh", "--owner", "市住建委")
    for file in files:
        done("due", "--plan", plan, *day, "--ics", file)
    assert files[0].read_bytes() == files[1].read_bytes()
    calendar = Calendar.from_ical(files[0].read_bytes())
    events = [(e.start, str(e["summary"]), str(e["description"])) for e in calendar.walk("VEVENT")]
    assert events[6] == (date(2020, 8, 20), "市住建委：1项应报", "示范街巷：1—7月")
    assert [start for start, _, _ in events] == sorted(start for start, _, _ in events)
    assert len(events) == 12


def test_the_calendar_names_the_one_that_gives_the_day_of_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUBIAO_DATABASE", f"sqlite:///{tmp_path / 'record.sqlite'}")
    days = (
        "calendars:\n  - {id: b, name: {zh: 统计局日程, en: Bureau}, days: {2020-H1: 2020-07-16}}\n"
    )
    text = SOUND.replace("units:", f"{days}units:")
    plan, file = tmp_path / "plan.yaml", tmp_path / "due.ics"
    plan.write_text(text.replace("id: alleys\n", "id: alleys\n    calendar: b\n"), "utf-8")
    done("due", "--plan", plan, "--as-of", "2020-05-31", "--lang", "zh", "--ics", file)
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    [event] = [e for e in events if e.start == date(2020, 7, 16)]
    assert event["description"] == "示范街巷：上半年 · 统计局日程"


@pytest.mark.parametrize(("kind", "unit"), [("csv", "市交通委"), ("yaml", "transport")])
def test_the_assignments_of_the_readme_fit_the_shipped_plan(
    tmp_path: Path, kind: str, unit: str
) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("Who answers for what")[2]
    example = section.partition(f"```{kind}\n")[2].partition("```")[0]
    for folder in ("plans", "owners"):
        (tmp_path / folder).mkdir()
    (tmp_path / "owners" / f"beijing-2020.{kind}").write_text(example, encoding="utf-8")
    shipped = PLAN_FILE.read_text(encoding="utf-8").replace("actuals: ", "# actuals: ")
    (tmp_path / "plans" / PLAN_FILE.name).write_text(shipped, encoding="utf-8")
    plan = plan_of(read_plan(tmp_path / "plans" / PLAN_FILE.name))
    assert plan.by_id["jingshen-railway"].owner == unit
    assert len(plan.by_id["jingshen-railway"].supports) == 1
