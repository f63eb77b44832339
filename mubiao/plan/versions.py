"""What a plan says as one text, and the short version by which a meeting refers to it."""

import hashlib
from functools import lru_cache

from mubiao.model import Plan


def plan_text(plan: Plan) -> str:
    """A plan as JSON without default values, whatever the layout of its file.

    A field that is added to plans in general does not change the texts of older plans.
    """
    return plan.model_dump_json(exclude_defaults=True)


def version_of(text: str) -> str:
    """The version of a plan's text: 16 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def plan_version(plan: Plan) -> str:
    """The version of what a plan says."""
    return version_of(plan_text(plan))


@lru_cache(maxsize=16)
def plan_of_text(text: str) -> Plan | None:
    """The plan that a text holds, None if this program cannot read it."""
    try:
        return Plan.model_validate_json(text)
    except ValueError:
        return None
