"""What a chart shows, before anything is drawn: bullets and the path of a target.

Geometry only: positions and ready labels made from assessments. The zones mean the same
everywhere: `met` (satisfied, or on course for work that is paced), `near` (within the band,
or at risk by pace) and `beyond`. Floats appear here for the first time; nothing is compared.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from mubiao.assessment import counts, share_gone
from mubiao.criterion import Criterion, band_of, criterion_of, paced_from
from mubiao.i18n import Language
from mubiao.model import Assessment, Measure, Observation, Plan, Stage, Target
from mubiao.period import month_end
from mubiao.wording import words
from mubiao.wording.phrasebook import Phrasebook

Zone = Literal["met", "near", "beyond"]
Number = Decimal | Fraction

LABELLED_AT_MOST = 6
_HEIGHTS: dict[Stage, int] = {
    Stage.CANCELLED: -1,
    Stage.NOT_STARTED: 0,
    Stage.UNDER_WAY: 1,
    Stage.COMPLETE: 2,
}


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bullet on a scale of its own, all positions from 0 to 1 (Stephen Few's design).

    `zones` are (from, to, zone); `bar` runs from zero to the actual; `goal` is the target's
    mark; `zero` is where the bar starts. `value` and `asked` are the actual and the target
    themselves, in the target's unit, for charts with an axis.
    """

    id: str
    label: str
    zones: tuple[tuple[float, float, Zone], ...] = ()
    bar: tuple[float, float] | None = None
    goal: float | None = None
    zero: float | None = None
    value: float | None = None
    asked: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """An actual in a chart: the last day of its period, its value, its label."""

    day: date
    value: float
    text: str
    label: str


Line = tuple[tuple[date, float], ...]


@dataclass(frozen=True, slots=True)
class Axes:
    """The frame of a path: days across, values up, ticks as (position, text)."""

    first: date
    last: date
    low: float
    high: float
    days: tuple[tuple[date, str], ...]
    values: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Path:
    """The way of one target through the plan year.

    `judged` and `drawn` are the actuals that count and those only shown; `goal` is the
    target's line; from `met_edge` on (upwards or downwards) a value is satisfied or on course,
    from `near_edge` to there it is near; `pace` is the scheduled way, `needed` the way from the
    last actual to the goal. Stages of a milestone stand at 0, 1 and 2 and go in steps. `trial`
    is a figure that is tried and not recorded: nothing else of the chart knows of it.
    """

    axes: Axes
    as_of: date
    judged: tuple[Point, ...]
    drawn: tuple[Point, ...] = ()
    baseline: Point | None = None
    goal: Line = ()
    goal_text: str = ""
    met_edge: Line = ()
    near_edge: Line = ()
    upwards: bool = True
    pace: Line = ()
    needed: Line = ()
    steps: bool = False
    trial: Point | None = None


def bullet(plan: Plan, assessment: Assessment, language: Language) -> Bullet:
    """The bullet of a numeric target; without a scale where nothing can be compared yet."""
    target, observation = assessment.target, assessment.observation
    label = language.labelled(language.pick(target.name), Phrasebook(plan, language).asks(target))
    value = observation.value if observation else None
    asked = criterion_of(assessment)
    if asked is None or isinstance(value, Stage):
        return Bullet(target.id, label)
    if observation is not None:
        label += f"<br>{Phrasebook(plan, language).actual(observation)}"
    near = _near_share(plan, assessment, asked)
    numbers: list[Number] = [Decimal(0), asked.goal, asked.threshold, near]
    if assessment.scheduled is None:
        # As much of "met" is shown as of "near", also where the target is zero growth.
        numbers.append(2 * Fraction(asked.goal) - Fraction(near))
    low, high = _scale(numbers if value is None else [*numbers, value])

    def at(number: Number) -> float:
        return (float(number) - low) / (high - low)

    inner, outer, zero = at(asked.threshold), at(near), at(Decimal(0))
    zones: tuple[tuple[float, float, Zone], ...] = (
        (0.0, outer, "beyond"),
        (outer, inner, "near"),
        (inner, 1.0, "met"),
    )
    if not asked.upwards:
        zones = ((0.0, inner, "met"), (inner, outer, "near"), (outer, 1.0, "beyond"))
    return Bullet(
        target.id,
        label,
        zones,
        bar=None if value is None else (zero, at(value)),
        goal=at(asked.goal),
        zero=zero,
        value=None if value is None else float(value),
        asked=float(asked.goal),
    )


