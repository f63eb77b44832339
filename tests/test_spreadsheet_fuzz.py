"""Whatever a file holds, reading it gives a table or a reasoned refusal, never anything else."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.exports.data.actuals import actuals_csv
from mubiao.exports.workbook.to_fill_in import workbook
from mubiao.i18n import CODES, Language, language
from mubiao.problems import Refused
from mubiao.proposal.row_texts import row_text, summary
from mubiao.spreadsheet import preview
from mubiao.spreadsheet.importing import Import
from mubiao.spreadsheet.table import read_table
from mubiao.wording.phrasebook import Phrasebook
from tests.samples import observation
from tests.sheets import GDP, HEAD, JOBS, PLAN, TODAY, actuals_xlsx, dry_run, xlsx

# openpyxl warns of what it passes over; with a damaged file that is no news.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

KNOWN = [
    observation("jobs", "2020", "261000", "2021-03-22", row=1),
    observation("gdp", "2020-H1", "-3.2", "2020-07-27", row=2),
]
TEXTS = (actuals_csv(KNOWN), actuals_csv(KNOWN).decode("utf-8-sig").encode("gb18030"))
BOOKS = (
    xlsx(HEAD, JOBS, GDP),
    actuals_xlsx(PLAN, KNOWN, language("zh")),
    workbook(Phrasebook(PLAN, language("en")), KNOWN, None),
)
PIECES = (
    *(b"<c", b"</c>", b'r="A1"', b'r="XFD1048576"', b'r="A99999999999"', b't="s"', b't="d"'),
    *(b"<v>", b"1e999", b"nan", b"-1", b"99999999999999999999", b"0", b"<f>", b"&lt;", b'"', b">"),
    *(b't="inlineStr"', b'<f t="array">', b's="99999"', b"=", b",", b"\n", b"\x00", b"\xff", b'""'),
    *(
        b"target",
        b"value",
        "数值".encode(),
        "28万".encode(),
        b"2020-13",
        b"'",
        b";",
        b"\t",
        b"_x0000_",
    ),
)


@st.composite
def spoilt(draw: st.DrawFn, content: bytes, most: int = 4) -> bytes:
    """Some bytes with a few places cut out, doubled, overwritten or filled with odd pieces."""
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        piece = draw(
            st.one_of(
                st.sampled_from(PIECES), st.binary(max_size=20), st.just(content[start:end] * 2)
            )
        )
        content = content[:start] + piece + content[end:]
    return content


@st.composite
def spoilt_books(draw: st.DrawFn) -> bytes:
    """A workbook that is a sound zip, some of its parts being spoilt or missing."""
    source = draw(st.sampled_from(BOOKS))
    out = io.BytesIO()
    with ZipFile(io.BytesIO(source)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        victims = draw(st.sets(st.sampled_from(names), min_size=1, max_size=2))
        gone = draw(st.integers(0, 9)) == 0
        for name in names:
            data = old.read(name)
            if name in victims:
                if gone:
                    continue
                data = draw(spoilt(data))
            new.writestr(name, data)
    return out.getvalue()


def answered(content: bytes, name: str) -> None:
    """Reads and tries a file, and says the outcome in both languages."""
    try:
        table = read_table(name, content)
    except Refused as refusal:
        reasons = [language(c).problem(p) for p in refusal.problems for c in CODES]
    else:
        reasons = ["read"]
        found = dry_run(table, PLAN, KNOWN, TODAY)
        for code in CODES:
            reasons += said(found, language(code))
    assert reasons
    assert all(reasons)


def said(found: Import, words: Language) -> list[str]:
    """Everything that is said of a dry run."""
    told = [summary(found, Phrasebook(PLAN, words)), *preview.remarks(found, words)]
    told += [one.texts(words)[-1] for one in found.troubles]
    told += [row_text(row, Phrasebook(PLAN, words)) for row in found.rows if row.figure]
    return told


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused(content: bytes) -> None:
    answered(content, "a.csv")
    answered(b"PK\x03\x04" + content, "a.xlsx")


@given(st.text(max_size=300))
def test_arbitrary_text_below_a_header_is_read_or_refused(text: str) -> None:
    head = "target,period,value,known_on,note\njobs,"
    answered((head + text).encode("utf-8", "surrogatepass"), "a.csv")


@given(st.sampled_from(TEXTS).flatmap(lambda text: spoilt(text, most=8)))
def test_a_spoilt_text_file_is_read_or_refused(content: bytes) -> None:
    answered(content, "a.csv")


@given(st.sampled_from(BOOKS).flatmap(spoilt))
def test_a_spoilt_zip_is_read_or_refused(content: bytes) -> None:
    answered(content, "a.xlsx")


@given(spoilt_books())
def test_a_workbook_with_spoilt_parts_is_read_or_refused(content: bytes) -> None:
    answered(content, "a.xlsx")
