"""The plans that ship: each complete and decided, their years tied, their actuals cited."""

import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest

from mubiao.assessment import assess
from mubiao.exports.formats import FORMATS
from mubiao.model import Plan, Stage, Status, Target
from mubiao.observation.contract import read_csv
from mubiao.plan.loader import open_reviews, plan_files, read_plan
from mubiao.plan.numerals import figures_in
from mubiao.report.completeness import check_report
from mubiao.report.text import read_report
from tests.commands import deployed, done, run
from tests.real import PLAN_FILE, real_report

YEARS = (2020, 2025, 2026)
ACTUALS = PLAN_FILE.parents[1] / "actuals" / "beijing-2025.csv"
# Where a row says that the report of 2026 has it: "1.0第2段", or "1.5（“五是”段）".
PLACE = re.compile(r"北京市2026年政府工作报告 (\d\.\d)(?:第(\d)段|（“[一二三四五六]是”段）)")


def plan_path(year: int) -> Path:
    return PLAN_FILE.with_name(f"beijing-{year}.yaml")


def shipped(year: int) -> Plan:
    plan = read_plan(plan_path(year)).plan
    assert plan is not None
    return plan


def test_beijing_2020_opens_and_two_more_ship() -> None:
    files = plan_files(PLAN_FILE.parent)
    assert [file.plan and file.plan.id for file in files] == [f"beijing-{year}" for year in YEARS]


@pytest.mark.parametrize("year", YEARS)
def test_each_is_complete_and_every_target_was_decided(year: int) -> None:
    file = read_plan(plan_path(year))
    assert file.plan is not None
    problems = check_report(file.plan, read_report(real_report(year)), file.lines, file="report")
    assert [f"{one.line}: {one.text}" for one in problems] == []
    assert list(open_reviews(file.plan)) == []


def kind(target: Target) -> tuple[str, str, str, str]:
    return target.name.zh, target.name.en, target.measure, target.cadence


@pytest.mark.parametrize(("earlier", "later"), [*combinations(YEARS, 2)])
def test_an_indicator_keeps_its_id_name_and_cadence(earlier: int, later: int) -> None:
    before, after = shipped(earlier).by_id, shipped(later).by_id
    both = before.keys() & after.keys()
    assert len(both) >= 8
    assert all(before[name].series == after[name].series == name for name in both)
    assert {name: kind(before[name]) for name in both} == {name: kind(after[name]) for name in both}
    names = [{target.name.zh: name for name, target in plan.items()} for plan in (before, after)]
    assert all(names[0][name] == names[1][name] for name in names[0].keys() & names[1].keys())


def test_what_became_of_2025_stands_where_the_row_says() -> None:
    report = read_report(real_report(2026))
    rows = list(csv.DictReader(ACTUALS.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        match = PLACE.fullmatch(row["source"])
        assert match, row
        text = report[match[1], int(match[2] or 0)].text
        if row["value"] not in set(Stage):
            assert Decimal(row["value"]) in {figure.value for figure in figures_in(text)}, row
    assert {row["known_on"] for row in rows} == {"2026-01-25"}


def test_2025_is_judged_by_what_was_said_of_it() -> None:
    plan = shipped(2025)
    actuals, problems = read_csv(ACTUALS.read_bytes(), plan, str(ACTUALS), date.max)
    assert not problems
    judged = assess(plan, actuals, date(2026, 1, 31))
    assert Counter(one.status for one in judged) == {
        Status.ACHIEVED: 32,
        Status.MISSED: 1,
        Status.NO_DATA: 85,
    }
    assert [one.target.id for one in judged if one.status is Status.MISSED] == ["income-growth"]


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_command_and_file_takes_each(
    year: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed(monkeypatch, tmp_path)
    monkeypatch.setenv("MUBIAO_TODAY", "2026-04-30")
    monkeypatch.setenv("MUBIAO_PLAN", f"beijing-{year}")
    for command in ("targets", "assess", "due"):
        assert done(command, "--json") != "[]"
    for form in FORMATS:
        file = tmp_path / f"{year}.{form}"
        result = run("export", "--format", form, "--lang", "zh", "--output", file)
        assert (result.exit_code, file.stat().st_size > 50) == (0, True), result.stderr
    assert run("publish", tmp_path / "site", "--lang", "both").exit_code == 0
    assert f"北京市{year}年目标完成情况" in (tmp_path / f"{year}.html").read_text(encoding="utf-8")
