"""What the rest of the year must average, in words."""

from mubiao.criterion import criterion_of
from mubiao.model import Assessment, Comparator
from mubiao.problems import message
from mubiao.wording.phrasebook import Phrasebook, demanding

_REST = {
    Comparator.AT_LEAST: message("{rest} must average at least {value}"),
    Comparator.ABOVE: message("{rest} must average more than {value}"),
    Comparator.AT_MOST: message("{rest} must average at most {value}"),
    Comparator.BELOW: message("{rest} must average less than {value}"),
}
_AVERAGE = message("{rest} must average {value}")


def rest(phrasebook: Phrasebook, assessment: Assessment) -> list[str]:
    """What the rest of the year must average, and for what; none where METHOD gives no figure."""
    needed, other = needed_rest(phrasebook, assessment), assessment.counterpart
    if not needed:
        return []
    if other is None:
        goal = phrasebook.asks(assessment.target)
        return [phrasebook.t("for the year to be {goal}, {needed}", goal=goal, needed=needed)]
    # The other figure will move on; only if it stays is the number right.
    form = message("if {other} stays at {value} for the year, {needed}")
    name, value = phrasebook.name(other.target), phrasebook.actual(other)
    return [phrasebook.t(form, other=name, value=value, needed=needed)]


def needed_rest(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """What the rest of the year must average; "" where METHOD gives no figure."""
    target, observation = assessment.target, assessment.observation
    required = demanding(assessment)
    if required is None or observation is None:
        return ""
    form = _REST.get(bound(assessment), _AVERAGE)
    if target.says_change and form == _AVERAGE:
        form = message("{rest} must grow by {value}")
        if required < 0:
            form = message("{rest} must fall by {value}")
        required = abs(required)
    return phrasebook.t(
        form,
        rest=phrasebook.language.rest_of_year(observation.period.last),
        value=phrasebook.quantity(required, target, 1),
    )


def bound(assessment: Assessment) -> Comparator:
    """The comparator by which the rest of the year is bound: of a range the end that is missed."""
    criterion, comparator = criterion_of(assessment), assessment.target.comparator
    if comparator is not Comparator.BETWEEN or criterion is None:
        return comparator
    return Comparator.AT_LEAST if criterion.upwards else Comparator.AT_MOST
