"""The path of a target through the plan year: its actuals, its target line, its zones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mubiao.counting import counts, latest_by_period
from mubiao.criterion import Criterion, criterion_of
from mubiao.model import Assessment, Measure, Observation, Rule, Stage, Status, Target
from mubiao.views.charts import Curve, edges, scale, scheduled, stepped
from mubiao.views.charts.axes import (
    Axes,
    End,
    axes_of,
    goal_text,
    limits,
    names_of,
    needed_to,
    other_end_of,
    staged,
    ticks_of,
)
from mubiao.views.charts.points import HEIGHTS, Point, baseline_point, ghosts, point, points
from mubiao.wording import words
from mubiao.wording.outlooks import stretch_of, telling_outlook, year_end
from mubiao.wording.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True)
class Path:
    """The way of one target through the plan year.

    `judged` and `drawn` are the actuals that count, the last one in the colour of the `status`, and
    those only shown, `ghosts` what was published of their periods before, `other` those of the
    target or series it is held against,
    `trial` one that is tried and not recorded; `goal` is the target's line; beyond `met_edge`
    (`upwards` or not), as far as `far` where it may be too good as well, a value is satisfied or on
    course, from `near_edge` to there near; `goal_end` is the line of a range's other end; `pace` is
    the scheduled way, `needed` that from the last actual to the goal and `needed_to` the range in
    which it may end; `outlook` runs to where the year ends if it goes on like the latest stretch
    and `so_far` like all of the year. Where the target was changed, `goal` and the edges step on
    that day, and `before` says what was asked until then. Stages stand at 0, 1 and 2 and go in
    `steps`. `ends` are the texts at the lines' ends. `names` are a legend's words by series, `goal`
    with what is asked, `rest` what the rest of the year must bring and `as_of` with the day.
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
    far: float | None = None
    goal_end: Curve = ()
    pace: Curve = ()
    needed: Curve = ()
    steps: bool = False
    trial: Point | None = None
    ghosts: tuple[Point, ...] = ()
    other: tuple[Point, ...] = ()
    needed_to: tuple[float, float] | None = None
    outlook: Curve = ()
    so_far: Curve = ()
    ends: tuple[End, ...] = ()
    before: str = ""
    status: Status = Status.NO_DATA

    @property
    def met_end(self) -> float:
        """Where the zone that satisfies ends: at the edge of the axes, or at the far limit."""
        end = self.axes.high if self.upwards else self.axes.low
        return end if self.far is None else self.far

    @property
    def has_marks(self) -> bool:
        """Whether a figure or stage is in it: zones and lines alone are no chart."""
        return bool(self.judged or self.drawn or self.other or self.trial)


def path(
    phrasebook: Phrasebook,
    assessment: Assessment,
    known: Iterable[Observation],
    other: Iterable[Observation] = (),
    revised: Sequence[Observation] = (),
) -> Path:
    """The chart of a target; `known` are its standing actuals as of the day.

    `other` are those of the target it is to be in step with, `revised` figures of its own that
    later ones have replaced.
    """
    target, plan, as_of = assessment.target, phrasebook.plan, assessment.as_of
    ordered = _in_order(known)
    if target.is_milestone:
        return _milestone_path(phrasebook, assessment, ordered)
    current = _in_order(latest_by_period(ordered))
    settling = [o for o in current if counts(plan, target, o) and o.period.last <= as_of]
    shown_only = [o for o in current if o not in settling]
    names = names_of(phrasebook, assessment)
    course = Path(
        axes_of(phrasebook, target, 0, 1, ordered),
        as_of,
        names,
        points(phrasebook, assessment, settling),
        tuple(replace(point(phrasebook, o, series=names["drawn"]), text="") for o in shown_only),
        baseline_point(phrasebook, target),
        ghosts=ghosts(phrasebook, ordered, revised, names["ghosts"]),
        other=_others(phrasebook, target, other, as_of),
        status=assessment.status,
    )
    criterion = criterion_of(assessment)
    if criterion is not None:
        course = _with_goal(phrasebook, assessment, criterion, course)
        course = _with_step(phrasebook, assessment, course)
        course = _with_outlook(phrasebook, assessment, course)
    return _scaled(phrasebook, target, course)


