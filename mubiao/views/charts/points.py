"""A figure as a point of a chart, with the box that tells about it when one points at it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from mubiao.counting import latest_by_period
from mubiao.model import Assessment, Measure, Nature, Observation, Stage, Target
from mubiao.views.key_figures import distance
from mubiao.wording.phrasebook import Phrasebook, inline
from mubiao.wording.places import cited

LABELLED_AT_MOST = 6
Side = Literal["left", "right", "below"]
HEIGHTS: dict[Stage, float] = {
    Stage.CANCELLED: -1.0,
    Stage.NOT_STARTED: 0.0,
    Stage.UNDER_WAY: 1.0,
    Stage.COMPLETE: 2.0,
}


@dataclass(frozen=True, slots=True)
class Point:
    """An actual in a chart: the last day of its period, its value, its text beside the mark.

    `label` says period and value; the lines of `box` all that is known of it, what it is first.
    """

    day: date
    value: float
    text: str
    label: str
    box: tuple[str, ...] = ()


def points(
    phrasebook: Phrasebook, assessment: Assessment, observations: Sequence[Observation]
) -> tuple[Point, ...]:
    """Figures as points; of many only the last is written beside its mark."""
    made = [point(phrasebook, o, assessment) for o in observations]
    if len(made) > LABELLED_AT_MOST:
        made[:-1] = [replace(one, text="") for one in made[:-1]]
    return tuple(made)


def point(
    phrasebook: Phrasebook,
    observation: Observation,
    assessment: Assessment | None = None,
    series: str = "",
) -> Point:
    """An actual as a point; a stage is named by the axis, not beside its mark.

    With an assessment its box says how far the value is from what the target asks; that of a figure
    of another `series` than the judged begins with its name.
    """
    language, text = phrasebook.language, phrasebook.actual(observation)
    label = language.labelled(language.period(observation.period), text)
    first, *others = box_lines(phrasebook, observation, assessment)
    box = (inline(series, first), *others)
    if isinstance(observation.value, Stage):
        return Point(observation.period.last, HEIGHTS[observation.value], "", label, box)
    return Point(observation.period.last, float(observation.value), text, label, box)


def ghosts(
    phrasebook: Phrasebook,
    known: Sequence[Observation],
    revised: Sequence[Observation],
    series: str,
) -> tuple[Point, ...]:
    """What was published for a period before its present figure: first published, first.

    Those among the standing figures that another of their period outdoes, and those `revised`.
    """
    current = latest_by_period(known)
    values = {one.period: one.value for one in current}
    old = [o for o in (*known, *revised) if o not in current and o.value != values.get(o.period)]
    old = [o for o in old if o.period in values and isinstance(o.value, Decimal)]
    return tuple(replace(point(phrasebook, one, series=series), text="") for one in old)


def baseline_point(phrasebook: Phrasebook, target: Target) -> Point | None:
    """The earlier value at the year's beginning; None without one, and for a running total, which
    begins at nothing.
    """
    if target.baseline is None or target.measure is Measure.COUNT:
        return None
    language, t = phrasebook.language, phrasebook.t
    value, year = target.baseline.value, target.baseline.year
    figure, name = phrasebook.quantity(value, target), t("baseline {year}", year=year)
    label, text = language.labelled(name, figure), t("{year}: {value}", year=year, value=figure)
    report = language.labelled(t("Report"), cited(phrasebook, target.baseline.source))
    box = (name, language.labelled(t("Actual"), figure), report)
    return Point(phrasebook.plan.span.first, float(value), text, label, box)


def box_lines(
    phrasebook: Phrasebook, observation: Observation, assessment: Assessment | None
) -> Iterator[str]:
    """Period and nature, value, distance to the target, source, and the day it was published."""
    language, t = phrasebook.language, phrasebook.t
    final = observation.nature is Nature.FINAL or isinstance(observation.value, Stage)
    period = language.period(observation.period)
    yield period if final else inline(period, phrasebook.nature(observation))
    yield language.labelled(t("Actual"), phrasebook.actual(observation))
    if assessment is not None and (gap := distance(phrasebook, assessment, observation)):
        yield gap.text
    elif assessment is not None and assessment.target.is_milestone:
        yield t("target: {asks}", asks=phrasebook.asks(assessment.target))
    if observation.source:
        yield language.labelled(t("Source"), observation.source)
    yield language.labelled(t("Published on"), language.day(observation.known_on))


def sides(course: Sequence[Point]) -> list[Side]:
    """Where each point's label lies away from the line: right where that falls, below where it
    turns up again.
    """
    down = [after.value < before.value for before, after in pairwise(course)]
    ways = pairwise([*down[:1], *down, *(down[-1:] or [False])])
    turns: list[Side] = [
        "below" if before and not after else "right" if after else "left" for before, after in ways
    ]
    return turns or ["left" for _ in course]
