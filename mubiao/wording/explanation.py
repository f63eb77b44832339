"""The rule that decided, in words, with the numbers put in: what a person redoes by hand."""

from decimal import Decimal
from fractions import Fraction

from mubiao.assessment import DUE_SOON, days_gone
from mubiao.criterion import BAND_FLOOR, BAND_SHARE, criterion_of
from mubiao.i18n import Language
from mubiao.model import Assessment, Comparator, Flag, Judged, Measure, Nature, Observation, Rule
from mubiao.outlook import Outlook
from mubiao.problems import message
from mubiao.wording import words
from mubiao.wording.glossary import Meaning, meanings
from mubiao.wording.outlooks import outlook_clause, rest, telling_outlook, year_end
from mubiao.wording.phrasebook import Phrasebook, demanding

_SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.ABOVE: ">",
    Comparator.AT_MOST: "≤",
    Comparator.BELOW: "<",
}
_ALL_YEAR = message(
    "every figure of the year must satisfy it: one that does not is off track, and missed once "
    "the due day ({day}) is past"
)
_RULES = {
    Rule.NO_COUNTERPART: message(
        "without the other target's figure of the same period: not reported"
    ),
    Rule.NEVER_FINAL: message(
        "more than {grace} days after the due day ({day}) only a final figure decides: not reported"
    ),
    Rule.FINAL: message(
        "the figure reaches the due day ({day}), so it is final: satisfied is achieved, not "
        "satisfied is missed"
    ),
    Rule.SATISFIED_COUNT: message("a count that has reached its target is achieved at any time"),
    Rule.OVER_CEILING: message(
        "a running total does not fall: beyond its limit it is missed at any time"
    ),
    Rule.SATISFIED: message("satisfied, and the figure is not final: on track"),
    Rule.HELD: _ALL_YEAR,
    Rule.BROKEN: _ALL_YEAR,
    Rule.KEPT_ALL_YEAR: _ALL_YEAR,
    Rule.STAGE_DONE: message("complete is achieved, and marked late after the due day ({day})"),
    Rule.STAGE_CANCELLED: message("cancelled is missed"),
    Rule.STAGE_OVERDUE: message("not complete on the due day ({day}) or later is missed"),
    Rule.STAGE_DUE_SOON: message(
        "within {soon} days of the due day ({day}) under way is at risk, not started off track"
    ),
    Rule.STAGE_NOT_BEGUN: message(
        "not started when more than half of the time to the due day ({day}) is gone is at risk"
    ),
    Rule.STAGE_PART: message(
        "a milestone is never better than at risk while a step of it is missed or off track"
    ),
    Rule.STAGE_TIME_LEFT: message(
        "not complete, and time left until the due day ({day}): on track"
    ),
}
_MILESTONE_NEVER_FINAL = message(
    "after the due day ({day}) only a stage known on that day or later decides: not reported"
)


def explain(phrasebook: Phrasebook, assessment: Assessment) -> tuple[Meaning, ...]:
    """The steps from the promise to the status: each in words, with the numbers of its formula."""
    t = phrasebook.t
    steps = [
        Meaning(t("Asked"), _promise(phrasebook, assessment)),
        Meaning(t("Counts"), _counting(phrasebook, assessment)),
    ]
    if assessment.observation is not None:
        steps.append(Meaning(t("Rule"), *_rule(phrasebook, assessment)))
    if assessment.required_rest is not None:
        steps.append(Meaning(t("Rest"), *_rest(phrasebook, assessment)))
    if (ahead := telling_outlook(phrasebook.plan, assessment)) is not None:
        steps.append(Meaning(t("Outlook"), *_outlook(phrasebook, assessment, ahead)))
    return (*steps, *(_flag(phrasebook, assessment, flag) for flag in assessment.flags))


def _flag(phrasebook: Phrasebook, assessment: Assessment, flag: Flag) -> Meaning:
    t, name = phrasebook.t, words.flag_name(assessment, flag)
    if name == words.NATURE[Nature.ESTIMATE]:
        return Meaning(t(name), t("An estimate; the final figure may differ."))
    return meanings(phrasebook, [flag])[0]


