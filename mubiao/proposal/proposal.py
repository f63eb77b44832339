"""A proposal: entries held against the record before they are saved, and what a person decided."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from mubiao.model import Actor, Observation, Submission
from mubiao.proposal.comparison import Comparison
from mubiao.proposal.rows import Candidate, Choice, Outcome, ProposalRow


@dataclass(frozen=True)
class Proposal:
    """The rows of a proposal, in the order of their places, and what they are held against."""

    comparison: Comparison
    rows: tuple[ProposalRow, ...]

    def of(self, *outcomes: Outcome) -> tuple[ProposalRow, ...]:
        """The rows of some outcomes."""
        return tuple(row for row in self.rows if row.outcome in outcomes)

    @property
    def new(self) -> tuple[ProposalRow, ...]:
        """The rows that would be recorded as figures of their own."""
        return tuple(row for row in self.rows if row.saves and row.replaces is None)

    @property
    def corrections(self) -> tuple[ProposalRow, ...]:
        """The rows that would take the place of a recorded figure."""
        return tuple(row for row in self.rows if row.saves and row.replaces is not None)

    @property
    def clashes(self) -> tuple[ProposalRow, ...]:
        """The rows that somebody else was faster than and that nobody has decided yet."""
        return tuple(row for row in self.rows if row.is_open)

    @property
    def kept(self) -> tuple[ProposalRow, ...]:
        """The rows decided for what others recorded."""
        return tuple(row for row in self.of(Outcome.CLASH) if row.choice is Choice.THEIRS)

    @property
    def figures(self) -> list[Observation]:
        """What would be recorded."""
        return [row.figure for row in self.rows if row.saves and row.figure]

    @property
    def submissions(self) -> list[Submission]:
        """What is to be saved."""
        return [Submission(r.figure, r.based_on) for r in self.rows if r.saves and r.figure]

    @property
    def ready(self) -> tuple[ProposalRow, ...]:
        """The rows that would be written with nothing left to confirm."""
        return tuple(row for row in self.rows if row.saves and row.outcome is not Outcome.ASK)

    @property
    def refused(self) -> tuple[ProposalRow, ...]:
        """The rows that stand in the way of saving all others."""
        return tuple(row for row in self.of(Outcome.REFUSED) if not row.is_left_out)

    @property
    def left_out(self) -> tuple[ProposalRow, ...]:
        """The rows that a person would rather not have written."""
        return tuple(row for row in self.rows if row.is_left_out)

    def decided(self, choices: Mapping[int, Choice], actor: Actor | None = None) -> Self:
        """With some conflicts decided and some rows left out, by their places, and with the
        warnings about everything that would be written then; `actor` is who records.
        """
        rows = [replace(row, choice=choices.get(row.place)) for row in self.rows]
        return replace(self, rows=self.comparison.warned(rows, actor))

    def confirmed(self, is_confirmed: Callable[[str], bool]) -> Self:
        """With what a person has confirmed, by the marks of the rows."""
        rows = (
            replace(row, confirmed=is_confirmed(row.mark)) if row.warnings else row
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))


def proposal_of(comparison: Comparison, candidates: Iterable[Candidate]) -> Proposal:
    """The candidates held against the record, nothing decided yet."""
    return Proposal(comparison, comparison.rows(candidates)).decided({})
