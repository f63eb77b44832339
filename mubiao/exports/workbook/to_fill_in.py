"""The workbook to fill in: targets with what is known, and empty columns for new figures; and a
page that says how.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mubiao.duty import expected_periods
from mubiao.exports.data.listing import COLUMNS as TABLE_COLUMNS
from mubiao.exports.workbook.book import Book, Look, SheetWriter
from mubiao.model import Measure, Observation, Plan, Target, by_target
from mubiao.period import EXAMPLES, Period
from mubiao.plain_text import NOTE_LIMIT, SOURCE_LIMIT
from mubiao.problems import message
from mubiao.spreadsheet import choice_words
from mubiao.spreadsheet.columns import LAST_PERIOD, LAST_VALUE, NAME, UNIT, header
from mubiao.theme import LIGHT
from mubiao.wording.phrasebook import Phrasebook

GIVEN = ("target", NAME, UNIT, LAST_VALUE, LAST_PERIOD)
FILLED_IN = ("period", "value", "qualifier", "nature", "known_on", "source", "note")
# The number comes last, where it disturbs least: only importing asks for it.
COLUMNS = (*GIVEN, *FILLED_IN, "row")
HEADER_ROW = 3  # counted from 1, as a person does
# Rows for a second figure of a target, below the last.
MORE_ROWS = 40

_HINTS = {
    "period": message("Choose one, or type: {examples}"),
    "value": message("A number such as 3.8, 28万, 5%. Leave it empty while it is not known."),
    "known_on": message("The day the figure became public, today or earlier"),
    "source": message("Who published it, and where"),
}
# A text keeps 2020-03 from becoming a day; a value keeps what is typed, 5% too.
_FORMS = {"value": "General", "known_on": "yyyy-mm-dd"}
_RIGHT = (LAST_VALUE, "value", "row")


Periods = Mapping[str, Period | None]
"""What a workbook asks for: a period for each target in it, None where any will do."""
_HEIGHT = 22
# What to know: the id of the column concerned, "" for all, and the text; "" for a column's choices.
_TEXTS = (
    ("", message("One row is one figure. Rows without a value are passed over.")),
    ("", message("Grey columns say what is known and cannot be changed; blue ones are ours.")),
    ("", message("A second figure of a target goes into the empty rows below the last one.")),
    ("period", message("By its name, or as one of: {examples}")),
    (
        "value",
        message(
            "The figure in the unit beside it: 3.8, 1,200, 28万, 4.5亿, −3.2, 5%, 23%以上. No "
            "formula. For a milestone one of the stages."
        ),
    ),
    ("qualifier", ""),
    ("nature", ""),
    (
        "known_on",
        message("The day the figure became public; the board of an earlier day does not show it."),
    ),
    ("source", message("Who published it, and where")),
    ("note", message("What a reader must know; may stay empty.")),
    (
        "row",
        message(
            "The recorded figure that the row shows, 0 for none yet: importing sees by it "
            "whether somebody recorded another meanwhile."
        ),
    ),
    (
        "",
        message(
            "Importing shows first what is new, what changes and what is wrong; then it saves "
            "all or nothing."
        ),
    ),
    (
        "",
        message(
            "The same target, period and day known again correct the figure; with another day "
            "known it is a revision."
        ),
    ),
)


def periods_of(plan: Plan, period: Period | None) -> Periods:
    """All targets, with the period where a figure of it is expected."""
    return {t.id: period if period in expected_periods(plan, t) else None for t in plan.targets}


def workbook(
    phrasebook: Phrasebook, observations: Iterable[Observation], periods: Periods | None = None
) -> bytes:
    """The workbook (.xlsx) to fill in and import, with the targets that it asks for, or all.

    `observations` are those that stand: the last of each target is shown, or one of the period that
    is asked for, with the number of its row; 0 where there is none.
    """
    book, language = Book(), phrasebook.language
    sheet = book.sheet(language.t("Figures"), language)
    form = _Form(
        phrasebook, sheet, periods_of(phrasebook.plan, None) if periods is None else periods
    )
    form.write(by_target(observations))
    write_instructions(book.sheet(language.t("How to fill in"), language))
    return book.file()


@dataclass(frozen=True, slots=True)
class _Form:
    """The sheet of figures; its rows count from 0, those of targets first, then free ones."""

    phrasebook: Phrasebook
    sheet: SheetWriter
    periods: Periods

    @property
    def _targets(self) -> Iterable[tuple[int, Target]]:
        targets = (each for each in self.phrasebook.plan.targets if each.id in self.periods)
        return enumerate(targets, HEADER_ROW)

    @property
    def _free(self) -> int:
        return HEADER_ROW + len(self.periods)

    @property
    def _last(self) -> int:
        return self._free + MORE_ROWS - 1

    def write(self, standing: dict[str, list[Observation]]) -> None:
        """Header, a row for each target, free rows, what may be typed, and how it prints."""
        self._head()
        for row, target in self._targets:
            self._target(row, target, standing.get(target.id, ()))
        for row in range(self._free, self._last + 1):
            self._open_cells(row, ("target", *FILLED_IN))
            self._given(row, "row", None)
        self._choices()
        self._limits()
        allowed = {"format_columns": True, "format_rows": True, "objects": True, "scenarios": True}
        self.sheet.raw.protect("", allowed)
        self.sheet.print_across(HEADER_ROW - 1)

    def _head(self) -> None:
        sheet, language = self.sheet, self.phrasebook.language
        title = language.pick(self.phrasebook.plan.title)
        sheet.put(0, 0, title, Look(size=15, bold=True))
        how = message("Fill in the blue columns, save as .xlsx, and import the file under Record.")
        sheet.put(1, 0, language.t(how), Look(ink=LIGHT.muted))
        sheet.raw.set_row(0, 26)
        columns = [replace(TABLE_COLUMNS[id_], locked=id_ not in FILLED_IN) for id_ in COLUMNS]
        sheet.header(HEADER_ROW - 1, columns)
        sheet.set_widths(column.width for column in columns)
        sheet.raw.freeze_panes(HEADER_ROW, 2)

    def _target(self, row: int, target: Target, standing: Iterable[Observation]) -> None:
        phrasebook, due = self.phrasebook, self.periods[target.id]
        last = choice_words.latest(standing, due)
        names = (target.id, phrasebook.name(target.id), phrasebook.unit_name(target))
        value = choice_words.value_alone(last, phrasebook.language) if last else ""
        known = phrasebook.period(last.period) if last else ""
        for column, text in zip(GIVEN, (*names, value, known), strict=True):
            self._given(row, column, text)
        self._open_cells(row, FILLED_IN, due.text if due else "")
        # Of another period the number would say nothing about the figure that is filled in; 0 says
        # that there was none of the period that is due.
        number = 0 if due is not None else None
        if last is not None and last.period == due:
            number = last.row or None
        self._given(row, "row", number)

    def _given(self, row: int, column: str, value: str | int | None) -> None:
        """A locked cell that says what is known."""
        ink = LIGHT.muted if column in ("target", "row") else LIGHT.ink
        look = Look(ink, LIGHT.zones["beyond"], right=column in _RIGHT, under=True)
        self.sheet.put(row, COLUMNS.index(column), value, look)

    def _open_cells(self, row: int, columns: Iterable[str], period: str = "") -> None:
        """Cells to fill in; that of the period may hold one already."""
        blank = Look(fill=LIGHT.writable, under=True, open=True)
        for column in columns:
            look = replace(blank, right=column in _RIGHT, form=_FORMS.get(column, "@"))
            value = period if column == "period" else ""
            self.sheet.put(row, COLUMNS.index(column), value, look)

    def _choices(self) -> None:
        plan, language = self.phrasebook.plan, self.phrasebook.language
        strict = language.t("Choose one of the list, or leave the cell empty.")
        for column in ("qualifier", "nature"):
            offered = list(choice_words.choices(column, language))
            self._rule(column, [(HEADER_ROW, self._last)], strict, validate="list", source=offered)
        ids = f"=$A${HEADER_ROW + 1}:$A${self._free}"
        self._rule("target", [(self._free, self._last)], "", validate="list", source=ids)
        stages = [(row, row) for row, target in self._targets if target.is_milestone]
        offered = list(choice_words.choices("value", language))
        self._rule("value", stages, strict, validate="list", source=offered)
        spans: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
        for row, target in self._targets:
            spans[tuple(p.text for p in expected_periods(plan, target))].append((row, row))
        for periods, rows in spans.items():
            if periods:
                self._rule("period", rows, "", validate="list", source=list(periods))

    def _limits(self) -> None:
        t, rows = self.phrasebook.language.t, [(HEADER_ROW, self._last)]
        first_day, today = "=DATE(1990,1,1)", "=TODAY()"
        days = {"validate": "date", "criteria": "between", "minimum": first_day, "maximum": today}
        known_on = "known_on"  # apart, as a text inside t() is taken for a message
        self._rule(known_on, rows, t(_HINTS[known_on]), **days)
        for column, most in (("source", SOURCE_LIMIT), ("note", NOTE_LIMIT)):
            length = {"validate": "length", "criteria": "<=", "value": most}
            self._rule(column, rows, t("At most {most} characters.", most=most), **length)
        self._figures("AND({0}>=0,{0}<10^15)", t("A count is 0 or more."), counts=True)
        self._figures("ABS({0})<10^15", t("The number must be below 10^15."), counts=False)

    def _figures(self, within: str, text: str, *, counts: bool) -> None:
        """A number within its limits, or a text such as 28万, which importing reads."""
        rows = [
            (row, row)
            for row, target in self._targets
            if not target.is_milestone and (target.measure is Measure.COUNT) is counts
        ]
        if rows:
            cell = f"{chr(ord('A') + COLUMNS.index('value'))}{rows[0][0] + 1}"
            formula = f"=OR(ISTEXT({cell}),{within.format(cell)})"
            self._rule("value", rows, text, validate="custom", value=formula)

    def _rule(self, column: str, rows: list[tuple[int, int]], text: str, **rule: object) -> None:
        hint = self.phrasebook.language.t(_HINTS.get(column, ""), examples=EXAMPLES)
        if rows:
            self.sheet.rule(COLUMNS.index(column), rows, text, hint, **rule)


def write_instructions(sheet: SheetWriter) -> None:
    """Fill a sheet with a short line for each column, and what importing does."""
    language, look = sheet.language, Look(wrap=True, under=True)
    sheet.set_widths((16, 96))
    for row, (column, msgid) in enumerate(_TEXTS):
        sheet.raw.set_row(row, _HEIGHT)
        name = header(column, language) if column else ""
        sheet.put(row, 0, name, replace(look, bold=True))
        choices = () if msgid else choice_words.choices(column, language)
        sheet.put(row, 1, language.t(msgid, examples=EXAMPLES) or " · ".join(choices), look)
