"""How much room a text takes, without a font: widths that no usual typeface exceeds.

The file is opened where its faces may be missing and others stand in for them, so a real font
here would promise nothing there. The widths are those of the widest face that stands in (DejaVu
Sans for Latin, a full em for East Asian signs); what fits by them fits everywhere.
"""

import re
import unicodedata
from functools import cache, lru_cache

# Room from line to line, as a share of the size: that of Microsoft YaHei, the tallest usual face.
LINE = 1.32
# Bold faces are that much wider.
BOLD = 1.13
_WIDE, _OTHER = 1.0, 0.7
# Room that some programs leave between East Asian signs and others.
_BETWEEN = 0.25
# In hundredths of the size.
_WIDTHS = {
    28: "'ijl",
    32: " ,.IJ",
    36: "/:;\\|f-",
    41: "()[]t!r",
    52: '*_`sz"',
    60: "?cLFkvxyP",
    64: "TYaeo$0123456789ESbdghnpqu{}µ",
    70: "KABVXZCR",
    80: "UNHD&GOQw",
    88: "#+<=>^~−✔✖M",
    100: "%mW@",
}
_KNOWN = {sign: share / 100 for share, signs in _WIDTHS.items() for sign in signs}
_EAST = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"
_OPENING, _CLOSING = "（《“「【", "，。、；：？！）》”」】％"
# What stays together on a line: a space; an East Asian sign, a word, each with its punctuation.
_PIECE = re.compile(
    rf"\s+|[{_OPENING}]*(?:[{_EAST}]|[^\s{_EAST}{_OPENING}]+)[{_CLOSING}]*|[{_OPENING}]+"
)


@cache
def _share(sign: str) -> float:
    # "A" is wide in an East Asian face and narrow in others: · “ ” × and the shapes of a status.
    if unicodedata.east_asian_width(sign) in "WFA":
        return _WIDE
    if unicodedata.combining(sign):
        return 0.0
    return _KNOWN.get(sign, _OTHER)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text on one line, in points, at a size in points."""
    return sum(map(_share, text)) * size * (BOLD if bold else 1)


@lru_cache(maxsize=8192)
def lines(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines that a text takes in `room` points; broken as a presentation breaks them.

    Between words, between East Asian signs (never before a closing mark), and inside a word only
    where it is wider than a line by itself. A line break in the text begins a line.
    """
    parts = text.splitlines() or [""]
    return tuple(line for part in parts for line in _wrapped(part, size, room, bold=bold))


def _wrapped(text: str, size: float, room: float, *, bold: bool) -> list[str]:
    whole, line, used = [], "", 0.0
    for piece in _PIECE.findall(text):
        wide = width(piece, size, bold=bold) + _between(line, piece) * size
        if used + wide > room and line and not piece.isspace():
            whole.append(line)
            line, used = "", 0.0
        if wide > room and not piece.isspace():
            *parts, piece = _chopped(piece, size, room, bold=bold)  # noqa: PLW2901 - what is left
            whole += parts
            wide = width(piece, size, bold=bold)
        line, used = line + piece, used + wide
    return [*whole, line]


def _between(line: str, piece: str) -> float:
    """The room between a line and what follows it, as a share of the size."""
    if not line or line[-1].isspace() or piece.isspace():
        return 0.0
    scripts = {unicodedata.east_asian_width(sign) in "WF" for sign in (line[-1], piece[0])}
    return _BETWEEN if len(scripts) == 2 else 0.0


def _chopped(word: str, size: float, room: float, *, bold: bool) -> list[str]:
    """A word that is wider than a line, in parts that are not."""
    parts, part = [], ""
    for sign in word:
        if part and width(part + sign, size, bold=bold) > room:
            parts.append(part)
            part = ""
        part += sign
    return [*parts, part]


def height(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """The height that a text takes in `room` points, in points."""
    return len(lines(text, size, room, bold=bold)) * size * LINE


def columns_of(text: str) -> int:
    """The columns that a text takes in a terminal or a sheet: an East Asian sign takes two."""
    signs = (sign for sign in text if not unicodedata.combining(sign))
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in signs)
