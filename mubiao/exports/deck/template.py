"""A company's own template: opened, checked and emptied; and the layout to write on.

Its size, masters and theme stay as they are. Slides are made from the layout that has a title
and least besides; what is shown keeps to the place that the master gives to content.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any

from lxml.etree import LxmlError
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import SlideLayout, SlideMaster

from mubiao.archives import BROKEN_ZIP
from mubiao.exports.deck.design import EAST, begun, own
from mubiao.exports.deck.drawing import EMU, Box
from mubiao.exports.templates import Kind, as_document
from mubiao.problems import Refused, message, refused

# What python-pptx and lxml say of parts that break the format.
_BROKEN_XML = (SyntaxError, PythonPptxError, AttributeError, TypeError, LxmlError)
MAX_LAYOUTS, MAX_SHAPES, MAX_PLACES = 500, 3000, 100
_SIZE = "a:lvl1pPr/a:defRPr/@sz"
_NO_DECK = message("the template is no PowerPoint file or is damaged; expected .pptx or .potx")
_DECK = Kind(b"presentationml.presentation.main+xml", b"presentationml.template.main+xml", _NO_DECK)
_TITLES = (KIND.TITLE, KIND.CENTER_TITLE)
_LATENT = (KIND.DATE, KIND.FOOTER, KIND.SLIDE_NUMBER)
_MARGIN = 0.05
# Less than this, in points, holds no table that can be read.
_LEAST = (380.0, 200.0)


@dataclass(frozen=True, slots=True)
class SlideFrame:
    """Where a slide's parts go, in points, and how its texts are written.

    `footer` and `number` are the layout's own placeholders (index), None without; `latin` and
    `east` the faces, `dark` whether the ground is.
    """

    layout: SlideLayout
    title: Box
    title_size: float
    body: Box
    footer: int | None
    number: int | None
    east: str
    dark: bool


def open_template(content: bytes | None) -> tuple[Presentation, SlideFrame]:
    """An empty presentation to write into, ours or made from a template, and its frame.

    Raises Refused where the template is no presentation, has macros, or no layout to write on.
    """
    if content is None:
        made = own()
    else:
        with _readable():
            made = begun(BytesIO(as_document(content, _DECK)))
            _empty(made)
    with _readable():
        place = frame(made)
        if content is not None:
            _try(made, place.layout)
        return made, place


def _try(made: Presentation, layout: SlideLayout) -> None:
    """Write a slide with notes: some of a template's numbers are read only then, and refused."""
    slide = made.slides.add_slide(layout)
    for shape in slide.placeholders:
        str(shape.placeholder_format.idx)
    str(slide.notes_slide.notes_text_frame)
    _empty(made)


@contextmanager
def _readable() -> Iterator[None]:
    """Says of a file that breaks the format that it cannot be used."""
    try:
        yield
    except Refused:
        raise
    except (*BROKEN_ZIP, *_BROKEN_XML) as error:
        raise refused(_NO_DECK) from error


def _empty(made: Presentation) -> None:
    """Takes out the template's slides, and what names them: sections and custom shows."""
    # The part's own drop_rel() looks through the whole presentation for each.
    for name in set(made.element.xpath("p:sldIdLst/p:sldId/@r:id")):
        made.part.rels.pop(name)
    for node in made.element.xpath("p:sldIdLst/p:sldId | p:custShowLst | p:extLst"):
        node.getparent().remove(node)


def frame(made: Presentation) -> SlideFrame:
    """The layout to write on and the places on it; raises Refused where there is none."""
    layout = _layout(made)
    title = next(s for s in places(layout) if s.placeholder_format.type in _TITLES)
    width, height = (made.slide_width or 0) / EMU, (made.slide_height or 0) / EMU
    place = _box(title) or Box(_MARGIN * width, _MARGIN * height, (1 - 2 * _MARGIN) * width, 60)
    latent = {s.placeholder_format.type: s.placeholder_format.idx for s in places(layout)}
    theme = parse_xml(layout.slide_master.part.part_related_by(RT.THEME).blob)
    return SlideFrame(
        layout=layout,
        title=place,
        title_size=_title_size(layout, title),
        body=_content(layout, place, width, height),
        footer=latent.get(KIND.FOOTER),
        number=latent.get(KIND.SLIDE_NUMBER),
        # Where the theme leaves its East Asian face open, one that Chinese has.
        east="+mn-ea" if any(theme.xpath(".//a:minorFont/a:ea/@typeface")) else EAST,
        dark=_luminance(_ground(layout.slide_master.element, theme)) < 0.5,
    )


