"""What the rest of the year must average, and where the year ends if it goes on like its latest
stretch, in words.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from mubiao.criterion import criterion_of
from mubiao.model import Assessment, Comparator, Measure, Observation, Plan, Status, Target
from mubiao.outlook import Outlook, outlook
from mubiao.problems import message
from mubiao.wording.phrasebook import Phrasebook, demanding

_REST: Mapping[str, str] = {
    Comparator.AT_LEAST: message("{rest} must average at least {value}"),
    Comparator.ABOVE: message("{rest} must average more than {value}"),
    Comparator.AT_MOST: message("{rest} must average at most {value}"),
    Comparator.BELOW: message("{rest} must average less than {value}"),
    "average": message("{rest} must average {value}"),
    "growth": message("{rest} must grow by {value}"),
    "fall": message("{rest} must fall by {value}"),
}
_UNDECIDED = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
# A count that is extrapolated is not known to the last digit.
_DIGITS = Context(prec=3, rounding=ROUND_HALF_UP)


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


def needed_rest(
    phrasebook: Phrasebook, assessment: Assessment, forms: Mapping[str, str] = _REST, goal: str = ""
) -> str:
    """What the rest of the year must average, in the form of its bound or else of the way to go; ""
    where METHOD gives no figure.
    """
    target, observation = assessment.target, assessment.observation
    required = demanding(assessment)
    if required is None or observation is None:
        return ""
    form = forms.get(_bound(assessment), forms["average"])
    if target.says_change and form == forms["average"]:
        form = forms["fall"] if required < 0 else forms["growth"]
        required = abs(required)
    rest = phrasebook.language.rest_of_year(observation.period.last)
    return phrasebook.t(form, goal=goal, rest=rest, value=phrasebook.quantity(required, target, 1))


def _bound(assessment: Assessment) -> Comparator:
    """The comparator by which the rest of the year is bound: of a range the end that is missed."""
    criterion, comparator = criterion_of(assessment), assessment.target.comparator
    if comparator is not Comparator.BETWEEN or criterion is None:
        return comparator
    return Comparator.AT_LEAST if criterion.upwards else Comparator.AT_MOST


def telling_outlook(plan: Plan, assessment: Assessment) -> Outlook | None:
    """The outlook of what is undecided; None where it says no more than a rate's only figure."""
    ahead = outlook(plan, assessment)
    if ahead is None or assessment.status not in _UNDECIDED:
        return None
    alone = ahead.earlier is None and assessment.target.measure is Measure.RATE
    return None if alone else ahead


def outlook_clause(phrasebook: Phrasebook, assessment: Assessment) -> str:
    """The outlook in a sentence; "" where there is nothing to tell."""
    observation = assessment.observation
    ahead = telling_outlook(phrasebook.plan, assessment)
    if ahead is None or observation is None:
        return ""
    form = message("should {rest} run as the year so far, it ends at about {value}")
    values = {"value": year_end(phrasebook, ahead.value, assessment.target)}
    if ahead.earlier is not None:
        form = message("should {rest} run as it has since {day}, the year ends at about {value}")
        values["day"] = phrasebook.language.day_of_year(ahead.earlier.period.last)
        values["stretch"] = stretch_of(phrasebook, ahead, observation)
        if values["stretch"]:
            form = message("should {rest} run like {stretch}, the year ends at about {value}")
    rest = phrasebook.language.rest_of_year(observation.period.last)
    return phrasebook.t(form, rest=rest, **values)


def year_end(phrasebook: Phrasebook, value: Fraction, target: Target) -> str:
    """An extrapolated value: a rate to one place, a count to a whole number of three digits."""
    if target.measure is Measure.RATE:
        return phrasebook.quantity(value, target, 1)
    digits = _DIGITS.create_decimal(round(value))
    return phrasebook.quantity(Decimal(f"{digits:f}"), target)


def stretch_of(phrasebook: Phrasebook, ahead: Outlook, later: Observation) -> str:
    """The latest stretch by its months; "" without one, or where it does not end with months."""
    if ahead.earlier is None:
        return ""
    year, days = phrasebook.plan.span, (ahead.earlier.period.last, later.period.last)
    first, last = map(year.number, days)
    whole = all(day == year.end(year.number(day)) for day in days) and 1 <= first < last <= 12
    return phrasebook.period(year.span(first + 1, last)) if whole else ""
