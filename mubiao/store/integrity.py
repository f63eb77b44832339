"""What holds in every whole record, as queries that must find nothing."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from mubiao.problems import message
from mubiao.store.schema import ENTRIES, MEETINGS, REMARKS, SAVES


def rules() -> Mapping[str, Select[Any]]:
    """What must not be found: a message, and the query whose columns fill its places."""
    new, old, save = ENTRIES.alias("new"), ENTRIES.alias("old"), SAVES.alias("save")
    later, earlier = REMARKS.alias("later"), REMARKS.alias("earlier")
    drop, held = MEETINGS.alias("drop"), MEETINGS.alias("held")
    replacing = select(new.c.row, new.c.replaces).outerjoin(old, old.c.row == new.c.replaces)
    of_save = select(new.c.row, new.c.save).outerjoin(save, save.c.id == new.c.save)
    return {
        message("row {row} replaces row {replaces}, which is not there"): replacing.where(
            new.c.replaces.is_not(None), old.c.row.is_(None)
        ),
        message("row {row} replaces row {replaces} of another plan or target"): replacing.where(
            or_(new.c.plan != old.c.plan, new.c.target != old.c.target)
        ),
        message("row {row} replaces row {replaces}, which is not before it"): replacing.where(
            new.c.replaces >= new.c.row
        ),
        message("row {replaces} is replaced {count} times; a chain may not branch"): select(
            new.c.replaces, func.count().label("count")
        )
        .where(new.c.replaces.is_not(None))
        .group_by(new.c.replaces)
        .having(func.count() > 1),
        message("row {row} replaces nothing, and yet is in a chain"): replacing.where(
            new.c.replaces.is_(None), new.c.chain.is_not(None)
        ),
        message("row {row} is not in the chain of row {replaces}, which it replaces"): (
            replacing.where(
                new.c.replaces.is_not(None),
                new.c.chain.is_distinct_from(func.coalesce(old.c.chain, old.c.row)),
            )
        ),
        message("row {row} takes row {replaces} back, but for other days"): replacing.where(
            new.c.kind == "withdrawal",
            or_(new.c.first_day != old.c.first_day, new.c.last_day != old.c.last_day),
        ),
        message("row {row} belongs to save {save}, which is not there"): of_save.where(
            save.c.id.is_(None)
        ),
        message("row {row} and its save {save} differ in plan, person or moment"): of_save.where(
            or_(
                new.c.plan != save.c.plan,
                new.c.recorded_by != save.c.saved_by,
                new.c.recorded_at != save.c.saved_at,
            )
        ),
        message("save {save} has no rows"): select(save.c.id.label("save"))
        .outerjoin(new, new.c.save == save.c.id)
        .where(new.c.row.is_(None)),
        message("remark {row} replaces remark {replaces}, which is not there"): select(
            later.c.row, later.c.replaces
        )
        .outerjoin(
            earlier,
            and_(
                earlier.c.row == later.c.replaces,
                earlier.c.plan == later.c.plan,
                earlier.c.target == later.c.target,
            ),
        )
        .where(later.c.replaces.is_not(None), earlier.c.row.is_(None)),
        message("meeting {meeting} takes back meeting {replaces}, which is not there"): select(
            drop.c.id.label("meeting"), drop.c.replaces
        )
        .outerjoin(
            held, and_(held.c.id == drop.c.replaces, held.c.plan == drop.c.plan, held.c.name != "")
        )
        .where(drop.c.replaces.is_not(None), held.c.id.is_(None)),
        message("meeting {meeting} saw row {row}, which is not there"): select(
            held.c.id.label("meeting"), held.c.last_row.label("row")
        )
        .outerjoin(new, and_(new.c.row == held.c.last_row, new.c.plan == held.c.plan))
        .where(held.c.last_row != 0, new.c.row.is_(None)),
        message("meeting {meeting} saw remark {row}, which is not there"): select(
            held.c.id.label("meeting"), held.c.last_remark.label("row")
        )
        .outerjoin(later, and_(later.c.row == held.c.last_remark, later.c.plan == held.c.plan))
        .where(held.c.last_remark != 0, later.c.row.is_(None)),
    }
