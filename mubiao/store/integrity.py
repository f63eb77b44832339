"""What holds in every whole record, as queries that must find nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Select,
    Table,
    Text,
    and_,
    cast,
    func,
    or_,
    select,
)

from mubiao.problems import message
from mubiao.store.schema import ENTRIES, FILINGS, MEETINGS, REMARKS, SAVES

Rules = Mapping[str, Select[Any]]


def dangling(table: Table) -> Iterator[tuple[str, Select[Any]]]:
    """For each foreign key of a table, the other table and the rows whose partner is not there."""
    for constraint in sorted(table.foreign_key_constraints, key=lambda one: list(one.column_keys)):
        other = constraint.referred_table.alias("other")
        pairs = [(key.parent, other.c[key.column.name]) for key in constraint.elements]
        partner = and_(*(own == named for own, named in pairs))
        named = (own.is_not(None) for own, _ in pairs)
        query = select(_number(table)).outerjoin(other, partner)
        yield constraint.referred_table.name, query.where(*named, pairs[0][1].is_(None))


def misfits(table: Table) -> Select[Any]:
    """The rows of an SQLite table with a cell that is no day, text or number as its column is."""
    return select(_number(table)).where(or_(*map(_misfit, table.c)))


def _number(table: Table) -> Column[Any]:
    """What a row is called by: the last column of its key."""
    return list(table.primary_key.columns)[-1]


def _misfit(column: Column[Any]) -> ColumnElement[bool]:
    if isinstance(column.type, Date):
        return func.date(column, type_=Text).is_distinct_from(cast(column, Text))
    kind = "text" if isinstance(column.type, Text) else "integer"
    return and_(column.is_not(None), func.typeof(column) != kind)


def rules() -> Rules:
    """Each rule as a message and the query whose columns fill its places."""
    return {**_of_chains(), **_of_saves(), **_of_meetings()}


def _of_chains() -> Rules:
    new, old = ENTRIES.alias("new"), ENTRIES.alias("old")
    pairs = select(new.c.row, new.c.replaces).outerjoin(old, old.c.row == new.c.replaces)
    replacing = new.c.replaces.is_not(None)
    other_chain = new.c.chain.is_distinct_from(func.coalesce(old.c.chain, old.c.row))
    other_days = or_(new.c.first_day != old.c.first_day, new.c.last_day != old.c.last_day)
    return {
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
    step, filing = FILINGS.alias("step"), FILINGS.alias("filing")

    def filed_by(column: Column[Any]) -> ColumnElement[Any]:
        """Whose the rows of a save are that waited for approval: who submitted them."""
        of_save = select(column).join(step, step.c.filing == filing.c.row)
        return of_save.where(step.c.save == save.c.id).correlate(save).scalar_subquery()

    differ = or_(
        entry.c.plan != save.c.plan,
        entry.c.recorded_by != func.coalesce(filed_by(filing.c.done_by), save.c.saved_by),
        entry.c.actor != func.coalesce(filed_by(filing.c.actor), save.c.actor),
        entry.c.recorded_at != save.c.saved_at,
    )
    return {
        message("row {row} and its save {save} differ in plan, person or moment"): (
            select(entry.c.row, entry.c.save).join(save, save.c.id == entry.c.save).where(differ)
        ),
        message("save {save} has no rows"): (
            select(save.c.id.label("save"))
            .outerjoin(entry, entry.c.save == save.c.id)
            .where(entry.c.row.is_(None))
        ),
    }


def _of_meetings() -> Rules:
    step, held = MEETINGS.alias("step"), MEETINGS.alias("held")
    is_back = held.c.kind == "taken_back"
    before = and_(held.c.id == step.c.replaces, is_back == (step.c.kind == "put_back"))
    rules = {
        message("row {row} takes or puts back row {replaces} of the meetings, which is none"): (
            select(step.c.id.label("row"), step.c.replaces)
            .outerjoin(held, before)
            .where(step.c.replaces.is_not(None), held.c.id.is_(None))
        )
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
