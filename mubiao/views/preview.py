"""What the unsaved edits of a month would do, row by row, before anything is written."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mubiao.model import Entry, Observation, Plan, Submission
from mubiao.observation.days import Days, days_of
from mubiao.observation.draft import read_draft
from mubiao.observation.pending import Cells, Pending
from mubiao.problems import Problem, Refused
from mubiao.proposal.warnings import warnings
from mubiao.views.month import Due


class Outcome(StrEnum):
    """What becomes of a row when everything is saved."""

    NEW = "new"
    REPLACES = "replaces"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Line:
    """One edited row, read whole.

    `entry` is None where it is refused, for the reasons in `problems`. `replaces` is the recorded
    figure that it takes the place of, or is the same as. `warnings` are to be confirmed; `mark`
    changes with them and the entry. `based_on` is the greatest row that the person had seen.
    """

    due: Due
    outcome: Outcome
    entry: Observation | None = None
    replaces: Observation | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    mark: str = ""
    confirmed: bool = False
    based_on: int = 0

    @property
    def saves(self) -> bool:
        """Whether the row would be written."""
        return self.outcome in (Outcome.NEW, Outcome.REPLACES)

    @property
    def ready(self) -> bool:
        """Whether the row itself does not stand in the way of saving the month."""
        settled = self.saves or self.outcome is Outcome.UNCHANGED
        return settled and (self.confirmed or not self.warnings)

    @property
    def lacks_source(self) -> bool:
        """Whether it would be written without a source."""
        return self.saves and self.entry is not None and not self.entry.source


def read_month(  # noqa: PLR0913, PLR0917 - the edits, and all that they are held against
    plan: Plan,
    due: Iterable[Due],
    pending: Pending,
    standing: Sequence[Observation],
    greatest: Mapping[Days, int],
    today: date,
) -> tuple[Line, ...]:
    """Every edited row in the order of `due`.

    `standing` is everything that stands, whenever it became known; `greatest` the greatest row
    that concerns each target and period by now.
    """
    return tuple(
        _line(plan, each, pending, standing, greatest, today)
        for each in due
        if each.target.id in pending.rows
    )


def proposals(lines: Iterable[Line]) -> list[Submission]:
    """What is to be saved."""
    return [
        Submission(line.entry, line.based_on)
        for line in lines
        if line.saves and line.entry is not None
    ]


def mark_of(entry: Observation, told: Iterable[Problem]) -> str:
    """What a person confirms: changes with the entry and with what is doubtful about it."""
    said = [str(entry.value), entry.qualifier, entry.nature, str(entry.known_on)]
    said += [problem.text for problem in told]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def theirs(history: Iterable[Entry], due: Due, based_on: int) -> tuple[Entry, ...]:
    """What others recorded for a figure since a row: corrections, withdrawals, and corrections
    that moved it to another period.
    """
    return tuple(e for e in _about(history, due) if e.row > based_on)


def base(history: Iterable[Entry], due: Due, based_on: int) -> Entry | None:
    """What a person saw recorded for a figure; None for nothing."""
    seen = [e for e in _about(history, due) if e.row <= based_on]
    return seen[-1] if seen else None


def last(recorded: Sequence[Entry], saw: Entry | None) -> int:
    """The row that edits are based on once a person has seen both; 0 for none."""
    return max((e.row for e in (*recorded, saw) if e is not None), default=0)


def _about(history: Iterable[Entry], due: Due) -> list[Entry]:
    """The entries about a figure, in order: its observations, and what replaced one of them.

    What replaced a row of another period by then is about that one.
    """
    found: list[Entry] = []
    own: set[int | None] = set()
    for entry in sorted(history, key=lambda e: e.row):
        replaces = entry.replaces in own
        if isinstance(entry, Observation):
            of_days = entry.target == due.target.id and entry.period == due.period
        else:
            of_days = replaces
        if of_days:
            own.add(entry.row)
        if of_days or replaces:
            found.append(entry)
    return found


def _line(  # noqa: PLR0913, PLR0917 - as read_month
    plan: Plan,
    due: Due,
    pending: Pending,
    standing: Sequence[Observation],
    greatest: Mapping[Days, int],
    today: date,
) -> Line:
    cells = pending.rows[due.target.id]
    try:
        draft = pending.draft(due.target.id, due.period.text)
        # One missing source for all is told once, not at each row.
        entry = read_draft(draft, plan, today, needs_source=False)
    except Refused as refusal:
        return Line(due, Outcome.REFUSED, problems=refusal.problems, based_on=cells.base)
    recorded = _recorded(entry, standing)
    if recorded is not None and _same(cells, entry, recorded):
        return Line(due, Outcome.UNCHANGED, entry, recorded, based_on=cells.base)
    entry = _in_place_of(recorded, cells, entry)
    others = [o for o in standing if recorded is None or o.row != recorded.row]
    told = warnings(plan, entry, others, today, before=recorded)
    mark = mark_of(entry, told)
    outcome = Outcome.REPLACES if recorded else Outcome.NEW
    # A greater base was seen in a record that an older one has replaced since.
    if greatest.get(days_of(due.target.id, due.period), 0) != cells.base:
        outcome = Outcome.CLASH
    return Line(
        due,
        outcome,
        entry,
        recorded,
        warnings=told,
        mark=mark,
        confirmed=cells.confirmed == mark,
        based_on=cells.base,
    )


def _recorded(entry: Observation, standing: Iterable[Observation]) -> Observation | None:
    """The figure that an entry takes the place of: the last one of the same days known by then.

    One that became known later stays as it is: the entry is what was known before it.
    """
    same = [
        o
        for o in standing
        if o.target == entry.target and o.period == entry.period and o.known_on <= entry.known_on
    ]
    return max(same, key=lambda o: (o.known_on, o.row), default=None)


def _in_place_of(recorded: Observation | None, cells: Cells, entry: Observation) -> Observation:
    """The entry as it takes the place of a figure: what was not typed stays as that one says."""
    if recorded is None:
        return entry
    return replace(
        entry,
        replaces=recorded.row,
        nature=entry.nature if cells.nature else recorded.nature,
        note=entry.note or recorded.note,
    )


def _same(cells: Cells, entry: Observation, recorded: Observation) -> bool:
    """Whether an entry says nothing that is not recorded: what was not typed does not count."""
    return (
        (entry.value, entry.qualifier) == (recorded.value, recorded.qualifier)
        and (not cells.nature or entry.nature is recorded.nature)
        and (not cells.known_on or entry.known_on == recorded.known_on)
        and (not cells.source or entry.source == recorded.source)
        and (not cells.note or entry.note == recorded.note)
    )
