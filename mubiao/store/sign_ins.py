"""Sign-ins: each is a row when it is first seen, and so is what ends all of somebody's, which ends
those before it: the order of rows decides, and no two clocks are compared.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from mubiao.access import Action
from mubiao.identity import SignIn
from mubiao.model import Act, Actor
from mubiao.problems import message, refused
from mubiao.store import rows
from mubiao.store.acting import ActingPart, is_over, over
from mubiao.store.schema import SIGN_INS

REASON_LIMIT = 300
# From the provider's proof to the first page, whatever the clocks of both say. A cookie that turns
# up later is refused: it was copied, or has waited beyond an end that nobody could note.
FRESH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class LastSignIn:
    """Somebody's last sign-in, and whether it is over."""

    actor: str
    name: str
    at: datetime
    is_over: bool


class SignIns(ActingPart):
    """The sign-ins of one database."""

    def signed_in(self, sign_in: SignIn, at: datetime) -> Actor:
        """The actor of a sign-in, which is noted when it is seen for the first time. Raises Refused
        where it is over, and where it is first seen long after it was issued.
        """
        with self._database.reading() as connection:
            row = connection.execute(_row_of(sign_in)).scalar()
        actor = replace(sign_in.actor, sign_in=row or self._begin(sign_in, at))
        if self.is_over(actor):
            raise over()
        return actor

    def came(self, actor: Actor, at: datetime) -> Actor:
        """Somebody whom a proxy names, and vouches for at each page: noted once, so that others
        can give roles; a page opened after an end is a new beginning.
        """
        first = SignIn(actor, actor.id, at, at)
        with self._database.reading() as connection:
            is_known = connection.execute(_row_of(first)).first() is not None
            last = connection.execute(select(func.max(SIGN_INS.c.row))).scalar()
        return replace(actor, sign_in=(last if is_known else self._begin(first, at)) or 0)

    def _begin(self, sign_in: SignIn, at: datetime) -> int:
        """The row of a new session, which another window may have written meanwhile."""
        actor, cells = sign_in.actor, {"kind": "begun", "session": sign_in.key, "reason": ""}
        cells |= {"actor": actor.id, "name": actor.name, "by_actor": actor.id}
        cells |= {"at": rows.moment_of(at), "mail": sign_in.mail}
        with self._database.writing() as connection:
            if (row := connection.execute(_row_of(sign_in)).scalar()) is not None:
                return int(row)
            if abs(at - sign_in.issued) > FRESH:
                raise over()
            return int(rows.added(connection, SIGN_INS, cells).row)

    def is_over(self, actor: Actor) -> bool:
        """Whether somebody signed out, or was signed out, since this sign-in."""
        with self._database.reading() as connection:
            return is_over(connection, actor)

    def end_sign_ins(self, actor: str, act: Act, *, reason: str) -> None:
        """End all sign-ins of an actor, by id, wherever they are: from the next write on, and
        within a minute for reading that needs one; by others with a reason. Raises Refused, also
        for who never signed in.
        """
        missing = message("the reason is missing; say why the sign-ins are ended")
        why = rows.text_of(reason, "reason", REASON_LIMIT, missing) if act.actor.id != actor else ""
        begun = SIGN_INS.c.actor == actor, SIGN_INS.c.kind == "begun"
        with self._acting(act) as (connection, rights):
            rights.require(Action.END_SESSIONS, own=act.actor.id == actor)
            if act.actor.id != actor and not rights.in_force:
                raise rights.denied(Action.END_SESSIONS)
            if (last := rows.newest(connection, SIGN_INS, *begun)) is None:
                raise refused(message("{actor} has never signed in"), actor=actor)
            cells = {"kind": "ended", "session": "", "actor": actor, "name": last.name}
            cells |= {"by_actor": act.actor.id, "at": rows.moment_of(act.at), "reason": why}
            rows.added(connection, SIGN_INS, cells | {"mail": ""})

    def last_sign_ins(self) -> list[LastSignIn]:
        """Everybody who has ever signed in, by name."""
        begun = select(func.max(SIGN_INS.c.row)).where(SIGN_INS.c.kind == "begun")
        ended = select(SIGN_INS.c.actor, func.max(SIGN_INS.c.row).label("row"))
        ends = ended.where(SIGN_INS.c.kind == "ended").group_by(SIGN_INS.c.actor).subquery()
        query = select(SIGN_INS, func.coalesce(ends.c.row, 0) > SIGN_INS.c.row)
        query = query.outerjoin(ends, ends.c.actor == SIGN_INS.c.actor)
        query = query.where(SIGN_INS.c.row.in_(begun.group_by(SIGN_INS.c.actor)))
        with self._database.reading() as connection:
            everybody = connection.execute(query.order_by(SIGN_INS.c.name, SIGN_INS.c.row)).all()
        return [
            LastSignIn(row.actor, row.name, rows.moment(row.at).at, bool(row[-1]))
            for row in everybody
        ]


def _row_of(sign_in: SignIn) -> Select[Any]:
    return select(SIGN_INS.c.row).where(SIGN_INS.c.session == sign_in.key)
