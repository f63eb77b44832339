"""A plan whose year begins in April: judged, read, exported and written back as any other."""

from datetime import date
from pathlib import Path

import orjson
import pytest

from mubiao.duty import expected_periods, expected_reports
from mubiao.exports.formats import FORMATS
from mubiao.model import Status
from mubiao.observation.contract import read_csv, write_csv
from tests.commands import deployed, done, run
from tests.fiscal import FOLDER, TODAY, fiscal_plan

CSV = FOLDER / "riverton-2025.csv"
JUDGED = {
    "growth": Status.ON_TRACK,
    "faster": Status.AT_RISK,
    "prices": Status.ON_TRACK,
    "spending": Status.ON_TRACK,
    "joblessness": Status.ON_TRACK,
    "homes": Status.ON_TRACK,
    "incidents": Status.AT_RISK,
    "cleanliness": Status.AT_RISK,
    "emissions": Status.NO_DATA,
    "bridge": Status.ON_TRACK,
}


@pytest.fixture(autouse=True)
def riverton(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deployed(monkeypatch, tmp_path)
    monkeypatch.setenv("MUBIAO_PLANS", str(FOLDER))
    monkeypatch.setenv("MUBIAO_PLAN", "riverton-2025")
    monkeypatch.setenv("MUBIAO_TODAY", TODAY)


def test_every_command_and_file_takes_it(tmp_path: Path) -> None:
    documents = orjson.loads(done("assess", "--json"))
    assert {one["target"]: one["status"] for one in documents} == JUDGED
    assert len(orjson.loads(done("targets", "--json"))) == len(JUDGED)
    assert done("due", "--json", "--as-of", "2026-02-28") != "[]"
    assert run("check", "--plan", FOLDER / "riverton-2025.yaml").exit_code == 0
    for form in FORMATS:
        file = tmp_path / f"riverton.{form}"
        result = run("export", "--format", form, "--lang", "en", "--output", file)
        assert (result.exit_code, file.stat().st_size > 50) == (0, True), result.stderr
    assert run("publish", tmp_path / "site", "--lang", "both").exit_code == 0
    assert "Riverton 2025/26" in (tmp_path / "riverton.html").read_text(encoding="utf-8")


def test_what_is_written_is_read_again() -> None:
    plan = fiscal_plan()
    read, problems = read_csv(CSV.read_bytes(), plan, CSV.name, date.max)
    assert problems == []
    again, problems = read_csv(write_csv(read), plan, "again", date.max)
    assert problems == []
    assert [(o.target, o.period, o.value) for o in again] == [
        (o.target, o.period, o.value) for o in read
    ]
    assert str(read[1].period) == "2025-04..2025-09"


def test_reports_are_expected_by_the_quarters_of_the_year_and_up_to_a_later_due_day() -> None:
    plan = fiscal_plan()
    growth, emissions, bridge = (plan.by_id[name] for name in ("growth", "emissions", "bridge"))
    assert [str(p) for p in expected_periods(plan, growth)] == [
        *("2025-04..2025-06", "2025-04..2025-09", "2025-04..2025-12", "2025-04..2026-03")
    ]
    assert [p.last.year for p in expected_reports(plan, emissions)] == [2026, 2027, 2028]
    assert [str(p.last) for p in expected_reports(plan, bridge)][-1] == "2026-03-31"
    assert plan.release(growth, expected_periods(plan, growth)[1]) == date(2025, 11, 13)


def test_a_figure_of_a_later_year_counts_up_to_a_later_due_day_alone() -> None:
    plan = fiscal_plan()
    text = CSV.read_text(encoding="utf-8").splitlines()[0]
    rows = ("emissions,2026/27,-12", "homes,2026/27,900")
    for row, right in zip(rows, (True, False), strict=True):
        line = f"{row},,,2027-05-01,Office,"
        read, problems = read_csv(f"{text}\n{line}\n", plan, "later", date.max)
        assert (bool(read), bool(problems)) == (right, not right), row
