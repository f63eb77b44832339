"""Plan files and reports' texts as a deployment has them, and the figures a record begins with."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mubiao import clock
from mubiao.model import SaveKind, Status
from mubiao.plan.loader import PlanFile, plan_files
from mubiao.problems import Unavailable
from mubiao.report.text import report_of
from mubiao.settings import Settings
from mubiao.store import Store, seed
from mubiao.views.seen import assess_record
from tests.acts import add_row
from tests.samples import observation, plan_of
from tests.worked import CPI, GDP

NOON = datetime(2020, 8, 1, 12, 0, tzinfo=UTC)
SOUND = Path(__file__).parent / "plans" / "sound.yaml"
HEADER = "target,period,value,qualifier,nature,known_on,source,note\n"
FIRST = HEADER + "gdp,2020-Q1,-6.6,,preliminary,2020-04-24,Bureau,\n"
PLAN = plan_of(CPI, GDP)


def with_actuals(folder: Path, content: str | None) -> PlanFile:
    """A plan file that names a CSV, with this content in it, or without the CSV."""
    plan = PLAN.model_copy(update={"actuals": "actuals.csv"})
    if content is not None:
        (folder / "actuals.csv").write_text(content, encoding="utf-8")
    return PlanFile(folder / "sample.yaml", plan, (), "1")


def rewritten(path: Path, old: str, new: str) -> None:
    """Change a file as an editor does, a second later than before."""
    before = path.stat().st_mtime_ns
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(before + 10**9, before + 10**9))


def test_a_plan_file_is_read_again_only_when_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "sound.yaml"
    path.write_bytes(SOUND.read_bytes())
    (first,) = plan_files(tmp_path)
    (again,) = plan_files(tmp_path)
    assert again is first
    assert first.problems == ()
    name = first.plan.targets[0].name.en
    rewritten(path, name, name.swapcase())  # of the same size
    (changed,) = plan_files(tmp_path)
    assert changed.version != first.version
    assert changed.plan.targets[0].name.en == name.swapcase()


def test_every_plan_of_the_folder_is_read_and_a_broken_one_says_why(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_bytes(SOUND.read_bytes())
    (tmp_path / "c.yaml").write_bytes(SOUND.read_bytes())
    (tmp_path / "a.yml").write_text("id: [", encoding="utf-8")
    (tmp_path / "d.yaml").symlink_to(tmp_path / "nowhere")
    for name in ("notes.txt", "plan.schema.json"):
        (tmp_path / name).write_text("no plan", encoding="utf-8")
    files = plan_files(tmp_path)
    assert [file.path.name for file in files] == ["a.yml", "b.yaml", "c.yaml", "d.yaml"]
    assert [file.plan is None for file in files] == [True, False, True, True]
    assert [{problem.file for problem in file.problems} for file in files] == [
        set() if file.plan else {str(file.path)} for file in files
    ]
    assert "is also that of b.yaml; give each plan its own" in files[2].problems[0].text


def test_an_empty_or_missing_folder_has_no_plans(tmp_path: Path) -> None:
    assert plan_files(tmp_path) == ()
    assert plan_files(tmp_path / "nowhere") == ()


def test_a_plan_without_rows_starts_with_its_figures_once(store: Store, tmp_path: Path) -> None:
    file = with_actuals(tmp_path, FIRST)
    assert seed(store, file, NOON)
    (first,) = store.as_of(PLAN.id, NOON.date())
    assert (first.value, first.source) == (Decimal("-6.6"), "Bureau")
    assert first.recorded_by == SaveKind.SEED
    assert not seed(store, file, NOON)
    assert store.count(PLAN.id) == 1


@pytest.mark.parametrize("content", [FIRST, "not even read"])
def test_a_plan_that_has_rows_is_left_alone(store: Store, tmp_path: Path, content: str) -> None:
    add_row(store, PLAN.id, observation("cpi", "2020-Q1", "3.8", "2020-04-20"), "Li", NOON)
    assert not seed(store, with_actuals(tmp_path, content), NOON)
    assert store.count(PLAN.id) == 1


def test_a_plan_without_figures_starts_empty(store: Store, tmp_path: Path) -> None:
    file = with_actuals(tmp_path, None)
    for plan in (None, PLAN):
        assert not seed(store, replace(file, plan=plan), NOON)
    assert store.count(PLAN.id) == 0


def test_broken_figures_tell_every_problem_and_write_nothing(store: Store, tmp_path: Path) -> None:
    content = FIRST + (
        "nobody,2020-Q1,1,,,2020-04-24,Bureau,\ncpi,2020-Q9,N/A,,,2020-04-24,Bureau,\n"
    )
    with pytest.raises(Unavailable) as caught:
        seed(store, with_actuals(tmp_path, content), NOON)
    problems = caught.value.problems
    places = {(problem.line, problem.field) for problem in problems}
    assert places >= {(3, "target"), (4, "period"), (4, "value")}
    assert {line for line, _ in places} == {3, 4}
    assert {problem.file for problem in problems} == {str(tmp_path / "actuals.csv")}
    assert store.count(PLAN.id) == 0


def test_a_missing_file_of_figures_is_named_with_the_reason(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        seed(store, with_actuals(tmp_path, None), NOON)
    (problem,) = caught.value.problems
    assert problem.file == str(tmp_path / "actuals.csv")
    assert "No such file or directory" in problem.text
    assert store.count(PLAN.id) == 0


def test_a_record_is_judged_by_what_was_known_on_the_day(store: Store) -> None:
    add_row(store, PLAN.id, observation("gdp", "2020-H1", "-3.2", "2020-07-27"), "Li", NOON)
    before = assess_record(store, PLAN, date(2020, 7, 26))
    assert {one.status for one in before} == {Status.NO_DATA}
    assert assess_record(store, PLAN, date(2020, 7, 27))[1].status is Status.OFF_TRACK


def test_today_is_the_settings_day_or_the_clocks() -> None:
    assert clock.today(Settings(today=date(2020, 8, 1)), UTC) == date(2020, 8, 1)
    # The two places are 26 hours apart: it is never the same day there.
    east, west = (clock.today(Settings(), ZoneInfo(f"Etc/GMT{at}")) for at in ("-14", "+12"))
    assert west < east
    assert clock.now().tzinfo is UTC


def test_the_reports_text_is_there_only_where_the_deployment_has_it(tmp_path: Path) -> None:
    assert report_of(None, PLAN) is None
    assert report_of(tmp_path, PLAN) is None
    path = tmp_path / f"{PLAN.id}.txt"
    path.write_text("一、回顾\n去年。\n二、今年\n增长6%左右。\n", encoding="utf-8")
    first = report_of(tmp_path, PLAN)
    assert first["2.0", 1].text == "增长6%左右。"
    assert report_of(tmp_path, PLAN) is first
    rewritten(path, "6%", "5%")
    again = report_of(tmp_path, PLAN)
    assert again["2.0", 1].text == "增长5%左右。"
