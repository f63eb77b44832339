"""The sentence printed with a status: what the actual says, how it compares, what is left to do.

Every number in it comes from the assessment; nothing is judged here. A sentence is put
together from clauses, each one message with named places, so that both languages can order
their words as they need.
"""

from decimal import Decimal
from fractions import Fraction

from mubiao.i18n import Language
from mubiao.model import (
    Assessment,
    Comparator,
    Flag,
    Measure,
    Observation,
    Plan,
    Qualifier,
    Rule,
    Stage,
    Status,
    Target,
)
from mubiao.problems import message
from mubiao.wording import phrases

_COMMA = {"zh": "，", "en": ", "}
_SEMICOLON = {"zh": "；", "en": "; "}
_STOP = {"zh": "。", "en": "."}

_REST = {
    Comparator.AT_LEAST: message("{rest} must average at least {value}"),
    Comparator.ABOVE: message("{rest} must average more than {value}"),
    Comparator.AT_MOST: message("{rest} must average at most {value}"),
    Comparator.BELOW: message("{rest} must average less than {value}"),
    Comparator.ABOUT: message("{rest} must average {value}"),
    Comparator.IN_STEP_WITH: message("{rest} must average {value}"),
}
_PACED = {
    Status.ON_TRACK: message("{done}, {due} scheduled: {lag} behind, within the {allowed} allowed"),
    Status.AT_RISK: message(
        "{done}, {due} scheduled: {lag} behind, within the warning limit of {allowed}"
    ),
    Status.OFF_TRACK: message(
        "{done}, {due} scheduled: {lag} behind, beyond the warning limit of {allowed}"
    ),
}


def sentence(
    plan: Plan, assessment: Assessment, language: Language, *, with_day: bool = True
) -> str:
    """The one sentence that says why the status is what it is.

    Without its as-of day it names neither that nor the days left until another, and so stays as
    it is for as long as the judgement does: for a page that another day alone shall not change.
    """
    observation = assessment.observation
    if observation is None and not with_day:
        clauses = [language.t("no actual that can be judged is known yet")]
    elif observation is None:
        day = language.day(assessment.as_of)
        clauses = [language.t("no actual that can be judged was known by {day}", day=day)]
    elif isinstance(observation.value, Stage):
        clauses = _milestone(plan, assessment, observation, language, with_day=with_day)
    elif assessment.rule is Rule.NO_COUNTERPART:
        other = language.pick(plan.by_id[assessment.target.in_step_with or ""].name)
        clauses = [
            _said(plan, assessment.target, observation, language),
            language.t("no actual of {other} is known for that period", other=other),
        ]
    else:
        said = _said(plan, assessment.target, observation, language)
        compared = compare(plan, assessment, observation.value, language)
        clauses = [said + _COMMA[language.code] + compared]
        clauses += _verdict(plan, assessment, language)
        clauses += rest(plan, assessment, language)
        if Flag.BOUND in assessment.flags:
            clauses.append(language.t("the published value is a bound, judged as if it were exact"))
    text = _SEMICOLON[language.code].join(clauses) + _STOP[language.code]
    return text[:1].upper() + text[1:]


def _said(plan: Plan, target: Target, observation: Observation, language: Language) -> str:
    """What the actual says: "Q1: down 6.6% on a year earlier"."""
    period = language.period(observation.period, plan.year)
    value = phrases.actual(plan, target, observation, language)
    form = message("{period}: {value}")
    if isinstance(observation.value, Stage):
        form = message("{period}: {stage}")
    elif target.measure is Measure.COUNT:
        form = message("{period}: {value} in all")
    elif target.says_change:
        form = message("{period}: {change}")
        value = phrases.change(plan, target, observation.value, observation.qualifier, language)
    elif observation.qualifier is Qualifier.ABOUT:
        form = message("{period}: roughly {value}")
        value = language.quantity(observation.value, phrases.unit_of(plan, target))
    return language.t(form, period=period, value=value, change=value, stage=value)


def compare(plan: Plan, assessment: Assessment, value: Decimal, language: Language) -> str:
    """How far a value lies from what is asked, and on which side."""
    target, unit = assessment.target, phrases.unit_of(plan, assessment.target)
    threshold = assessment.threshold or Decimal(0)
    limit = phrases.limit(plan, assessment, language)
    gap = language.difference(abs(value - threshold), unit)
    more = value > threshold
    if is_fall := phrases.is_fall(target, threshold):
        fall = language.quantity(abs(threshold), unit)
        form = message("the fall of {fall} asked for")
        if target.comparator is Comparator.ABOUT:
            form = message("the smallest fall allowed, {fall}")
        limit = language.t(form, fall=fall)
    if value == threshold:
        form = message("exactly {limit}, which does not satisfy it")
        if assessment.satisfied:
            form = message("exactly {limit}")
    elif is_fall:
        form = message("{gap} short of {limit}") if more else message("{gap} beyond {limit}")
    elif target.measure is Measure.COUNT:
        form = message("{gap} more than {limit}") if more else message("{gap} fewer than {limit}")
    else:
        form = message("{gap} above {limit}") if more else message("{gap} below {limit}")
    text = language.t(form, gap=gap, limit=limit)
    if assessment.rule is Rule.BAND:
        band = phrases.band(plan, assessment, language)
        form = message("{text}, beyond the warning band of {band}")
        if assessment.status is Status.AT_RISK:
            form = message("{text}, within the warning band of {band}")
        text = language.t(form, text=text, band=band)
    return text


