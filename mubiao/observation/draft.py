"""One observation as a person or a file brings it: raw texts in, an observation out.

Each field is checked here, once; all problems are reported together.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from mubiao.model import Indicator, Measure, Nature, Observation, Plan, Qualifier, Stage
from mubiao.observation.garbled import is_garbled
from mubiao.observation.periods import day_readings, period_reading
from mubiao.observation.values import parse_figure, parse_stage
from mubiao.period import EXAMPLES, Period, Periods, YearSpan
from mubiao.plain_text import NOTE_LIMIT, SOURCE_LIMIT, clean_text, half_width
from mubiao.problems import Choices, Problems, Refused, excerpt, message

_NUMBERS_END = re.compile(r"[\d)]", re.ASCII)
_SEVERAL = message("“{text}” has more than one meaning: {readings}; write the one that is meant")
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


def read_draft(
    draft: Draft,
    plan: Plan,
    today: date,
    *,
    needs_source: bool = True,
    doubts: Problems | None = None,
) -> Observation:
    """The observation that a draft says, in base units.

    `today` is the last day on which a figure can have become known (`date.max`: no such limit).
    An empty qualifier is what the value says ("28万以上") or else exact; an empty nature is final
    for a full year and for a milestone, otherwise preliminary. A person must name the source;
    a file by the contract need not. What a person has to confirm about the reading is added to
    `doubts`; without these it is refused. Raises Refused with all problems, each with its `field`.
    """
    problems = Problems()
    target = read_target(draft.target, plan, problems)
    period = read_period(draft.period, plan.span, problems, doubts)
    if period is not None:
        _check_period(period, plan, target, problems)
    value, qualifier = _value_and_qualifier(draft, plan, target, problems)
    nature = _nature(draft.nature, plan, target, period, problems)
    known_on = _known_on(draft.known_on, plan.span, problems)
    if known_on is not None:
        _check_known_on(known_on, period, nature, today, problems)
    source = clean_text(draft.source, "source", SOURCE_LIMIT, problems)
    if needs_source and not source:
        problems.add("source", message("the source is missing; say who published the figure"))
    note = clean_text(draft.note, "note", NOTE_LIMIT, problems, lines=True)
    for field, text in (("source", source), ("note", note)):
        if doubts is not None and is_garbled(text):
            msgid = message("“{text}” looks garbled: is the encoding right?")
            doubts.add(field, msgid, text=excerpt(text))
    if target is None or period is None or value is None or nature is None or known_on is None:
        raise Refused(problems)
    if problems:
        raise Refused(problems)
    return Observation(target.id, period, value, known_on, qualifier, nature, source, note)


def read_target(text: str, plan: Plan, problems: Problems) -> Indicator | None:
    """The target with this id, or None and the problem."""
    target_id = half_width(text)
    target = plan.indicators.get(target_id)
    if not target_id:
        problems.add("target", message("the target is missing; choose one of the plan"))
    elif target is None:
        msgid = message("“{target}” is not a target of the plan {plan}")
        problems.add("target", msgid, target=excerpt(target_id), plan=plan.id)
    return target


def read_period(
    text: str, year: YearSpan, problems: Problems, doubts: Problems | None = None
) -> Period | None:
    """The period that a text names in the plan's `year`, or None and the problem.

    Where it can mean several it is refused with all of them; a likely one is read and added to
    `doubts` where a person can be asked.
    """
    if not half_width(text):
        problems.add("period", message("the period is missing; say what time the figure is of"))
        return None
    readings, proposes = period_reading(text, year)
    if len(readings) == 1:
        return readings[0]
    if proposes and doubts is not None:
        msgid = message("“{text}” is read so: {period}; it can also mean: {others}")
        first, others = Periods(readings[:1]), Periods(readings[1:])
        doubts.add("period", msgid, text=excerpt(text), period=first, others=others)
        return readings[0]
    if readings:
        problems.add("period", _SEVERAL, text=excerpt(text), readings=readings)
    else:
        msgid = message("“{text}” is not a period; expected one that exists, such as {examples}")
        problems.add("period", msgid, text=excerpt(text), examples=EXAMPLES)
    return None


def _check_period(period: Period, plan: Plan, target: Indicator | None, problems: Problems) -> None:
    """A period touches the plan's year or the time to a due day after it, or is a later day."""
    year = plan.span
    last = year.last if target is None else plan.end(target)
    if period.last < year.first or (period.first > last and not period.is_day):
        msgid = message("{period} is outside {year}; expected a period of it, or a day after it")
        problems.add("period", msgid, period=period.text, year=year.name)


