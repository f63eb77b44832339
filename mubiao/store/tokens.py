"""Tokens of other systems: made once, used, ended; of its secret only a hash is kept."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, select

from mubiao.access import Action, Role, Scope
from mubiao.model import Act, Actor, Token
from mubiao.problems import message, refused
from mubiao.store import rows
from mubiao.store.acting import ActingPart, grants_of
from mubiao.store.schema import GRANTS, TOKENS

_PREFIX = "mubiao_"  # so that people, and what looks for leaked secrets, see what it is


class Tokens(ActingPart):
    """The tokens of one database. Who calls by one is a filer of its unit: where roles are in
    force, by a grant that is made and revoked with it.
    """

    def make_token(
        self, plan_id: str, owner: str, name: str, act: Act, *, expires: date
    ) -> tuple[int, str]:
        """A new token's number, and its secret, which nobody can read again. Raises Refused."""
        if expires < act.at.date():
            msgid = message("the token would have expired on {day}; expected a day to come")
            raise refused(msgid, field="expires", day=expires)
        missing = message("the token's name is missing; say which system it is for")
        cells: dict[str, Any] = {"plan": plan_id, "owner": owner, "expires": expires}
        cells["name"] = rows.name_of(name, "name", missing=missing)
        # It is the name under which the token records.
        rows.named(Actor.typed(cells["name"]))
        secret = _PREFIX + secrets.token_urlsafe(32)
        cells |= {"kind": "made", "hash": _hash(secret), **_signed(act)}
        with self.permitted(act, Action.MAKE_TOKENS, Scope(plan_id, owner)) as connection:
            token = token_of(rows.added(connection, TOKENS, cells))
            rows.added(connection, GRANTS, {"kind": "granted", **_granted(token, act)})
            return token.id, secret

    def end_token(self, plan_id: str, token: int, act: Act) -> None:
        """End a token for good. Raises Refused where there is none of this number, or no more."""
        with self._acting(act) as (connection, rights):
            query = select(TOKENS).where((TOKENS.c.row == token) | (TOKENS.c.token == token))
            one = next(iter(_tokens(connection.execute(query.order_by(TOKENS.c.row)))), None)
            if one is None or one.plan != plan_id or one.ended is not None:
                msgid = message("there is no token no. {token} that could be ended")
                raise refused(msgid, token=token)
            rights.require(Action.END_TOKENS, Scope(plan_id, one.owner))
            ended = {"plan": plan_id, "kind": "ended", "token": token, **_signed(act)}
            rows.added(connection, TOKENS, ended)
            for grant in grants_of(connection, one.actor.id):
                if grant.actor == one.actor.id:
                    revoked = {"kind": "revoked", "replaces": grant.row, **_granted(one, act)}
                    rows.added(connection, GRANTS, revoked)

    def tokens(self, plan_id: str) -> list[Token]:
        """Every token ever made for a plan, in order."""
        with self._database.reading() as connection:
            return _tokens(connection.execute(rows.of_plan(plan_id, TOKENS)))

    def token_of(self, secret: str) -> Token | None:
        """The token of a secret, whether it is still good or not."""
        made = select(TOKENS.c.row).where(TOKENS.c.hash == _hash(secret)).scalar_subquery()
        query = select(TOKENS).where((TOKENS.c.row == made) | (TOKENS.c.token == made))
        with self._database.reading() as connection:
            return next(iter(_tokens(connection.execute(query.order_by(TOKENS.c.row)))), None)

    def note_use(self, token: Token, at: datetime) -> None:
        """Keep that a token was used, once a day."""
        if token.used == at.date():
            return
        used = {"plan": token.plan, "kind": "used", "token": token.id}
        with self._database.writing() as connection:
            rows.added(connection, TOKENS, used | _signed(Act(token.actor, at)))


@rows.reads(TOKENS)
def token_of(row: Row[Any]) -> Token:
    """The token that a row makes, uses or ends."""
    at = datetime.fromisoformat(row.at)
    return Token(row.row, row.plan, row.owner, row.name, row.expires or date.max, at, row.by)


def _tokens(recorded: Iterable[Row[Any]]) -> list[Token]:
    made: dict[int, Token] = {}
    for row in recorded:
        one = token_of(row)
        if row.kind == "made":
            made[row.row] = one
        elif row.token not in made:  # asked for by the number of a row that makes none
            continue
        elif row.kind == "used":
            made[row.token] = replace(made[row.token], used=one.made.date())
        else:
            made[row.token] = replace(made[row.token], ended=one.made, ended_by=row.by)
    return list(made.values())


def _granted(token: Token, act: Act) -> dict[str, str]:
    """A token's grant, or its end, as the table of grants holds it."""
    subject = token.actor
    cells = {"subject": subject.id, "name": subject.name, "role": Role.FILER.value}
    cells |= {"plan": token.plan, "owner": token.owner, "section": "", "reason": token.name}
    return cells | rows.signed("acted", act)


def _signed(act: Act) -> dict[str, str]:
    who = rows.named(act.actor)
    return {"by": who.name, "actor": who.id, "at": rows.moment_of(act.at)}


def _hash(secret: str) -> str:
    """No salt: a secret of 256 random bits cannot be guessed or looked up."""
    return sha256(secret.encode()).hexdigest()
