"""Conflicts by the indexes: what a person submits, beside what was recorded since they looked.

It finds by the database's indexes, within the transaction of a save, what
`mubiao.proposal.conflicts` finds in a whole history: the rows that concern an entry's days, and
those that replaced the row that it corrects.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select

from mubiao.model import Conflict, Entry, Observation, Submission
from mubiao.problems import Problem, Refused, TargetId, message
from mubiao.store import rows
from mubiao.store.schema import ENTRIES

_OLD, _NEW = ENTRIES.alias("old"), ENTRIES.alias("new")


def _of_days(table: Any) -> list[ColumnElement[bool]]:  # noqa: ANN401 - the table or an alias
    columns = ("plan", "target", "first_day", "last_day")
    return [table.c[name] == bindparam(f"of_{name}") for name in columns]


# Adding 0 keeps databases from looking through every row of the target by its number: the days
# have an index of their own.
_OWN_DAYS = select(ENTRIES).where(*_of_days(ENTRIES), ENTRIES.c.row + 0 > bindparam("base"))
_MOVED = (
    select(_NEW)
    .join(_OLD, _OLD.c.row == _NEW.c.replaces)
    .where(*_of_days(_OLD), _NEW.c.row > bindparam("base"))
)
_OF_CHAIN = select(ENTRIES).where(
    ENTRIES.c.chain == bindparam("began"), ENTRIES.c.row > bindparam("base")
)


class Conflicting(Refused):
    """Somebody else saved meanwhile; nothing was written. `conflicts` are by the position, from 0,
    of the submission that each is about.
    """

    def __init__(self, conflicts: Mapping[int, Conflict]) -> None:
        self.conflicts = conflicts
        super().__init__(map(_problem, conflicts.values()))


def conflicts_of(
    connection: Connection,
    plan_id: str,
    submissions: Sequence[Submission],
    replaced: Mapping[int, Row[Any]],
    where: str,
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
            theirs = tuple(rows.entry_of(since[number], where) for number in sorted(since))
            base = bases.get(submission.based_on)
            conflicts[position] = Conflict(base and rows.entry_of(base, where), theirs)
    return conflicts


def concerning(
    connection: Connection, plan_id: str, days: tuple[str, date, date], base: int
) -> list[Row[Any]]:
    """The rows after a base that concern a target's first and last day, in order."""
    names = ("of_plan", "of_target", "of_first_day", "of_last_day", "base")
    values = dict(zip(names, (plan_id, *days, base), strict=True))
    matches: dict[int, Row[Any]] = {}
    for query in (_OWN_DAYS, _MOVED):
        matches |= {row.row: row for row in connection.execute(query, values)}
    return [matches[number] for number in sorted(matches)]


def _since(
    connection: Connection, plan_id: str, entry: Entry, base: int, old: Row[Any] | None
) -> dict[int, Row[Any]]:
    """The rows after the base: that concern the entry's days, or follow the row it replaces."""
    if old is not None and old.target != entry.target:
        old = None  # refused when it is written
    if isinstance(entry, Observation):
        days = (entry.period.first, entry.period.last)
    elif old is not None:
        days = (old.first_day, old.last_day)
    else:
        return {}
    since = {row.row: row for row in concerning(connection, plan_id, (entry.target, *days), base)}
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
    at = newer.recorded_at
    moment = rows.moment_text(at.isoformat() if isinstance(at, datetime) else at or "")
    target = TargetId(newer.target)
    return {"target": target, "row": newer.row, "by": newer.recorded_by, "at": moment}