def _value_and_qualifier(
    draft: Draft, plan: Plan, target: Indicator | None, problems: Problems
) -> tuple[Decimal | Stage | None, Qualifier]:
    given = _choice(draft.qualifier, "qualifier", Qualifier, problems)
    if target is None:
        _check_any_value(draft.value, problems)
        return None, Qualifier.EXACT
    value: Decimal | Stage | None = None
    carried: Qualifier | None = None
    with problems.collected():
        if target.is_milestone:
            value, carried = parse_stage(draft.value), Qualifier.EXACT
        else:
            value, carried = parse_figure(draft.value, unit_words(plan, target))
    if target.is_milestone and given not in (None, Qualifier.EXACT):
        problems.add("qualifier", message("the stage of a milestone is always exact"))
    elif given and carried and given is not carried:
        msgid = message("the value says {carried}, the qualifier {given}; expected one of them")
        values = {"carried": Choices((carried,)), "given": Choices((given,))}
        problems.add("qualifier", msgid, **values)
    if isinstance(value, Decimal) and value < 0 and _counts_things(plan, target):
        problems.add("value", message("{value} is below 0, but this is a count"), value=value)
    unit = None if target.unit is None else plan.units.get(target.unit)
    if isinstance(value, Decimal) and unit is not None and unit.rank and not is_place(value):
        msgid = message("{value} is no place; expected a whole number from 1")
        problems.add("value", msgid, value=value)
    return value, given or carried or Qualifier.EXACT


def is_place(value: Decimal) -> bool:
    """Whether a value can be a rank."""
    return value >= 1 and value == value.to_integral_value()


def _counts_things(plan: Plan, target: Indicator) -> bool:
    """Whether there cannot be less than none of it: a count, or how many things there are."""
    of_things = target.unit is not None and plan.units[target.unit].is_thing
    return target.measure is Measure.COUNT or (target.measure is Measure.LEVEL and of_things)


def _check_any_value(text: str, problems: Problems) -> None:
    """Refuses what is a value of no target: no stage, and no number even without what follows."""
    plain = half_width(text)
    if not plain:
        problems.add("value", message("the value is missing"))
        return
    with suppress(Refused):
        parse_stage(text)
        return
    last = _NUMBERS_END.search(plain[::-1])
    with problems.collected():
        parse_figure(plain[: len(plain) - last.start()] if last else text)


def _choice(text: str, field: str, ids: type[_Id], problems: Problems) -> _Id | None:
    """The id that a text names; None for an empty text, and for an unknown one, a problem."""
    name = half_width(text)
    if not name or name in list(ids):
        return ids(name) if name else None
    msgid = message("“{text}” is unknown here; expected one of {expected}, or nothing")
    problems.add(field, msgid, text=excerpt(text), expected=Choices(ids))
    return None


def _nature(
    text: str, plan: Plan, target: Indicator | None, period: Period | None, problems: Problems
) -> Nature | None:
    if half_width(text):
        return _choice(text, "nature", Nature, problems)
    is_stage = target is not None and target.is_milestone
    is_year = period is not None and plan.span.kind(period) == "year"
    return Nature.FINAL if is_stage or is_year else Nature.PRELIMINARY


def _known_on(text: str, year: YearSpan, problems: Problems) -> date | None:
    if not half_width(text):
        problems.add("known_on", message("the day it became known is missing"))
        return None
    readings = day_readings(text, year)
    if len(readings) == 1:
        return readings[0].first
    if readings:
        problems.add("known_on", _SEVERAL, text=excerpt(text), readings=readings)
        return None
    msgid = message("“{text}” is not a day; expected the day it became known, such as 2020-07-20")
    problems.add("known_on", msgid, text=excerpt(text))
    return None


def _check_known_on(
    day: date, period: Period | None, nature: Nature | None, today: date, problems: Problems
) -> None:
    """A figure becomes known by today, and after its period unless it is an estimate."""
    if day > today:
        msgid = message("{day} is in the future; expected {today} or earlier")
        problems.add("known_on", msgid, day=day, today=today)
    if period is None or day >= period.last:
        return
    if day < period.first:
        msgid = message("a figure of {period} cannot have been known on {day}, before it began")
        problems.add("known_on", msgid, period=period.text, day=day)
    elif nature in (Nature.PRELIMINARY, Nature.FINAL):
        msgid = message("{period} ends on {last}; only an estimate can have been known on {day}")
        problems.add("known_on", msgid, period=period.text, last=period.last, day=day)


def unit_words(plan: Plan, target: Indicator) -> tuple[str, ...]:
    """How people write the target's unit: in either language, or by its id."""
    if target.unit is None:
        return ()
    unit = plan.units.get(target.unit)
    return (unit.zh, unit.en, target.unit) if unit else (target.unit,)
