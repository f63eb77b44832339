"""What importing a table would do to a record, what is doubtful about it, and everything wrong."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from operator import attrgetter

from mubiao.model import Entry, Observation, Plan, Proposal, SaveKind
from mubiao.observation.days import Days, days_of
from mubiao.problems import Problem, message
from mubiao.proposal.warnings import warnings
from mubiao.spreadsheet.columns import ROW
from mubiao.spreadsheet.entries import Entries, Trouble, targets_of, trouble
from mubiao.spreadsheet.sorting import Bases, Dispute, Line, Sorting
from mubiao.spreadsheet.table import Table

__all__ = [
    "Bases",
    "Choice",
    "Dispute",
    "Import",
    "Line",
    "Trouble",
    "decided",
    "doubts",
    "dry_run",
    "targets_of",
]


class Choice(StrEnum):
    """Whose figure is right where somebody else was faster."""

    THEIRS = "theirs"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Import:
    """What an import would do; each part in the file's order.

    `outdated` are rows that nobody edited and that the record has later figures for, `disputes`
    those that wait for a decision, `kept` those decided for what is recorded. `without_value` are
    the numbers of rows that say nothing. All of these are passed over. `bases` are the greatest
    rows at the time of the dry run, None where nobody asked for them; `standing` is what stands
    of the targets concerned, `written` what is doubtful about how rows are written, by number.
    """

    new: tuple[Line, ...]
    changed: tuple[Line, ...]
    unchanged: tuple[Line, ...]
    outdated: tuple[Line, ...]
    disputes: tuple[Dispute, ...]
    problems: tuple[Trouble, ...]
    without_value: tuple[int, ...]
    kept: tuple[Dispute, ...] = ()
    bases: Bases | None = None
    standing: tuple[Observation, ...] = field(default=(), repr=False)
    written: Mapping[int, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Observation, ...]:
        """What would be saved, `row` being the rows of the file and `replaces` set."""
        corrections = [(line, line.was.row if line.was else None) for line in self.changed]
        rows = [*corrections, *((line, None) for line in self.new)]
        ordered = sorted(rows, key=lambda row: row[0].entry.row)
        return tuple(replace(line.entry, replaces=replaces) for line, replaces in ordered)

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """What is to be saved, based on what was recorded at the time of the dry run."""
        based = {
            one.row: None if self.bases is None else self.bases.get(_days(one), 0)
            for one in self.entries
        }
        return tuple(Proposal(replace(one, row=0), based[one.row]) for one in self.entries)


def dry_run(  # noqa: PLR0913 - the file, and all that it is held against
    table: Table,
    plan: Plan,
    standing: Iterable[Observation],
    today: date,
    *,
    history: Callable[[str], Iterable[Entry]] | None = None,
    bases: Bases | None = None,
    seen: Bases | None = None,
) -> Import:
    """What importing the table would do, without doing it.

    `standing` is what stands of the targets that the table names, `today` the last day on which a
    new figure can have become known. A row of the same target, days and known_on as a standing
    observation repeats or corrects it; with another known_on it is a new revision. `history` gives
    everything ever recorded of a target, without it only what stands; by it a row is found to be
    outdated or disputed. Proposals are based on `bases`, or without these on nothing; `seen` are
    those of an earlier dry run of the same file that the person has been shown.
    """
    known = tuple(standing)
    of_target: Mapping[str, Sequence[Entry]] = _by_target(known)
    reading = Entries(table, plan)
    told = history or (lambda target: of_target.get(target, ()))
    sorting = Sorting(known, told, seen, bases or {})
    sorting.sort(list(reading.read()))
    return Import(
        new=_in_order(sorting.new),
        changed=_in_order(sorting.changed),
        unchanged=_in_order(sorting.unchanged),
        outdated=_in_order(sorting.outdated),
        disputes=tuple(sorted(sorting.disputes, key=attrgetter("line.entry.row"))),
        problems=_troubles(reading, sorting, today),
        without_value=tuple(reading.without_value),
        bases=bases,
        standing=known,
        written=reading.doubts,
    )


def _troubles(reading: Entries, sorting: Sorting, today: date) -> tuple[Trouble, ...]:
    """Everything wrong, in the file's order; only what would be saved may not be of a later day."""
    problems = [*reading.problems]
    for entry, problem in sorting.problems:
        named = str(problem.values["row"]) if problem.field == ROW else entry.target
        problems.append(trouble(reading.table, entry.row, problem, named))
    disputed = [one.line for one in sorting.disputes]
    for line in (*sorting.new, *sorting.changed, *disputed):
        problems += reading.in_the_future(line.entry, today)
    return tuple(sorted(problems, key=attrgetter("row")))


