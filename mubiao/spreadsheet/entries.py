"""The rows of a table as observations, with everything that is wrong with them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mubiao.i18n import CODES
from mubiao.model import Indicator, Observation, Plan, Qualifier
from mubiao.observation.draft import Draft, read_draft, unit_words
from mubiao.observation.values import ParsedFigure, parse_figure
from mubiao.period import Period
from mubiao.plain_text import folded, half_width
from mubiao.problems import Bilingual, Problem, Problems, Refused, excerpt, message
from mubiao.proposal.rows import Candidate
from mubiao.spreadsheet.cells import SHOWN, Mark
from mubiao.spreadsheet.choice_words import id_of
from mubiao.spreadsheet.columns import NAME, ROW, UNIT, is_total
from mubiao.spreadsheet.table import Table, TableRow

# Longer numbers are no row of any record.
_DIGITS = 15
_WHOLE_NUMBER = re.compile(r"[-+(]*\d+", re.ASCII)
_CURRENCY = re.compile("[¥￥]|RMB", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"[^%‰]*[\d)]", re.ASCII)
_ITS_REST = re.compile(r"\d+(\.\d+)?[%)]*", re.ASCII)


def targets_of(table: Table, plan: Plan) -> frozenset[str]:
    """The targets of the plan that the table names."""
    return frozenset(map(_reader(table, plan).target, table.rows)) & plan.indicators.keys()


def candidates(
    table: Table, plan: Plan, seen: Mapping[tuple[str, Period], int] | None = None
) -> Iterator[Candidate]:
    """A candidate for each row that says something, refused where anything is wrong with it.

    `seen` are the greatest rows that the person had seen, by target and period, None where nobody
    knows.
    """
    reader = _reader(table, plan)
    for row in table.rows:
        if says_nothing(row):
            continue
        target = reader.target(row)
        doubts = Problems((*_split(row, table.beside_value), *_unseen(row, table)))
        figure, problems = reader.figure(row, target, doubts)
        if figure is None or problems:
            yield Candidate(target, problems=tuple(problems), place=row.number)
            continue
        yield Candidate(
            target,
            figure,
            place=row.number,
            silent=_silent(row, figure, table),
            doubts=tuple(doubts),
            named=_number(row),
            seen=None if seen is None else seen.get((target, figure.period), 0),
        )


def says_nothing(row: TableRow) -> bool:
    """An empty value is nothing, unless a person has written something about it."""
    return not row.beyond and all(row.is_empty(name) for name in ("value", "qualifier", "note"))


def _reader(table: Table, plan: Plan) -> "_Reader":
    owners: dict[str, set[str]] = defaultdict(set)
    for target in plan.indicators.values():
        for name in (target.id, *(target.name[code] for code in CODES)):
            owners[folded(name)].add(target.id)
    return _Reader(table, plan, owners)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the rows of a table are read by; `owners` are the ids of the plan's targets by their ids
    and names in either language, folded.
    """

    table: Table
    plan: Plan
    owners: Mapping[str, set[str]]

    def target(self, row: TableRow) -> str:
        """The target that a row is about: by its id, or by a name that only one target has.

        What is neither is given back, so that a refusal quotes it.
        """
        text = half_width(row.text("target"))
        if text in self.plan.indicators:
            return text
        named = self.owners.get(folded(text), set())
        return next(iter(named)) if len(named) == 1 else row.text("target")

    def figure(
        self, row: TableRow, target: str, doubts: Problems
    ) -> tuple[Observation | None, Problems]:
        """What a row says, and what is wrong with it; of a faulty cell only its fault. What is to
        be confirmed about its reading is added to `doubts`.
        """
        problems = Problems(cell.fault for cell in row.cells.values() if cell.fault is not None)
        _check_beyond(row, problems)
        self._check_names(row, target, problems)
        faulty = {problem.field for problem in problems}
        if ROW not in faulty:
            _check_number(row, problems)
        try:
            draft = self._draft(row, target, doubts)
            # A file by the contract need not name a source, as a person at the form must.
            figure = read_draft(draft, self.plan, date.max, needs_source=False, doubts=doubts)
            problems += self._seen_otherwise(row, figure, doubts)
        except Refused as refusal:
            problems += [problem for problem in refusal.problems if problem.field not in faulty]
            return None, problems
        return figure, problems

    def _check_names(self, row: TableRow, target: str, problems: Problems) -> None:
        """A row that sums others up is no figure of a target, nor of a period; and a name beside
        the id that is another target's says that columns were sorted apart.
        """
        is_ours = target in self.plan.indicators
        for column in ("target", "period"):
            if is_total(row.text(column)) and not (column == "target" and is_ours):
                msgid = message(
                    "“{text}” sums up other rows; delete this row: totals are not recorded"
                )
                problems.add(column, msgid, text=excerpt(row.text(column)))
        named = self.owners.get(folded(row.text(NAME)), set())
        if is_ours and named and target not in named:
            msgid = message(
                "the name is that of {other}, the id is {target}; expected the same target"
            )
            problems.add(NAME, msgid, other=", ".join(sorted(named)), target=target)

    def _draft(self, row: TableRow, target_id: str, doubts: Problems) -> Draft:
        target = self.plan.indicators.get(target_id)
        value = row.text("value")
        if target is not None and target.is_milestone:
            value = id_of("value", value)
        elif target is not None:
            value = self._with_unit(row, target, doubts)
        return Draft(
            target=target_id,
            period=row.text("period"),
            value=value,
            qualifier=id_of("qualifier", row.text("qualifier")),
            nature=id_of("nature", row.text("nature")),
            known_on=row.text("known_on"),
            source=row.text("source"),
            note=row.text("note"),
        )

    def _with_unit(self, row: TableRow, target: Indicator, doubts: Problems) -> str:
        """A value with the unit that its row names where that is not the plan's: 万人 changes it.

        A unit that stands in the header alone is asked where it is another one.
        """
        header, value, typed = self.table.unit, row.text("value"), row.text(UNIT).strip()
        if typed:
            return value if self._is_ours(typed, target) else f"{value} {typed}"
        if not header or not value.strip() or self._is_ours(header, target):
            return value
        # Apart, so that digits of the header are no digits of the value.
        whole = f"{value} {header}"
        alone, scaled = (self._parsed(text, target) for text in (value, whole))
        if alone is None or not _NUMBER_ALONE.fullmatch(half_width(value)):
            return value
        if scaled is not None and scaled.value == alone.value:
            return value
        msgid = message(
            "the file says “{unit}”; the target is counted in {ours}, and {value} is read"
        )
        ours = self.plan.units.get(target.unit or "")
        reading = scaled or alone
        values = {"unit": excerpt(header), "ours": Bilingual(ours.zh, ours.en) if ours else ""}
        doubts.add("value", msgid, **values, value=format(reading.value, "f"))
        return value if scaled is None else whole

    def _seen_otherwise(
        self, row: TableRow, figure: Observation, doubts: Problems
    ) -> Iterator[Problem]:
        """The problem of a cell that shows another number than it holds; one that shows what is no
        number, or a rounded one, is asked.
        """
        cell = row.cells["value"]
        if not cell.display:
            return
        target = self.plan.indicators[figure.target]
        seen = self._parsed(_CURRENCY.sub("", cell.display), target)
        held = self._parsed(cell.text, target)
        if seen is not None and seen == held:
            return
        values = {"shown": excerpt(cell.display.strip()), "text": excerpt(cell.text)}
        if seen is None or held is None or _is_rounded(seen.value, held.value, cell.display):
            doubts.add("value", SHOWN, **values)
            return
        msgid = message(
            "the cell shows “{shown}”, but the number in it is {text}; type what is meant as a text"
        )
        yield Problem(msgid, values, field="value")

    def _is_ours(self, typed: str, target: Indicator) -> bool:
        unit = self.plan.units.get(target.unit or "")
        ours = {unit.zh, unit.en, unit.one, target.unit} if unit else {target.unit}
        return folded(typed) in {folded(text) for text in ours if text}

    def _parsed(self, text: str, target: Indicator) -> ParsedFigure | None:
        with suppress(Refused):
            return parse_figure(text, unit_words(self.plan, target))
        return None


