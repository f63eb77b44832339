"""What slides are drawn from: paragraphs and runs, colours, lines, marks, boxes in points; and
their XML.

Each shape is parsed once: python-pptx takes a path search for each property of each cell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup
from pptx.oxml import parse_xml

from mubiao.model import Status
from mubiao.plain_text import printable
from mubiao.text_metrics import LINE, lines
from mubiao.theme import DARK, LIGHT, Palette, office

EMU = 12700
# The room above and beside the text in a cell, in points.
ABOVE, BESIDE = 2.5, 6.0
# Colours by role come from the template's theme; those of a status mean the same everywhere.
INK = Markup('<a:schemeClr val="tx1"/>')
MUTED = Markup(
    '<a:schemeClr val="tx1"><a:satMod val="45000"/><a:lumMod val="65000"/><a:lumOff val="35000"/>'
    "</a:schemeClr>"
)
ACCENT = Markup('<a:schemeClr val="accent1"/>')

Side = Literal["l", "r", "ctr"]
_STROKE = Markup('<a:ln w="{}" cap="rnd">{}<a:prstDash val="{}"/><a:round/></a:ln>')
_MARK = Markup('<c:marker><c:symbol val="{}"/><c:size val="{}"/><c:spPr>{}</c:spPr></c:marker>')
_PAPER = Markup('<a:schemeClr val="bg1"/>')
NO_LINE = Markup("<a:ln><a:noFill/></a:ln>")
NO_MARK = Markup('<c:marker><c:symbol val="none"/></c:marker>')
# What is left to do, and the outlook, through which lines and zones are seen.
WEDGE = Markup('<a:schemeClr val="accent1"><a:alpha val="20000"/></a:schemeClr>')
RANGE = Markup('<a:schemeClr val="tx1"><a:alpha val="9000"/></a:schemeClr>')


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
    """A stretch of text; `colour` is DrawingML, `size` in points, 0 for its paragraph's."""

    text: str
    bold: bool = False
    colour: Markup = INK
    size: float = 0

    @property
    def lines(self) -> list["Run"]:
        """A run for each of its lines."""
        return [replace(self, text=line) for line in self.text.splitlines()]


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
    text: str, size: float, colour: Markup = INK, *, bold: bool = False, before: float = 0
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
    def locales(self) -> tuple[str, str]:
        """The language of its texts, and the other one."""
        return ("zh-CN", "en-GB") if self.code == "zh" else ("en-GB", "zh-CN")

    @property
    def hairline(self) -> Markup:
        """Near the ground's colour: some programs draw no partly transparent borders."""
        if self.dark:
            return Markup('<a:schemeClr val="tx1"><a:lumMod val="35000"/></a:schemeClr>')
        return Markup(
            '<a:schemeClr val="tx1"><a:satMod val="45000"/><a:lumMod val="15000"/>'
            '<a:lumOff val="85000"/></a:schemeClr>'
        )

    def on_ground(self, colour: Markup) -> Markup:
        """A colour on this ground: what is muted is nearer to it."""
        if self.dark and colour == MUTED:
            return Markup('<a:schemeClr val="tx1"><a:lumMod val="75000"/></a:schemeClr>')
        return colour

    @property
    def palette(self) -> Palette:
        """The colours for this ground."""
        return DARK if self.dark else LIGHT

    def status(self, status: Status) -> Markup:
        """The colour of a status on this ground."""
        return rgb(self.palette.statuses[status])


@cache
def rgb(colour: str) -> Markup:
    """A colour given as `#rrggbb`."""
    return Markup('<a:srgbClr val="{}"/>').format(office(colour))


@cache
def fill(colour: Markup) -> Markup:
    """A plain fill."""
    return Markup("<a:solidFill>{}</a:solidFill>").format(colour)


def element(name: str, /, *values: object) -> Any:  # noqa: ANN401 - lxml ships no types
    """What stands on a slide: the macro of this name in slide.xml, with its values in order."""
    return parse_xml(printable(_macro(name)(*values)))


def _macro(name: str) -> Macro:
    macro: Macro = getattr(templates().get_template("slide.xml").module, name)
    return macro


@cache
def _look(*values: object) -> str:
    """The look of a run: a deck has few, for thousands of runs."""
    return _macro("look")(*values)


@cache
def templates() -> Environment:
    """The templates of slides and charts; every text that goes in comes out as a text."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"above": ABOVE, "beside": BESIDE}
    made.filters |= {
        "emu": lambda points: round(points * EMU),
        "fill": fill,
        "look": _look,
        "hundredths": lambda points: round(points * 100),
    }
    return made


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


def scaled(texts: Iterable[Paragraph], share: float, least: float = 0) -> list[Paragraph]:
    """The paragraphs in a share of their size, none of them made smaller than `least` points."""

    def sized(size: float) -> float:
        return max(round(size * share * 2) / 2, min(size, least)) if size else 0

    return [
        replace(
            paragraph,
            size=sized(paragraph.size),
            runs=tuple(replace(part, size=sized(part.size)) for part in paragraph.runs),
        )
        for paragraph in texts
    ]


def stroke(colour: Markup, width: float, dash: str = "solid") -> Markup:
    """A line of a width in points."""
    return _STROKE.format(round(width * EMU), fill(colour), dash)


def area(colour: Markup) -> Markup:
    """A plain fill without an edge."""
    return fill(colour) + NO_LINE


def mark(symbol: str, size: int, colour: Markup = INK) -> Markup:
    """A mark of a size in points."""
    return _MARK.format(symbol, size, area(colour))


def hollow(symbol: str, size: int) -> Markup:
    """A mark on a line that is paper inside a thin edge; programs that draw none fill it."""
    return _MARK.format(symbol, size, fill(_PAPER) + stroke(INK, 1))
