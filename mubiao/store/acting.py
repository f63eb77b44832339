"""The transaction in which somebody acts on the record, with what it may do there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from mubiao.access import EVERYBODY, Action, Denied, Grant, Rights, Role, Scope
from mubiao.model import Act, Actor, ActorKind, Assignment, Plan
from mubiao.plan.owners import assigned
from mubiao.problems import Problem, Refused, TargetId, message, refused
from mubiao.store.database import StorePart
from mubiao.store.rows import of_plan, reads
from mubiao.store.schema import ASSIGNMENTS, GRANTS, SIGN_INS, TOKENS

_OVER = message("Your sign-in is over: you signed out, or it was ended. Sign in again.")
_UNAPPROVED = message(
    "{target}: its figures need approval before they are public; load the page again, or name the "
    "plan in the folder of plans, and submit them"
)


class ActingPart(StorePart):
    """A part of the store in which people act."""

    @contextmanager
    def _acting(self, act: Act) -> Iterator[tuple[Connection, Rights]]:
        """As `Database.writing`, with what the actor may do, read where no other writer can come
        between the answer and the act. The body must ask (`Rights.require`) before it writes.
        Raises Refused for an actor whose sign-in is over.
        """
        with self._database.writing() as connection:
            if is_over(connection, act.actor):
                raise over()
            yield connection, self._rights(connection, act.actor)

    @contextmanager
    def permitted(self, act: Act, action: Action, *scopes: Scope) -> Iterator[Connection]:
        """The same for what can be asked before anything is read, also for an act beside the
        record, before whose end nothing is revoked. Raises Refused.
        """
        with self._acting(act) as (connection, rights):
            rights.require(action, *scopes)
            yield connection

    def rights(self, actor: Actor) -> Rights:
        """What an actor may do now; a page's controls go by it, each write asks again."""
        if not self._access.in_force:
            return self._access.rights(actor, ())
        with self._database.reading() as connection:
            return self._rights(connection, actor)

    def _plan(self, connection: Connection, plan_id: str, at: datetime) -> Plan | None:
        """The plan in the folder, whichever file or earlier form of it a caller goes by, with the
        units that answer for its targets at a moment.
        """
        plan = self._access.plan(plan_id)
        if plan is None:
            return None
        return assigned(plan, assignments_of(connection, plan_id), at.astimezone(plan.zone).date())

    def _scopes(
        self, connection: Connection, plan_id: str, targets: Iterable[str], at: datetime
    ) -> tuple[Scope, ...]:
        """Where targets of a plan lie at a moment."""
        if not self._access.in_force:
            return ()
        plan = self._plan(connection, plan_id, at)
        return tuple(sorted({Scope.of_target(plan, plan_id, target) for target in targets}))

    def _awaiting(
        self, connection: Connection, plan_id: str, targets: Iterable[str], at: datetime
    ) -> list[str]:
        """The targets whose figures need approval."""
        plan = self._plan(connection, plan_id, at)
        return [one for one in sorted(set(targets)) if plan and plan.needs_approval(one)]

    def _refuse_unapproved(
        self, connection: Connection, plan_id: str, targets: Iterable[str], at: datetime
    ) -> None:
        """Raises Denied where figures of targets must not be public at once."""
        if awaiting := self._awaiting(connection, plan_id, targets, at):
            raise Denied(Problem(_UNAPPROVED, {"target": TargetId(one)}) for one in awaiting)

    def _rights(self, connection: Connection, actor: Actor) -> Rights:
        standing = grants_of(connection, actor.id) if self._access.in_force else ()
        return self._access.rights(actor, standing)


def is_over(connection: Connection, actor: Actor) -> bool:
    """Whether all sign-ins of an actor were ended after the one by which it acts."""
    later = SIGN_INS.c.actor == actor.id, SIGN_INS.c.row > actor.sign_in
    query = select(SIGN_INS.c.row).where(*later, SIGN_INS.c.kind == "ended").limit(1)
    return bool(actor.sign_in) and connection.execute(query).first() is not None


def assignments_of(connection: Connection, plan_id: str) -> list[Assignment]:
    """Every assignment of a plan's targets, in order."""
    return list(map(assignment_of, connection.execute(of_plan(plan_id, ASSIGNMENTS))))


@reads(ASSIGNMENTS)
def assignment_of(row: Row[Any]) -> Assignment:
    """The assignment that a row holds."""
    actor, at = Actor(row.actor, row.acted_by), datetime.fromisoformat(row.acted_at)
    return Assignment(row.target, row.owner, row.since, row.reason, actor, at, row.row)


def accounts_of(connection: Connection, actor: str) -> set[str]:
    """The ids of all who may be the person behind an id, and that id: those who signed in with the
    same verified mail; for a token, whoever made it.
    """
    kind, _, number = actor.partition(":")
    if kind == ActorKind.TOKEN:
        maker = connection.scalar(select(TOKENS.c.actor).where(TOKENS.c.row == int(number)))
        return {actor} if maker is None else {actor, *accounts_of(connection, maker)}
    mails = select(SIGN_INS.c.mail).where(SIGN_INS.c.actor == actor, SIGN_INS.c.mail != "")
    same = select(SIGN_INS.c.actor).where(SIGN_INS.c.mail.in_(mails)).distinct()
    return {actor, *connection.scalars(same)}


def over() -> Refused:
    """The refusal of a sign-in that is over."""
    return refused(_OVER)


def grants_of(connection: Connection, actor: str) -> list[Grant]:
    """The grants that stand of an actor, by id, and those of everybody."""
    revoked = select(GRANTS.c.replaces).where(GRANTS.c.replaces.is_not(None))
    query = select(GRANTS).where(
        GRANTS.c.subject.in_((actor, EVERYBODY)),
        GRANTS.c.kind == "granted",
        GRANTS.c.row.not_in(revoked),
    )
    return list(map(grant_of, connection.execute(query.order_by(GRANTS.c.row))))


@reads(GRANTS)
def grant_of(row: Row[Any]) -> Grant:
    """The grant that a row gives, or takes back by an act of its own."""
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
    )
