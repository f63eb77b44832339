"""What a person sees of a workbook: hidden, struck out, raised; and files that are odd inside."""

import io
import re
from collections.abc import Callable
from datetime import date
from zipfile import ZipFile

import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import DataBarRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from mubiao.problems import Refused
from mubiao.spreadsheet import workbook_parts, workbook_rows
from mubiao.spreadsheet.table import read_table
from tests.sheets import GDP, HEAD, JOBS, changed, imported, wrong, xlsx

Edit = Callable[[Worksheet], None]


def doubts(edit: Edit) -> list[list[str]]:
    """What is to be confirmed about each row of an edited workbook because of its looks."""
    proposal = imported(xlsx(HEAD, GDP, JOBS, edit=edit))
    return [[problem.text for problem in row.candidate.doubts] for row in proposal.rows]


def struck_row(sheet: Worksheet) -> None:
    for cell in sheet[2][:3]:
        cell.font = Font(strike=True)


def filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:H3"
    sheet.row_dimensions[2].hidden = True


def narrow(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].height = 0.75


def white(sheet: Worksheet) -> None:
    sheet["C2"].font = Font(color="FFFFFFFF")


def grey_on_grey(sheet: Worksheet) -> None:
    sheet["C2"].font = Font(color="FFC0C0C0")
    sheet["C2"].fill = PatternFill("solid", fgColor="FFC0C0C0")


def white_on_blue(sheet: Worksheet) -> None:
    sheet["C2"].font = Font(color="FFFFFFFF")
    sheet["C2"].fill = PatternFill("solid", fgColor="FF0000C0")


def partly_white(sheet: Worksheet) -> None:
    sheet["C2"].value = rich("-3.2", ("5", {"color": "FFFFFFFF"}))


def white_heading(sheet: Worksheet) -> None:
    sheet["C1"].fill = PatternFill("solid", fgColor="FF0000C0")
    sheet["C1"].value = rich(
        ("va", {"color": "FFFFFFFF"}), ("lue", {"color": "FFFFFFFF", "b": True})
    )


def covered(sheet: Worksheet) -> None:
    sheet.merged_cells.add("B2:C2")  # what lies under it stays, as some programs leave it


def without_noughts(sheet: Worksheet) -> None:
    sheet["C2"] = 0
    sheet.sheet_view.showZeros = False


HIDDEN = "the row is hidden in the file, by hand or by a filter"


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (filtered, HIDDEN),
        (narrow, HIDDEN),
        (struck_row, "struck out in the file: A2, B2, C2"),
        (white, "in the colour of its ground, unseen in the file: C2"),
        (grey_on_grey, "in the colour of its ground, unseen in the file: C2"),
        (white_on_blue, None),
        (partly_white, "in the colour of its ground, unseen in the file: C2"),
        (white_heading, None),
        (covered, "hidden under a merged cell of the file: C2"),
        (without_noughts, "the cell shows “”; it holds 0, and that is read"),
    ],
)
def test_what_is_not_seen_or_struck_out_is_asked(edit: Edit, text: str | None) -> None:
    assert doubts(edit) == [[text] if text else [], []]


def test_a_hidden_column_is_asked_unless_a_name_stands_beside_it() -> None:
    def hidden(sheet: Worksheet) -> None:
        sheet.column_dimensions["A"].hidden = True
        sheet.column_dimensions["D"].hidden = True

    assert doubts(hidden) == [["in a hidden column of the file: D2"], []]


BY_CONDITION = "by a conditional format, “{}”, the cell may show something else than {}"


@pytest.mark.parametrize(
    ("form", "cells", "text"),
    [
        ("0.0%", "C2", BY_CONDITION.format("0.0%", "-3.2")),
        ('"预计"0', "A1 C1:D9", BY_CONDITION.format('"预计"0', "-3.2")),
        (";;;", "C1:C1048576", BY_CONDITION.format(";;;", "-3.2")),
        ("0.0%", "C3:C9 E2", None),
        ("0.0%", "A2:B2", None),
        ("0.0", "C2", None),
    ],
)
def test_a_conditional_format_that_may_show_another_figure_is_asked(
    form: str, cells: str, text: str | None
) -> None:
    def conditional(sheet: Worksheet) -> None:
        look = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=form))
        rule = Rule(type="cellIs", operator="lessThan", formula=["5"], dxf=look)
        sheet.conditional_formatting.add(cells, rule)
        sheet["C3"] = sheet["C3"].value

    (first, _) = doubts(conditional)
    assert first == ([] if text is None else [text])


def test_conditional_looks_without_a_format_are_not_asked_and_bars_without_values_are() -> None:
    def coloured(sheet: Worksheet) -> None:
        look = DifferentialStyle(font=Font(color="FF0000"))
        sheet.conditional_formatting.add("C2:C3", Rule(type="expression", formula=["1"], dxf=look))
        sheet.conditional_formatting.add("C2", DataBarRule("min", 0, "max", 9, "638EC6"))

    def barred(sheet: Worksheet) -> None:
        bar = DataBarRule("min", 0, "max", 9, "638EC6", showValue=False)
        sheet.conditional_formatting.add("C2", bar)

    assert doubts(coloured) == [[], []]
    assert doubts(barred) == [[BY_CONDITION.format(";;;", "-3.2")], []]


