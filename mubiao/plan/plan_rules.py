"""The rules of a plan as a whole: its ids, its year, its calendars, its reference series."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date

from mubiao.model import Calendar, Indicator, Measure, Plan
from mubiao.period import EXAMPLES, YearSpan
from mubiao.plan.yamlfile import Issue, KeyPath
from mubiao.problems import excerpt, message


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
    """An issue at every day of a calendar that is for no period, before its end, or a second one
    for the same period.
    """
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
