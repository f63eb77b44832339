"""How series of native charts look: lines, areas and marks, as DrawingML."""

from markupsafe import Markup

from mubiao.exports.deck.drawing import EMU, INK, fill

_STROKE = Markup('<a:ln w="{}" cap="rnd">{}<a:prstDash val="{}"/><a:round/></a:ln>')
_MARK = Markup('<c:marker><c:symbol val="{}"/><c:size val="{}"/><c:spPr>{}</c:spPr></c:marker>')
_PAPER = Markup('<a:schemeClr val="bg1"/>')
NO_LINE = Markup("<a:ln><a:noFill/></a:ln>")
NO_MARK = Markup('<c:marker><c:symbol val="none"/></c:marker>')
# What is left to do, and the outlook, through which lines and zones are seen.
WEDGE = Markup('<a:schemeClr val="accent1"><a:alpha val="20000"/></a:schemeClr>')
RANGE = Markup('<a:schemeClr val="tx1"><a:alpha val="9000"/></a:schemeClr>')


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
