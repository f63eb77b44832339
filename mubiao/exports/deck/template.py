"""A company's own template: opened, checked and emptied; and the layout to write on.

Its size, masters and theme stay as they are. Slides are made from the layout that has a title
and least besides; what is shown keeps to the place that the master gives to content.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import SlideLayout, SlideMaster

from mubiao.exports.deck.design import EAST, begun, own
from mubiao.exports.deck.drawing import EMU, Box
from mubiao.problems import Refused, message, refused
from mubiao.spreadsheet.refusals import BROKEN_ZIP

MAX_UNPACKED = 200 * 1024 * 1024
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MAIN = b"presentationml.presentation.main+xml"
_TEMPLATE = b"presentationml.template.main+xml"
_MACROS = b"macroEnabled"
_TYPES = "[Content_Types].xml"
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
            made = begun(BytesIO(_as_presentation(content)))
            _empty(made)
    with _readable():
        return made, frame(made)


@contextmanager
def _readable() -> Iterator[None]:
    """Says of a file that breaks the format that it cannot be used."""
    try:
        yield
    except Refused:
        raise
    except (*BROKEN_ZIP, SyntaxError, PythonPptxError, AttributeError, zlib.error) as error:
        raise _no_template() from error


def _no_template() -> Refused:
    return refused(
        message("the template is no PowerPoint file or is damaged; expected .pptx or .potx")
    )


def _as_presentation(content: bytes) -> bytes:
    """The file as a presentation: a .potx differs from a .pptx in one word."""
    with ZipFile(BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
            most = MAX_UNPACKED // 2**20
            raise refused(message("the template unpacks to more than {most} MB"), most=most)
        types = archive.read(_TYPES)
        names = archive.namelist()
        if _MACROS in types or any(name.lower().endswith("vbaproject.bin") for name in names):
            raise refused(message("the template has macros; save it as .pptx or .potx first"))
        if _MAIN not in types and _TEMPLATE not in types:
            raise _no_template()
        if _TEMPLATE not in types:
            return content
        changed = BytesIO()
        with ZipFile(changed, "w", ZIP_DEFLATED) as copy:
            for name in names:
                part = archive.read(name)
                copy.writestr(name, part.replace(_TEMPLATE, _MAIN) if name == _TYPES else part)
        return changed.getvalue()


def _empty(made: Presentation) -> None:
    """Takes out the template's slides, and what names them: sections and custom shows."""
    listed = made.slides._sldIdLst  # noqa: SLF001 - python-pptx offers no way to remove a slide
    for slide in list(listed):
        made.part.drop_rel(slide.rId)
        listed.remove(slide)
    for name in ("custShowLst", "extLst"):
        for node in made.element.findall(f"{_P}{name}"):
            made.element.remove(node)


def frame(made: Presentation) -> SlideFrame:
    """The layout to write on and the places on it; raises Refused where there is none."""
    layout = _layout(made)
    title = next(s for s in places(layout) if s.placeholder_format.type in _TITLES)
    width, height = (made.slide_width or 0) / EMU, (made.slide_height or 0) / EMU
    place = _box(title) or Box(_MARGIN * width, _MARGIN * height, (1 - 2 * _MARGIN) * width, 60)
    content = _content(layout, place, width, height)
    latent = {s.placeholder_format.type: s.placeholder_format.idx for s in places(layout)}
    return SlideFrame(
        layout=layout,
        title=place,
        title_size=_title_size(layout, title),
        body=content,
        footer=latent.get(KIND.FOOTER),
        number=latent.get(KIND.SLIDE_NUMBER),
        east=_east(layout),
        dark=_is_dark(layout),
    )


def _layout(made: Presentation) -> SlideLayout:
    """The layout with a title and the fewest other places; the earliest of several."""
    candidates: list[tuple[tuple[bool, int], int, SlideLayout]] = []
    for master in made.slide_masters:
        for layout in master.slide_layouts:
            kinds = [shape.placeholder_format.type for shape in places(layout)]
            if any(kind in _TITLES for kind in kinds):
                others = [kind for kind in kinds if kind not in (*_TITLES, *_LATENT)]
                centred = KIND.CENTER_TITLE in kinds  # a cover, with no room for a table
                candidates.append(((centred, len(others)), len(candidates), layout))
    if not candidates:
        raise refused(
            message("no layout of the template has a place for a title; add one and try again")
        )
    return min(candidates)[2]


def places(holder: SlideLayout | SlideMaster) -> list[BaseShape]:
    """The placeholders of a layout or a master."""
    return [shape for shape in holder.shapes if shape.is_placeholder]


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
    first, look = f"{_A}lvl1pPr/{_A}defRPr", f".//{_A}lstStyle"
    nodes = [shape.element.find(f"{look}/{first}") for shape in (title, *inherited)]
    nodes.append(master.element.find(f".//{_P}titleStyle/{first}"))
    sizes = [node.get("sz") for node in nodes if node is not None and node.get("sz")]
    return int(sizes[0]) / 100 if sizes else 44.0


def _east(layout: SlideLayout) -> str:
    """The theme's East Asian face; where the theme leaves it open, one that Chinese has."""
    face = _theme(layout).find(f".//{_A}minorFont/{_A}ea")
    return "+mn-ea" if face is not None and face.get("typeface") else EAST


def _is_dark(layout: SlideLayout) -> bool:
    """Whether the master's ground is a dark colour of the theme."""
    master = layout.slide_master.element
    mapped = master.find(f"{_P}clrMap")
    names = dict(mapped.attrib) if mapped is not None else {}
    ground = master.find(f"{_P}cSld/{_P}bg")
    plain = ground.find(f".//{_A}srgbClr") if ground is not None else None
    if plain is not None:
        return _luminance(plain.get("val", "FFFFFF")) < 0.5
    scheme = ground.find(f".//{_A}schemeClr") if ground is not None else None
    name = scheme.get("val", "bg1") if scheme is not None else "bg1"
    colour = _theme(layout).find(f".//{_A}clrScheme/{_A}{names.get(name, name)}/*")
    if colour is None:
        return False
    return _luminance(colour.get("lastClr") or colour.get("val", "FFFFFF")) < 0.5


def _theme(layout: SlideLayout) -> Any:  # noqa: ANN401 - lxml ships no types
    return parse_xml(layout.slide_master.part.part_related_by(RT.THEME).blob)


def _luminance(colour: str) -> float:
    """How light a colour of six hexadecimal digits is, from 0 to 1."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