def path(
    plan: Plan, assessment: Assessment, known: Iterable[Observation], language: Language
) -> Path:
    """The chart of a target's page; `known` are its standing actuals as of the day."""
    target = assessment.target
    ordered = sorted(known, key=lambda o: (o.period.last, o.known_on, o.row))
    if target.is_milestone:
        return _milestone_path(plan, assessment, ordered, language)
    settling = [o for o in ordered if counts(plan, target, o) and o.period.last <= assessment.as_of]
    judged = _points(plan, settling, language)
    drawn = _points(plan, [o for o in ordered if o not in settling], language)
    start = _baseline(plan, target, language)
    values = [point.value for point in (*judged, *drawn, *([start] if start else []))]
    asked = criterion_of(assessment)
    if asked is None:
        low, high = _scale([*values, 0.0] if values else [0.0, 1.0])
        return Path(
            _reaching(_axes(plan, target, low, high, language), ordered),
            assessment.as_of,
            judged,
            drawn,
            start,
        )
    paced = paced_from(target, asked) is not None
    pace = _by_month(plan, target, asked, Decimal(0)) if paced else ()
    met, near = _edges(plan, target, asked, paced=paced)
    edges = [value for line in (met, near, pace) for _, value in line]
    low, high = _scale([*values, *edges, float(asked.goal)], zero=target.measure is Measure.COUNT)
    axes = _reaching(_axes(plan, target, low, high, language), ordered)
    goal = float(asked.goal)
    return Path(
        axes,
        assessment.as_of,
        judged,
        drawn,
        start,
        goal=((axes.first, goal), (axes.last, goal)),
        goal_text=Phrasebook(plan, language).asks(target),
        met_edge=met,
        near_edge=near,
        upwards=asked.upwards,
        pace=pace,
        needed=_needed(assessment, judged, axes.last, goal),
    )


def with_trial(
    shown: Path, plan: Plan, target: Target, tried: Observation, language: Language
) -> Path:
    """A path with a figure in it that is tried and not recorded; the axes reach as far as it."""
    axes, stage = shown.axes, isinstance(tried.value, Stage)
    if isinstance(tried.value, Stage):
        value, text = float(_HEIGHTS[tried.value]), language.t(words.STAGE[tried.value])
    else:
        value, text = float(tried.value), Phrasebook(plan, language).actual(tried)
    label = language.labelled(language.period(tried.period), text)
    point = Point(tried.period.last, value, "" if stage else text, label)
    if stage and value < axes.low:
        ticks = ((value, text), *axes.values)
        axes = replace(axes, low=value - 0.4, values=ticks)
    elif not axes.low < value < axes.high:
        low, high = _scale([min(axes.low, value), max(axes.high, value)])
        around = _axes(plan, target, low, high, language)
        axes = replace(axes, low=low, high=high, values=around.values)
    axes = replace(axes, last=max(axes.last, point.day), first=min(axes.first, point.day))
    return replace(shown, axes=axes, trial=point)


def _near_share(plan: Plan, assessment: Assessment, asked: Criterion) -> Number:
    """Where "near" ends: at the band's outer edge, or where the pace turns to off track."""
    target = assessment.target
    if assessment.scheduled is not None:
        share = assessment.scheduled - Fraction(plan.thresholds.at_risk)
        edge, limit = _on_the_way(target, asked, share), Fraction(asked.threshold)
        # Where the tolerance is wide, a value satisfies before its pace would be on course.
        return min(edge, limit) if asked.upwards else max(edge, limit)
    band = Decimal(0) if target.measure is Measure.COUNT else band_of(target, asked.goal)
    return asked.threshold - band if asked.upwards else asked.threshold + band


def _on_the_way(target: Target, asked: Criterion, share: Fraction) -> Fraction:
    """The value of a paced target when a share of the way is done; no count is below zero."""
    start = Fraction(paced_from(target, asked) or 0)
    share = max(share, Fraction(0)) if target.measure is Measure.COUNT else share
    return start + share * (Fraction(asked.goal) - start)


def _by_month(plan: Plan, target: Target, asked: Criterion, behind: Decimal) -> Line:
    """The scheduled way less an allowed lag, from 1 January by month ends."""
    days = [date(plan.year, 1, 1), *(month_end(plan.year, month) for month in range(1, 13))]
    shares = [Fraction(0), *(share_gone(plan, day, target.profile) for day in days[1:])]
    lag = Fraction(behind)
    return tuple(
        (day, float(_on_the_way(target, asked, share - lag)))
        for day, share in zip(days, shares, strict=True)
    )


def _edges(plan: Plan, target: Target, asked: Criterion, *, paced: bool) -> tuple[Line, Line]:
    """The edges of "met" and "near" over the year."""
    if paced:
        limits = plan.thresholds
        return (
            _up_to(asked, _by_month(plan, target, asked, limits.on_track)),
            _up_to(asked, _by_month(plan, target, asked, limits.at_risk)),
        )
    band = band_of(target, asked.goal)
    outer = asked.threshold - band if asked.upwards else asked.threshold + band
    ends = date(plan.year, 1, 1), max(date(plan.year, 12, 31), plan.due(target))
    met = tuple((day, float(asked.threshold)) for day in ends)
    return met, tuple((day, float(outer)) for day in ends)


