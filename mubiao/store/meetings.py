"""Meetings: named as-of days with what was recorded, and what the plan said, when each was held."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, insert, select, true

from mubiao.model import Meeting, version_of
from mubiao.plain_text import folded
from mubiao.problems import message, refused, unavailable
from mubiao.store import rows
from mubiao.store.database import StorePart
from mubiao.store.schema import ENTRIES, MEETINGS, PLANS, REMARKS

NAME_LIMIT = 80
_SAME = ("plan", "name", "as_of", "held_by")


class Meetings(StorePart):
    """The meetings of one database."""

    def hold(  # noqa: PLR0913 - what, who, when and under which name
        self,
        plan_id: str,
        name: str,
        as_of: date,
        *,
        plan_text: str,
        by: str,
        at: datetime,
        token: str | None = None,
    ) -> Meeting:
        """Keep what is recorded now, and what the plan says, under the name of a meeting that
        looks at a day.

        Holding it again under the same token does nothing. Raises Refused without a name, for
        one that another meeting of the plan has, and for a token used for another meeting.
        """
        missing = message("the meeting has no name; say what it is called")
        cells = {
            "plan": plan_id,
            "token": rows.token_of(uuid4().hex if token is None else token),
            "name": rows.name_of(name, "name", NAME_LIMIT, missing),
            "as_of": as_of,
            "held_by": rows.person_of(by),
            "held_at": rows.moment_of(at),
        }
        with self._database.writing() as connection:
            of_token = select(MEETINGS).where(MEETINGS.c.token == cells["token"])
            if (before := connection.execute(of_token).one_or_none()) is not None:
                _refuse_other(before, cells)
                return meeting_of(before, self._database.where)
            _refuse_taken(connection.execute(_standing(plan_id)), str(cells["name"]))
            cells |= {
                "last_row": rows.last_of(plan_id, ENTRIES),
                "last_remark": rows.last_of(plan_id, REMARKS),
                "plan_version": _keep_text(connection, plan_id, plan_text),
            }
            held = insert(MEETINGS).values(cells).returning(MEETINGS)
            return meeting_of(connection.execute(held).one(), self._database.where)

    def plan_text(self, plan_id: str, version: str) -> str | None:
        """What a version of a plan said when a meeting was held; None where no meeting saw it."""
        with self._database.reading() as connection:
            return connection.scalar(_text(plan_id, version))

    def meetings(self, plan_id: str, through: int | None = None) -> list[Meeting]:
        """The meetings of a plan that were not taken back, the latest as-of day first, then the
        last held; with `through`, those that stood when the meeting of that number was held.
        """
        with self._database.reading() as connection:
            standing = connection.execute(_standing(plan_id, through))
            return [meeting_of(row, self._database.where) for row in standing]

    def drop_meeting(self, plan_id: str, number: int, *, by: str, at: datetime) -> None:
        """Take a meeting back with a new row; its name is free again. Raises Refused."""
        cells = {"token": uuid4().hex, "name": "", "replaces": number}
        cells |= {"held_by": rows.person_of(by), "held_at": rows.moment_of(at)}
        with self._database.writing() as connection:
            standing = connection.execute(_standing(plan_id)).mappings()
            old = next((row for row in standing if row["id"] == number), None)
            if old is None:
                msgid = message("meeting {number} is not in this record (any more)")
                raise refused(msgid, number=number)
            same = ("plan", "as_of", "last_row", "last_remark", "plan_version")
            connection.execute(insert(MEETINGS), cells | {name: old[name] for name in same})


def meeting_of(row: Row[Any], where: str) -> Meeting:
    """The meeting that a row holds. Raises Unavailable when somebody spoilt it."""
    try:
        return Meeting(
            id=row.id,
            name=row.name,
            as_of=row.as_of,
            rows=row.last_row,
            remarks=row.last_remark,
            plan_version=row.plan_version,
            held_by=row.held_by,
            held_at=datetime.fromisoformat(row.held_at),
            replaces=row.replaces,
        )
    except ValueError as error:
        msgid = message("meeting {id} in {where} cannot be read: restore a backup")
        raise unavailable(msgid, id=row.id, where=where) from error


def _standing(plan_id: str, through: int | None = None) -> Select[Any]:
    """The meetings of a plan that were not taken back by the time that one was held."""
    # Numbers only grow, so that those up to one are what the table held then.
    then = true() if through is None else MEETINGS.c.id <= through
    taken_back = select(MEETINGS.c.replaces).where(
        MEETINGS.c.plan == plan_id, MEETINGS.c.replaces.is_not(None), then
    )
    held = MEETINGS.c.plan == plan_id, MEETINGS.c.replaces.is_(None)
    query = select(MEETINGS).where(then, *held, MEETINGS.c.id.not_in(taken_back))
    return query.order_by(MEETINGS.c.as_of.desc(), MEETINGS.c.id.desc())


def _text(plan_id: str, version: str) -> Select[str]:
    return select(PLANS.c.text).where(PLANS.c.plan == plan_id, PLANS.c.version == version)


def _keep_text(connection: Connection, plan_id: str, text: str) -> str:
    """Keep what a plan says, once; its version."""
    version = version_of(text)
    if connection.scalar(_text(plan_id, version)) is None:
        connection.execute(insert(PLANS), {"plan": plan_id, "version": version, "text": text})
    return version


def _refuse_taken(standing: Iterable[Row[Any]], name: str) -> None:
    for other in standing:
        if folded(other.name) == folded(name):
            msgid = message(
                "a meeting is called “{name}” already, as of {day}, held by {by}; give another name"
            )
            values = {"name": other.name, "day": other.as_of, "by": other.held_by}
            raise refused(msgid, field="name", **values)


def _refuse_other(before: Row[Any], cells: Mapping[str, object]) -> None:
    """A token that comes back for another meeting is no repeat."""
    if any(folded(str(getattr(before, name))) != folded(str(cells[name])) for name in _SAME):
        msgid = message("under this token another meeting was held already, “{name}”, {at}")
        raise refused(msgid, name=before.name, at=rows.moment(before.held_at))
