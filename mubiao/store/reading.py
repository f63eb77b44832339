"""Which rows a question needs, found by the database's indexes: never by reading everything.

A chain is a first entry and the rows that replace one another after it; on a day, its greatest row
known by then stands (and nothing does when that is a withdrawal).
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CTE, Column, ColumnElement, Select, exists, func, or_, select

from mubiao.store.schema import ENTRIES, REMARKS, SAVES


def version(plan_id: str) -> Select[Any]:
    """The greatest rows of entries and of remarks."""
    tops = (
        select(func.max(table.c.row)).where(table.c.plan == plan_id).scalar_subquery()
        for table in (ENTRIES, REMARKS)
    )
    return select(*tops)


def changed(plan_id: str, through: int | None, remarks: int | None) -> Select[Any]:
    """The moments of the last row and of the last remark, each up to a cutoff."""
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
    return select(*tops)


def standing(
    plan_id: str,
    day: date,
    targets: str | Collection[str] | None = None,
    through: int | None = None,
) -> Select[Any]:
    """The rows that stood on a day: of each chain the one that stands, of the rows up to a cutoff.

    Takes as long as there are chains, however often each was corrected since.
    """
    first, later = ENTRIES.alias("first"), ENTRIES.alias("later")
    newest = (
        select(later.c.row)
        .where(later.c.chain == first.c.row, later.c.known_on <= day, *_until(later.c.row, through))
        .order_by(later.c.row.desc())
        .limit(1)
        .correlate(first)
        .scalar_subquery()
    )
    tops = select(func.coalesce(newest, first.c.row).label("row")).where(
        first.c.plan == plan_id, first.c.replaces.is_(None), *_until(first.c.row, through)
    )
    if targets is not None:
        wanted = [targets] if isinstance(targets, str) else sorted(targets)
        tops = tops.where(first.c.target.in_(wanted))
    top = tops.subquery("top")
    return (
        select(ENTRIES)
        .join(top, top.c.row == ENTRIES.c.row)
        # A first entry that was not known yet has not stood.
        .where(ENTRIES.c.known_on <= day, ENTRIES.c.kind != "withdrawal")
        .order_by(ENTRIES.c.row)
    )


def counting(plan_id: str, day: date, through: int | None = None) -> Select[Any]:
    """For each target and days, of the rows that stood on a day, the one known last; of the rows
    up to a cutoff.

    Walks from one pair of target and days to the next in their index, and from the newest row of
    each backwards until one stands; so superseded rows cost nothing.
    """
    seen, later = ENTRIES.alias("seen"), ENTRIES.alias("later")
    hidden = exists().where(
        later.c.chain == func.coalesce(seen.c.chain, seen.c.row),
        later.c.row > seen.c.row,
        later.c.known_on <= day,
        *_until(later.c.row, through),
    )
    pair = _pairs(plan_id)
    newest = (
        select(seen.c.row)
        .where(
            seen.c.plan == plan_id,
            seen.c.target == pair.c.target,
            seen.c.first_day == pair.c.first_day,
            seen.c.last_day == pair.c.last_day,
            seen.c.known_on <= day,
            seen.c.kind != "withdrawal",
            *_until(seen.c.row, through),
            ~hidden,
        )
        .order_by(seen.c.known_on.desc(), seen.c.row.desc())
        .limit(1)
        .correlate(pair)
        .scalar_subquery()
    )
    top = select(newest.label("row")).select_from(pair).subquery("top")
    return select(ENTRIES).join(top, top.c.row == ENTRIES.c.row).order_by(ENTRIES.c.row)


def greatest(
    plan_id: str, targets: Collection[str], ends: Collection[date] | None = None
) -> Select[Any]:
    """The greatest row that concerns each target and days: of these days, or replacing one of
    them, also where that moved it to other days. Of days that end on certain ones, None for all:
    only of these it is looked up what replaced a row, which takes most of the time.
    """
    seen, later = ENTRIES.alias("seen"), ENTRIES.alias("later")
    days = (seen.c.target, seen.c.first_day, seen.c.last_day)
    query = (
        select(*days, func.max(func.coalesce(later.c.row, seen.c.row)).label("greatest"))
        .outerjoin(later, later.c.replaces == seen.c.row)
        .where(seen.c.plan == plan_id, seen.c.target.in_(sorted(targets)))
        .group_by(*days)
    )
    return query if ends is None else query.where(seen.c.last_day.in_(sorted(ends)))


def recorded(
    plan_id: str,
    target: str | None,
    by: str | None,
    first: date | None,
    last: date | None,
) -> Select[Any]:
    """Every row of a plan that the filters leave, newest first; days in UTC, inclusive."""
    query = select(ENTRIES).where(ENTRIES.c.plan == plan_id).order_by(ENTRIES.c.row.desc())
    if target is not None:
        query = query.where(ENTRIES.c.target == target)
    if by is not None:
        query = query.where(ENTRIES.c.recorded_by == by)
    # Moments are kept as texts in UTC that begin with their day.
    if first is not None:
        query = query.where(ENTRIES.c.recorded_at >= first.isoformat())
    if last is not None and last < date.max:
        query = query.where(ENTRIES.c.recorded_at < (last + timedelta(days=1)).isoformat())
    return query


def authors(plan_id: str) -> Select[Any]:
    """Who recorded rows of a plan, and how many."""
    of_plan = ENTRIES.c.plan == plan_id
    rows = func.count().label("rows")
    return select(ENTRIES.c.recorded_by, rows).where(of_plan).group_by(ENTRIES.c.recorded_by)


def saves(plan_id: str, ids: Collection[int] | None) -> Select[Any]:
    """The saves of a plan, newest first; of certain ones, these and those that undo them."""
    query = select(SAVES).where(SAVES.c.plan == plan_id).order_by(SAVES.c.id.desc())
    if ids is None:
        return query
    wanted = sorted(ids)
    return query.where(or_(SAVES.c.id.in_(wanted), SAVES.c.undoes.in_(wanted)))


def _until(row: Column[Any], last: int | None) -> tuple[ColumnElement[bool], ...]:
    """The condition that keeps rows recorded after a cutoff out; none without a cutoff."""
    return () if last is None else (row <= last,)


def _pairs(plan_id: str) -> CTE:
    """Every pair of target and days of a plan: each found from the one before it."""
    columns = (ENTRIES.c.row, ENTRIES.c.target, ENTRIES.c.first_day, ENTRIES.c.last_day)
    of_plan = ENTRIES.c.plan == plan_id
    first = select(ENTRIES.c.row).where(of_plan).order_by(*columns[1:]).limit(1).scalar_subquery()
    pair = select(*columns).where(ENTRIES.c.row == first).cte("pair", recursive=True)
    # Three steps, as SQLite does not find a row greater in several columns at once by an index.
    step = ENTRIES.alias("step")
    same_target = step.c.target == pair.c.target
    same_first = step.c.first_day == pair.c.first_day
    greater = (
        (same_target, same_first, step.c.last_day > pair.c.last_day),
        (same_target, step.c.first_day > pair.c.first_day),
        (step.c.target > pair.c.target,),
    )
    following = func.coalesce(
        *(
            select(step.c.row)
            .where(step.c.plan == plan_id, *conditions)
            .order_by(step.c.target, step.c.first_day, step.c.last_day)
            .limit(1)
            .correlate(pair)
            .scalar_subquery()
            for conditions in greater
        )
    )
    found = ENTRIES.alias("found")
    columns = (found.c.row, found.c.target, found.c.first_day, found.c.last_day)
    return pair.union_all(select(*columns).join_from(pair, found, found.c.row == following))
