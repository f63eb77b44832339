"""What needs attention, and of a closed year what was late or is not settled, a row a target."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mubiao.model import Assessment, Flag, Plan, Rule, Stage, Status
from mubiao.plain_text import capitalised, uncapitalised
from mubiao.views.counts import StatusMark, mark
from mubiao.views.key_figures import outlook_figure
from mubiao.wording import words
from mubiao.wording.outlooks import rest
from mubiao.wording.phrasebook import Phrasebook, inline
from mubiao.wording.sentences import actual, compared, deadline
from mubiao.wording.titles import verdict

# The worst first; but of what is missed nothing can be changed any more.
ATTENTION = (Status.OFF_TRACK, Status.AT_RISK, Status.MISSED)


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """A target with `what` became of it, and in `rest` what the rest of the year must bring and
    where it ends if it goes on so, "" for neither.
    """

    id: str
    name: str
    mark: StatusMark
    what: str
    rest: str = ""


def worst_first(plan: Plan, assessments: Iterable[Assessment]) -> list[Assessment]:
    """The targets that need attention: worst status first, headline targets before others,
    and within these by how far behind they are where that can be said.
    """

    def order(a: Assessment) -> tuple[int, bool, Fraction]:
        ahead = (a.progress or Fraction(0)) - (a.scheduled or Fraction(0))
        return ATTENTION.index(a.status), a.target.section != plan.headline, ahead

    return sorted((a for a in assessments if a.status in ATTENTION), key=order)


def attention(phrasebook: Phrasebook, assessments: Iterable[Assessment]) -> list[AttentionRow]:
    """The targets that are missed, off track or at risk."""
    return [
        _row(phrasebook, a, _what(phrasebook, a), _ahead(phrasebook, a))
        for a in worst_first(phrasebook.plan, assessments)
    ]


def late(phrasebook: Phrasebook, assessments: Sequence[Assessment]) -> list[AttentionRow]:
    """The targets that are achieved, but later than was promised."""
    return [
        _row(phrasebook, a, phrasebook.language.ngettext("{n} day late", "{n} days late", days))
        for a in assessments
        if Flag.LATE in a.flags and a.status is Status.ACHIEVED and a.observation is not None
        for days in [(a.observation.period.last - phrasebook.plan.due(a.target)).days]
    ]


def awaiting_final(phrasebook: Phrasebook, assessments: Sequence[Assessment]) -> list[AttentionRow]:
    """The targets whose last known figure is not the final one, of which nothing is judged."""
    return [
        _row(phrasebook, a, capitalised(actual(phrasebook, a.target, a.observation, brief=True)))
        for a in assessments
        if a.status is Status.NO_DATA and a.observation is not None
    ]


def _row(phrasebook: Phrasebook, a: Assessment, what: str, needed: str = "") -> AttentionRow:
    status = mark(a.status, phrasebook.language)
    return AttentionRow(a.target.id, phrasebook.name(a.target.id), status, what, needed)


def _what(phrasebook: Phrasebook, a: Assessment) -> str:
    """What the actual says, and how far it is from what is asked."""
    observation, language = a.observation, phrasebook.language
    if observation is None or a.rule in (Rule.PACE, Rule.NO_COUNTERPART):
        return capitalised(verdict(phrasebook, a))
    if isinstance(observation.value, Stage):
        stage = phrasebook.t(words.STAGE[observation.value])
        if observation.value is Stage.CANCELLED:
            return inline(stage, language.day_of_year(observation.period.last))
        return inline(stage, deadline(phrasebook, a))
    parts = (
        actual(phrasebook, a.target, observation, brief=True),
        compared(phrasebook, a, observation),
    )
    return capitalised(language.phrases(parts))


def _ahead(phrasebook: Phrasebook, a: Assessment) -> str:
    """What the rest of the year must bring, and where the year ends if it goes on so."""
    clauses, outlook = rest(phrasebook, a), outlook_figure(phrasebook, a)
    if outlook is not None:
        label = uncapitalised(outlook.label)
        clauses.append(phrasebook.language.labelled(label, outlook.value))
    return capitalised(phrasebook.language.clauses(clauses))
