"""The whole record as files: every row with its save, every remark, texts as texts."""

import io
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from mubiao.exports.data.listing import COLUMNS, Listing, ListingRow, Value, as_csv
from mubiao.exports.data.whole_record import history, remarks
from mubiao.exports.workbook.tables import as_xlsx
from mubiao.i18n import language
from mubiao.model import Entry, Remark, Save, SaveKind, Status, Withdrawal
from mubiao.period import Period
from mubiao.problems import Refused
from mubiao.spreadsheet.cells import decoded
from mubiao.spreadsheet.table import read_table
from tests.samples import EN, observation
from tests.sheets import DANGEROUS, assert_text

HEAD = (
    *("row", "kind", "target", "period", "value", "qualifier", "nature", "known_on", "source"),
    *("note", "recorded_by", "recorded_at", "replaces", "save", "save_kind", "undoes"),
)
AT = datetime(2021, 3, 22, 8, 30, 15, tzinfo=UTC)
DAY = date(2021, 3, 22)
FIRST = replace(
    observation("jobs", "2020", "1", "2021-03-22", row=1),
    recorded_by="王", recorded_at=AT, save=1,
)  # fmt: skip
WITHDRAWAL = Withdrawal("jobs", 3, date(2021, 3, 23), "wrong", "李", AT, 4, 7)
HISTORY: tuple[Entry, ...] = (
    FIRST,
    replace(FIRST, row=2, value=Decimal(2), replaces=1, save=4),
    replace(FIRST, row=3, value=Decimal(1), replaces=2, save=6),
    WITHDRAWAL,
)


def save(number: int, kind: SaveKind, undoes: int | None = None) -> Save:
    """A save of the sample plan; nobody asks for its rows."""
    return Save(number, "sample-2020", f"t{number}", "王", AT, kind, (), undoes)


SAVES = (
    save(7, SaveKind.ENTRY),
    save(6, SaveKind.UNDO, 4),
    save(4, SaveKind.IMPORT),
    save(1, SaveKind.SEED),
)
COMMENTARY = Remark(
    "jobs", Period.parse("2020-H1"), "Hiring\nstopped.", DAY, None, None, "王", AT, 1
)
JUDGEMENT = replace(
    COMMENTARY, text="By hearsay.", status=Status.AT_RISK, until=date(2021, 6, 30), row=2
)
TAKEN_BACK = replace(COMMENTARY, text="", row=3, replaces=1, written_by="李")
REMARKS = (COMMENTARY, JUDGEMENT, TAKEN_BACK)


def history_csv() -> bytes:
    return as_csv(history(HISTORY, SAVES))


def remarks_csv() -> bytes:
    return as_csv(remarks(REMARKS))


def whole_xlsx(code: str) -> bytes:
    words = language(code)
    return as_xlsx([history(HISTORY, SAVES, words), remarks(REMARKS, words)], words)


def remarks_xlsx(code: str) -> bytes:
    return as_xlsx([remarks(REMARKS, language(code))], language(code))


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    """The cells of each sheet by its title."""
    book = load_workbook(io.BytesIO(content))
    return {s.title: [[cell.value for cell in row] for row in s.iter_rows()] for s in book}


def lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines()


def test_the_history_tells_who_did_what_when_and_how() -> None:
    at = "2021-03-22 08:30:15"
    assert lines(history_csv()) == [
        ",".join(HEAD),
        f"1,entry,jobs,2020,1,exact,final,2021-03-22,sample,,王,{at},,1,seed,",
        f"2,correction,jobs,2020,2,exact,final,2021-03-22,sample,,王,{at},1,4,import,",
        f"3,correction,jobs,2020,1,exact,final,2021-03-22,sample,,王,{at},2,6,undo,4",
        f"4,withdrawal,jobs,,,,,2021-03-23,,wrong,李,{at},3,7,entry,",
    ]


def test_the_remarks_tell_everything_that_was_ever_said() -> None:
    text = remarks_csv().decode("utf-8-sig")
    assert text == (
        "row,kind,target,period,status,text,until,day,written_by,written_at,replaces\n"
        '1,commentary,jobs,2020-H1,,"Hiring\nstopped.",,2021-03-22,王,2021-03-22 08:30:15,\n'
        "2,judgement,jobs,2020-H1,at_risk,By hearsay.,2021-06-30,2021-03-22,王,"
        "2021-03-22 08:30:15,\n"
        "3,withdrawal,jobs,2020-H1,,,,2021-03-22,李,2021-03-22 08:30:15,1\n"
    )


def test_moments_are_told_in_utc_wherever_they_come_from() -> None:
    shanghai = datetime.fromisoformat("2021-03-22T16:30:15+08:00")
    seen = [replace(FIRST, recorded_at=shanghai)]
    said = [replace(COMMENTARY, written_at=shanghai)]
    for listing in (history(seen, []), remarks(said)):
        assert b"2021-03-22 08:30:15" in as_csv(listing)