def _verdict(plan: Plan, assessment: Assessment, language: Language) -> list[str]:
    """The clause of the rule that decided."""
    match assessment.rule:
        case Rule.FINAL | Rule.SATISFIED_COUNT:
            kept = assessment.status is Status.ACHIEVED
            verdict = message("the promise is kept") if kept else message("the promise is not kept")
            return [language.t(verdict)]
        case Rule.SATISFIED:
            verdict = message("as promised so far; the year is not over")
            if Flag.AWAITING_FINAL in assessment.flags:
                verdict = message("as promised so far; the final figure is not known yet")
            return [language.t(verdict)]
        case Rule.PACE:
            return [pace(plan, assessment, language)]
        case Rule.KEPT_ALL_YEAR:
            return [language.t("promised for all year, and held in every figure of it")]
        case Rule.HELD:
            return [language.t("promised for all year, and held so far")]
        case Rule.BROKEN:
            if assessment.broken_by == (assessment.observation,):
                return [language.t("promised for all year, and not held")]
            broken = "、".join if language.code == "zh" else ", ".join
            periods = broken(
                language.t(
                    "{period} {value}",
                    period=language.period(o.period, plan.year),
                    value=phrases.actual(plan, assessment.target, o, language),
                )
                for o in assessment.broken_by
            )
            return [language.t("promised for all year, and broken: {periods}", periods=periods)]
        case _:
            return []


def pace(plan: Plan, assessment: Assessment, language: Language) -> str:
    """The share done beside the share scheduled: "47.5% done, 49.7% scheduled: …"."""
    progress = assessment.progress or Fraction(0)
    scheduled = assessment.scheduled or Fraction(0)
    due = language.percent(scheduled)
    form = message("{share} done")
    if assessment.target.measure is not Measure.COUNT:
        form = message("{share} of the way from the baseline done")
        if progress < 0:
            form = message("further from the target than the baseline ({share} of the way)")
    done = language.t(form, share=language.percent(progress))
    # A lag that rounds to nothing is none to a reader.
    if scheduled - progress < Fraction(1, 2000):
        return language.t("{done}, {due} scheduled: on schedule", done=done, due=due)
    on_track = assessment.status is Status.ON_TRACK
    allowed = plan.thresholds.on_track if on_track else plan.thresholds.at_risk
    return language.t(
        _PACED[assessment.status],
        done=done,
        due=due,
        lag=language.points(scheduled - progress),
        allowed=language.points(Fraction(allowed)),
    )


def rest(plan: Plan, assessment: Assessment, language: Language) -> list[str]:
    """What the rest of the year must average; none where METHOD gives no figure."""
    target, required, observation = (
        assessment.target,
        phrases.demanding(assessment),
        assessment.observation,
    )
    if required is None or observation is None:
        return []
    unit = phrases.unit_of(plan, target)
    left = language.rest_of_year(observation.period.last)
    if target.says_change and target.comparator in (Comparator.ABOUT, Comparator.IN_STEP_WITH):
        form = message("{rest} must grow by {value}")
        if required < 0:
            form = message("{rest} must fall by {value}")
        value = language.quantity(abs(required), unit, 1)
    else:
        form = _REST[target.comparator]
        value = language.quantity(required, unit, 1)
    needed = language.t(form, rest=left, value=value)
    if assessment.counterpart is not None:
        # The other figure will move on; only if it stays is the number right.
        other = plan.by_id[assessment.counterpart.target]
        return [
            language.t(
                "if {other} stays at {value} for the year, {needed}",
                other=language.pick(other.name),
                value=phrases.actual(plan, other, assessment.counterpart, language),
                needed=needed,
            )
        ]
    goal = phrases.asks(plan, target, language)
    return [language.t("for the year to be {goal}, {needed}", goal=goal, needed=needed)]


def _milestone(
    plan: Plan,
    assessment: Assessment,
    observation: Observation,
    language: Language,
    *,
    with_day: bool,
) -> list[str]:
    due = plan.due(assessment.target)
    said = _said(plan, assessment.target, observation, language)
    days = (due - assessment.as_of).days
    match assessment.rule:
        case Rule.STAGE_OVERDUE:
            left = language.t("it was due by {day}", day=language.day(due))
        case Rule.STAGE_DUE_SOON | Rule.STAGE_TIME_LEFT if with_day:
            left = language.t("due by {day} (days left: {days})", day=language.day(due), days=days)
        case _ if Flag.LATE in assessment.flags:
            left = language.t("late: it was due by {day}", day=language.day(due))
        case _:
            left = language.t("due by {day}", day=language.day(due))
    return [said, left]
