"""Figures that somebody proposes, and what becomes of each: exactly one outcome a row."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mubiao.model import Conflict, Observation, Plan
from mubiao.observation.draft import Draft, read_draft
from mubiao.problems import Problem, Problems, Refused
from mubiao.store.locks import CLOSED

_CONTENT = ("value", "qualifier", "nature", "known_on", "source", "note")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed figure of a target, or why there is none.

    `place` orders candidates and names each: a file's row, or the position in a grid. A correction
    keeps what the `silent` fields of the corrected figure say; fields that are `shared` with other
    candidates make no difference by themselves. `doubts` are about how the figure is written.
    `named` is the recorded row that it was made from: 0 for none, None where nothing says so.
    `seen` is the greatest row of the figure's target and days that the person has seen, None where
    nobody knows.
    """

    target: str
    figure: Observation | None = None
    problems: tuple[Problem, ...] = ()
    place: int = 0
    silent: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    doubts: tuple[Problem, ...] = ()
    named: int | None = None
    seen: int | None = None

    def over(self, old: Observation) -> Observation | None:
        """The figure as a correction of another: what it is silent about stays."""
        if self.figure is None:
            return None
        return replace(self.figure, **{name: getattr(old, name) for name in self.silent})

    def repeats(self, old: Observation, *, fully: bool = False) -> bool:
        """Whether it says nothing but what a recorded figure says; `fully` does not pass over
        silent fields.
        """
        figure = self.figure if fully else self.over(old)
        if figure is None or figure.period != old.period:
            return False
        names = [name for name in _CONTENT if name not in self.shared]
        return all(getattr(figure, name) == getattr(old, name) for name in names)


def read(candidate: Candidate, draft: Draft, plan: Plan, today: date) -> Candidate:
    """The candidate with the figure that a draft says, or with every problem of it.

    `today` is the last day on which the figure can have become known. A missing source is no
    problem here: the effect is shown before it is typed.
    """
    doubts = Problems()
    try:
        figure = read_draft(draft, plan, today, needs_source=False, doubts=doubts)
        return replace(candidate, figure=figure, doubts=tuple(doubts))
    except Refused as refusal:
        return replace(candidate, problems=refusal.problems)


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
    """Whose figure is right where somebody else was faster; any other row can be left out."""

    THEIRS = "theirs"
    MINE = "mine"
    LEFT_OUT = "left_out"


_STAYS = (Outcome.SAME, Outcome.OUTDATED, Outcome.REFUSED)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A candidate held against the record.

    `settled` is the outcome once everything is decided and confirmed. `figure` is what would be
    recorded, `was` the recorded figure that it replaces or repeats, `beside` the latest other one
    of the same period that was known by then. `notes` say what a person should know, `warnings` are
    to be confirmed, and `problems` refuse the row. `based_on` is what a save has to be based on.
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
        is_asked = self.warnings and not self.confirmed and not self.is_left_out
        return Outcome.ASK if is_asked else self.settled

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
    def is_left_out(self) -> bool:
        """Whether a person would rather not have it written."""
        return self.choice is Choice.LEFT_OUT

    @property
    def is_closed(self) -> bool:
        """Whether its period is closed, which refuses it; it can be left out."""
        return any(problem.message == CLOSED for problem in self.problems)

    @property
    def saves(self) -> bool:
        """Whether it would be written, once confirmed."""
        return self.outcome not in (*_STAYS, Outcome.CLASH) and not self.is_left_out

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