def _check_beyond(row: TableRow, problems: Problems) -> None:
    """What stands beyond the header would be lost, and the value may be the half of a number."""
    if row.beyond:
        msgid = message(
            "the row has more cells than the header: {text}; a number or text with a comma in it "
            "needs quotation marks"
        )
        problems.add("", msgid, text=excerpt(", ".join(row.beyond)))


def _check_number(row: TableRow, problems: Problems) -> None:
    if half_width(row.text(ROW)) and _number(row) is None:
        msgid = message(
            "“{text}” is not the number of a recorded figure; expected the number as it was "
            "exported, or nothing"
        )
        problems.add(ROW, msgid, text=excerpt(row.text(ROW)))


def _unseen(row: TableRow, table: Table) -> Iterator[Problem]:
    """What a person who looks at the file sees otherwise, struck out, or not at all."""
    for cell in row.cells.values():
        yield from cell.doubts
    if row.is_hidden:
        yield Problem(message("the row is hidden in the file, by hand or by a filter"))
    for mark, msgid in (
        (Mark.STRUCK, message("struck out in the file: {cells}")),
        (Mark.HIDDEN, message("in a hidden column of the file: {cells}")),
        (Mark.COVERED, message("hidden under a merged cell of the file: {cells}")),
        (Mark.BLENDED, message("in the colour of its ground, unseen in the file: {cells}")),
    ):
        columns = [c for c, cell in row.cells.items() if mark in cell.marks and cell.text.strip()]
        if mark is Mark.HIDDEN:
            columns = [column for column in columns if column not in ("target", NAME, ROW)]
        if columns:
            yield Problem(msgid, {"cells": ", ".join(table.place(row.number, c) for c in columns)})


