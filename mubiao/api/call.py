"""What a call names, and who calls: its plan and day, everything else in its address is refused;
another system by its token, and how often it may.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from starlette.datastructures import Headers, QueryParams

from mubiao import clock, journal
from mubiao.access import Action, Denied, Scope
from mubiao.deployment import record_of
from mubiao.model import Owner, Plan, Token
from mubiao.plan.loader import PlanFile, default_plan, named_plan, plan_files
from mubiao.plan.owners import owner_named
from mubiao.problems import Problem, Problems, Refused, Unavailable, excerpt, message
from mubiao.settings import Settings, day_of
from mubiao.store import Store

_REPEATABLE = ("confirm", "leave_out")


class Misuse(Refused):
    """The call itself is wrong."""


class Unknown(Refused):
    """What the call names is not there."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call whose parameters are understood; `owner` is None for every unit."""

    settings: Settings
    file: PlanFile
    plan: Plan
    store: Store
    day: date
    owner: Owner | None
    parameters: Mapping[str, tuple[str, ...]]

    def only(self, name: str) -> str | None:
        """A parameter that is given at most once."""
        return next(iter(self.parameters.get(name, ())), None)

    @property
    def version(self) -> tuple[Hashable, ...]:
        """Changes when the plan or a row of its record does, or when the call asks otherwise."""
        record = self.store.version(self.plan.id, clock.now())
        owner = None if self.owner is None else self.owner.id
        return self.settings.database, self.file.version, record, self.day, owner


def call_of(query: QueryParams, names: Collection[str], settings: Settings) -> Call:
    """What a call's parameters mean. Raises Misuse, Unknown, and Unavailable for no record."""
    parameters = _parameters(query, names)
    first = {name: values[0] for name, values in parameters.items()}
    file, plan = _plan(settings, first.get("plan"))
    try:
        day = day_of(first.get("as_of"), "as_of") or clock.today(settings, plan.zone)
        unit = first.get("owner")
        owner = None if unit is None else owner_named(plan, unit, "owner")
    except Refused as refusal:
        raise Misuse(refusal.problems) from None
    store = record_of(settings, file)
    return Call(settings, file, store.assigned(plan, day), store, day, owner, parameters)


def _parameters(query: QueryParams, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """The parameters' values by their names. Raises Misuse with everything that is wrong."""
    values = {name: tuple(query.getlist(name)) for name in query}
    problems = Problems()
    for name, each in values.items():
        if name not in names:
            msgid = message("there is no parameter {name}; expected {expected}")
            expected = ", ".join(names) or "–"
            problems.add(excerpt(name), msgid, name=excerpt(name), expected=expected)
        elif len(each) > 1 and name not in _REPEATABLE:
            msgid = message("{name} is given more than once; expected one value")
            problems.add(name, msgid, name=name)
    if problems:
        raise Misuse(problems)
    return values


def _plan(settings: Settings, name: str | None) -> tuple[PlanFile, Plan]:
    """The plan of this id or file name, or else the one that opens. Raises Unknown for none."""
    files = plan_files(settings.plans)
    file = default_plan(files, settings.plan) if name is None else named_plan(files, name)
    if file is None:
        msgid = message("there is no plan “{name}”; there are: {names}")
        values = {"name": excerpt(name or ""), "names": ", ".join(one.path.stem for one in files)}
        raise Unknown([Problem(msgid, values, field="plan")])
    if file.plan is None:
        raise Unavailable(file.problems)
    return file, file.plan


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
