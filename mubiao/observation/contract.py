"""Observations as files bring them (the CSV contract), and which of them stand on a day."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from mubiao.model import Entry, Observation, Plan, Stage
from mubiao.observation.draft import Draft, clean_text, read_draft
from mubiao.observation.values import half_width, shown
from mubiao.problems import Problem, Refused, message, refused

__all__ = [
    "COLUMNS",
    "Draft",
    "clean_text",
    "escaped",
    "read_csv",
    "read_draft",
    "standing",
    "unescaped",
    "write_csv",
]

COLUMNS = ("target", "period", "value", "qualifier", "nature", "known_on", "source", "note")

_PLAIN_DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
# A text that a spreadsheet would run, or one that reading would take for such an escaped text.
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def read_csv(
    text: str | bytes, plan: Plan, file: str, today: date
) -> tuple[list[Observation], list[Problem]]:
    """Read the CSV contract, strictly: UTF-8, exactly the columns of COLUMNS in any order, plain
    decimals and ids as the contract writes them.

    Returns the observations that are right, `row` being the line, and every problem with `file`
    and `line`; lines without any text are passed over.
    """
    problems: list[Problem] = []
    observations: list[Observation] = []
    rows = _csv_rows(text, problems)
    columns = rows[0][1] if rows else []
    usable = bool(rows) and _check_columns(columns, problems)
    for line, cells in rows[1:] if usable else []:
        if not any(cells):
            continue
        try:
            observations.append(replace(_read_cells(columns, cells, plan, today), row=line))
        except Refused as refusal:
            problems.extend(replace(problem, line=line) for problem in refusal.problems)
    return observations, [replace(problem, file=file) for problem in problems]


def write_csv(observations: Iterable[Observation]) -> str:
    """The observations by the CSV contract; reading them again gives the same ones.

    A source or note that begins like a formula gets an apostrophe, which reading takes off.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for seen in observations:
        value = seen.value if isinstance(seen.value, Stage) else format(seen.value, "f")
        writer.writerow(
            (
                *(seen.target, seen.period.text, str(value), seen.qualifier.value),
                *(seen.nature.value, seen.known_on.isoformat()),
                *(escaped(seen.source), escaped(seen.note)),
            )
        )
    return out.getvalue()


def standing(history: Iterable[Entry], as_of: date) -> list[Observation]:
    """The observations that stood on a day, in the order of recording.

    What became known later does not count. A correction or withdrawal hides, from its own
    `known_on` on, the row it replaces and all that this one replaced before it. The order of
    `history` does not matter; rows that replace others must come with those.
    """
    ordered = sorted(history, key=attrgetter("row"))
    known = [entry for entry in ordered if entry.known_on <= as_of]
    replaces = {entry.row: entry.replaces for entry in ordered}
    hidden: set[int] = set()
    for entry in known:
        replaced = entry.replaces
        while replaced is not None and replaced not in hidden:
            hidden.add(replaced)
            replaced = replaces.get(replaced)
    return [e for e in known if isinstance(e, Observation) and e.row not in hidden]


def _add(problems: list[Problem], field: str, text: str, /, **values: object) -> None:
    problems.append(Problem(text, values, field=field))


def _csv_rows(text: str | bytes, problems: list[Problem]) -> list[tuple[int, list[str]]]:
    """The rows with the line each begins on; an empty file has one row without cells."""
    try:
        content = text.decode("utf-8") if isinstance(text, bytes) else text
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        told = message("byte {byte} is not UTF-8; save the file as CSV in UTF-8")
        problems.append(Problem(told, {"byte": error.start}, line=line))
        return []
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        told = message("the line is not CSV ({reason}); check its quotation marks")
        problems.append(Problem(told, {"reason": str(error)}, line=line))
        return rows
    return rows or [(1, [])]


def _check_columns(columns: Sequence[str], problems: list[Problem]) -> bool:
    """Whether the header names each column of the contract once and no other."""
    before = len(problems)
    expected = ",".join(COLUMNS)
    for name in columns:
        if name not in COLUMNS:
            told = message("“{name}” is not a column; expected {expected}")
            values = {"name": shown(name), "expected": expected}
            problems.append(Problem(told, values, line=1, field=shown(name)))
    for name in COLUMNS:
        if columns.count(name) != 1:
            told = message("column {name} stands {count} times in the header; expected once")
            values = {"name": name, "count": str(columns.count(name))}
            problems.append(Problem(told, values, line=1, field=name))
    return len(problems) == before


def _read_cells(
    columns: Sequence[str], cells: Sequence[str], plan: Plan, today: date
) -> Observation:
    if len(cells) != len(columns):
        raise refused(
            message("the line has {count} cells; expected {expected}"),
            count=len(cells),
            expected=len(columns),
        )
    cell = dict(zip(columns, cells, strict=True))
    problems = _contract_problems(cell, plan)
    draft = Draft(**{**cell, "source": unescaped(cell["source"]), "note": unescaped(cell["note"])})
    try:
        observation = read_draft(draft, plan, today, needs_source=False)
    except Refused as refusal:
        told = {problem.field for problem in problems}
        problems += [problem for problem in refusal.problems if problem.field not in told]
    if problems:
        raise Refused(problems)
    return observation


def _contract_problems(cell: dict[str, str], plan: Plan) -> list[Problem]:
    """Where a cell is written as people write, not as the contract does."""
    problems: list[Problem] = []
    target = plan.by_id.get(cell["target"])
    value = cell["value"]
    wants_stage = target.is_milestone if target else value in list(Stage)
    if wants_stage and value not in list(Stage):
        told = message("“{text}” is not a stage; expected one of {expected}")
        _add(problems, "value", told, text=shown(value), expected=", ".join(Stage))
    elif not wants_stage and not _PLAIN_DECIMAL.fullmatch(value):
        told = message("“{text}” is not a plain decimal; expected one such as 280000 or -3.2")
        _add(problems, "value", told, text=shown(value))
    for name in ("target", "period", "qualifier", "nature", "known_on"):
        if cell[name] != half_width(cell[name]):
            told = message("“{text}” has spaces or full-width characters; expected “{expected}”")
            _add(problems, name, told, text=shown(cell[name]), expected=half_width(cell[name]))
    return problems


def escaped(text: str) -> str:
    """A text for a CSV file: one that a spreadsheet would run gets an apostrophe before it."""
    return "'" + text if _LIKE_A_FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` wrote."""
    return text[1:] if _ESCAPED.match(text) else text
