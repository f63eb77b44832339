"""What people do with the dashboard, in a real browser from end to end.

The fixture `open_page` fails a test whose pages log an error or ask any host but localhost.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.visit import Seen, Visitor

PAGES = {
    "/": "Beijing 2020: how the targets stand",
    "/overview": "Beijing 2020: how the targets stand",
    "/target": "GDP growth",
    "/record": "Record",
    "/meeting": "Meeting",
    "/present": "Beijing 2020: how the targets stand",
    "/history": "History",
    "/sources": "Sources and method",
}
Start = Callable[..., Server]


def statuses(page: Page, css: str) -> dict[str, str]:
    """By target id, the status in each row of the list with this class."""
    rows: dict[str, str] = page.locator(f".{css} > li").evaluate_all(
        """rows => Object.fromEntries(rows.map(row => [
          new URL(row.querySelector('a').href).searchParams.get('target'),
          row.querySelector('.mb-status').className.match(/mb-status mb-(\\w+)/)[1],
        ]))"""
    )
    return rows


def content(page: Page) -> str:
    """All words of the page's main part."""
    return page.locator("[data-testid=stMain]").inner_text()


def title(page: Page) -> str:
    """The page's one heading of the first level."""
    return page.locator("h1").inner_text()


def go(seen: Seen, name: str) -> None:
    """Follow a link of the navigation."""
    seen.page.locator(".st-key-nav").get_by_role("link", name=name, exact=True).click()
    seen.settle()


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_whole_as_the_first_address_of_a_fresh_server(
    path: str, server: Start, open_page: Visitor
) -> None:
    fresh = server()
    seen = open_page(path, at=fresh, lang="en")
    assert title(seen.page) == PAGES[path]
    if path in {"/", "/overview"}:
        assert len(statuses(seen.page, "mb-bullets")) == 9
    if path in {"/", "/overview", "/target"}:
        expect(seen.page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    if path == "/record":
        expect(seen.page.get_by_test_id("data-grid-canvas")).to_be_visible()
    if path == "/sources":
        assert seen.page.locator(".mb-citations li").count() > 160


def test_a_link_copied_on_a_fresh_server_holds_for_whoever_comes_later(
    server: Start, open_page: Visitor
) -> None:
    fresh = server()
    mine = open_page("/record", at=fresh, lang="en")
    go(mine, "Overview")
    assert title(mine.page) == PAGES["/"]
    link = mine.page.url
    # The entry registers its own pages, and knows no other address from then on.
    theirs = open_page("/", at=fresh, lang="en")
    theirs.page.goto(link)
    theirs.settle()
    assert title(theirs.page) == PAGES["/"]
    expect(theirs.page.get_by_role("dialog")).to_have_count(0)


def test_a_figure_that_is_entered_turns_the_status_on_the_overview(
    server: Start, open_page: Visitor
) -> None:
    seen = open_page("/", at=server(), lang="en", as_of="2021-03-31")
    page = seen.page
    assert statuses(page, "mb-rows")["new-jobs"] == "missed"
    go(seen, "Record")
    page.get_by_role("radio", name="One target").click()
    seen.settle()
    page.get_by_label("Choose a target").click()
    page.keyboard.type("New urban")
    page.keyboard.press("Enter")
    seen.settle()
    assert "target=new-jobs" in page.url
    page.get_by_role("combobox", name="Period").click()
    page.get_by_role("option", name="(2020)").click()
    seen.settle()
    # From here on by keyboard alone: value, known on, how exact, how settled, source, note, name.
    page.get_by_label("Value (people)").focus()
    page.keyboard.type("28万")
    page.keyboard.press("Enter")
    seen.settle()
    expect(page.get_by_text("Still missing before it can be saved: Source")).to_be_visible()
    page.get_by_label("Source").focus()
    page.keyboard.type("Beijing Municipal Bureau of Statistics")
    page.keyboard.press("Tab")
    seen.settle()
    effect = page.locator(".mb-effect .mb-status")
    assert effect.all_inner_texts() == ["✖ missed", "✔ achieved"]
    # Pressed at once after the last key: what was typed must not get lost on the way.
    page.get_by_role("textbox", name="Your name").fill("Li Wei")
    page.get_by_role("button", name="Save").click()
    seen.settle()
    expect(page.get_by_text("Saved as no. 41: New urban jobs.").first).to_be_visible()
    go(seen, "Overview")
    assert statuses(page, "mb-rows")["new-jobs"] == "achieved"


def test_the_language_switches_at_once_and_keeps_page_day_and_draft(open_page: Visitor) -> None:
    seen = open_page("/record", lang="en", view="one", target="new-jobs", as_of="2021-03-31")
    page = seen.page
    page.get_by_role("combobox", name="Period").fill("2020-05")
    page.keyboard.press("Enter")
    page.get_by_label("How settled").click()
    page.get_by_role("option", name="final", exact=True).click()
    page.get_by_label("Value (people)").fill("28万")
    page.get_by_label("Source").fill("Bureau")
    page.keyboard.press("Tab")
    seen.settle()
    marks = page.locator(".mb-effect .mb-status")
    before = marks.evaluate_all("marks => marks.map(mark => mark.className)")
    assert len(before) == 2
    for language, lang, words in (
        ("中文", "zh", "城镇新增就业"),
        ("English", "en", "New urban jobs"),
    ):
        page.get_by_role("radio", name=language).click()
        seen.settle()
        assert f"lang={lang}" in page.url
        assert "as_of=2021-03-31" in page.url
        assert "/record?" in page.url
        assert words in content(page)
        expect(page.locator(".mb-problems")).to_have_count(0)
        assert marks.evaluate_all("marks => marks.map(mark => mark.className)") == before


def test_a_copied_link_shows_the_colleague_the_same_thing(open_page: Visitor) -> None:
    mine = open_page("/", lang="en", as_of="2020-07-31")
    mine.page.get_by_role("button", name="no data").click()
    mine.settle()
    mine.page.get_by_label("Search").fill("plan")
    mine.page.keyboard.press("Enter")
    mine.settle()
    assert statuses(mine.page, "mb-rows")
    # A new visitor, whose browser asks for Chinese: the link says English.
    theirs = open_page("/" + mine.page.url.rsplit("/", 1)[1])
    assert content(theirs.page) == content(mine.page)
    assert statuses(theirs.page, "mb-rows") == statuses(mine.page, "mb-rows")


def test_stepping_through_the_months_turns_the_statuses(open_page: Visitor) -> None:
    seen = open_page("/", lang="en", as_of="2020-04-30")
    turned: dict[str, list[str]] = {"gdp-growth": [], "cpi": [], "pm25": []}
    for _ in range(4):
        shown = statuses(seen.page, "mb-bullets")
        for target, course in turned.items():
            course.append(shown[target])
        seen.page.get_by_role("button", name="Month ›").click()
        seen.settle()
    assert turned == {
        "gdp-growth": ["off_track"] * 4,
        "cpi": ["at_risk", "at_risk", "at_risk", "on_track"],
        "pm25": ["no_data", "off_track", "at_risk", "at_risk"],
    }
    assert "as_of=2020-08-31" in seen.page.url
    seen.page.get_by_role("button", name="Today").click()
    seen.settle()
    assert statuses(seen.page, "mb-bullets")["gdp-growth"] == "missed"


def test_a_row_is_reached_and_followed_by_keyboard_alone(open_page: Visitor) -> None:
    seen = open_page("/", lang="en", as_of="2020-07-31")
    page = seen.page
    link = page.locator(".mb-bullets a").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/target?**")
    seen.settle()
    assert title(page) == "GDP growth"
    assert "as_of=2020-07-31" in page.url
    go(seen, "Overview")
    page.locator(".mb-rows a", has_text="New urban jobs").click()
    page.wait_for_url("**/target?**")
    seen.settle()
    assert title(page) == "New urban jobs"


def test_a_broken_plan_is_a_page_that_a_person_understands(
    server: Start, open_page: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "broken.yaml").write_text("id: broken\nyear: soon\n", encoding="utf-8")
    seen = open_page("/record", at=server(MUBIAO_PLANS=str(tmp_path)), lang="en")
    assert title(seen.page) == "The plan broken.yaml cannot be used yet"
    expect(seen.page.get_by_text("broken.yaml:2: year must be a whole number")).to_be_visible()
    expect(seen.page.get_by_role("button", name="Save")).to_have_count(0)
