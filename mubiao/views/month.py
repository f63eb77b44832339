"""A month's work: the figures that are due at its end, with what is known of each target so far."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mubiao.counting import counts, latest
from mubiao.duty import expected_periods
from mubiao.model import Observation, Plan, Stage, Target, by_target
from mubiao.period import Period
from mubiao.views.overview import short_value
from mubiao.wording.phrasebook import Phrasebook

_DECIDED = (Stage.COMPLETE, Stage.CANCELLED)


@dataclass(frozen=True, slots=True)
class Due:
    """A figure that is due: for which target and period.

    `last` is the latest figure of the kind that is judged, for this period or an earlier one;
    `recorded` the one for this very period.
    """

    target: Target
    period: Period
    last: Observation | None
    recorded: Observation | None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A figure that is due, every text ready for a grid; `value` is what is recorded for this very
    period, "" for nothing.
    """

    target: str
    section: str
    name: str
    period: str
    unit: str
    last_value: str
    last_period: str
    value: str


def months_of(plan: Plan) -> tuple[Period, ...]:
    """The twelve months of the plan year."""
    return tuple(Period.parse(f"{plan.year}-{month:02}") for month in range(1, 13))


def month_before(plan: Plan, day: date) -> Period:
    """The month whose figures come in on a day: the one before it, within the plan year."""
    months = [month for month in months_of(plan) if month.last < day.replace(day=1)]
    return months[-1] if months else months_of(plan)[0]


def due_in(
    plan: Plan, month: Period, known: Iterable[Observation], today: date, also: Collection[str] = ()
) -> tuple[Due, ...]:
    """The figures due at a month's end by the targets' cadence: the headline section first, then
    the others as the report has them, in each the numbers before the milestones.

    `known` are the observations that stand. A milestone is looked at on the month's last day, or
    today where that is still to come; one that is complete or cancelled needs no more looks,
    unless it is one of the targets `also` asked for.
    """
    of_target = by_target(known)
    listed = []
    for target in plan.targets:
        period = _period_due(plan, target, month, today)
        if period is not None:
            due = _due(plan, target, period, of_target.get(target.id, ()))
            decided = due.last is not None and due.last.value in _DECIDED
            if target.id in also or due.recorded is not None or not decided:
                listed.append(due)
    order = {section.id: place for place, section in enumerate(plan.sections)}
    order[plan.headline] = -1
    listed.sort(key=lambda due: (order[due.target.section], due.target.is_milestone))
    return tuple(listed)


def _period_due(plan: Plan, target: Target, month: Period, today: date) -> Period | None:
    if target.is_milestone:
        if month.last.month % target.cadence.months:
            return None
        day = month.last if month.last <= today or today < month.first else today
        return Period.parse(day.isoformat())
    expected = expected_periods(plan, target)
    return next((period for period in expected if period.last == month.last), None)


def _due(plan: Plan, target: Target, period: Period, known: Sequence[Observation]) -> Due:
    alike = [o for o in known if counts(plan, target, o) and o.period.last <= period.last]
    return Due(
        target, period, last=latest(alike), recorded=latest(o for o in known if o.period == period)
    )


def grid_row(phrasebook: Phrasebook, due: Due) -> MonthRow:
    """The row of the grid in one language."""
    value, _unit = short_value(phrasebook, due.last)
    return MonthRow(
        target=due.target.id,
        section=due.target.section,
        name=phrasebook.name(due.target.id),
        period=phrasebook.period(due.period),
        unit=phrasebook.unit_name(due.target) or phrasebook.t("stage"),
        last_value=value,
        last_period=phrasebook.period(due.last.period) if due.last else "",
        value=short_value(phrasebook, due.recorded)[0],
    )
