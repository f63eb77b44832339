"""What if: a figure tried on a slide or a target's page; nothing of it is kept anywhere."""

import pytest

from mubiao.store import Store
from tests.pages.rooms import PLAN, held
from tests.pages.seen import Shown, opened


def tried(shown: Shown, **fields: str) -> Shown:
    return shown.fill(**{f"whatif-{field}": value for field, value in fields.items()})


def band(shown: Shown) -> str:
    return " ".join(shown.texts("mb-trial"))


@pytest.mark.parametrize("page", ["present", "target"])
def test_a_tried_figure_is_judged_and_marked_and_kept_nowhere(page: str, store: Store) -> None:
    address = {"target": "cpi", "slide": "target-cpi"}
    shown = opened(page, as_of="2020-07-31", **address)
    before, url = store.version(PLAN), shown.address
    assert shown.having("mb-trial") == []
    tried(shown, value="4.5")
    assert shown.texts("mb-trial-mark") == ["Tried, not recorded"]
    assert "If January–July were 4.5%" in band(shown)
    assert "● on track → ◆ off track" in band(shown)
    assert "4.5%, 1.0 percentage points above the target of 3.5%" in band(shown)
    # On a slide the trial stands in the place of the key figures, among them the status.
    assert page == "present" or shown.status == "on_track"
    assert store.version(PLAN) == before
    assert shown.address == url
    assert opened(page, as_of="2020-07-31", **address).having("mb-trial") == []


def test_a_trial_is_judged_like_any_figure_until_it_is_reset() -> None:
    shown = opened("target", target="cpi", as_of="2020-07-31")
    tried(shown, period="2020-01..2020-09", value="3.6")
    # After the day: as of when it is judged.
    assert "as of 30 September 2020" in band(shown)
    assert "▲ at risk" in band(shown)
    tried(shown, value="many")
    assert shown.problems() != []
    assert all(problem.startswith("Value: ") for problem in shown.problems())
    assert "If " not in band(shown)
    shown.press("whatif-reset")
    assert shown.having("mb-trial") == []
    # In the place of the figure of its period.
    shown = opened("target", target="unemployment", as_of="2020-07-31")
    assert "● on track → ◆ off track" in band(tried(shown, period="2020-Q2", value="5.0"))
    same = band(tried(shown, value="4.9"))
    assert "If Q2 were 4.9% ● on track → ● on track" in same


def test_every_other_target_that_changes_is_named() -> None:
    shown = opened("target", target="gdp-growth", as_of="2021-03-31")
    assert "If the full year were 0.2%" in band(tried(shown, period="2020", value="0.2"))
    income = "Real per capita disposable income growth ✔ achieved → ✖ missed"
    assert income in band(tried(shown, value="5.9"))


def test_a_milestone_is_tried_by_its_stage() -> None:
    shown = opened("target", target="zhengyangmen-restoration", as_of="2020-07-31")
    assert len(shown.at.main.get("plotly_chart")) == 0
    tried(shown, stage="complete")
    assert "○ not reported → ✔ achieved" in band(shown)
    assert len(shown.at.main.get("plotly_chart")) == 1


def test_another_slide_forgets_the_trial() -> None:
    shown = tried(opened("present", as_of="2020-07-31", slide="target-cpi"), value="4.5")
    shown.at.query_params["slide"] = "headline"
    shown.run()
    shown.at.query_params["slide"] = "target-cpi"
    assert shown.run().having("mb-trial") == []


def test_a_trial_in_a_meeting_stands_beside_what_its_room_saw(store: Store) -> None:
    shown = opened("target", target="cpi", meeting=str(held(store).id))
    tried(shown, value="4.5")
    assert "● on track → ◆ off track" in band(shown)
