"""Questions to the recorded entries, answered through the database's indexes.

A chain is a first entry and the rows that replace one another after it; on a day, its greatest row
known by then stands (and nothing does when that is a withdrawal).
"""

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Row,
    Select,
    bindparam,
    func,
    or_,
    select,
)

from mubiao.access import OPEN, Access
from mubiao.model import Entry, Observation, Save
from mubiao.period import Period
from mubiao.problems import message, unavailable
from mubiao.store import rows
from mubiao.store.database import Database, StorePart
from mubiao.store.migrate import newest, revision_of
from mubiao.store.saves import saved
from mubiao.store.schema import ASSIGNMENTS, ENTRIES, FILINGS, LOCKS, REMARKS, SAVES

# Each rerun of a page asks for these; to build a statement takes longer than to answer it.
_PLAN: BindParameter[str] = bindparam("plan")
_OTHERS = (rows.last_of(_PLAN, table) for table in (REMARKS, LOCKS, ASSIGNMENTS, FILINGS))
_VERSION = select(sum(_OTHERS, rows.last_of(_PLAN, ENTRIES)))


@cache
def _standing(*, of_targets: bool, cut: bool) -> Select[Any]:
    """The rows that stood on a `day`; of certain `targets`, and of the rows `through` a cutoff."""
    first, later = ENTRIES.alias("first"), ENTRIES.alias("later")
    last: BindParameter[int] | None = bindparam("through") if cut else None
    day: BindParameter[date] = bindparam("day")
    newest = (
        select(func.max(later.c.row))
        .where(later.c.chain == first.c.row, later.c.known_on <= day, *_until(later.c.row, last))
        .correlate(first)
        .scalar_subquery()
    )
    tops = select(func.coalesce(newest, first.c.row).label("row")).where(
        first.c.plan == _PLAN, first.c.replaces.is_(None), *_until(first.c.row, last)
    )
    if of_targets:
        tops = tops.where(first.c.target.in_(bindparam("targets", expanding=True)))
    top = tops.subquery("top")
    return (
        select(ENTRIES)
        .join(top, top.c.row == ENTRIES.c.row)
        # A first entry that was not known yet has not stood.
        .where(ENTRIES.c.known_on <= day, ENTRIES.c.kind != "withdrawal")
        .order_by(ENTRIES.c.row)
    )


