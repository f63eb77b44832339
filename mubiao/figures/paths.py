"""The path of a target as a Plotly spec: zones, lines and actuals over the days of its year."""

from collections.abc import Sequence
from datetime import date, timedelta

from mubiao.figures import Spec, above_axis, layout, written
from mubiao.figures.labels import Placed, apart, widest, wrapped
from mubiao.figures.series import ON_PAGE, ON_SLIDE, PATH_HEIGHT, Size, Style, traces
from mubiao.theme import PALETTES, Palette, Theme
from mubiao.views.charts.axes import Axes
from mubiao.views.charts.paths import Path

__all__ = ["ON_PAGE", "ON_SLIDE", "PATH_HEIGHT", "as_of_marks", "path"]

# So that marks and labels at the first and last day are not cut off.
_ROOM = timedelta(days=4)
# So many pixels from its day a figure tells about itself.
_NEAR = 40
# How far along its line what the rest must bring is written.
_ALONG = 0.66
# So many lines of text is a stage of a milestone high.
_STAGE = 4.6


def path(path: Path, theme: Theme = "light", size: Size = ON_PAGE) -> Spec:
    """The way of one target through the year."""
    palette = PALETTES[theme]
    style = Style(palette, size, path.names)
    small = {"size": size.small, "color": palette.axis}
    ends = _ends(path, style)
    # Right of the axes: for the labels there, and for half a day's name.
    texts = [line for end in path.ends for line in _end_lines(end.lines, style)]
    right = max(3.2 * size.text, widest(texts, size.small) + 12)
    frame = {
        **layout(palette, _height(path, size), size.text),
        "hovermode": "x unified",
        "hoverdistance": _NEAR,
        "spikedistance": _NEAR,
        "margin": {"l": 4, "r": round(right), "t": 2 * size.text, "b": size.below},
        "xaxis": _days_axis(path.axes, palette, small),
        "yaxis": _values_axis(path.axes, palette, small, steps=path.steps),
        "shapes": [],
        "annotations": [*ends, *_zone_notes(path, style), *_notes(path, style)],
    }
    if path.axes.first < path.as_of < path.axes.last:
        mark = as_of_marks(path.as_of, path.names["as_of"], palette, size)
        frame["shapes"] = mark["shapes"]
        frame["annotations"] += mark["annotations"]
    return {"data": traces(path, style), "layout": frame}


def _height(path: Path, size: Size) -> int:
    """A milestone takes no more room than its stages, any other path that of its place."""
    if not path.steps:
        return size.height
    rows = (path.axes.high - path.axes.low) * _STAGE * size.text
    return round(rows + 2 * size.text + size.below)