def test_a_rule_of_an_extension_is_one_too_and_more_than_can_be_told_apart_are_everywhere() -> None:
    rule = '<e:cfRule type="cellIs"><e:dxf><e:numFmt formatCode="0%"/></e:dxf></e:cfRule>'
    one = f"<e:conditionalFormatting>{rule}<f:sqref>{{}}</f:sqref></e:conditionalFormatting>"
    for cells, asked in (("C2", [1, 0]), ("Z9 " * 101, [2, 2]), ("?", [2, 2])):
        spaces = 'xmlns:e="e" xmlns:f="f"'
        extension = f"</sheetData><extLst {spaces}><ext>{one.format(cells)}</ext></extLst>"
        content = with_part("xl/worksheets/sheet1.xml", b"</sheetData>", extension.encode())(
            xlsx(HEAD, GDP, JOBS)
        )
        rows = imported(content).rows
        assert [len(row.candidate.doubts) for row in rows] == asked


def rich(*parts: str | tuple[str, dict[str, object]]) -> CellRichText:
    return CellRichText(
        *(one if isinstance(one, str) else TextBlock(InlineFont(**one[1]), one[0]) for one in parts)
    )


STRIKE, RAISED, LOWERED = {"strike": True}, {"vertAlign": "superscript"}, {"vertAlign": "subscript"}


@pytest.mark.parametrize(
    ("text", "column", "word"),
    [
        (rich("-3.2", ("1", RAISED)), "C", "superscript or subscript"),
        (rich("-3.2", ("1)", LOWERED)), "C", "superscript or subscript"),
        (rich(("-3.0", STRIKE), "-3.2"), "C", "a part of “-3.0-3.2” is struck out"),
        (rich("2020-H", ("2", STRIKE), "1"), "B", "is struck out"),
        (rich("2020-07-27", ("2", RAISED)), "F", "superscript or subscript"),
    ],
)
def test_a_part_that_looks_otherwise_refuses_a_figure(
    text: CellRichText, column: str, word: str
) -> None:
    def written(sheet: Worksheet) -> None:
        sheet[f"{column}2"].value = text

    [(place, _, reason)] = wrong(imported(xlsx(HEAD, GDP, edit=written)))
    assert (place, word in reason) == (f"{column}2", True)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (rich("局", ("1", RAISED)), True),
        (rich(("旧", STRIKE), "局"), True),
        (rich(("统计", {"b": True}), "局"), False),
        (rich(("统计", STRIKE), ("局", STRIKE)), True),
    ],
)
def test_a_part_that_looks_otherwise_is_asked_of_a_source(
    text: CellRichText, *, asks: bool
) -> None:
    def written(sheet: Worksheet) -> None:
        sheet["G2"].value = text

    assert [bool(each) for each in doubts(written)] == [asks, False]


def part(content: bytes, name: str) -> bytes:
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
PRINTER = (
    b'<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
    b'"http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist/>'
)
STRICT = (
    (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/s/m",
    ),
    (b"http://schemas.openxmlformats.org/officeDocument/2006", b"http://purl.oclc.org/ooxml/o"),
)


def strict(content: bytes) -> bytes:
    parts = {}
    for name in (SHEET, BOOK, STYLES, "xl/_rels/workbook.xml.rels", "_rels/.rels"):
        parts[name] = part(content, name)
        for old, new in STRICT:
            parts[name] = parts[name].replace(old, new)
    return changed(content, parts)


def backslashes(content: bytes) -> bytes:
    with ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return changed(
        content, {**dict.fromkeys(parts), **{n.replace("/", "\\"): d for n, d in parts.items()}}
    )


def without_addresses(content: bytes) -> bytes:
    return changed(content, {SHEET: re.sub(rb' r="[A-Z]*[0-9]+"', b"", part(content, SHEET))})


def with_part(name: str, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: changed(content, {name: part(content, name).replace(old, new)})


def with_parts(**parts: bytes | None) -> Callable[[bytes], bytes]:
    named = {f"{name.replace('__', '/')}.xml": data for name, data in parts.items()}
    return lambda content: changed(content, named)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(strict, id="strict"),
        pytest.param(backslashes, id="backslashes"),
        pytest.param(without_addresses, id="no addresses"),
        pytest.param(with_parts(xl__styles=None), id="no styles"),
        pytest.param(with_part(STYLES, b"<fills", b"<fills><fill/></fills><fills"), id="fills"),
        pytest.param(with_parts(docProps__core=b"<cp>no date</cp>"), id="properties"),
        pytest.param(with_parts(docProps__app=b"no XML"), id="properties of an app"),
        pytest.param(with_parts(xl__printerSettings__p=PRINTER), id="a Mac's printer"),
        pytest.param(with_parts(xl__theme__theme1=b"<broken"), id="theme"),
        pytest.param(with_part(SHEET, b"</sheetData>", b"</sheetData><x><y/></x>"), id="unknown"),
    ],
)
def test_what_is_not_used_cannot_make_a_workbook_unreadable(
    spoil: Callable[[bytes], bytes],
) -> None:
    row = ["gdp", "2020-H1", -3.2, "", "", "2020-07-27", "统计局", ""]
    assert read_values(spoil(xlsx(HEAD, row))) == [("gdp", "2020-H1", "-3.2", "2020-07-27")]


