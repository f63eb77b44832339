"""Who was faster: what a person proposes, held against what was recorded since they looked."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from mubiao.model import Clash, Entry, Observation, Proposal
from mubiao.problems import Problem, Refused, message
from mubiao.store import rows
from mubiao.store.schema import ENTRIES

# Adding 0 keeps databases from looking through every row of the target by its number: the days
# have an index of their own.
_OF_DAYS = select(ENTRIES).where(
    ENTRIES.c.plan == bindparam("plan_id"),
    ENTRIES.c.target == bindparam("of"),
    ENTRIES.c.first_day == bindparam("first"),
    ENTRIES.c.last_day == bindparam("last"),
    ENTRIES.c.row + 0 > bindparam("base"),
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
    replaced: dict[int, Row[Any]],
    where: str,
) -> list[Clash]:
    """Of the proposals that say what they are based on, those that somebody was faster than.

    `replaced` are the rows that they replace, by number.
    """
    found = []
    for position, proposal in enumerate(proposals):
        base = proposal.based_on
        if base is None:
            continue
        old = None if proposal.entry.replaces is None else replaced.get(proposal.entry.replaces)
        since = _since(connection, plan_id, proposal.entry, base, old)
        if since:
            seen = rows.rows_of(connection, plan_id, [base]).get(base)
            theirs = tuple(rows.entry_of(since[number], where) for number in sorted(since))
            found.append(Clash(position, seen and rows.entry_of(seen, where), theirs))
    return found


def _since(
    connection: Connection, plan_id: str, entry: Entry, base: int, old: Row[Any] | None
) -> dict[int, Row[Any]]:
    """The rows after the base: of the same target and days, and those that replace its own row."""
    if old is not None and old.target != entry.target:
        old = None  # refused when it is written
    if isinstance(entry, Observation):
        first, last = entry.period.first, entry.period.last
    elif old is not None:
        first, last = old.first_day, old.last_day
    else:
        return {}
    of_days = {"plan_id": plan_id, "of": entry.target, "first": first, "last": last, "base": base}
    found = {row.row: row for row in connection.execute(_OF_DAYS, of_days)}
    if old is not None:
        of_chain = {"began": old.chain or old.row, "base": old.row}
        found |= {row.row: row for row in connection.execute(_OF_CHAIN, of_chain)}
    return found


def _told(clash: Clash) -> Problem:
    last = clash.theirs[-1]
    told = message(
        "{target}: {by} saved this meanwhile, {at} (row {row}); compare both and decide which "
        "is right"
    )
    at = rows.told_at("" if last.recorded_at is None else last.recorded_at.isoformat())
    values = {"target": last.target, "by": last.recorded_by, "at": at, "row": last.row}
    return Problem(told, values)
