"""What is owed: which reports the calendar asks for, by which day, and which are late (METHOD 3a).

A report is expected for each period of a target's cadence, for a milestone each quarter. It is due
on the day of its release where the target's calendar names one, else `lag` days after the period's
end. A figure that counts settles its own period and all earlier ones, and what is decided owes
nothing more. Pure: the plan and its assessments as of a day go in.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from mubiao.model import Assessment, Cadence, Flag, Indicator, Judged, Measure, Plan, Target
from mubiao.period import Period, YearSpan


@dataclass(frozen=True, slots=True)
class Debt:
    """A report that is expected and not there: of which target, for which period, due by when.

    `overdue_days` are the days gone since the due day, 0 until that is over.
    """

    target: Target
    period: Period
    due: date
    overdue_days: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many targets are reported, how many others owe a report by now, and how many do not yet.

    A target is reported when a figure of it counts, though a newer one may be owed. No status
    follows from these numbers, nor they from a status.
    """

    reported: int
    owed: int
    not_due: int

    @property
    def total(self) -> int:
        """All targets."""
        return self.reported + self.owed + self.not_due


def expected_periods(plan: Plan, target: Indicator) -> tuple[Period, ...]:
    """The periods of the plan year for which an indicator's figures are published, in order.

    Running totals and rates are published since the year began (Q1, H1, the first three quarters,
    the year), after it up to a later due day; levels and changes since a base year for each period
    by itself. A milestone has no period of its own: it is looked at on a day.
    """
    if target.is_milestone:
        return ()
    months, since_start = target.cadence.months, _since_start(target)
    return _periods(plan.span, months, plan.span.number(plan.end(target)), since_start=since_start)


def expected_reports(plan: Plan, target: Target) -> tuple[Period, ...]:
    """The periods for which a report of a target is expected, in order.

    The last one is the first that reaches the target's due day; of a promise for all year, for
    which later figures do not count, the last that ends by that day.
    """
    return _reports(
        plan.span,
        3 if target.is_milestone else target.cadence.months,
        plan.due(target),
        since_start=_since_start(target),
        up_to_due=target.judged is Judged.ALL_YEAR,
    )


def due_day(plan: Plan, target: Target, period: Period) -> date:
    """The day by which a period's report is due."""
    if (released := plan.release(target, period)) is not None:
        return released
    cadence = Cadence.QUARTERLY if target.is_milestone else target.cadence
    lag = plan.lag.days(cadence) if target.lag is None else target.lag
    return period.last + timedelta(days=lag)


def calendar(plan: Plan, assessment: Assessment) -> tuple[Debt, ...]:
    """Every report of a target that is not there yet, with those still to come, by period."""
    target, as_of = assessment.target, assessment.as_of
    return tuple(
        Debt(target, period, due, max(0, (as_of - due).days))
        for period, due in _awaited(plan, assessment)
    )


def debts(plan: Plan, assessments: Iterable[Assessment]) -> tuple[Debt, ...]:
    """Every report owed as of the assessments' day: its period is over, and neither it nor one of
    a later period is there. In the order of the assessments, a target's by period.

    On its last day a period is not over yet: so a day owes what Record asks for in its month.
    """
    return tuple(
        debt for a in assessments for debt in calendar(plan, a) if debt.period.last < a.as_of
    )


def by_target(debts: Iterable[Debt]) -> dict[str, list[Debt]]:
    """Debts by their target, in the order in which they come."""
    grouped: dict[str, list[Debt]] = {}
    for debt in debts:
        grouped.setdefault(debt.target.id, []).append(debt)
    return grouped


def overdue_days(plan: Plan, assessment: Assessment) -> int:
    """For how many days the oldest report of the target is late, 0 where none is."""
    days = (due for _, due in _awaited(plan, assessment))
    # Only a calendar may have a later period's figure released first.
    oldest = next(days, None) if assessment.target.calendar is None else min(days, default=None)
    return 0 if oldest is None else max(0, (assessment.as_of - oldest).days)


def coverage(assessments: Sequence[Assessment]) -> Coverage:
    """How many targets are reported, owed and not yet due, of all or of a section."""
    silent = [a for a in assessments if a.observation is None]
    owed = sum(Flag.OVERDUE in a.flags for a in silent)
    return Coverage(len(assessments) - len(silent), owed, len(silent) - owed)


def _awaited(plan: Plan, assessment: Assessment) -> Iterator[tuple[Period, date]]:
    """The periods whose reports are not there yet, with their due days, in order."""
    target, observation = assessment.target, assessment.observation
    if assessment.decided:
        return
    for period in expected_reports(plan, target):
        if observation is None or period.last > observation.period.last:
            yield period, due_day(plan, target, period)


def _since_start(target: Indicator) -> bool:
    return target.measure in (Measure.COUNT, Measure.RATE)


# Many targets have the same ones, and every judgement of every day asks for them.
@lru_cache(maxsize=1024)
def _reports(
    year: YearSpan, months: int, due: date, *, since_start: bool, up_to_due: bool
) -> tuple[Period, ...]:
    periods = _periods(year, months, year.number(due), since_start=since_start)
    through = next((p.last for p in periods if p.last >= due), date.max)
    last = due if up_to_due else through
    return tuple(period for period in periods if period.last <= last)


@lru_cache
def _periods(year: YearSpan, months: int, through: int, *, since_start: bool) -> tuple[Period, ...]:
    """The spans of so many months of a year, and of those after it until a month is reached; for
    no months its Sundays and its last day.
    """
    if not months:
        last, day = year.end(max(through, 12)), year.first
        sundays = (day + timedelta(days=n) for n in range(6 - day.weekday(), (last - day).days, 7))
        return (*map(Period.of_day, sundays), Period.of_day(last))
    return tuple(
        year.span(1 if since_start else end - months + 1, end)
        for end in range(months, max(through, 12) + months, months)
    )
