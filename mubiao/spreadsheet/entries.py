"""The rows of a table as observations, with everything that is wrong with them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from mubiao.i18n import CODES
from mubiao.model import Observation, Plan, Qualifier, Target
from mubiao.observation import Draft, read_draft
from mubiao.observation.cleaning import folded, half_width
from mubiao.problems import Problem, Refused, excerpt, message
from mubiao.spreadsheet.columns import NAME, ROW, UNIT
from mubiao.spreadsheet.table import Row, Table
from mubiao.spreadsheet.words import id_of
from mubiao.wording.periods import period_meant

# Longer numbers are no row of any record.
_DIGITS = 15
_THREE_DIGITS = re.compile(r"\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Given:
    """A row of the file that was understood.

    `entry.row` is the row's number in the file, `named` the recorded row that it says it was made
    from, 0 for none of its days, None where it says nothing of that. `silent` are the fields that
    it says nothing about: they hold what a new figure would have.
    """

    entry: Observation
    named: int | None = None
    silent: frozenset[str] = frozenset()

    def over(self, old: Observation) -> Observation:
        """The entry as a correction of a figure: what the row is silent about stays."""
        return replace(self.entry, **{name: getattr(old, name) for name in self.silent})


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


def trouble(table: Table, number: int, problem: Problem, value: str) -> Trouble:
    """A problem with its place in the file."""
    located = replace(problem, file=table.name, line=number)
    place = table.place(number, problem.field)
    return Trouble(number, problem.field, place, excerpt(value), located)


def targets_of(table: Table, plan: Plan) -> tuple[str, ...]:
    """The targets of the plan that the table names, each once, in its order."""
    owners = _owners(plan)
    named = dict.fromkeys(_id(row, plan, owners) for row in table.rows)
    return tuple(target for target in named if target in plan.by_id)


def _owners(plan: Plan) -> Mapping[str, set[str]]:
    """The ids of the targets by their names in either language, folded."""
    owners: dict[str, set[str]] = defaultdict(set)
    for target in plan.targets:
        for code in CODES:
            owners[folded(target.name[code])].add(target.id)
    return owners


def _id(row: Row, plan: Plan, owners: Mapping[str, set[str]]) -> str:
    """The target that a row is about: by its id, or by a name that only one target has.

    What is neither is given back, so that a refusal quotes it.
    """
    text = half_width(row.text("target"))
    if text in plan.by_id:
        return text
    named = owners.get(folded(text), set())
    return next(iter(named)) if len(named) == 1 else row.text("target")


class Entries:
    """Rows become observations; what is wrong with them is collected.

    `without_value` are the numbers of the rows that say nothing, `doubts` what is doubtful about
    how a row is written, by its number.
    """

    def __init__(self, table: Table, plan: Plan) -> None:
        self.table, self.plan = table, plan
        self.problems: list[Trouble] = []
        self.without_value: list[int] = []
        self.doubts: dict[int, tuple[Problem, ...]] = {}
        self._owners = _owners(plan)

    def read(self) -> Iterator[Given]:
        """The rows that are right."""
        for row in self.table.rows:
            if _says_nothing(row):
                self.without_value.append(row.number)
            elif (given := self._given(row)) is not None:
                yield given

    def in_the_future(self, entry: Observation, today: date) -> list[Trouble]:
        """What is recorded already may be of a later day; what comes new may not."""
        if entry.known_on <= today:
            return []
        told = message("{day} is in the future; expected {today} or earlier")
        problem = Problem(told, {"day": entry.known_on, "today": today}, field="known_on")
        return [trouble(self.table, entry.row, problem, entry.known_on.isoformat())]

    def _given(self, row: Row) -> Given | None:
        problems = [cell.fault for cell in row.cells.values() if cell.fault is not None]
        target = _id(row, self.plan, self._owners)
        problems += [*_overflowing(row), *self._misnamed(row, target)]
        told = {problem.field for problem in problems}
        if ROW not in told:
            problems += _misnumbered(row)
        entry: Observation | None = None
        try:
            draft = _draft(row, self.plan, target)
            # A file by the contract need not name a source, as a person at the form must.
            entry = read_draft(draft, self.plan, date.max, needs_source=False)
        except Refused as refusal:
            problems += [problem for problem in refusal.problems if problem.field not in told]
        for problem in problems:
            text = row.text(problem.field) if problem.field else ", ".join(row.beyond)
            self.problems.append(trouble(self.table, row.number, problem, text))
        if entry is None or problems:
            return None
        if doubts := tuple(_split(row, self.table.beside_value)):
            self.doubts[row.number] = doubts
        entry = replace(entry, row=row.number)
        return Given(entry, _number(row), _silent(row, entry, self.table))

    def _misnamed(self, row: Row, target: str) -> list[Problem]:
        """A name beside the id that is another target's: columns were sorted apart."""
        owners = self._owners.get(folded(row.text(NAME)), set())
        if not owners or target in owners or target not in self.plan.by_id:
            return []
        told = message("the name is that of {other}, the id is {target}; expected the same target")
        values = {"other": ", ".join(sorted(owners)), "target": target}
        return [Problem(told, values, field=NAME)]


