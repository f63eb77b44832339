"""An indicator over the years as a Plotly spec: what was asked, and what became of it."""

from collections.abc import Iterator, Sequence

from mubiao.figures import HOVER, Spec, above_axis, layout
from mubiao.figures.labels import box
from mubiao.theme import PALETTES, Palette, Theme
from mubiao.views.charts.years import YearPoint, YearsChart

HEIGHT = 260
_TEXT, _SMALL, _BAR = 13, 12, 34
# Plotly draws the bar wider than its size says.
_WIDE = 1.4 * _BAR
# So much of the height has the number of a figure inside a range room in it.
_ROOM = 0.1


def years(chart: YearsChart, words: tuple[str, str], theme: Theme = "light") -> Spec:
    """A mark for what each year asked and a dot in the colour of its status; `words` name both.
    Years that do not follow each other are joined by dots.
    """
    palette = PALETTES[theme]
    small = {"size": _SMALL, "color": palette.axis}
    names = [point.name for point in chart.points]
    fixed = {"fixedrange": True, "tickfont": small}
    return {
        "data": [
            *_lines(chart.points, palette),
            _goals(chart.points, words[0], palette),
            _actual(chart, words[1], palette),
        ],
        "layout": {
            **layout(palette, HEIGHT, _TEXT),
            "margin": {"l": 4, "r": 8, "t": 24, "b": 28},
            "xaxis": {
                "range": [-0.5, len(names) - 0.5],
                "tickvals": [*range(len(names))],
                "ticktext": names,
                "showgrid": False,
                "zeroline": False,
                "linecolor": palette.grid,
                **fixed,
            },
            "yaxis": {
                "range": [chart.low, chart.high],
                "tickvals": [value for value, _ in chart.ticks],
                "ticktext": [text for _, text in chart.ticks],
                "gridcolor": palette.grid,
                "zerolinecolor": palette.axis,
                "automargin": True,
                **fixed,
            },
            "annotations": [above_axis(chart.unit, small)] if chart.unit else [],
            "shapes": [
                shape
                for at, point in enumerate(chart.points)
                for shape in _range(point, at, palette)
            ],
        },
    }


def _lines(points: Sequence[YearPoint], palette: Palette) -> list[Spec]:
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [at - 1, at],
            "y": [points[at - 1].actual, point.actual],
            "line": {
                "color": palette.ink if point.follows else palette.axis,
                "width": 2 if point.follows else 1,
                "dash": "solid" if point.follows else "dot",
            },
            "hoverinfo": "skip",
        }
        for at, point in enumerate(points)
        if at and point.actual is not None and points[at - 1].actual is not None
    ]


def _asked(point: YearPoint) -> float | None:
    """Where the number of what a year asked stands: of a range at the end away from the figure."""
    return point.goal if point.goal_end is None or _is_over(point) else point.goal_end


def _range(point: YearPoint, at: int, palette: Palette) -> Iterator[Spec]:
    """The band that a range allows, and the bar at its other end."""
    if point.goal is None or point.goal_end is None:
        return
    wide = {"xsizemode": "pixel", "xanchor": at, "x0": -_WIDE / 2, "x1": _WIDE / 2}
    ends = {"y0": point.goal, "y1": point.goal_end}
    fill = {"fillcolor": palette.zones["met"], "line": {"width": 0}}
    yield {"type": "rect", "layer": "between", **wide, **ends, **fill}
    other = point.goal_end if _is_over(point) else point.goal
    line = {"color": palette.accent, "width": 3}
    yield {"type": "line", "layer": "between", **wide, "y0": other, "y1": other, "line": line}


def _goals(points: Sequence[YearPoint], word: str, palette: Palette) -> Spec:
    """A bar across at what each year asked, its number on the side away from the figure."""
    over = [not _is_over(point) for point in points]
    line = {"color": palette.accent, "width": 3}
    return _marks(points, list(map(_asked, points))) | {
        "text": _named([point.goal_text for point in points], word),
        "textposition": ["top center" if up else "bottom center" for up in over],
        "textfont": {"size": _SMALL, "color": palette.accent},
        "marker": {"symbol": "line-ew", "size": _BAR, "color": palette.accent, "line": line},
    }


def _actual(chart: YearsChart, word: str, palette: Palette) -> Spec:
    points, room = chart.points, (chart.high - chart.low) * _ROOM
    colours = [palette.statuses[point.status] for point in points]
    sides = [
        "middle right"
        if _is_within(point, room)
        else "top center"
        if _is_over(point)
        else "bottom center"
        for point in points
    ]
    return _marks(points, [point.actual for point in points]) | {
        "text": _named([point.actual_text for point in points], word),
        "textposition": sides,
        "textfont": {"size": _TEXT, "color": palette.ink},
        "marker": {"size": 10, "color": colours, "opacity": 1},
    }


def _marks(points: Sequence[YearPoint], values: Sequence[float | None]) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [*range(len(points))],
        "y": [*values],
        "customdata": [box(point.box, _TEXT) for point in points],
        "hovertemplate": HOVER,
        "cliponaxis": False,
    }


def _is_over(point: YearPoint) -> bool:
    """Whether the figure lies above what was asked, and so does its number."""
    if point.actual is None or point.goal is None:
        return point.goal is None
    return point.actual >= point.goal


def _is_within(point: YearPoint, room: float) -> bool:
    """Whether the figure lies in a range higher than `room`: its number stands beside it."""
    if point.goal is None or point.goal_end is None or point.actual is None:
        return False
    return point.goal <= point.actual <= point.goal_end > point.goal + room


def _named(texts: Sequence[str], word: str) -> list[str]:
    """The first text says what all of them are."""
    first = next((at for at, text in enumerate(texts) if text), None)
    return [f"{word} {text}" if at == first else text for at, text in enumerate(texts)]
