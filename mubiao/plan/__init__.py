"""A plan: one YAML file, curated by hand, read with the line of every mistake."""

from mubiao.plan.loader import LoadedPlan as LoadedPlan
from mubiao.plan.loader import find_plans as find_plans
from mubiao.plan.loader import load_plan as load_plan
from mubiao.plan.loader import read_plan as read_plan
