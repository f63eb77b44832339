"""The month rail: how many targets had which status at each month's end, up to the latest day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mubiao.assessment import statuses
from mubiao.i18n import Language
from mubiao.model import Plan, Status
from mubiao.period import month_of
from mubiao.problems import message
from mubiao.store import Store

Counts = Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class Stop:
    """A day of the rail: its name, `brief` on a phone; how many targets are judged, and how many
    by status, the worst first. Of a month that has not begun (`is_open`) nothing is known.
    """

    day: date
    name: str
    brief: str
    judged: int
    parts: tuple[tuple[Status, int], ...]
    is_open: bool
    is_after_year: bool


def days(plan: Plan, today: date) -> tuple[date, ...]:
    """The plan year's month ends; after it also the end of the third month since, and today."""
    ends = [month.last for month in plan.span.months]
    if today > ends[-1]:
        ends += sorted({min(_reports_due(plan), today), today})
    return tuple(ends)


def counts_on(
    store: Store, plan: Plan, days: Iterable[date], through: int | None
) -> dict[date, Counts]:
    """How many targets have each status as of each day, by the rows recorded up to `through`."""
    standing = store.on_days(plan.id, days, through=through)
    return {day: statuses(plan, rows, day) for day, rows in standing.items()}


def rail(
    plan: Plan, counts: Mapping[date, Counts], today: date, language: Language
) -> tuple[Stop, ...]:
    """The stops in order."""
    return tuple(
        Stop(
            day,
            *_names(plan, day, today, language),
            sum(number for status, number in of.items() if status is not Status.NO_DATA),
            tuple((s, of[s]) for s in reversed(Status) if s is not Status.NO_DATA and of.get(s)),
            is_open=day.replace(day=1) > today,
            is_after_year=day > plan.span.last,
        )
        for day, of in counts.items()
    )


def _reports_due(plan: Plan) -> date:
    return plan.span.end(15)


def _names(plan: Plan, day: date, today: date, language: Language) -> tuple[str, str]:
    month = language.short_month(day.month)
    if day in plan.span:
        return month, str(day.month)
    if day == _reports_due(plan) and day != today:
        return language.period(month_of(day)), month
    return language.t(message("Latest")), language.t(message("now"))
