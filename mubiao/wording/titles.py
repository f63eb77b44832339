"""The title of a slide or page about one target: its message, shorter than the sentence.

What the actual says, and then what the rest of the year must bring or how the promise stands.
"""

from mubiao.model import Assessment, Comparator, Flag, Observation, Rule, Stage, Status
from mubiao.problems import message
from mubiao.wording import words
from mubiao.wording.amendments import both_verdicts
from mubiao.wording.outlooks import needed_rest
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import actual, compared, deadline, done, lag

_REST = {
    Comparator.AT_LEAST: message("for the year to be {goal}, {rest} must average {value} or more"),
    Comparator.ABOVE: message("for the year to be {goal}, {rest} must average over {value}"),
    Comparator.AT_MOST: message("for the year to be {goal}, {rest} must average {value} or less"),
    Comparator.BELOW: message("for the year to be {goal}, {rest} must average under {value}"),
    "average": message("for the year to be {goal}, {rest} must bring {value}"),
    "growth": message("for the year to be {goal}, {rest} must bring growth of {value}"),
    "fall": message("for the year to be {goal}, {rest} must bring a fall of {value}"),
}
_STANDING = {
    (Rule.FINAL, Status.ACHIEVED): message("{goal} was promised: kept"),
    (Rule.FINAL, Status.MISSED): message("{goal} was promised: not kept"),
    (Rule.SATISFIED_COUNT, Status.ACHIEVED): message("{goal} was promised: kept"),
    (Rule.OVER_CEILING, Status.MISSED): message("{goal} was promised: not kept"),
    (Rule.SATISFIED, Status.ON_TRACK): message("{goal} is promised: so far as promised"),
    (Rule.HELD, Status.ON_TRACK): message("{goal} is promised for all year: held so far"),
    (Rule.KEPT_ALL_YEAR, Status.ACHIEVED): message("{goal} was promised for all year: held"),
    (Rule.KEPT_ALL_YEAR, Status.MISSED): message("{goal} was promised for all year: not held"),
    (Rule.BROKEN, Status.OFF_TRACK): message("{goal} is promised for all year: broken"),
    (Rule.BROKEN, Status.MISSED): message("{goal} was promised for all year: broken"),
}


def title(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """The message of one target, which begins with its name."""
    name, text = phrasebook.name(assessment.target.id), verdict(phrasebook, assessment)
    observation = assessment.observation
    if observation is None or isinstance(observation.value, Stage):
        return phrasebook.language.labelled(name, text)
    return phrasebook.t("{name}, {text}", name=name, text=text)


def verdict(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """The message of one target where its name stands beside it."""
    observation, t = assessment.observation, phrasebook.t
    if observation is None:
        late = Flag.AWAITING_FINAL in assessment.flags
        return t("the final figure was never reported") if late else t("not reported")
    if isinstance(observation.value, Stage):
        return _stage(phrasebook, assessment, observation.value)
    text = actual(phrasebook, assessment.target, observation, brief=True)
    if standing := _standing(phrasebook, assessment, observation):
        text = t("{actual}; {standing}", actual=text, standing=standing)
    return text


def _stage(phrasebook: Phrasebook, assessment: Assessment, stage: Stage) -> str:
    """The stage, and its deadline while that matters."""
    text = phrasebook.t(words.STAGE[stage])
    if stage is Stage.CANCELLED or (stage is Stage.COMPLETE and Flag.LATE not in assessment.flags):
        return text
    return phrasebook.language.phrases((text, deadline(phrasebook, assessment)))


def _standing(phrasebook: Phrasebook, assessment: Assessment, observation: Observation) -> str:
    """How a number stands to its promise; "" where nothing is left to say."""
    target, t = assessment.target, phrasebook.t
    if both := both_verdicts(phrasebook, assessment):
        return phrasebook.language.clauses(both)
    goal = phrasebook.asks(target)
    form = _STANDING.get((assessment.rule, assessment.status))
    if form is not None and Flag.LATE in assessment.flags:
        form = message("{goal} was promised: kept late")
    if form is not None:
        return t(form, goal=goal)
    match assessment.rule:
        case Rule.NO_COUNTERPART:
            other = phrasebook.name(target.counterpart or "")
            return t("no actual of {other} is known for that period", other=other)
        case Rule.NEVER_FINAL:
            return t("the final figure was never reported")
        case Rule.PACE:
            parts = done(phrasebook, assessment), _lag(phrasebook, assessment)
            return phrasebook.language.phrases(parts)
        case _:
            rest = needed_rest(phrasebook, assessment, _REST, goal)
            return rest or compared(phrasebook, assessment, observation)


def _lag(phrasebook: Phrasebook, assessment: Assessment) -> str:
    t, behind, is_ceiling = phrasebook.t, lag(assessment), assessment.target.is_ceiling
    if behind is None:
        return t("no more than the year's share") if is_ceiling else t("on schedule")
    way = message("{lag} ahead of the year") if is_ceiling else message("{lag} behind schedule")
    return t(way, lag=phrasebook.language.points(behind))
