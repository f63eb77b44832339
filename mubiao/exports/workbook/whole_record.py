"""The whole record as files: every row with its save, and every remark, whatever stands now."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from mubiao.exports.workbook.listing import Listing, Row, Value, as_csv
from mubiao.i18n import Language
from mubiao.model import Entry, Observation, Remark, Save, Stage, Status, Withdrawal
from mubiao.observation.contract import COLUMNS
from mubiao.problems import message
from mubiao.spreadsheet import words
from mubiao.spreadsheet.columns import HEADERS
from mubiao.views.history import KINDS as SAVE_KINDS
from mubiao.wording.words import STATUS

_WHO = ("recorded_by", "recorded_at", "replaces", "save")
_HISTORY: Mapping[str, str] = {
    **{column: HEADERS[column] for column in ("row", "kind", *COLUMNS, *_WHO)},
    "save_kind": message("Kind of save"),
    "undoes": message("Undoes save no."),
}
_REMARKS: Mapping[str, str] = {
    **{column: HEADERS[column] for column in ("row", "kind", "target", "period")},
    "status": message("Own judgement"),
    "text": message("Text"),
    "until": message("Last day"),
    "day": message("Written on"),
    "written_by": message("Written by"),
    "written_at": message("Written at (UTC)"),
    "replaces": HEADERS["replaces"],
}
_KINDS = {
    "entry": message("new entry"),
    "correction": message("correction"),
    "withdrawal": message("withdrawal"),
}
_REMARK_KINDS = {
    "commentary": message("commentary"),
    "judgement": message("own judgement"),
    "withdrawal": message("taken back"),
}


def export_history(
    entries: Iterable[Entry], saves: Iterable[Save], *, for_excel: bool = True
) -> bytes:
    """Every row ever recorded as CSV, with who, when, what it replaced, and how it was saved.

    Columns: row, kind (entry, correction, withdrawal), those of the contract, recorded_by,
    recorded_at (UTC), replaces, save, save_kind (entry, import, undo, seed), undoes (the save that
    this one undid). A withdrawal's note is its reason. `saves` are all of the plan.
    """
    return as_csv(_HISTORY, _history(entries, saves, None), for_excel=for_excel)


def export_remarks(remarks: Iterable[Remark], *, for_excel: bool = True) -> bytes:
    """Every remark ever made as CSV, the replaced ones too.

    Columns: row, kind (commentary, judgement, withdrawal), target, period, status (of a judgement),
    text (of a judgement its reason), until (its last day), day, written_by, written_at (UTC),
    replaces (the remark that it replaces or, as a withdrawal, takes back).
    """
    return as_csv(_REMARKS, _remarks(remarks, None), for_excel=for_excel)


def export_history_xlsx(
    entries: Iterable[Entry], saves: Iterable[Save], remarks: Iterable[Remark], language: Language
) -> bytes:
    """The whole record as a workbook: the rows of `export_history`, and on a second sheet those of
    `export_remarks`.
    """
    from mubiao.exports.workbook.listbook import as_xlsx  # noqa: PLC0415 - slow to load, not for CSV

    rows = _history(entries, saves, language)
    history = Listing(message("History"), _HISTORY, rows, still=3)
    return as_xlsx([history, _remark_sheet(remarks, language)], language)


def export_remarks_xlsx(remarks: Iterable[Remark], language: Language) -> bytes:
    """Every remark ever made as a workbook; see `export_remarks`."""
    from mubiao.exports.workbook.listbook import as_xlsx  # noqa: PLC0415 - slow to load, not for CSV

    return as_xlsx([_remark_sheet(remarks, language)], language)


def _remark_sheet(remarks: Iterable[Remark], language: Language) -> Listing:
    return Listing(message("Commentary"), _REMARKS, _remarks(remarks, language), still=3)


def _history(
    entries: Iterable[Entry], saves: Iterable[Save], language: Language | None
) -> Iterator[Row]:
    """The rows of the history; with ids and plain texts where no language is given."""
    known = {save.id: save for save in saves}
    for entry in entries:
        save = known.get(entry.save or 0)
        kind = save.kind.value if save else ""
        named = language.t(SAVE_KINDS[kind]) if language and kind else kind
        yield [
            *_entry_cells(entry, language),
            *(entry.recorded_by, _moment(entry.recorded_at), entry.replaces, entry.save),
            *(named, save.undoes if save else None),
        ]


def _entry_cells(entry: Entry, language: Language | None) -> Row:
    if isinstance(entry, Withdrawal):
        kind, note = "withdrawal", "undone" if entry.reason is None else entry.reason
        told: list[Value] = ["", "", "", "", entry.known_on, ""]
    else:
        kind, note = "correction" if entry.replaces else "entry", entry.note
        told = [entry.period.text, *_figure(entry, language), entry.known_on, entry.source]
    return [entry.row, _named(_KINDS, kind, language), entry.target, *told, note]


def _figure(seen: Observation, language: Language | None) -> tuple[Value, Value, Value]:
    """Value, how exact, how settled."""
    value, qualifier, nature = seen.value, seen.qualifier, seen.nature
    if language is None:
        return value, qualifier.value, nature.value
    stage = words.word(value, language) if isinstance(value, Stage) else value
    return stage, words.word(qualifier, language), words.word(nature, language)


def _remarks(remarks: Iterable[Remark], language: Language | None) -> Iterator[Row]:
    for remark in remarks:
        kind = "commentary" if remark.status is None else "judgement"
        yield [
            *(remark.row, _named(_REMARK_KINDS, kind if remark.text else "withdrawal", language)),
            *(remark.target, remark.period.text),
            _judged(remark.status, language),
            *(remark.text, remark.until, remark.day, remark.written_by),
            *(_moment(remark.written_at), remark.replaces),
        ]


def _named(names: Mapping[str, str], kind: str, language: Language | None) -> str:
    name = names[kind]
    return kind if language is None else language.t(name)


def _judged(status: Status | None, language: Language | None) -> str:
    if status is None:
        return ""
    name = STATUS[status]
    return status.value if language is None else language.t(name)


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if at else ""