def _layout(made: Presentation) -> SlideLayout:
    """The layout with a title and the fewest other places; the earliest of several."""

    def kinds(layout: SlideLayout) -> list[KIND]:
        return [shape.placeholder_format.type for shape in places(layout)]

    def fitness(layout: SlideLayout) -> tuple[bool, int]:
        others = [kind for kind in kinds(layout) if kind not in (*_TITLES, *_LATENT)]
        # A cover has a centred title, and no room for a table.
        return KIND.CENTER_TITLE in kinds(layout), len(others)

    _refuse_crowded(made)
    layouts: list[SlideLayout] = [
        layout for master in made.slide_masters for layout in master.slide_layouts
    ]
    titled = [layout for layout in layouts if not set(_TITLES).isdisjoint(kinds(layout))]
    if not titled:
        raise refused(
            message("no layout of the template has a place for a title; add one and try again")
        )
    return min(titled, key=fitness)


def _refuse_crowded(made: Presentation) -> None:
    """Counted in the XML: python-pptx takes a tenth of a millisecond for each, at each slide."""
    # A file can name one layout any number of times.
    holders = list(islice(_holders(made), MAX_LAYOUTS + 1))
    if len(holders) > MAX_LAYOUTS:
        msgid = message("the template has more than {most} layouts; remove some")
        raise refused(msgid, most=MAX_LAYOUTS)
    if sum(len(each.element.xpath("p:cSld/p:spTree/*")) for each in holders) > MAX_SHAPES:
        msgid = message(
            "the template has more than {most} shapes in its layouts; remove some layouts"
        )
        raise refused(msgid, most=MAX_SHAPES)
    if any(len(each.element.xpath(".//p:ph")) > MAX_PLACES for each in holders):
        msgid = message(
            "a layout of the template has more than {most} places for content; remove some"
        )
        raise refused(msgid, most=MAX_PLACES)


def _holders(made: Presentation) -> Iterator[SlideLayout | SlideMaster]:
    for master in made.slide_masters:
        yield master
        yield from master.slide_layouts


def places(holder: SlideLayout | SlideMaster) -> list[BaseShape]:
    """The placeholders of a layout or a master."""
    return list(holder.placeholders)


def _box(shape: BaseShape) -> Box | None:
    """Where a placeholder stands, by itself or by its master; None where neither says so."""
    sides = (shape.left, shape.top, shape.width, shape.height)
    if any(side is None for side in sides):
        return None
    return Box(*(side / EMU for side in sides))


def _content(layout: SlideLayout, title: Box, width: float, height: float) -> Box:
    """The master's place for content; where it has none, what the title leaves."""
    bodies = (KIND.BODY, KIND.OBJECT)
    contents = [s for s in places(layout) if s.placeholder_format.type == KIND.OBJECT] or [
        s for s in places(layout.slide_master) if s.placeholder_format.type in bodies
    ]
    under = Box(title.left, title.bottom + 12, title.width, height * 0.93 - title.bottom - 12)
    for place in (_box(contents[0]) if contents else None, under):
        if place is None:
            continue
        left, top = max(place.left, 0), max(place.top, 0)
        room = Box(left, top, min(place.right, width) - left, min(place.bottom, height) - top)
        apart = room.top >= title.bottom - 1 or room.bottom <= title.top
        if apart and room.width >= _LEAST[0] and room.height >= _LEAST[1]:
            return room
    raise refused(
        message("the template leaves no room under the title; its content area is too small")
    )


def _title_size(layout: SlideLayout, title: BaseShape) -> float:
    """The size of a title, as the layout or its master sets it."""
    master = layout.slide_master
    inherited = [s for s in places(master) if s.placeholder_format.type == KIND.TITLE]
    elements = [shape.element for shape in (title, *inherited)]
    sizes = [size for one in elements for size in one.xpath(f".//a:lstStyle/{_SIZE}")]
    sizes += master.element.xpath(f".//p:titleStyle/{_SIZE}")
    # The format has no larger one; fitting a text to any size would not end.
    return min(max(int(sizes[0]), 100), 400_000) / 100 if sizes else 44.0


def _ground(master: Any, theme: Any) -> str:  # noqa: ANN401 - lxml ships no types
    """The colour of a master's ground, by itself or by its theme."""
    plain = master.xpath("p:cSld/p:bg//a:srgbClr/@val")
    if plain:
        return str(plain[0])
    name = next(iter(master.xpath("p:cSld/p:bg//a:schemeClr/@val")), "bg1")
    for mapped in master.xpath("p:clrMap"):
        name = mapped.get(name, name)
    colour = theme.find(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}/*")
    look: dict[str, str] = {} if colour is None else dict(colour.attrib)
    return look.get("lastClr") or look.get("val", "FFFFFF")


def _luminance(colour: str) -> float:
    """How light a colour of six hexadecimal digits is, from 0 to 1."""
    red, green, blue = bytes.fromhex(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
