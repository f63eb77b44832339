"""Which entry of a plan accounts for each figure of its report's Part II.

A target accounts for its value, its base year and its conditions, each for one figure inside its
phrase; an entry of no_promise accounts for every figure in all occurrences of its phrase.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from mubiao.model import Plan, Source, Target, Text
from mubiao.report.text import Figure, Report, figures, places


class Cited(NamedTuple):
    """A phrase that a plan cites, for a target (its id) or as no promise (the reason)."""

    section: str
    paragraph: int
    printed: str
    target: str | None
    reason: Text | None


class Claim(NamedTuple):
    """What accounts for a figure: an entry of the plan's targets or of its no_promise."""

    kind: Literal["targets", "no_promise"]
    position: int


Claims = Mapping[Figure, list[Claim]]
"""The claims to each figure of Part II that has any; more than one is a mistake."""


def claims_of(plan: Plan, report: Report) -> Claims:
    """Which entries account for each figure of Part II."""
    by_place: defaultdict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in figures(report):
        by_place[figure.section, figure.paragraph].append(figure)
    claims: defaultdict[Figure, list[Claim]] = defaultdict(list)
    for position, target in enumerate(plan.targets):
        # Each number of a target accounts for one figure: a second 100 is a second promise. A
        # phrase that stands there twice accounts for none: nobody knows which one is meant.
        numbers = [abs(number) for number in _numbers(target)]
        inside = _figures_inside(report, target.source, by_place)
        for figure in inside if len(places(report, target.source)[1]) == 1 else ():
            if figure.value in numbers:
                numbers.remove(figure.value)
                claims[figure].append(Claim("targets", position))
    for position, entry in enumerate(plan.no_promise):
        for figure in _figures_inside(report, entry, by_place):
            claims[figure].append(Claim("no_promise", position))
    return claims


def cited(plan: Plan) -> list[Cited]:
    """Every phrase of a target's source or of no_promise, by section and paragraph."""
    citations = [Cited(*_phrase(target.source), target.id, None) for target in plan.targets]
    citations += [Cited(*_phrase(entry), None, entry.reason) for entry in plan.no_promise]
    return sorted(citations, key=lambda c: ([int(n) for n in c.section.split(".")], c.paragraph))


def _phrase(source: Source) -> tuple[str, int, str]:
    return source.section, source.paragraph, source.printed


def _figures_inside(
    report: Report, source: Source, by_place: Mapping[tuple[str, int], list[Figure]]
) -> Iterator[Figure]:
    """The figures inside all occurrences of the phrase."""
    _, spans = places(report, source)
    for figure in by_place.get((source.section, source.paragraph), ()):
        if any(start <= figure.start and figure.end <= end for start, end in spans):
            yield figure


def _numbers(target: Target) -> Iterator[Decimal]:
    if target.value is not None:
        yield target.value
    if target.base_year is not None:
        yield Decimal(target.base_year)
    yield from target.conditions
