"""The rule that decided, in words, with the numbers put in: what a person redoes by hand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mubiao.criterion import BAND_FLOOR, BAND_SHARE, criterion_of
from mubiao.i18n import Language
from mubiao.model import (
    Assessment,
    Comparator,
    Flag,
    Judged,
    Measure,
    Nature,
    Observation,
    Plan,
    Rule,
)
from mubiao.problems import message
from mubiao.wording import phrases, words

_SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.ABOVE: ">",
    Comparator.AT_MOST: "≤",
    Comparator.BELOW: "<",
}
_FLAGS = {
    Flag.STALE: message("The next figure was expected, and 60 days have passed since."),
    Flag.PRELIMINARY: message("The publisher may still revise this figure."),
    Flag.AWAITING_FINAL: message("The due day is past and the final figure is not known yet."),
    Flag.LATE: message("Completed after the due day."),
    Flag.REACHED_EARLY: message("Reached before the due day."),
    Flag.BOUND: message(
        "The published value is a bound that cannot decide; it is judged as if it were exact."
    ),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reasoning: its name and its sentence."""

    name: str
    text: str


def explain(
    plan: Plan, assessment: Assessment, language: Language, *, with_day: bool = True
) -> tuple[Step, ...]:
    """The steps from the promise to the status, each with its numbers.

    Whether they name the as-of day is asked for as in a sentence (mubiao.wording.sentences).
    """
    steps = [Step(language.t("Asked"), _asked(plan, assessment, language))]
    counting = _counting(plan, assessment, language, with_day=with_day)
    steps.append(Step(language.t("Counts"), counting))
    if assessment.observation is not None:
        steps.append(Step(language.t("Rule"), _rule(plan, assessment, language)))
    if assessment.required_rest is not None:
        steps.append(Step(language.t("Rest"), _rest(plan, assessment, language)))
    steps += [_flag(assessment, flag, language) for flag in assessment.flags]
    return tuple(steps)


def _flag(assessment: Assessment, flag: Flag, language: Language) -> Step:
    observation = assessment.observation
    if flag is Flag.PRELIMINARY and observation and observation.nature is Nature.ESTIMATE:
        told = message("An estimate; the final figure may differ.")
        return Step(language.t(words.NATURE[Nature.ESTIMATE]), language.t(told))
    return Step(language.t(words.FLAG[flag]), language.t(_FLAGS[flag]))


def condition(plan: Plan, assessment: Assessment, language: Language) -> str:
    """The condition a value must satisfy: "v ≥ 5.5%"; empty for a milestone."""
    asked = criterion_of(assessment)
    if asked is None:
        return ""
    sign = _SIGNS.get(assessment.target.comparator, "≥" if asked.upwards else "≤")
    unit = phrases.unit_of(plan, assessment.target)
    return f"v {sign} {language.quantity(asked.threshold, unit)}"


def _asked(plan: Plan, assessment: Assessment, language: Language) -> str:
    target = assessment.target
    text = phrases.asks(plan, target, language)
    asked = condition(plan, assessment, language)
    if asked:
        text = language.t("{asks}: satisfied when {condition}", asks=text, condition=asked)
    if target.tolerance and asked:
        tolerance = language.difference(target.tolerance, phrases.unit_of(plan, target))
        text = language.t("{text} (tolerance {tolerance})", text=text, tolerance=tolerance)
    if target.judged is Judged.ALL_YEAR:
        text = language.t("{text}, all year", text=text)
    return text


def _counting(plan: Plan, assessment: Assessment, language: Language, *, with_day: bool) -> str:
    which = language.t(words.COUNTING[assessment.target.measure])
    observation = assessment.observation
    if observation is None and not with_day:
        return language.t("{which}; none is known yet", which=which)
    if observation is None:
        return language.t(
            "{which}; none was known by {day}", which=which, day=language.day(assessment.as_of)
        )
    text = language.t(
        "{which}: {period}, {value}, known on {day}",
        which=which,
        period=language.period(observation.period),
        value=phrases.actual(plan, assessment.target, observation, language),
        day=language.day(observation.known_on),
    )
    if observation.nature is not Nature.FINAL:
        nature = language.t(words.NATURE[observation.nature])
        text = language.t("{text} ({nature})", text=text, nature=nature)
    return text


