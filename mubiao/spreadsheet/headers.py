"""The header of a table: which column says what, in one line or two.

A table has a row a figure; or a column a period, or a column a target, whose cells are figures.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from mubiao.observation.periods import period_reading
from mubiao.period import YearSpan
from mubiao.problems import Problem, Problems, Refused, excerpt, message
from mubiao.spreadsheet.cells import Cell, Raw, cell_of
from mubiao.spreadsheet.columns import (
    NAME,
    NEEDED,
    PASSED_OVER,
    column_and_unit,
    is_either,
    is_total,
    named,
    unit_of,
)
from mubiao.spreadsheet.sheets import SheetRow

WITHIN = 10
# A number alone is a figure (4.9 is not 4 September), unless it begins with a year: 202004, 2020.4.
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?", re.ASCII)
_WITH_YEAR = re.compile(r"(?:19|20)\d{2}(?:\.?\d{1,2})?", re.ASCII)
_ANY_YEAR = YearSpan(date(2020, 1, 1))  # whether a text names a period does not depend on the year


@dataclass(frozen=True, slots=True)
class Header:
    """`line` is the last of its lines. `columns` are the contract's columns by position, `unknown`
    the headers of others, `width` the columns up to the last one that has a header. `unit` is what
    it says of the values' unit. In a table whose cells are figures `crossed` are the headers above
    them by position: periods or targets, as `across` says. One without a column of values cannot be
    read: `refuse_incomplete` says what it lacks.
    """

    line: int
    columns: Mapping[int, str]
    unknown: tuple[str, ...]
    width: int
    unit: str = ""
    across: str = ""
    crossed: Mapping[int, Cell] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        """Which of several headers is meant: the least. With a row a figure and its period, with
        cells that are figures, without a target or a period, without a value.
        """
        names = {*self.columns.values()}
        if self.across or "value" not in names:
            return 1 if self.across else 3
        return 0 if {"target", "period"} <= names else 2


_Texts = dict[int, Cell]


def header_of(rows: Sequence[SheetRow]) -> Header | None:
    """The likeliest header in the first rows of a sheet; None where there is none."""
    lines = [(row.number, _texts(row.cells)) for row in rows]
    units = [unit for _, texts in lines for each in texts.values() if (unit := unit_of(each.text))]
    for (_, texts), (_, below) in pairwise(lines):
        if 0 not in texts and 0 in below and len(texts) > 1 and _is_period(below[0].text):
            texts[0] = Cell("period")  # its corner is empty
    likely = [header for number, texts in lines for header in _headers(number, texts)]
    of_one_line = any(not header.rank for header in likely)
    for (_, upper), (number, lower) in pairwise(lines):
        likely.extend(
            header
            for header in _headers(number, _combined(upper, lower))
            if header.across or not of_one_line or _says_more(upper, lower)
        )
    # Of lines that name as much the first is the header; of two that say more, both are.
    best = max(likely, key=_likelihood, default=None)
    return best and replace(best, unit=best.unit or next(iter(units), ""))


def _headers(number: int, texts: _Texts) -> Iterator[Header]:
    header = _named(number, texts)
    names = {*header.columns.values()}
    crossed = _crossed(header, texts)
    if crossed:
        yield crossed
    if names & {"target", "period"} and ("value" in names or (not crossed and len(texts) > 1)):
        yield header


def _likelihood(header: Header) -> tuple[int, int, int, bool, int]:
    distinct = {cell.text for cell in header.crossed.values()}
    names = len(header.columns), bool(header.unit), len(header.unknown)
    return -header.rank, len(distinct), *names


def _texts(cells: Sequence[Raw | None]) -> _Texts:
    """What stands in a line, as it is read in a column of periods."""
    texts = ((at, cell_of(raw, "period")) for at, raw in enumerate(cells) if raw is not None)
    return {at: cell for at, cell in texts if cell.text.strip() and cell.fault is None}


def _combined(upper: _Texts, lower: _Texts) -> _Texts:
    """Two lines as one: what stands above several columns is that of each.

    A name of a column or a period in one of them stands; else both are read together: 2020年 above
    4月. Below a period 实际 is its actual, and 目标 is none.
    """
    texts: _Texts = {}
    for at in range(max((*upper, *lower), default=-1) + 1):
        above = next((upper[before] for before in range(at, -1, -1) if before in upper), Cell())
        below = lower.get(at)
        if below is None:
            if at in upper:
                texts[at] = upper[at]
            continue
        joined = Cell(f"{above.text.strip()}{below.text.strip()}")
        column = column_and_unit(upper[at].text)[0] if at in upper else ""
        is_below_period = _is_period(above.text)
        if is_below_period and column_and_unit(below.text)[0] == "value":
            texts[at] = above
        elif (
            (is_below_period and is_either(below.text))
            or column_and_unit(joined.text)[0]
            or _is_period(joined.text)
        ):
            texts[at] = joined
        elif column_and_unit(below.text)[0] or (_is_period(below.text) and column in ("", "value")):
            texts[at] = below
        elif at in upper:
            texts[at] = upper[at] if column else joined
        else:
            texts[at] = below
    return texts


def _says_more(upper: _Texts, lower: _Texts) -> bool:
    """Whether a line below a header names columns and units alone, and so is no row of figures."""
    return all(
        at in upper and column_and_unit(f"{upper[at].text.strip()}{cell.text.strip()}")[0]
        for at, cell in lower.items()
    )


def _named(number: int, texts: _Texts) -> Header:
    names = {at: column_and_unit(cell.text) for at, cell in texts.items()}
    columns = {at: column for at, (column, _) in names.items() if column}
    either = [at for at in columns if is_either(texts[at].text)]
    ids = [at for at, column in columns.items() if column == "target"]
    if NAME not in columns.values() and len(ids) == 2 and len(either) == 1:
        columns[either[0]] = NAME
    if not ids and (by_name := [at for at, column in columns.items() if column == NAME]):
        columns[by_name[0]] = "target"
    unit = next((unit for column, unit in names.values() if column == "value" and unit), "")
    unknown = tuple(
        excerpt(cell.text.strip())
        for at, cell in texts.items()
        if at not in columns and not _is_passed_over(cell.text)
    )
    return Header(number, columns, unknown, max(texts, default=-1) + 1, unit)


def _crossed(named: Header, texts: _Texts) -> Header | None:
    """The header of a table whose cells are figures: with a column a period, or a target."""
    columns = {**named.columns}
    others = {
        at: cell
        for at, cell in texts.items()
        if at not in columns and not _is_passed_over(cell.text)
    }
    periods = {at: cell for at, cell in others.items() if _is_period(cell.text)}
    if len(periods) > 1 and 0 not in texts and not {"target", "period"} & {*columns.values()}:
        columns[0] = "target"  # its corner is empty
    names = {*columns.values()}
    crossed: _Texts = {}
    if "target" in names and not names & {"value", "period"}:
        across, crossed = "period", periods
    elif "period" in names and not {"target", "value"} & names:
        across, crossed = "target", {at: c for at, c in others.items() if not is_total(c.text)}
    if not crossed:
        return None
    unknown = tuple(excerpt(c.text.strip()) for at, c in others.items() if at not in crossed)
    return replace(named, columns=columns, unknown=unknown, across=across, crossed=crossed)


def _is_passed_over(text: str) -> bool:
    return text.strip().casefold() in PASSED_OVER


def _is_period(text: str) -> bool:
    is_figure = _NUMBER.fullmatch(text.strip()) and not _WITH_YEAR.fullmatch(text.strip())
    return not is_figure and bool(period_reading(text, _ANY_YEAR).periods)


def refuse_incomplete(header: Header) -> None:
    """Raises Refused where columns are missing or named more than once, saying what to do."""
    columns = list(header.columns.values())
    if "replaces" in columns or "recorded_at" in columns:
        msgid = message(
            "this is the whole history, which cannot be imported; take the export of the actuals"
        )
        raise Refused([Problem(msgid, line=header.line)])
    if header.rank == 3:
        lacking = named(*(column for column in NEEDED if column not in columns))
        values = {"missing": lacking, "others": _some(header.unknown)}
        raise Refused([Problem(_NO_VALUES, values, line=header.line)])
    problems = Problems()
    given = {"period": ("period", "value"), "target": ("target", "value")}.get(header.across, ())
    for column in dict.fromkeys((*NEEDED, *columns)):
        count = columns.count(column)
        if count > 1:
            msgid = message("column “{name}” stands {count} times in the header; expected once")
            problems.add(column, msgid, name=named(column), count=str(count))
        elif not count and column in NEEDED and column not in given:
            above = [excerpt(cell.text.strip()) for cell in header.crossed.values()]
            missing = {"name": named(column), "crossed": _some(above)}
            problems.add(column, _MISSING[header.across], **missing)
    if problems:
        raise Refused(replace(problem, line=header.line) for problem in problems)


_NO_VALUES = message(
    "the header in this row lacks the columns: {missing}; it has others: {others}. Write one row "
    "for each figure, and what stands above it (this month, since January) as its period, as in "
    "the workbook to fill in"
)
_MISSING = {
    "": message("column “{name}” is missing; add it, as in the workbook to fill in"),
    "period": message(
        "a table with a column for each period ({crossed}) can be read, but its column “{name}” is "
        "missing; add it, filled in each row, or write one row for each figure, as in the workbook "
        "to fill in"
    ),
    "target": message(
        "a table with a column for each target ({crossed}) can be read, but its column “{name}” is "
        "missing; add it, filled in each row, or write one row for each figure, as in the workbook "
        "to fill in"
    ),
}


def _some(texts: Sequence[str]) -> str:
    return ", ".join(texts[:3]) + (", …" if len(texts) > 3 else "")
