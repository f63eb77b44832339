"""The same indicator in the plans of several years (`series`): what a later plan asks more or less
of it, and which targets seem to be of one series by their names.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz import fuzz

from mubiao.criterion import criterion_at
from mubiao.model import Judged, Measure, Plan, Target
from mubiao.plain_text import folded

# Of Beijing's plans nearly all pairs above it are one indicator, and nearly none below.
LIKE = 85
_DOES = re.compile("^(?:完成|实施|推进|全市|本市|全省|全年)+")
_HAN = re.compile("[\u4e00-\u9fff]")
# The id of a drafted target says where in its report it stands, which names no series.
_BY_PLACE = re.compile(r"(p|aim)\d+(-\d+){3}")


class Turn(StrEnum):
    """What a later promise of an indicator asks; `other` where the two cannot be compared."""

    HARDER = "harder"
    EASIER = "easier"
    SAME = "same"
    OTHER = "other"


class Promise(NamedTuple):
    """A target with its plan."""

    plan: Plan
    target: Target

    def has_unit_of(self, other: "Promise") -> bool:
        """Whether both have one unit: by its name in a language, as each plan has its own ids."""
        mine, its = (one.plan.units.get(one.target.unit or "") for one in (self, other))
        if mine is None or its is None:
            return mine is its
        return mine.zh == its.zh or mine.en == its.en

    def is_told_apart(self, other: "Promise") -> bool:
        """Whether a person has said in a plan that the two are not one indicator."""
        pairs = (self.target, other.target), (other.target, self.target)
        return any({its.id, its.series} & set(own.unlike) for own, its in pairs)


@dataclass(frozen=True, slots=True)
class Tie:
    """A promise whose name is like that of an earlier one, from 0 to 100, and the series that both
    would have, "" where a person must name it; `without` are those that do not have it yet.
    """

    promise: Promise
    earlier: Promise
    series: str
    score: float
    without: tuple[Promise, ...]


def turn(before: Promise, after: Promise) -> Turn:
    """Whether a later promise of the same indicator asks more, as both reports printed it.

    It does if its value, its limit (the value less the tolerance), whether that limit itself is
    enough, and whether it holds all year each ask as much or more. Other units and base years
    cannot be compared, a number with a change or a count with a level neither, nor terms of which
    some ask more and some less.
    """
    old, new = before.target, after.target
    if _kind(old) != _kind(new) or not before.has_unit_of(after):
        return Turn.OTHER
    if old.value is None or new.value is None:
        alike = (old.comparator, old.tolerance) == (new.comparator, new.tolerance)
        return Turn.SAME if alike else Turn.OTHER
    first, second = criterion_at(old, old.value), criterion_at(new, new.value)
    sign = 1 if first.upwards else -1
    more: tuple[Decimal | int, ...] = (
        (second.goal - first.goal) * sign,
        (second.threshold - first.threshold) * sign or second.strict - first.strict,
        (new.judged is Judged.ALL_YEAR) - (old.judged is Judged.ALL_YEAR),
        ((first.far or Decimal(0)) - (second.far or Decimal(0))) * sign,
    )
    if not any(more):
        return Turn.SAME
    if min(more) >= 0:
        return Turn.HARDER
    return Turn.EASIER if max(more) <= 0 else Turn.OTHER


def _kind(target: Target) -> tuple[object, ...]:
    sides = (target.higher_is_better, target.is_two_sided)
    is_count = target.measure is Measure.COUNT
    return target.is_milestone, is_count, target.says_change, target.base_year, *sides


def ties(plans: Sequence[Plan]) -> Iterator[Tie]:
    """For targets without a series the place's one of another year most like each by its name.

    `plans` come by year. Only targets of one measure and unit are held against each other that
    nobody has told apart, those of the nearest year first; a series has one target of each plan.
    """
    promises = {plan.id: [Promise(plan, target) for target in plan.targets] for plan in plans}
    series = {plan.id: {target.id: target.series for target in plan.targets} for plan in plans}
    for at, plan in enumerate(plans):
        for earlier_plan in reversed(plans[:at]):
            if earlier_plan.year == plan.year or earlier_plan.place.zh != plan.place.zh:
                continue
            own, its = series[plan.id], series[earlier_plan.id]
            pairs = [
                (likeness(earlier.target, promise.target), earlier, promise)
                for promise in promises[plan.id]
                for earlier in promises[earlier_plan.id]
                if earlier.target.measure is promise.target.measure
                and earlier.has_unit_of(promise)
                and not earlier.is_told_apart(promise)
            ]
            for score, earlier, promise in sorted(pairs, key=lambda pair: -pair[0]):
                known = own[promise.target.id], its[earlier.target.id]
                ids = (one.target.id for one in (earlier, promise))
                names = (*known, *(id_ for id_ in ids if not _BY_PLACE.fullmatch(id_)))
                name = next(filter(None, names), "")
                lacking = [(its, earlier), (own, promise)]
                without = [(some, one) for some, one in lacking if some[one.target.id] is None]
                is_free = not name or all(name not in some.values() for some, _ in without)
                if score >= LIKE and without and is_free:
                    yield Tie(promise, earlier, name, score, tuple(one for _, one in without))
                    for some, one in without:
                        some[one.target.id] = name


def likeness(one: Target, other: Target) -> float:
    """How like the names of two targets are, in the language in which they are most: 0 to 100."""
    return max(
        fuzz.ratio(folded(one.name.zh), folded(other.name.zh)),
        fuzz.token_sort_ratio(folded(one.name.en), folded(other.name.en)),
    )


def known_indicators(plans: Iterable[Plan]) -> Mapping[str, Target]:
    """The plans' targets by their plain Chinese names, of each rather one with an English name.

    Only by the same name: some that are nearly alike promise opposite ends of a task (开工, 完工).
    """
    targets = (target for plan in plans for target in plan.targets)
    return {plain_name(t.name.zh): t for t in sorted(targets, key=has_english_name)}


def has_english_name(target: Target) -> bool:
    """Whether a target has an English name."""
    return not _HAN.search(target.name.en)


def plain_name(name: str) -> str:
    """A Chinese name without the words that only say that something is done, or where."""
    return _DOES.sub("", unicodedata.normalize("NFKC", name)).strip()
