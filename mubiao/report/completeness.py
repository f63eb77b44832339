"""The proof that a plan leaves out no figure of its report and says nothing the report does not.

Every figure in the parts of the report that the plan covers is claimed exactly once. A target
claims its value, its base year and its conditions, each for one figure inside its phrase; an entry
of no_promise every figure in all occurrences of its phrase. Removing any one of these leaves a
figure over.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from mubiao.model import Baseline, NoPromise, Plan, Source, Target
from mubiao.plan.numerals import figures_in, numbers_in, numbers_within
from mubiao.plan.printed import as_amended, comparator_as_printed, read_otherwise, says_fall
from mubiao.plan.yamlfile import Issue, KeyPath, Lines
from mubiao.problems import Problem, message
from mubiao.report.text import Figure, Report, covers, figures, places

Claim = tuple[Literal["targets", "no_promise"], int]
"""What accounts for a figure: the place of an entry in the plan."""

Claims = Mapping[Figure, list[Claim]]
"""The claims to each figure of the covered parts that has any; more than one is a mistake."""
_NOT_PRINTED = message("the value {value} is not in “{printed}”")


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
    text, spans = places(report, source)
    for number in figures_in(text) if covers(plan.covers, source.section) else ():
        if any(start <= number.start and number.end <= end for start, end in spans):
            yield Figure(source.section, source.paragraph, *number)


def check_report(
    plan: Plan, report: Report, lines: Lines, *, file: str = ""
) -> tuple[Problem, ...]:
    """Everything that keeps the plan from being complete and true to its report; () is proof.

    What is wrong with the plan names the plan's file and line (from `lines`); a figure that is in
    neither a target nor no_promise names `file`, the report's, and its line there.
    """
    claims = claims_of(plan, report)
    issues = report_issues(plan, report, claims)
    problems = sorted((lines.problem(issue) for issue in issues), key=lambda p: p.line)
    left = (figure for figure in figures(report, plan.covers) if not claims.get(figure))
    return (*problems, *(_unaccounted(figure, report, file) for figure in left))


def report_issues(plan: Plan, report: Report, claims: Claims) -> list[Issue]:
    """What the plan says that its report does not; `claims` are the plan's."""
    return [
        *_absent_parts(plan, report),
        *_phrase_issues(plan, report),
        *_double_claims(plan, claims),
    ]


def _absent_parts(plan: Plan, report: Report) -> Iterator[Issue]:
    for position, part in enumerate(plan.covers):
        if not any(covers((part,), section) for section, _ in report):
            msgid = message("the report has no section {section}; it has: {sections}")
            there = ", ".join(dict.fromkeys(section for section, _ in report))
            yield Issue(("covers", position), msgid, {"section": part, "sections": there})


def _double_claims(plan: Plan, claims: Claims) -> Iterator[Issue]:
    for figure, (first, *others) in claims.items():
        for second in others:
            if _asks_alike(plan, first, second):
                continue
            msgid = message(
                "the figure {figure} is claimed twice, by {first} and by {second}; "
                "shorten one of the phrases or leave one out"
            )
            names = {"first": _name(plan, first), "second": _name(plan, second)}
            yield Issue(second, msgid, {"figure": figure.text, **names})


def _asks_alike(plan: Plan, *claims: Claim) -> bool:
    """Whether one printed figure stands for several targets (均下降3%): cited and asked alike."""
    if any(kind != "targets" for kind, _ in claims):
        return False
    targets = [plan.targets[position] for _, position in claims]
    terms = {(t.source, t.comparator, t.value, t.upper, t.stretch, t.unit) for t in targets}
    return len(terms) == 1 and len({target.name for target in targets}) == len(targets)


def _name(plan: Plan, claim: Claim) -> str:
    kind, position = claim
    if kind == "targets":
        return plan.targets[position].id
    return f"no_promise “{plan.no_promise[position].printed}”"


def _unaccounted(figure: Figure, report: Report, file: str) -> Problem:
    text, line = report[figure.section, figure.paragraph]
    msgid = message(
        "the figure {figure} (section {section}, paragraph {paragraph}: “{context}”) belongs to "
        "no target and is not in no_promise"
    )
    context = text[max(0, figure.start - 8) : figure.end + 8]
    place = {"section": figure.section, "paragraph": figure.paragraph}
    return Problem(msgid, {"figure": figure.text, "context": context, **place}, file, line)


