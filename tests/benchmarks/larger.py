"""The plan of 2020 many times over, to see how the work grows with the number of targets."""

from collections.abc import Sequence
from dataclasses import replace

from mubiao.model import Observation, Plan, Target


def larger_plan(plan: Plan, times: int) -> Plan:
    """A plan with `times` as many targets, each copy under an id of its own.

    The headline paragraph stays as it is: the copies of its targets go to the section after it,
    as a government that promises more does not put all of it into the first paragraph.
    """
    after = next(section.id for section in plan.sections if section.id != plan.headline)
    copies = [
        _copy(target, turn, after if target.section == plan.headline else target.section)
        for turn in range(1, times)
        for target in plan.targets
    ]
    # Not model_copy, which would also copy the table of targets that the plan keeps by id.
    fields = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan.model_validate({**fields, "id": "large", "targets": (*plan.targets, *copies)})


def _copy(target: Target, turn: int, section: str) -> Target:
    other = _name(target.in_step_with, turn) if target.in_step_with else None
    return target.model_copy(
        update={"id": _name(target.id, turn), "section": section, "in_step_with": other}
    )


def _name(target: str, turn: int) -> str:
    return f"{target}-{turn}" if turn else target


def larger_record(actuals: Sequence[Observation], times: int) -> list[Observation]:
    """The figures of all copies, as many to each target as the original has."""
    return [
        replace(o, target=_name(o.target, turn), row=turn * len(actuals) + place)
        for turn in range(times)
        for place, o in enumerate(actuals, 1)
    ]
