"""The path of a target through the plan year: its actuals, its target line, its zones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from mubiao.assessment import counts
from mubiao.criterion import criterion_of
from mubiao.model import Assessment, Measure, Observation, Rule, Stage, Target
from mubiao.period import month_end
from mubiao.problems import message
from mubiao.views.charts import Curve, edges, nice_ticks, scale, scheduled, span
from mubiao.wording import words
from mubiao.wording.phrasebook import Phrasebook

LABELLED_AT_MOST = 6
_HEIGHTS: dict[Stage, float] = {
    Stage.CANCELLED: -1.0,
    Stage.NOT_STARTED: 0.0,
    Stage.UNDER_WAY: 1.0,
    Stage.COMPLETE: 2.0,
}
_ABOVE_STAGES = 2.4
_NAMES = {
    "judged": message("actual that is judged"),
    "drawn": message("other actuals, shown only"),
    "target": message("target"),
    "pace": message("scheduled pace"),
    "needed": message("what is left to do"),
    "baseline": message("baseline"),
    "met": message("satisfied or on course"),
    "near": message("within the warning band"),
    "trial": message("tried, not recorded"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """An actual in a chart: the last day of its period, its value, its label."""

    day: date
    value: float
    text: str
    label: str


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

    `judged` and `drawn` are the actuals that count and those only shown, `trial` one that is tried
    and not recorded; `goal` is the target's line; beyond `met_edge` (`upwards` or not) a value is
    satisfied or on course, from `near_edge` to there near; `pace` is the scheduled way, `needed`
    that from the last actual to the goal. Stages stand at 0, 1 and 2 and go in `steps`. `names`
    are a legend's words by series, `goal` with what is asked and `as_of` with the day.
    """

    axes: Axes
    as_of: date
    names: Mapping[str, str]
    judged: tuple[Point, ...]
    drawn: tuple[Point, ...] = ()
    baseline: Point | None = None
    goal: Curve = ()
    met_edge: Curve = ()
    near_edge: Curve = ()
    upwards: bool = True
    pace: Curve = ()
    needed: Curve = ()
    steps: bool = False
    trial: Point | None = None


def path(phrasebook: Phrasebook, assessment: Assessment, known: Iterable[Observation]) -> Path:
    """The chart of a target's page; `known` are its standing actuals as of the day."""
    target, plan, as_of = assessment.target, phrasebook.plan, assessment.as_of
    ordered = sorted(known, key=lambda o: (o.period.last, o.known_on, o.row))
    if target.is_milestone:
        return _milestone_path(phrasebook, assessment, ordered)
    names = _names(phrasebook, assessment)
    settling = [o for o in ordered if counts(plan, target, o) and o.period.last <= as_of]
    judged = _points(phrasebook, settling)
    drawn = _points(phrasebook, [o for o in ordered if o not in settling])
    start = _baseline(phrasebook, target)
    values = [point.value for point in (*judged, *drawn, *([start] if start else []))]
    criterion = criterion_of(assessment)
    if criterion is None:
        low, high = scale([*values, 0.0] if values else [0.0, 1.0])
        axes = _axes(phrasebook, target, low, high, ordered)
        return Path(axes, as_of, names, judged, drawn, start)
    pace = scheduled(plan, target, criterion)
    met, near = edges(plan, target, criterion)
    goal = float(criterion.goal)
    outlines = [value for curve in (met, near, pace) for _, value in curve]
    low, high = scale([*values, *outlines, goal], zero=target.measure is Measure.COUNT)
    axes = _axes(phrasebook, target, low, high, ordered)
    return Path(
        axes,
        as_of,
        names,
        judged,
        drawn,
        start,
        goal=((axes.first, goal), (axes.last, goal)),
        met_edge=met,
        near_edge=near,
        upwards=criterion.upwards,
        pace=pace,
        needed=_needed(assessment, judged, axes.last, goal),
    )


def _names(phrasebook: Phrasebook, assessment: Assessment) -> dict[str, str]:
    language, target = phrasebook.language, assessment.target
    names = {series: language.t(name) for series, name in _NAMES.items()}
    if target.is_milestone:
        names["judged"] = language.t("stage")
    names["goal"] = f"{names['target']}: {phrasebook.asks(target)}"
    names["as_of"] = language.t("as of {day}", day=language.short_day(assessment.as_of))
    return names