def decided(found: Import, choices: Mapping[int, Choice]) -> Import:
    """The import with some disputes decided, by their rows in the file.

    The file's figure takes the place of the row that stands now, or is recorded anew where there
    is none; theirs stays, and the file's row is passed over.
    """
    taken = [one for one in found.disputes if choices.get(one.line.entry.row) is Choice.FILE]
    kept = [one for one in found.disputes if choices.get(one.line.entry.row) is Choice.THEIRS]
    done = {one.line.entry.row for one in (*taken, *kept)}
    return replace(
        found,
        new=_in_order([*found.new, *(one.line for one in taken if not one.corrects)]),
        changed=_in_order([*found.changed, *(one.line for one in taken if one.corrects)]),
        disputes=tuple(one for one in found.disputes if one.line.entry.row not in done),
        kept=(*found.kept, *kept),
    )


def doubts(
    found: Import, plan: Plan, today: date, by: str | None = None
) -> dict[int, tuple[Problem, ...]]:
    """What is doubtful about each row that would be saved, by its number; sound rows left out.

    Each is held against the figure that stands for its days, and against what would stand with
    all the others saved. `by` is who imports: a correction of another person's figure is doubtful
    where the file does not say what it was made from.
    """
    lines = {line.entry.row: line for line in (*found.new, *found.changed)}
    entries = found.entries
    stands = _after(found.standing, entries)
    told: dict[int, tuple[Problem, ...]] = {}
    for entry in entries:
        line = lines[entry.row]
        others = [one for one in stands.get(entry.target, ()) if one is not entry]
        told[entry.row] = (
            *found.written.get(entry.row, ()),
            *(_of_others(line, by) if entry.replaces is not None else ()),
            *warnings(plan, entry, others, today, before=line.was),
        )
    return {row: problems for row, problems in told.items() if problems}


def _after(
    standing: Iterable[Observation], entries: Sequence[Observation]
) -> dict[str, list[Observation]]:
    """By target what would stand with everything saved: of each period its last figure."""
    settled = attrgetter("known_on", "row")
    replaced = {entry.replaces for entry in entries}
    last: dict[Days, Observation] = {}
    for one in sorted(standing, key=settled):
        if one.row not in replaced:
            last[_days(one)] = one
    for one in sorted(entries, key=settled):
        beside = last.get(_days(one))
        if beside is None or beside.known_on <= one.known_on:
            last[_days(one)] = one
    return _by_target(last.values())


def _of_others(line: Line, by: str | None) -> Iterable[Problem]:
    """A file without row numbers may be older than what another person recorded."""
    was = line.was
    if (
        not line.unnamed
        or was is None
        or was.recorded_by in ("", SaveKind.SEED, (by or "").strip())
    ):
        return
    told = message(
        "changes what {person} recorded on {day}; the file does not say what it was made from"
    )
    day = was.recorded_at.date() if was.recorded_at else was.known_on
    yield Problem(told, {"person": was.recorded_by, "day": day}, field=ROW)


def _days(seen: Observation) -> Days:
    return days_of(seen.target, seen.period)


def _by_target(seen: Iterable[Observation]) -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = defaultdict(list)
    for one in seen:
        found[one.target].append(one)
    return dict(found)


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=attrgetter("entry.row")))