def condition(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """The condition a value must satisfy: "v ≥ 5.5%"; empty for a milestone."""
    criterion = criterion_of(assessment)
    if criterion is None:
        return ""
    target = assessment.target
    sign = _SIGNS.get(target.comparator, "≥" if criterion.upwards else "≤")
    if criterion.far is None:
        return f"v {sign} {phrasebook.quantity(criterion.threshold, target)}"
    lower, upper = sorted((criterion.threshold, criterion.far))
    return f"{phrasebook.quantity(lower, target)} ≤ v ≤ {phrasebook.quantity(upper, target)}"


def _promise(phrasebook: Phrasebook, assessment: Assessment) -> str:
    target, t = assessment.target, phrasebook.t
    text = phrasebook.asks(target)
    if satisfied := condition(phrasebook, assessment):
        text = t("{asks}: satisfied when {condition}", asks=text, condition=satisfied)
        if target.tolerance:
            tolerance = phrasebook.difference(target.tolerance, target)
            text = t("{text} (tolerance {tolerance})", text=text, tolerance=tolerance)
    if target.judged is Judged.ALL_YEAR:
        text = t("{text}, all year", text=text)
    return text


def _counting(phrasebook: Phrasebook, assessment: Assessment) -> str:
    language, observation = phrasebook.language, assessment.observation
    which = language.t(words.COUNTING[assessment.target.measure])
    if observation is None:
        form = message("{which}; none is known yet")
        if phrasebook.dated:
            form = message("{which}; none was known by {day}")
        return language.t(form, which=which, day=language.day(assessment.as_of))
    text = language.t(
        "{which}: {period}, {value}, known on {day}",
        which=which,
        period=language.period(observation.period),
        value=phrasebook.actual(observation),
        day=language.day(observation.known_on),
    )
    if observation.nature is not Nature.FINAL:
        nature = phrasebook.nature(observation)
        text = language.t("{text} ({nature})", text=text, nature=nature)
    return text


def _rule(phrasebook: Phrasebook, assessment: Assessment) -> tuple[str, str]:
    if assessment.rule is Rule.PACE:
        return _pace(phrasebook, assessment)
    if assessment.rule is Rule.BAND:
        return _band(phrasebook, assessment), ""
    plan, form = phrasebook.plan, _RULES[assessment.rule]
    if assessment.rule is Rule.NEVER_FINAL and assessment.target.is_milestone:
        form = _MILESTONE_NEVER_FINAL
    due = phrasebook.language.day(plan.due(assessment.target))
    return phrasebook.t(form, day=due, grace=plan.grace, soon=DUE_SOON.days), ""


def _pace(phrasebook: Phrasebook, assessment: Assessment) -> tuple[str, str]:
    language, thresholds = phrasebook.language, phrasebook.plan.thresholds
    scheduled, progress = assessment.scheduled or Fraction(0), assessment.progress or Fraction(0)
    shares = {"due": language.percent(scheduled), "done": language.percent(progress)}
    lag = language.points(assessment.lag or Fraction(0))
    form = message(
        "{done} is done and {due} scheduled, so it is behind schedule by {lag}: up to {on_track} "
        "on track, up to {at_risk} at risk, more is off track"
    )
    if assessment.target.is_ceiling:
        form = message(
            "{done} of the limit is used and {due} of the year gone, so {lag} more: up to "
            "{on_track} on track, up to {at_risk} at risk, more is off track"
        )
    text = language.t(
        form,
        lag=lag,
        on_track=language.points(Fraction(thresholds.on_track)),
        at_risk=language.points(Fraction(thresholds.at_risk)),
        **shares,
    )
    formula, terms = _lag(phrasebook, assessment), [shares["due"], shares["done"]]
    if assessment.target.is_ceiling:
        terms.reverse()
    return text, f"{formula} = {' − '.join(terms)} = {lag}"


def _lag(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """The lag with its numbers: "t − v ÷ T = 182/366 − 95 ÷ 200"."""
    target, language, criterion = assessment.target, phrasebook.language, criterion_of(assessment)
    if criterion is None:
        return ""
    gone, value = _figure(phrasebook, assessment, assessment.observation)
    if target.profile is not None:
        gone = language.percent(assessment.scheduled or Fraction(0))
    goal = _term(criterion.goal, language)
    if target.is_ceiling:
        return f"v ÷ T − t = {value} ÷ {goal} − {gone}"
    if target.measure is Measure.COUNT or target.baseline is None:
        return f"t − v ÷ T = {gone} − {value} ÷ {goal}"
    start = _term(target.baseline.value, language)
    return f"t − (v − b) ÷ (T − b) = {gone} − ({value} − {start}) ÷ ({goal} − {start})"


def _band(phrasebook: Phrasebook, assessment: Assessment) -> str:
    target, language = assessment.target, phrasebook.language
    criterion = criterion_of(assessment)
    how = language.t("set by the plan")
    if target.band is None:
        how = language.t(
            "the larger of {floor} and {share} of {goal}",
            floor=language.number(BAND_FLOOR),
            share=language.percent(Fraction(BAND_SHARE)),
            goal=language.number(abs(criterion.goal if criterion else Decimal(0))),
        )
    return language.t(
        "short by {short}; up to the band of {band} ({how}) at risk, beyond it off track",
        short=phrasebook.difference(assessment.short or Decimal(0), target),
        band=phrasebook.band(assessment),
        how=how,
    )


def _rest(phrasebook: Phrasebook, assessment: Assessment) -> tuple[str, str]:
    language, criterion = phrasebook.language, criterion_of(assessment)
    gone, value = _figure(phrasebook, assessment, assessment.observation)
    exact = assessment.required_rest or Fraction(0)
    goal = language.number(criterion.goal) if criterion else ""
    formula = f"(T − t·v) ÷ (1 − t) = ({goal} − {gone} × {value}) ÷ (1 − {gone})"
    required = language.number(demanding(assessment) or Fraction(0), 1)
    text = language.phrases(rest(phrasebook, assessment))
    if language.number(exact, 1) == required:
        return text, f"{formula} = {required}"
    return text, language.t(
        "{formula} = {closer}, to one place on the safe side {required}",
        formula=formula,
        closer=language.number(exact, 2),
        required=required,
    )


def _outlook(phrasebook: Phrasebook, assessment: Assessment, ahead: Outlook) -> tuple[str, str]:
    gone, done = _done(phrasebook, assessment, assessment.observation, ahead.gone)
    pace = f"{done} ÷ ({gone})"
    if ahead.earlier is not None:
        gone_before, before = _done(phrasebook, assessment, ahead.earlier, ahead.gone_before)
        pace = f"({done} − {before}) ÷ ({gone} − {gone_before})"
    t, r = phrasebook.t, phrasebook.language.number(ahead.pace, 2)
    text = t(
        "{outlook}; this is no forecast, and no status comes from it",
        outlook=outlook_clause(phrasebook, assessment),
    )
    formula = t(
        "the latest stretch ran at r = {pace} = {r}; so the year ends at {end} = {value}",
        pace=pace,
        r=r,
        end=f"{done} + (1 − {gone}) × {_bracketed(r)}",
        value=year_end(phrasebook, ahead.value, assessment.target),
    )
    return text, formula


def _done(
    phrasebook: Phrasebook, assessment: Assessment, observation: Observation | None, share: Fraction
) -> tuple[str, str]:
    """A figure in the outlook's formula: t, and its part in the year's end."""
    target, (gone, value) = assessment.target, _figure(phrasebook, assessment, observation)
    if target.measure is Measure.COUNT and target.profile is not None:
        gone = phrasebook.language.percent(share)
    return gone, f"{gone} × {value}" if target.measure is Measure.RATE else value


def _term(value: Decimal, language: Language) -> str:
    """A number inside a formula: a negative one in brackets."""
    return _bracketed(language.number(value))


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def _figure(
    phrasebook: Phrasebook, assessment: Assessment, observation: Observation | None
) -> tuple[str, str]:
    """A number in a formula: the share of the year gone at its last day, and its value."""
    if observation is None or not isinstance(observation.value, Decimal):
        return "", ""
    gone, days = days_gone(phrasebook.plan, assessment.target, observation.period.last)
    return f"{gone}/{days}", _term(observation.value, phrasebook.language)