def with_trial(phrasebook: Phrasebook, path: Path, tried: Observation) -> Path:
    """A path with a figure in it that is tried and not recorded; the axes reach as far as it."""
    axes, point = path.axes, _point(phrasebook, tried)
    if isinstance(tried.value, Stage):
        if point.value < axes.low:
            tick = (point.value, phrasebook.actual(tried))
            axes = replace(axes, low=point.value - 0.4, values=(tick, *axes.values))
    elif not axes.low < point.value < axes.high:
        low, high = scale([min(axes.low, point.value), max(axes.high, point.value)])
        ticks = _ticks(phrasebook, phrasebook.plan.by_id[tried.target], low, high)
        axes = replace(axes, low=low, high=high, values=ticks)
    axes = replace(axes, last=max(axes.last, point.day), first=min(axes.first, point.day))
    return replace(path, axes=axes, trial=point)


def falls(points: Sequence[Point]) -> list[bool]:
    """Of each point whether the line falls after it, of the last whether it fell before: labels
    lie on the side away from the line.
    """
    down = [after.value < before.value for before, after in pairwise(points)]
    return [*down, *(down[-1:] or [False])] if points else []


def _needed(assessment: Assessment, judged: Sequence[Point], last: date, goal: float) -> Curve:
    """From the last actual to the goal, while there is a way to go."""
    over = assessment.final or assessment.rule is Rule.NEVER_FINAL
    if not judged or assessment.satisfied or over or judged[-1].day >= last:
        return ()
    return (judged[-1].day, judged[-1].value), (last, goal)


def _points(phrasebook: Phrasebook, observations: Sequence[Observation]) -> tuple[Point, ...]:
    """Figures as points; of many only the last is written beside its mark."""
    points = [_point(phrasebook, o) for o in observations if not isinstance(o.value, Stage)]
    if len(observations) > LABELLED_AT_MOST:
        points[:-1] = [replace(point, text="") for point in points[:-1]]
    return tuple(points)


def _point(phrasebook: Phrasebook, observation: Observation) -> Point:
    """An actual as a point; a stage is named by the axis, not beside its mark."""
    language, text = phrasebook.language, phrasebook.actual(observation)
    label = language.labelled(language.period(observation.period), text)
    if isinstance(observation.value, Stage):
        return Point(observation.period.last, _HEIGHTS[observation.value], "", label)
    return Point(observation.period.last, float(observation.value), text, label)


def _baseline(phrasebook: Phrasebook, target: Target) -> Point | None:
    # A running total begins at nothing; last year's total is no point of its way.
    if target.baseline is None or target.measure is Measure.COUNT:
        return None
    value = target.baseline.value
    name = phrasebook.t("baseline {year}", year=target.baseline.year)
    label = phrasebook.language.labelled(name, phrasebook.quantity(value, target))
    return Point(date(phrasebook.plan.year, 1, 1), float(value), "", label)


def _milestone_path(
    phrasebook: Phrasebook, assessment: Assessment, ordered: Sequence[Observation]
) -> Path:
    target = assessment.target
    cancelled = any(o.value is Stage.CANCELLED for o in ordered)
    stages = [stage for stage in _HEIGHTS if cancelled or stage is not Stage.CANCELLED]
    low = min(_HEIGHTS[stage] for stage in stages) - 0.4
    axes = _axes(phrasebook, target, low, _ABOVE_STAGES, ordered)
    ticks = tuple((_HEIGHTS[stage], phrasebook.t(words.STAGE[stage])) for stage in stages)
    due = phrasebook.plan.due(target)
    return Path(
        replace(axes, values=ticks),
        assessment.as_of,
        _names(phrasebook, assessment),
        tuple(_point(phrasebook, o) for o in ordered if isinstance(o.value, Stage)),
        goal=((due, low), (due, _ABOVE_STAGES)),
        steps=True,
    )


def _axes(
    phrasebook: Phrasebook, target: Target, low: float, high: float, ordered: Sequence[Observation]
) -> Axes:
    """The axes of a target's year, as far as the last actual: a promise may be kept late."""
    first, last = span(phrasebook.plan, target)
    last = max(last, *(o.period.last for o in ordered), last)
    ends = (month_end(phrasebook.plan.year, month) for month in (3, 6, 9, 12))
    days = tuple((day, phrasebook.language.short_day(day)) for day in ends)
    return Axes(first, last, low, high, days, _ticks(phrasebook, target, low, high))


def _ticks(
    phrasebook: Phrasebook, target: Target, low: float, high: float
) -> tuple[tuple[float, str], ...]:
    return tuple((float(t), phrasebook.quantity(t, target)) for t in nice_ticks(low, high))
