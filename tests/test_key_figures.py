"""The figures of a target at a glance, and what the latest changed."""

import pytest

from mubiao.model import Stage
from mubiao.views.key_figures import KeyFigure, change, key_figures
from mubiao.wording.phrasebook import Phrasebook
from tests.samples import EN, observation
from tests.worked import WORKED, judged

BOOK = Phrasebook(WORKED, EN)


def test_what_is_behind_shows_the_gap_the_rest_and_where_the_year_ends() -> None:
    assert key_figures(BOOK, judged("gdp", "2020-07-31")) == (
        KeyFigure("the first half", "−3.2%", "▲ 3.4, better"),
        KeyFigure("Target", "about 6%", "at least 5.5%"),
        KeyFigure("Short of it by", "8.7 percentage points"),
        KeyFigure("The second half must bring", "15.1%"),
        KeyFigure("Year's end, like Q2", "roughly −1.5%"),
    )


def test_what_holds_shows_the_room_that_is_left() -> None:
    figures = {one.label: one.value for one in key_figures(BOOK, judged("cpi", "2020-07-31"))}
    assert figures["Room left"] == "0.7 percentage points"
    assert "rest" not in "".join(figures)


def test_without_a_figure_there_is_the_target_alone() -> None:
    assert [one.label for one in key_figures(BOOK, judged("gdp", "2020-03-01"))] == ["Target"]


@pytest.mark.parametrize(
    ("name", "values", "text"),
    [
        ("cpi", ("3.8", "2.8"), "▼ 1.0, better"),
        ("cpi", ("2.8", "3.8"), "▲ 1.0, worse"),
        ("gdp", ("2", "1.5"), "▼ 0.5, worse"),
        ("gdp", ("2", "2"), "unchanged"),
    ],
)
def test_a_change_says_its_direction_and_whether_it_is_better(
    name: str, values: tuple[str, str], text: str
) -> None:
    seen = [
        observation(name, period, value, "2020-07-10")
        for period, value in zip(("2020-Q1", "2020-H1"), values, strict=True)
    ]
    assert change(BOOK, judged(name, "2020-07-31", seen)) == text
    assert not change(BOOK, judged(name, "2020-07-31", seen[:1]))


def test_a_stage_has_no_change_in_numbers() -> None:
    seen = [observation("line", "2020-03-31", Stage.NOT_STARTED, "2020-04-01")]
    seen.append(observation("line", "2020-06-30", Stage.UNDER_WAY, "2020-07-01"))
    figures = key_figures(BOOK, judged("line", "2020-07-31", seen))
    assert figures[0].value == "under way"
    assert not figures[0].note
