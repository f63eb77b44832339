from dataclasses import replace
from datetime import date
from decimal import Decimal

from mubiao.model import Observation
from mubiao.period import Period
from mubiao.views.briefing import briefing
from mubiao.views.detail import PathRow
from tests.briefings import JULY, december, july, phrasebook, seen
from tests.real import real_actuals, real_plan


def test_the_table_tells_baseline_actuals_and_target_in_the_order_of_their_days() -> None:
    shown = july("en").subjects["gdp-growth"]
    assert shown.numbers == (
        PathRow("2019", "baseline", "baseline 2019: 6.2%"),
        PathRow("31 March 2020", "actual that is judged", "Q1 2020: −6.6%"),
        PathRow("30 June 2020", "actual that is judged", "the first half of 2020: −3.2%"),
        PathRow("31 December 2020", "target", "about 6%"),
    )


def test_every_point_and_line_of_a_chart_has_its_row() -> None:
    for subject in december("zh").subjects.values():
        figures = {number.figure for number in subject.numbers}
        points = (*subject.path.judged, *subject.path.drawn)
        assert {point.label for point in points} <= figures
        told = {number.what for number in subject.numbers}
        assert ("进度" in "".join(told)) is bool(subject.path.pace), subject.row.id
        assert not subject.path.goal or subject.asks in figures


def test_a_count_tells_its_scheduled_pace_at_the_days_of_the_axis() -> None:
    target = next(t for t in real_plan().targets if t.value == 200 and t.measure == "count")
    subject = july("en").subjects[target.id]
    pace = [number for number in subject.numbers if number.what == "scheduled pace"]
    assert [number.day for number in pace] == [
        *("31 March 2020", "30 June 2020", "30 September 2020", "31 December 2020")
    ]
    # 182 of 366 days are gone by 30 June.
    assert pace[1].figure.startswith("99.5 ")
    assert pace[3].figure.startswith("200 ")


def test_figures_of_earlier_years_are_in_neither_drawing_nor_table() -> None:
    old = Observation(
        *("gdp-growth", Period.parse("2018"), Decimal("6.6"), date(2019, 1, 20)), source="x", row=99
    )
    look = seen(JULY, (*real_actuals(), old))
    with_it = briefing(phrasebook("en"), replace(look, remarks=())).subjects["gdp-growth"]
    assert [number for number in with_it.numbers if "2018" in number.figure] == []
