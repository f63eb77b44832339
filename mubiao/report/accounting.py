"""Where every figure of a report's Part II went in a plan.

A target accounts for its value, its base year and its conditions, each for one figure inside its
phrase; an entry of no_promise accounts for every figure in all occurrences of its phrase.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from mubiao.model import Plan, Source, Target, Text
from mubiao.report.text import Figure, Report, figures, places


class Account(NamedTuple):
    """Where a figure went: the phrase that covers it and a target's id or a reason.

    A figure that is not accounted for has "" and two Nones.
    """

    section: str
    paragraph: int
    figure: str
    printed: str
    target: str | None
    reason: Text | None


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
    """Who accounts for each figure of Part II."""
    standing: defaultdict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in figures(report):
        standing[figure.section, figure.paragraph].append(figure)
    claims: defaultdict[Figure, list[Claim]] = defaultdict(list)
    for position, target in enumerate(plan.targets):
        # Each number of a target accounts for one figure: a second 100 is a second promise.
        wanted = [abs(number) for number in _numbers(target)]
        for figure in _covered(report, target.source, standing, unique=True):
            if figure.value in wanted:
                wanted.remove(figure.value)
                claims[figure].append(Claim("targets", position))
    for position, entry in enumerate(plan.no_promise):
        for figure in _covered(report, entry, standing):
            claims[figure].append(Claim("no_promise", position))
    return claims


def account(plan: Plan, report: Report) -> list[Account]:
    """Where every figure of Part II went, in the report's order."""
    claims = claims_of(plan, report)
    found = []
    for figure in figures(report):
        where = (figure.section, figure.paragraph, figure.text)
        claim = next(iter(claims.get(figure, [])), None)
        if claim is None:
            found.append(Account(*where, "", None, None))
        elif claim.kind == "targets":
            target = plan.targets[claim.position]
            found.append(Account(*where, target.source.printed, target.id, None))
        else:
            entry = plan.no_promise[claim.position]
            found.append(Account(*where, entry.printed, None, entry.reason))
    return found


def cited(plan: Plan) -> list[Cited]:
    """Every phrase of a target's source or of no_promise, by section and paragraph."""
    found = [Cited(*place_of(t.source), t.source.printed, t.id, None) for t in plan.targets]
    found += [Cited(*place_of(n), n.printed, None, n.reason) for n in plan.no_promise]
    return sorted(found, key=lambda c: ([int(part) for part in c.section.split(".")], c.paragraph))


def place_of(cites: Source) -> tuple[str, int]:
    """The section and paragraph that something cites."""
    return cites.section, cites.paragraph


def _covered(
    report: Report,
    cites: Source,
    standing: Mapping[tuple[str, int], list[Figure]],
    *,
    unique: bool = False,
) -> list[Figure]:
    """The figures inside the phrase; none where it must be unique and is not."""
    _, found = places(report, cites)
    if unique and len(found) != 1:
        return []
    return [
        figure
        for figure in standing.get(place_of(cites), [])
        if any(start <= figure.start and figure.end <= end for start, end in found)
    ]


def _numbers(target: Target) -> list[Decimal]:
    own = [] if target.value is None else [target.value]
    base = [] if target.base_year is None else [Decimal(target.base_year)]
    return [*own, *base, *target.conditions]
