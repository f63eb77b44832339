"""Meetings: named as-of days with what was recorded, and what the plan said, when each was held."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, insert, select

from mubiao.access import Action, Scope
from mubiao.model import Act, Actor, Meeting, MeetingAct, version_of
from mubiao.plain_text import folded
from mubiao.problems import message, refused
from mubiao.store import rows
from mubiao.store.acting import ActingPart
from mubiao.store.schema import ENTRIES, MEETINGS, PLANS, REMARKS

NAME_LIMIT = 80
_SAME = ("plan", "name", "as_of")
_GONE = message("meeting {number} is not in this record (any more)")


class Meetings(ActingPart):
    """The meetings of one database."""

    def hold(self, plan_id: str, name: str, as_of: date, act: Act, *, plan_text: str) -> Meeting:
        """Keep what is recorded now, and what the plan says, under the name of a meeting that
        looks at a day.

        Holding it again under the same token does nothing. Raises Refused without a name, for
        one that another meeting of the plan has, and for a token used for another meeting.
        """
        missing = message("the meeting has no name; say what it is called")
        cells = {
            "plan": plan_id,
            "token": rows.token_of(act.token or uuid4().hex),
            "name": rows.name_of(name, "name", NAME_LIMIT, missing),
            "as_of": as_of,
            **rows.signed("held", act),
        }
        with self.permitted(act, Action.KEEP_MEETINGS, Scope(plan_id)) as connection:
            of_token = select(MEETINGS).where(MEETINGS.c.token == cells["token"])
            if (before := connection.execute(of_token).one_or_none()) is not None:
                _refuse_other(before, cells, act.actor)
                return self._one(connection, plan_id, before.id)
            _refuse_taken(self._all(connection, plan_id), str(cells["name"]))
            cells |= {
                "last_row": rows.last_of(plan_id, ENTRIES),
                "last_remark": rows.last_of(plan_id, REMARKS),
                "plan_version": _keep_text(connection, plan_id, plan_text),
                "kind": "held",
                "reason": "",
            }
            return meeting_of(rows.added(connection, MEETINGS, cells))

    def plan_text(self, plan_id: str, version: str) -> str | None:
        """What a version of a plan said when a meeting was held; None where no meeting saw it."""
        with self._database.reading() as connection:
            return connection.scalar(_text(plan_id, version))

    def meetings(self, plan_id: str, through: int | None = None) -> list[Meeting]:
        """The meetings of a plan that were not taken back, the latest as-of day first, then the
        last held; with `through`, those that stood when the meeting of that number was held.
        """
        return [one for one in self.all_meetings(plan_id, through) if not one.taken_back]

    def all_meetings(self, plan_id: str, through: int | None = None) -> list[Meeting]:
        """The same with those that were taken back, each with what became of it."""
        with self._database.reading() as connection:
            return self._all(connection, plan_id, through)

    def drop_meeting(self, plan_id: str, number: int, act: Act, *, reason: str) -> None:
        """Take a meeting back with a new row; its name is free again. Raises Refused."""
        missing = message("the reason is missing; say why the meeting is taken back")
        cells = {"kind": "taken_back", "reason": rows.reason_of(reason, missing)}
        with self.permitted(act, Action.KEEP_MEETINGS, Scope(plan_id)) as connection:
            meeting = self._one(connection, plan_id, number)
            if meeting.taken_back:
                raise refused(_GONE, number=number)
            _add_act(connection, meeting, cells | rows.signed("held", act))

    def put_back_meeting(self, plan_id: str, number: int, act: Act) -> None:
        """Have a meeting stand again that was taken back; one that stands is left so. Raises
        Refused, also where another meeting has its name by now.
        """
        with self.permitted(act, Action.KEEP_MEETINGS, Scope(plan_id)) as connection:
            meeting = self._one(connection, plan_id, number)
            if meeting.taken_back:
                _refuse_taken(self._all(connection, plan_id), meeting.name)
                cells = {"kind": "put_back", "reason": "", **rows.signed("held", act)}
                _add_act(connection, meeting, cells)

    def _all(
        self, connection: Connection, plan_id: str, through: int | None = None
    ) -> list[Meeting]:
        query = rows.of_plan(plan_id, MEETINGS)
        if through is not None:
            # Numbers only grow, so that those up to one are what the table held then.
            query = query.where(MEETINGS.c.id <= through)
        meetings: dict[int, Meeting] = {}
        first: dict[int, int] = {}  # the number of each row's meeting
        for row in connection.execute(query):
            number = first[row.id] = first.get(row.replaces, row.id)
            one = meeting_of(row)
            if (held := meetings.get(number)) is not None:
                one = replace(held, acts=(*held.acts, *one.acts))
            meetings[number] = one
        return sorted(meetings.values(), key=attrgetter("as_of", "id"), reverse=True)

    def _one(self, connection: Connection, plan_id: str, number: int) -> Meeting:
        for meeting in self._all(connection, plan_id):
            if meeting.id == number:
                return meeting
        raise refused(_GONE, number=number)


@rows.reads(MEETINGS)
def meeting_of(row: Row[Any]) -> Meeting:
    """The meeting that a row is about, with its act alone."""
    at = datetime.fromisoformat(row.held_at)
    return Meeting(
        id=row.id,
        name=row.name,
        as_of=row.as_of,
        rows=row.last_row,
        remarks=row.last_remark,
        plan_version=row.plan_version,
        acts=(MeetingAct(row.id, row.kind, row.held_by, at, row.reason, row.actor),),
    )


def _add_act(connection: Connection, meeting: Meeting, cells: Mapping[str, str]) -> None:
    same = ("plan", "as_of", "last_row", "last_remark", "plan_version")
    held = connection.execute(select(MEETINGS).where(MEETINGS.c.id == meeting.id)).mappings().one()
    chain = {"token": uuid4().hex, "name": "", "replaces": meeting.acts[-1].row}
    rows.added(connection, MEETINGS, chain | {name: held[name] for name in same} | {**cells})


def _text(plan_id: str, version: str) -> Select[str]:
    return select(PLANS.c.text).where(PLANS.c.plan == plan_id, PLANS.c.version == version)


def _keep_text(connection: Connection, plan_id: str, text: str) -> str:
    """Keep what a plan says, once; its version."""
    version = version_of(text)
    if connection.scalar(_text(plan_id, version)) is None:
        connection.execute(insert(PLANS), {"plan": plan_id, "version": version, "text": text})
    return version


def _refuse_taken(meetings: Iterable[Meeting], name: str) -> None:
    for other in meetings:
        if not other.taken_back and folded(other.name) == folded(name):
            msgid = message(
                "a meeting is called “{name}” already, as of {day}, held by {by}; give another name"
            )
            values = {"name": other.name, "day": other.as_of, "by": other.held_by}
            raise refused(msgid, field="name", **values)


def _refuse_other(before: Row[Any], cells: Mapping[str, object], actor: Actor) -> None:
    """A token that comes back for another meeting is no repeat."""
    same = all(folded(str(getattr(before, name))) == folded(str(cells[name])) for name in _SAME)
    if not (same and actor.did(before.actor, before.held_by)):
        msgid = message("under this token another meeting was held already, “{name}”, {at}")
        raise refused(msgid, name=before.name, at=rows.moment(before.held_at))
