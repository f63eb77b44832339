"""What becomes of each proposed figure when everything is saved: exactly one outcome a row."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from mubiao.model import Conflict, Observation
from mubiao.problems import Problem
from mubiao.proposal.candidate import Candidate


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CORRECTS = "corrects"
    SAME = "same"
    NOT_JUDGED = "not_judged"
    NO_EFFECT = "no_effect"
    OUTDATED = "outdated"
    CLASH = "clash"
    ASK = "ask"
    REFUSED = "refused"


class Choice(StrEnum):
    """Whose figure is right where somebody else was faster."""

    THEIRS = "theirs"
    MINE = "mine"


_STAYS = (Outcome.SAME, Outcome.OUTDATED, Outcome.REFUSED)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A candidate held against the record.

    `settled` is the outcome once everything is decided and confirmed. `figure` is what would be
    recorded, `was` the recorded figure that it replaces or repeats, `beside` the latest other one
    of the same period. `notes` say what a person should know, `warnings` are to be confirmed, and
    `problems` refuse the row. `based_on` is what a save has to be based on.
    """

    candidate: Candidate
    settled: Outcome
    figure: Observation | None = None
    was: Observation | None = None
    beside: Observation | None = None
    problems: tuple[Problem, ...] = ()
    conflict: Conflict | None = None
    choice: Choice | None = None
    notes: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    confirmed: bool = False
    based_on: int | None = None

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row by what is decided and confirmed now."""
        if self.settled in _STAYS:
            return self.settled
        if self.conflict is not None and self.choice is not Choice.MINE:
            return Outcome.CLASH
        return Outcome.ASK if self.warnings and not self.confirmed else self.settled

    @property
    def target(self) -> str:
        """The target's id, as it was given."""
        return self.candidate.target

    @property
    def place(self) -> int:
        """The row of the file, or the position in the grid."""
        return self.candidate.place

    @property
    def replaces(self) -> Observation | None:
        """The recorded figure whose place it takes."""
        corrects = self.figure is not None and self.figure.replaces is not None
        return self.was if corrects else None

    @property
    def saves(self) -> bool:
        """Whether it would be written, once confirmed."""
        return self.outcome not in (*_STAYS, Outcome.CLASH)

    @property
    def is_open(self) -> bool:
        """Whether somebody was faster and nobody has decided whose figure is right."""
        return self.outcome is Outcome.CLASH and self.choice is None

    @property
    def lacks_source(self) -> bool:
        """Whether it would be written without a source."""
        return self.saves and self.figure is not None and not self.figure.source

    @property
    def mark(self) -> str:
        """What a person confirms: it changes with the figure and with what is doubtful about it."""
        figure = self.figure
        if figure is None:
            return ""
        texts = [figure.target, str(figure.period.first), str(figure.period.last)]
        texts += [str(figure.value), figure.qualifier, figure.nature, str(figure.known_on)]
        texts += [str(self.place), *(problem.text for problem in self.warnings)]
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
