"""The rules of a plan that its types cannot say: what fits together, and what refers to what.

Each rule yields issues at paths of the plan's data; the loader knows the lines.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import chain, pairwise

from mubiao.model import Better, Comparator, Judged, Measure, Target
from mubiao.plan.yamlfile import Issue, KeyPath
from mubiao.problems import message

_NUMERIC = (
    Comparator.AT_LEAST,
    Comparator.ABOVE,
    Comparator.AT_MOST,
    Comparator.BELOW,
    Comparator.ABOUT,
)
_WITH_TOLERANCE = (Comparator.ABOUT, Comparator.IN_STEP_WITH)

COMPARATORS: Mapping[Measure, tuple[Comparator, ...]] = {
    Measure.COUNT: (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.ABOUT),
    Measure.RATE: (*_NUMERIC, Comparator.IN_STEP_WITH),
    Measure.LEVEL: _NUMERIC,
    Measure.SINCE_BASE: _NUMERIC,
    Measure.STAGE: (Comparator.DONE,),
}
"""The comparators that fit each measure."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the plan says; None where the file does not say it in a usable way.

    `measures` holds the measure of every target by id, None where it is not usable.
    """

    year: int | None
    units: AbstractSet[str] | None
    sections: AbstractSet[str] | None
    measures: Mapping[str, Measure | None]


def target_issues(target: Target, path: KeyPath, around: Surroundings) -> Iterator[Issue]:
    """Everything in a target that does not fit; `path` is where the target stands."""
    alone = (rule(target) for rule in (_comparator, _value, _tolerance, _profile))
    within = (rule(target, around) for rule in (_base_year, _time, _references, _in_step_with))
    for key, told, values in chain(*alone, *within):
        yield Issue((*path, *key), told, values)


_Found = tuple[KeyPath, str, dict[str, object]]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _comparator(target: Target) -> Iterator[_Found]:
    allowed = COMPARATORS[target.measure]
    if target.comparator not in allowed:
        told = message(
            "the comparator {comparator} does not fit the measure {measure}; "
            "expected one of: {allowed}"
        )
        values = {"comparator": target.comparator, "measure": target.measure}
        yield ("comparator",), told, {**values, "allowed": _listed(allowed)}
    implied = Better.HIGHER if target.higher_is_better else Better.LOWER
    if target.better not in (None, implied):
        told = message(
            "better: {better} contradicts the comparator {comparator}; leave it out, "
            "the comparator says which way is better"
        )
        yield ("better",), told, {"better": target.better, "comparator": target.comparator}
    counts_about = (target.measure, target.comparator) == (Measure.COUNT, Comparator.ABOUT)
    if counts_about and target.better is Better.LOWER:
        yield ("better",), message("for the measure count, better must be higher"), {}


def _value(target: Target) -> Iterator[_Found]:
    if target.is_milestone:
        for key in ("value", "unit", "baseline"):
            if getattr(target, key) is not None:
                told = message("a milestone (measure stage) has no {key}; leave it out")
                yield (key,), told, {"key": key}
        return
    if target.unit is None:
        yield ("unit",), message("the key {key} is missing"), {"key": "unit"}
    if target.comparator is Comparator.IN_STEP_WITH:
        if target.value is not None:
            told = message("a target in step with another has no value of its own; leave it out")
            yield ("value",), told, {}
    elif target.value is None:
        yield ("value",), message("the key {key} is missing"), {"key": "value"}
    elif target.measure is Measure.COUNT and target.value <= 0:
        told = message("the value of a count must be more than 0; found {value}")
        yield ("value",), told, {"value": target.value}


def _tolerance(target: Target) -> Iterator[_Found]:
    if target.comparator in _WITH_TOLERANCE:
        # METHOD gives a default for "about"; beside another target there is no printed digit.
        needed = ("better",) if target.comparator is Comparator.ABOUT else ("better", "tolerance")
        for key in needed:
            if getattr(target, key) is None:
                told = message("the key {key} is missing; the comparator {comparator} needs it")
                yield (key,), told, {"key": key, "comparator": target.comparator}
    elif target.tolerance is not None:
        told = message(
            "tolerance is only for the comparators about and in_step_with, not for {comparator}"
        )
        yield ("tolerance",), told, {"comparator": target.comparator}
    if target.band is not None and target.measure in (Measure.COUNT, Measure.STAGE):
        told = message("{key} is not for the measure {measure}; leave it out")
        yield ("band",), told, {"key": "band", "measure": target.measure}


def _base_year(target: Target, around: Surroundings) -> Iterator[_Found]:
    since = target.measure is Measure.SINCE_BASE
    if since and target.base_year is None:
        told = message("the key {key} is missing; the measure {measure} needs it")
        yield ("base_year",), told, {"key": "base_year", "measure": target.measure}
    if not since and target.base_year is not None:
        told = message("{key} is not for the measure {measure}; leave it out")
        yield ("base_year",), told, {"key": "base_year", "measure": target.measure}
    years: list[tuple[KeyPath, int | None]] = [(("base_year",), target.base_year)]
    if target.baseline is not None:
        years.append((("baseline", "year"), target.baseline.year))
    for key, year in years:
        if year is not None and around.year is not None and year >= around.year:
            told = message("{key} is {year}; expected a year before the plan's year {plan_year}")
            values = {"key": ".".join(map(str, key)), "year": year, "plan_year": around.year}
            yield key, told, values


def _profile(target: Target) -> Iterator[_Found]:
    profile = target.profile
    if profile is None:
        return
    if target.measure in (Measure.RATE, Measure.STAGE):
        told = message("{key} is not for the measure {measure}; leave it out")
        yield ("profile",), told, {"key": "profile", "measure": target.measure}
    rises = all(a <= b for a, b in pairwise(profile))
    if not rises or profile[0] < 0 or profile[-1] != 1:
        told = message(
            "the profile must be 12 shares between 0 and 1, none smaller than the one before, "
            "the last one 1"
        )
        yield ("profile",), told, {}


def _time(target: Target, around: Surroundings) -> Iterator[_Found]:
    in_step = target.comparator is Comparator.IN_STEP_WITH
    at_an_end = in_step or target.measure in (Measure.COUNT, Measure.STAGE)
    if target.judged is Judged.ALL_YEAR and at_an_end:
        told = message(
            "judged: all_year is not for counts, milestones or targets in step with another"
        )
        yield ("judged",), told, {}
    if target.due and around.year and target.due < date(around.year, 1, 1):
        told = message("due is {due}; expected a day in or after the plan's year {plan_year}")
        yield ("due",), told, {"due": target.due, "plan_year": around.year}


def _references(target: Target, around: Surroundings) -> Iterator[_Found]:
    if around.units is not None and target.unit is not None and target.unit not in around.units:
        told = message("the unit {unit} is not in the plan's units; expected one of: {allowed}")
        yield ("unit",), told, {"unit": target.unit, "allowed": _listed(sorted(around.units))}
    if around.sections is not None and target.section not in around.sections:
        told = message(
            "the section {section} is not in the plan's sections; expected one of: {allowed}"
        )
        allowed = _listed(sorted(around.sections))
        yield ("section",), told, {"section": target.section, "allowed": allowed}


def _in_step_with(target: Target, around: Surroundings) -> Iterator[_Found]:
    other = target.in_step_with
    key: KeyPath = ("in_step_with",)
    if target.comparator is not Comparator.IN_STEP_WITH:
        if other is not None:
            yield key, message("in_step_with is only for the comparator in_step_with"), {}
        return
    if other is None:
        told = message("the key {key} is missing; the comparator {comparator} needs it")
        yield key, told, {"key": "in_step_with", "comparator": target.comparator}
    elif other == target.id:
        yield key, message("a target cannot be in step with itself"), {}
    elif other not in around.measures:
        yield key, message("in_step_with names {id}, but there is no such target"), {"id": other}
    elif around.measures[other] not in (None, Measure.RATE):
        told = message("in_step_with names {id}, which is no rate; only rates can be compared")
        yield key, told, {"id": other}


def repeated_ids(ids: Iterable[tuple[KeyPath, str]]) -> Iterator[Issue]:
    """An issue at every id that was given before."""
    seen: Counter[str] = Counter()
    for path, found in ids:
        seen[found] += 1
        if seen[found] > 1:
            yield Issue(path, message("the id {id} is given twice"), {"id": found})
