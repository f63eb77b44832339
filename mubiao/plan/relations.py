"""How targets relate: what one is held against, and of which milestone one is a step."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from mubiao.model import Cadence, Comparator, Measure, Target
from mubiao.period import YearSpan
from mubiao.problems import message

_HELD_AGAINST = (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.AT_MOST, Comparator.BELOW)
# What a key is for; without these comparators it says nothing.
ONLY_FOR: Mapping[str, tuple[Comparator, ...]] = {
    "tolerance": (Comparator.ABOUT, Comparator.EXACTLY, Comparator.IN_STEP_WITH),
    "in_step_with": (Comparator.IN_STEP_WITH,),
    "upper": (Comparator.BETWEEN,),
    "reference": _HELD_AGAINST,
    "stretch": (*_HELD_AGAINST, Comparator.ABOUT),
}
Misfits = Iterator[tuple[str, str]]
"""Keys of a target ("baseline.year") and messages, which may name the keys of the target."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the plan says, with the measure of each target and reference series; None
    for what is not usable.
    """

    year: YearSpan | None
    units: AbstractSet[str] | None
    sections: AbstractSet[str] | None
    owners: AbstractSet[str]
    calendars: AbstractSet[str]
    measures: Mapping[str, Measure | None]
    cadences: Mapping[str, Cadence]
    parts: Mapping[str, str]


def counterpart(target: Target, around: Surroundings) -> Misfits:
    """What a target is held against: a rate or level of the same kind, for the same periods."""
    key, other = (
        ("reference" if target.in_step_with is None else "in_step_with"),
        target.counterpart,
    )
    if other is None or target.comparator not in ONLY_FOR[key]:
        return
    if target.measure not in (Measure.RATE, Measure.LEVEL, Measure.SINCE_BASE):
        yield key, message("{key} is not for the measure {measure}; leave it out")
    elif other == target.id:
        yield key, message("a target cannot be held against itself")
    elif other not in around.measures:
        yield key, message("{key} names {id}, but there is no such target or reference series")
    elif around.measures[other] not in (None, target.measure):
        msgid = message(
            "{key} names {id}, whose measure is another; expected one with the measure {measure}"
        )
        yield key, msgid
    elif (
        target.measure is not Measure.RATE
        and around.cadences.get(other, target.cadence) is not target.cadence
    ):
        msgid = message(
            "{key} names {id}, which is published {other}, and this one {cadence}: no two figures "
            "are ever of the same period; give both one cadence"
        )
        yield key, msgid


def part_of(target: Target, around: Surroundings) -> Misfits:
    """What a milestone is a step of: another milestone, and never itself."""
    key, whole = "part_of", target.part_of
    if whole is None:
        return
    if not target.is_milestone or around.measures.get(whole) not in (None, Measure.STAGE):
        yield key, message("part_of is for milestones alone, and names a milestone")
    elif whole not in around.measures:
        yield key, message("part_of names {part_of}, but there is no such target")
    elif target.id in _wholes(whole, around.parts):
        yield key, message("part_of {part_of}: a milestone cannot be a step of itself")


def _wholes(target: str, parts: Mapping[str, str]) -> set[str]:
    """A target and everything that it is a step of."""
    wholes: set[str] = set()
    while target and target not in wholes:
        wholes.add(target)
        target = parts.get(target, "")
    return wholes
