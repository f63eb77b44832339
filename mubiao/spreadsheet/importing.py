"""What importing a table would do to a record: new, changed, unchanged, and everything wrong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter

from mubiao.i18n import CODES
from mubiao.model import Observation, Plan, Proposal, Target
from mubiao.observation import Draft, read_draft
from mubiao.observation.values import half_width, shown
from mubiao.problems import Problem, Refused, message
from mubiao.spreadsheet.columns import NAME, UNIT
from mubiao.spreadsheet.table import Row, Table
from mubiao.spreadsheet.words import id_of

# Of a target, and a period's first and last day: the greatest row recorded for these.
Bases = Mapping[tuple[str, date, date], int]
# What makes two rows the same figure: target, first and last day, the day it became known.
_Identity = tuple[str, date, date, date]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file that was understood.

    `entry.row` is the row's number in the file; `was` the standing observation that it corrects or
    repeats, for a new one the latest of the same target and period, or None.
    """

    entry: Observation
    was: Observation | None = None


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


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would do; each part in the file's order.

    `without_value` are the numbers of rows that say nothing: they are passed over.
    """

    new: tuple[Line, ...]
    changed: tuple[Line, ...]
    unchanged: tuple[Line, ...]
    problems: tuple[Trouble, ...]
    without_value: tuple[int, ...]
    proposals: tuple[Proposal, ...]

    @property
    def can_be_saved(self) -> bool:
        """Whether there is something to save, and nothing wrong: all or nothing."""
        return bool(self.proposals) and not self.problems


def dry_run(
    table: Table,
    plan: Plan,
    standing: Iterable[Observation],
    today: date,
    bases: Bases | None = None,
) -> Import:
    """What importing the table would do, without doing it.

    `standing` is what stands in the record, `today` the last day on which a new figure can have
    become known. A row of the same target, days and known_on as a standing observation repeats
    or corrects it; with another known_on it is a new revision. Proposals are based on `bases`, or
    without these on nothing.
    """
    reading = _Reading(table, plan)
    entries = list(reading.entries())
    recorded: dict[_Identity, list[Observation]] = defaultdict(list)
    for seen in standing:
        recorded[_identity(seen)].append(seen)
    sorting = _Sorting(recorded)
    for identity, group in groupby(sorted(entries, key=_identity), key=_identity):
        sorting.sort(identity, list(group))
    changes = sorted([*sorting.new, *sorting.changed], key=attrgetter("entry.row"))
    corrections = {line.entry.row for line in sorting.changed}
    problems = [*reading.problems, *sorting.troubles(table)]
    for line in changes:
        problems += reading.in_the_future(line.entry, today)
    return Import(
        new=_in_order(sorting.new),
        changed=_in_order(sorting.changed),
        unchanged=_in_order(sorting.unchanged),
        problems=tuple(sorted(problems, key=attrgetter("row"))),
        without_value=tuple(reading.without_value),
        proposals=tuple(_proposal(line, line.entry.row in corrections, bases) for line in changes),
    )


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=attrgetter("entry.row")))


def _identity(seen: Observation) -> _Identity:
    return seen.target, seen.period.first, seen.period.last, seen.known_on


def _proposal(line: Line, corrects: bool, bases: Bases | None) -> Proposal:  # noqa: FBT001
    entry, period = line.entry, line.entry.period
    replaces = line.was.row if line.was is not None and corrects else None
    based_on = None if bases is None else bases.get((entry.target, period.first, period.last), 0)
    return Proposal(replace(entry, row=0, replaces=replaces), based_on)


class _Reading:
    """Rows become observations; what is wrong with them is collected."""

    def __init__(self, table: Table, plan: Plan) -> None:
        self.table, self.plan = table, plan
        self.problems: list[Trouble] = []
        self.without_value: list[int] = []
        self._named: dict[str, set[str]] = defaultdict(set)
        for target in plan.targets:
            for code in CODES:
                self._named[target.name[code].casefold()].add(target.id)

    def entries(self) -> Iterator[Observation]:
        """The rows that are right, `row` being their numbers in the file."""
        for row in self.table.rows:
            if self._says_nothing(row):
                self.without_value.append(row.number)
            elif (entry := self._entry(row)) is not None:
                yield entry

    def in_the_future(self, entry: Observation, today: date) -> list[Trouble]:
        """What is recorded already may be of a later day; what comes new may not."""
        if entry.known_on <= today:
            return []
        told = message("{day} is in the future; expected {today} or earlier")
        problem = Problem(told, {"day": entry.known_on, "today": today}, field="known_on")
        return [trouble(self.table, entry.row, problem, entry.known_on.isoformat())]

    def _says_nothing(self, row: Row) -> bool:
        """An empty value is nothing, unless a person has written something about it."""
        written = (row.cells.get(column) for column in ("value", "qualifier", "note"))
        return not any(cell and (cell.text.strip() or cell.fault) for cell in written)

    def _entry(self, row: Row) -> Observation | None:
        problems = [cell.fault for cell in row.cells.values() if cell.fault is not None]
        problems += self._misnamed(row)
        told = {problem.field for problem in problems}
        entry: Observation | None = None
        try:
            draft = _draft(row, self.plan)
            # A file by the contract need not name a source, as a person at the form must.
            entry = read_draft(draft, self.plan, date.max, needs_source=False)
        except Refused as refusal:
            problems += [problem for problem in refusal.problems if problem.field not in told]
        for problem in problems:
            text = row.text(problem.field)
            self.problems.append(trouble(self.table, row.number, problem, text))
        return replace(entry, row=row.number) if entry is not None and not problems else None

    def _misnamed(self, row: Row) -> list[Problem]:
        """A name beside the id that is another target's: columns were sorted apart."""
        name, target = row.text(NAME).strip(), half_width(row.text("target"))
        owners = self._named.get(name.casefold(), set())
        if not owners or target in owners or target not in self.plan.by_id:
            return []
        told = message("the name is that of {other}, the id is {target}; expected the same target")
        values = {"other": ", ".join(sorted(owners)), "target": target}
        return [Problem(told, values, field=NAME)]


