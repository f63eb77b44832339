"""One observation as a person or a file brings it: raw texts in, an observation out.

Everything is checked here, once, and every problem is told at once.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from mubiao.model import Measure, Nature, Observation, Plan, Qualifier, Stage, Target
from mubiao.observation.values import half_width, parse_figure, parse_stage, shown
from mubiao.period import EXAMPLES, Period
from mubiao.problems import Problem, Refused, message

SOURCE_LIMIT = 300
NOTE_LIMIT = 2000

_NUMBERS_END = re.compile(r"[\d)]", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_Id = TypeVar("_Id", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Draft:
    """One observation as raw texts, before anything is known to be right."""

    target: str = ""
    period: str = ""
    value: str = ""
    qualifier: str = ""
    nature: str = ""
    known_on: str = ""
    source: str = ""
    note: str = ""


def read_draft(draft: Draft, plan: Plan, today: date, *, needs_source: bool = True) -> Observation:
    """The observation that a draft says, in base units.

    `today` is the last day on which a figure can have become known (`date.max`: no such limit).
    An empty qualifier is what the value says ("28万以上") or else exact; an empty nature is final
    for a full year and for a milestone, otherwise preliminary. A person must name the source;
    a file by the contract need not. Raises Refused with all problems, each with its `field`.
    """
    problems: list[Problem] = []
    target = _target(draft.target, plan, problems)
    period = _period(draft.period, plan, target, problems)
    value, qualifier = _value_and_qualifier(draft, plan, target, problems)
    nature = _nature(draft.nature, target, period, problems)
    known_on = _known_on(draft.known_on, problems)
    if known_on is not None:
        _check_known_on(known_on, period, nature, today, problems)
    source = clean_text(draft.source, "source", SOURCE_LIMIT, problems)
    if needs_source and not source:
        _add(problems, "source", message("the source is missing; say who published the figure"))
    note = clean_text(draft.note, "note", NOTE_LIMIT, problems, lines=True)
    if target is None or period is None or value is None or nature is None or known_on is None:
        raise Refused(problems)
    if problems:
        raise Refused(problems)
    return Observation(
        target=target.id,
        period=period,
        value=value,
        known_on=known_on,
        qualifier=qualifier,
        nature=nature,
        source=source,
        note=note,
    )


def clean_text(
    text: str, field: str, limit: int, problems: list[Problem], *, lines: bool = False
) -> str:
    """The text without spaces around it; its problems (length, characters) are added.

    Control characters are not allowed, line breaks only where there may be several `lines`.
    """
    cleaned = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(cleaned) > limit:
        _add(
            problems,
            field,
            message("the text has {length} characters; expected at most {most}"),
            length=len(cleaned),
            most=limit,
        )
    one_line = cleaned.replace("\n", " ") if lines else cleaned
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in one_line):
        _add(
            problems,
            field,
            message("“{text}” holds a line break or a control character; expected plain text"),
            text=shown(one_line),
        )
    return cleaned


def _add(problems: list[Problem], field: str, text: str, /, **values: object) -> None:
    problems.append(Problem(text, values, field=field))


def _target(text: str, plan: Plan, problems: list[Problem]) -> Target | None:
    target_id = half_width(text)
    if not target_id:
        _add(problems, "target", message("the target is missing; choose one of the plan"))
    elif target_id not in plan.by_id:
        _add(
            problems,
            "target",
            message("“{target}” is not a target of the plan {plan}"),
            target=shown(target_id),
            plan=plan.id,
        )
    return plan.by_id.get(target_id)


def _period(text: str, plan: Plan, target: Target | None, problems: list[Problem]) -> Period | None:
    try:
        period = Period.parse(half_width(text))
    except ValueError:
        _add(
            problems,
            "period",
            message("“{text}” is not a period; expected one that exists, such as {examples}"),
            text=shown(text),
            examples=EXAMPLES,
        )
        return None
    due = plan.due(target) if target else date(plan.year, 12, 31)
    day = period.first
    soon_after = (
        period.is_day
        and day > due
        and (day.year - 1, day.month, day.day) <= (*(due.year, due.month, due.day),)
    )
    if not soon_after and not period.first.year <= plan.year <= period.last.year:
        _add(
            problems,
            "period",
            message("{period} is outside {year}; expected a period of it, or a day soon after"),
            period=period.text,
            year=plan.year,
        )
    return period


def _value_and_qualifier(
    draft: Draft, plan: Plan, target: Target | None, problems: list[Problem]
) -> tuple[Decimal | Stage | None, Qualifier]:
    given = _choice(draft.qualifier, "qualifier", Qualifier, problems)
    if target is None:
        _check_any_value(draft.value, problems)
        return None, Qualifier.EXACT
    value: Decimal | Stage | None = None
    carried: Qualifier | None = None
    try:
        if target.is_milestone:
            value, carried = parse_stage(draft.value), Qualifier.EXACT
        else:
            figure = parse_figure(draft.value, _unit_words(plan, target))
            value, carried = figure.value, figure.qualifier
    except Refused as refusal:
        problems.extend(refusal.problems)
    if target.is_milestone and given not in (None, Qualifier.EXACT):
        _add(problems, "qualifier", message("the stage of a milestone is always exact"))
    elif given and carried and given is not carried:
        _add(
            problems,
            "qualifier",
            message("the value says {carried}, the qualifier {given}; expected one of them"),
            carried=carried.value,
            given=given.value,
        )
    if isinstance(value, Decimal) and value < 0 and target.measure is Measure.COUNT:
        _add(problems, "value", message("{value} is below 0, but this is a count"), value=value)
    return value, given or carried or Qualifier.EXACT


def _check_any_value(text: str, problems: list[Problem]) -> None:
    """What is wrong with a value whatever its target: it is no stage, and no number even without
    the unit behind it.
    """
    plain = half_width(text)
    if not plain:
        _add(problems, "value", message("the value is missing"))
        return
    with suppress(Refused):
        parse_stage(text)
        return
    last = _NUMBERS_END.search(plain[::-1])
    try:
        parse_figure(plain[: len(plain) - last.start()] if last else text)
    except Refused as refusal:
        problems.extend(refusal.problems)


def _choice(text: str, field: str, ids: type[_Id], problems: list[Problem]) -> _Id | None:
    """The id that a text names; None for an empty text, and for an unknown one, which is told."""
    wanted = half_width(text)
    if not wanted or wanted in list(ids):
        return ids(wanted) if wanted else None
    _add(
        problems,
        field,
        message("“{text}” is unknown here; expected one of {expected}, or nothing"),
        text=shown(text),
        expected=", ".join(ids),
    )
    return None


def _nature(
    text: str, target: Target | None, period: Period | None, problems: list[Problem]
) -> Nature | None:
    if half_width(text):
        return _choice(text, "nature", Nature, problems)
    settled = (target is not None and target.is_milestone) or (
        period is not None and period.kind == "year"
    )
    return Nature.FINAL if settled else Nature.PRELIMINARY


def _known_on(text: str, problems: list[Problem]) -> date | None:
    plain = half_width(text)
    # fromisoformat alone would also take 20200630 and 2020-W26-2.
    with suppress(ValueError):
        if _ISO_DAY.fullmatch(plain):
            return date.fromisoformat(plain)
    if not plain:
        _add(problems, "known_on", message("the day it became known is missing"))
        return None
    _add(
        problems,
        "known_on",
        message("“{text}” is not a day; expected the day it became known, such as 2020-07-20"),
        text=shown(text),
    )
    return None


def _check_known_on(
    known_on: date,
    period: Period | None,
    nature: Nature | None,
    today: date,
    problems: list[Problem],
) -> None:
    """A figure becomes known by today, and after its period unless it is an estimate."""
    if known_on > today:
        _add(
            problems,
            "known_on",
            message("{day} is in the future; expected {today} or earlier"),
            day=known_on,
            today=today,
        )
    if period is None or known_on >= period.last:
        return
    if known_on < period.first:
        _add(
            problems,
            "known_on",
            message("a figure of {period} cannot have been known on {day}, before it began"),
            period=period.text,
            day=known_on,
        )
    elif nature in (Nature.PRELIMINARY, Nature.FINAL):
        _add(
            problems,
            "known_on",
            message("{period} ends on {last}; only an estimate can have been known on {day}"),
            period=period.text,
            last=period.last,
            day=known_on,
        )


def _unit_words(plan: Plan, target: Target) -> tuple[str, ...]:
    """How people write the target's unit: in either language, or by its id."""
    if target.unit is None:
        return ()
    words = plan.units.get(target.unit)
    return (words.zh, words.en, target.unit) if words else (target.unit,)