def as_of_marks(day: date, name: str, palette: Palette, size: Size = ON_PAGE) -> Spec:
    """What a layout has for the as-of day inside its year: a hairline, and above it what it is."""
    at, font = day.isoformat(), {"size": size.small, "color": palette.axis}
    line = {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper"}
    stroke = {"color": palette.axis, "width": 1, "dash": "dot"}
    note = written(name, at, 1, font, yref="paper", yanchor="bottom")
    return {"shapes": [{**line, "line": stroke}], "annotations": [note]}


def _end_lines(texts: Sequence[str], style: Style) -> tuple[str, ...]:
    return wrapped(texts, style.size.small, style.size.right)


def _ends(path: Path, style: Style) -> list[Spec]:
    """The texts at the lines' ends, moved apart where they would lie over each other."""
    size, palette, span = style.size, style.palette, path.axes.high - path.axes.low
    labels = [
        Placed(
            _end_lines(end.lines, style),
            (path.axes.high - end.value) / span * size.room,
            size.small,
        )
        for end in path.ends
    ]
    accented = {
        label.lines for end, label in zip(path.ends, labels, strict=True) if end.series == "goal"
    }
    at: Spec = {"xref": "paper", "yref": "paper", "xanchor": "left", "xshift": 6, "align": "left"}
    notes = []
    for label in apart(labels, size.room):
        font = style.font(palette.accent if label.lines in accented else palette.axis)
        notes.append(written("<br>".join(label.lines), 1, 1 - label.middle / size.room, font, **at))
    return notes


def _zone_notes(path: Path, style: Style) -> list[Spec]:
    """What the zones mean, in their right corner; a zone that is too narrow says nothing."""
    if not path.met_edge:
        return []
    axes, size, end = path.axes, style.size, path.met_end
    met, near = path.met_edge[-1][1], path.near_edge[-1][1]
    least = 1.5 * size.small * (axes.high - axes.low) / size.room
    at: Spec = {"xref": "paper", "xanchor": "right", "xshift": -6}
    font = style.font(style.palette.axis)
    return [
        written(style.names[zone], 1, value, font, yanchor=anchor, **at)
        for zone, value, high, anchor in (
            ("met", end, abs(end - met), "top" if path.upwards else "bottom"),
            ("near", (met + near) / 2, abs(met - near), "middle"),
        )
        # Lines run through what is near.
        if high >= least and not (zone == "near" and (path.needed or path.outlook or path.pace))
    ]


def _notes(path: Path, style: Style) -> list[Spec]:
    """The unit above its axis, the rest and the pace along their lines, a milestone's due day."""
    size, palette, notes = style.size, style.palette, []
    quiet, accent = style.font(palette.axis), style.font(palette.accent)
    if path.axes.unit:
        notes.append(above_axis(path.axes.unit.strip(), quiet))
    if path.needed and _steep(path, size):
        (first, low), (last, high) = path.needed
        at: Spec = {
            "xanchor": "right",
            "yanchor": "bottom" if high > low else "top",
            "align": "right",
        }
        there, value = first + _ALONG * (last - first), low + _ALONG * (high - low)
        text = "<br>".join(wrapped([path.names["rest"]], size.small, _ALONG * size.narrow))
        # The as-of line ends at its ground.
        notes.append(written(text, there, value, accent, bgcolor=palette.paper, **at))
    if path.pace:
        day, value = path.pace[len(path.pace) // 3]
        below: Spec = {
            "xanchor": "left",
            "yanchor": "top" if path.upwards else "bottom",
            "xshift": 6,
        }
        notes.append(written(path.names["pace"], day, value, quiet, **below))
    side: Spec = {"xanchor": "right", "yanchor": "bottom", "xshift": -4}
    if path.before:
        notes.append(written(path.before, *path.goal[1], accent, **side))
    if path.steps and path.goal:
        due = path.goal[0][0]
        notes.append(written(path.names["goal"], due, path.axes.low, accent, **side))
    return notes


def _steep(path: Path, size: Size) -> bool:
    """Whether beside the way that is left a few lines of text have room."""
    (_, low), (_, high) = path.needed
    return abs(high - low) / (path.axes.high - path.axes.low) * size.height > 8 * size.small


def _days_axis(axes: Axes, palette: Palette, font: Spec) -> Spec:
    """The days of the year across, with some room at both ends."""
    return {
        "type": "date",
        "range": [(axes.first - _ROOM).isoformat(), (axes.last + _ROOM).isoformat()],
        "tickvals": [day.isoformat() for day, _ in axes.days],
        "ticktext": [text for _, text in axes.days],
        "showgrid": False,
        "tickangle": 0,
        "linecolor": palette.grid,
        "fixedrange": True,
        "tickfont": font,
        # The box says the period; the browser would name the day in English.
        "unifiedhovertitle": {"text": "<span style='font-size:1px'> </span>"},
        "showspikes": True,
        "spikemode": "across",
        "spikesnap": "data",
        "spikethickness": 1,
        "spikedash": "solid",
        "spikecolor": palette.axis,
    }


def _values_axis(axes: Axes, palette: Palette, font: Spec, *, steps: bool) -> Spec:
    """The values upwards, with labels in the page's language; zero is a line of its own."""
    return {
        "range": [axes.low, axes.high],
        "tickvals": [value for value, _ in axes.values],
        "ticktext": [text for _, text in axes.values],
        "gridcolor": palette.grid,
        "zeroline": not steps,
        "zerolinecolor": palette.axis,
        "zerolinewidth": 1,
        "fixedrange": True,
        "automargin": True,
        "tickfont": font,
    }
