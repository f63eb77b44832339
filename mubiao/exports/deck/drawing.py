"""DrawingML of texts: paragraphs and runs with both faces, language and colours; boxes in points.

Written as text and parsed once a shape: a deck has thousands of cells, and python-pptx takes a
path search for each property of each of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from mubiao.model import Status
from mubiao.text_metrics import LINE, lines
from mubiao.theme import DARK, LIGHT, Palette, office

EMU = 12700
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
# Colours by role come from the template's theme; those of a status mean the same everywhere.
INK = '<a:schemeClr val="tx1"/>'
MUTED = (
    '<a:schemeClr val="tx1"><a:satMod val="45000"/><a:lumMod val="65000"/><a:lumOff val="35000"/>'
    "</a:schemeClr>"
)
ACCENT = '<a:schemeClr val="accent1"/>'
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Side = Literal["l", "r", "ctr"]


class Box(NamedTuple):
    """A place on a slide, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look; `colour` is DrawingML, `size` in points, 0 for its
    paragraph's.
    """

    text: str
    bold: bool = False
    colour: str = INK
    size: float = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs after each other; `size` and the room `before` it in points."""

    runs: tuple[Run, ...]
    size: float
    side: Side = "l"
    before: float = 0

    @property
    def text(self) -> str:
        """All of it, without its looks."""
        return "".join(run.text for run in self.runs)


def plain(
    text: str, size: float, colour: str = INK, *, bold: bool = False, before: float = 0
) -> Paragraph:
    """A paragraph in one look."""
    return Paragraph((Run(text, bold, colour),), size, before=before)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How texts are written: their language and faces, on a light or a dark ground.

    Faces may be the theme's ("+mn-lt", "+mn-ea"), so that they change with it.
    """

    code: str
    latin: str = "+mn-lt"
    east: str = "+mn-ea"
    dark: bool = False

    @property
    def space(self) -> str:
        """What stands between a number and its unit."""
        return "" if self.code == "zh" else " "

    @property
    def attributes(self) -> str:
        """The attributes of a run that say its language."""
        own, other = ("zh-CN", "en-GB") if self.code == "zh" else ("en-GB", "zh-CN")
        return f'lang="{own}" altLang="{other}"'

    @property
    def faces(self) -> str:
        """Both faces; without the second, Chinese would fall to whatever face is at hand."""
        latin, east = attribute(self.latin), attribute(self.east)
        return f"<a:latin typeface={latin}/><a:ea typeface={east}/>"

    @property
    def hairline(self) -> str:
        """The colour of hairlines: near the ground's. (Not every program draws borders that are
        partly transparent.)
        """
        if self.dark:
            return '<a:schemeClr val="tx1"><a:lumMod val="35000"/></a:schemeClr>'
        light = '<a:satMod val="45000"/><a:lumMod val="15000"/><a:lumOff val="85000"/>'
        return f'<a:schemeClr val="tx1">{light}</a:schemeClr>'

    def on_ground(self, colour: str) -> str:
        """A colour on this ground: what is muted is nearer to it."""
        if self.dark and colour == MUTED:
            return '<a:schemeClr val="tx1"><a:lumMod val="75000"/></a:schemeClr>'
        return colour

    @property
    def palette(self) -> Palette:
        """The colours for this ground."""
        return DARK if self.dark else LIGHT

    def status(self, status: Status) -> str:
        """The colour of a status on this ground."""
        return rgb(self.palette.statuses[status])


def rgb(colour: str) -> str:
    """A colour given as `#rrggbb`."""
    return f'<a:srgbClr val="{office(colour)}"/>'


def fill(colour: str) -> str:
    """A plain fill."""
    return f"<a:solidFill>{colour}</a:solidFill>"


def printable(text: str) -> str:
    """A text without the signs that XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def text_of(text: str) -> str:
    """A text as it may stand in XML."""
    return escape(printable(text))


def attribute(text: str) -> str:
    """A text as the value of an attribute, with its quotes."""
    return quoteattr(printable(text))


def paragraphs(texts: Iterable[Paragraph], style: TextStyle) -> str:
    """Paragraphs as DrawingML, without bullets whatever their place inherits."""
    return "".join(
        f'<a:p><a:pPr algn="{text.side}" marL="0" indent="0"><a:spcBef>'
        f'<a:spcPts val="{round(text.before * 100)}"/></a:spcBef><a:buNone/></a:pPr>'
        f"{''.join(run(part, part.size or text.size, style) for part in text.runs)}</a:p>"
        for text in texts
    )


def run(text: Run, size: float, style: TextStyle) -> str:
    """A run as DrawingML; a line break in it is one on the slide."""
    attributes = f'{style.attributes} sz="{round(size * 100)}" b="{int(text.bold)}" dirty="0"'
    look = f"<a:rPr {attributes}>{fill(style.on_ground(text.colour))}{style.faces}</a:rPr>"
    return f"<a:br>{look}</a:br>".join(
        f"<a:r>{look}<a:t>{text_of(part)}</a:t></a:r>" for part in text.text.splitlines()
    )


def height(texts: Sequence[Paragraph], room: float) -> float:
    """The height that paragraphs take in `room` points."""
    taken = 0.0
    for place, paragraph in enumerate(texts):
        largest = max((part.size or paragraph.size for part in paragraph.runs), default=0)
        bold = any(part.bold for part in paragraph.runs)
        number = len(lines(paragraph.text, paragraph.size, room, bold=bold))
        # A large figure with its unit stands on one line; it is the line's height that grows.
        taken += number * max(largest, paragraph.size) * LINE
        taken += paragraph.before if place else 0
    return taken


def smaller(texts: Iterable[Paragraph], share: float, least: float) -> list[Paragraph]:
    """The paragraphs in a smaller size, none of them below `least` points."""

    def scaled(size: float) -> float:
        return max(round(size * share * 2) / 2, min(size, least)) if size else 0

    return [
        replace(
            paragraph,
            size=scaled(paragraph.size),
            runs=tuple(replace(part, size=scaled(part.size)) for part in paragraph.runs),
        )
        for paragraph in texts
    ]


def transform(box: Box, tag: str = "a") -> str:
    """The place of a shape."""
    left, top, wide, high = (round(side * EMU) for side in box)
    offset, extent = f'<a:off x="{left}" y="{top}"/>', f'<a:ext cx="{wide}" cy="{high}"/>'
    return f"<{tag}:xfrm>{offset}{extent}</{tag}:xfrm>"
