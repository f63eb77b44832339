"""A month in the grid, in a real browser: by keyboard alone, two people at once, nothing lost."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from mubiao.model import Observation
from mubiao.period import Period
from mubiao.store import Store, open_store
from mubiao.views.month import due_in
from tests.browser.server import Server
from tests.browser.visit import Seen, Visitor
from tests.real import real_actuals, real_plan

Start = Callable[..., Server]
TODAY = "2020-07-20"
PLAN = "beijing-2020"
FIGURES = 30
# The grid is a canvas; what it tells a screen reader says where one is.
_CELL_IN_HAND = "canvas tr:has([role=gridcell][aria-selected=true])"
_TWO_FRAMES = """() => new Promise(
  done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"""


@pytest.fixture
def july(server: Start) -> Server:
    """A server of its own on a day when June's figures come in."""
    return server(MUBIAO_TODAY=TODAY)


def record_of(server: Server) -> Store:
    """The server's record, as it is on disk."""
    return open_store(f"sqlite:///{server.log.parent / 'mubiao.sqlite'}")


def since(server: Server, row: int) -> list[Observation]:
    """What was recorded after a row."""
    found = [entry for entry in record_of(server).history(PLAN) if entry.row > row]
    return [entry for entry in found if isinstance(entry, Observation)]


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on by Tab until this part of the page has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("part => part === document.activeElement"):
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def grid(page: Page) -> Locator:
    """The grid's canvas."""
    return page.get_by_test_id("data-grid-canvas")


def saved(page: Page) -> Locator:
    """What the last save did."""
    return page.get_by_test_id("stAlertContentSuccess")


def enter_grid(page: Page, row: int = 0) -> None:
    """Come to the grid by Tab, and by an arrow to the column of values."""
    tab_to(page, grid(page))
    page.keyboard.press("ArrowRight")
    for _ in range(row):
        page.keyboard.press("ArrowDown")
    expect(page.locator(_CELL_IN_HAND)).to_have_attribute("aria-rowindex", str(row + 2))


def put(page: Page, row: int, text: str) -> None:
    """Open the cell of this row, type, and go on to the cell below.

    The grid takes a value two frames after its last key, at the latest: a person is slower.
    """
    cell = page.locator("#portal textarea, #portal input")
    page.keyboard.press("Enter")
    expect(cell).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    expect(cell).to_have_value(text)
    page.evaluate(_TWO_FRAMES)
    page.keyboard.press("Enter")
    expect(cell).to_have_count(0)
    expect(page.locator(_CELL_IN_HAND)).to_have_attribute("aria-rowindex", str(row + 3))


def type_month(seen: Seen, name: str, *values: str) -> None:
    """Give name and source, and type values down the column."""
    page = seen.page
    tab_to(page, page.get_by_role("textbox", name="Your name"))
    page.keyboard.type(name)
    tab_to(page, page.get_by_role("textbox", name="Source"))
    page.keyboard.type("Bureau of Statistics")
    enter_grid(page)
    for row, value in enumerate(values):
        put(page, row, value)
    seen.settle()


def first_of_june() -> list[str]:
    """What to type into the first rows of June: what the record would say, or a stage."""
    known = [o for o in real_actuals() if o.known_on <= date.fromisoformat(TODAY)]
    due = due_in(real_plan(), Period.parse("2020-06"), known, date.fromisoformat(TODAY))
    usual = {"%": "3.1", "ug/m3": "43"}
    return [
        "under_way" if each.target.is_milestone else usual.get(each.target.unit or "", "12")
        for each in due[:FIGURES]
    ]


def test_thirty_figures_are_entered_by_keyboard_alone(july: Server, open_page: Visitor) -> None:
    seen = open_page("/record", at=july, lang="en")
    page = seen.page
    before = record_of(july).version(PLAN)
    values = first_of_june()
    assert len(values) == FIGURES
    type_month(seen, "Li Wei", *values)
    while (boxes := page.get_by_role("checkbox", name="It is right", checked=False)).count():
        tab_to(page, boxes.first)
        page.keyboard.press("Space")
        seen.settle()
    expect(page.locator(".mb-bar b")).to_have_text(f"ready: {FIGURES}")
    tab_to(page, page.get_by_role("button", name="Save", exact=True))
    page.keyboard.press("Enter")
    seen.settle()
    expect(saved(page)).to_contain_text(f"June 2020: {FIGURES} saved")
    written = since(july, before)
    assert len(written) == FIGURES
    assert {row.recorded_by for row in written} == {"Li Wei"}
    assert len({row.save for row in written}) == 1
    assert [str(row.value) for row in written] == values
    assert "draft=" not in page.url
    expect(page.locator(".mb-edit")).to_have_count(0)


def test_two_people_on_the_same_rows_see_each_other_and_decide(
    july: Server, open_page: Visitor
) -> None:
    mine = open_page("/record", at=july, lang="en")
    theirs = open_page("/record", at=july, lang="en")
    before = record_of(july).version(PLAN)
    type_month(mine, "Li Wei", "-3.3", "-12", "2.9", "4.9")
    type_month(theirs, "Wang Fang", "-3.1", "-10", "2.7")
    theirs.page.get_by_role("button", name="Save", exact=True).click()
    theirs.settle()
    expect(saved(theirs.page)).to_contain_text("June 2020: 3 saved")
    # Mine was ready before they saved: pressed now, nothing is written, all three are shown.
    mine.page.get_by_role("button", name="Save", exact=True).click()
    mine.settle()
    expect(mine.page.locator(".mb-bar b")).to_have_text("ready: 1 · to decide: 3")
    expect(mine.page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    assert len(since(july, before)) == 3
    sides = mine.page.locator(".mb-sides").nth(2).inner_text()
    assert [said in sides for said in ("What you saw", "2.8%", "Wang Fang", "2.7%", "2.9%")]
    decide = mine.page.locator(".st-key-decide-gdp-growth")
    decide.get_by_role("button", name="Keep theirs").click()
    mine.settle()
    for target in ("budget-revenue-growth", "cpi"):
        decide = mine.page.locator(f".st-key-decide-{target}")
        decide.get_by_role("button", name="Save mine").click()
        mine.settle()
    mine.page.get_by_role("button", name="Save", exact=True).click()
    mine.settle()
    expect(saved(mine.page)).to_contain_text("June 2020: 3 saved")
    rows = {(row.target, row.recorded_by): row for row in since(july, before)}
    assert ("gdp-growth", "Li Wei") not in rows
    for target, value in (("budget-revenue-growth", "-12"), ("cpi", "2.9")):
        own = rows[target, "Li Wei"]
        assert (str(own.value), own.replaces) == (value, rows[target, "Wang Fang"].row)
    assert rows["unemployment", "Li Wei"].replaces is None


def test_unsaved_edits_survive_a_page_a_language_and_a_lost_session(
    july: Server, open_page: Visitor
) -> None:
    seen = open_page("/record", at=july, lang="en")
    page = seen.page
    type_month(seen, "Li Wei", "-3.2", "-11")
    told = page.locator(".mb-bar b")
    expect(told).to_have_text("ready: 2")
    navigation = page.locator(".st-key-nav")
    navigation.get_by_role("link", name="Overview", exact=True).click()
    seen.settle()
    navigation.get_by_role("link", name="Record", exact=True).click()
    seen.settle()
    expect(told).to_have_text("ready: 2")
    page.get_by_role("radio", name="中文").click()
    seen.settle()
    assert page.locator(".mb-edit b").all_inner_texts() == ["−3.2%", "−11%"]
    enter_grid(page, row=3)  # the grid goes on where it was: a third figure beside the two
    put(page, 3, "4.8")
    seen.settle()
    link = "/" + page.url.rsplit("/", 1)[1]
    page.context.close()
    open_page.opened.remove(seen)
    again = open_page(link, at=july)
    assert again.page.locator(".mb-edit b").all_inner_texts() == ["−3.2%", "−11%", "4.8%"]
    name = again.page.locator(".st-key-by input")
    expect(name).to_have_value("")  # a link carries the figures, never the name
    name.fill("Li Wei")
    name.press("Tab")
    again.settle()
    again.page.locator(".st-key-month-save-now button").click()
    again.settle()
    assert [str(row.value) for row in since(july, 0)][-3:] == ["-3.2", "-11", "4.8"]


def test_a_reload_after_saving_saves_nothing_twice(july: Server, open_page: Visitor) -> None:
    seen = open_page("/record", at=july, lang="en")
    type_month(seen, "Li Wei", "-3.2")
    link = "/" + seen.page.url.rsplit("/", 1)[1]
    before = record_of(july).version(PLAN)
    seen.page.get_by_role("button", name="Save", exact=True).dblclick()
    seen.settle()
    again = open_page(link, at=july)
    expect(again.page.locator(".mb-bar")).to_have_count(0)
    assert len(since(july, before)) == 1
