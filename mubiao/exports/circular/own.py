"""Our own template of the notice: A4, set as official papers are, in real styles to restyle.

Titles in 宋体, headings in 黑体, text in 仿宋, in the sizes and margins that such papers have; each
style names a face for both scripts.
"""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row

LATIN = "Times New Roman"
SONG, HEI, FANGSONG = "宋体", "黑体", "仿宋"
_WIDTH, _HEIGHT = Mm(210), Mm(297)
_TOP, _BOTTOM, _LEFT, _RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
_ROOM = _WIDTH - _LEFT - _RIGHT
_BLACK = RGBColor(0, 0, 0)
_TEXT, _CELL = 16, 9
_NUMBERS = ("number", "silent", "behind")

Columns = Sequence[tuple[str, float]]
"""The columns of a table: the field of each, and its share of the width."""


@cache
def own_template(*, with_units: bool = True) -> bytes:
    """The template as a file, to restyle in Word; its annex may be without units."""
    made = docx.Document()
    _page(made)
    _styles(made)
    _body(made, with_units=with_units)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _page(made: Document) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    head.add_run("{{ title }}")
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot._p.append(number)  # noqa: SLF001 - python-docx has no word for it
    foot.add_run(" —")


def _styles(made: Document) -> None:
    plain = made.styles["Normal"]
    _faces(plain, FANGSONG, _TEXT)
    form = plain.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    form.space_before = form.space_after = Pt(0)
    for name, face, size in (("Title", SONG, 22), ("Subtitle", FANGSONG, 12)):
        style = made.styles[name]
        _faces(style, face, size, bold=name == "Title")
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
        style.paragraph_format.space_after = Pt(6 if name == "Title" else 16)
        for part in style.element.xpath("w:pPr/w:pBdr | w:rPr/w:spacing | w:rPr/w:kern"):
            part.getparent().remove(part)
    for name, face in (("Heading 1", HEI), ("Heading 2", HEI)):
        style = made.styles[name]
        _faces(style, face, _TEXT)
        style.paragraph_format.space_before = Pt(10)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.keep_with_next = True
    text = made.styles["Body Text"]
    _faces(text, FANGSONG, _TEXT)
    text.paragraph_format.first_line_indent = Pt(2 * _TEXT)
    text.paragraph_format.space_after = Pt(0)
    text.paragraph_format.widow_control = True
    for name, face, bold in (("Cell", FANGSONG, False), ("Cell head", HEI, False)):
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = plain
        _faces(style, face, _CELL, bold=bold)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    for name in ("Header", "Footer"):
        _faces(made.styles[name], SONG, 9 if name == "Header" else 14)
        made.styles[name].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _faces(style: ParagraphStyle, face: str, size: float, *, bold: bool = False) -> None:
    """A face for each script; the theme's, which these styles begin with, would go before them."""
    style.font.name, style.font.size = LATIN, Pt(size)
    style.font.bold, style.font.italic, style.font.color.rgb = bold, False, _BLACK
    faces = style.element.rPr.rFonts
    for name in [name for name in faces.attrib if "heme" in name]:
        del faces.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        faces.set(qn(script), LATIN)
    faces.set(qn("w:eastAsia"), face)


