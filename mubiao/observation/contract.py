"""Observations as files bring them: the CSV contract, read strictly and written."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from mubiao.model import Observation, Plan, Stage
from mubiao.observation.draft import Draft, read_draft
from mubiao.period import EXAMPLES, YearSpan
from mubiao.plain_text import half_width
from mubiao.plan.textfile import csv_rows
from mubiao.problems import Problem, Problems, Refused, excerpt, message, refused

COLUMNS = ("target", "period", "value", "qualifier", "nature", "known_on", "source", "note")

_DAY = "2020-07-20"
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
    and `line`; empty lines are skipped.
    """
    problems = Problems()
    observations: list[Observation] = []
    rows: list[tuple[int, list[str]]] = []
    with problems.collected():
        rows.extend(csv_rows(_decoded(text)))
    if not rows and not problems:
        rows.append((1, []))  # an empty file lacks every column
    columns = rows[0][1] if rows else []
    header_problems = _column_problems(columns) if rows else []
    problems += header_problems
    for line, cells in [] if header_problems else rows[1:]:
        if not any(cells):
            continue
        try:
            observations.append(replace(_read_cells(columns, cells, plan, today), row=line))
        except Refused as refusal:
            problems += [replace(problem, line=line) for problem in refusal.problems]
    return observations, [replace(problem, file=file) for problem in problems]


def write_csv(observations: Iterable[Observation]) -> str:
    """The observations by the CSV contract; reading them again gives the same ones.

    A source or note that begins like a formula gets an apostrophe, which reading takes off.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for o in observations:
        value = o.value if isinstance(o.value, Stage) else format(o.value, "f")
        texts = (escaped(o.source), escaped(o.note))
        writer.writerow((o.target, o.period, value, o.qualifier, o.nature, o.known_on, *texts))
    return out.getvalue()


def escaped(text: str) -> str:
    """A text for a CSV file: one that a spreadsheet would run gets an apostrophe before it."""
    return "'" + text if _LIKE_A_FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` wrote."""
    return text[1:] if _ESCAPED.match(text) else text


def _decoded(text: str | bytes) -> str:
    try:
        content = text.decode("utf-8") if isinstance(text, bytes) else text
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        msgid = message("byte {byte} is not UTF-8; save the file as CSV in UTF-8")
        raise Refused([Problem(msgid, {"byte": error.start}, line=line)]) from error
    return content.removeprefix("\ufeff")


def _column_problems(columns: Sequence[str]) -> list[Problem]:
    """Where the header does not name each column of the contract once and no other."""
    problems = Problems()
    for name in map(excerpt, (name for name in columns if name not in COLUMNS)):
        msgid = message("“{name}” is not a column; expected {expected}")
        problems.add(name, msgid, name=name, expected=",".join(COLUMNS))
    for name in COLUMNS:
        if (count := columns.count(name)) != 1:
            msgid = message("column {name} stands {count} times in the header; expected once")
            problems.add(name, msgid, name=name, count=str(count))
    return [replace(problem, line=1) for problem in problems]


def _read_cells(
    columns: Sequence[str], cells: Sequence[str], plan: Plan, today: date
) -> Observation:
    if len(cells) != len(columns):
        msgid = message("the line has {count} cells; expected {expected}")
        raise refused(msgid, count=len(cells), expected=len(columns))
    cell = dict(zip(columns, cells, strict=True))
    problems = _contract_problems(cell, plan)
    draft = Draft(**{**cell, "source": unescaped(cell["source"]), "note": unescaped(cell["note"])})
    try:
        observation = read_draft(draft, plan, today, needs_source=False)
    except Refused as refusal:
        fields = {problem.field for problem in problems}
        problems += [problem for problem in refusal.problems if problem.field not in fields]
    problems.refuse()
    return observation


def _contract_problems(cell: dict[str, str], plan: Plan) -> Problems:
    """Where a cell is written as people write, not as the contract does."""
    problems = Problems()
    target = plan.indicators.get(cell["target"])
    value = cell["value"]
    wants_stage = target.is_milestone if target else value in list(Stage)
    if wants_stage and value not in list(Stage):
        msgid = message("“{text}” is not a stage; expected one of {expected}")
        problems.add("value", msgid, text=excerpt(value), expected=", ".join(Stage))
    elif not wants_stage and not _PLAIN_DECIMAL.fullmatch(value):
        msgid = message("“{text}” is not a plain decimal; expected one such as 280000 or -3.2")
        problems.add("value", msgid, text=excerpt(value))
    for name in ("target", "period", "qualifier", "nature", "known_on"):
        if cell[name] != (plain := half_width(cell[name])):
            msgid = message("“{text}” has spaces or full-width characters; expected “{expected}”")
            problems.add(name, msgid, text=excerpt(cell[name]), expected=plain)
    for name, form, expected in (("period", _is_period, EXAMPLES), ("known_on", _is_day, _DAY)):
        if half_width(cell[name]) and not form(half_width(cell[name]), plan.span):
            msgid = message("“{text}” is not written as the contract does: {expected}")
            problems.add(name, msgid, text=excerpt(cell[name]), expected=expected)
    return problems


def _is_period(text: str, year: YearSpan) -> bool:
    try:
        return bool(year.parse(text))
    except ValueError:
        return False


def _is_day(text: str, year: YearSpan) -> bool:
    return _is_period(text, year) and year.parse(text).is_day