def areas(way: Path) -> Iterator[tuple[str, Curve]]:
    """What is filled behind the lines, from the ground up, as outlines by series: the zones as far
    as the axes reach, the wedge that the rest of the year may run in, the range of the outlook.
    """
    if way.met_edge:
        end = way.met_end
        yield "near", (*way.near_edge, *reversed(way.met_edge))
        yield "met", (*way.met_edge, *((day, end) for day, _ in reversed(way.met_edge)))
        if way.far is not None:
            days = (way.axes.first, way.axes.last)
            outer = end + way.met_edge[-1][1] - way.near_edge[-1][1]
            yield "near", (*((day, end) for day in days), *((day, outer) for day in days[::-1]))
    if way.needed and way.needed_to is not None:
        start, (last, _) = way.needed
        yield "needed", (start, *((last, value) for value in way.needed_to))
    if way.outlook:
        yield "outlook", (*way.outlook, *way.so_far[1:])


def _with_goal(
    phrasebook: Phrasebook, assessment: Assessment, criterion: Criterion, course: Path
) -> Path:
    """A path with what the target asks for: its line, zones, pace, and the way that is left."""
    target, plan, axes = assessment.target, phrasebook.plan, course.axes
    met, near = edges(plan, target, criterion)
    goal, limit = float(criterion.goal), float(criterion.threshold)
    line: Curve = ((axes.first, goal), (axes.last, goal))
    needed = _needed(assessment, course.judged, axes.last, goal)
    lines = [course.names["target"], goal_text(phrasebook, assessment, criterion)]
    other_end = float(other_end_of(target, criterion.goal))
    if limit != goal:
        lines.append(limits(phrasebook, target, criterion))
    return replace(
        course,
        goal=line,
        met_edge=met,
        near_edge=near,
        upwards=criterion.upwards,
        far=None if criterion.far is None else float(criterion.far),
        goal_end=((axes.first, other_end), (axes.last, other_end)) if other_end != goal else (),
        pace=scheduled(plan, target, criterion),
        needed=needed,
        needed_to=needed_to(goal, limit, other_end) if needed else None,
        ends=(End("goal", goal, tuple(lines)),),
    )


def _with_step(phrasebook: Phrasebook, assessment: Assessment, course: Path) -> Path:
    """A path whose line and zones are until the day of a change those of the first promise."""
    first, change = assessment.as_promised, assessment.target.amended
    criterion = None if first is None else criterion_of(first)
    if first is None or change is None or criterion is None or not course.goal:
        return course
    day, goal = min(change.known_on, course.axes.last), float(criterion.goal)
    line = stepped(((course.axes.first, goal), (day, goal)), course.goal, day)
    course = replace(course, goal=line, before=phrasebook.asks(first.target))
    if criterion.upwards is not course.upwards:
        return course  # zones of opposite sides do not join
    met, near = edges(phrasebook.plan, first.target, criterion)
    met, near = stepped(met, course.met_edge, day), stepped(near, course.near_edge, day)
    return replace(course, met_edge=met, near_edge=near)


def _with_outlook(phrasebook: Phrasebook, assessment: Assessment, course: Path) -> Path:
    """A path with where the year ends if it goes on like the latest stretch, or like all of it."""
    plan, target, observation = phrasebook.plan, assessment.target, assessment.observation
    ahead, end = telling_outlook(plan, assessment), plan.end(target)
    if ahead is None or observation is None or not course.judged:
        return course
    start = (course.judged[-1].day, course.judged[-1].value)
    value, so_far = (float(round(one, 6)) for one in (ahead.value, ahead.so_far))
    texts = (phrasebook.t("as the year so far"), year_end(phrasebook, ahead.so_far, target))
    ends = [End("so_far", so_far, texts)]
    if ahead.earlier is not None:
        name = phrasebook.t("like the latest stretch")
        if stretch := stretch_of(phrasebook, ahead, observation):
            name = phrasebook.t("like {stretch}", stretch=stretch)
        ends.insert(0, End("outlook", value, (name, year_end(phrasebook, ahead.value, target))))
    ways = (start, (end, value)), (start, (end, so_far))
    return replace(course, outlook=ways[0], so_far=ways[1], ends=(*course.ends, *ends))


