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
from mubiao.exports.deck.page import DeckWriter
from mubiao.exports.deck.template import open_template
from mubiao.problems import Refused
from tests.briefings import july
from tests.sheets import changed

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
LAYOUT, CONTENT = "ppt/slideLayouts/slideLayout6.xml", "ppt/slideLayouts/slideLayout2.xml"
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


def with_content() -> bytes:
    """A file whose only layout to write on has a place for content too."""
    made = four_to_three()
    for layout in list(made.slide_layouts):
        if layout.name not in {"Title and Content", "Title Slide"}:
            made.slide_layouts.remove(layout)
    return saved(made)


def test_no_empty_place_is_left_on_a_slide() -> None:
    opened = filled(with_content())
    assert {slide.slide_layout.name for slide in opened.slides} == {"Title and Content"}
    assert all(place.text_frame.text for slide in opened.slides for place in slide.placeholders)


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


def template_with(part: str, before: bytes, more: bytes) -> bytes:
    """A file with more in one of its parts; beside it what does not compress, as pictures do."""
    content = saved(four_to_three())
    with ZipFile(BytesIO(content)) as archive:
        whole = archive.read(part).replace(before, more + before)
    noise = b"".join(sha256(str(at).encode()).digest() for at in range(len(whole) // 2000))
    return changed(content, {part: whole, "ppt/media/noise.png": noise})


def listed(part: str, kind: str, times: int) -> bytes:
    """A file whose list of slides, masters or layouts names its first one again and again."""
    with ZipFile(BytesIO(saved(four_to_three()))) as archive:
        name = re.search(rb"<p:%sId [^>]*(r:id=\S+?)/?>" % kind.encode(), archive.read(part))[1]
    return template_with(
        part, b"</p:%sIdLst>" % kind.encode(), b"<p:%sId %s/>" % (kind.encode(), name) * times
    )


def hidden_entity() -> bytes:
    """XML that says in UTF-7 what would be found in any other encoding."""
    with ZipFile(BytesIO(saved(four_to_three()))) as archive:
        xml = archive.read(LAYOUT).partition(b"?>")[2].decode()
    start = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE p [+ADwAIQ-ENTITY a "b">]>'
    return changed(saved(four_to_three()), {LAYOUT: start + xml.encode("utf-7")})


@pytest.mark.parametrize("number", ["-1", "4294967296", "1" * 30, "x", ""])
@pytest.mark.parametrize(
    ("part", "name"),
    [
        (CONTENT, 'idx="1"'),
        (CONTENT, 'idx="10"'),
        (CONTENT, 'id="2"'),
        ("ppt/slideMasters/slideMaster1.xml", 'idx="1"'),
        ("ppt/slideMasters/slideMaster1.xml", 'y="1600200"'),
        ("ppt/slideMasters/slideMaster1.xml", 'sz="4400"'),
        ("ppt/presentation.xml", 'cx="9144000"'),
    ],
)
def test_a_number_that_is_none_is_refused_as_the_file_is_opened(
    part: str, name: str, number: str
) -> None:
    content = with_content()
    with ZipFile(BytesIO(content)) as archive:
        whole = archive.read(part).decode()
    assert name in whole
    odd = whole.replace(name, f'{name.partition("=")[0]}="{number}"')
    template = changed(content, {part: odd.encode()})
    try:
        made, frame = open_template(template)
    except Refused as refusal:
        assert "damaged" in str(refusal) or "room" in str(refusal)  # noqa: PT017 - either is right
        return
    # What opens can be written on, whatever the number means.
    page = DeckWriter(made, frame, july("zh")).page("目标" * 30, ["Bureau"])
    page.notes(["n"])
    assert saved(made)


def test_the_trial_leaves_no_slide_in_the_file() -> None:
    made = open_template(saved(four_to_three()))[0]
    assert len(made.slides) == 0
    content = BytesIO()
    made.save(content)
    with ZipFile(content) as archive:
        assert not [
            name for name in archive.namelist() if "slides/" in name or "notesSlides/" in name
        ]


PRESENTATION, MASTER = "ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml"


@pytest.mark.parametrize("part", [LAYOUT, MASTER, "ppt/slides/slide1.xml", "docProps/core.xml"])
@pytest.mark.parametrize("node", [b"<p:sp/>", b"<!---->", b"<?a?>", b"<a b='' c='' d=''/>"])
def test_what_takes_the_library_minutes_is_refused_wherever_it_stands(
    part: str, node: bytes
) -> None:
    with ZipFile(BytesIO(saved(four_to_three()))) as archive:
        end = re.search(rb"</[\w:]+>\s*$", archive.read(part))[0]
    with pytest.raises(Refused, match="elements in its XML"):
        open_template(template_with(part, end, node * 1_000_000))


def test_relationships_count_for_more_than_other_elements() -> None:
    more = b'<Relationship Id="rIda%d" Type="urn:x" Target="slides/slide1.xml"/>'
    part, end = "ppt/_rels/presentation.xml.rels", b"</Relationships>"
    with pytest.raises(Refused, match="elements in its XML"):
        open_template(template_with(part, end, b"".join(more % at for at in range(20_000))))


def test_a_title_is_never_larger_than_the_format_allows() -> None:
    content = saved(four_to_three())
    with ZipFile(BytesIO(content)) as archive:
        master = archive.read(MASTER)
    for size in (b"9" * 20, b"-1"):
        changed_master = master.replace(b'sz="4400"', b'sz="%s"' % size)
        assert 1 <= open_template(changed(content, {MASTER: changed_master}))[1].title_size <= 4000


def test_a_slide_that_is_listed_often_is_taken_out_whole() -> None:
    made = open_template(listed(PRESENTATION, "sld", 20_000))[0]
    assert len(made.slides) == 0
    assert all(one.reltype != RT.SLIDE for one in made.part.rels.values())


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: listed(PRESENTATION, "sldMaster", 501), "500 layouts"),
        (lambda: listed(MASTER, "sldLayout", 501), "500 layouts"),
        (lambda: changed(saved(four_to_three()), {"ppt/theme/theme1.xml": b"<x/>"}), "damaged"),
        (hidden_entity, "encoding UTF-7"),
        (lambda: b"", "no PowerPoint file"),
        (lambda: b"%PDF-1.7", "no PowerPoint file"),
        (lambda: saved(four_to_three())[:5000], "no PowerPoint file"),
        (lambda: of_type(b"x"), "no PowerPoint file"),
        (lambda: changed(saved(four_to_three()), {"ppt/vbaProject.bin": b"x"}), "macros"),
        (lambda: of_type(b"presentation.macroEnabled.main+xml"), "macros"),
        (lambda: layout_with(b"<p:sp/>" * 4_000), "3000 shapes"),
        (lambda: layout_with(places(101)), "100 places"),
        (lambda: layout_with(before=b'<!DOCTYPE p [<!ENTITY a "b">]>'), "XML entities"),
        (lambda: layout_with(b" " * 9_000_000), "times its size"),
        (without_titles, "no layout"),
        (without_room, "no room"),
    ],
)
def test_an_unusable_template_is_refused_with_the_reason(make: object, expected: str) -> None:
    with pytest.raises(Refused, match=expected):
        deck([july("zh")], make())
