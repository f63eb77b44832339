"""The rules of a plan that its types cannot say; each yields a wrong key and why it is wrong."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, pairwise
from operator import attrgetter

from mubiao.model import Better, Cadence, Comparator, Judged, Measure, Target
from mubiao.plan.relations import ONLY_FOR, Misfits, Surroundings, counterpart, part_of
from mubiao.plan.yamlfile import Issue, KeyPath
from mubiao.problems import message

_NUMERIC = tuple(one for one in Comparator if one not in (Comparator.IN_STEP_WITH, Comparator.DONE))

COMPARATORS: Mapping[Measure, tuple[Comparator, ...]] = {
    Measure.COUNT: _NUMERIC,
    Measure.RATE: (*_NUMERIC, Comparator.IN_STEP_WITH),
    Measure.LEVEL: _NUMERIC,
    Measure.SINCE_BASE: _NUMERIC,
    Measure.STAGE: (Comparator.DONE,),
}
"""The comparators that fit each measure."""

# Keys without which a comparator says nothing. METHOD gives a tolerance for "about"; beside
# another target there is no printed digit to take it from.
_NEEDED: Mapping[str, tuple[Comparator, ...]] = {
    "better": (Comparator.ABOUT, Comparator.IN_STEP_WITH),
    "tolerance": (Comparator.IN_STEP_WITH,),
    "in_step_with": (Comparator.IN_STEP_WITH,),
    "upper": (Comparator.BETWEEN,),
}
_NOT_FOR: Mapping[str, tuple[Measure, ...]] = {
    "base_year": (Measure.COUNT, Measure.RATE, Measure.LEVEL, Measure.STAGE),
    "band": (Measure.COUNT, Measure.STAGE),
    "profile": (Measure.RATE, Measure.STAGE),
    "calendar": (Measure.STAGE,),
}


def target_issues(target: Target, path: KeyPath, around: Surroundings) -> Iterator[Issue]:
    """Everything in a target that does not fit; `path` is where the target stands."""
    own = list(_misfits(target, around))
    for key, msgid in own:
        yield _issue(target, path, around, key, msgid)
    if target.amended is not None:
        version = target.in_force(date.max)
        for key, msgid in _misfits(version, around):
            if (key, msgid) not in own:
                yield _issue(version, (*path, "amended"), around, key, msgid)


def _misfits(target: Target, around: Surroundings) -> Misfits:
    rules = (_comparator, _value, _ends, _keys, _all_year, _profile)
    alone = (rule(target) for rule in rules)
    surrounded = (_years, _judgeable, _references, _units, counterpart, part_of)
    return chain(*alone, *(rule(target, around) for rule in surrounded))


def _issue(target: Target, path: KeyPath, around: Surroundings, key: str, msgid: str) -> Issue:
    allowed = {
        "comparator": COMPARATORS[target.measure],
        "unit": sorted(around.units or ()),
        "section": sorted(around.sections or ()),
        "owner": sorted(around.owners),
        "supports": sorted(around.owners),
        "calendar": sorted(around.calendars),
    }
    values = {
        **{name: value for name, value in target if f"{{{name}}}" in msgid},
        "key": key,
        "year": attrgetter(key)(target),
        "plan_year": around.year.name if around.year else "",
        "other": around.cadences.get(target.counterpart or ""),
        "allowed": ", ".join(allowed.get(key, ())),
        "id": target.counterpart,
        "comparators": ", ".join(ONLY_FOR.get(key, ())),
    }
    return Issue((*path, *key.split(".")), msgid, values)


def _comparator(target: Target) -> Misfits:
    if target.comparator not in COMPARATORS[target.measure]:
        msgid = message(
            "the comparator {comparator} does not fit the measure {measure}; "
            "expected one of: {allowed}"
        )
        yield "comparator", msgid
    if target.better not in (None, *_sides(target)):
        msgid = message(
            "better: {better} contradicts the comparator {comparator}; leave it out, "
            "the comparator says which way is better"
        )
        yield "better", msgid


def _sides(target: Target) -> tuple[Better, ...]:
    """What can be better of a target, by its comparator."""
    match target.comparator:
        case Comparator.ABOUT | Comparator.BETWEEN | Comparator.IN_STEP_WITH:
            return tuple(Better)
        case Comparator.EXACTLY:
            return (Better.NEITHER,)
        case _:
            return (Better.HIGHER if target.higher_is_better else Better.LOWER,)


def _value(target: Target) -> Misfits:
    beside = target.comparator is Comparator.IN_STEP_WITH or target.reference is not None
    if target.is_milestone:
        for key in ("value", "upper", "stretch", "unit", "baseline"):
            if getattr(target, key) is not None:
                yield key, message("a milestone (measure stage) has no {key}; leave it out")
        return
    if target.unit is None:
        yield "unit", message("the key {key} is missing")
    if target.value is None and not beside:
        msgid = message("the key {key} is missing; held against a series, a target names reference")
        yield "value", msgid
    if beside and target.value is not None:
        msgid = message("a target held against another has no value of its own; leave it out")
        yield "value", msgid
    elif target.measure is Measure.COUNT and target.value is not None and target.value <= 0:
        yield "value", message("the value of a count must be more than 0; found {value}")


def _ends(target: Target) -> Misfits:
    """The upper end of a range, and what is striven for beyond the value."""
    value, upper, stretch = target.value, target.upper, target.stretch
    if value is None:
        return
    if upper is not None and upper <= value:
        yield "upper", message("upper is {upper}; expected more than value, which is {value}")
    if stretch is not None and target.is_two_sided:
        yield "stretch", message("nothing is better than a target with limits on both sides")
    elif stretch is not None and (stretch == value or (stretch < value) is target.higher_is_better):
        msgid = message("stretch is {stretch}; expected a value better than {value}, which judges")
        yield "stretch", msgid


def _keys(target: Target) -> Misfits:
    for key, comparators in _NEEDED.items():
        if target.comparator in comparators and getattr(target, key) is None:
            yield key, message("the key {key} is missing; the comparator {comparator} needs it")
    if target.cadence is Cadence.WEEKLY and target.measure is Measure.RATE:
        msgid = message("weekly figures are as at a day, and a rate is of months; expected another")
        yield "cadence", msgid
    for key, measures in _NOT_FOR.items():
        if target.measure in measures and getattr(target, key) is not None:
            yield key, message("{key} is not for the measure {measure}; leave it out")
    if target.measure is Measure.SINCE_BASE and target.base_year is None:
        yield "base_year", message("the key {key} is missing; the measure {measure} needs it")
    for key, comparators in ONLY_FOR.items():
        if target.comparator not in comparators and getattr(target, key) is not None:
            yield key, message("{key} is only for these comparators: {comparators}; leave it out")


def _all_year(target: Target) -> Misfits:
    at_an_end = target.measure in (Measure.COUNT, Measure.STAGE)
    beside = target.counterpart is not None
    if target.judged is Judged.ALL_YEAR and (beside or at_an_end):
        msgid = message(
            "judged: all_year is not for counts, milestones or targets held against another"
        )
        yield "judged", msgid


def _profile(target: Target) -> Misfits:
    shares = target.profile
    if shares is None:
        return
    if shares[0] < 0 or shares[-1] != 1 or any(a > b for a, b in pairwise(shares)):
        msgid = message(
            "the profile must be 12 shares between 0 and 1, none smaller than the one before, "
            "the last one 1"
        )
        yield "profile", msgid


def _years(target: Target, around: Surroundings) -> Misfits:
    if around.year is None:
        return
    baseline_year = target.baseline.year if target.baseline else None
    # What is due in a later year may be held against the plan's own.
    last = around.year.first.year - (not target.due or target.due <= around.year.last)
    for key, year in (("base_year", target.base_year), ("baseline.year", baseline_year)):
        if year is not None and year > last:
            msgid = message("{key} is {year}; expected a year before the plan's year {plan_year}")
            yield key, msgid
    if target.due and target.due < around.year.first:
        msgid = message("due is {due}; expected a day in or after the plan's year {plan_year}")
        yield "due", msgid
    if target.amended and target.amended.known_on < around.year.first:
        msgid = message("{key} is {year}; expected a day in or after the plan's year {plan_year}")
        yield "amended.known_on", msgid


def _judgeable(target: Target, around: Surroundings) -> Misfits:
    """What no figure could ever decide."""
    if around.year is None or target.due is None:
        return
    if target.judged is Judged.ALL_YEAR and target.due < around.year.end(target.cadence.months):
        msgid = message(
            "due is {due}, before the first figure that is published {cadence}: none could ever "
            "count for a promise for all year"
        )
        yield "due", msgid
    if target.profile is not None and target.due > around.year.last:
        msgid = message("due is {due}; a profile is for what is due within the plan's year")
        yield "profile", msgid


def _references(target: Target, around: Surroundings) -> Misfits:
    if around.units is not None and target.unit is not None and target.unit not in around.units:
        msgid = message("the unit {unit} is not in the plan's units; expected one of: {allowed}")
        yield "unit", msgid
    if around.sections is not None and target.section not in around.sections:
        msgid = message(
            "the section {section} is not in the plan's sections; expected one of: {allowed}"
        )
        yield "section", msgid
    if target.calendar is not None and target.calendar not in around.calendars:
        msgid = message("the plan's calendars have no {calendar}; expected one of: {allowed}")
        yield "calendar", msgid


def _units(target: Target, around: Surroundings) -> Misfits:
    if target.owner is not None and target.owner not in around.owners:
        yield "owner", message("the plan's owners have no {owner}; expected one of: {allowed}")
    if set(target.supports) - around.owners:
        msgid = message(
            "supports lists a unit that the plan's owners do not have; expected some of: {allowed}"
        )
        yield "supports", msgid
    elif target.owner in target.supports:
        msgid = message("{owner} leads this target; leave it out of those that support it")
        yield "supports", msgid