class Reading(StorePart):
    """What is recorded in one database; `through` is the greatest row that counts, None for any."""

    def __init__(self, database: Database, access: Access = OPEN) -> None:
        super().__init__(database, access)
        self._versions: dict[str, tuple[object, int]] = {}

    def version(self, plan_id: str, now: datetime | None = None) -> int:
        """A number that grows with every row, remark, closing, assignment and step of what waits
        for approval, not with a meeting.

        With the moment that it is `now`, the database is not asked again while its file is as it
        was.
        """
        # Before the database is asked: what is written in between is then seen the next time.
        stamp = None if now is None else self._database.stamp(now)
        of, version = self._versions.get(plan_id, (None, 0))
        if stamp is None or of != stamp:
            version = int(self._rows(_VERSION, plan=plan_id)[0][0])
            self._versions[plan_id] = stamp, version
        return version

    def form(self) -> str:
        """The form of the database, which is the one that this program knows. Raises Unavailable,
        also where another version of the program has brought it to a form of its own since.
        """
        with self._database.reading() as connection:
            form = revision_of(connection, self._database.where)
        if form != newest():
            msgid = message("{where} has the form {form}; this program's is {newest}")
            where = self._database.where
            raise unavailable(msgid, where=where, form=form or "–", newest=newest())
        return form

    def count(self, plan_id: str, after: int = 0) -> int:
        """How many rows the plan has after a row's number, corrections and withdrawals included."""
        of_plan = ENTRIES.c.plan == plan_id, ENTRIES.c.row > after
        return int(self._rows(select(func.count()).select_from(ENTRIES).where(*of_plan))[0][0])

    def history(self, plan_id: str, target: str | None = None) -> list[Entry]:
        """Everything ever recorded for a plan, or for one target of it, in order."""
        query = rows.of_plan(plan_id)
        return self._entries(query if target is None else query.where(ENTRIES.c.target == target))

    def as_of(
        self,
        plan_id: str,
        day: date,
        targets: AbstractSet[str] | None = None,
        *,
        through: int | None = None,
    ) -> list[Observation]:
        """The observations that stood on a day, of certain targets (None: all)."""
        return self.on_days(plan_id, [day], targets, through=through)[day]

    def on_days(
        self,
        plan_id: str,
        days: Iterable[date],
        targets: AbstractSet[str] | None = None,
        *,
        through: int | None = None,
    ) -> dict[date, list[Observation]]:
        """`as_of` each of some days.

        Takes as long as there are chains, and as there are corrections that became known later.
        """
        query = _standing(of_targets=targets is not None, cut=through is not None)
        values = {"plan": plan_id, "targets": sorted(targets or ()), "through": through}
        with self._database.reading() as connection:
            stood = {day: connection.execute(query, {**values, "day": day}).all() for day in days}
            return {
                day: [one for row in each if isinstance(one := rows.entry_of(row), Observation)]
                for day, each in stood.items()
            }

    def changed_at(
        self, plan_id: str, through: int | None = None, remarks: int | None = None
    ) -> datetime | None:
        """When the last row or remark (up to `remarks`) was recorded, None for never."""
        tops = (
            select(moment)
            .where(table.c.plan == plan_id, *_until(table.c.row, last))
            .order_by(table.c.row.desc())
            .limit(1)
            .scalar_subquery()
            for table, moment, last in (
                (ENTRIES, ENTRIES.c.recorded_at, through),
                (REMARKS, REMARKS.c.written_at, remarks),
            )
        )
        (moments,) = self._rows(select(*tops))
        return max((datetime.fromisoformat(moment) for moment in moments if moment), default=None)

    def greatest_rows(
        self, plan_id: str, targets: AbstractSet[str], ends: Collection[date] | None = None
    ) -> dict[tuple[str, Period], int]:
        """The greatest row that concerns each target and period that has any: what a submission for
        them is based on. A withdrawal counts for the period of what it took back, a correction for
        its own and for that of the row that it replaced. The keys' periods have no text.

        `ends` are the last days wanted, None for all, which takes longer.
        """
        own, later = ENTRIES.alias("own"), ENTRIES.alias("later")
        pair = own.c.target, own.c.first_day, own.c.last_day
        query = (
            select(*pair, func.max(func.coalesce(later.c.row, own.c.row)).label("greatest"))
            .outerjoin(later, later.c.replaces == own.c.row)
            .where(own.c.plan == plan_id, own.c.target.in_(sorted(targets)))
            .group_by(*pair)
        )
        if ends is not None:
            query = query.where(own.c.last_day.in_(sorted(ends)))
        return {
            (row.target, Period(row.first_day, row.last_day, "")): row.greatest
            for row in self._rows(query)
        }

    def saves(self, plan_id: str, ids: Collection[int] | None = None) -> list[Save]:
        """The saves of a plan, newest first; of certain `ids`, these and those that undo them."""
        query = select(SAVES).where(SAVES.c.plan == plan_id).order_by(SAVES.c.id.desc())
        if ids is not None:
            query = query.where(or_(*(c.in_(sorted(ids)) for c in (SAVES.c.id, SAVES.c.undoes))))
        with self._database.reading() as connection:
            return saved(connection, connection.execute(query).all())

    def recorded(  # noqa: PLR0913 - one keyword a filter
        self,
        plan_id: str,
        *,
        targets: Collection[str] | None = None,
        authors: Collection[str] = (),
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int | None = None,
    ) -> list[Entry]:
        """Of `history`, newest first, what was recorded from `start` until before `end`, of one of
        the `targets` and under one of the names of `authors` if there are any.
        """
        recorded_at = ENTRIES.c.recorded_at
        query = rows.of_plan(plan_id).order_by(None).order_by(ENTRIES.c.row.desc())
        if targets is not None:
            query = query.where(ENTRIES.c.target.in_(targets))
        if authors:
            query = query.where(ENTRIES.c.recorded_by.in_(authors))
        if start is not None:
            query = query.where(recorded_at >= rows.moment_of(start))
        if end is not None:
            query = query.where(recorded_at < rows.moment_of(end))
        return self._entries(query.limit(limit))

    def entries(self, plan_id: str, numbers: Collection[int]) -> dict[int, Entry]:
        """Single rows of a plan by their numbers; those that are not there are left out."""
        with self._database.reading() as connection:
            by_number = rows.rows_of(connection, plan_id, numbers)
            return {number: rows.entry_of(row) for number, row in by_number.items()}

    def authors(self, plan_id: str) -> dict[str, int]:
        """Everybody who recorded rows of a plan, with how many."""
        author = ENTRIES.c.recorded_by
        query = select(author, func.count().label("rows")).group_by(author)
        groups = self._rows(query.where(ENTRIES.c.plan == plan_id))
        return {group.recorded_by: group.rows for group in groups}

    def since(self, plan_id: str) -> datetime | None:
        """The moment of the plan's first row, None when it has none."""
        first = self._entries(rows.of_plan(plan_id).limit(1))
        return first[0].recorded_at if first else None

    def _rows(self, query: Select[Any], **values: object) -> Sequence[Row[Any]]:
        with self._database.reading() as connection:
            return connection.execute(query, values).all()

    def _entries(self, query: Select[Any]) -> list[Entry]:
        with self._database.reading() as connection:
            return list(map(rows.entry_of, connection.execute(query)))


def _until(
    row: Column[Any], last: int | BindParameter[int] | None
) -> tuple[ColumnElement[bool], ...]:
    """The condition that keeps rows recorded after a cutoff out; none without a cutoff."""
    return () if last is None else (row <= last,)
