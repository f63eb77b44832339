"""The sentence printed with a status: what the actual says, how it compares, what is left to do.

Every number in it comes from the assessment; nothing is judged here. Each clause is one message
with named places, so that both languages can order their words as they need.
"""

from decimal import Decimal
from fractions import Fraction

from mubiao.criterion import criterion_of
from mubiao.model import (
    Assessment,
    Comparator,
    Flag,
    Measure,
    Observation,
    Qualifier,
    Rule,
    Stage,
    Status,
    Target,
)
from mubiao.plain_text import capitalised
from mubiao.problems import message
from mubiao.wording.amendments import both_verdicts
from mubiao.wording.outlooks import outlook_clause, rest
from mubiao.wording.phrasebook import Phrasebook, is_fall

_STOP = {"zh": "。", "en": "."}

_ON_SCHEDULE = message("{done}, {due} scheduled: on schedule")
_PACED = {
    Status.ON_TRACK: message("{done}, {due} scheduled: {lag} behind, within the {allowed} allowed"),
    Status.AT_RISK: message(
        "{done}, {due} scheduled: {lag} behind, within the warning limit of {allowed}"
    ),
    Status.OFF_TRACK: message(
        "{done}, {due} scheduled: {lag} behind, beyond the warning limit of {allowed}"
    ),
}
_VERDICTS = {
    Rule.OVER_CEILING: message("the promise is not kept: a running total does not fall again"),
    Rule.KEPT_ALL_YEAR: message("promised for all year, and held in every figure of it"),
    Rule.HELD: message("promised for all year, and held so far"),
}
_WITHIN_CEILING = message("{done}, {due} of the year gone: no more than its share")
_USED = {
    Status.ON_TRACK: message(
        "{done}, {due} of the year gone: {lag} more, within {allowed} allowed"
    ),
    Status.AT_RISK: message(
        "{done}, {due} of the year gone: {lag} more, within the warning limit of {allowed}"
    ),
    Status.OFF_TRACK: message(
        "{done}, {due} of the year gone: {lag} more, beyond the warning limit of {allowed}"
    ),
}


