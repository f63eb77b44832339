"""Closed periods: what ends by a day is neither recorded nor changed until it is opened again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from mubiao.access import Action, Scope
from mubiao.model import Act, Actor, Lock
from mubiao.plain_text import NOTE_LIMIT
from mubiao.problems import Problem, Refused, TargetId, message, refused
from mubiao.store import rows
from mubiao.store.acting import ActingPart
from mubiao.store.schema import LOCKS

CLOSED = message(
    "the periods up to {day} are closed, by {by}, {at}; this one ends on {last}. Whoever may open "
    "them again does so on History, with a reason"
)


class Locks(ActingPart):
    """Up to which days the plans of one database are closed; the last act of a plan holds."""

    def lock(self, plan_id: str) -> Lock | None:
        """What is closed now; None where nothing ever was."""
        with self._database.reading() as connection:
            return newest(connection, plan_id)

    def locks(self, plan_id: str) -> list[Lock]:
        """Every act of closing and opening, in order."""
        with self._database.reading() as connection:
            return list(map(lock_of, connection.execute(rows.of_plan(plan_id, LOCKS))))

    def close_periods(
        self, plan_id: str, through: date | None, act: Act, *, reason: str = "", seen: int = 0
    ) -> Lock:
        """Close what ends by a day, or, with an earlier day or none, open what ends after that.

        `seen` is the number of the act that held when the person looked, 0 for none. Raises Refused
        when somebody else was faster, for the day that holds already, and for an opening that
        gives no reason.
        """
        why = rows.text_of(reason, "reason", NOTE_LIMIT, lines=True)
        signed = rows.signed("done", act)
        with self._acting(act) as (connection, rights):
            before = newest(connection, plan_id)
            reopens = before is not None and before.closes(_after(through))
            rights.require(Action.REOPEN if reopens else Action.LOCK, Scope(plan_id))
            _check(before, through, why, seen)
            cells = {"plan": plan_id, "through": through, "reason": why, **signed}
            return lock_of(rows.added(connection, LOCKS, cells | {"replaces": seen or None}))


def newest(connection: Connection, plan_id: str) -> Lock | None:
    """What is closed now, within a transaction."""
    row = rows.newest(connection, LOCKS, LOCKS.c.plan == plan_id)
    return None if row is None else lock_of(row)


@rows.reads(LOCKS)
def lock_of(row: Row[Any]) -> Lock:
    """The act that a row holds."""
    actor, at = Actor(row.actor, row.done_by), datetime.fromisoformat(row.done_at)
    return Lock(row.row, row.through, actor, at, row.reason)


def closed(lock: Lock, last: date) -> Problem:
    """Why nothing of a period that ends on a day can be recorded or changed."""
    values = {"day": lock.through, "by": lock.actor.name, "at": rows.moment(lock.at)}
    return Problem(CLOSED, values | {"last": last})


def refuse_closed(
    connection: Connection, plan_id: str, days: Iterable[tuple[str, date | None]]
) -> None:
    """Raises Refused where periods of targets, by their last days, are closed."""
    lock = newest(connection, plan_id)
    shut = {(target, last) for target, last in days if lock and last and lock.closes(last)}
    if lock and shut:
        raise Refused(_of_target(closed(lock, last), target) for target, last in sorted(shut))


def _of_target(problem: Problem, target: str) -> Problem:
    """The same where it is not clear which target it is about."""
    msgid = message(
        "{target}: the periods up to {day} are closed, by {by}, {at}; this one ends on {last}. "
        "Whoever may open them again does so on History, with a reason"
    )
    return replace(problem, message=msgid, values={**problem.values, "target": TargetId(target)})


def _after(through: date | None) -> date:
    """The first day that is open then."""
    return date.min if through is None else min(through, date.max - timedelta(1)) + timedelta(1)


def _check(before: Lock | None, through: date | None, reason: str, seen: int) -> None:
    if before is None and seen:
        raise refused(message("what was closed is not in this record (any more); look again"))
    if before is not None and before.row != seen:
        msgid = message("{by} closed or opened periods meanwhile, {at}; look again")
        raise refused(msgid, by=before.actor.name, at=rows.moment(before.at))
    held = None if before is None else before.through
    if through == held:
        msgid = message("{day} is what holds already") if held else message("nothing is closed")
        raise refused(msgid, field="through", **({"day": held} if held else {}))
    if held is not None and (through is None or through < held) and not reason:
        raise refused(message("say why closed periods are opened again"), field="reason")
