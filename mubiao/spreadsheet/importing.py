"""A file as a proposal: its rows held against the record, and everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

from mubiao.i18n import Language
from mubiao.model import Plan
from mubiao.period import Period
from mubiao.problems import Problem, excerpt, message
from mubiao.proposal.comparison import Comparison, Takes
from mubiao.proposal.proposal import Proposal
from mubiao.proposal.row_texts import ranges
from mubiao.proposal.rows import ProposalRow
from mubiao.spreadsheet.columns import HEADERS, header
from mubiao.spreadsheet.entries import candidates, says_nothing, targets_of
from mubiao.spreadsheet.sheets import encoding_name
from mubiao.spreadsheet.table import Table, TableRow
from mubiao.store import Store


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one cell: where, which column of the contract, what stands there, why.

    `problem.line` is the row's number too.
    """

    row: int
    column: str
    place: str
    value: str
    problem: Problem

    def texts(self, language: Language) -> tuple[str, str, str, str]:
        """Its cell, its column's header, what stands there, and why it is not taken."""
        column = header(self.column, language) if self.column in HEADERS else ""
        return self.place, column, self.value, language.problem(self.problem)


@dataclass(frozen=True)
class Import(Proposal):
    """What importing a file would do: a row for each of its rows that says something.

    `without_value` are the numbers of the rows that say nothing.
    """

    table: Table
    without_value: tuple[int, ...]

    @cached_property
    def _cells(self) -> Mapping[int, TableRow]:
        return {row.number: row for row in self.table.rows}

    def cells(self, row: ProposalRow) -> TableRow:
        """The cells of a row, as they stand in the file."""
        return self._cells[row.place]

    @property
    def hidden(self) -> tuple[int, ...]:
        """The rows that say something where nobody sees it."""
        return tuple(row.place for row in self.rows if self.cells(row).is_hidden)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Everything that is wrong with the file, in its order."""
        return tuple(
            Trouble(
                row.place,
                problem.field,
                self.table.place(row.place, problem.field),
                excerpt(self.cells(row).quoted(problem.field)),
                replace(problem, file=self.table.name, line=self.table.line(row.place)),
            )
            for row in self.refused
            for problem in row.problems
        )

    def reading_notes(self, language: Language) -> tuple[str, ...]:
        """How the file was read, and what of it is passed over or missing."""
        table, texts = self.table, []
        unsourced = [row.place for row in self.rows if row.lacks_source]
        for msgid, rows in (
            (message("Passed over without a value: {count}, in row {rows}"), self.without_value),
            (message("Hidden in the file: {count}, in row {rows}"), self.hidden),
            (message("Without a source: {count}, in row {rows}"), unsourced),
        ):
            if rows:
                lines = dict.fromkeys(map(table.line, rows))
                texts.append(language.t(msgid, count=len(rows), rows=ranges(lines)))
        if table.across:
            across = {
                "period": message("Read with a column for each period: figures: {count}"),
                "target": message("Read with a column for each target: figures: {count}"),
            }
            texts.append(language.t(across[table.across], count=len(table.rows)))
        if table.encoding:
            encoding = encoding_name(table.encoding)
            texts.append(language.t("Encoding of the text: {encoding}", encoding=encoding))
        if table.ignored:
            columns = ", ".join(table.ignored)
            texts.append(language.t("Columns that are not read: {columns}", columns=columns))
        if table.ends_at:
            msgid = message("Nothing is read after row {row}: thousands of empty rows")
            texts.append(language.t(msgid, row=table.ends_at))
        if table.passed_over:
            msgid = message("Only the sheet {sheet} is read; these hold figures too: {others}")
            texts.append(language.t(msgid, sheet=table.sheet, others=", ".join(table.passed_over)))
        return tuple(texts)


def held_against(  # noqa: PLR0913 - the record, the file, and the days that it is tried on
    store: Store,
    plan: Plan,
    table: Table,
    today: date,
    seen: Mapping[tuple[str, Period], int] | None = None,
    *,
    as_of: date = date.max,
) -> Import:
    """What importing a file's table would do to the record as it is now; writes nothing.

    Reads what stands of the file's targets, and the whole history only of those whose rows say
    something new. `seen` is as in `import_of`, `as_of` as in `Comparison`.
    """
    targets = targets_of(table, plan)
    # The bases first: what is recorded between the two readings is then a conflict, not missed.
    bases = store.greatest_rows(plan.id, targets)
    standing = store.as_of(plan.id, date.max, targets)
    history = partial(store.history, plan.id)
    comparison = Comparison(
        *(plan, standing, history, today, Takes.SAME_DAY, bases, as_of), store.lock(plan.id)
    )
    return import_of(table, comparison, seen)


def import_of(
    table: Table, comparison: Comparison, seen: Mapping[tuple[str, Period], int] | None = None
) -> Import:
    """What importing the table would do, without doing it.

    `seen` are the greatest rows of an earlier proposal of the same file that the person has been
    shown.
    """
    rows = comparison.rows(candidates(table, comparison.plan, seen))
    without_value = tuple(row.number for row in table.rows if says_nothing(row))
    return Import(comparison, rows, table, without_value)
