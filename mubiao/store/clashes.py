"""Who was faster: what a person proposes, held against what was recorded since they looked.

A row concerns its own days; one that replaces a row of other days concerns those too, as it moved
the figure away from them. A withdrawal has the days of what it takes back.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select

from mubiao.model import Clash, Entry, Observation, Proposal
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


class Conflict(Refused):
    """Somebody else saved meanwhile; nothing was written. `conflicts` says what each row met."""

    def __init__(self, conflicts: Iterable[Clash]) -> None:
        self.conflicts = tuple(conflicts)
        super().__init__(_told(clash) for clash in self.conflicts)


def clashes_of(
    connection: Connection,
    plan_id: str,
    proposals: Sequence[Proposal],
    replaced: Mapping[int, Row[Any]],
    where: str,
) -> list[Clash]:
    """Of the proposals that say what they are based on, those that somebody was faster than.

    `replaced` are the rows that they replace, by number. Raises Refused for a base that is no row
    of the proposal's plan and target: nobody can have seen it there.
    """
    based = [one for one in proposals if one.based_on is not None]
    seen = rows.rows_of(connection, plan_id, {one.based_on or 0 for one in based})
    if problems := [told for one in based if (told := _no_base(one, seen)) is not None]:
        raise Refused(problems)
    found = []
    for position, proposal in enumerate(proposals):
        base = proposal.based_on
        if base is None:
            continue
        old = None if proposal.entry.replaces is None else replaced.get(proposal.entry.replaces)
        since = _since(connection, plan_id, proposal.entry, base, old)
        if since:
            theirs = tuple(rows.entry_of(since[number], where) for number in sorted(since))
            saw = seen.get(base)
            found.append(Clash(position, saw and rows.entry_of(saw, where), theirs))
    return found


def concerning(
    connection: Connection, plan_id: str, days: tuple[str, date, date], base: int
) -> list[Row[Any]]:
    """The rows after a base that concern a target's first and last day, in order."""
    names = ("of_plan", "of_target", "of_first_day", "of_last_day", "base")
    values = dict(zip(names, (plan_id, *days, base), strict=True))
    found: dict[int, Row[Any]] = {}
    for query in (_OWN_DAYS, _MOVED):
        found |= {row.row: row for row in connection.execute(query, values)}
    return [found[number] for number in sorted(found)]


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
    found = {row.row: row for row in concerning(connection, plan_id, (entry.target, *days), base)}
    if old is not None:
        of_chain = {"began": old.chain or old.row, "base": old.row}
        found |= {row.row: row for row in connection.execute(_OF_CHAIN, of_chain)}
    return found


def _no_base(proposal: Proposal, seen: Mapping[int, Row[Any]]) -> Problem | None:
    """Why nobody can have seen what a proposal says it is based on."""
    number, target = proposal.based_on, proposal.entry.target
    if not number:
        return None  # seen that there was nothing
    if number not in seen:
        told = message(
            "row {row}, which this is based on, is not in this record; look at the record again "
            "and decide anew"
        )
        return Problem(told, {"row": number})
    actual = seen[number].target
    if actual == target:
        return None
    told = message("row {row}, which this is based on, is about {actual}, not about {target}")
    values = {"row": number, "actual": TargetId(actual), "target": TargetId(target)}
    return Problem(told, values)


def _told(clash: Clash) -> Problem:
    last = clash.theirs[-1]
    told = message(
        "{target}: {by} saved this meanwhile, {at} (row {row}); compare both and decide which "
        "is right"
    )
    at = rows.told_at("" if last.recorded_at is None else last.recorded_at.isoformat())
    target = TargetId(last.target)
    return Problem(told, {"target": target, "by": last.recorded_by, "at": at, "row": last.row})
