"""Where the year ends if the rest of it runs like the latest stretch (METHOD, section 3c).

It is no forecast and never a status: two figures and two shares of the year, to redo by hand.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mubiao.assessment import share_gone
from mubiao.model import Assessment, Measure, Observation, Plan, Rule


@dataclass(frozen=True, slots=True)
class Outlook:
    """The year's end in the target's unit, `value`.

    The latest stretch lies between `earlier`, the figure before the counting one, and that; where
    there is no figure before, it is all of the year so far. `gone_before` and `gone` are the shares
    of the year gone at both, `pace` is how the stretch ran: the rate of it alone, or a count's
    increase in a whole year. `so_far` is the year's end if the rest runs like all of the year so
    far.
    """

    value: Fraction
    so_far: Fraction
    pace: Fraction
    gone: Fraction
    gone_before: Fraction
    earlier: Observation | None


def outlook(plan: Plan, assessment: Assessment) -> Outlook | None:
    """The outlook of a rate or count; None once it is final, and where the year has no rest."""
    target, latest, earlier = assessment.target, assessment.observation, assessment.previous
    over = assessment.final or assessment.rule is Rule.NEVER_FINAL
    if target.measure not in {Measure.RATE, Measure.COUNT} or over or latest is None:
        return None
    gone, before = _gone(plan, assessment, latest), _gone(plan, assessment, earlier)
    if not 0 < gone < 1:
        return None
    if before == gone:  # by a profile without work in the stretch
        earlier, before = None, Fraction(0)
    done = _done(assessment, latest, gone)
    pace = (done - _done(assessment, earlier, before)) / (gone - before)
    rest = 1 - gone
    return Outlook(done + rest * pace, done / gone, pace, gone, before, earlier)


def _gone(plan: Plan, assessment: Assessment, observation: Observation | None) -> Fraction:
    """The share of the year gone at a figure, 0 for none."""
    if observation is None:
        return Fraction(0)
    return share_gone(plan, assessment.target, observation.period.last)


def _done(assessment: Assessment, observation: Observation | None, gone: Fraction) -> Fraction:
    """A figure's part in the year's end: v of a count, t·v of a rate; 0 for none."""
    if observation is None or not isinstance(observation.value, Decimal):
        return Fraction(0)
    weight = gone if assessment.target.measure is Measure.RATE else 1
    return weight * Fraction(observation.value)