def _says_nothing(row: Row) -> bool:
    """An empty value is nothing, unless a person has written something about it."""
    return not row.beyond and all(row.is_empty(name) for name in ("value", "qualifier", "note"))


def _overflowing(row: Row) -> list[Problem]:
    """What stands beyond the header would be lost, and the value may be the half of a number."""
    if not row.beyond:
        return []
    told = message(
        "the row has more cells than the header: {text}; a number or text with a comma in it "
        "needs quotation marks"
    )
    return [Problem(told, {"text": excerpt(", ".join(row.beyond))})]


def _split(row: Row, beside: str) -> list[Problem]:
    """Where "150,000" stands without quotation marks, its "000" becomes the note."""
    text = half_width(row.text(beside)) if beside in ("source", "note") else ""
    if not _THREE_DIGITS.fullmatch(text):
        return []
    told = message(
        "“{text}” after the value {value} may be the rest of a number with a comma in it, which "
        "needs quotation marks"
    )
    return [Problem(told, {"text": text, "value": excerpt(row.text("value"))}, field=beside)]


def _silent(row: Row, entry: Observation, table: Table) -> frozenset[str]:
    """What a row does not say: an empty cell of source, note and nature; how exact the value is
    only where there is no column for it, nor a word beside the value (an empty cell means exact).
    """
    silent = {name for name in ("source", "note", "nature") if row.is_empty(name)}
    if "qualifier" not in table.columns and entry.qualifier is Qualifier.EXACT:
        silent.add("qualifier")
    return frozenset(silent)


def _number(row: Row) -> int | None:
    """The recorded row that a row names: 0 where nothing was recorded, None where it says nothing
    (or what is no number).
    """
    text = half_width(row.text(ROW))
    is_number = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    return int(text) if is_number else None


def _misnumbered(row: Row) -> list[Problem]:
    if not half_width(row.text(ROW)) or _number(row) is not None:
        return []
    told = message(
        "“{text}” is not the number of a recorded figure; expected the number as it was "
        "exported, or nothing"
    )
    return [Problem(told, {"text": excerpt(row.text(ROW))}, field=ROW)]


def _draft(row: Row, plan: Plan, target_id: str) -> Draft:
    target = plan.by_id.get(target_id)
    value = row.text("value")
    if target is not None and target.is_milestone:
        value = id_of("value", value)
    elif target is not None:
        value += _other_unit(row, plan, target)
    return Draft(
        target=target_id,
        period=period_meant(row.text("period"), plan.year),
        value=value,
        qualifier=id_of("qualifier", row.text("qualifier")),
        nature=id_of("nature", row.text("nature")),
        known_on=row.text("known_on"),
        source=row.text("source"),
        note=row.text("note"),
    )


def _other_unit(row: Row, plan: Plan, target: Target) -> str:
    """What the file says of the unit where that is not the plan's: 万人 changes the figure."""
    said, unit = row.text(UNIT).strip(), plan.units.get(target.unit or "")
    ours = {unit.zh, unit.en, unit.one, target.unit} if unit else {target.unit}
    known = {folded(text) for text in ours if text}
    return "" if not said or folded(said) in known else said
