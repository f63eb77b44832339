"""How a target is judged: the plan, the observations and the as-of day in, assessments out.

The rules are those of METHOD (docs: the page "Sources and method" prints them), each small
enough to redo by hand from the numbers that an `Assessment` carries. Pure: no clock, no file.
Comparisons use decimals and fractions, so a value on a boundary is on the boundary.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from mubiao.counting import counts, latest, latest_by_period
from mubiao.criterion import Criterion, band_of, criterion_of, paced_from
from mubiao.flags import flags
from mubiao.model import (
    Assessment,
    Flag,
    Judged,
    Measure,
    Observation,
    Plan,
    Rule,
    Stage,
    Status,
    Target,
    by_target,
)
from mubiao.period import YearSpan

DUE_SOON = timedelta(days=60)

Known = Mapping[str, Sequence[Observation]]


def assess(plan: Plan, observations: Iterable[Observation], as_of: date) -> tuple[Assessment, ...]:
    """Judge every target of the plan as of a day, in the plan's order.

    `observations` are those that stand (corrections applied), in any order; those that became
    known after `as_of` or belong to no target of the plan do not count, nor does a figure that was
    published again later for the same period.
    """
    known = _known(observations, as_of)
    return _held_back([_by_version(plan, target, known, as_of) for target in plan.targets])


def statuses(plan: Plan, observations: Iterable[Observation], as_of: date) -> Counter[Status]:
    """How many targets have each status as of a day, as `assess` finds them, but sooner: without
    flags, and without asking the targets of which nothing is known.
    """
    known = _known(observations, as_of)
    reported = [target.in_force(as_of) for target in plan.targets if target.id in known]
    judged = [
        _judge(plan, one, known, _eligible(plan, one, known, as_of), as_of) for one in reported
    ]
    counted = Counter(one.status for one in _held_back(judged))
    counted[Status.NO_DATA] += len(plan.targets) - len(judged)
    return counted


def share_gone(plan: Plan, target: Target, day: date) -> Fraction:
    """t: the share of the plan year gone at a day, 0 to 1, or of the time until a due day after it;
    by the target's profile if it has one.

    Within a month the profile is taken to rise evenly from day to day.
    """
    return share_of(plan.span, plan.end(target), target.profile, day)


def share_of(year: YearSpan, end: date, profile: tuple[Decimal, ...] | None, day: date) -> Fraction:
    """The share gone at a day of a course from the beginning of a year to `end`."""
    if day < year.first:
        return Fraction(0)
    if day >= end:
        return Fraction(1)
    if profile is None:
        return Fraction((day - year.first).days + 1, (end - year.first).days + 1)
    number = year.number(day)
    before = Fraction(profile[number - 2]) if number > 1 else Fraction(0)
    share_of_month = Fraction(day.day, year.end(number).day)
    return before + (Fraction(profile[number - 1]) - before) * share_of_month


def days_gone(plan: Plan, target: Target, day: date) -> tuple[int, int]:
    """How many days of a target's course are gone at a day, and of how many."""
    first = plan.span.first
    return (day - first).days + 1, (plan.end(target) - first).days + 1


def _by_version(plan: Plan, target: Target, known: Known, as_of: date) -> Assessment:
    """The judgement of the version in force on the day, beside that of what was promised."""
    judged = _assess(plan, target.in_force(as_of), known, as_of)
    if judged.target.amended is None:
        return judged
    first = _assess(plan, target.in_force(date.min), known, as_of)
    return replace(judged, flags=(*judged.flags, Flag.AMENDED), as_promised=first)


def _assess(plan: Plan, target: Target, known: Known, as_of: date) -> Assessment:
    eligible = _eligible(plan, target, known, as_of)
    judged = _judge(plan, target, known, eligible, as_of)
    raised = flags(plan, judged, eligible)
    return replace(judged, flags=raised) if raised else judged


def _known(observations: Iterable[Observation], as_of: date) -> Known:
    return by_target(latest_by_period(o for o in observations if o.known_on <= as_of))


def _eligible(plan: Plan, target: Target, known: Known, as_of: date) -> list[Observation]:
    # An estimate for a period that is not over yet is drawn, but does not count.
    return [
        o for o in known.get(target.id, ()) if o.period.last <= as_of and counts(plan, target, o)
    ]


def _judge(
    plan: Plan, target: Target, known: Known, eligible: Sequence[Observation], as_of: date
) -> Assessment:
    """A target's judgement without its flags."""
    observation = latest(eligible)
    if observation is None:
        return Assessment(target, as_of, Status.NO_DATA, Rule.NO_OBSERVATION)
    last, value = observation.period.last, observation.value
    final, previous = last >= plan.due(target), latest(o for o in eligible if o.period.last < last)
    if isinstance(value, Stage):
        status, rule = _by_stage(plan, target, value, as_of, final=final)
        return Assessment(
            *(target, as_of, status, rule),
            observation=observation,
            previous=previous,
            satisfied=value is Stage.COMPLETE,
            final=final or value in (Stage.COMPLETE, Stage.CANCELLED),
        )
    facts = Assessment(
        *(target, as_of, Status.NO_DATA, Rule.NO_OBSERVATION),
        observation=observation,
        previous=previous,
        final=final,
        counterpart=_same_period(known.get(target.counterpart or "", ()), observation),
    )
    return _judge_number(plan, facts, value, eligible)


