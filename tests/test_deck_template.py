import re
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Opened
from pptx.util import Pt

from mubiao.exports.deck import deck
from mubiao.exports.deck.template import open_template
from mubiao.problems import Refused
from tests.briefings import july
from tests.sheets import changed

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
LAYOUT = "ppt/slideLayouts/slideLayout6.xml"
UTF_7 = b'<?xml version="1.0" encoding="utf-7"?><a/>'
TYPES = "[Content_Types].xml"


def saved(made: Opened) -> bytes:
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def four_to_three() -> Opened:
    """python-pptx's own beginning, with a slide of its own."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[0])
    slide.shapes.title.text = "Old slide"
    return made


def branded() -> Opened:
    """Another size, dark, with faces of its own for both scripts."""
    made = four_to_three()
    made.slide_height = Pt(600)
    master = made.slide_master
    mapped = master.element.find(f"{P}clrMap")
    mapped.set("bg1", "dk1")
    mapped.set("tx1", "lt1")
    theme = master.part.part_related_by(RT.THEME)
    theme.blob = re.sub(b'<a:ea typeface=""/>', b'<a:ea typeface="SimSun"/>', theme.blob)
    return made


def of_type(main: bytes) -> bytes:
    """A file that calls itself something else than a presentation."""
    content = saved(four_to_three())
    with ZipFile(BytesIO(content)) as archive:
        types = archive.read(TYPES)
    return changed(content, {TYPES: types.replace(b"presentation.main+xml", main)})


def layout_with(shapes: bytes = b"", before: bytes = b"") -> bytes:
    """A file with more shapes in a layout, or something before the layout's first element."""
    content = saved(four_to_three())
    with ZipFile(BytesIO(content)) as archive:
        layout = archive.read(LAYOUT)
    layout = layout.replace(b"</p:spTree>", shapes + b"</p:spTree>")
    return changed(content, {LAYOUT: layout.replace(b"<p:sldLayout", before + b"<p:sldLayout")})


def filled(template: bytes) -> Opened:
    return Presentation(BytesIO(deck([july("zh")], template)))


def test_a_template_keeps_its_size_its_master_and_its_faces() -> None:
    template = branded()
    opened = filled(saved(template))
    assert (opened.slide_width, opened.slide_height) == (
        template.slide_width,
        template.slide_height,
    )
    theme = opened.slide_master.part.part_related_by(RT.THEME).blob
    assert theme == template.slide_master.part.part_related_by(RT.THEME).blob
    assert {slide.slide_layout.name for slide in opened.slides} == {"Title Only"}


def test_the_slides_of_a_template_are_taken_out() -> None:
    opened = filled(saved(four_to_three()))
    titles = [slide.shapes.title.text for slide in opened.slides]
    assert "Old slide" not in titles
    with ZipFile(BytesIO(deck([july("zh")], saved(four_to_three())))) as archive:
        slides = [name for name in archive.namelist() if re.match(r"ppt/slides/slide\d", name)]
        assert len(slides) == len(titles)


def test_sections_and_shows_that_name_old_slides_go_with_them() -> None:
    template = four_to_three()
    space = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    template.element.append(parse_xml(f'<p:extLst {space}><p:ext uri="{{521415D9}}"/></p:extLst>'))
    opened = filled(saved(template))
    assert opened.element.find(f"{P}extLst") is None


@pytest.mark.parametrize("make", [four_to_three, branded])
def test_nothing_leaves_a_slide_of_another_size(make: object) -> None:
    opened = filled(saved(make()))
    for slide in opened.slides:
        title = slide.shapes.title
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= opened.slide_width
            assert 0 <= shape.top <= shape.top + shape.height <= opened.slide_height
            if shape.shape_id != title.shape_id:
                assert shape.top >= title.top + title.height - 12700


def test_no_empty_place_is_left_on_a_slide() -> None:
    made = four_to_three()
    for layout in list(made.slide_layouts):
        if layout.name not in {"Title and Content", "Title Slide"}:
            made.slide_layouts.remove(layout)
    opened = filled(saved(made))
    assert {slide.slide_layout.name for slide in opened.slides} == {"Title and Content"}
    assert all(
        shape.has_chart or shape.has_table or shape.text_frame.text
        for slide in opened.slides
        for shape in slide.shapes
    )


def test_chinese_has_a_face_where_the_theme_names_none() -> None:
    for template, faces in (
        (four_to_three(), {"Microsoft YaHei"}),
        (branded(), {"+mn-ea", "+mj-ea"}),
    ):
        slides = filled(saved(template)).slides
        looks = (look for slide in slides for look in slide.element.iter(f"{A}ea"))
        assert {look.get("typeface") for look in looks} == faces


def test_on_a_dark_ground_a_status_is_light() -> None:
    assert open_template(saved(branded()))[1].dark
    assert not open_template(saved(four_to_three()))[1].dark
    assert not open_template(None)[1].dark


def test_a_potx_is_a_template_too() -> None:
    opened = filled(of_type(b"template.main+xml"))
    assert opened.part.content_type.endswith("presentation.main+xml")
    assert len(opened.slides) > 10


def places(count: int) -> bytes:
    """Shapes of a layout, each a place for content with an id that does not compress."""
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="{0}" name="{1}"/><p:cNvSpPr/><p:nvPr><p:ph type="obj" '
        'idx="{0}"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
    )
    names = (sha256(str(at).encode()).hexdigest() for at in range(count))
    return "".join(shape.format(at + 100, name) for at, name in enumerate(names)).encode()


def without_titles() -> bytes:
    made = four_to_three()
    for layout in made.slide_layouts:
        for shape in list(layout.placeholders):
            if shape.placeholder_format.idx == 0:
                shape.element.getparent().remove(shape.element)
    return saved(made)


def without_room() -> bytes:
    made = four_to_three()
    for shape in made.slide_master.placeholders:
        if shape.placeholder_format.idx == 0:
            shape.height = made.slide_height - shape.top
    return saved(made)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: b"", "no PowerPoint file"),
        (lambda: b"%PDF-1.7", "no PowerPoint file"),
        (lambda: saved(four_to_three())[:5000], "no PowerPoint file"),
        (lambda: of_type(b"x"), "no PowerPoint file"),
        (lambda: changed(saved(four_to_three()), {"ppt/vbaProject.bin": b"x"}), "macros"),
        (lambda: of_type(b"presentation.macroEnabled.main+xml"), "macros"),
        (lambda: layout_with(b"<p:sp/>" * 300_000), "3000 shapes"),
        (lambda: layout_with(places(101)), "100 places"),
        (lambda: layout_with(before=b'<!DOCTYPE p [<!ENTITY a "b">]>'), "XML entities"),
        (lambda: layout_with(b" " * 9_000_000), "times its size"),
        (lambda: layout_with(b"".join(b"<a:t%x/>" % at for at in range(1_000_001))), "elements"),
        (lambda: changed(saved(four_to_three()), {LAYOUT: UTF_7}), "utf-7"),
        (without_titles, "no layout"),
        (without_room, "no room"),
    ],
)
def test_an_unusable_template_is_refused_with_the_reason(make: object, expected: str) -> None:
    with pytest.raises(Refused, match=expected):
        deck([july("zh")], make())
