"""Specs that Plotly takes as they are, in both themes, with no colour of a status in them."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from mubiao.assessment import assess
from mubiao.figures import CONFIG, Spec
from mubiao.figures.courses import ON_SLIDE, courses
from mubiao.figures.paths import PATH_HEIGHT, path
from mubiao.i18n import language
from mubiao.model import Code, Plan, Stage
from mubiao.theme import PALETTES, Theme
from mubiao.views.charts.axes import Axes, End
from mubiao.views.charts.courses import Course, course
from mubiao.views.charts.paths import Path
from mubiao.views.charts.paths import path as chart_path
from mubiao.views.charts.points import Point
from mubiao.wording.phrasebook import Phrasebook
from tests.real import known, real_actuals, real_plan
from tests.samples import observation, plan_of, target

THEMES: tuple[Theme, ...] = ("light", "dark")
# Each theme and language is seen with early, middle and final figures.
SEEN: tuple[tuple[date, Theme, Code], ...] = (
    (date(2020, 1, 12), "light", "zh"),
    (date(2020, 4, 30), "light", "en"),
    (date(2020, 8, 31), "dark", "zh"),
    (date(2021, 4, 30), "dark", "en"),
)
NUMBER = re.compile(r"-?\d+\.\d+(?:e[+-]?\d+)?")
COLOUR = re.compile(r"#[0-9a-f]{6}")
YEAR_END = date(2020, 12, 31)


def assert_kept(said: object, kept: object, where: str = "spec") -> None:
    """Everything that the spec says is in what Plotly made of it; an empty list says nothing."""
    if isinstance(said, dict):
        assert isinstance(kept, dict), where
        for key, value in said.items():
            if value == []:
                continue
            assert key in kept, f"{where}.{key} was dropped"
            assert_kept(value, kept[key], f"{where}.{key}")
    elif isinstance(said, list):
        assert isinstance(kept, list | tuple), where
        assert len(said) == len(kept), where
        for place, (mine, its) in enumerate(zip(said, kept, strict=True)):
            assert_kept(mine, its, f"{where}[{place}]")
    else:
        assert said == kept, where


def assert_valid(spec: Spec) -> None:
    assert_kept(spec, go.Figure(spec).to_dict())


def paths(plan: Plan, day: date, code: Code) -> list[Path]:
    phrasebook = Phrasebook(plan, language(code))
    return [
        chart_path(phrasebook, found, known(found.target.id, day))
        for found in assess(plan, real_actuals(), day)
    ]


def years(day: date, code: Code) -> list[Course]:
    phrasebook = Phrasebook(real_plan(), language(code))
    standing = [o for o in real_actuals() if o.known_on <= day]
    judged = [a for a in assess(real_plan(), standing, day) if a.target.section == "2.0"]
    return [course(phrasebook, one, standing) for one in judged]


def colours(spec: object) -> set[str]:
    return set(COLOUR.findall(json.dumps(spec).lower()))


def without_colours(spec: object) -> str:
    return COLOUR.sub("#", json.dumps(spec).lower())


def series(spec: Spec, name: str) -> dict[str, Any]:
    (found,) = [trace for trace in spec["data"] if trace.get("name") == name]
    return dict(found)


def shapes(spec: Spec, kind: str) -> list[dict[str, Any]]:
    return [shape for shape in spec["layout"]["shapes"] if shape["type"] == kind]


@pytest.mark.parametrize(("day", "theme", "code"), SEEN)
def test_plotly_takes_the_real_plan_and_drops_nothing(day: date, theme: Theme, code: Code) -> None:
    for shown in paths(real_plan(), day, code):
        assert_valid(path(shown, theme))


@pytest.mark.parametrize(("day", "theme", "code"), SEEN)
def test_plotly_takes_the_years_of_the_headline(day: date, theme: Theme, code: Code) -> None:
    rows = years(day, code)
    spec = courses(rows, theme)
    assert_valid(spec)
    tall = sum(bool(row.points) for row in rows)
    assert spec["layout"]["yaxis"]["range"] == [3 * tall + 2 * (len(rows) - tall), 0]
    assert len(spec["data"]) == tall + 1
    assert spec["data"][-1]["text"].count("0") == sum(
        number[0] == "zero" for row in rows for number in row.numbers(0.4)
    )
    used = {trace["marker"]["color"][-1] for trace in spec["data"][:-1]}
    assert used <= set(PALETTES[theme].statuses.values())


def test_on_a_slide_rows_are_of_one_height_with_texts_that_are_read_in_a_hall() -> None:
    rows = years(date(2020, 7, 31), "en")
    spec = courses(rows, "dark", ON_SLIDE)
    assert_valid(spec)
    assert spec["layout"]["height"] == 86 * len(rows) == spec["layout"]["yaxis"]["range"][0]
    assert {trace["textfont"]["size"] for trace in spec["data"]} == {24}
    assert spec["layout"]["hoverlabel"]["font"]["size"] == 24


def test_plotly_takes_the_path_of_a_milestone_with_all_stages() -> None:
    plan = plan_of(target("line", measure="stage", comparator="done"))
    seen = [
        observation("line", f"2020-0{month}-28", stage, "2020-09-01", row=month)
        for month, stage in enumerate(Stage, 1)
    ]
    (found,) = assess(plan, seen, date(2020, 9, 2))
    spec = path(chart_path(Phrasebook(plan, language("en")), found, seen))
    assert_valid(spec)
    assert series(spec, "stage")["line"]["shape"] == "hv"


def test_plotly_would_refuse_a_key_that_does_not_exist() -> None:
    """So that the tests above can fail."""
    spec = courses([])
    spec["layout"]["colour"] = "red"
    with pytest.raises(ValueError, match="colour"):
        assert_valid(spec)


def test_the_themes_differ_in_colours_and_nothing_else() -> None:
    plan, day = real_plan(), date(2020, 8, 31)
    specs: list[tuple[Spec, Spec]] = [
        (path(shown, "light"), path(shown, "dark")) for shown in paths(plan, day, "en")
    ]
    rows = years(day, "en")
    specs.append((courses(rows, "light"), courses(rows, "dark")))
    for light, dark in specs:
        assert without_colours(light) == without_colours(dark)
        assert colours(light) != colours(dark)


@pytest.mark.parametrize("theme", THEMES)
def test_only_the_last_actual_of_a_figure_has_the_colour_of_a_status(theme: Theme) -> None:
    plan, day = real_plan(), date(2021, 4, 30)
    palette = PALETTES[theme]
    own = {palette.ink, palette.axis, palette.accent, palette.grid, palette.paper}
    own |= set(palette.zones.values())
    for shown in paths(plan, day, "en"):
        spec = path(shown, theme)
        marks = [t["marker"] for t in spec["data"] if t["name"] == shown.names["judged"]]
        assert [mark.pop("color")[-1] for mark in marks] == [
            palette.statuses[shown.status] for _ in shown.judged[:1]
        ]
        for mark in marks:
            mark["line"]["color"].pop()
        assert colours(spec) <= own


@pytest.mark.parametrize("theme", THEMES)
def test_the_zones_of_a_theme_can_be_told_apart(theme: Theme) -> None:
    palette = PALETTES[theme]
    assert palette.zones.keys() == {"met", "near", "beyond"}
    assert len({*palette.zones.values(), palette.paper}) == 4


NAMES = {
    name: name
    for name in (
        *("judged", "drawn", "goal", "pace", "needed", "baseline", "met", "near", "as_of", "rest"),
        *("ghosts", "other", "outlook"),
    )
}
FRAME = Axes(date(2020, 1, 1), YEAR_END, 0, 10, ((YEAR_END, "31 December"),), ((0, "0%"),))
PATH = Path(
    FRAME,
    date(2020, 10, 1),
    NAMES,
    judged=(
        Point(date(2020, 3, 31), 3.0, "3%", "Q1: 3%"),
        Point(date(2020, 6, 30), 2.0, "2%", "first half: 2%"),
        Point(date(2020, 9, 30), 4.0, "4%", "three quarters: 4%"),
    ),
    goal=((FRAME.first, 6.0), (FRAME.last, 6.0)),
    met_edge=((FRAME.first, 5.5), (FRAME.last, 5.5)),
    near_edge=((FRAME.first, 4.9), (FRAME.last, 4.9)),
)


@pytest.mark.parametrize(("upwards", "end"), [(True, 10), (False, 0)])
def test_the_zones_of_a_path_lie_between_their_edges(end: float, *, upwards: bool) -> None:
    spec = path(replace(PATH, upwards=upwards))
    near, met = series(spec, "near"), series(spec, "met")
    assert near["y"] == [4.9, 4.9, 5.5, 5.5]
    assert met["y"] == [5.5, 5.5, end, end]
    assert near["x"] == met["x"] == ["2020-01-01", "2020-12-31", "2020-12-31", "2020-01-01"]
    assert met["fillcolor"] == PALETTES["light"].zones["met"]


def test_a_path_shows_only_the_series_that_it_has() -> None:
    bare = path(PATH)
    assert [trace["name"] for trace in bare["data"]] == ["near", "met", "goal", "judged"]
    spot = Point(date(2020, 1, 1), 5.0, "", "baseline: 5%")
    way = ((date(2020, 9, 30), 4.0), (YEAR_END, 6.0))
    extra = {"drawn": (spot,), "ghosts": (spot,), "other": (spot,), "outlook": way, "so_far": way}
    whole = path(replace(PATH, baseline=spot, pace=way, needed=way, needed_to=(5.5, 6.5), **extra))
    names = ["near", "met", "needed", "outlook", "pace", "outlook", "needed", "goal"]
    names += ["other", "ghosts", "drawn", "judged", "baseline"]
    assert [trace["name"] for trace in whole["data"]] == names
    assert_valid(whole)


def test_labels_lie_on_the_side_away_from_the_line_below_it_in_a_valley() -> None:
    sides = series(path(PATH), "judged")["textposition"]
    assert sides == ["top right", "bottom center", "top left"]


@pytest.mark.parametrize(
    ("as_of", "lines"),
    [(date(2020, 10, 1), 1), (date(2019, 12, 31), 0), (YEAR_END, 0), (date(2021, 3, 1), 0)],
)
def test_the_as_of_day_is_a_line_while_it_lies_inside_the_year(as_of: date, lines: int) -> None:
    found = shapes(path(replace(PATH, as_of=as_of)), "line")
    assert [line["x0"] for line in found] == [as_of.isoformat()] * lines


def test_one_box_tells_all_of_a_figure_and_no_text_of_it_is_a_tag() -> None:
    source = "<a href='http://elsewhere.example'>Bureau</a> & Co"
    told = Point(date(2020, 3, 31), 3.0, "3%", "Q1: 3%", ("Q1", "Actual: 3%", source))
    spec = path(replace(PATH, judged=(told,)))
    [text] = series(spec, "judged")["customdata"]
    assert text.startswith("<b>Q1</b><br>Actual: 3%<br>&lt;a")
    assert "&amp; Co" in text
    assert set(re.findall(r"<[^>]*>", text)) == {"<b>", "</b>", "<br>"}
    assert spec["layout"]["hovermode"] == "x unified"


def test_lines_are_named_at_their_ends_the_important_ones_where_there_is_little_room() -> None:
    ends = tuple(End(name, 6.0, (name, "6%")) for name in ("goal", "outlook", "so_far"))
    notes = path(replace(PATH, ends=ends))["layout"]["annotations"]
    texts = [note["text"] for note in notes if note.get("xshift") == 6]
    assert texts == ["goal<br>6%", "outlook<br>6%", "so_far<br>6%"]
    heights = [note["y"] for note in notes if note.get("xshift") == 6]
    assert heights == sorted(heights, reverse=True)
    assert min(a - b for a, b in pairwise(heights)) > 0.08


@pytest.mark.parametrize(("start", "written"), [(0.0, True), (5.5, False)])
def test_what_the_rest_must_bring_is_written_where_its_line_leaves_room(
    start: float, *, written: bool
) -> None:
    way = ((date(2020, 6, 30), start), (YEAR_END, 6.0))
    notes = path(replace(PATH, needed=way))["layout"]["annotations"]
    assert ("rest" in [note["text"] for note in notes]) is written


def test_a_label_that_would_lie_over_a_later_one_is_not_written() -> None:
    close = (
        Point(date(2020, 2, 29), 4.0, "4.0%", "February"),
        Point(date(2020, 3, 31), 3.8, "3.8%", "March"),
        Point(date(2020, 6, 30), 2.8, "2.8%", "June"),
    )
    assert series(path(replace(PATH, judged=close)), "judged")["text"] == ["", "3.8%", "2.8%"]


def test_marks_at_the_years_ends_have_room() -> None:
    first, last = path(PATH)["layout"]["xaxis"]["range"]
    assert date.fromisoformat(first) < date(2020, 1, 1)
    assert date.fromisoformat(last) >= YEAR_END + timedelta(days=1)


def test_a_spec_is_plain_json_of_one_height() -> None:
    """It is handed to the browser without Plotly's own encoder looking at it."""
    for shown in paths(real_plan(), date(2021, 4, 30), "zh"):
        spec = path(shown)
        text = json.dumps(spec, allow_nan=False)
        assert json.loads(text) == spec
        assert all(abs(float(number)) < 1e12 for number in NUMBER.findall(text))
        assert (spec["layout"]["height"] < PATH_HEIGHT) is shown.steps
        assert spec["layout"]["height"] <= PATH_HEIGHT


def test_the_modebar_is_hidden_as_its_links_have_no_names() -> None:
    assert CONFIG["displayModeBar"] is False
