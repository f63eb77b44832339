"""The whole record: every row with its save, every remark and meeting, whatever stands now."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from mubiao.exports.data.listing import COLUMNS, Listing, ListingRow, Value
from mubiao.i18n import Language
from mubiao.model import Entry, Meeting, Nature, Qualifier, Remark, Save, Stage, Withdrawal
from mubiao.observation import contract
from mubiao.problems import message
from mubiao.spreadsheet import choice_words
from mubiao.store import Store
from mubiao.views.history import KINDS as SAVE_KINDS
from mubiao.views.history import MEETING_ACTS
from mubiao.wording.words import STATUS

_HISTORY = (
    *("row", "kind", *contract.COLUMNS, "recorded_by", "recorded_at", "replaces", "save"),
    *("save_kind", "undoes"),
)
_REMARKS = (
    *("row", "kind", "target", "period", "status", "text", "until", "day"),
    *("written_by", "written_at", "replaces"),
)
_MEETINGS = (
    *("row", "kind", "meeting", "meeting_name", "as_of", "recorded_by", "recorded_at", "reason"),
    *("last_row", "last_remark"),
)
_ENTRY_KINDS = {
    "entry": message("new entry"),
    "correction": message("correction"),
    "withdrawal": message("withdrawal"),
}
_REMARK_KINDS = {
    "commentary": message("commentary"),
    "judgement": message("own judgement"),
    "withdrawal": message("taken back"),
}


def history(
    entries: Iterable[Entry], saves: Iterable[Save], language: Language | None = None
) -> Listing:
    """Every row ever recorded, with who, when, what it replaced, and how it was saved.

    `undoes` is the save that this one undid; a withdrawal's note is its reason. `saves` are all of
    the plan. Without a language kinds and words are ids.
    """
    return Listing(
        message("History"),
        {column: COLUMNS[column] for column in _HISTORY},
        _history_rows(entries, {save.id: save for save in saves}, language),
        still=3,
    )


def history_of(store: Store, plan: str, language: Language | None = None) -> Listing:
    """The history of a plan's record."""
    # The saves after the rows: what is saved in between must not leave a row without its save.
    entries = store.history(plan)
    return history(entries, store.saves(plan), language)


def remarks(remarks: Iterable[Remark], language: Language | None = None) -> Listing:
    """Every remark ever made, the replaced ones too.

    `status` is that of a judgement and `until` its last day; `replaces` the remark that it replaces
    or, as a withdrawal, takes back. Without a language kinds and statuses are ids.
    """
    columns = {column: COLUMNS[column] for column in _REMARKS}
    return Listing(message("Commentary"), columns, _remark_rows(remarks, language), still=3)


def meetings(meetings: Iterable[Meeting], language: Language | None = None) -> Listing:
    """Every meeting ever held, and each time that one was taken back or put back.

    `reason` is that of taking it back, `last_row` and `last_remark` are the greatest that its room
    saw. Without a language kinds are ids.
    """
    acts = ((meeting, act) for meeting in meetings for act in meeting.acts)
    rows: list[ListingRow] = [
        [
            *(act.row, _named(MEETING_ACTS, act.kind, language), one.id, one.name, one.as_of),
            *(act.by, _moment(act.at), act.reason, one.rows, one.remarks),
        ]
        for one, act in sorted(acts, key=lambda pair: pair[1].row)
    ]
    return Listing(
        message("Meetings"), {column: COLUMNS[column] for column in _MEETINGS}, rows, still=4
    )


def everything(store: Store, plan: str, language: Language) -> list[Listing]:
    """The sheets of a workbook with all that was ever recorded of a plan."""
    return [
        history_of(store, plan, language),
        remarks(store.remarks(plan), language),
        meetings(store.all_meetings(plan), language),
    ]


def _history_rows(
    entries: Iterable[Entry], saves: Mapping[int, Save], language: Language | None
) -> Iterator[ListingRow]:
    for entry in entries:
        save = saves.get(entry.save or 0)
        yield [
            *_entry_cells(entry, language),
            *(entry.recorded_by, _moment(entry.recorded_at), entry.replaces, entry.save),
            _named(SAVE_KINDS, save.kind.value, language) if save else "",
            save.undoes if save else None,
        ]


def _entry_cells(entry: Entry, language: Language | None) -> ListingRow:
    if isinstance(entry, Withdrawal):
        kind, note = "withdrawal", "undone" if entry.reason is None else entry.reason
        cells: list[Value] = ["", "", "", "", entry.known_on, ""]
    else:
        kind, note = "correction" if entry.replaces else "entry", entry.note
        value = _word(entry.value, language) if isinstance(entry.value, Stage) else entry.value
        cells = [entry.period.text, value, _word(entry.qualifier, language)]
        cells += [_word(entry.nature, language), entry.known_on, entry.source]
    return [entry.row, _named(_ENTRY_KINDS, kind, language), entry.target, *cells, note]


def _remark_rows(remarks: Iterable[Remark], language: Language | None) -> Iterator[ListingRow]:
    statuses = {status.value: name for status, name in STATUS.items()}
    for remark in remarks:
        kind = "commentary" if remark.status is None else "judgement"
        yield [
            *(remark.row, _named(_REMARK_KINDS, kind if remark.text else "withdrawal", language)),
            *(remark.target, remark.period.text),
            _named(statuses, remark.status.value, language) if remark.status else "",
            *(remark.text, remark.until, remark.day, remark.written_by),
            *(_moment(remark.written_at), remark.replaces),
        ]


def _named(names: Mapping[str, str], kind: str, language: Language | None) -> str:
    return kind if language is None else language.t(names[kind])


def _word(value: Qualifier | Nature | Stage, language: Language | None) -> str:
    return value.value if language is None else choice_words.word(value, language)


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if at else ""