def _split(row: TableRow, beside: str) -> list[Problem]:
    """Where "150,000" or "4,9" stands without quotation marks, "000" or "9" becomes the note."""
    text = half_width(row.text(beside)) if beside in ("source", "note", NAME) else ""
    if not _ITS_REST.fullmatch(text) or not _WHOLE_NUMBER.fullmatch(half_width(row.text("value"))):
        return []
    msgid = message(
        "“{text}” after the value {value} may be the rest of a number with a comma in it, which "
        "needs quotation marks"
    )
    return [Problem(msgid, {"text": text, "value": excerpt(row.text("value"))}, field=beside)]


def _silent(row: TableRow, entry: Observation, table: Table) -> frozenset[str]:
    """What a row does not say: an empty cell of source, note and nature; how exact the value is
    only where there is no column for it, nor a word beside the value (an empty cell means exact).
    """
    silent = {name for name in ("source", "note", "nature") if row.is_empty(name)}
    if "qualifier" not in table.columns and entry.qualifier is Qualifier.EXACT:
        silent.add("qualifier")
    return frozenset(silent)


def _number(row: TableRow) -> int | None:
    """The recorded row that a row names: 0 where nothing was recorded, None where it says nothing
    (or what is no number).
    """
    text = half_width(row.text(ROW))
    is_number = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    return int(text) if is_number else None


def _is_rounded(seen: Decimal, held: Decimal, display: str) -> bool:
    """Whether what is shown is the number itself, with fewer digits."""
    digits = re.sub(r"[^\d.]", "", display)
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    plain = Decimal(digits or 0)
    scale = abs(seen) / plain if plain else Decimal(1)
    return abs(seen - held) <= step * scale / 2
