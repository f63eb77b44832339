"""Every colour of the product, light and dark: pages, figures, decks, workbooks and HTML files.

A status has one colour on light paper and a lighter tint of it on dark paper, both at least 4.5:1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from mubiao.model import Status

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme by their roles, each as `#rrggbb`.

    `quiet` is the ground of side bars and docks, `raised` that of a panel above
    the page, `line` a hairline, `edge` the border of a
    control, `accent` the mark of a target, `action` a button or link; `axis` and `grid` are the
    quiet text and the lines of a chart; `unreported` fills the part of a bar that nobody reported,
    `marked` lies under a quoted figure, `writable` under a cell to fill in. `zones` are those of a
    chart: met, near and beyond. `statuses` colour words and marks, `fills` the bars beside them.
    """

    paper: str
    quiet: str
    raised: str
    ink: str
    muted: str
    line: str
    edge: str
    accent: str
    action: str
    axis: str
    grid: str
    unreported: str
    marked: str
    writable: str
    zones: Mapping[str, str]
    statuses: Mapping[Status, str]
    fills: Mapping[Status, str]


LIGHT = Palette(
    paper="#ffffff",
    quiet="#f6f7f9",
    raised="#ffffff",
    ink="#1b2430",
    muted="#5a6675",
    line="#e3e6ea",
    edge="#808b99",
    accent="#1f5f99",
    action="#1f4e79",
    axis="#5f6b7a",
    grid="#d9dee5",
    unreported="#d5dbe2",
    marked="#fff0c2",
    writable="#eaf2fa",
    zones={"met": "#e3ebf4", "near": "#edf2f8", "beyond": "#f5f7fa"},
    statuses={
        Status.ACHIEVED: "#0b6b4f",
        Status.ON_TRACK: "#2e7d32",
        Status.AT_RISK: "#a85a00",
        Status.OFF_TRACK: "#b3261e",
        Status.MISSED: "#7a1414",
        Status.NO_DATA: "#5f6b7a",
    },
    fills={
        Status.ACHIEVED: "#0b6b4f",
        Status.ON_TRACK: "#62a866",
        Status.AT_RISK: "#d98e1f",
        Status.OFF_TRACK: "#c5443b",
        Status.MISSED: "#7a1414",
        Status.NO_DATA: "#d5dbe2",
    },
)
DARK = Palette(
    paper="#12161c",
    quiet="#1a2028",
    raised="#1a2028",
    ink="#e6e9ee",
    muted="#a3aebb",
    line="#2c343f",
    edge="#6b7787",
    accent="#8ab8e6",
    action="#8ab8e6",
    axis="#9aa5b3",
    grid="#323b47",
    unreported="#414b57",
    marked="#5a4a10",
    writable="#1c2a38",
    zones={"met": "#1f3347", "near": "#1a2735", "beyond": "#161d26"},
    statuses={
        Status.ACHIEVED: "#5cc8a3",
        Status.ON_TRACK: "#7ccf80",
        Status.AT_RISK: "#f0a84e",
        Status.OFF_TRACK: "#ff8a80",
        Status.MISSED: "#f2a3a3",
        Status.NO_DATA: "#a3aebb",
    },
    fills={
        Status.ACHIEVED: "#2f9e80",
        Status.ON_TRACK: "#7fc184",
        Status.AT_RISK: "#dd9c3f",
        Status.OFF_TRACK: "#e0726a",
        Status.MISSED: "#b85c5c",
        Status.NO_DATA: "#414b57",
    },
)
PALETTES: Mapping[Theme, Palette] = {"light": LIGHT, "dark": DARK}
# The ground of a cell that holds a status, on light paper only.
FILLS: Mapping[Status, str] = {
    Status.ACHIEVED: "#e2f1eb",
    Status.ON_TRACK: "#ecf6ec",
    Status.AT_RISK: "#fdf0dc",
    Status.OFF_TRACK: "#fce8e6",
    Status.MISSED: "#f3dcdc",
    Status.NO_DATA: "#f1f3f6",
}


def office(colour: str) -> str:
    """A colour as Office files write it: `#0b6b4f` as `0B6B4F`."""
    return colour.removeprefix("#").upper()


def named(palette: Palette) -> dict[str, str]:
    """The colours of a palette by role, zone and status, as CSS variables call them."""
    roles = {field.name: getattr(palette, field.name) for field in fields(palette)}
    statuses = {status.value: colour for status, colour in roles.pop("statuses").items()}
    fills = {f"{status.value}_fill": colour for status, colour in roles.pop("fills").items()}
    return {**roles.pop("zones"), **roles, **statuses, **fills}


def css_by_scheme(selector: str) -> str:
    """CSS variables that follow the element's `color-scheme`."""
    dark = named(DARK)
    pairs = {name: f"light-dark({light}, {dark[name]})" for name, light in named(LIGHT).items()}
    return _rule(selector, pairs)


def css_by_media(selector: str) -> str:
    """CSS variables that are dark on a dark screen only: paper is always light."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ {_rule(selector, named(DARK))} }}"
    return f"{_rule(selector, named(LIGHT))}\n{dark}"


def _rule(selector: str, values: Mapping[str, str]) -> str:
    return f"{selector} {{ {' '.join(f'--{name}: {value};' for name, value in values.items())} }}"
