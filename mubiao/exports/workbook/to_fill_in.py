"""The workbook to fill in: every target with what is known, and empty columns for new figures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.exports.workbook import book
from mubiao.exports.workbook.howto import write_how_to
from mubiao.i18n import Language
from mubiao.model import Measure, Observation, Plan, Target
from mubiao.observation.cleaning import NOTE_LIMIT, SOURCE_LIMIT
from mubiao.period import EXAMPLES, Period
from mubiao.problems import message
from mubiao.spreadsheet import words
from mubiao.spreadsheet.columns import LAST_PERIOD, LAST_VALUE, NAME, UNIT, header
from mubiao.views.expected import expected_periods

GIVEN = ("target", NAME, UNIT, LAST_VALUE, LAST_PERIOD)
FILLED_IN = ("period", "value", "qualifier", "nature", "known_on", "source", "note")
# Last, where it disturbs least: only importing asks for it.
COLUMNS = (*GIVEN, *FILLED_IN, "row")
HEADER_ROW = 3
# Rows for a second figure of a target, below the last.
MORE_ROWS = 40

_OPEN = Protection(locked=False)
_HINTS = {
    "period": message("Choose one, or type: {examples}"),
    "value": message("A number such as 3.8, 28万, 5%. Leave it empty while it is not known."),
    "known_on": message("The day the figure became public, today or earlier"),
    "source": message("Who published it, and where"),
}


def workbook(
    plan: Plan, observations: Iterable[Observation], language: Language, period: Period | None
) -> bytes:
    """The workbook (.xlsx) to fill in and import.

    `observations` are those that stand: the last of each target is shown. With a `period` it
    stands in the rows of the targets for which a figure of it is expected, and where there is one
    already, that one is shown, with the number of its row; 0 where there is none.
    """
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    sheet.title = language.t(message("Figures"))
    standing: dict[str, list[Observation]] = defaultdict(list)
    for seen in observations:
        standing[seen.target].append(seen)
    form = _Form(plan, language, sheet)
    form.open()
    for number, target in enumerate(plan.targets, start=HEADER_ROW + 1):
        form.row(number, target, standing[target.id], period)
    form.close()
    write_how_to(made.create_sheet(language.t(message("How to fill in"))), language)
    return book.saved(made)


@dataclass(frozen=True, slots=True)
class _Form:
    plan: Plan
    language: Language
    sheet: Worksheet

    @property
    def last(self) -> int:
        """The last row that can be filled in."""
        return HEADER_ROW + len(self.plan.targets) + MORE_ROWS

    def open(self) -> None:
        """Title, what to do, and the header."""
        sheet, words_ = self.sheet, self.language
        book.put(sheet["A1"], words_.pick(self.plan.title))
        sheet["A1"].font = book.font(words_, size=15, bold=True)
        how = words_.t("Fill in the blue columns, save as .xlsx, and import the file under Record.")
        book.put(sheet["A2"], how)
        sheet["A2"].font = book.font(words_, color=book.MUTED)
        sheet.row_dimensions[1].height = 26
        sheet.row_dimensions[HEADER_ROW].height = 24
        for position, column in enumerate(COLUMNS):
            cell = book.cell(sheet, HEADER_ROW, position)
            colour = book.ACCENT if column in FILLED_IN else book.MUTED
            book.head(cell, header(column, words_), words_, colour)
        book.widen(sheet, COLUMNS)
        sheet.freeze_panes = f"C{HEADER_ROW + 1}"
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 100

    def row(
        self, number: int, target: Target, standing: Iterable[Observation], period: Period | None
    ) -> None:
        """One target: what is known, and the cells to fill in."""
        plan, words_ = self.plan, self.language
        asked = period if period in expected_periods(plan, target) else None
        last = words.latest(standing, asked)
        known = words_.period(last.period, plan.year) if last else ""
        value = words.value_alone(last, words_) if last else ""
        unit = words.unit_of(plan, target, words_)
        given = (target.id, words_.pick(target.name), unit, value, known)
        for column, text in zip(GIVEN, given, strict=True):
            self._given(number, column, text)
        self._open_cells(number, GIVEN)
        if asked is not None:
            book.put(self._cell(number, "period"), asked.text)
        # Of another period the number would say nothing about the figure that is filled in; 0 says
        # that there was none of the asked one.
        row = 0 if asked is not None else None
        if last is not None and last.period == asked:
            row = last.row or None
        self._given(number, "row", row)

    def close(self) -> None:
        """Rows for more figures, drop-downs, limits, protection, and how it prints."""
        first_free = self.last - MORE_ROWS + 1
        for number in range(first_free, self.last + 1):
            self._open_cells(number, ())
            self._given(number, "row", None)
        self._choices(first_free)
        self._limits()
        sheet = self.sheet
        sheet.protection.sheet = True
        sheet.protection.formatColumns = False
        sheet.protection.formatRows = False
        book.print_wide(sheet, HEADER_ROW)

    def _given(self, number: int, column: str, value: str | int | None) -> None:
        """A locked cell that says what is known."""
        cell = self._cell(number, column)
        book.put(cell, value)
        quiet = column in ("target", "row")
        cell.font = book.font(self.language, color=book.MUTED if quiet else book.INK)
        cell.fill = book.solid(book.QUIET)
        cell.border = book.UNDER
        cell.alignment = book.RIGHT if column in (LAST_VALUE, "row") else book.LEFT

    def _cell(self, number: int, column: str) -> Cell:
        return book.cell(self.sheet, number, COLUMNS.index(column))

    def _open_cells(self, number: int, locked: tuple[str, ...]) -> None:
        """Unlock a row's cells: those to fill in, and without `locked` ones its id as well."""
        columns = FILLED_IN if locked else ("target", *FILLED_IN)
        for column in columns:
            cell = self._cell(number, column)
            cell.protection = _OPEN
            cell.font = book.font(self.language)
            cell.border = book.UNDER
            cell.fill = book.solid(book.FILL_IN)
            cell.alignment = book.RIGHT if column == "value" else book.LEFT
            # A text keeps 2020-03 from becoming a day; a value keeps what is typed, 5% too.
            cell.number_format = {"value": "General", "known_on": "yyyy-mm-dd"}.get(column, "@")

    def _range(self, column: str, first: int, last: int) -> str:
        at = book.letter(COLUMNS.index(column))
        return f"{at}{first}:{at}{last}"

    def _choices(self, first_free: int) -> None:
        first, targets = HEADER_ROW + 1, self.plan.targets
        for column in ("qualifier", "nature"):
            self._list(column, words.choices(column, self.language), [(first, self.last)])
        ids = DataValidation("list", formula1=f"=$A${first}:$A${first_free - 1}", allow_blank=True)
        self._add(ids, "target", [(first_free, self.last)])
        stages = [n for n, target in enumerate(targets, first) if target.is_milestone]
        self._list("value", words.choices("value", self.language), [(n, n) for n in stages])
        groups: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
        for number, target in enumerate(targets, first):
            offered = tuple(period.text for period in expected_periods(self.plan, target))
            groups[offered].append((number, number))
        for offered, rows in groups.items():
            self._list("period", offered, rows, strict=False)

    def _list(
        self,
        column: str,
        offered: tuple[str, ...],
        rows: list[tuple[int, int]],
        *,
        strict: bool = True,
    ) -> None:
        if not offered or not rows:
            return
        choice = DataValidation("list", formula1=f'"{",".join(offered)}"', allow_blank=True)
        choice.showErrorMessage = strict
        choice.error = self.language.t("Choose one of the list, or leave the cell empty.")
        self._add(choice, column, rows)

    def _limits(self) -> None:
        first, last = HEADER_ROW + 1, self.last
        day = DataValidation("date", operator="between", allow_blank=True)
        day.formula1, day.formula2 = "DATE(1990,1,1)", "TODAY()"
        day.showErrorMessage = True
        hint = _HINTS["known_on"]
        day.error = self.language.t(hint)
        self._add(day, "known_on", [(first, last)])
        for column, most in (("source", SOURCE_LIMIT), ("note", NOTE_LIMIT)):
            length = DataValidation("textLength", operator="lessThanOrEqual", formula1=str(most))
            length.allow_blank = length.showErrorMessage = True
            length.error = self.language.t("At most {most} characters.", most=most)
            self._add(length, column, [(first, last)])
        numbers = [(n, t) for n, t in enumerate(self.plan.targets, first) if not t.is_milestone]
        counts = [(n, n) for n, target in numbers if target.measure is Measure.COUNT]
        others = [(n, n) for n, target in numbers if target.measure is not Measure.COUNT]
        self._figures(counts, -1, self.language.t("A count is 0 or more."))
        self._figures(others, 0, self.language.t("The number must be below 10^15."))

    def _figures(self, rows: list[tuple[int, int]], least: int, error: str) -> None:
        """A number within its limits, or a text such as 28万, which importing reads."""
        if not rows:
            return
        cell = f"{book.letter(COLUMNS.index('value'))}{rows[0][0]}"
        within = f"ABS({cell})<10^15" if not least else f"AND({cell}>=0,{cell}<10^15)"
        limit = DataValidation("custom", formula1=f"OR(ISTEXT({cell}),{within})", allow_blank=True)
        limit.showErrorMessage = True
        limit.error = error
        self._add(limit, "value", rows)

    def _add(self, rule: DataValidation, column: str, rows: list[tuple[int, int]]) -> None:
        if hint := _HINTS.get(column):
            rule.showInputMessage = True
            rule.prompt = self.language.t(hint, examples=EXAMPLES)
        for first, last in rows:
            rule.add(self._range(column, first, last))
        self.sheet.add_data_validation(rule)