def _draft(row: Row, plan: Plan) -> Draft:
    target = plan.by_id.get(half_width(row.text("target")))
    value = row.text("value")
    if target is not None and target.is_milestone:
        value = id_of("value", value)
    elif target is not None:
        value += _other_unit(row, plan, target)
    return Draft(
        target=row.text("target"),
        period=row.text("period"),
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
    known = {half_width(text).casefold() for text in ours if text}
    return "" if not said or half_width(said).casefold() in known else said


class _Sorting:
    """Which observations of a file are new, changed or unchanged, one identity at a time."""

    def __init__(self, recorded: Mapping[_Identity, list[Observation]]) -> None:
        self.new: list[Line] = []
        self.changed: list[Line] = []
        self.unchanged: list[Line] = []
        self._recorded = recorded
        self._twice: list[tuple[Observation, int]] = []
        self._periods: dict[tuple[str, date, date], Observation] = {}
        for (target, first, last, _), seen in recorded.items():
            latest = max(seen, key=_settled)
            known = self._periods.get((target, first, last))
            if known is None or _settled(known) < _settled(latest):
                self._periods[target, first, last] = latest

    def sort(self, identity: _Identity, entries: Sequence[Observation]) -> None:
        """Set the rows of one identity against what is recorded under it."""
        standing = self._recorded.get(identity, [])
        left = list(standing)
        repeated = 0
        different: list[Observation] = []
        for entry in sorted(entries, key=attrgetter("row")):
            same = next((seen for seen in left if _says_the_same(entry, seen)), None)
            if same is None:
                different.append(entry)
            else:
                left.remove(same)
                repeated = entry.row
                self.unchanged.append(Line(entry, same))
        if standing and not left:
            # Every recorded one stands in the file: a further row would contradict it.
            self._twice += [(entry, repeated) for entry in different]
            return
        for entry in different[:1]:
            self._sort_one(entry, left)
        self._twice += [(entry, different[0].row) for entry in different[1:]]

    def troubles(self, table: Table) -> Iterator[Trouble]:
        """The rows of which the file holds another with the same target, period and day."""
        for entry, other in self._twice:
            told = message(
                "row {row} already gives a figure of this target, period and day; keep one of them"
            )
            yield trouble(table, entry.row, Problem(told, {"row": other}, field="target"), "")

    def _sort_one(self, entry: Observation, left: Sequence[Observation]) -> None:
        if left:
            self.changed.append(Line(entry, max(left, key=attrgetter("row"))))
            return
        beside = self._periods.get((entry.target, entry.period.first, entry.period.last))
        self.new.append(Line(entry, beside))


def _settled(seen: Observation) -> tuple[date, int]:
    return seen.known_on, seen.row


def _says_the_same(one: Observation, other: Observation) -> bool:
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("value", "qualifier", "nature", "source", "note")
    )


def trouble(table: Table, number: int, problem: Problem, value: str) -> Trouble:
    """A problem with its place in the file."""
    located = replace(problem, file=table.name, line=number)
    place = table.place(number, problem.field)
    return Trouble(number, problem.field, place, shown(value), located)
