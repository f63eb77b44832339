"""Every colour of the product, light and dark: pages, figures, decks, workbooks and HTML files.

A status has one colour on light paper and a lighter tint of it on dark paper, both at least 4.5:1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

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
    statuses: Mapping[str, str]
    fills: Mapping[str, str]


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
        "achieved": "#0b6b4f",
        "on_track": "#2e7d32",
        "at_risk": "#a85a00",
        "off_track": "#b3261e",
        "missed": "#7a1414",
        "no_data": "#5f6b7a",
    },
    fills={
        "achieved": "#0b6b4f",
        "on_track": "#62a866",
        "at_risk": "#d98e1f",
        "off_track": "#c5443b",
        "missed": "#7a1414",
        "no_data": "#d5dbe2",
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
        "achieved": "#5cc8a3",
        "on_track": "#7ccf80",
        "at_risk": "#f0a84e",
        "off_track": "#ff8a80",
        "missed": "#f2a3a3",
        "no_data": "#a3aebb",
    },
    fills={
        "achieved": "#2f9e80",
        "on_track": "#7fc184",
        "at_risk": "#dd9c3f",
        "off_track": "#e0726a",
        "missed": "#b85c5c",
        "no_data": "#414b57",
    },
)
PALETTES: Mapping[Theme, Palette] = {"light": LIGHT, "dark": DARK}
# The ground of a cell that holds a status, on light paper only.
FILLS: Mapping[str, str] = {
    "achieved": "#e2f1eb",
    "on_track": "#ecf6ec",
    "at_risk": "#fdf0dc",
    "off_track": "#fce8e6",
    "missed": "#f3dcdc",
    "no_data": "#f1f3f6",
}


def office(colour: str) -> str:
    """A colour as Office files write it: `#0b6b4f` as `0B6B4F`."""
    return colour.removeprefix("#").upper()


def named(palette: Palette) -> dict[str, str]:
    """The colours of a palette by role, zone and status, as CSS variables call them."""
    roles = {field.name: getattr(palette, field.name) for field in fields(palette)}
    fills = {f"{status}_fill": colour for status, colour in roles.pop("fills").items()}
    return {**roles.pop("zones"), **roles.pop("statuses"), **roles, **fills}


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
