"""The plans of a place beside each other, by small made-up plans of three years."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import plotly.graph_objects as go
import pptx
import pytest
from openpyxl import load_workbook

from mubiao.assessment import assess
from mubiao.exports.circular import word
from mubiao.exports.deck import deck
from mubiao.exports.workbook.tables import years_workbook
from mubiao.figures import years as figure
from mubiao.model import Observation, Status, Target, Text
from mubiao.plan.loader import PlanFile
from mubiao.theme import PALETTES
from mubiao.views.charts.years import YearsChart, years_chart
from mubiao.views.years import Cell, PlanYear, cells, plans_beside, years
from tests.briefings import JULY, july, seen, year_before
from tests.real import real_plan
from tests.samples import EN, observation, plan_of, target
from tests.sites import july_site, pages_of

DAY = date(2023, 3, 31)


def _growth(value: int, **fields: Any) -> Target:  # noqa: ANN401 - any field of a target
    own = {"measure": "rate", "comparator": "at_least", "value": value, "series": "gdp"}
    return target("growth", **(own | fields))


def _jobs(name: str, **fields: Any) -> Target:  # noqa: ANN401 - any field of a target
    return target(name, measure="count", comparator="at_least", value=100, unit="people", **fields)


def _year(year: int, *targets: Target, known: tuple[Observation, ...] = ()) -> PlanYear:
    plan = plan_of(*targets).model_copy(update={"id": f"p-{year}", "year": year})
    return PlanYear(plan, assess(plan, known, DAY))


def _whole(name: str, year: int, value: str) -> Observation:
    return observation(name, str(year), value, f"{year + 1}-01-20")


# Growth is promised each year; jobs in 2020 and 2022 only, tied; homes and lifts once each.
THREE = (
    _year(
        2020,
        _growth(6),
        _jobs("jobs", series="jobs"),
        _jobs("homes"),
        target("opened", measure="stage", comparator="done", due="2020-06-30"),
        known=(_whole("growth", 2020, "5"), _whole("jobs", 2020, "120")),
    ),
    _year(2021, _growth(5), _jobs("lifts"), known=(_whole("growth", 2021, "5.1"),)),
    _year(2022, _growth(7), _jobs("work", series="jobs")),
)


def test_each_year_says_how_many_of_the_decided_were_kept() -> None:
    view = years(THREE, EN)
    assert [(one.name, one.total, one.achieved, one.decided, one.share) for one in view.plans] == [
        ("2020", 4, 1, 2, "50%"),
        ("2021", 2, 1, 1, "100%"),
        ("2022", 2, 0, 0, ""),
    ]
    assert view.title == (
        "2020: 1 of 2 promises with a result kept; 2021: 1 of 1 promise with a result kept"
    )
    assert view.rest == "of 2 indicators promised again for 2022, 1 harder, 1 as before"
    sections = [[(one.id, one.total) for one in plan.sections] for plan in view.plans]
    assert sections == [[("2.0", 4)], [("2.0", 2)], [("2.0", 2)]]


def test_an_indicator_has_a_cell_a_year_and_is_held_against_the_year_that_had_it_last() -> None:
    growth, jobs = years(THREE, EN).series
    assert [_cell(one) for one in growth.cells] == [
        ("p-2020", "growth", "at least 6%", "5%", "missed", ""),
        ("p-2021", "growth", "at least 5%", "5.1%", "achieved", "easier"),
        ("p-2022", "growth", "at least 7%", "", "not reported", "harder"),
    ]
    assert [_cell(one) for one in jobs.cells] == [
        ("p-2020", "jobs", "at least 100 people", "120 people", "achieved", ""),
        None,
        ("p-2022", "work", "at least 100 people", "", "not reported", "as before"),
    ]
    assert jobs.name == "work"


def _cell(one: Cell | None) -> tuple[str, ...] | None:
    return one and (one.key, one.target, one.asks, one.actual, one.mark.word, one.turn_word)


def test_what_an_earlier_plan_had_is_not_new_and_milestones_are_not_listed() -> None:
    steps = [
        (step.before, step.after, [m.target for m in step.anew], [m.target for m in step.dropped])
        for step in years(THREE, EN).steps
    ]
    assert steps == [
        ("2020", "2021", ["lifts"], ["jobs", "homes"]),
        ("2021", "2022", [], ["lifts"]),
    ]


def test_a_draft_with_the_place_in_chinese_alone_stands_beside_the_others() -> None:
    first, then, last = (one.plan for one in THREE)
    drafted = then.model_copy(update={"place": Text(zh=then.place.zh, en=then.place.zh)})
    elsewhere = last.model_copy(update={"place": Text(zh="青川", en="Qingchuan")})
    files = [PlanFile(Path(one.id), one, (), "") for one in (drafted, elsewhere)]
    assert [one.id for _, one in plans_beside(first, files, DAY)] == [drafted.id]


def test_one_plan_alone_is_compared_with_nothing() -> None:
    view = years(THREE[2:], EN)
    assert (view.title, view.rest, view.series, view.steps) == (
        *("No promise has a result yet", "", (), ()),
    )


def test_what_a_report_promised_first_is_compared_not_what_was_changed_later() -> None:
    amended: dict[str, Any] = {
        "known_on": date(2020, 6, 1),
        "comparator": "above",
        "value": Decimal(0),
        "by": {"zh": "市", "en": "City"},
        "printed": "高于0",
    }
    first = _year(2020, _growth(6, amended=amended), known=(_whole("growth", 2020, "1"),))
    [row] = years((first, THREE[1]), EN).series
    assert [_cell(one) for one in row.cells][:2] == [
        ("p-2020", "growth", "at least 6%", "1%", "achieved", ""),
        ("p-2021", "growth", "at least 5%", "5.1%", "achieved", "easier"),
    ]


def _chart(*given: PlanYear) -> YearsChart | None:
    return years_chart(given, cells(given, "gdp", EN), "gdp", EN)


def test_a_chart_has_what_each_year_asked_and_what_became_of_it() -> None:
    chart = _chart(*THREE)
    assert chart is not None
    assert [
        (p.name, p.goal, p.goal_text, p.actual, p.actual_text, p.status) for p in chart.points
    ] == [
        ("2020", 6.0, "6%", 5.0, "5%", Status.MISSED),
        ("2021", 5.0, "5%", 5.1, "5.1%", Status.ACHIEVED),
        ("2022", 7.0, "7%", None, "", Status.NO_DATA),
    ]
    box = chart.points[0].box
    assert box[:2] == ("2020 · ✖ missed", "at least 6%")
    assert {"Actual: 5%", "Short of it by 1 percentage point"} < set(box)
    assert box[-1].startswith("Published on: ")
    assert chart.points[2].box == ("2022 · ○ not reported", "at least 7%")
    assert all(
        chart.low < v < chart.high
        for p in chart.points
        for v in (p.goal, p.actual)
        if v is not None
    )
    # 2020 and 2022 do not follow each other.
    gap = _chart(THREE[0], THREE[2])
    assert gap is not None
    assert [point.follows for point in (*chart.points, *gap.points)] == [
        *(False, True, True, False, False)
    ]


def test_a_promise_of_zero_is_a_number_like_another() -> None:
    level = _year(2020, _growth(0), known=(_whole("growth", 2020, "-5.7"),))
    chart = _chart(level, THREE[1])
    assert chart is not None
    assert (chart.points[0].goal, chart.points[0].goal_text) == (0.0, "0%")
    *_, goals, actuals = figure.years(chart, ("target", "actual"))["data"]
    assert (goals["textposition"][0], actuals["textposition"][0]) == ("top center", "bottom center")


def test_of_a_range_both_ends_and_the_band_between_them_are_drawn() -> None:
    span = {"comparator": "between", "upper": "6.5"}
    for value, named, other, side in (
        *(("", 6.5, 6.0, "bottom center"), ("7", 6.0, 6.5, "top center")),
        ("6.2", 6.0, 6.5, "middle right"),
    ):
        known = (_whole("growth", 2020, value),) if value else ()
        chart = _chart(_year(2020, _growth(6, **span), known=known), *THREE[1:])
        assert chart is not None
        first = chart.points[0]
        assert (first.goal, first.goal_end, first.goal_text) == (6.0, 6.5, "6–6.5%")
        spec = figure.years(chart, ("target", "actual"))
        go.Figure(spec)
        *_, asked, actual = spec["data"]
        assert (asked["y"][0], actual["textposition"][0]) == (named, side)
        band, bar = spec["layout"]["shapes"]
        assert (band["y0"], band["y1"], bar["y0"], bar["y1"]) == (6.0, 6.5, other, other)


def test_numbers_in_another_unit_are_on_no_common_axis() -> None:
    counted = _year(2021, _jobs("growth", series="gdp"), known=(_whole("growth", 2021, "120"),))
    assert _chart(THREE[0], counted) is None
    assert _chart(THREE[0]) is None
    chart = _chart(counted, *THREE[1:])
    assert chart is not None
    assert [point.goal for point in chart.points] == [None, 5.0, 7.0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colour_is_the_statuses_alone_and_plotly_takes_the_figure(theme: Any) -> None:  # noqa: ANN401
    chart = _chart(*THREE)
    assert chart is not None
    spec = figure.years(chart, ("target", "actual"), theme)
    go.Figure(spec)
    *lines, asked, actual = spec["data"]
    palette = PALETTES[theme]
    assert actual["marker"]["color"] == [palette.statuses[point.status] for point in chart.points]
    assert {asked["marker"]["color"], *(line["line"]["color"] for line in lines)} == {
        *(palette.accent, palette.ink)
    }
    # Each label says what it is of once, and stands away from the other mark.
    assert (asked["text"], actual["text"]) == (["target 6%", "5%", "7%"], ["actual 5%", "5.1%", ""])
    assert [*zip(asked["textposition"], actual["textposition"], strict=True)][:2] == [
        ("top center", "bottom center"),
        ("bottom center", "top center"),
    ]


def test_the_years_are_taken_along_as_a_workbook() -> None:
    book = load_workbook(BytesIO(years_workbook(years(THREE, EN), EN, "As of 31 March 2023")))
    counts, indicators = (
        [[cell or "" for cell in row] for row in book[name].iter_rows(values_only=True)]
        for name in ("Years", "Indicators")
    )
    assert counts[0][0].startswith("2020: 1 of 2")
    assert counts[4] == ["2020", 4, 1, "", "", "", 1, 2, "1/2"]
    assert [row[0] for row in counts[4:]] == [
        "2020",
        "Headline",
        "2021",
        "Headline",
        "2022",
        "Headline",
    ]
    assert indicators[2][:9] == [
        *("growth", "at least 6%", "5%", "✖ missed", ""),
        *("at least 5%", "5.1%", "✔ achieved", "easier"),
    ]
    # Nothing is promised of it in 2021.
    assert indicators[3][5:9] == [""] * 4


def test_deck_notice_and_site_set_the_years_beside_each_other_where_there_are_any() -> None:
    beside = (year_before(),)
    alone, briefing = july("en"), july("en", beside=beside)
    assert (alone.years, len(briefing.years.headline if briefing.years else ())) == (None, 9)
    slides = pptx.Presentation(BytesIO(deck([briefing], appendix=False))).slides
    [table] = [
        shape.table
        for slide in slides
        for shape in slide.shapes
        if shape.has_table and shape.table.cell(0, 0).text == "Indicator"
    ]
    assert [cell.text for cell in table.rows[0].cells] == ["Indicator", "2019", "2020"]
    notices = [
        docx.Document(BytesIO(word(real_plan(), seen(JULY), [one]))) for one in (briefing, alone)
    ]
    heads = [any("4. Beside" in p.text for p in notice.paragraphs) for notice in notices]
    assert heads == [True, False]
    site = july_site(("en",))
    pages, others = pages_of(replace(site, beside=beside)), pages_of(site)
    assert pages.keys() - others.keys() == {"en/years.html"}
    assert 'href="targets/gdp-growth.html"' in pages["en/years.html"]
    target_page = pages["en/targets/gdp-growth.html"]
    assert ('id="years-spec"' in target_page, "2019" in target_page) == (True, True)
    assert "years.html" not in others["en/targets/gdp-growth.html"]
