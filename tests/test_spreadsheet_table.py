"""Files as people bring them: what is read, what is refused, and with which word."""

import codecs
import io
import random
from collections.abc import Sequence
from datetime import date
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.problems import Refused
from mubiao.spreadsheet import refusals, sheets
from mubiao.spreadsheet.table import Table, read_table
from tests.sheets import GDP, HEAD, JOBS, changed, xlsx

CSV = "target,period,value,known_on,source\njobs,2020,26.1万,2021-03-22,北京日报\n"


def refusal(content: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(Refused) as caught:
        read_table(name, content)
    assert {problem.file for problem in caught.value.problems} == {name}
    return str(caught.value)


def texts(table: Table, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row.text(column) for column in columns) for row in table.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encode",
    [
        str.encode,
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("gb18030"),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16", "utf-16 big-endian"],
)
def test_text_is_read_in_every_coding_with_every_separator(encode: object, separator: str) -> None:
    table = read_table("a.csv", encode(CSV.replace(",", separator)))
    assert texts(table, "target", "value", "source") == [("jobs", "26.1万", "北京日报")]


@pytest.mark.parametrize(
    "head",
    [
        "target,period,value,known_on,source",
        "Target id,Period,Value,Known on,Source",
        "指标编号,时期,数值,公布日,来源",
        "指标,时期,数值,公布日*,来源",
        " TARGET ,Period , value,KNOWN_ON,Ｓｏｕｒｃｅ",
    ],
)
def test_columns_are_known_by_id_or_by_either_languages_header(head: str) -> None:
    table = read_table("a.csv", (head + "\njobs,2020,1,2021-03-22,x\n").encode())
    assert texts(table, "target", "period", "value", "known_on", "source") == [
        ("jobs", "2020", "1", "2021-03-22", "x")
    ]


def test_types_of_a_workbook_are_read_as_what_they_are() -> None:
    row = ["jobs", 2020, 0.038, "", "", date(2021, 3, 22), 12, None]

    def percent(sheet: Worksheet) -> None:
        sheet["C2"].number_format = "0.0%"

    table = read_table("a.xlsx", xlsx(HEAD, row, edit=percent))
    assert texts(table, "period", "value", "known_on", "source", "note") == [
        ("2020", "3.8%", "2021-03-22", "12", "")
    ]


def test_the_header_is_found_below_a_title_and_rows_keep_their_numbers() -> None:
    table = read_table("a.xlsx", xlsx(["Figures"], [], ["", ""], HEAD, JOBS, [], GDP))
    assert [row.number for row in table.rows] == [5, 7]
    assert table.place(7, "value") == "C7"
    table = read_table("a.csv", b"title\n\n" + CSV.encode())
    assert [row.number for row in table.rows] == [4]
    assert table.place(4, "value") == "4"


def test_a_header_after_the_tenth_row_is_not_looked_for() -> None:
    rows: list[Sequence[object]] = [["x"]] * 10
    assert "no row of the first 10" in refusal(xlsx(*rows, HEAD, JOBS))


def test_hidden_sheets_are_passed_over_and_further_ones_named() -> None:
    book = Workbook()
    names = ("secret", "notes", "January", "February")
    for name in names:
        sheet = book.create_sheet(name)
        if name != "notes":
            sheet.append(HEAD)
            sheet.append([name, *JOBS[1:]])
    book["secret"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    table = read_table("a.xlsx", out.getvalue())
    assert texts(table, "target") == [("January",)]
    assert (table.sheet, table.passed_over) == ("January", ("February",))


def test_unknown_columns_are_named_and_not_read() -> None:
    table = read_table("a.csv", CSV.replace("source", "source,Noet").encode())
    assert table.ignored == ("Noet",)


def test_a_million_formatted_empty_rows_take_no_time() -> None:
    def far(sheet: Worksheet) -> None:
        sheet.cell(1_048_576, 1).number_format = "0.00"
        sheet.cell(500_000, 2).value = ""

    table = read_table("a.xlsx", xlsx(HEAD, JOBS, edit=far))
    assert len(table.rows) == 1


def test_a_fully_formatted_sheet_ends_at_the_empty_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_BLANK", 20)

    def formatted(sheet: Worksheet) -> None:
        for number in range(3, 60):
            sheet.cell(number, 1).number_format = "0.00"
        sheet.cell(50, 1).value = "gdp"

    table = read_table("a.xlsx", xlsx(HEAD, JOBS, edit=formatted))
    assert texts(table, "target") == [("jobs",)]
    assert table.ends_at == 22


def test_merged_cells_keep_what_their_first_cell_says() -> None:
    def merged(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A3")

    table = read_table("a.xlsx", xlsx(HEAD, JOBS, GDP, edit=merged))
    assert texts(table, "target", "period") == [("jobs", "2020"), ("", "2020-H1")]


def test_a_line_that_tells_excel_the_separator_is_passed_over() -> None:
    table = read_table("a.csv", b"sep=;\r\n" + CSV.replace(",", ";").encode())
    assert [row.number for row in table.rows] == [3]


def test_line_breaks_in_quotation_marks_stay_and_lines_are_counted() -> None:
    text = (
        'target,period,value,known_on,note\ngdp,2020,1,2021-01-20,"a\nb"\njobs,2020,2,2021-01-20,\n'
    )
    table = read_table("a.csv", text.encode())
    assert [(row.number, row.text("note")) for row in table.rows] == [(2, "a\nb"), (4, "")]


def test_coded_characters_of_excel_are_decoded() -> None:
    content = xlsx(HEAD, [*JOBS[:-1], "a_x000D_\nb"])
    assert texts(read_table("a.xlsx", content), "note") == [("a\r\nb",)]


def test_a_formula_is_told_with_its_cell_and_a_text_like_one_is_a_text() -> None:
    def typed(sheet: Worksheet) -> None:
        sheet["C2"] = "=SUM(A1:A3)"
        sheet["G2"] = "=1+1"
        sheet["G2"].data_type = "s"

    [row] = read_table("a.xlsx", xlsx(HEAD, JOBS, edit=typed)).rows
    fault = row.cells["value"].fault
    assert "=SUM(A1:A3)" in fault.text
    assert row.cells["source"].fault is None
    assert row.text("source") == "=1+1"


def test_a_file_over_ten_megabytes_is_refused() -> None:
    assert "11 MB; expected at most 10 MB" in refusal(b"x" * (10 * 2**20 + 1))


def test_a_large_zip_is_refused_by_what_it_unpacks_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MAX_UNPACKED", 2**20)
    padding = random.Random(1).randbytes(2 * 2**20)  # noqa: S311 - no secret
    assert "unpacks to 2 MB" in refusal(changed(xlsx(HEAD, JOBS), {"a": padding}))


def test_more_rows_than_anybody_looks_through_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    assert "more than 3 rows" in refusal(xlsx(HEAD, JOBS, JOBS, JOBS))
    assert "more than 3 rows" in refusal((CSV + CSV[CSV.index("jobs") :] * 2).encode(), "a.csv")


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><sst>&b;</sst>'
STRINGS, SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"xl/bomb.xml": b"0" * 30_000_000}, "more than 100 times its size"),
        ({f"xl/{n}.xml": b"<a/>" for n in range(1001)}, "parts; expected at most 1000"),
        ({STRINGS: ENTITIES}, "defines XML entities"),
        ({STRINGS: ENTITIES.decode().encode("utf-16")}, "defines XML entities"),
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/macrosheets/sheet1.xml": b"x"}, "macros"),
        ({"xl/workbook.bin": b"x"}, "xlsb"),
        ({SHEET: b"<worksheet><row"}, "damaged"),
        ({"xl/workbook.xml": None}, "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_workbook_with_such_parts_is_refused(parts: dict[str, bytes | None], word: str) -> None:
    assert word in refusal(changed(xlsx(HEAD, JOBS), parts))


def test_what_ends_in_xlsm_is_refused_and_half_a_workbook() -> None:
    assert "macros" in refusal(xlsx(HEAD, JOBS), "a.XLSM")
    assert "damaged" in refusal(xlsx(HEAD, JOBS)[:2000])


def test_a_workbook_that_calls_itself_one_with_macros_is_refused() -> None:
    content = xlsx(HEAD, JOBS)
    with ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml")
    told = types.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    assert "macros" in refusal(changed(content, {"[Content_Types].xml": told}))


OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "old workbook (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"<html><table>", "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "web page or XML"),
        (b"PK\x03\x04 no zip", "damaged"),
        (b"a,b\n1,2\n", "no row of the first 10"),
        (b"target,value\n\xff\xff,\xfe", "neither UTF-8 nor GB18030"),
        ("target,period\n数值,1\n".encode("utf-16-le"), "encoding is not known"),
        ("指标,时期,数值\n".encode("utf-16-be"), "save it as UTF-8"),
        (b"\xff\xfea", "neither UTF-8 nor GB18030"),
        (b'target,period,value,known_on\n"a"b,c,d,e\n', "not CSV"),
        (b"target,value\na,1\n", "column “Period” is missing; add it"),
        (b"target,period,value,value,known_on\n", "column “Value” stands 2 times"),
        (b"row,kind,target,period,value,known_on,recorded_at,replaces\n", "whole history"),
    ],
)
def test_what_is_no_table_of_figures_is_refused_with_its_word(content: bytes, word: str) -> None:
    assert word in refusal(content)


def test_other_zip_files_are_told_apart() -> None:
    def zipped(**parts: bytes) -> bytes:
        out = io.BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name.replace("_", "."), data)
        return out.getvalue()

    assert "no workbook" in refusal(zipped(a_txt=b"x"))
    assert "OpenDocument" in refusal(zipped(mimetype=b"x", content_xml=b"x"))


def test_an_unusual_compression_is_refused() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_BZIP2) as archive:
        archive.writestr("[Content_Types].xml", b"<a/>")
    assert "damaged" in refusal(out.getvalue())


def test_a_workbook_of_hidden_sheets_only_is_refused() -> None:
    book = load_workbook(io.BytesIO(xlsx(HEAD, JOBS)))
    book.create_sheet("other")
    for sheet in book.worksheets:
        sheet.sheet_state = "visible"
    out = io.BytesIO()
    book.save(out)
    content = out.getvalue()
    with ZipFile(io.BytesIO(content)) as archive:
        told = archive.read("xl/workbook.xml").replace(b'state="visible"', b'state="hidden"')
    assert "no visible sheet" in refusal(changed(content, {"xl/workbook.xml": told}))
