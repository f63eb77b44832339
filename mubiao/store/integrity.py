"""What holds in every whole record, as queries that must find nothing.

Each rule is a message and the query whose columns fill its places.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from mubiao.problems import message
from mubiao.store.schema import ENTRIES, MEETINGS, REMARKS, SAVES

Rules = Mapping[str, Select[Any]]


def rules() -> Rules:
    """All rules: of chains, of saves, of remarks and of meetings."""
    return {**_of_chains(), **_of_saves(), **_of_remarks(), **_of_meetings()}


def _of_chains() -> Rules:
    new, old = ENTRIES.alias("new"), ENTRIES.alias("old")
    pairs = select(new.c.row, new.c.replaces).outerjoin(old, old.c.row == new.c.replaces)
    replacing = new.c.replaces.is_not(None)
    other_chain = new.c.chain.is_distinct_from(func.coalesce(old.c.chain, old.c.row))
    other_days = or_(new.c.first_day != old.c.first_day, new.c.last_day != old.c.last_day)
    return {
        message("row {row} replaces row {replaces}, which is not there"): pairs.where(
            replacing, old.c.row.is_(None)
        ),
        message("row {row} replaces row {replaces} of another plan or target"): pairs.where(
            or_(new.c.plan != old.c.plan, new.c.target != old.c.target)
        ),
        message("row {row} replaces row {replaces}, which is not before it"): pairs.where(
            new.c.replaces >= new.c.row
        ),
        message("row {replaces} is replaced {count} times; a chain may not branch"): (
            select(new.c.replaces, func.count().label("count"))
            .where(replacing)
            .group_by(new.c.replaces)
            .having(func.count() > 1)
        ),
        message("row {row} replaces nothing, and yet is in a chain"): pairs.where(
            new.c.replaces.is_(None), new.c.chain.is_not(None)
        ),
        message("row {row} is not in the chain of row {replaces}, which it replaces"): pairs.where(
            replacing, other_chain
        ),
        message("row {row} takes row {replaces} back, but for other days"): pairs.where(
            new.c.kind == "withdrawal", other_days
        ),
    }


def _of_saves() -> Rules:
    entry, save = ENTRIES.alias("entry"), SAVES.alias("save")
    pairs = select(entry.c.row, entry.c.save).outerjoin(save, save.c.id == entry.c.save)
    differ = or_(
        entry.c.plan != save.c.plan,
        entry.c.recorded_by != save.c.saved_by,
        entry.c.recorded_at != save.c.saved_at,
    )
    return {
        message("row {row} belongs to save {save}, which is not there"): pairs.where(
            save.c.id.is_(None)
        ),
        message("row {row} and its save {save} differ in plan, person or moment"): (
            pairs.where(differ)
        ),
        message("save {save} has no rows"): (
            select(save.c.id.label("save"))
            .outerjoin(entry, entry.c.save == save.c.id)
            .where(entry.c.row.is_(None))
        ),
    }


def _of_remarks() -> Rules:
    new, old = REMARKS.alias("new"), REMARKS.alias("old")
    same = (new.c[name] == old.c[name] for name in ("plan", "target"))
    return {
        message("remark {row} replaces remark {replaces}, which is not there"): (
            select(new.c.row, new.c.replaces)
            .outerjoin(old, and_(old.c.row == new.c.replaces, *same))
            .where(new.c.replaces.is_not(None), old.c.row.is_(None))
        ),
    }


def _of_meetings() -> Rules:
    drop, held = MEETINGS.alias("drop"), MEETINGS.alias("held")
    of_drop = (held.c.id == drop.c.replaces, held.c.plan == drop.c.plan, held.c.name != "")
    dropped = select(drop.c.id.label("meeting"), drop.c.replaces).outerjoin(held, and_(*of_drop))
    rules = {
        message("meeting {meeting} takes back meeting {replaces}, which is not there"): (
            dropped.where(drop.c.replaces.is_not(None), held.c.id.is_(None))
        ),
    }
    for msgid, last, table in (
        (message("meeting {meeting} saw row {row}, which is not there"), "last_row", ENTRIES),
        (message("meeting {meeting} saw remark {row}, which is not there"), "last_remark", REMARKS),
    ):
        greatest = held.c[last]
        on = and_(table.c.row == greatest, table.c.plan == held.c.plan)
        rules[msgid] = (
            select(held.c.id.label("meeting"), greatest.label("row"))
            .outerjoin(table, on)
            .where(greatest != 0, table.c.row.is_(None))
        )
    return rules
