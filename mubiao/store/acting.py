"""The transaction in which somebody acts on the record, with what it may do there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from mubiao.access import EVERYBODY, Action, Grant, Rights, Role, Scope
from mubiao.model import Actor
from mubiao.problems import Refused, message, refused, unavailable
from mubiao.store.database import StorePart
from mubiao.store.schema import GRANTS, SIGN_INS

_OVER = message("Your sign-in is over: you signed out, or it was ended. Sign in again.")


class ActingPart(StorePart):
    """A part of the store in which people act."""

    @contextmanager
    def _acting(self, actor: Actor) -> Iterator[tuple[Connection, Rights]]:
        """As `Database.writing`, with what an actor may do, read where no other writer can come
        between the answer and the act. The body must ask (`Rights.require`) before it writes.
        Raises Refused for an actor whose sign-in is over.
        """
        with self._database.writing() as connection:
            if is_over(connection, actor):
                raise over()
            yield connection, self._rights(connection, actor)

    @contextmanager
    def _permitted(self, actor: Actor, action: Action, *scopes: Scope) -> Iterator[Connection]:
        """The same for what can be asked before anything is read. Raises Refused."""
        with self._acting(actor) as (connection, rights):
            rights.require(action, *scopes)
            yield connection

    def rights(self, actor: Actor) -> Rights:
        """What an actor may do now; a page's controls go by it, each write asks again."""
        if not self._access.in_force:
            return self._access.rights(actor, ())
        with self._database.reading() as connection:
            return self._rights(connection, actor)

    def _rights(self, connection: Connection, actor: Actor) -> Rights:
        in_force = self._access.in_force
        standing = grants_of(connection, self._database.where, actor.id) if in_force else ()
        return self._access.rights(actor, standing)


def is_over(connection: Connection, actor: Actor) -> bool:
    """Whether all sign-ins of an actor were ended after the one by which it acts."""
    later = SIGN_INS.c.actor == actor.id, SIGN_INS.c.row > actor.sign_in
    query = select(SIGN_INS.c.row).where(*later, SIGN_INS.c.kind == "ended").limit(1)
    return bool(actor.sign_in) and connection.execute(query).first() is not None


def over() -> Refused:
    """The refusal of a sign-in that is over."""
    return refused(_OVER)


def grants_of(connection: Connection, where: str, actor: str) -> list[Grant]:
    """The grants that stand of an actor, by id, and those of everybody."""
    revoked = select(GRANTS.c.replaces).where(GRANTS.c.replaces.is_not(None))
    query = select(GRANTS).where(
        GRANTS.c.subject.in_((actor, EVERYBODY)),
        GRANTS.c.kind == "granted",
        GRANTS.c.row.not_in(revoked),
    )
    return grants_from(connection.execute(query.order_by(GRANTS.c.row)).all(), where)


def grants_from(recorded: Sequence[Row[Any]], where: str) -> list[Grant]:
    """The grants among rows, with what revoked each. Raises Unavailable for a spoilt row."""
    revocations = {row.replaces: row for row in recorded if row.replaces}
    return [
        _grant(row, revocations.get(row.row), where) for row in recorded if row.kind == "granted"
    ]


def _grant(row: Row[Any], revocation: Row[Any] | None, where: str) -> Grant:
    try:
        return Grant(
            actor=row.subject,
            name=row.name,
            role=Role(row.role),
            scope=Scope(row.plan, row.owner, row.section),
            row=row.row,
            granted_by=row.acted_by,
            grantor=row.actor,
            granted_at=datetime.fromisoformat(row.acted_at),
            reason=row.reason,
            revoked_by=revocation.acted_by if revocation else "",
            revoked_at=datetime.fromisoformat(revocation.acted_at) if revocation else None,
            revoked_for=revocation.reason if revocation else "",
        )
    except ValueError as error:
        msgid = message("the grant no. {row} in {where} cannot be read: restore a backup")
        raise unavailable(msgid, row=row.row, where=where) from error
