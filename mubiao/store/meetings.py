"""Meetings: named as-of days with what was recorded when each was held; append-only.

What the plan said then is kept too, once for all meetings that saw it.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, insert, select, true

from mubiao.model import Meeting
from mubiao.plan.versions import version_of
from mubiao.problems import Problem, Refused, Unavailable, message, refused
from mubiao.store import rows
from mubiao.store.schema import ENTRIES, MEETINGS, PLANS, REMARKS

NAME_LIMIT = 80


def name_of(name: str) -> str:
    """A meeting's name, cleaned. Raises Refused for none and for one that is too long."""
    missing = message("the meeting has no name; say what it is called")
    return rows.required(name, "name", NAME_LIMIT, missing)


@dataclass(frozen=True, slots=True)
class Holding:
    """The act of holding a meeting: checked, and as the table holds it."""

    plan: str
    token: str
    name: str
    as_of: date
    held_by: str
    held_at: str


def hold(connection: Connection, act: Holding, plan_text: str, where: str) -> Meeting:
    """Add a meeting with what is recorded now and what the plan says, in the caller's
    transaction, or return the one of this token. Raises Refused.
    """
    of_token = select(MEETINGS).where(MEETINGS.c.token == act.token)
    before = connection.execute(of_token).one_or_none()
    if before is not None:
        _refuse_other(before, act)
        return meeting_of(before, where)
    for other in standing(connection, act.plan, where):
        if other.name.casefold() == act.name.casefold():
            raise _taken(other)
    cells = {
        **asdict(act),
        "last_row": _last(connection, act.plan, ENTRIES),
        "last_remark": _last(connection, act.plan, REMARKS),
        "plan_version": _keep_text(connection, act.plan, plan_text),
    }
    made = connection.execute(insert(MEETINGS).returning(MEETINGS), cells).one()
    return meeting_of(made, where)


def standing(
    connection: Connection, plan_id: str, where: str, through: int | None = None
) -> list[Meeting]:
    """The meetings that were not taken back: the latest as-of day first, then the last held.

    `through` asks for those that stood when the meeting of that number was held.
    """
    query = _standing(plan_id, through).order_by(MEETINGS.c.as_of.desc(), MEETINGS.c.id.desc())
    return [meeting_of(row, where) for row in connection.execute(query)]


def drop(  # noqa: PLR0913, PLR0917 - which one, who and when
    connection: Connection, plan_id: str, number: int, author: str, moment: str, token: str
) -> None:
    """Take a meeting back in the caller's transaction. Raises Refused when it does not stand."""
    old = None
    if 0 < number <= rows.LAST_NUMBER:
        query = _standing(plan_id).where(MEETINGS.c.id == number)
        old = connection.execute(query).one_or_none()
    if old is None:
        raise refused(message("meeting {number} is not in this record (any more)"), number=number)
    cells = {
        "plan": plan_id,
        "token": token,
        "name": "",
        "as_of": old.as_of,
        "last_row": old.last_row,
        "last_remark": old.last_remark,
        "plan_version": old.plan_version,
        "held_by": author,
        "held_at": moment,
        "replaces": number,
    }
    connection.execute(insert(MEETINGS), cells)


def meeting_of(row: Row[Any], where: str) -> Meeting:
    """The meeting that a row holds. Raises Unavailable when somebody spoilt it."""
    try:
        return Meeting(
            name=row.name,
            as_of=row.as_of,
            rows=row.last_row,
            remarks=row.last_remark,
            plan_version=row.plan_version,
            held_by=row.held_by,
            held_at=datetime.fromisoformat(row.held_at),
            id=row.id,
            replaces=row.replaces,
        )
    except ValueError as error:
        msgid = message("meeting {id} in {where} cannot be read: restore a backup")
        raise Unavailable([Problem(msgid, {"id": row.id, "where": where})]) from error


def _standing(plan_id: str, through: int | None = None) -> Select[Any]:
    # Numbers only grow, so that those up to one are what the table held then.
    then = true() if through is None else MEETINGS.c.id <= through
    taken_back = select(MEETINGS.c.replaces).where(
        MEETINGS.c.plan == plan_id, MEETINGS.c.replaces.is_not(None), then
    )
    return select(MEETINGS).where(
        then,
        MEETINGS.c.plan == plan_id,
        MEETINGS.c.replaces.is_(None),
        MEETINGS.c.id.not_in(taken_back),
    )


def text_of(connection: Connection, plan_id: str, version: str) -> str | None:
    """What a version of a plan said; None where no meeting kept it."""
    query = select(PLANS.c.text).where(PLANS.c.plan == plan_id, PLANS.c.version == version)
    return connection.execute(query).scalar()


def _keep_text(connection: Connection, plan_id: str, text: str) -> str:
    """Keep what a plan says, once; its version."""
    version = version_of(text)
    if text_of(connection, plan_id, version) is None:
        cells = {"plan": plan_id, "version": version, "text": text}
        connection.execute(insert(PLANS), cells)
    return version


def _last(connection: Connection, plan_id: str, table: Table) -> int:
    """The greatest row of a plan in a table of rows, 0 for none."""
    of_plan = select(func.max(table.c.row)).where(table.c.plan == plan_id)
    return int(connection.execute(of_plan).scalar() or 0)


def _refuse_other(before: Row[Any], act: Holding) -> None:
    """A token that comes back for another meeting is no repeat."""
    same = (before.plan, before.name, before.as_of, before.held_by)
    if same != (act.plan, act.name, act.as_of, act.held_by):
        msgid = message("under this token another meeting was held already, “{name}”, {at}")
        raise refused(msgid, name=before.name, at=rows.told_at(before.held_at))


def _taken(other: Meeting) -> Refused:
    msgid = message(
        "a meeting is called “{name}” already, as of {day}, held by {by}; give another name"
    )
    values = {"name": other.name, "day": other.as_of, "by": other.held_by}
    return Refused([Problem(msgid, values, field="name")])
