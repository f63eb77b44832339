"""The rules between the parts of a plan: its ids, year and calendars, what a target is held
against, and of which milestone one is a step.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from mubiao.model import Cadence, Calendar, Comparator, Indicator, Measure, Plan, Target
from mubiao.period import EXAMPLES, YearSpan
from mubiao.plan.yamlfile import Issue, KeyPath
from mubiao.problems import excerpt, message

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
    """What the rest of the plan says, by ids of targets and series; None for what is not usable."""

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


def repeated_ids(
    ids: Iterable[tuple[KeyPath, str]], msgid: str = message("the id {id} is given twice")
) -> Iterator[Issue]:
    """An issue at every id that was given before."""
    known: set[str] = set()
    for path, name in ids:
        if name in known:
            yield Issue(path, msgid, {"id": name})
        known.add(name)


def span_issues(plan: Plan) -> Iterator[Issue]:
    """What is wrong with the plan's first and last day."""
    if plan.period is None:
        return
    first, last = plan.period.first, plan.period.last
    if first.day != 1:
        msgid = message("first is {first}; a plan's year begins on the first day of a month")
        yield Issue(("period", "first"), msgid, {"first": first})
    elif last != plan.span.last:
        msgid = message("last is {last}; expected {expected}, twelve months after {first}")
        values = {"last": last, "expected": plan.span.last, "first": first}
        yield Issue(("period", "last"), msgid, values)
    if first.year != plan.year:
        msgid = message("year is {year}; expected {first}, in which the plan's period begins")
        yield Issue(("year",), msgid, {"year": str(plan.year), "first": str(first.year)})


def calendar_issues(calendars: Iterable[Calendar], year: YearSpan) -> Iterator[Issue]:
    """An issue at every day of a calendar for no period, not after its end, or a second one."""
    for position, calendar in enumerate(calendars):
        named: dict[date, str] = {}
        for text, day in calendar.days.items():
            path: KeyPath = ("calendars", position, "days", text)
            try:
                last = year.parse(text).last
            except ValueError:
                msgid = message("{text} is no period; expected one of {examples}")
                yield Issue(path, msgid, {"text": excerpt(text), "examples": EXAMPLES})
                continue
            if day <= last:
                msgid = message("{day} is not after the last day of {text}")
                yield Issue(path, msgid, {"day": day, "text": text})
            if (other := named.setdefault(last, text)) != text:
                msgid = message("{text} ends on the day on which {other} ends; give it one day")
                yield Issue(path, msgid, {"text": text, "other": other})


def reference_issues(
    reference: Indicator, path: KeyPath, units: AbstractSet[str]
) -> Iterator[Issue]:
    """What does not fit of a reference series."""
    if reference.unit not in units:
        msgid = message("the unit {unit} is not in the plan's units; expected one of: {allowed}")
        values = {"unit": reference.unit, "allowed": ", ".join(sorted(units))}
        yield Issue((*path, "unit"), msgid, values)
    since_base = reference.measure is Measure.SINCE_BASE
    if since_base is (reference.base_year is None):
        msgid = message("{key} is for the measure since_base, which needs it")
        yield Issue((*path, "base_year"), msgid, {"key": "base_year"})
