"""Assignments of targets to units: append-only rows, after what the plan and its file say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from mubiao.access import Action
from mubiao.model import Act, Assignment, Plan
from mubiao.plan.owners import assigned
from mubiao.problems import TargetId, message, refused
from mubiao.store import rows
from mubiao.store.acting import ActingPart, assignment_of, assignments_of
from mubiao.store.schema import ASSIGNMENTS


class Assignments(ActingPart):
    """Who answers for the targets of the plans of one database."""

    def assign(  # noqa: PLR0913 - what, to whom, from when, why, and who says so
        self, plan: Plan, target: str, owner: str, act: Act, *, since: date, reason: str
    ) -> Assignment:
        """Give a target to a unit, by id ("" for none), from a day on, for a reason: by whoever may
        do so where the target is and where it goes. Raises Refused.
        """
        _refuse_unknown(plan, target, owner)
        cells: dict[str, Any] = {"plan": plan.id, "target": target, "owner": owner, "since": since}
        cells |= {"reason": rows.reason_of(reason), **rows.signed("acted", act)}
        with self._acting(act) as (connection, rights):
            here = self._scopes(connection, plan.id, [target], act.at)
            rights.require(Action.ASSIGN, *here, *(replace(one, owner=owner) for one in here))
            before = assignments_of(connection, plan.id)
            _refuse_same(plan, before, target, owner, since)
            return assignment_of(rows.added(connection, ASSIGNMENTS, cells))

    def assignments(self, plan_id: str) -> list[Assignment]:
        """Every assignment of a plan, in order."""
        with self._database.reading() as connection:
            return assignments_of(connection, plan_id)

    def assigned(self, plan: Plan, day: date) -> Plan:
        """The plan with the units that answer for its targets on a day."""
        return assigned(plan, self.assignments(plan.id), day)


def _refuse_unknown(plan: Plan, target: str, owner: str) -> None:
    if target not in plan.by_id:
        msgid = message("there is no target {id} in the plan")
        raise refused(msgid, field="target", id=target)
    if owner and owner not in plan.owners_by_id:
        msgid = message("there is no unit {name} among the plan's owners; expected one of: {known}")
        raise refused(msgid, field="owner", name=owner, known=", ".join(plan.owners_by_id))


def _refuse_same(
    plan: Plan, before: Iterable[Assignment], target: str, owner: str, since: date
) -> None:
    """Raises Refused where the unit answers for the target on the day, and from then on."""
    begun = [one.since for one in before if one.target == target]
    if (assigned(plan, before, since).by_id[target].owner or "") != owner:
        return
    if not any(day > since for day in begun):
        msgid = message("{target}: this unit answers for it on {day} already")
        raise refused(msgid, field="owner", target=TargetId(target), day=since)
