"""What is doubtful about an entry that can be read: slips that a person looks at before saving.

A warning never refuses anything: ten times the last value may be the truth. It is a `Problem` as
any other, with the field that it is about; the page has it confirmed.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mubiao.assessment import counts, latest
from mubiao.model import Measure, Observation, Plan, Stage, Target
from mubiao.problems import Problem, message

# Scales that people mix up, and how far from them a ratio may be to be taken for a mix-up:
# per cent and shares, ha and km²; 万; 亿.
_SCALES = (
    (100, Fraction(8, 5)),
    (10**4, Fraction(3)),
    (10**8, Fraction(3)),
)
# A change on a year earlier goes through nought: below this many points ratios say nothing.
_FAR = 10
_GOES_BACK = {
    Stage.COMPLETE: message("the milestone was complete already; this takes it back"),
    Stage.UNDER_WAY: message("the milestone was under way already; this takes it back"),
}
_BEFORE = {
    Stage.COMPLETE: (Stage.NOT_STARTED, Stage.UNDER_WAY, Stage.CANCELLED),
    Stage.UNDER_WAY: (Stage.NOT_STARTED,),
}


def warnings(
    plan: Plan, entry: Observation, standing: Iterable[Observation], today: date
) -> tuple[Problem, ...]:
    """Everything that is doubtful about an entry, in a fixed order.

    `standing` are the observations that stand, of any targets, without the one that the entry
    replaces; figures are held against those of the same target and kind.
    """
    target = plan.by_id[entry.target]
    others = [o for o in standing if o.target == entry.target and o.period != entry.period]
    told = [_too_early(entry, today)]
    if isinstance(entry.value, Decimal):
        alike = [o for o in others if counts(plan, target, o) == counts(plan, target, entry)]
        told += [
            _not_a_share(plan, target, entry.value),
            *_falling_total(target, entry, entry.value, alike),
            _size(plan, target, entry.value, _before(entry, alike)),
        ]
    else:
        told.append(_going_back(entry.value, _before(entry, others)))
    return tuple(problem for problem in told if problem is not None)


def _warning(text: str, field: str = "value", /, **values: object) -> Problem:
    told = {k: format(v, "f") if isinstance(v, Decimal) else v for k, v in values.items()}
    return Problem(text, told, field=field)


def _before(entry: Observation, others: Iterable[Observation]) -> Observation | None:
    """The last of the observations whose period ended earlier."""
    return latest(o for o in others if o.period.last < entry.period.last)


def _too_early(entry: Observation, today: date) -> Problem | None:
    last = entry.period.last
    if today < last:
        told = message("{period} is not over; it ends on {last}")
        return _warning(told, "period", period=entry.period.text, last=last)
    if entry.known_on < last:
        told = message("known on {day}, before {period} ended on {last}")
        period = entry.period.text
        return _warning(told, "known_on", day=entry.known_on, period=period, last=last)
    return None


def _is_percent(plan: Plan, target: Target) -> bool:
    return target.unit is not None and plan.units[target.unit].en == "%"


def _is_change(plan: Plan, target: Target) -> bool:
    """Whether the figure is a change in per cent, which swings around nought."""
    return _is_percent(plan, target) and target.measure in (Measure.RATE, Measure.SINCE_BASE)


def _not_a_share(plan: Plan, target: Target, value: Decimal) -> Problem | None:
    if not _is_percent(plan, target):
        return None
    if value > 100:
        return _warning(message("{value} is above 100 per cent"), value=value)
    if value < 0 and not _is_change(plan, target):
        return _warning(message("{value} is below 0 per cent"), value=value)
    if value < -100:
        return _warning(message("{value} is a fall by more than all there was"), value=value)
    return None


def _falling_total(
    target: Target, entry: Observation, value: Decimal, alike: Iterable[Observation]
) -> Iterable[Problem]:
    """A running total is never below an earlier one of the year, nor above a later one."""
    if target.measure is not Measure.COUNT:
        return
    year = entry.period.last.year
    same_year = [o for o in alike if o.period.last.year == year]
    later = [o for o in same_year if o.period.last > entry.period.last]
    for other in (_before(entry, same_year), min(later, key=_last_day, default=None)):
        if other is None or not isinstance(other.value, Decimal):
            continue
        told = ""
        if other.period.last < entry.period.last and value < other.value:
            told = message("a running total does not fall: {value} after {other} for {period}")
        elif other.period.last > entry.period.last and value > other.value:
            told = message("a running total does not fall: {value} before {other} for {period}")
        if told:
            yield _warning(told, value=value, other=other.value, period=other.period.text)


def _last_day(observation: Observation) -> date:
    return observation.period.last


def _going_back(stage: Stage, before: Observation | None) -> Problem | None:
    if before is None or not isinstance(before.value, Stage):
        return None
    if stage in _BEFORE.get(before.value, ()):
        return _warning(_GOES_BACK[before.value])
    return None


def _size(plan: Plan, target: Target, value: Decimal, before: Observation | None) -> Problem | None:
    """A value far from the last one, or where there is none, from the target's."""
    if before is not None and isinstance(before.value, Decimal):
        return _against_last(value, before.value, change=_is_change(plan, target))
    if target.value is None:
        return None
    return _against_target(value, target.value, counted=target.measure is Measure.COUNT)


def _against_last(value: Decimal, last: Decimal, *, change: bool) -> Problem | None:
    if not value or not last:
        return None
    ratio = Fraction(abs(value)) / Fraction(abs(last))
    times = _scale(ratio, tight=change)
    # A share typed for per cent is small beside the last value, and so is many a change.
    slip = times is not None and (value > 0) is (last > 0)
    if change and abs(value - last) < _FAR and not slip:
        return None
    if times is not None:
        told = message("{value} looks like another scale: {times} times the last value, {other}")
        if ratio < 1:
            told = message("{value} looks like another scale: {other} last, {times} times as much")
        return _warning(told, value=value, times=times, other=last)
    if ratio >= 10:
        told = message("{value} is ten times the last value or more: {other}")
        return _warning(told, value=value, other=last)
    if ratio <= Fraction(1, 10) and not change:
        told = message("{value} is a tenth of the last value or less: {other}")
        return _warning(told, value=value, other=last)
    return None


def _against_target(value: Decimal, goal: Decimal, *, counted: bool) -> Problem | None:
    """Without a last value only what cannot be the year's beginning is doubtful."""
    if not value or not goal:
        return None
    ratio = Fraction(abs(value)) / Fraction(abs(goal))
    # A count begins small: its first figure may be a thirtieth of the year's work.
    times = _scale(ratio, tight=not counted, grown=30 if counted and ratio < 1 else 1)
    if times == 100 and counted:
        times = None
    if times is not None:
        told = message("{value} looks like another scale: {times} times the target, {other}")
        if ratio < 1:
            told = message("{value} looks like another scale: the target is {other}")
        return _warning(told, value=value, times=times, other=goal)
    if ratio >= 10:
        told = message("{value} is ten times the target or more: {other}")
        return _warning(told, value=value, other=goal)
    return None


def _scale(ratio: Fraction, *, tight: bool, grown: int = 1) -> int | None:
    """The scale by which two values differ, either way; `grown` allows for work still to come."""
    size = ratio if ratio >= 1 else 1 / ratio
    for times, slack in _SCALES:
        near = Fraction(5, 4) if tight and times == 100 else slack
        if times / near <= size <= times * max(near, Fraction(grown)):
            return times
    return None
