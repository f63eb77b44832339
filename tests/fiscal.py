"""The plan of a made-up city whose year begins in April, in English alone, and its figures."""

from pathlib import Path

from mubiao.model import Plan
from mubiao.plan.loader import read_plan

FOLDER = Path(__file__).parent / "plans" / "fiscal"
TODAY = "2025-11-30"


def fiscal_plan() -> Plan:
    """The plan, as it stands in the folder."""
    plan = read_plan(FOLDER / "riverton-2025.yaml").plan
    assert plan is not None
    return plan
