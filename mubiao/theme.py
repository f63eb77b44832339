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


# By role, zone and status: on light paper, and on dark.
_ROLES = {
    "paper": ("#ffffff", "#12161c"),
    "quiet": ("#f6f7f9", "#1a2028"),
    "raised": ("#ffffff", "#1a2028"),
    "ink": ("#1b2430", "#e6e9ee"),
    "muted": ("#5a6675", "#a3aebb"),
    "line": ("#e3e6ea", "#2c343f"),
    "edge": ("#808b99", "#6b7787"),
    "accent": ("#1f5f99", "#8ab8e6"),
    "action": ("#1f4e79", "#8ab8e6"),
    "axis": ("#5f6b7a", "#9aa5b3"),
    "grid": ("#d9dee5", "#323b47"),
    "unreported": ("#d5dbe2", "#414b57"),
    "marked": ("#fff0c2", "#5a4a10"),
    "writable": ("#eaf2fa", "#1c2a38"),
}
_ZONES = {
    "met": ("#e3ebf4", "#1f3347"),
    "near": ("#edf2f8", "#1a2735"),
    "beyond": ("#f5f7fa", "#161d26"),
}
_STATUSES = {
    "achieved": ("#0b6b4f", "#5cc8a3"),
    "on_track": ("#2e7d32", "#7ccf80"),
    "at_risk": ("#a85a00", "#f0a84e"),
    "off_track": ("#b3261e", "#ff8a80"),
    "missed": ("#7a1414", "#f2a3a3"),
    "no_data": ("#5f6b7a", "#a3aebb"),
}
_STATUS_FILLS = {
    "achieved": ("#0b6b4f", "#2f9e80"),
    "on_track": ("#62a866", "#7fc184"),
    "at_risk": ("#d98e1f", "#dd9c3f"),
    "off_track": ("#c5443b", "#e0726a"),
    "missed": ("#7a1414", "#b85c5c"),
    "no_data": ("#d5dbe2", "#414b57"),
}


def _palette(theme: int) -> Palette:
    return Palette(
        **{role: pair[theme] for role, pair in _ROLES.items()},
        zones={zone: pair[theme] for zone, pair in _ZONES.items()},
        statuses={status: pair[theme] for status, pair in _STATUSES.items()},
        fills={status: pair[theme] for status, pair in _STATUS_FILLS.items()},
    )


LIGHT, DARK = _palette(0), _palette(1)
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
