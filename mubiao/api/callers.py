"""Who calls: another system by its token, and how often it may."""

from collections import defaultdict
from datetime import datetime
from threading import Lock

from starlette.datastructures import Headers

from mubiao import journal
from mubiao.access import Action, Denied, Scope
from mubiao.model import Plan, Token
from mubiao.problems import Problem, Refused, message
from mubiao.store import Store

A_MINUTE = 120
_SCHEME = "bearer "
_NONE = message("this needs a token: send it as Authorization: Bearer TOKEN")
_UNKNOWN = message("the token is unknown, has expired or was ended")
_OTHER_PLAN = message("the token is for another plan than {plan}")
_OFTEN = message("a token may be used {most} times a minute; wait {seconds} seconds")


class Unauthorised(Refused):
    """The caller has no token that is good."""

    outcome = "unauthorised"


class TooOften(Refused):
    """The caller has used its token too often; `seconds` until it may again."""

    outcome = "too_often"

    def __init__(self, seconds: int) -> None:
        super().__init__([Problem(_OFTEN, {"most": A_MINUTE, "seconds": seconds})])
        self.seconds = seconds


class Limit:
    """How often each token was used in a minute: in the memory of this server alone, so that
    several servers let through as many times more.
    """

    def __init__(self, most: int = A_MINUTE) -> None:
        self._most = most
        self._lock = Lock()
        self._minute = 0
        self._uses: defaultdict[int, int] = defaultdict(int)

    def count(self, token: int, now: datetime) -> None:
        """Count a use. Raises TooOften for one too many, which counts as none."""
        minute, second = divmod(int(now.timestamp()), 60)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._uses.clear()
            if self._uses[token] >= self._most:
                raise TooOften(60 - second)
            self._uses[token] += 1


_limit = Limit()


def caller(headers: Headers, store: Store, now: datetime) -> Token | None:
    """The token that a call shows, None for none.

    Raises Unauthorised for one that is no good, and TooOften.
    """
    header = headers.get("authorization", "")
    if not header:
        return None
    if not header.lower().startswith(_SCHEME):
        raise Unauthorised([Problem(_NONE)])
    token = store.token_of(header[len(_SCHEME) :].strip())
    if token is None or not token.is_good(now.date()):
        raise Unauthorised([Problem(_UNKNOWN)])
    journal.name("", token.actor.id)
    _limit.count(token.id, now)
    store.note_use(token, now)
    return token


def known_caller(headers: Headers, store: Store, now: datetime) -> Token:
    """The token that a call shows. Raises Unauthorised, also for none, and TooOften."""
    token = caller(headers, store, now)
    if token is None:
        raise Unauthorised([Problem(_NONE)])
    return token


def refuse_other_plan(token: Token, plan: Plan) -> None:
    """Raises Denied for a plan that a token is not for."""
    if token.plan != plan.id:
        raise Denied([Problem(_OTHER_PLAN, {"plan": plan.id}, field="plan")])


def refuse_reading(token: Token, plan: Plan, store: Store) -> None:
    """Raises Denied for what a token may not read, where not everybody may."""
    refuse_other_plan(token, plan)
    store.rights(token.actor).require(Action.READ, Scope(token.plan, token.owner))
