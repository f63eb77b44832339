"""What waits for approval, held against the record as it is now, before somebody publishes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from mubiao.model import Filing, Observation, Submission, Withdrawal
from mubiao.proposal.comparison import Comparison
from mubiao.proposal.proposal import Proposal, proposal_of
from mubiao.proposal.rows import Candidate, Choice


@dataclass(frozen=True, slots=True)
class Takeback:
    """A withdrawal that waits: the figure that it takes back, None where that does not stand any
    more.
    """

    position: int
    withdrawal: Withdrawal
    figure: Observation | None


@dataclass(frozen=True, slots=True)
class Review:
    """A filing held against the record as it is now; a row's place is its position."""

    filing: Filing
    proposal: Proposal
    takebacks: tuple[Takeback, ...]

    def decided(
        self, choices: Mapping[int, Choice], is_confirmed: Callable[[str], bool]
    ) -> "Review":
        """With conflicts decided and rows left out, by their positions, and what is doubtful
        confirmed, by the marks of the rows.
        """
        left_out = {at for at, choice in choices.items() if choice is Choice.LEFT_OUT}
        return Review(
            self.filing,
            self.proposal.decided(choices).confirmed(is_confirmed),
            tuple(one for one in self.takebacks if one.position not in left_out),
        )

    @property
    def withdrawn(self) -> list[Observation]:
        """The figures that publishing would take back."""
        return [one.figure for one in self.takebacks if one.figure is not None]

    @property
    def chosen(self) -> dict[int, Submission]:
        """What would be published, by position."""
        rows = [row for row in self.proposal.rows if row.saves]
        figures = {r.place: Submission(r.figure, r.based_on) for r in rows if r.figure}
        return figures | {
            one.position: self.filing.submissions[one.position]
            for one in self.takebacks
            if one.figure is not None
        }


def review(filing: Filing, comparison: Comparison) -> Review:
    """What waits of a filing, held against the record; what others recorded since it was submitted
    is a conflict to be decided.
    """
    candidates = []
    takebacks = []
    standing = {one.row: one for one in comparison.standing}
    for position in filing.waiting:
        submission = filing.submissions[position]
        entry = submission.entry
        if isinstance(entry, Withdrawal):
            takebacks.append(Takeback(position, entry, standing.get(entry.replaces)))
            continue
        candidate = Candidate(
            entry.target,
            replace(entry, replaces=None),
            place=position,
            named=entry.replaces,
            seen=submission.based_on,
        )
        candidates.append(candidate)
    return Review(filing, proposal_of(comparison, candidates), tuple(takebacks))


def sent_back(filings: Sequence[Filing]) -> list[Filing]:
    """Of one person's filings, in order, those that were returned, while nothing of the same part
    of the plan was submitted anew.
    """
    newest = {filing.part: filing.id for filing in filings}
    return [f for f in filings if f.last.step == "returned" and newest[f.part] == f.id]
