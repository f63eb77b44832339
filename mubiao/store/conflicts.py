"""Conflicts by the indexes: what a person submits, beside what was recorded since they looked.

It finds by the database's indexes, within the transaction of a save, what
`mubiao.proposal.conflicts` finds in a whole history: the rows that concern an entry's days, and
those that replaced the row that it corrects.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, union_all

from mubiao.model import Conflict, Entry, Submission
from mubiao.problems import Problem, Refused, TargetId, message
from mubiao.store import rows
from mubiao.store.schema import ENTRIES

_OLD, _NEW = ENTRIES.alias("old"), ENTRIES.alias("new")
_DAYS = ("plan", "target", "first_day", "last_day")
_OF_DAYS = [_OLD.c[name] == bindparam(f"of_{name}") for name in _DAYS]


# Adding 0 keeps databases from looking through every row of the target by its number: the days
# have an index of their own.
_OWN_DAYS = select(_OLD.c.row).where(*_OF_DAYS, _OLD.c.row + 0 > bindparam("base"))
_MOVED = (
    select(_NEW.c.row)
    .join(_OLD, _OLD.c.row == _NEW.c.replaces)
    .where(*_OF_DAYS, _NEW.c.row > bindparam("base"))
)
_CONCERNING = (
    select(ENTRIES).where(ENTRIES.c.row.in_(union_all(_OWN_DAYS, _MOVED))).order_by(ENTRIES.c.row)
)
_OF_CHAIN = select(ENTRIES).where(
    ENTRIES.c.chain == bindparam("began"), ENTRIES.c.row > bindparam("base")
)


class Conflicting(Refused):
    """Somebody else saved meanwhile; nothing was written. `conflicts` are by the position, from 0,
    of the submission that each is about.
    """

    outcome = "conflict"

    def __init__(self, conflicts: Mapping[int, Conflict]) -> None:
        self.conflicts = conflicts
        super().__init__(map(_problem, conflicts.values()))


def conflicts_of(
    connection: Connection,
    plan_id: str,
    submissions: Sequence[Submission],
    replaced: Mapping[int, Row[Any]],
) -> dict[int, Conflict]:
    """Of the submissions that say what they are based on, those that somebody was faster than, by
    position.

    `replaced` are the rows that they replace, by number. Raises Refused for a base that is no row
    of the submission's plan and target: nobody can have seen it there.
    """
    based = [one for one in submissions if one.based_on is not None]
    bases = rows.rows_of(connection, plan_id, {one.based_on or 0 for one in based})
    if problems := [p for one in based if (p := _no_base(one, bases)) is not None]:
        raise Refused(problems)
    conflicts = {}
    for position, submission in enumerate(submissions):
        if submission.based_on is None:
            continue
        old = replaced.get(submission.entry.replaces or 0)
        since = _since(connection, plan_id, submission.entry, submission.based_on, old)
        if since:
            theirs = tuple(rows.entry_of(since[number]) for number in sorted(since))
            base = bases.get(submission.based_on)
            conflicts[position] = Conflict(base and rows.entry_of(base), theirs)
    return conflicts


def concerning(
    connection: Connection, plan_id: str, days: tuple[str, date | None, date | None], base: int
) -> Sequence[Row[Any]]:
    """The rows after a base that concern a target's first and last day, in order."""
    values = {f"of_{name}": cell for name, cell in zip(_DAYS, (plan_id, *days), strict=True)}
    return connection.execute(_CONCERNING, values | {"base": base}).all()


def _since(
    connection: Connection, plan_id: str, entry: Entry, base: int, old: Row[Any] | None
) -> dict[int, Row[Any]]:
    """The rows after the base: that concern the entry's days, or follow the row it replaces."""
    if old is not None and old.target != entry.target:
        old = None  # refused when it is written
    days = (entry.target, *rows.days_of(entry, old))
    since = {row.row: row for row in concerning(connection, plan_id, days, base)}
    if old is not None:
        of_chain = {"began": old.chain or old.row, "base": old.row}
        since |= {row.row: row for row in connection.execute(_OF_CHAIN, of_chain)}
    return since


def _no_base(submission: Submission, bases: Mapping[int, Row[Any]]) -> Problem | None:
    """Why nobody can have seen what a submission says it is based on."""
    number, target = submission.based_on, submission.entry.target
    if not number:
        return None  # seen that there was nothing
    if number not in bases:
        msgid = message(
            "row {row}, which this is based on, is not in this record; look at the record again "
            "and decide anew"
        )
        return Problem(msgid, {"row": number})
    actual = bases[number].target
    if actual == target:
        return None
    msgid = message("row {row}, which this is based on, is about {actual}, not about {target}")
    values = {"row": number, "actual": TargetId(actual), "target": TargetId(target)}
    return Problem(msgid, values)


def _problem(conflict: Conflict) -> Problem:
    msgid = message(
        "{target}: {by} saved this meanwhile, {at} (row {row}); compare both and decide which "
        "is right"
    )
    return Problem(msgid, provenance(conflict.theirs[-1]))


def provenance(newer: Entry | Row[Any]) -> Mapping[str, object]:
    """What is said of a row that stands in the way: its target, number, author and moment."""
    at = rows.moment(newer.recorded_at) if newer.recorded_at else ""
    target = TargetId(newer.target)
    return {"target": target, "row": newer.row, "by": newer.recorded_by, "at": at}
