"""Where labels stand in a chart so that none lies over another, and how its box is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from mubiao.text_metrics import LINE, lines, width
from mubiao.views.charts.points import Point, Side, sides

# A box is so many times as wide as its text is high: on a page no wider than a phone.
_BOX = 20
_LINES = 3
_AIR = 2.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A label's text in lines, and how far its middle is from the top, in pixels."""

    lines: tuple[str, ...]
    middle: float
    size: float

    @property
    def high(self) -> float:
        """Its height in pixels."""
        return len(self.lines) * self.size * LINE


def apart(labels: Sequence[Placed], room: float) -> list[Placed]:
    """Labels, the most important first, moved as little as needed so that none overlaps another in
    a column of `room` pixels; what has no room is left out. From top to bottom they keep their
    order.
    """
    left = list(labels)
    while left and sum(one.high + _AIR for one in left) > room:
        left.pop()
    ordered = sorted(left, key=lambda one: one.middle)
    middles: list[float] = []
    edge = 0.0
    for one in ordered:
        middles.append(max(one.middle, edge + one.high / 2))
        edge = middles[-1] + one.high / 2 + _AIR
    edge = room
    for place in range(len(ordered) - 1, -1, -1):
        high = ordered[place].high
        middles[place] = min(middles[place], edge - high / 2)
        edge = middles[place] - high / 2 - _AIR
    return [
        Placed(one.lines, middle, one.size) for one, middle in zip(ordered, middles, strict=True)
    ]


def wrapped(texts: Sequence[str], size: float, room: float) -> tuple[str, ...]:
    """Texts in lines no wider than `room`, "…" where one has more than three."""
    made = []
    for text in texts:
        parts = [part.strip() for part in lines(text, size, room)]
        if len(parts) > _LINES:
            parts = [*parts[: _LINES - 1], f"{parts[_LINES - 1]}…"]
        made += parts
    return tuple(made)


def widest(texts: Sequence[str], size: float) -> float:
    """The width of the widest of some lines, in pixels."""
    return max((width(text, size) for text in texts), default=0.0)


def box(texts: Sequence[str], size: float) -> str:
    """The lines of a box as Plotly draws them, the first one bold; nothing in them is a tag."""
    made = [
        "<br>".join(escape(line, quote=False) for line in wrapped([text], size, _BOX * size))
        for text in texts
    ]
    return "<br>".join([f"<b>{made[0]}</b>", *made[1:]]) if made else ""


def beside(
    points: Sequence[Point], size: float, place: Callable[[Point], tuple[float, float]]
) -> list[tuple[Point, Side, bool]]:
    """Each point, the side on which its text stands, and whether it has room there; `place` is how
    far across and down a point lies, in pixels.
    """
    at, places = sides(points), []
    for point, side in zip(points, at, strict=True):
        (across, down), wide = place(point), widest([point.text], size)
        moved = {"left": -wide / 2, "right": wide / 2, "below": 0.0}[side]
        places.append((across + moved, down + (2 * size if side == "below" else 0), wide))
    return [*zip(points, at, clear(places, 1.3 * size), strict=True)]


def clear(places: Sequence[tuple[float, float, float]], high: float) -> list[bool]:
    """Which labels are written: those that lie over none after them. Each is given by its middle
    across and down and its width, in pixels; all are `high`.
    """
    written: list[tuple[float, float, float]] = []
    chosen = []
    for across, down, wide in reversed(places):
        free = all(
            abs(across - x) >= (wide + w) / 2 or abs(down - y) >= high for x, y, w in written
        )
        chosen.append(free and wide > 0)
        if chosen[-1]:
            written.append((across, down, wide))
    return chosen[::-1]
