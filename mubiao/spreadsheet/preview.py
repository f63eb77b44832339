"""What an import would do, in words: the same lines on the page and at the command line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mubiao.i18n import Language
from mubiao.model import Entry, Observation, Plan
from mubiao.problems import Problem, message
from mubiao.spreadsheet.columns import HEADERS, header
from mubiao.spreadsheet.importing import Dispute, Import, Line, Trouble
from mubiao.spreadsheet.table import Table
from mubiao.spreadsheet.words import word
from mubiao.wording.phrasebook import Phrasebook, inline


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of a dry run: where it stands, about what, and what it says or changes."""

    row: str
    name: str
    period: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownTrouble:
    """One thing that is wrong: its cell, its column's header, what stands there, why it is not
    taken.
    """

    place: str
    column: str
    value: str
    reason: str


def summary(found: Import, words: Language) -> str:
    """The counts in one line; of what is rare, only where there is any."""
    told = words.t(
        "New: {new} · changed: {changed} · unchanged: {unchanged} · wrong: {wrong}",
        new=len(found.new),
        changed=len(found.changed),
        unchanged=len(found.unchanged),
        wrong=len(found.problems),
    )
    rare = {
        message("outdated: {n}"): len(found.outdated),
        message("to decide: {n}"): len(found.disputes),
        message("kept as recorded: {n}"): len(found.kept),
    }
    return " · ".join([told, *(words.t(text, n=n) for text, n in rare.items() if n)])


def remarks(table: Table, found: Import, words: Language) -> tuple[str, ...]:
    """What of the file is passed over, so that nobody misses it."""
    told: list[str] = []
    if found.without_value:
        count, rows = len(found.without_value), _ranges(found.without_value)
        told.append(
            words.t("Rows without a value, passed over: {count} ({rows})", count=count, rows=rows)
        )
    if table.ignored:
        named = ", ".join(table.ignored)
        told.append(words.t("Columns that are not read: {columns}", columns=named))
    if table.ends_at:
        told.append(
            words.t("Nothing is read after row {row}: thousands of empty rows", row=table.ends_at)
        )
    if table.passed_over:
        named = ", ".join(table.passed_over)
        told.append(
            words.t(
                "Only the sheet {sheet} is read; these hold figures too: {others}",
                sheet=table.sheet,
                others=named,
            )
        )
    return tuple(told)


def new_line(line: Line, plan: Plan, words: Language) -> Shown:
    """A new figure; where another of the same period stands, what that one says."""
    text = words.t(
        "{value}, known on {day}",
        value=_value(plan, line.entry, words),
        day=words.day(line.entry.known_on),
    )
    if line.was is not None:
        text = words.t(
            "{text}; recorded before: {value}, known on {day}",
            text=text,
            value=_value(plan, line.was, words),
            day=words.day(line.was.known_on),
        )
    return _shown(line, plan, words, text)


def changed_line(line: Line, plan: Plan, words: Language) -> Shown:
    """A correction: each thing that changes, old → new."""
    was, entry = line.was or line.entry, line.entry
    changes = [(c, *pair) for c, pair in _pairs(plan, was, entry, words).items() if _differ(pair)]
    empty = words.t(message("nothing"))
    texts = [
        words.labelled(header(column, words), f"{old or empty} → {new or empty}")
        for column, old, new in changes
    ]
    return _shown(line, plan, words, _joined(texts, words))


def unchanged_line(line: Line, plan: Plan, words: Language) -> Shown:
    """A figure that the record has already."""
    return _shown(line, plan, words, _value(plan, line.entry, words))


def outdated_line(line: Line, plan: Plan, words: Language) -> Shown:
    """A row that nobody edited, and what the record has in its place."""
    text = words.t("outdated: {value} was withdrawn since", value=_value(plan, line.entry, words))
    if line.was is not None:
        text = words.t(
            "outdated: the record has a later figure, {value}, no. {row}",
            value=_value(plan, line.was, words),
            row=line.was.row,
        )
    return _shown(line, plan, words, text)


def dispute_line(one: Dispute, plan: Plan, words: Language) -> Shown:
    """A row that somebody else was faster than: what the file would do to what stands."""
    told = changed_line if one.corrects else new_line
    return told(one.line, plan, words)


def dispute_sides(one: Dispute, plan: Plan, words: Language) -> Shown:
    """The same with all three figures in one line: base, theirs, the file's."""
    nothing = words.t("nothing recorded")
    seen = _entry(plan, one.base, words) if one.base is not None else nothing
    sides = [(words.t("The file was made from"), seen)]
    sides += [(words.t("Recorded meanwhile"), _entry(plan, e, words)) for e in one.theirs]
    sides.append((words.t("In the file"), _entry(plan, replace(one.line.entry, row=0), words)))
    text = _joined((words.labelled(label, told) for label, told in sides), words)
    return _shown(one.line, plan, words, text)


def doubt_line(entry: Observation, problem: Problem, plan: Plan, words: Language) -> Shown:
    """A row that would be saved and is to be looked at first, and why."""
    return _shown(Line(entry), plan, words, words.problem(problem))


def trouble(one: Trouble, words: Language) -> ShownTrouble:
    """What is wrong with one cell."""
    column = header(one.column, words) if one.column in HEADERS else ""
    return ShownTrouble(one.place, column, one.value, words.problem(one.problem))


def _joined(texts: Iterable[str], words: Language) -> str:
    return ("；" if words.code == "zh" else "; ").join(texts)


def _shown(line: Line, plan: Plan, words: Language, text: str) -> Shown:
    target = plan.by_id[line.entry.target]
    period = words.period(line.entry.period, plan.year)
    return Shown(str(line.entry.row), words.pick(target.name), period, text)


def _entry(plan: Plan, entry: Entry, words: Language) -> str:
    """A recorded figure, or a row of the file, with where it comes from."""
    phrasebook = Phrasebook(plan, words)
    return inline(phrasebook.value(entry), phrasebook.origin(entry))


def _value(plan: Plan, seen: Observation, words: Language) -> str:
    return Phrasebook(plan, words).actual(seen)


def _pairs(
    plan: Plan, was: Observation, entry: Observation, words: Language
) -> dict[str, tuple[str, str]]:
    """What can change, old and new; how exact a value is goes with the value."""
    return {
        "value": (_value(plan, was, words), _value(plan, entry, words)),
        "nature": (word(was.nature, words), word(entry.nature, words)),
        "source": (was.source, entry.source),
        "note": (was.note, entry.note),
    }


def _differ(pair: tuple[str, str]) -> bool:
    return pair[0] != pair[1]


def _ranges(numbers: Sequence[int]) -> str:
    """Row numbers, runs of them joined: 4–9, 12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