def _scaled(phrasebook: Phrasebook, target: Target, course: Path) -> Path:
    """A path on axes that have room for all of it."""
    marks = (*course.judged, *course.drawn, *course.ghosts, *course.other, course.baseline)
    values = [one.value for one in marks if one is not None]
    lines = [course.goal, course.goal_end, course.met_edge, course.near_edge, course.pace]
    lines += [course.outlook, course.so_far]
    values += [value for line in lines for _, value in line]
    values += (*(course.needed_to or ()), *(() if course.far is None else (course.far,)))
    if not course.goal:
        values.append(0.0 if values else 1.0)
    low, high = scale(values, zero=target.measure is Measure.COUNT and bool(course.goal))
    ticks = ticks_of(phrasebook, low, high)
    return replace(course, axes=replace(course.axes, low=low, high=high, values=ticks))


def _others(
    phrasebook: Phrasebook, target: Target, others: Iterable[Observation], as_of: date
) -> tuple[Point, ...]:
    """The figures of the target that this one is held against; the first with its name."""
    plan = phrasebook.plan
    if (other := plan.indicators.get(target.counterpart or "")) is None:
        return ()
    current = _in_order(latest_by_period(others))
    judged = [o for o in current if counts(plan, other, o) and o.period.last <= as_of]
    name = phrasebook.name(other.id)
    made = [replace(point(phrasebook, o, series=name), text="") for o in judged]
    if made:
        made[0] = replace(made[0], text=name)
    return tuple(made)


def _in_order(observations: Iterable[Observation]) -> list[Observation]:
    return sorted(observations, key=lambda o: (o.period.last, o.known_on, o.row))


def with_trial(phrasebook: Phrasebook, path: Path, tried: Observation) -> Path:
    """A path with a figure in it that is tried and not recorded; the axes reach as far as it."""
    axes, mark = path.axes, point(phrasebook, tried)
    if isinstance(tried.value, Stage):
        axes = staged(axes, {*axes.values, (mark.value, phrasebook.actual(tried))})
    elif not axes.low < mark.value < axes.high:
        low, high = scale([min(axes.low, mark.value), max(axes.high, mark.value)])
        axes = replace(axes, low=low, high=high, values=ticks_of(phrasebook, low, high))
    axes = replace(axes, last=max(axes.last, mark.day), first=min(axes.first, mark.day))
    if path.steps:
        path = replace(path, goal=_upright(path.goal[0][0], axes))
    return replace(path, axes=axes, trial=mark)


def _needed(assessment: Assessment, judged: Sequence[Point], last: date, goal: float) -> Curve:
    """From the last actual to the goal, while there is a way to go."""
    over = assessment.final or assessment.rule is Rule.NEVER_FINAL
    if not judged or assessment.satisfied or over or judged[-1].day >= last:
        return ()
    return (judged[-1].day, judged[-1].value), (last, goal)


def _milestone_path(
    phrasebook: Phrasebook, assessment: Assessment, ordered: Sequence[Observation]
) -> Path:
    """The stages in rows; of what was cancelled only those it was in, for it rises no more."""
    target, recorded = assessment.target, {o.value for o in ordered}
    cancelled = Stage.CANCELLED in recorded
    stages = [s for s in HEIGHTS if (s in recorded if cancelled else s is not Stage.CANCELLED)]
    rows = {(HEIGHTS[stage], phrasebook.t(words.STAGE[stage])) for stage in stages}
    axes = staged(replace(axes_of(phrasebook, target, 0, 1, ordered), unit=""), rows)
    return Path(
        axes,
        assessment.as_of,
        names_of(phrasebook, assessment),
        tuple(point(phrasebook, o, assessment) for o in ordered if isinstance(o.value, Stage)),
        goal=_upright(phrasebook.plan.due(target), axes),
        steps=True,
        status=assessment.status,
    )


def _upright(due: date, axes: Axes) -> Curve:
    return (due, axes.low), (due, axes.high)
