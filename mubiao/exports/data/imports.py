"""The document of `import --json`: what becomes of each row of a file, and of the judgements."""

from collections.abc import Iterable

from typing_extensions import TypedDict

from mubiao.exports.data.documents import Number, plain
from mubiao.i18n import Language
from mubiao.problems import Problem
from mubiao.proposal.effects import Change
from mubiao.proposal.row_texts import reasons
from mubiao.proposal.rows import Outcome, ProposalRow
from mubiao.spreadsheet.importing import Import
from mubiao.wording.phrasebook import Phrasebook


class RowDocument(TypedDict):
    """One row of the `import` document: what it says, its `outcome`, and the sentences that a
    person reads about it.

    Of a row that cannot be read `target`, `period` and `value` are the texts of its cells. `row` is
    0 where the whole file is refused; `mark` names the reading that is to be confirmed.
    """

    row: int
    target: str
    period: str
    value: Number | str
    outcome: str
    reasons: list[str]
    mark: str


class StatusDocument(TypedDict):
    """A target whose judgement an import changes, with its status before and after."""

    target: str
    before: str
    after: str


class ImportDocument(TypedDict):
    """What importing a file does; `encoding` is that of a text file."""

    encoding: str | None
    rows: list[RowDocument]
    statuses: list[StatusDocument]


def import_document(
    proposal: Import, changes: Iterable[Change], phrasebook: Phrasebook
) -> ImportDocument:
    """Every row of a file that says something, in its order, and the targets that change."""
    return ImportDocument(
        encoding=proposal.table.encoding or None,
        rows=[_row_document(proposal, row, phrasebook) for row in proposal.rows],
        statuses=[
            StatusDocument(
                target=change.after.target.id,
                before=change.before.status.value,
                after=change.after.status.value,
            )
            for change in changes
        ],
    )


def _row_document(proposal: Import, row: ProposalRow, phrasebook: Phrasebook) -> RowDocument:
    cells, figure = proposal.cells(row), row.figure
    return RowDocument(
        row=proposal.table.line(row.place),
        target=row.target,
        period=figure.period.text if figure else cells.text("period"),
        value=plain(figure.value) if figure else cells.text("value"),
        outcome=row.outcome.value,
        reasons=list(reasons(row, phrasebook)),
        mark=row.mark if row.outcome is Outcome.ASK else "",
    )


def refused_document(problems: Iterable[Problem], language: Language) -> ImportDocument:
    """What is wrong with a file that is refused as a whole."""
    rows = [
        RowDocument(
            row=problem.line,
            target="",
            period="",
            value="",
            outcome=Outcome.REFUSED.value,
            reasons=[language.problem(problem)],
            mark="",
        )
        for problem in problems
    ]
    return ImportDocument(encoding=None, rows=rows, statuses=[])
