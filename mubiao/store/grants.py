"""Grants of roles: append-only rows; a revocation is a row that names the grant it ends."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from mubiao.access import EVERYBODY, EVERYWHERE, Action, Grant, Role, Scope
from mubiao.model import Act, Actor
from mubiao.problems import Phrase, excerpt, message, refused
from mubiao.store import rows
from mubiao.store.acting import ActingPart, grant_of, grants_of
from mubiao.store.schema import GRANTS

_SAME = ("subject", "name", "role", "plan", "owner", "section")


class Grants(ActingPart):
    """Who has which role in one database."""

    def grants(self) -> list[Grant]:
        """Every grant ever, with what revoked it, in order."""
        grants: dict[int, Grant] = {}
        with self._database.reading() as connection:
            for row in connection.execute(select(GRANTS).order_by(GRANTS.c.row)):
                one = grant_of(row)
                if row.replaces is None:
                    grants[row.row] = one
                else:
                    grants[row.replaces] = replace(
                        grants[row.replaces],
                        revoked_by=one.granted_by,
                        revoked_at=one.granted_at,
                        revoked_for=one.reason,
                    )
        return list(grants.values())

    def grant(
        self, subject: Actor, role: Role, scope: Scope = EVERYWHERE, *, act: Act, reason: str
    ) -> Grant:
        """Give somebody a role within a scope, for a reason; one that stands already is left as it
        is. `subject` is who it is, or whoever is proven to be somebody (the id EVERYBODY), who can
        be a reader alone. Raises Refused.
        """
        self._refuse_without_roles(act.actor)
        _refuse_subject(subject.id, role)
        name = rows.name_of(subject.name, "name")
        cells = {"subject": subject.id, "name": name, "role": role.value}
        cells |= {"plan": scope.plan, "owner": scope.owner, "section": scope.section}
        cells |= {"kind": "granted", **_acted(reason, act)}
        with self.permitted(act, Action.GRANT, scope) as connection:
            for before in grants_of(connection, subject.id):
                if (before.actor, before.role, before.scope) == (subject.id, role, scope):
                    return before
            return grant_of(rows.added(connection, GRANTS, cells))

    def revoke(self, row: int, act: Act, *, reason: str) -> None:
        """Take a grant back, for a reason; the next write of whoever had it is refused. One that
        was taken back already is left as it is. Raises Refused.
        """
        self._refuse_without_roles(act.actor)
        acted = _acted(reason, act)
        with self._acting(act) as (connection, rights):
            granted = _one(connection, row)
            rights.require(Action.REVOKE, Scope(granted.plan, granted.owner, granted.section))
            revoked = select(GRANTS.c.row).where(GRANTS.c.replaces == row)
            if connection.execute(revoked).first() is None:
                same = {name: getattr(granted, name) for name in _SAME}
                cells = {**same, "kind": "revoked", "replaces": row, **acted}
                rows.added(connection, GRANTS, cells)

    def _refuse_without_roles(self, actor: Actor) -> None:
        """Raises Denied where no roles are in force: nobody must prepare what will be, then."""
        if not self._access.in_force:
            raise self._access.rights(actor, ()).denied(Action.GRANT)


def _one(connection: Connection, row: int) -> Row[Any]:
    query = select(GRANTS).where(GRANTS.c.row == row, GRANTS.c.kind == "granted")
    granted = connection.execute(query).one_or_none() if 0 < row <= rows.LAST_NUMBER else None
    if granted is None:
        raise refused(message("there is no grant no. {row}"), row=row)
    return granted


def _refuse_subject(subject: str, role: Role) -> None:
    if subject == EVERYBODY and role is not Role.READER:
        msgid = message("whoever signs in can be a reader alone; name one for the role {role}")
        raise refused(msgid, field="role", role=Phrase(role.value))
    if subject != EVERYBODY and not Actor.is_id(subject):
        msgid = message(
            "“{id}” is no id of anybody; expected one such as oidc:id.example/7, proxy:wang, os:li "
            "or typed:wang"
        )
        raise refused(msgid, field="subject", id=excerpt(subject))


def _acted(reason: str, act: Act) -> dict[str, str]:
    """Who acts, when and why, as the table holds it. Raises Refused."""
    return rows.signed("acted", act) | {"reason": rows.reason_of(reason)}
