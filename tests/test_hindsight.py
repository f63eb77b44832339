"""How outlooks and lights of a closed year came out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mubiao.model import Entry, Status
from mubiao.outlook import hindsight
from mubiao.views.hindsight import hindsight_tables
from mubiao.wording.phrasebook import Phrasebook
from tests.real import real_actuals, real_plan
from tests.samples import EN, ZH, observation, plan_of
from tests.worked import ALLEYS, CPI, GDP, PUBLISHED, WORKED

CLOSED = date(2021, 3, 31)


def numbered(*entries: Entry) -> list[Entry]:
    """Rows as a record numbers them."""
    return [replace(entry, row=row) for row, entry in enumerate(entries, 1)]


def test_before_the_year_is_over_nothing_is_told() -> None:
    early = observation(
        "alleys", "2020-11-30", "200", "2020-12-02"
    )  # decided, and yet the year is on
    past = hindsight(WORKED, numbered(*PUBLISHED, early), date(2020, 12, 31))
    assert (past.cases, past.lights) == ((), ())
    assert hindsight_tables(Phrasebook(WORKED, EN), past) == ()


def test_an_outlook_is_held_against_the_final_figure() -> None:
    plan = plan_of(GDP, CPI)
    cases = hindsight(plan, numbered(*PUBLISHED), CLOSED).cases
    found = {(case.target.id, case.period.text): case for case in cases}
    assert [*found] == [
        ("cpi", "2020-Q1"),
        ("cpi", "2020-H1"),
        ("gdp", "2020-H1"),
        ("gdp", "2020-01..2020-09"),
    ]
    half = found["gdp", "2020-H1"]
    assert round(half.value, 6) == Fraction("-1.490710")
    assert (half.so_far, half.end) == (Fraction("-3.2"), Fraction("1.2"))


def test_a_series_without_a_final_figure_is_no_case_and_an_open_target_no_light() -> None:
    seen = [o for o in PUBLISHED if o.target == "gdp" and o.period.text != "2020"]
    past = hindsight(plan_of(GDP), numbered(*seen), CLOSED)
    assert (past.cases, past.lights) == ((), ())


def test_an_outlook_is_the_one_that_was_told_then_whatever_was_corrected_later() -> None:
    rows = numbered(*(o for o in PUBLISHED if o.target == "gdp"))
    later = replace(
        rows[1], known_on=date(2021, 2, 1), value=Decimal(9), row=99, replaces=rows[1].row
    )
    before, after = (hindsight(plan_of(GDP), some, CLOSED) for some in (rows, [*rows, later]))
    assert before == after


def test_each_light_is_counted_by_what_became_of_its_target() -> None:
    alleys = (
        observation("alleys", "2020-03-31", "30", "2020-04-02"),
        observation("alleys", "2020-12-31", "200", "2021-01-02"),
    )
    plan = plan_of(GDP, ALLEYS)
    past = hindsight(plan, numbered(*PUBLISHED, *alleys), CLOSED)
    found = {
        (light.day.month, light.status): (light.achieved, light.missed) for light in past.lights
    }
    assert found[4, Status.OFF_TRACK] == (0, 1)  # growth, after the first quarter
    assert found[4, Status.ON_TRACK] == (1, 0)  # the alleys, on schedule
    assert found[3, Status.OFF_TRACK] == (0, 0)  # of nothing anything was known
    assert len(past.lights) == 36


def test_the_series_of_2020_are_those_of_the_method() -> None:
    """METHOD, section 3c: closer than "as so far" in 11 of 12 cases."""
    past = hindsight(real_plan(), numbered(*real_actuals()), CLOSED)
    nearer = [abs(case.value - case.end) < abs(case.so_far - case.end) for case in past.cases]
    assert (sum(nearer), len(nearer)) == (11, 12)
    outlooks, lights = hindsight_tables(Phrasebook(real_plan(), EN), past)
    assert outlooks.rows[-1] == ("all", "12", "", "", "in 11 of 12")
    growth = next(row for row in outlooks.rows if row[0] == "GDP growth")
    assert growth[1:] == ("2", "1.6 percentage points", "2.8 percentage points", "in 2 of 2")
    assert len(lights.rows) == 12
    assert lights.rows[6] == ("July", "kept 8 · missed 0", "kept 2 · missed 0", "kept 0 · missed 1")
    chinese, _ = hindsight_tables(Phrasebook(real_plan(), ZH), past)
    assert chinese.rows[-1][-1] == "12次中11次"
