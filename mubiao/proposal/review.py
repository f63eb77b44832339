"""What waits for approval, held against the record as it is now, before somebody publishes it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mubiao.access import Action, Rights
from mubiao.model import Filing, Observation, Plan, Submission, Withdrawal
from mubiao.proposal.comparison import Comparison
from mubiao.proposal.proposal import Proposal, proposal_of
from mubiao.proposal.rows import Candidate, Choice


@dataclass(frozen=True, slots=True)
class Takeback:
    """A withdrawal that waits, and the figure that it takes back, None where that is gone."""

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
        """With conflicts decided and rows left out, by position, and doubts confirmed, by mark."""
        left_out = {at for at, choice in choices.items() if choice is Choice.LEFT_OUT}
        return Review(
            self.filing,
            self.proposal.decided(choices).confirmed(is_confirmed),
            tuple(one for one in self.takebacks if one.position not in left_out),
        )

    @property
    def positions(self) -> list[int]:
        """Its rows that are looked at."""
        return [row.place for row in self.proposal.rows] + [one.position for one in self.takebacks]

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


def review(filing: Filing, comparison: Comparison, positions: Iterable[int]) -> Review:
    """Rows of a filing that wait, held against the record; what changed since is a conflict."""
    candidates = []
    takebacks = []
    standing = {one.row: one for one in comparison.standing}
    for position in positions:
        submission = filing.submissions[position]
        entry = submission.entry
        if isinstance(entry, Withdrawal):
            takebacks.append(Takeback(position, entry, standing.get(entry.replaces)))
            continue
        figure, named = replace(entry, replaces=None), entry.replaces
        seen = submission.based_on
        candidates.append(Candidate(entry.target, figure, place=position, named=named, seen=seen))
    return Review(filing, proposal_of(comparison, candidates), tuple(takebacks))


def permitted(filing: Filing, action: Action, rights: Rights, plan: Plan) -> list[int]:
    """The rows that wait and with which somebody may do something, by their rights."""
    own, rows = rights.actor.did(filing.filer.id, filing.by), filing.submissions
    return [
        position
        for position in filing.waiting
        if rights.may_with(action, plan, rows[position].entry.target, own=own)
    ]


def sent_back(filings: Sequence[Filing]) -> list[tuple[Filing, list[int]]]:
    """Of one person's filings, in order, those with rows that were returned, and which, while
    nothing of their targets was submitted since.
    """
    newest = {one.entry.target: filing.id for filing in filings for one in filing.submissions}
    rows = [
        (
            filing,
            [
                at
                for at, act in filing.decided.items()
                if act.step == "returned" and newest[filing.submissions[at].entry.target] < act.row
            ],
        )
        for filing in filings
    ]
    return [(filing, positions) for filing, positions in rows if positions]
