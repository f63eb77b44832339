"""Which entry of a plan accounts for each figure in the parts of the report that it covers.

A target accounts for its value, its base year and its conditions, each for one figure inside its
phrase; an entry of no_promise accounts for every figure in all occurrences of its phrase.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from mubiao.model import NoPromise, Plan, Source, Target
from mubiao.plan.numerals import figures_in
from mubiao.report.text import Figure, Report, covers, places

Claim = tuple[Literal["targets", "no_promise"], int]
"""What accounts for a figure: the place of an entry in the plan."""

Claims = Mapping[Figure, list[Claim]]
"""The claims to each figure of the covered parts that has any; more than one is a mistake."""


def claims_of(plan: Plan, report: Report) -> Claims:
    """Which entries account for each figure of the covered parts."""
    claims: defaultdict[Figure, list[Claim]] = defaultdict(list)
    for position, target in enumerate(plan.targets):
        # Each number of a target accounts for one figure: a second 100 is a second promise. A
        # phrase that stands there twice accounts for none: nobody knows which one is meant.
        ends = (target.value, target.upper, target.stretch)
        cited_numbers = (*ends, target.base_year, *target.conditions)
        numbers = [abs(Decimal(number)) for number in cited_numbers if number is not None]
        inside = _figures_inside(plan, report, target.source)
        for figure in inside if len(places(report, target.source)[1]) == 1 else ():
            if figure.value in numbers:
                numbers.remove(figure.value)
                claims[figure].append(("targets", position))
    for position, entry in enumerate(plan.no_promise):
        for figure in _figures_inside(plan, report, entry):
            claims[figure].append(("no_promise", position))
    return claims


def cited(plan: Plan) -> list[tuple[Source, Target | NoPromise]]:
    """Every phrase of a target's source or of no_promise, by section and paragraph."""
    entries: list[tuple[Source, Target | NoPromise]] = [
        *((target.source, target) for target in plan.targets),
        *((entry, entry) for entry in plan.no_promise),
    ]
    return sorted(
        entries, key=lambda e: ([int(n) for n in e[0].section.split(".")], e[0].paragraph)
    )


def _figures_inside(plan: Plan, report: Report, source: Source) -> Iterator[Figure]:
    """The covered figures inside all occurrences of the phrase."""
    text, spans = places(report, source)
    for number in figures_in(text) if covers(plan.covers, source.section) else ():
        if any(start <= number.start and number.end <= end for start, end in spans):
            yield Figure(source.section, source.paragraph, *number)
