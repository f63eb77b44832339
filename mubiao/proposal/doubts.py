"""What is doubtful about the rows of a proposal: each beside the record and beside the others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from mubiao.model import Observation, Plan, SaveKind
from mubiao.period import Period
from mubiao.problems import Problem, message
from mubiao.proposal.rows import ProposalRow
from mubiao.proposal.warnings import warnings

# The field of a file's row that names the recorded row it was made from.
ROW = "row"


def doubted(
    plan: Plan,
    standing: Iterable[Observation],
    rows: Sequence[ProposalRow],
    today: date,
    by: str | None,
) -> tuple[ProposalRow, ...]:
    """The rows with the warnings about each that would be written.

    Each is held against the figure that stands for its days, and against what would stand with
    all others saved. `by` is who records; None where everything says what it was made from.
    """
    figures = [row.figure for row in rows if row.saves and row.figure is not None]
    after = _afterwards(standing, figures)

    def doubt(row: ProposalRow, figure: Observation) -> tuple[Problem, ...]:
        others = [other for other in after[figure.target] if other is not figure]
        return (
            *row.candidate.doubts,
            *(_of_others(row, by) if by is not None else ()),
            *warnings(plan, figure, others, today, before=row.was or row.beside),
        )

    return tuple(
        replace(row, warnings=doubt(row, row.figure)) if row.saves and row.figure else row
        for row in rows
    )


def _afterwards(
    standing: Iterable[Observation], figures: Sequence[Observation]
) -> defaultdict[str, list[Observation]]:
    """By target what would stand with everything saved: of each period its last figure."""
    replaced = {figure.replaces for figure in figures}
    left = sorted(standing, key=attrgetter("known_on", "row"))
    last: dict[tuple[str, Period], Observation] = {
        (one.target, one.period): one for one in left if one.row not in replaced
    }
    for figure in sorted(figures, key=attrgetter("known_on")):
        key = figure.target, figure.period
        if key not in last or last[key].known_on <= figure.known_on:
            last[key] = figure
    by_target: defaultdict[str, list[Observation]] = defaultdict(list)
    for one in last.values():
        by_target[one.target].append(one)
    return by_target


def _of_others(row: ProposalRow, by: str) -> Iterable[Problem]:
    """A correction without a base may be older than what another person recorded."""
    was = row.replaces
    is_based = row.candidate.named is not None or row.conflict is not None
    if is_based or was is None or was.recorded_by in ("", SaveKind.SEED, by.strip()):
        return
    msgid = message(
        "changes what {person} recorded on {day}; the file does not say what it was made from"
    )
    day = was.recorded_at.date() if was.recorded_at else was.known_on
    yield Problem(msgid, {"person": was.recorded_by, "day": day}, field=ROW)