def _phrase_issues(plan: Plan, report: Report) -> Iterator[Issue]:
    for position, target in enumerate(plan.targets):
        path: KeyPath = ("targets", position)
        yield from _source_issues(target, report, path)
        yield from _comparator_issues(target, path)
        if (amended := as_amended(target)) is not None:
            yield from _amendment_issues(amended, (*path, "amended"))
        if target.baseline is not None:
            yield from _baseline_issues(target.baseline, report, (*path, "baseline"))
    for position, entry in enumerate(plan.no_promise):
        yield from _no_promise_issues(entry, report, ("no_promise", position))


def _absent(source: Source, report: Report, path: KeyPath) -> Iterator[Issue]:
    text, spans = places(report, source)
    if not text:
        msgid = message("the report has no paragraph {paragraph} in section {section}")
        yield Issue((*path, "paragraph"), msgid, dict(source))
    elif not spans:
        msgid = message(
            "“{printed}” does not stand in section {section}, paragraph {paragraph} of the report"
        )
        yield Issue((*path, "printed"), msgid, dict(source))


def _source_issues(target: Target, report: Report, path: KeyPath) -> Iterator[Issue]:
    source = target.source
    yield from _absent(source, report, (*path, "source"))
    text, spans = places(report, source)
    if len(spans) > 1:
        msgid = message(
            "“{printed}” stands {count} times in section {section}, paragraph {paragraph}; "
            "lengthen it until it is the only one"
        )
        yield Issue((*path, "source", "printed"), msgid, {**dict(source), "count": len(spans)})
    elif spans:
        printed = [number.value for number in numbers_within(text, *spans[0])]
        yield from _value_issues(target, printed, path)


def _amendment_issues(amended: Target, path: KeyPath) -> Iterator[Issue]:
    """What the phrase of an amendment, which no report holds, does not say."""
    printed = [number.value for number in numbers_in(amended.source.printed)]
    yield from _figure_issues(amended, printed, path)
    yield from _comparator_issues(amended, path)


def _value_issues(target: Target, printed: list[Decimal], path: KeyPath) -> Iterator[Issue]:
    values: dict[str, object] = {"value": target.value, "printed": target.source.printed}
    yield from _figure_issues(target, printed, path)
    numbers = [(key, getattr(target, key)) for key in ("upper", "stretch", "base_year")]
    for key, number in (*numbers, *(("conditions", number) for number in target.conditions)):
        if number is not None and not _states(target, Decimal(number), printed):
            msgid = message("{key}: {number} is not in “{printed}”")
            yield Issue((*path, key), msgid, {**values, "key": key, "number": number})


def _figure_issues(target: Target, printed: list[Decimal], path: KeyPath) -> Iterator[Issue]:
    values: dict[str, object] = {"value": target.value, "printed": target.source.printed}
    if target.value is not None and not _states(target, target.value, printed):
        msgid = message(
            "“{printed}” carries no figure; the value {value} must stand in a reading that "
            "explains it"
        )
        yield Issue((*path, "value"), _NOT_PRINTED if printed else msgid, values)
    if target.value and says_fall(target) != (target.value < 0):
        msgid = message("the value is {value}, but “{printed}” says it the other way round")
        yield Issue((*path, "value"), msgid, values)


def _states(target: Target, number: Decimal, printed: list[Decimal]) -> bool:
    """Whether a number is printed; where none is, the reading must say it (持平 is no growth)."""
    if printed:
        return abs(number) in printed
    if "持平" in target.source.printed:
        return number == 0
    readings = (target.reading.zh, target.reading.en) if target.reading else ()
    numbers = (n.value for reading in readings for n in numbers_in(reading.replace(",", "")))
    return abs(number) in numbers


def _comparator_issues(target: Target, path: KeyPath) -> Iterator[Issue]:
    printed = target.source.printed
    worded = comparator_as_printed(target)
    if worded is not target.comparator and not read_otherwise(target):
        msgid = message("the comparator is {comparator}, but “{printed}” is worded as {worded}")
        values = {"comparator": target.comparator, "printed": printed, "worded": worded}
        yield Issue((*path, "comparator"), msgid, values)


def _baseline_issues(baseline: Baseline, report: Report, path: KeyPath) -> Iterator[Issue]:
    source = baseline.source
    yield from _absent(source, report, (*path, "source"))
    text, spans = places(report, source)
    numbers = {number.value for span in spans for number in numbers_within(text, *span)}
    if spans and abs(baseline.value) not in numbers:
        values = {"value": baseline.value, "printed": source.printed}
        yield Issue((*path, "value"), _NOT_PRINTED, values)


def _no_promise_issues(entry: NoPromise, report: Report, path: KeyPath) -> Iterator[Issue]:
    yield from _absent(entry, report, path)
    if not numbers_in(entry.printed):
        msgid = message("“{printed}” carries no figure, so it has nothing to explain; leave it out")
        yield Issue((*path, "printed"), msgid, {"printed": entry.printed})