def _up_to(asked: Criterion, line: Line) -> Line:
    """An edge no further than the threshold: what satisfies is met, whatever its pace."""
    limit = float(asked.threshold)
    return tuple((d, min(v, limit) if asked.upwards else max(v, limit)) for d, v in line)


def _needed(assessment: Assessment, judged: tuple[Point, ...], last: date, goal: float) -> Line:
    """From the last actual to the goal, while there is a way to go."""
    if not judged or assessment.satisfied or assessment.final or judged[-1].day >= last:
        return ()
    return (judged[-1].day, judged[-1].value), (last, goal)


def _points(
    plan: Plan, observations: Sequence[Observation], language: Language
) -> tuple[Point, ...]:
    points = []
    for place, observation in enumerate(observations):
        if isinstance(observation.value, Stage):
            continue
        text = Phrasebook(plan, language).actual(observation)
        label = language.labelled(language.period(observation.period), text)
        spare = len(observations) > LABELLED_AT_MOST and place < len(observations) - 1
        points.append(
            Point(observation.period.last, float(observation.value), "" if spare else text, label)
        )
    return tuple(points)


def _baseline(plan: Plan, target: Target, language: Language) -> Point | None:
    # A running total begins at nothing; last year's total is no point of its way.
    if target.baseline is None or target.measure is Measure.COUNT:
        return None
    value = target.baseline.value
    text = language.quantity(value, Phrasebook(plan, language).unit(target))
    name = language.t("baseline {year}", year=target.baseline.year)
    label = language.labelled(name, text)
    return Point(date(plan.year, 1, 1), float(value), "", label)


def _milestone_path(
    plan: Plan, assessment: Assessment, ordered: Sequence[Observation], language: Language
) -> Path:
    cancelled = any(o.value is Stage.CANCELLED for o in ordered)
    shown = [stage for stage in _HEIGHTS if cancelled or stage is not Stage.CANCELLED]
    points = tuple(
        Point(
            o.period.last,
            float(_HEIGHTS[o.value]),
            "",
            language.labelled(language.period(o.period), language.t(words.STAGE[o.value])),
        )
        for o in ordered
        if isinstance(o.value, Stage)
    )
    low = float(min(_HEIGHTS[stage] for stage in shown)) - 0.4
    axes = _reaching(_axes(plan, assessment.target, low, 2.4, language), ordered)
    ticks = tuple((float(_HEIGHTS[stage]), language.t(words.STAGE[stage])) for stage in shown)
    due = plan.due(assessment.target)
    return Path(
        replace(axes, values=ticks),
        assessment.as_of,
        points,
        goal=((due, low), (due, 2.4)),
        goal_text=Phrasebook(plan, language).asks(assessment.target),
        steps=True,
    )


def _scale(values: Iterable[Number | float], *, zero: bool = False) -> tuple[float, float]:
    """The range of an axis: all values with some room; from zero where `zero` says so."""
    numbers = [float(value) for value in values]
    low, high = min(numbers), max(numbers)
    if low == high == 0:
        return 0.0, 1.0
    room = (high - low or abs(high) or 1.0) * 0.14
    return (low if low >= 0 and (zero or low == 0) else low - room), (
        high if high == 0 else high + room
    )


def _axes(plan: Plan, target: Target, low: float, high: float, language: Language) -> Axes:
    first, last = date(plan.year, 1, 1), max(date(plan.year, 12, 31), plan.due(target))
    days = tuple(
        (month_end(plan.year, month), language.short_day(month_end(plan.year, month)))
        for month in (3, 6, 9, 12)
    )
    unit = Phrasebook(plan, language).unit(target)
    ticks = tuple((float(tick), language.quantity(tick, unit)) for tick in nice_ticks(low, high))
    return Axes(first, last, low, high, days, ticks)


def _reaching(axes: Axes, ordered: Sequence[Observation]) -> Axes:
    """The axes, as far as the last actual: a promise may be kept late."""
    return replace(axes, last=max(axes.last, *(o.period.last for o in ordered), axes.last))


def nice_ticks(low: float, high: float, most: int = 5) -> tuple[Decimal, ...]:
    """Round numbers between two values, at most `most`, in steps of 1, 2 or 5 times ten to n."""
    power = Decimal(10) ** (math.floor(math.log10(high - low)) - 1)
    for factor in (1, 2, 5, 10, 20, 50, 100):
        # Normalised, so that a step of 2 is labelled 0, 2, 4 and not 0.0, 2.0, 4.0.
        step = (power * factor).normalize()
        start = math.ceil(Decimal(low) / step)
        stop = math.floor(Decimal(high) / step)
        if stop - start + 1 <= most:
            return tuple(step * n for n in range(start, stop + 1))
    return ()
