"""An import tried before it is done: what it would do, what is wrong, what a call has to decide.

The command line and the API import by the same steps: `tried`, `refuse`, `save`.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from mubiao.i18n import Language
from mubiao.model import Act, Actor, Filing, SaveKind
from mubiao.problems import Problem, Refused, message
from mubiao.proposal.effects import Change, judged_anew
from mubiao.proposal.recording import record
from mubiao.proposal.row_texts import sides
from mubiao.proposal.rows import Choice, Outcome, ProposalRow
from mubiao.spreadsheet.importing import Import, Trouble, held_against
from mubiao.spreadsheet.table import Table
from mubiao.store import Store
from mubiao.wording.phrasebook import Phrasebook

_DECIDE = message(
    "nothing was saved; conflicts: {n}. Decide for all with {theirs} (keep what is "
    "recorded) or {file} (take the file's)"
)
_CONFIRM = message(
    "nothing was saved; rows to confirm: {n}. Look at them and repeat with {yes} where all are "
    "right, or with {confirm} and the mark of each that is, and {leave_out} and that of each other"
)


CLOSED = "closed"  # in place of a mark: the rows of all closed periods
_OF_CLOSED = message(
    "nothing was saved; rows of closed periods: {n}. Leave them out with {leave_out} and “closed”, "
    "or have the periods opened again"
)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a call decides: whose figures are right where others were faster, and which doubtful
    rows are right, and which are left out, by their marks; those of closed periods by CLOSED.
    """

    conflicts: str | None
    marks: Collection[str]
    left_out: Collection[str]
    all_confirmed: bool

    def is_confirmed(self, mark: str) -> bool:
        """Whether the row of a mark is right."""
        return self.all_confirmed or mark in self.marks


@dataclass(frozen=True, slots=True)
class Options:
    """How a caller names what is to be decided."""

    theirs: str
    file: str
    yes: str
    confirm: str
    leave_out: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What importing a table would do: row by row, and which targets change."""

    proposal: Import
    phrasebook: Phrasebook
    changes: Sequence[Change]


def tried(  # noqa: PLR0913 - the record, the file, and how it is to be taken
    store: Store,
    phrasebook: Phrasebook,
    table: Table,
    decisions: Decisions,
    *,
    today: date,
    actor: Actor | None = None,
) -> DryRun:
    """What importing would do to the record as it is now, all conflicts decided one way or none.

    `actor` is who imports: a figure of their own they may change with any file.
    """
    plan = phrasebook.plan
    proposal = held_against(store, plan, table, today)
    choice = Choice.MINE if decisions.conflicts == "file" else Choice.THEIRS
    choices = {row.place: choice for row in proposal.clashes} if decisions.conflicts else {}
    proposal = proposal.decided(choices, actor)
    if decisions.left_out:
        choices |= {
            row.place: Choice.LEFT_OUT
            for row in proposal.rows
            # What cannot be read has no mark, which an empty choice must not name.
            if (row.mark and row.mark in decisions.left_out)
            or (row.is_closed and CLOSED in decisions.left_out)
        }
        proposal = proposal.decided(choices, actor)
    proposal = proposal.confirmed(decisions.is_confirmed)
    return DryRun(proposal, phrasebook, judged_anew(store, plan, proposal.figures, today))


def refuse(trial: DryRun, options: Options, *, dry: bool) -> None:
    """Raises Refused with everything that is wrong with the file or to decide, if anything is; and
    with everything that is to be confirmed, unless the run is `dry` and has said it.
    """
    names = asdict(options)
    proposal, language = trial.proposal, trial.phrasebook.language
    clashes, doubtful = proposal.clashes, proposal.of(Outcome.ASK)
    problems = [_of_cell(one, language) for one in proposal.troubles]
    if closed := sum(row.is_closed for row in proposal.refused):
        problems.append(Problem(_OF_CLOSED, {"n": closed, **names}))
    problems += [
        _of_row(trial, row, message("conflict"), sides(row, trial.phrasebook)) for row in clashes
    ]
    if clashes:
        problems.append(Problem(_DECIDE, {"n": len(clashes), **names}))
    if doubtful and not dry:
        problems += [
            _of_row(trial, row, message("to confirm"), doubt(row, warning, language))
            for row in doubtful
            for warning in row.warnings
        ]
        problems.append(Problem(_CONFIRM, {"n": len(doubtful), **names}))
    if problems:
        raise Refused(problems)


def _of_cell(one: Trouble, language: Language) -> Problem:
    """A problem of a cell, or of its row, as one line: its place, what stands there, and why."""
    place, column, value, reason = one.texts(language)
    if not one.column and not value:
        return replace(one.problem, file=f"{one.problem.file}:{place}", line=0)
    values = {"column": column, "value": value, "reason": reason}
    msgid = (
        message("{column} “{value}”: {reason}") if one.column else message("“{value}”: {reason}")
    )
    return Problem(msgid, values, f"{one.problem.file}:{place}", field=one.column)


def _of_row(trial: DryRun, row: ProposalRow, kind: str, text: str) -> Problem:
    """A row of the file as one line: its place, its target and period, and a text about it."""
    name, period = about(row, trial.phrasebook)
    values = {"kind": trial.phrasebook.t(kind), "name": name, "period": period, "text": text}
    file = f"{trial.proposal.table.name}:{row.place}"
    return Problem(message("{kind}: {name}, {period}: {text}"), values, file)


def doubt(row: ProposalRow, warning: Problem, language: Language) -> str:
    """A warning with the mark of its row, by which the row is confirmed."""
    return f"{language.problem(warning)} [{row.mark}]"


def about(row: ProposalRow, phrasebook: Phrasebook) -> tuple[str, str]:
    """The target and the period of a row that could be read."""
    period = phrasebook.period(row.figure.period) if row.figure else ""
    return phrasebook.name(row.target), period


def save(store: Store, trial: DryRun, act: Act) -> Filing | None:
    """Record all of it, or nothing; the same again under the same token does nothing. What waits
    for approval then, None for nothing.
    """
    wanted, plan = trial.proposal.submissions, trial.phrasebook.plan
    if not wanted:
        return None
    return record(store, plan, wanted, act, kind=SaveKind.IMPORT).filing