def _body(made: Document, *, with_units: bool) -> None:
    """The fields in the order of the notice, once for each language."""
    made.add_paragraph("{%p for notice in notices %}")
    made.add_paragraph("{{ notice.title }}", "Title")
    made.add_paragraph("{{ notice.subtitle }}", "Subtitle")
    made.add_paragraph("{{ notice.lead }}", "Body Text")
    made.add_paragraph("{{ notice.overall_head }}", "Heading 1")
    shares = (("progress", 0.3), ("number", 0.15), ("remark", 0.55))
    _rows(made, "counts", "count_columns", shares)
    made.add_paragraph("{{ notice.behind_head }}", "Heading 1")
    made.add_paragraph("{%p for row in notice.behind %}")
    made.add_paragraph("{{ row.heading }}", "Heading 2")
    for name in ("what", "rest", "units"):
        made.add_paragraph(f"{{%p if row.{name} %}}")
        made.add_paragraph(f"{{{{ row.{name} }}}}", "Body Text")
        made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")
    _none(made, "behind")
    made.add_paragraph("{{ notice.unreported_head }}", "Heading 1")
    made.add_paragraph("{%p if notice.unreported %}")
    units = (("name", 0.18), ("silent", 0.13), ("behind", 0.13), ("targets", 0.56))
    _rows(made, "unreported", "unreported_columns", units)
    made.add_paragraph("{%p endif %}")
    _none(made, "unreported")
    made.add_paragraph("{%p if notice.years %}")
    made.add_paragraph("{{ notice.years_head }}", "Heading 1")
    made.add_paragraph("{{ notice.years_lead }}", "Body Text")
    _rows(made, "years", "years_columns", (("name", 0.28), ("years", 0.72)))
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p for note in notice.notes %}")
    made.add_paragraph("{{ note }}", "Body Text")
    made.add_paragraph("{%p endfor %}")
    head = made.add_paragraph("{{ notice.annex_head }}", "Heading 1")
    head.paragraph_format.page_break_before = True
    _annex(made, with_units=with_units)
    made.add_paragraph("{%p if not loop.last %}")
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")


def _none(made: Document, part: str) -> None:
    made.add_paragraph(f"{{%p if not notice.{part} %}}")
    made.add_paragraph("{{ notice.none }}", "Body Text")
    made.add_paragraph("{%p endif %}")


def _rows(made: Document, part: str, heads: str, columns: Columns) -> None:
    table = _table(made, heads, columns)
    _tag(table, f"{{%tr for row in notice.{part} %}}")
    # Not kept on one page: a unit may owe half of the plan.
    _cells(table.add_row(), [f"{{{{ row.{name} }}}}" for name, _ in columns], "Cell", columns)
    _tag(table, "{%tr endfor %}")


def _annex(made: Document, *, with_units: bool) -> None:
    """A table of every target, with a heading over each part of the report."""
    shares = (0.07, 0.23, 0.22, 0.2, 0.15, 0.13) if with_units else (0.07, 0.28, 0.22, 0.2, 0.23)
    names = ("number", "name", "asks", "latest", "progress", "unit")
    columns = tuple(zip(names, shares, strict=False))
    table = _table(made, "annex_columns", columns)
    _tag(table, "{%tr for row in notice.annex %}")
    _tag(table, "{%tr if row.heads %}")
    heading = table.add_row()
    first = heading.cells[0].merge(heading.cells[-1])
    first.paragraphs[0].text, first.paragraphs[0].style = "{{ row.name }}", "Cell head"
    first.paragraphs[0].paragraph_format.keep_with_next = True
    _property(heading, "w:cantSplit")
    _tag(table, "{%tr else %}")
    row = table.add_row()
    _cells(row, [f"{{{{ row.{name} }}}}" for name, _ in columns], "Cell", columns)
    _property(row, "w:cantSplit")
    for tag in ("{%tr endif %}", "{%tr endfor %}"):
        _tag(table, tag)


def _table(made: Document, heads: str, columns: Columns) -> Table:
    """A table with its first row, which stands again on every page."""
    table: Table = made.add_table(1, len(columns), "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for place, (_, share) in enumerate(columns):
        table.columns[place].width = Length(int(_ROOM * share))
    texts = [f"{{{{ notice.{heads}[{place}] }}}}" for place in range(len(columns))]
    _cells(table.rows[0], texts, "Cell head", columns)
    _property(table.rows[0], "w:tblHeader")
    return table


def _cells(row: _Row, texts: Sequence[str], style: str, columns: Columns) -> None:
    for cell, text, (name, share) in zip(row.cells, texts, columns, strict=True):
        cell.width = Length(int(_ROOM * share))
        cell.paragraphs[0].text, cell.paragraphs[0].style = text, style
        if name in _NUMBERS:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _tag(table: Table, tag: str) -> None:
    """A row that only says what is done with the rows around it."""
    table.add_row().cells[0].paragraphs[0].text = tag


def _property(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - python-docx has no word for it
