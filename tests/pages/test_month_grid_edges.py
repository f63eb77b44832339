"""The month's grid at its edges: what comes in with the press on Save, what is below the list."""

import pytest

from mubiao.store import Store
from tests.pages.seen import Shown, opened

PLAN = "beijing-2020"
JUNE = {"month": "2020-06", "as_of": "2020-07-31"}


@pytest.fixture
def shown() -> Shown:
    """June, with a name and a source, and nothing typed yet."""
    return opened("record", **JUNE).put("by", "Li Wei").fill(**{"month-source": "Bureau"})


def typed(shown: Shown, cells: dict[int, str]) -> Shown:
    """Put values into rows of the grid, and leave it to the caller to send them."""
    grid = shown.at.session_state["month-grid"]
    shown.at.session_state[grid.key] = {
        "edited_rows": {row: {"value": value} for row, value in cells.items()},
        "added_rows": [],
        "deleted_rows": [],
    }
    return shown


def test_what_comes_in_with_the_press_is_shown_before_it_is_saved(
    shown: Shown, store: Store
) -> None:
    typed(shown, {0: "-3.1"}).run()
    before = store.version(PLAN)
    assert shown.texts("mb-bar") == ["ready: 1"]
    typed(shown, {0: "-3.1", 1: "-11"})
    shown.at.button(key="month-save-now").click()
    shown.run()
    assert store.version(PLAN) == before
    assert "Not saved yet: more was typed meanwhile." in shown.text
    assert "−11%" in shown.text
    shown.at.button(key="month-save-now").click()
    shown.run()
    assert [str(entry.value) for entry in store.history(PLAN)[-2:]] == ["-3.1", "-11"]


def test_a_value_below_the_last_row_is_told_and_hinders_nothing(shown: Shown, store: Store) -> None:
    below = len(shown.at.session_state["month-grid"].targets)
    typed(shown, {0: "-3.1", below: "7"}).run()
    assert "“7” stands below the last row and is not taken" in shown.said
    shown.at.button(key="month-save-now").click()
    shown.run()
    assert [entry.target for entry in store.history(PLAN)[-1:]] == ["gdp-growth"]
    assert "stands below the last row" not in shown.said
