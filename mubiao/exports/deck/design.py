"""Our own look, where no template is given: 16:9, one layout, a theme with both faces.

Made from the file that python-pptx begins with; what that leaves open is set in the master, so
that people can restyle the whole deck there.
"""

import re
from io import BytesIO
from pathlib import Path
from typing import IO

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.package import Package
from pptx.presentation import Presentation
from pptx.util import Pt

from mubiao.exports.deck.drawing import Box
from mubiao.model import Status
from mubiao.theme import LIGHT, office

_START = Path(pptx.__file__).parent / "templates" / "default.pptx"
WIDTH, HEIGHT = 960.0, 540.0
TITLE_SIZE = 28
# Arial is on every system, in the same widths at least; its figures are as wide as each other.
LATIN, EAST = "Arial", "Microsoft YaHei"
_LEFT, _WIDE = 48.0, 864.0
_PLACES = {
    "title": Box(_LEFT, 26, _WIDE, 54),
    "body": Box(_LEFT, 90, _WIDE, 426),
    "dt": Box(_LEFT, 500, 150, 16),
    "ftr": Box(_LEFT, 500, 800, 16),
    "sldNum": Box(_LEFT + _WIDE - 60, 500, 60, 16),
}
_COLOURS = {
    "dk1": LIGHT.ink,
    "lt1": LIGHT.paper,
    "dk2": LIGHT.axis,
    "lt2": LIGHT.zones["beyond"],
    "accent1": LIGHT.accent,
    "accent2": LIGHT.statuses[Status.ON_TRACK],
    "accent3": LIGHT.statuses[Status.AT_RISK],
    "accent4": LIGHT.statuses[Status.OFF_TRACK],
    "accent5": LIGHT.statuses[Status.ACHIEVED],
    "accent6": LIGHT.statuses[Status.NO_DATA],
    "hlink": LIGHT.accent,
    "folHlink": LIGHT.axis,
}


class _Counting(Package):
    """Counts its parts of each kind: python-pptx goes through all of them for each new one."""

    def __init__(self, file: str | IO[bytes]) -> None:
        super().__init__(file)
        self._last: dict[str, int] = {}

    def next_partname(self, tmpl: str) -> PackURI:
        """The name of a new part."""
        if tmpl not in self._last:
            self._last[tmpl] = int(re.findall(r"\d+", super().next_partname(tmpl))[-1]) - 1
        self._last[tmpl] += 1
        return PackURI(tmpl % self._last[tmpl])


def begun(file: IO[bytes]) -> Presentation:
    """A presentation to write into."""
    made: Presentation = _Counting.open(file).main_document_part.presentation
    return made


def own() -> Presentation:
    """An empty presentation in our look."""
    made = begun(BytesIO(_START.read_bytes()))
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    for size in made.element.xpath("p:sldSz[@type]"):
        del size.attrib["type"]  # it says 4:3
    for layout in list(made.slide_layouts):
        if layout.name != "Title Only":
            made.slide_layouts.remove(layout)
    _set_master(made)
    theme = made.slide_master.part.part_related_by(RT.THEME)
    theme.blob = _themed(theme.blob.decode("utf-8")).encode("utf-8")
    return made


def _set_master(made: Presentation) -> None:
    master = made.slide_master
    for shape in master.placeholders:
        kind = next(iter(shape.element.xpath(".//p:ph/@type")), "body")
        shape.left, shape.top, shape.width, shape.height = map(Pt, _PLACES[kind])
        for inner in shape.element.xpath(".//a:bodyPr"):
            inner.attrib.update(dict.fromkeys(("lIns", "rIns", "tIns", "bIns"), "0"))
    for title in master.element.xpath(".//p:titleStyle/a:lvl1pPr"):
        title.set("algn", "l")
        for look in title.iterfind(qn("a:defRPr")):
            look.attrib.update({"sz": str(TITLE_SIZE * 100), "b": "1"})


def _themed(theme: str) -> str:
    for name, colour in _COLOURS.items():
        new = f'<a:{name}><a:srgbClr val="{office(colour)}"/></a:{name}>'
        theme = re.sub(rf"<a:{name}>.*?</a:{name}>", new, theme, count=1)
    theme = theme.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{LATIN}"/>')
    theme = theme.replace('<a:ea typeface=""/>', f'<a:ea typeface="{EAST}"/>')
    theme = re.sub('(script="Hans" typeface=")[^"]*', rf"\g<1>{EAST}", theme)
    return theme.replace('name="Office', 'name="Mubiao')
