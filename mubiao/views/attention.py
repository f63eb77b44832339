"""Which targets need attention, and in which order."""

from collections.abc import Iterable
from fractions import Fraction

from mubiao.model import Assessment, Plan, Status

# The worst first; but of what is missed nothing can be changed any more.
ATTENTION = (Status.OFF_TRACK, Status.AT_RISK, Status.MISSED)


def worst_first(plan: Plan, assessments: Iterable[Assessment]) -> list[Assessment]:
    """The targets that need attention: worst status first, headline targets before others,
    and within these by how far behind they are where that can be said.
    """

    def order(a: Assessment) -> tuple[int, bool, Fraction]:
        ahead = (a.progress or Fraction(0)) - (a.scheduled or Fraction(0))
        return ATTENTION.index(a.status), a.target.section != plan.headline, ahead

    return sorted((a for a in assessments if a.status in ATTENTION), key=order)
