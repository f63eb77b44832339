"""What a call names: its language, the plan, the day; everything else in its address is refused."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import QueryParams

from mubiao import clock
from mubiao.deployment import record_of
from mubiao.model import Owner, Plan
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
    values: dict[str, tuple[str, ...]] = {}
    for name, value in query.multi_items():
        values[name] = (*values.get(name, ()), value)
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