def read_values(content: bytes) -> list[tuple[str, ...]]:
    rows = read_table("a.xlsx", content).rows
    return [tuple(row.text(c) for c in ("target", "period", "value", "known_on")) for row in rows]


def built_in(number: int, since: int = 1900) -> bytes:
    """A workbook with 1 June 2020 as a period, in a format that the file names by number alone."""

    def counted(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0.000"
        sheet["B2"].value = (date(2020, 6, 1) - date(1899, 12, 30)).days - 1462 * (since == 1904)

    content = xlsx(HEAD, GDP, edit=counted)
    content = with_part(STYLES, b'numFmtId="165" fontId', b'numFmtId="%d" fontId' % number)(content)
    if since == 1904:
        content = with_part(BOOK, b"<workbookPr/>", b'<workbookPr date1904="1"/>')(content)
    return content


@pytest.mark.parametrize(
    ("number", "period"),
    [(17, "2020-06"), (27, "2020-06"), (57, "2020-06"), (31, "2020-06-01"), (14, "2020-06-01")],
)
@pytest.mark.parametrize("since", [1900, 1904])
def test_days_by_the_numbers_of_built_in_formats(number: int, period: str, since: int) -> None:
    [row] = read_table("a.xlsx", built_in(number, since)).rows
    doubts = [doubt.text for doubt in row.cells["period"].doubts]
    of_a_day = "the cell holds the day 2020-06-01; programs write so a whole month too, 2020-06"
    assert (row.text("period"), doubts) == (period, [of_a_day] if len(period) > 7 else [])


@pytest.mark.parametrize("number", [16, 28, 58])
def test_a_day_of_a_built_in_format_without_a_year_is_asked(number: int) -> None:
    [row] = read_table("a.xlsx", built_in(number)).rows
    assert "shows no year" in row.cells["period"].doubts[0].text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="3"', b'r="2"'),
        (b'r="A2"', b'r="?2"'),
        (b'<c r="A2" t="inlineStr">', b'<c r="A2" t="s"><v>9</v>'),
        (b"<v>-3.2", b"<v>x"),
        (b'<c r="A2"', b'<c r="A2" s="99"'),
    ],
)
def test_cells_that_point_nowhere_are_damage(old: bytes, new: bytes) -> None:
    content = xlsx(HEAD, GDP, JOBS)
    sheet = part(content, SHEET)
    assert old in sheet
    with pytest.raises(Refused, match="damaged"):
        read_table("a.xlsx", changed(content, {SHEET: sheet.replace(old, new)}))


def two_sheets() -> bytes:
    """A workbook whose texts are shared, as Excel writes them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for _ in range(2):
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, ["gdp", "2020-H1", 6.2, "", "", "2020-07-27"])
    return out.getvalue()


@pytest.mark.parametrize(
    ("module", "name", "most", "word"),
    [
        (workbook_rows, "MAX_SHEETS", 1, "2 sheets; expected at most 1"),
        (workbook_rows, "MAX_EVENTS", 50, "too much to be read"),
        (workbook_parts, "MAX_EVENTS", 20, "too much to be read"),
        (workbook_parts, "MAX_WHOLE", 100, "too much to be read"),
    ],
)
def test_more_than_can_be_read_at_once_is_refused(
    module: object, name: str, most: int, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, most)
    with pytest.raises(Refused, match=word):
        read_table("a.xlsx", two_sheets())


def test_a_text_of_line_breaks_is_read_to_where_nothing_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("mubiao.spreadsheet.sheets.MAX_BLANK", 20)
    text = "target,period,value,known_on\n" + "\n" * 30 + "gdp,2020,1,2021-01-20\n"
    table = read_table("a.csv", text.encode())
    assert (table.rows, table.ends_at) == ((), 21)


def test_a_format_longer_than_excel_takes_is_none_that_anybody_knows() -> None:
    content = xlsx(HEAD, GDP, edit=lambda sheet: setattr(sheet["C2"], "number_format", "0.000"))
    content = with_part(STYLES, b'"0.000"', b'"%s"' % (b"[0" * 200_000))(content)
    [row] = read_table("a.xlsx", content).rows
    assert "may show something else than -3.2" in row.cells["value"].doubts[0].text
