from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import ImageFont
from pptx import Presentation

from mubiao.exports.deck import deck
from mubiao.exports.deck.drawing import Box, Paragraph, Run, height
from mubiao.exports.deck.single import LEAST, fitted, parted
from mubiao.exports.deck.tables import SlideColumn, SlideRow, cell, column_widths, split
from mubiao.text_metrics import BOLD, LINE, lines, width
from mubiao.views.briefing import Briefing
from tests.briefings import december, july

# Pillow's own face is at hand everywhere; it has no East Asian signs.
Make = Callable[[str], Briefing]
FACE = ImageFont.load_default(100)


def test_no_text_of_a_briefing_is_wider_in_a_real_face() -> None:
    rows = [s.row for made in (july("en"), december("en")) for s in made.subjects.values()]
    told = {text for row in rows for text in (row.name, row.asks, row.sentence, row.value)}
    assert len(told) > 300
    for text in told:
        latin = "".join(sign for sign in text if sign.isascii())
        assert FACE.getlength(latin) / 100 <= width(latin, 1), text


def test_an_east_asian_sign_is_as_wide_as_it_is_high() -> None:
    assert width("上半年，", 10) == 40


def test_bold_is_wider() -> None:
    assert width("actual", 10, bold=True) == pytest.approx(width("actual", 10) * BOLD)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("上半年为43", 30, ("上半年", "为43")),
        # A closing mark does not begin a line.
        ("上半年，为", 30, ("上半", "年，为")),
        ("one two", width("one two", 10) - 1, ("one ", "two")),
        ("abcdef", width("abcd", 10), ("abcd", "ef")),
        ("a\nb", 100, ("a", "b")),
        ("", 100, ("",)),
    ],
)
def test_lines_break_as_on_a_slide(text: str, room: float, expected: tuple[str, ...]) -> None:
    assert lines(text, 10, room) == expected


def test_all_of_a_text_is_in_its_lines() -> None:
    for subject in december("zh").subjects.values():
        assert "".join(lines(subject.row.sentence, 12, 150)) == subject.row.sentence


def paragraph(text: str, size: float = 18) -> Paragraph:
    return Paragraph((Run(text),), size)


def test_a_paragraph_is_as_high_as_its_lines() -> None:
    assert height([paragraph("上半年", 10), paragraph("年", 10)], 20) == pytest.approx(30 * LINE)


def test_text_is_made_smaller_only_as_far_as_it_can_be_read() -> None:
    told = [paragraph("上半年" * 200)]
    assert fitted(told, 400, 4000)[0].size == 18
    assert LEAST <= fitted(told, 400, 500)[0].size < 18
    assert fitted(told, 400, 10)[0].size == LEAST


def test_what_does_not_fit_goes_on_elsewhere_whole_and_in_order() -> None:
    told = [paragraph("一二三四五" * 60, 12), paragraph("end", 12)]
    first, others = Box(0, 0, 120, 100), Box(0, 0, 240, 100)
    found = list(parted(told, first, others))
    assert len(found) > 2
    assert "".join(p.text for part in found for p in part) == "一二三四五" * 60 + "end"
    for place, part in enumerate(found):
        box = others if place else first
        assert height(part, box.width) <= box.height


def row(number: int) -> SlideRow:
    return SlideRow(str(number), (cell((f"row {number}", 12, "")),))


def test_rows_are_spread_evenly_over_as_few_slides_as_hold_them() -> None:
    rows = [row(number) for number in range(13)]
    found = split(rows, lambda kept: len(kept) <= 12)
    assert [len(part) for part in found] == [7, 6]
    assert [line for part in found for line in part] == rows


def test_a_heading_stands_over_its_rows_on_every_slide() -> None:
    heading = SlideRow("", (cell(("Worse", 12, "")),))
    found = split([heading, *map(row, range(4))], lambda kept: len(kept) <= 3)
    assert [[line.id for line in part] for part in found] == [["", "0", "1"], ["", "2", "3"]]


def test_a_row_that_fits_nowhere_has_a_slide_of_its_own() -> None:
    assert len(split([row(1), row(2)], lambda _: False)) == 2


def test_a_column_keeps_its_least_width_and_the_others_share_the_rest() -> None:
    columns = (SlideColumn("", 3), SlideColumn("", 1, least=40), SlideColumn("", 1))
    assert column_widths(columns, 100) == [45, 40, 15]
    assert column_widths(columns, 500) == [300, 100, 100]


@pytest.mark.parametrize("make", [july, december])
def test_no_period_and_no_remark_on_a_figure_is_torn(make: Make) -> None:
    slides = Presentation(BytesIO(deck([make("zh")], appendix=True))).slides
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    texts = []
    for table in tables:
        head = [cell.text for cell in table.rows[0].cells]
        if "时期" not in head:
            continue
        place = head.index("时期")
        room = table.columns[place].width.pt - 12
        for row in list(table.rows)[1:]:
            for one in row.cells[place].text_frame.paragraphs:
                texts.append(one.text)
                size = one.runs[0].font.size.pt if one.runs else 0
                assert width(one.text, size) <= room, one.text
    assert {"提前达成", "逾期欠报"} & set(texts)
