"""Every page with each plan that ships, and no page with anything of another."""

import pytest

from mubiao.plan.loader import read_plan
from mubiao.store import Store
from tests.pages.seen import PAGES, Shown, opened
from tests.real import PLAN_FILE

TITLES = {year: f"北京市{year}年政府工作报告" for year in (2020, 2025, 2026)}
GROWTH = {2020: "1.2%", 2025: "5.4%"}  # of the whole year


@pytest.mark.parametrize("year", [2025, 2026])
def test_each_page_takes_the_plan_of_the_address(year: int, store: Store) -> None:
    """The record of 2020 is there too: the same indicators, and never their figures."""
    assert store.count("beijing-2020")
    address = {"plan": f"beijing-{year}", "as_of": "2026-04-30", "target": "gdp-growth"}
    for page in PAGES:
        is_of(year, page, opened(page, lang="zh", view="one", **address))


def is_of(year: int, page: str, shown: Shown) -> None:
    assert shown.notice == "", page
    assert shown.texts("mb-ignored") == []
    if page != "present":
        frame = "".join(shown.frame.itertext())
        assert f"北京市 {year}" in frame or f"北京市{year}" in frame
    # Of other years speaks the page of the years, and the target's own under that heading.
    own = shown.text.partition("历年情况")[0] if page == "target" else shown.text
    assert (GROWTH[2020] in own) is (page == "years")
    if page in {"target", "history", "overview"}:
        assert (GROWTH[2025] in shown.text) is (year == 2025 or page == "target")


def test_a_target_that_another_plan_has_stays_chosen(store: Store) -> None:
    assert store.count("beijing-2020")
    shown = opened("target", plan="beijing-2025", target="bottleneck-works")
    shown.step("Beijing government work report 2026")
    assert (shown.address["plan"], shown.address["target"]) == ("beijing-2026", "bottleneck-works")
    shown.choose(target="charging-points").step("Beijing government work report 2025")
    assert "target" not in shown.address


def test_a_setting_opens_another_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_PLAN", "beijing-2025")
    assert "2025 is over" in opened("overview", as_of="2026-04-30").texts("mb-lead")[0]
    assert "2020 is over" in opened("overview", plan="beijing-2020").texts("mb-lead")[0]
    monkeypatch.setenv("MUBIAO_PLAN", "beijing")
    assert "beijing-2020, beijing-2025, beijing-2026" in opened("overview").notice


def test_an_entry_of_one_plan_is_none_of_another(store: Store) -> None:
    before = store.count("beijing-2020")
    opened("overview", plan="beijing-2025", as_of="2026-04-30")
    plan = read_plan(PLAN_FILE.with_name("beijing-2025.yaml")).plan
    assert plan is not None
    assert (store.count("beijing-2020"), store.count(plan.id)) == (before, 33)
    assert store.count("beijing-2026") == 0