def sentence(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """The one sentence that says why the status is what it is."""
    language, observation, t = phrasebook.language, assessment.observation, phrasebook.t
    if observation is None:
        text = t("no actual that can be judged is known yet")
        if phrasebook.dated:
            day = language.day(assessment.as_of)
            text = t("no actual that can be judged was known by {day}", day=day)
        clauses = [text]
    else:
        clauses = [actual(phrasebook, assessment.target, observation)]
        if isinstance(observation.value, Stage):
            clauses.append(deadline(phrasebook, assessment))
            clauses += _failing_steps(phrasebook, assessment)
        elif assessment.rule is Rule.NO_COUNTERPART:
            other = phrasebook.name(assessment.target.counterpart or "")
            clauses.append(t("no actual of {other} is known for that period", other=other))
        else:
            comparison = _with_band(phrasebook, assessment, observation)
            clauses = [language.phrases((*clauses, comparison))]
            clauses += _verdict(phrasebook, assessment) + rest(phrasebook, assessment)
            clauses += _stretch(phrasebook, assessment)
            clauses += filter(None, [outlook_clause(phrasebook, assessment)])
        clauses += both_verdicts(phrasebook, assessment)
        if Flag.BOUND in assessment.flags:
            clauses.append(t("the published value is a bound, judged as if it were exact"))
    return capitalised(language.clauses(clauses) + _STOP[language.code])


def actual(
    phrasebook: Phrasebook, target: Target, observation: Observation, *, brief: bool = False
) -> str:
    """What the actual says: "Q1: down 6.6% on a year earlier"; `brief` leaves out the year before,
    where that is what it is compared with.
    """
    text = phrasebook.actual(observation)
    form = message("{period}: {value}")
    if isinstance(observation.value, Stage):
        form = message("{period}: {stage}")
    elif target.measure is Measure.COUNT:
        form = message("{period}: {value} in all")
    elif target.says_change:
        form = message("{period}: {change}")
        text = phrasebook.change(target, observation.value, observation.qualifier, brief=brief)
    elif observation.qualifier is Qualifier.ABOUT:
        form = message("{period}: roughly {value}")
        text = phrasebook.quantity(observation.value, target)
    period = phrasebook.period(observation.period)
    return phrasebook.t(form, period=period, value=text, change=text, stage=text)


def compared(phrasebook: Phrasebook, assessment: Assessment, observation: Observation) -> str:
    """How far a number lies from what is asked, and on which side; "" for a stage."""
    target, value, t = assessment.target, observation.value, phrasebook.t
    if isinstance(value, Stage):
        return ""
    threshold = assessment.threshold or Decimal(0)
    limit = phrasebook.limit(assessment)
    more = value > threshold
    if falls := is_fall(target, threshold):
        form = message("the fall of {fall} asked for")
        criterion = criterion_of(assessment)
        if criterion is not None and criterion.upwards:
            form = message("the largest fall allowed, {fall}")
        elif target.comparator in (Comparator.ABOUT, Comparator.BETWEEN, Comparator.EXACTLY):
            form = message("the smallest fall allowed, {fall}")
        limit = t(form, fall=phrasebook.quantity(abs(threshold), target))
    if value == threshold:
        form = message("exactly {limit}, which does not satisfy it")
        if assessment.satisfied:
            form = message("exactly {limit}")
    elif falls:
        form = message("{gap} short of {limit}") if more else message("{gap} beyond {limit}")
    elif phrasebook.is_rank(target):
        form = message("behind {limit} ({gap})") if more else message("ahead of {limit} ({gap})")
    elif target.measure is Measure.COUNT and not phrasebook.is_amount(target):
        form = message("{gap} more than {limit}") if more else message("{gap} fewer than {limit}")
    else:
        form = message("{gap} above {limit}") if more else message("{gap} below {limit}")
    return t(form, gap=phrasebook.difference(abs(value - threshold), target), limit=limit)


def _with_band(phrasebook: Phrasebook, assessment: Assessment, observation: Observation) -> str:
    """The comparison, and on which side of the warning band it ends where that decides."""
    text = compared(phrasebook, assessment, observation)
    if assessment.rule is not Rule.BAND:
        return text
    form = message("{text}, beyond the warning band of {band}")
    if assessment.status is Status.AT_RISK:
        form = message("{text}, within the warning band of {band}")
    return phrasebook.t(form, text=text, band=phrasebook.band(assessment))


def _verdict(phrasebook: Phrasebook, assessment: Assessment) -> list[str]:
    """The clause of the rule that decided; none where the comparison says all."""
    t = phrasebook.t
    match assessment.rule:
        case Rule.FINAL | Rule.SATISFIED_COUNT if assessment.as_promised is None:
            if assessment.status is Status.ACHIEVED:
                return [t("the promise is kept")]
            return [t("the promise is not kept")]
        case Rule.SATISFIED:
            if Flag.AWAITING_FINAL in assessment.flags:
                return [t("as promised so far; the final figure is not known yet")]
            return [t("as promised so far; the year is not over")]
        case Rule.NEVER_FINAL if assessment.observation is not None:
            day = phrasebook.language.day(assessment.observation.known_on)
            return [t("the last figure, known on {day}; the final one was never reported", day=day)]
        case Rule.PACE:
            return [_pace(phrasebook, assessment)]
        case Rule.BROKEN:
            return [_broken(phrasebook, assessment)]
        case rule:
            return [t(_VERDICTS[rule])] if rule in _VERDICTS else []


def _broken(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """That a promise for all year was broken, and by which figures besides the latest."""
    if assessment.broken_by == (assessment.observation,):
        return phrasebook.t("promised for all year, and not held")
    form = message("{period} {value}")
    figures = (
        phrasebook.t(form, period=phrasebook.period(o.period), value=phrasebook.actual(o))
        for o in assessment.broken_by
    )
    periods = phrasebook.language.listed(figures)
    return phrasebook.t("promised for all year, and broken: {periods}", periods=periods)


def _pace(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """The share done beside the share scheduled: "47.5% done, 49.7% scheduled: …"."""
    language, thresholds = phrasebook.language, phrasebook.plan.thresholds
    behind = lag(assessment)
    on_track = assessment.status is Status.ON_TRACK
    allowed = thresholds.on_track if on_track else thresholds.at_risk
    forms, without_lag = _PACED, _ON_SCHEDULE
    if assessment.target.is_ceiling:
        forms, without_lag = _USED, _WITHIN_CEILING
    return language.t(
        without_lag if behind is None else forms[assessment.status],
        done=done(phrasebook, assessment),
        due=language.percent(assessment.scheduled or Fraction(0)),
        lag=language.points(behind or Fraction(0)),
        allowed=language.points(Fraction(allowed)),
    )


def lag(assessment: Assessment) -> Fraction | None:
    """By how much work is behind its schedule; None where that rounds to nothing for a reader."""
    behind = assessment.lag
    return behind if behind is not None and behind >= Fraction(1, 2000) else None


def done(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """The share of the work that is done: "47.5% done"."""
    progress = assessment.progress or Fraction(0)
    form = message("{share} done")
    if assessment.target.is_ceiling:
        form = message("{share} of the limit used")
    elif assessment.target.measure is not Measure.COUNT:
        form = message("{share} of the way from the baseline done")
        if progress < 0:
            form = message("further from the target than the baseline ({share} of the way)")
    return phrasebook.t(form, share=phrasebook.language.percent(progress))


def _stretch(phrasebook: Phrasebook, assessment: Assessment) -> list[str]:
    """Whether what was striven for beyond the target is reached too; nothing while it is not."""
    stretch = assessment.target.stretch
    if stretch is None or not assessment.stretch_reached:
        return []
    form = message("what was striven for, {stretch}, is reached too")
    if not assessment.decided:
        form = message("so far also what is striven for, {stretch}")
    return [phrasebook.t(form, stretch=phrasebook.quantity(stretch, assessment.target))]


def _failing_steps(phrasebook: Phrasebook, assessment: Assessment) -> list[str]:
    names = [phrasebook.name(step.id) for step in assessment.failing_steps]
    if not names:
        return []
    form = message("its step {names} is missed or off track")
    if len(names) > 1:
        form = message("its steps {names} are missed or off track")
    return [phrasebook.t(form, names=phrasebook.language.listed(names))]


def deadline(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """By when a milestone is due, and how long that is."""
    due = phrasebook.plan.due(assessment.target)
    form = message("due by {day}")
    if assessment.rule is Rule.STAGE_OVERDUE:
        form = message("it was due by {day}")
    elif assessment.rule is Rule.NEVER_FINAL:
        form = message("it was due by {day}, and nothing has been reported since")
    elif assessment.rule is Rule.STAGE_NOT_BEGUN and phrasebook.dated:
        form = message("due by {day} (days left: {days}), more than half of the time is gone")
    elif (
        assessment.rule in (Rule.STAGE_DUE_SOON, Rule.STAGE_TIME_LEFT, Rule.STAGE_PART)
        and phrasebook.dated
    ):
        form = message("due by {day} (days left: {days})")
    elif Flag.LATE in assessment.flags:
        form = message("late: it was due by {day}")
    days = (due - assessment.as_of).days
    return phrasebook.t(form, day=phrasebook.language.day(due), days=days)
