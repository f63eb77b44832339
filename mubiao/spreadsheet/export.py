"""The record as files: what stands, for people and to import again; and every row ever."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from mubiao.i18n import Language
from mubiao.model import Entry, Observation, Plan, Stage, Withdrawal
from mubiao.observation.contract import COLUMNS, escaped, write_csv
from mubiao.problems import message
from mubiao.spreadsheet import book, words
from mubiao.spreadsheet.columns import NAME, UNIT, header

BOM = "\ufeff"
_COLUMNS = ("target", NAME, "period", "value", UNIT, *COLUMNS[3:])
_HISTORY = ("row", "kind", *COLUMNS, "recorded_by", "recorded_at", "replaces", "save")
_Value = str | int | date | Decimal | None


def export_csv(observations: Iterable[Observation], *, for_excel: bool = True) -> bytes:
    """The observations by the CSV contract, in UTF-8; with the mark that Excel knows it by."""
    return _bytes(write_csv(observations), for_excel)


def export_xlsx(plan: Plan, observations: Iterable[Observation], language: Language) -> bytes:
    """The observations as a workbook: target ids, real numbers and days, words in the language.

    Importing it again changes nothing.
    """
    rows = (_cells(plan, seen, language) for seen in observations)
    return _workbook(language.t(message("Actuals")), _COLUMNS, rows, language)


def export_history(entries: Iterable[Entry], *, for_excel: bool = True) -> bytes:
    """Every row ever recorded as CSV, with who, when, and what it replaced.

    Columns: row, kind (entry, correction, withdrawal), those of the contract, recorded_by,
    recorded_at (UTC), replaces, save. A withdrawal's note is its reason.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HISTORY)
    for entry in entries:
        writer.writerow([_text(cell) for cell in _history_cells(entry, None)])
    return _bytes(out.getvalue(), for_excel)


def export_history_xlsx(entries: Iterable[Entry], language: Language) -> bytes:
    """Every row ever recorded as a workbook; see `export_history`."""
    rows = (_history_cells(entry, language) for entry in entries)
    return _workbook(language.t(message("History")), _HISTORY, rows, language)


def _bytes(text: str, for_excel: bool) -> bytes:  # noqa: FBT001 - said by name where it is chosen
    return ((BOM if for_excel else "") + text).encode()


def _cells(plan: Plan, seen: Observation, language: Language) -> list[_Value]:
    # What was recorded under an earlier plan has no name in this one.
    target = plan.by_id.get(seen.target)
    name = language.pick(target.name) if target else ""
    unit = words.unit_of(plan, target, language) if target else ""
    value = words.word(seen.value, language) if isinstance(seen.value, Stage) else seen.value
    return [
        *(seen.target, name, seen.period.text, value, unit),
        *(words.word(seen.qualifier, language), words.word(seen.nature, language)),
        *(seen.known_on, seen.source, seen.note),
    ]


_KINDS = {
    "entry": message("new entry"),
    "correction": message("correction"),
    "withdrawal": message("withdrawal"),
}


def _history_cells(entry: Entry, language: Language | None) -> list[_Value]:
    """One row of the history; with ids and plain texts where no language is given."""
    withdrawn = isinstance(entry, Withdrawal)
    kind = "withdrawal" if withdrawn else "correction" if entry.replaces else "entry"
    at = entry.recorded_at.isoformat(sep=" ", timespec="seconds")[:19] if entry.recorded_at else ""
    told: list[_Value] = ["", "", "", "", entry.known_on, ""]
    if isinstance(entry, Observation):
        value, qualifier, nature = entry.value, entry.qualifier, entry.nature
        shown: list[_Value] = [value, qualifier, nature]
        if language is not None:
            stage = words.word(value, language) if isinstance(value, Stage) else value
            shown = [stage, words.word(qualifier, language), words.word(nature, language)]
        told = [entry.period.text, *shown, entry.known_on, entry.source]
    note = entry.reason if isinstance(entry, Withdrawal) else entry.note
    return [
        *(entry.row, language.t(_KINDS[kind]) if language else kind, entry.target, *told, note),
        *(entry.recorded_by, at, entry.replaces, entry.save),
    ]


def _text(value: _Value) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return format(value, "f")
        case str():
            return escaped(value)
        case _:
            return str(value)


def _workbook(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[_Value]], language: Language
) -> bytes:
    # Row by row onto the disk: a record may be large.
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "C2" if columns is _COLUMNS else "D2"
    book.widen(sheet, tuple(columns))
    book.print_wide(sheet, 1)
    face = book.font(language)
    heads = [WriteOnlyCell(sheet) for _ in columns]
    for cell, column in zip(heads, columns, strict=True):
        book.head(cell, header(column, language), language)
    sheet.append(heads)
    count = 1
    for values in rows:
        cells = [WriteOnlyCell(sheet) for _ in values]
        for cell, value in zip(cells, values, strict=True):
            cell.font = face
            cell.alignment = book.LEFT if isinstance(value, str) else book.RIGHT
            book.put(cell, value)
        sheet.append(cells)
        count += 1
    sheet.auto_filter.ref = f"A1:{book.letter(len(columns) - 1)}{count}"
    return book.saved(workbook)
