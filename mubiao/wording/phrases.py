"""Phrases of the product: what a target asks, what an actual says, what it is held against.

The smallest texts that carry numbers; sentences, tables and charts are put together from them.
"""

import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from mubiao.i18n import Language
from mubiao.model import (
    UNDONE,
    Assessment,
    Comparator,
    Observation,
    Plan,
    Qualifier,
    Stage,
    Target,
    Unit,
    Withdrawal,
)
from mubiao.problems import Problem, TargetId, message
from mubiao.wording import words


def unit_of(plan: Plan, target: Target) -> Unit | None:
    """The words of a target's unit."""
    return plan.units[target.unit] if target.unit else None


def named(plan: Plan, problem: Problem, language: Language) -> Problem:
    """A problem that says the names of targets in place of their ids, where the plan has them."""
    values = {
        place: language.pick(plan.by_id[value].name)
        if isinstance(value, TargetId) and value in plan.by_id
        else value
        for place, value in problem.values.items()
    }
    return replace(problem, values=values)


def asks(plan: Plan, target: Target, language: Language) -> str:
    """What the target asks for, short: "about 6%", "at least 200 alleys", "in step with GDP"."""
    if target.is_milestone:
        return language.t("done by {day}", day=language.day_of_year(plan.due(target)))
    if target.comparator is Comparator.IN_STEP_WITH:
        other = language.pick(plan.by_id[target.in_step_with or ""].name)
        return language.t("in step with {other}", other=other)
    value = target.value or Decimal(0)
    if target.says_change and value == 0 and target.comparator is Comparator.ABOUT:
        return language.t("level with the year before")
    falls = target.says_change and value < 0 and not target.higher_is_better
    form = words.FALLS[target.comparator] if falls else words.ASKS[target.comparator]
    size = abs(value) if falls else value
    text = language.t(form, value=language.quantity(size, unit_of(plan, target)))
    if target.base_year is not None:
        return language.t("{change} from {year}", change=text, year=target.base_year)
    return text


def actual(plan: Plan, target: Target, observation: Observation, language: Language) -> str:
    """A recorded value with its qualifier and unit, or a stage's name."""
    if isinstance(observation.value, Stage):
        return language.t(words.STAGE[observation.value])
    text = language.quantity(observation.value, unit_of(plan, target))
    return qualified(text, observation.qualifier, language)


def qualified(text: str, qualifier: Qualifier, language: Language) -> str:
    """A value with how exact it is: "at least 28", "roughly 24%"."""
    forms = {
        Qualifier.EXACT: "{value}",
        Qualifier.AT_LEAST: words.ASKS[Comparator.AT_LEAST],
        Qualifier.AT_MOST: message("{value} or less"),
        Qualifier.ABOUT: message("roughly {value}"),
    }
    return language.t(forms[qualifier], value=text)


def reason(withdrawal: Withdrawal, language: Language) -> str:
    """Why a row was withdrawn: what its author wrote, or that its save was undone."""
    return language.t("undone") if withdrawal.reason == UNDONE else withdrawal.reason


def is_fall(target: Target, value: Decimal) -> bool:
    """Whether a value reads as a fall that is asked for: "17% below 2015"."""
    return target.says_change and value < 0 and not target.higher_is_better


def change(
    plan: Plan, target: Target, value: Decimal, qualifier: Qualifier, language: Language
) -> str:
    """A change in words: "down 6.6% on a year earlier", "down roughly 24% from 2015"."""
    if value < 0:
        # "At most -23" is a fall of at least 23.
        turned = {Qualifier.AT_LEAST: Qualifier.AT_MOST, Qualifier.AT_MOST: Qualifier.AT_LEAST}
        qualifier = turned.get(qualifier, qualifier)
    size = qualified(language.quantity(abs(value), unit_of(plan, target)), qualifier, language)
    if target.base_year is not None:
        forms = (
            message("unchanged from {year}"),
            message("up {size} from {year}"),
            message("down {size} from {year}"),
        )
    else:
        forms = (
            message("unchanged on a year earlier"),
            message("up {size} on a year earlier"),
            message("down {size} on a year earlier"),
        )
    form = forms[0] if value == 0 else forms[1] if value > 0 else forms[2]
    return language.t(form, size=size, year=target.base_year)


def band(plan: Plan, assessment: Assessment, language: Language) -> str:
    """The width of the warning band: "0.6 percentage points"."""
    # A tenth of 20 is 2.0 in decimals; nobody has measured that last digit.
    width = (assessment.band or Decimal(0)).normalize()
    return language.difference(width, unit_of(plan, assessment.target))


def demanding(assessment: Assessment) -> Fraction | None:
    """What the rest of the year must average, to one place, rounded so that it suffices."""
    required = assessment.required_rest
    if required is None:
        return None
    tenths = required * 10
    upwards = assessment.target.higher_is_better
    return Fraction(math.ceil(tenths) if upwards else math.floor(tenths), 10)


def limit(plan: Plan, assessment: Assessment, language: Language) -> str:
    """What the actual is held against: "the target of 3.5%", "the lower limit of 5.5%"."""
    target = assessment.target
    value = language.quantity(assessment.threshold or Decimal(0), unit_of(plan, target))
    if assessment.counterpart is not None:
        other = plan.by_id[assessment.counterpart.target]
        form = message("the limit of {value} ({other} {actual}, plus the tolerance of {tolerance})")
        if target.higher_is_better:
            form = message(
                "the limit of {value} ({other} {actual}, less the tolerance of {tolerance})"
            )
        return language.t(
            form,
            value=value,
            other=language.pick(other.name),
            actual=actual(plan, other, assessment.counterpart, language),
            tolerance=language.difference(target.tolerance or Decimal(0), unit_of(plan, target)),
        )
    if target.comparator is Comparator.ABOUT:
        if target.higher_is_better:
            return language.t("the lower limit of {value}", value=value)
        return language.t("the upper limit of {value}", value=value)
    return language.t("the target of {value}", value=value)