def test_a_file_begins_with_the_mark_of_utf_8() -> None:
    for content in (history_csv(), remarks_csv()):
        assert content.startswith(b"\xef\xbb\xbfrow,kind,target,period,")


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_workbook_has_the_rows_and_on_a_second_sheet_the_remarks(code: str) -> None:
    words = language(code)
    found = sheets(whole_xlsx(code))
    assert list(found) == [words.t("History"), words.t("Commentary")]
    head, *rows = found[words.t("History")]
    assert head[-2:] == [words.t("Kind of save"), words.t("Undoes save no.")]
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert [row[-3:] for row in rows] == [
        [1, words.t("start of the record"), None],
        [4, words.t("import"), None],
        [6, words.t("undo"), 4],
        [7, words.t("entry"), None],
    ]
    assert rows[1][1:5] == [words.t("correction"), "jobs", "2020", 2]
    _, *said = found[words.t("Commentary")]
    day, until = datetime(2021, 3, 22), datetime(2021, 6, 30)  # noqa: DTZ001 - as cells have them
    written = "2021-03-22 08:30:15"
    about: list[object] = ["jobs", "2020-H1"]
    hiring, hearsay, at_risk = "Hiring\nstopped.", "By hearsay.", words.t("at risk")
    assert said == [
        [1, words.t("commentary"), *about, None, hiring, None, day, "王", written, None],
        [2, words.t("own judgement"), *about, at_risk, hearsay, until, day, "王", written, None],
        [3, words.t("taken back"), *about, None, None, None, day, "李", written, 1],
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_remarks_alone_are_the_second_sheet_of_the_whole(code: str) -> None:
    whole = sheets(whole_xlsx(code))
    alone = sheets(remarks_xlsx(code))
    assert list(alone.items()) == list(whole.items())[1:]


def test_every_column_has_a_header_of_its_own_in_both_languages() -> None:
    for code in ("zh", "en"):
        for rows in sheets(whole_xlsx(code)).values():
            assert len(set(rows[0])) == len(rows[0])


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_begins_like_a_formula_leaves_as_text(text: str) -> None:
    figure = replace(FIRST, value=Decimal("-3.2"), source=text, note=text, recorded_by=text)
    entries: list[Entry] = [figure, replace(WITHDRAWAL, reason=text, recorded_by=text)]
    said = [replace(COMMENTARY, text=text, written_by=text), replace(JUDGEMENT, text=text)]
    words = language("en")
    texts = [as_csv(listing) for listing in (history(entries, []), remarks(said))]
    assert_text(text, texts, [as_xlsx([history(entries, [], words), remarks(said, words)], words)])


def test_a_remark_is_wrapped_where_it_stands() -> None:
    long = replace(COMMENTARY, text="就业" * 37)
    book = load_workbook(io.BytesIO(as_xlsx([remarks([*REMARKS, long], EN)], EN)))
    sheet = book.worksheets[0]
    cell = sheet["F2"]
    assert (cell.value, cell.alignment.wrap_text) == ("Hiring\nstopped.", True)
    # Two lines as written, one, none, and three of 72 columns.
    assert [sheet.row_dimensions[n].height for n in range(2, 6)] == [30, None, None, 45]


def test_no_file_of_the_whole_record_can_be_imported() -> None:
    for name, content in {
        "h.csv": history_csv(),
        "r.csv": remarks_csv(),
        "h.xlsx": whole_xlsx("zh"),
        "r.xlsx": remarks_xlsx("zh"),
    }.items():
        with pytest.raises(Refused):
            read_table(name, content)


class Noted(list[Value]):
    """A row that notes when it is read."""

    def __init__(self, number: int, read: list[int]) -> None:
        super().__init__([number])
        self.number, self.read = number, read

    def __iter__(self) -> Iterator[Value]:
        if self.number not in self.read:
            self.read.append(self.number)
        return super().__iter__()


def test_rows_are_asked_for_only_when_they_are_written() -> None:
    asked: list[int] = []
    read: list[int] = []

    def rows() -> Iterator[ListingRow]:
        for number in range(50):
            assert read == asked  # a list of all rows would ask for them before it reads one
            asked.append(number)
            yield Noted(number, read)

    as_xlsx([Listing("History", {"row": COLUMNS["row"]}, rows(), still=1)], language("en"))
    assert read == asked == list(range(50))


@pytest.mark.parametrize(
    ("count", "parts"), [(0, [0]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])]
)
def test_what_one_sheet_cannot_hold_goes_on_on_another(count: int, parts: list[int]) -> None:
    rows = ([number] for number in range(count))
    listing = Listing("History", {"row": COLUMNS["row"]}, rows, still=1)
    found = sheets(as_xlsx([listing], language("en"), most_rows=4))
    assert list(found) == ["History", "History 2", "History 3"][: len(parts)]
    assert [len(sheet) - 1 for sheet in found.values()] == parts
    assert [row[0] for sheet in found.values() for row in sheet[1:]] == list(range(count))
    assert all(sheet[0] == ["No."] for sheet in found.values())


@given(st.text())
@example("<r><t>bold</t></r>")
@example("<r></x><!-- & </r>")
@example("a_x005F_b\x0b\ufffe")
@settings(deadline=None, max_examples=50)
def test_every_text_stays_a_text_whatever_it_looks_like(text: str) -> None:
    listing = Listing("History", {"text": COLUMNS["text"], "row": COLUMNS["row"]}, [[text, 1]], 1)
    [[_, row]] = sheets(as_xlsx([listing], EN)).values()
    assert decoded(str(row[0] or "")) == text


def test_what_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> Iterator[ListingRow]:
        yield [1]
        raise Refused([])

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(Refused):
        as_xlsx([Listing("History", {"row": COLUMNS["row"]}, rows(), still=1)], EN)
    assert list(tmp_path.iterdir()) == []
