"""The words of a path: a legend's by series, and what is written at the line of the target."""

from decimal import Decimal

from mubiao.criterion import Criterion
from mubiao.model import Assessment, Target
from mubiao.problems import message
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.rests import needed_rest

_NAMES = {
    "judged": message("actual that is judged"),
    "drawn": message("other actuals, shown only"),
    "ghosts": message("as first published"),
    "target": message("target"),
    "before": message("target until then"),
    "pace": message("scheduled pace"),
    "needed": message("what is left to do"),
    "outlook": message("outlook"),
    "baseline": message("baseline"),
    "met": message("satisfied or on course"),
    "near": message("within the warning band"),
    "trial": message("tried, not recorded"),
}


def names(phrasebook: Phrasebook, assessment: Assessment) -> dict[str, str]:
    """The words of a legend by series."""
    language, target = phrasebook.language, assessment.target
    names = {series: language.t(name) for series, name in _NAMES.items()}
    if target.is_milestone:
        names["judged"] = language.t("stage")
    names["goal"] = language.labelled(names["target"], phrasebook.asks(target))
    names["rest"] = needed_rest(phrasebook, assessment) or names["needed"]
    if target.counterpart:
        names["other"] = phrasebook.name(target.counterpart)
    names["as_of"] = language.t("as of {day}", day=language.short_day(assessment.as_of))
    return names


def limits(phrasebook: Phrasebook, target: Target, criterion: Criterion) -> str:
    """The limit that is not the goal itself, or both of them."""
    if criterion.far is not None:
        return phrasebook.span(criterion.threshold, criterion.far, target)
    form = message("lower limit {value}") if criterion.upwards else message("upper limit {value}")
    return phrasebook.t(form, value=phrasebook.quantity(criterion.threshold, target))


def other_end(target: Target, goal: Decimal) -> Decimal:
    """The end of a range that is not T; T without a range."""
    ends = [end for end in (target.value, target.upper) if end is not None]
    return next((end for end in ends if end != goal), goal) if target.upper is not None else goal


def needed_to(goal: float, limit: float, other_end: float) -> tuple[float, float] | None:
    """The values at which the year may end: the range, or what the tolerance allows around T."""
    if other_end != goal:
        return goal, other_end
    return (limit, 2 * goal - limit) if limit != goal else None


def goal_text(phrasebook: Phrasebook, assessment: Assessment, criterion: Criterion) -> str:
    """What is written at the line of the target: what is asked, beside another series its value."""
    if assessment.target.counterpart is not None:
        return phrasebook.quantity(criterion.goal, assessment.target)
    return phrasebook.asks(assessment.target)
