"""METHOD's outlook: where the year ends if the rest of it runs like the latest stretch."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mubiao.model import Assessment, Observation
from mubiao.outlook import Outlook, outlook
from tests.samples import observation, plan_of, target
from tests.worked import PUBLISHED, TARGETS, judged

PROFILE = ["0.00", "0.00", "0.10", "0.20", *(["0.50"] * 4), "0.70", "0.80", "0.90", "1.00"]
PLAN = plan_of(
    *TARGETS,
    target("trees", measure="count", comparator="at_least", value="100").model_copy(
        update={"profile": tuple(Decimal(share) for share in PROFILE)}
    ),
)
SEEN = (
    *PUBLISHED,
    observation("alleys", "2020-03-31", "30", "2020-04-02"),
    observation("alleys", "2020-06-30", "95", "2020-07-02"),
    observation("trees", "2020-06-30", "30", "2020-07-02"),
    observation("trees", "2020-07-31", "40", "2020-08-02"),
)


def assessed(name: str, as_of: str, seen: tuple[Observation, ...] = SEEN) -> Assessment:
    """The judgement of a target as of a day."""
    return judged(name, as_of, seen, PLAN)


def ahead(name: str, as_of: str) -> Outlook | None:
    """The outlook of a target as of a day."""
    return outlook(PLAN, assessed(name, as_of))


@pytest.mark.parametrize(
    ("name", "as_of", "by_hand"),
    [
        # One figure alone: as it runs.
        ("gdp", "2020-04-30", "-6.6"),
        # Q2 alone ran at (182 x -3.2 - 91 x -6.6) / 91 = 0.2; (182 x -3.2 + 184 x 0.2) / 366.
        ("gdp", "2020-07-31", "-1.490710"),
        # Q3 alone: (274 x 0.1 - 182 x -3.2) / 92 = 6.628261; (274 x 0.1 + 92 x 6.628261) / 366.
        ("gdp", "2020-12-31", "1.740984"),
        # March alone, a day more than February: (91 x 3.8 - 60 x 4) / 31 = 3.412903.
        ("cpi", "2020-04-30", "3.509149"),
        # Q2 alone: (182 x 2.8 - 91 x 3.8) / 91 = 1.8.
        ("cpi", "2020-07-31", "2.297268"),
        # 30 by the end of March, 30 / (91/366) a year.
        ("alleys", "2020-04-15", "120.659341"),
        # 65 in 91 days, and 184 days left: 95 + 184 x 65 / 91.
        ("alleys", "2020-07-15", "226.428571"),
        # By the profile half of the work is done by June, and July has none: 40 / 0.5.
        ("trees", "2020-08-15", "80"),
    ],
)
def test_the_years_end_is_what_one_gets_by_hand(name: str, as_of: str, by_hand: str) -> None:
    found = ahead(name, as_of)
    assert found is not None
    assert round(found.value, 6) == Fraction(by_hand)


@pytest.mark.parametrize(
    ("name", "as_of"),
    [
        ("gdp", "2020-03-31"),  # nothing is known
        ("gdp", "2021-03-31"),  # final
        ("gdp", "2021-06-30"),  # final, and long over
        ("jobless", "2020-07-31"),  # a level has no rest to run
        ("energy", "2021-04-30"),
        ("line", "2020-07-31"),
        ("kindergartens", "2020-12-31"),
    ],
)
def test_what_is_final_unknown_or_neither_rate_nor_count_has_no_outlook(
    name: str, as_of: str
) -> None:
    assert ahead(name, as_of) is None


def test_a_year_whose_final_figure_never_came_has_no_outlook() -> None:
    half = tuple(o for o in SEEN if o.period.text != "2020")
    assert outlook(PLAN, assessed("cpi", "2021-04-30", half)) is not None
    assert outlook(PLAN, assessed("cpi", "2021-05-01", half)) is None


def test_a_correction_takes_the_place_of_its_period() -> None:
    revised = (*SEEN, observation("gdp", "2020-Q1", "-6.8", "2020-07-20"))
    found = outlook(PLAN, assessed("gdp", "2020-07-31", revised))
    assert found is not None
    assert found.pace == Fraction("0.4")


@given(st.decimals(-30, 30, places=1), st.sampled_from(["gdp", "alleys"]))
def test_a_year_that_runs_evenly_ends_as_it_runs(value: Decimal, name: str) -> None:
    """The same rate in both quarters, or a count that grew with the days, goes on so."""
    half = value * 2 if name == "alleys" else value
    seen = (
        observation(
            name, "2020-03-31" if name == "alleys" else "2020-Q1", str(value), "2020-07-01"
        ),
        observation(name, "2020-06-30" if name == "alleys" else "2020-H1", str(half), "2020-07-01"),
    )
    found = outlook(PLAN, assessed(name, "2020-07-31", seen))
    # A count may have reached its target, which does not end the year.
    assert found is not None
    assert found.value == found.so_far
