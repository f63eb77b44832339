"""What if: a figure that is tried, not recorded, as people see it; every text says "if"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mubiao.duty import expected_periods
from mubiao.model import Assessment, Observation, Plan
from mubiao.period import Period
from mubiao.proposal.effects import Change
from mubiao.views.counts import StatusMark, mark
from mubiao.wording.phrasebook import Phrasebook
from mubiao.wording.sentences import sentence

# On a slide there is room for these.
_OTHERS = 4


@dataclass(frozen=True, slots=True)
class TrialEffect:
    """What a trial does to one target: its statuses without it and with it."""

    name: str
    before: StatusMark
    after: StatusMark


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial of one target: `condition` is what is tried, "If the first half were 3.1%",
    `sentence` the target's with it; `others` are the first other targets that would change, `more`
    says how many are left out. `day` says as of when both are judged, "" where that is the day of
    the page.
    """

    condition: str
    own: TrialEffect
    sentence: str
    others: tuple[TrialEffect, ...]
    more: str
    day: str


class TrialBand(NamedTuple):
    """A trial under the label that marks it as one, or why there is none."""

    label: str
    trial: Trial | None
    problems: Sequence[str] = ()


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


def _effect(phrasebook: Phrasebook, change: Change) -> TrialEffect:
    judged = (change.before, change.after)
    before, after = (mark(one.status, phrasebook.language) for one in judged)
    return TrialEffect(phrasebook.name(change.after.target.id), before, after)
