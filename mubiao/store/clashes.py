"""Who was faster: what a person proposes, held against what was recorded since they looked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select

from mubiao.model import Clash, Observation, Proposal
from mubiao.problems import Problem, Refused, message
from mubiao.store import rows
from mubiao.store.schema import ENTRIES

_AT_ONCE = 100  # databases limit how long a condition may be


class Conflict(Refused):
    """Somebody else saved meanwhile; nothing was written. `conflicts` says what each row met."""

    def __init__(self, conflicts: Iterable[Clash]) -> None:
        self.conflicts = tuple(conflicts)
        super().__init__(_told(clash) for clash in self.conflicts)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a person looked at: a target's days up to a row, and the chain of the row replaced."""

    position: int
    base: int
    target: str
    days: tuple[date, date]
    old: Row[Any] | None

    @property
    def condition(self) -> ColumnElement[bool]:
        """What was recorded since, in the database's words."""
        of_days = and_(
            ENTRIES.c.target == self.target,
            ENTRIES.c.first_day == self.days[0],
            ENTRIES.c.last_day == self.days[1],
            ENTRIES.c.row > self.base,
        )
        if self.old is None:
            return of_days
        return or_(of_days, and_(ENTRIES.c.chain == _chain(self.old), ENTRIES.c.row > self.old.row))

    def missed(self, row: Row[Any]) -> bool:
        """Whether a row was recorded since: the same condition."""
        if self.old is not None and row.chain == _chain(self.old) and row.row > self.old.row:
            return True
        same_days = (row.target, row.first_day, row.last_day) == (self.target, *self.days)
        return same_days and row.row > self.base


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
    looks = list(_looks(proposals, replaced))
    since: dict[int, Row[Any]] = {}
    for some in rows.batched(looks, _AT_ONCE):
        of_any = or_(*(look.condition for look in some))
        query = select(ENTRIES).where(ENTRIES.c.plan == plan_id, of_any)
        since |= {row.row: row for row in connection.execute(query)}
    if not since:
        return []
    bases = rows.rows_of(connection, plan_id, [look.base for look in looks])
    found = []
    for look in looks:
        missed = [since[number] for number in sorted(since) if look.missed(since[number])]
        if missed:
            base = rows.entry_of(bases[look.base], where) if look.base in bases else None
            theirs = tuple(rows.entry_of(row, where) for row in missed)
            found.append(Clash(look.position, base, theirs))
    return found


def _looks(proposals: Sequence[Proposal], replaced: dict[int, Row[Any]]) -> Iterable[_Look]:
    for position, proposal in enumerate(proposals):
        entry, base = proposal.entry, proposal.based_on
        old = None if entry.replaces is None else replaced.get(entry.replaces)
        if old is not None and old.target != entry.target:
            old = None  # refused when it is written
        if base is None:
            continue
        if isinstance(entry, Observation):
            days = entry.period.first, entry.period.last
        elif old is not None:
            days = old.first_day, old.last_day
        else:
            continue
        yield _Look(position, base, entry.target, days, old)


def _chain(row: Row[Any]) -> int:
    return int(row.chain or row.row)


def _told(clash: Clash) -> Problem:
    last = clash.theirs[-1]
    told = message(
        "{target}: {by} saved this meanwhile, {at} (row {row}); compare both and decide which "
        "is right"
    )
    at = rows.told_at("" if last.recorded_at is None else last.recorded_at.isoformat())
    values = {"target": last.target, "by": last.recorded_by, "at": at, "row": last.row}
    return Problem(told, values)