def _held_back(judged: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """A milestone that is not complete is never better than at risk while a step of it is missed
    or off track. One pass does for steps of steps: a step at risk holds nothing back.
    """
    failing: dict[str, tuple[Target, ...]] = {}
    for step in (one.target for one in judged if one.status in (Status.MISSED, Status.OFF_TRACK)):
        if step.part_of:
            failing[step.part_of] = (*failing.get(step.part_of, ()), step)

    def held(one: Assessment) -> Assessment:
        steps, first = failing.get(one.target.id, ()), one.as_promised
        one = one if first is None else replace(one, as_promised=held(first))
        if not steps or one.status is not Status.ON_TRACK:
            return one
        return replace(one, status=Status.AT_RISK, rule=Rule.STAGE_PART, failing_steps=steps)

    return tuple(map(held, judged))


def _by_stage(
    plan: Plan, target: Target, stage: Stage, as_of: date, *, final: bool
) -> tuple[Status, Rule]:
    due, begun = plan.due(target), stage is Stage.UNDER_WAY
    if stage is Stage.COMPLETE:
        return Status.ACHIEVED, Rule.STAGE_DONE
    if stage is Stage.CANCELLED:
        return Status.MISSED, Rule.STAGE_CANCELLED
    if final:
        return Status.MISSED, Rule.STAGE_OVERDUE
    if as_of > due:
        return Status.NO_DATA, Rule.NEVER_FINAL
    if due - as_of <= DUE_SOON:
        return (Status.AT_RISK if begun else Status.OFF_TRACK), Rule.STAGE_DUE_SOON
    if not begun and 2 * (as_of - plan.delivered) > due - plan.delivered:
        return Status.AT_RISK, Rule.STAGE_NOT_BEGUN
    return Status.ON_TRACK, Rule.STAGE_TIME_LEFT


def _judge_number(
    plan: Plan, facts: Assessment, value: Decimal, eligible: Sequence[Observation]
) -> Assessment:
    target, criterion = facts.target, criterion_of(facts)
    if criterion is None or facts.observation is None:
        return replace(facts, rule=Rule.NO_COUNTERPART)
    last = facts.observation.period.last
    start, progress = paced_from(target, criterion), None
    striven = (
        None
        if target.stretch is None
        else replace(criterion, threshold=target.stretch, strict=False)
    )
    if start is not None:
        progress = Fraction(value - start) / Fraction(criterion.goal - start)
    facts = replace(
        facts,
        threshold=criterion.threshold,
        satisfied=criterion.satisfied_by(value),
        short=criterion.short(value),
        band=band_of(target, criterion.goal),
        progress=progress,
        scheduled=None if progress is None else share_gone(plan, target, last),
        required_rest=_required_rest(target, value, criterion, share_gone(plan, target, last)),
        broken_by=_broken_by(target, eligible, criterion),
        stretch_reached=striven is not None and striven.satisfied_by(value),
    )
    status, rule = _status(plan, facts, criterion)
    if rule is Rule.NEVER_FINAL:
        facts = replace(facts, required_rest=None)
    return replace(facts, status=status, rule=rule)


def _status(plan: Plan, facts: Assessment, criterion: Criterion) -> tuple[Status, Rule]:
    """The first rule of METHOD's table that applies to a number."""
    target, due = facts.target, plan.due(facts.target)
    all_year = target.judged is Judged.ALL_YEAR
    if facts.broken_by:
        over = facts.final or facts.as_of > due
        return (Status.MISSED if over else Status.OFF_TRACK), Rule.BROKEN
    if target.measure is Measure.COUNT:
        # A running total does not fall: what is reached stays so, and so does what is exceeded.
        if facts.satisfied and criterion.upwards and criterion.far is None:
            return Status.ACHIEVED, Rule.SATISFIED_COUNT
        if not facts.satisfied and not criterion.upwards:
            return Status.MISSED, Rule.OVER_CEILING
    if facts.final:
        status = Status.ACHIEVED if facts.satisfied else Status.MISSED
        return status, Rule.KEPT_ALL_YEAR if all_year else Rule.FINAL
    if facts.as_of > due + timedelta(days=plan.grace):
        return Status.NO_DATA, Rule.NEVER_FINAL
    if all_year:
        return Status.ON_TRACK, Rule.HELD
    if facts.satisfied and not target.is_ceiling:
        return Status.ON_TRACK, Rule.SATISFIED
    if facts.lag is not None:
        return _by_pace(plan, facts.lag), Rule.PACE
    near = facts.short is not None and facts.band is not None and facts.short <= facts.band
    return (Status.AT_RISK if near else Status.OFF_TRACK), Rule.BAND


def _by_pace(plan: Plan, lag: Fraction) -> Status:
    """Boundaries belong to the better side."""
    if lag <= Fraction(plan.thresholds.on_track):
        return Status.ON_TRACK
    return Status.AT_RISK if lag <= Fraction(plan.thresholds.at_risk) else Status.OFF_TRACK


def _required_rest(
    target: Target, value: Decimal, criterion: Criterion, gone: Fraction
) -> Fraction | None:
    """What the rest of the year must average: (T - t·v) / (1 - t), for rates not yet satisfied."""
    if target.measure is not Measure.RATE or criterion.satisfied_by(value) or not 0 < gone < 1:
        return None
    return (Fraction(criterion.goal) - gone * Fraction(value)) / (1 - gone)


def _broken_by(
    target: Target, eligible: Sequence[Observation], criterion: Criterion
) -> tuple[Observation, ...]:
    """The observations that break a promise for all year, by period."""
    if target.judged is not Judged.ALL_YEAR:
        return ()
    numbers = ((o, o.value) for o in eligible if isinstance(o.value, Decimal))
    broken = [o for o, value in numbers if not criterion.satisfied_by(value)]
    return tuple(sorted(broken, key=lambda o: (o.period.last, o.period.first)))


def _same_period(others: Iterable[Observation], own: Observation) -> Observation | None:
    return latest(o for o in others if o.period == own.period and isinstance(o.value, Decimal))
