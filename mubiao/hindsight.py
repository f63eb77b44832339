"""What became of the outlook and of each light, once the year is over (METHOD, section 3c).

Every day of the year is judged again by what was known on it, and held against how the year ended.
Pure: the plan, the record's rows and the as-of day go in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mubiao.assessment import assess
from mubiao.model import Assessment, Entry, Measure, Plan, Status, Target
from mubiao.observation.corrections import standing
from mubiao.outlook import outlook
from mubiao.period import Period

LIGHTS = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
_OUTCOMES = (Status.ACHIEVED, Status.MISSED)


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
