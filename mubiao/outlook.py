"""Where the year ends if the rest of it runs like the latest stretch, and what became of that and
of each light once the year is over (METHOD, section 3c).

An outlook is no forecast and never a status: two figures and two shares of the year, to redo by
hand. For hindsight every day of the year is judged again by what was known on it, and held against
how the year ended. Pure: the plan, the rows of the record and the as-of day go in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mubiao.assessment import assess, share_gone
from mubiao.counting import standing
from mubiao.model import Assessment, Entry, Measure, Observation, Plan, Rule, Status, Target
from mubiao.period import Period

LIGHTS = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
_OUTCOMES = (Status.ACHIEVED, Status.MISSED)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The year's end in the target's unit, `value`.

    The latest stretch lies between `earlier`, the figure before the counting one, and that; without
    one it is all of the year so far. `gone_before` and `gone` are the shares of the year gone at
    both, `pace` is how the stretch ran: the rate of it alone, or a count's increase in a whole
    year. `so_far` is the year's end if the rest runs like all of the year so far.
    """

    value: Fraction
    so_far: Fraction
    pace: Fraction
    gone: Fraction
    gone_before: Fraction
    earlier: Observation | None


def outlook(plan: Plan, assessment: Assessment) -> Outlook | None:
    """The outlook of a rate or count; None once it is final, and where the year has no rest."""
    target, latest, earlier = assessment.target, assessment.observation, assessment.previous
    over = assessment.final or assessment.rule is Rule.NEVER_FINAL
    if target.measure not in {Measure.RATE, Measure.COUNT} or over or latest is None:
        return None
    gone, before = _gone(plan, assessment, latest), _gone(plan, assessment, earlier)
    if not 0 < gone < 1:
        return None
    if before == gone:  # by a profile without work in the stretch
        earlier, before = None, Fraction(0)
    done = _done(assessment, latest, gone)
    pace = (done - _done(assessment, earlier, before)) / (gone - before)
    rest = 1 - gone
    return Outlook(done + rest * pace, done / gone, pace, gone, before, earlier)


def _gone(plan: Plan, assessment: Assessment, observation: Observation | None) -> Fraction:
    if observation is None:
        return Fraction(0)
    return share_gone(plan, assessment.target, observation.period.last)


def _done(assessment: Assessment, observation: Observation | None, gone: Fraction) -> Fraction:
    """A figure's part in the year's end: v of a count, t·v of a rate; 0 for none."""
    if observation is None or not isinstance(observation.value, Decimal):
        return Fraction(0)
    weight = gone if assessment.target.measure is Measure.RATE else 1
    return weight * Fraction(observation.value)


@dataclass(frozen=True, slots=True)
class Case:
    """The outlook by a figure of a target, for `period`, beside how the year ended, in its unit.

    `so_far` is where it would have ended if the rest had run like all of the year so far.
    """

    target: Target
    period: Period
    value: Fraction
    so_far: Fraction
    end: Fraction


@dataclass(frozen=True, slots=True)
class Light:
    """Of the targets with one status at the end of a month, how many were kept and missed."""

    day: date
    status: Status
    achieved: int
    missed: int


@dataclass(frozen=True, slots=True)
class Hindsight:
    """What a closed year teaches: its outlooks in the order of days, and its lights by month."""

    cases: tuple[Case, ...]
    lights: tuple[Light, ...]


def hindsight(plan: Plan, history: Iterable[Entry], as_of: date) -> Hindsight:
    """What was known by a day of how outlooks and lights came out; nothing before the year's end.

    `history` is every row of the plan. An outlook is one where the target has an earlier figure;
    before that it says the same as the year so far.
    """
    rows = list(history)
    ended = _judged(plan, rows, as_of) if as_of > plan.span.last else ()
    return Hindsight(tuple(_cases(plan, rows, ended)), tuple(_lights(plan, rows, ended)))


def _judged(plan: Plan, rows: Sequence[Entry], day: date) -> tuple[Assessment, ...]:
    return assess(plan, standing(rows, day), day)


def _cases(plan: Plan, rows: Sequence[Entry], ended: Iterable[Assessment]) -> Iterator[Case]:
    ends = {
        one.target.id: Fraction(one.observation.value)
        for one in ended
        if one.target.measure in {Measure.RATE, Measure.COUNT}
        and one.final
        and one.observation is not None
        and isinstance(one.observation.value, Decimal)
    }
    closed = plan.model_copy(update={"targets": tuple(t for t in plan.targets if t.id in ends)})
    days = {row.known_on for row in rows if row.target in ends}
    known: set[tuple[str, Period]] = set()
    for day in sorted(days):
        for one in _judged(closed, rows, day):
            ahead, latest = outlook(plan, one), one.observation
            if ahead is None or ahead.earlier is None or latest is None:
                continue
            if (one.target.id, latest.period) not in known:
                known.add((one.target.id, latest.period))
                end = ends[one.target.id]
                yield Case(one.target, latest.period, ahead.value, ahead.so_far, end)


def _lights(plan: Plan, rows: Sequence[Entry], ended: Iterable[Assessment]) -> Iterator[Light]:
    outcomes = {one.target.id: one.status for one in ended if one.status in _OUTCOMES}
    for month in range(1, 13 if outcomes else 1):
        day = plan.span.end(month)
        numbers = Counter(
            (one.status, outcomes[one.target.id])
            for one in _judged(plan, rows, day)
            if one.target.id in outcomes
        )
        for status in LIGHTS:
            yield Light(day, status, *(numbers[status, outcome] for outcome in _OUTCOMES))
