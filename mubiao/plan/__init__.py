"""A plan: one YAML file, curated by hand, read with the line of every mistake."""

from mubiao.plan.loader import (
    LoadedPlan,
    find_plans,
    load_plan,
    plan_schema,
    read_plan,
    write_schema,
)

__all__ = [
    "LoadedPlan",
    "find_plans",
    "load_plan",
    "plan_schema",
    "read_plan",
    "write_schema",
]
