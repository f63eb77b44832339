"""What if: a figure that is tried, not recorded, as people see it; every text says "if"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mubiao.duty import expected_periods
from mubiao.model import Assessment, Observation, Plan
from mubiao.period import Period
from mubiao.proposal.effects import Change
from mubiao.views.changes import ChangeRow
from mubiao.views.counts import mark
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence

# On a slide there is room for these.
_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial of one target: `condition` is what is tried, "If the first half were 3.1%",
    `sentence` the target's with it; `others` are the first other targets that would change, `more`
    says how many are left out. `day` says as of when both are judged, "" where that is the day of
    the page.
    """

    condition: str
    own: ChangeRow
    sentence: str
    others: tuple[ChangeRow, ...]
    more: str
    day: str


# A trial, or why there is none.
TrialBand = tuple[Trial | None, Sequence[str]]


def trial_day(as_of: date, period: Period) -> date:
    """The day that a trial is judged on: the page's, or the period's end where that is later."""
    return max(as_of, period.last)


def next_period(plan: Plan, assessment: Assessment) -> Period | None:
    """The first expected period after the counting figure, or the last one; None for stages."""
    expected = expected_periods(plan, assessment.target)
    counted = assessment.observation
    later = [p for p in expected if counted is None or p.last > counted.period.last]
    return next(iter([*later, *expected[-1:]]), None)


def trial(
    phrasebook: Phrasebook, tried: Observation, as_of: date, changes: Sequence[Change]
) -> Trial:
    """What a figure would change; raises StopIteration if its target is not among the changes."""
    language = phrasebook.language
    own = next(change for change in changes if change.after.target.id == tried.target)
    others = [change for change in changes if change is not own and change.turns]
    left = len(others) - _OTHERS
    day = trial_day(as_of, tried.period)
    return Trial(
        condition=language.t(
            "If {period} were {value}",
            period=phrasebook.period(tried.period),
            value=phrasebook.actual(tried),
        ),
        own=_effect(phrasebook, own),
        sentence=sentence(phrasebook, own.after),
        others=tuple(_effect(phrasebook, change) for change in others[:_OTHERS]),
        more=language.t("{n} more", n=left) if left > 0 else "",
        day="" if day == as_of else language.t("as of {day}", day=language.day(day)),
    )


def _effect(phrasebook: Phrasebook, change: Change) -> ChangeRow:
    judged, id_ = (change.before, change.after), change.after.target.id
    before, after = (mark(one.status, phrasebook.language) for one in judged)
    return ChangeRow(id_, phrasebook.name(id_), before, after)