def _rule(plan: Plan, assessment: Assessment, language: Language) -> str:
    target = assessment.target
    due = language.day(plan.due(target))
    match assessment.rule:
        case Rule.NO_COUNTERPART:
            text = language.t("without the other target's figure of the same period: no data")
        case Rule.FINAL:
            text = language.t(
                "the figure reaches the due day ({day}), so it is final: satisfied is achieved, "
                "not satisfied is missed",
                day=due,
            )
        case Rule.SATISFIED_COUNT:
            text = language.t("a count that has reached its target is achieved at any time")
        case Rule.SATISFIED:
            text = language.t("satisfied, and the figure is not final: on track")
        case Rule.PACE:
            text = _pace(plan, assessment, language)
        case Rule.BAND:
            text = _band(plan, assessment, language)
        case Rule.HELD | Rule.BROKEN | Rule.KEPT_ALL_YEAR:
            text = language.t(
                "every figure of the year must satisfy it: one that does not is off track, and "
                "missed once the year is over"
            )
        case _:
            text = language.t(
                "complete is achieved (late if after {day}), cancelled is missed; not complete by "
                "then is missed, within 60 days of it under way is at risk and not started off "
                "track, before that on track",
                day=due,
            )
    return text


def _pace(plan: Plan, assessment: Assessment, language: Language) -> str:
    scheduled, progress = assessment.scheduled or Fraction(0), assessment.progress or Fraction(0)
    limits = language.t(
        "up to {on_track} on track, up to {at_risk} at risk, more is off track",
        on_track=language.points(Fraction(plan.thresholds.on_track)),
        at_risk=language.points(Fraction(plan.thresholds.at_risk)),
    )
    return language.t(
        "behind schedule by {formula} = {t} − {p} = {lag}: {limits}",
        formula=_lag(plan, assessment, language),
        t=language.percent(scheduled),
        p=language.percent(progress),
        lag=language.points(scheduled - progress),
        limits=limits,
    )


def _lag(plan: Plan, assessment: Assessment, language: Language) -> str:
    """The lag with its numbers: "t − v ÷ T = 182/366 − 95 ÷ 200"."""
    target, observation, asked = (
        assessment.target,
        assessment.observation,
        criterion_of(assessment),
    )
    if asked is None or observation is None or not isinstance(observation.value, Decimal):
        return ""
    gone = _days_gone(plan.year, observation)
    if target.profile is not None:
        gone = language.percent(assessment.scheduled or Fraction(0))
    value, goal = _term(observation.value, language), _term(asked.goal, language)
    if target.measure is Measure.COUNT or target.baseline is None:
        return f"t − v ÷ T = {gone} − {value} ÷ {goal}"
    start = _term(target.baseline.value, language)
    return f"t − (v − b) ÷ (T − b) = {gone} − ({value} − {start}) ÷ ({goal} − {start})"


def _band(plan: Plan, assessment: Assessment, language: Language) -> str:
    target, asked = assessment.target, criterion_of(assessment)
    unit = phrases.unit_of(plan, target)
    goal = asked.goal if asked else Decimal(0)
    how = language.t("set by the plan")
    if target.band is None:
        how = language.t(
            "the larger of {floor} and {share} of {goal}",
            floor=language.number(BAND_FLOOR),
            share=language.percent(Fraction(BAND_SHARE)),
            goal=language.number(abs(goal)),
        )
    return language.t(
        "short by {short}; up to the band of {band} ({how}) at risk, beyond it off track",
        short=language.difference(assessment.short or Decimal(0), unit),
        band=phrases.band(plan, assessment, language),
        how=how,
    )


def _rest(plan: Plan, assessment: Assessment, language: Language) -> str:
    asked, observation = criterion_of(assessment), assessment.observation
    if asked is None or observation is None or not isinstance(observation.value, Decimal):
        return ""
    gone = _days_gone(plan.year, observation)
    value = _term(observation.value, language)
    exact = assessment.required_rest or Fraction(0)
    goal = language.number(asked.goal)
    term = f"(T − t·v) ÷ (1 − t) = ({goal} − {gone} × {value}) ÷ (1 − {gone})"
    required = language.number(phrases.demanding(assessment) or Fraction(0), 1)
    if language.number(exact, 1) == required:
        return f"{term} = {required}"
    return language.t(
        "{term} = {closer}, to one place on the safe side {required}",
        term=term,
        closer=language.number(exact, 2),
        required=required,
    )


def _term(value: Decimal, language: Language) -> str:
    """A number inside a formula: a negative one in brackets."""
    text = language.number(value)
    return f"({text})" if value < 0 else text


def _days_gone(year: int, observation: Observation) -> str:
    last = observation.period.last
    return f"{last.timetuple().tm_yday}/{date(year, 12, 31).timetuple().tm_yday}"
