"""The plan and the published figures as they ship, for tests of what people will see."""

import os
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from mubiao.model import Observation, Plan
from mubiao.observation.contract import read_csv
from mubiao.plan.loader import read_plan

ROOT = Path(__file__).resolve().parents[1]
PLAN_FILE = ROOT / "data" / "plans" / "beijing-2020.yaml"
ACTUALS_FILE = ROOT / "data" / "actuals" / "beijing-2020.csv"
REPORT_FILE = ROOT.parent / "shared" / "report" / "beijing-2020.txt"


@cache
def real_plan() -> Plan:
    file = read_plan(PLAN_FILE)
    plan, problems = file.plan, file.problems
    assert plan is not None, problems
    return plan


def real_plan_with(**fields: object) -> Plan:
    """The real plan with other fields; not a copy, which would keep what it has looked up."""
    own = {name: getattr(real_plan(), name) for name in Plan.model_fields}
    return Plan.model_validate({**own, **fields})


@cache
def real_actuals() -> tuple[Observation, ...]:
    observations, problems = read_csv(
        ACTUALS_FILE.read_bytes(), real_plan(), str(ACTUALS_FILE), date.max
    )
    assert not problems, problems
    return tuple(observations)


def real_report(year: int = 2020) -> Path:
    """The text of a year's report, which CI always has."""
    path = REPORT_FILE.with_name(f"beijing-{year}.txt")
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{path} is missing; CI must prove the plan complete")
        pytest.skip(f"the report's text is not at {path}")
    return path


def known(target: str, as_of: date) -> list[Observation]:
    return [o for o in real_actuals() if o.target == target and o.known_on <= as_of]
