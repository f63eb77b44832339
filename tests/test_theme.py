"""The theme's colours can be read, and each medium shows them and no others."""

import re
import tomllib
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from mubiao import theme
from mubiao.exports import webpage
from mubiao.exports.deck import deck
from mubiao.exports.deck.drawing import TextStyle
from mubiao.exports.webpage import handout
from mubiao.exports.workbook.report import workbook
from mubiao.model import Status
from mubiao.theme import DARK, FILLS, LIGHT, PALETTES, Palette, Theme, office
from mubiao.ui.shell.page import BARE
from tests.briefings import JULY, december, july, seen
from tests.real import ROOT, real_plan
from tests.test_document import get

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
THEMES: tuple[Theme, ...] = ("light", "dark")
by_theme = pytest.mark.parametrize("name", THEMES)


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance of #rrggbb."""

    def linear(part: str) -> float:
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_known_ratios() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@by_theme
def test_texts_have_enough_contrast_on_every_ground(name: Theme) -> None:
    palette = PALETTES[name]
    assert palette.statuses.keys() == set(Status)
    texts = (palette.ink, palette.muted, palette.accent, palette.action)
    for text in (*texts, *palette.statuses.values()):
        for ground in (palette.paper, palette.quiet):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(palette.axis, palette.paper) >= 4.5
    for ground in (palette.marked, palette.writable):
        assert contrast(palette.ink, ground) >= 4.5


@by_theme
def test_marks_can_be_told_from_the_zones_they_lie_on(name: Theme) -> None:
    """Bar and target's mark 3:1 on each zone (WCAG 1.4.11)."""
    palette = PALETTES[name]
    for ground in (*palette.zones.values(), palette.paper):
        assert contrast(palette.ink, ground) >= 3
        assert contrast(palette.accent, ground) >= 3


@pytest.mark.parametrize("status", Status)
def test_a_status_can_be_read_on_its_fill(status: Status) -> None:
    assert contrast(LIGHT.statuses[status], FILLS[status]) >= 4.5


def variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): ([^;]+);", css))


def test_the_pages_variables_are_the_themes_in_both_schemes() -> None:
    light, dark = theme.named(LIGHT), theme.named(DARK)
    pairs = {role: f"light-dark({light[role]}, {dark[role]})" for role in light}
    style = bytes(get("/mubiao.css").body).decode()
    declared = variables(style)
    assert declared.items() >= pairs.items()
    assert {f".mb-{s.value} {{ color: var(--{s.value}); }}" in style for s in Status} == {True}
    # Two hold words, and those of one letter a number, and come with what they are of.
    used = set(re.findall(r"var\(--(\w\w+)\)", style + BARE)) - {"choose", "drop"}
    assert used <= declared.keys() | variables(BARE).keys()


def test_the_files_variables_are_light_and_dark_on_a_dark_screen() -> None:
    for css in (webpage.style(), handout([july("en")]).decode()):
        light, dark = re.findall(r":root \{ ([^}]+) \}", css)
        assert variables(light) == theme.named(LIGHT)
        assert variables(dark) == theme.named(DARK)
        assert css.index(dark) - css.index("@media screen and (prefers-color-scheme: dark)") < 60
    assert set(re.findall(r"var\(--(\w+)\)", webpage.style())) <= theme.named(LIGHT).keys()
    assert not {s for s in Status if f".mb-{s.value} {{" not in webpage.style()}


def test_no_style_sheet_has_a_colour_of_its_own() -> None:
    sheets = [path for path in (ROOT / "mubiao").rglob("*.css") if path.is_file()]
    assert len(sheets) >= 3
    for sheet in sheets:
        content = sheet.read_text(encoding="utf-8")
        assert not re.findall(r"#[0-9a-fA-F]{6}\b|light-dark\(", content), sheet.name


@by_theme
def test_streamlits_own_theme_is_ours(name: Theme) -> None:
    settings: dict[str, Any] = CONFIG["theme"][name]
    palette = PALETTES[name]
    roles = {
        "backgroundColor": palette.paper,
        "secondaryBackgroundColor": palette.quiet,
        "textColor": palette.ink,
        "borderColor": palette.line,
        "primaryColor": palette.action,
        "linkColor": palette.action,
    }
    assert {role: settings[role] for role in roles} == roles


def test_a_decks_statuses_have_the_colours_of_the_theme() -> None:
    shapes = {count.mark.shape: count.mark.status for count in december("en").overview.counts}
    opened = Presentation(BytesIO(deck([december("en")])))
    coloured = {
        (shapes[(run.findtext(f"{A}t") or "").strip()[:1]], colour.get("val"))
        for slide in opened.slides
        for run in slide.element.iter(f"{A}r")
        if (run.findtext(f"{A}t") or "").strip()[:1] in shapes
        for colour in run.iter(f"{A}srgbClr")
    }
    assert coloured == {(status, office(LIGHT.statuses[status])) for status, _ in coloured}
    assert {status for status, _ in coloured} >= {Status.ACHIEVED, Status.MISSED, Status.NO_DATA}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("dark", "palette"), [(False, LIGHT), (True, DARK)])
def test_a_deck_has_its_grounds_palette(status: Status, palette: Palette, *, dark: bool) -> None:
    colour = TextStyle("en", dark=dark).status(status)
    assert colour == f'<a:srgbClr val="{office(palette.statuses[status])}"/>'


def test_a_workbooks_statuses_have_the_colours_of_the_theme() -> None:
    shown = july("en")
    book = load_workbook(BytesIO(workbook(real_plan(), seen(JULY), [shown])))
    for row in book.worksheets[1].iter_rows(min_row=2):
        mark = shown.subjects[str(row[0].value)].row.mark
        colours = (row[8].font.color.rgb[2:], row[8].fill.start_color.rgb[2:])
        assert colours == (office(LIGHT.statuses[mark.status]), office(FILLS[mark.status]))
        assert row[8].value == f"{mark.shape} {mark.word}"
