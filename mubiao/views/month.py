"""A month's work: a row for each target, with what is known of it, and which rows are owed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mubiao.counting import counts, latest
from mubiao.duty import Debt, calendar, expected_periods
from mubiao.model import Assessment, Indicator, Measure, Observation, Plan, Target, by_target
from mubiao.period import Period
from mubiao.views.overview import short_value
from mubiao.wording.phrasebook import Phrasebook

Tab = Literal["owed", "overdue", "milestones", "all"]


@dataclass(frozen=True, slots=True)
class Due:
    """A row of a month: which target or reference series, and for which period a figure or stage
    is entered.

    `last` is the latest figure of the kind that is judged, for this period or an earlier one;
    `recorded` the one for this very period. `expected` says whether the month asks for the report:
    it is owed, or it is the month's and there; `overdue` whether an owed one is late.
    """

    target: Indicator
    period: Period
    last: Observation | None
    recorded: Observation | None
    expected: bool
    overdue: bool

    @property
    def section(self) -> str:
        """The target's part of the report; "" of a reference series."""
        return self.target.section if isinstance(self.target, Target) else ""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A row of the grid with every text ready; `value` is what is recorded for this very period,
    "" for nothing, `effect` what an edit does, or the status without one.
    """

    target: str
    section: str
    name: str
    period: str
    unit: str
    last: str
    value: str
    effect: str


def months_of(plan: Plan) -> tuple[Period, ...]:
    """The twelve months of the plan year."""
    return plan.span.months


def month_before(plan: Plan, day: date) -> Period:
    """The month whose figures come in on a day: the one before it, within the plan year."""
    months = [month for month in months_of(plan) if month.last < day.replace(day=1)]
    return months[-1] if months else months_of(plan)[0]


def rows_of(
    plan: Plan,
    month: Period,
    assessments: Iterable[Assessment],
    known: Iterable[Observation],
    today: date,
) -> tuple[Due, ...]:
    """A row for each assessed target: the headline section first, then the others as the report
    has them, in each the numbers before the milestones; last the reference series, of which nothing
    is owed.

    Its period is the last one of the target's cadence that ends by the month's end, so a quarter
    keeps its row until the next one; before the first, the figure up to the month. A milestone is
    looked at on the month's last day, or today where that is still to come. `known` are the
    observations that stand.
    """
    of_target = by_target(known)

    def row(target: Indicator, awaited: Iterable[Debt] = ()) -> Due:
        period, own = _period(plan, target, month, today), of_target.get(target.id, ())
        alike = [o for o in own if counts(plan, target, o) and o.period.last <= period.last]
        recorded = latest(o for o in own if o.period == period)
        # Of the month, or come in since it began: of a quarter that came late.
        is_here = recorded and max(recorded.period.last, recorded.known_on) >= month.first
        owed = [debt for debt in awaited if debt.period.last <= month.last]
        overdue = any(debt.overdue_days for debt in owed)
        return Due(target, period, latest(alike), recorded, bool(owed or is_here), overdue)

    rows = [row(a.target, calendar(plan, a)) for a in assessments]
    order = {section.id: place for place, section in enumerate(plan.sections)}
    order[plan.headline] = -1
    rows.sort(key=lambda due: (order[due.section], due.target.is_milestone))
    return (*rows, *map(row, plan.references))


def tabs(rows: Sequence[Due], also: Collection[str]) -> Mapping[Tab, tuple[Due, ...]]:
    """The rows of each list of a month; the targets `also` stand among what is owed."""
    return {
        "owed": tuple(due for due in rows if due.expected or due.target.id in also),
        "overdue": tuple(due for due in rows if due.overdue),
        "milestones": tuple(due for due in rows if due.target.is_milestone),
        "all": tuple(rows),
    }


def _period(plan: Plan, target: Indicator, month: Period, today: date) -> Period:
    if target.is_milestone:
        day = month.last if month.last <= today or today < month.first else today
        return Period.parse(day.isoformat())
    over = [one for one in expected_periods(plan, target) if one.last <= month.last]
    if over:
        return over[-1]
    since_start = target.measure in (Measure.COUNT, Measure.RATE)
    number = plan.span.number(month.last)
    return plan.span.span(1 if since_start else number, number)


def grid_row(phrasebook: Phrasebook, due: Due, effect: str) -> MonthRow:
    """The row of the grid in one language."""
    last = ""
    if due.last is not None:
        last = f"{_figure(phrasebook, due.target, due.last)} · {phrasebook.period(due.last.period)}"
    return MonthRow(
        target=due.target.id,
        section=due.section,
        name=phrasebook.name(due.target.id),
        period=phrasebook.period(due.period),
        unit=phrasebook.unit_name(due.target) or phrasebook.t("stage"),
        last=last,
        value=_figure(phrasebook, due.target, due.recorded),
        effect=effect,
    )


def _figure(phrasebook: Phrasebook, target: Indicator, observation: Observation | None) -> str:
    """A figure without the unit, which has a column; of an amount (£118 million) all of it."""
    number, beside = short_value(phrasebook, observation)
    return f"{number} {beside}".strip() if phrasebook.is_amount(target) else number
