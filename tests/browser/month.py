"""The month's grid as a person uses it."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from mubiao.assessment import assess
from mubiao.period import Period
from mubiao.proposal.unsaved import Cell, read_book
from mubiao.views.month import Due, rows_of, tabs
from tests.browser.server import JULY, Deployment
from tests.browser.visit import Seen
from tests.real import real_actuals, real_plan

# The grid is a canvas; what it tells a screen reader says where one is, and what it shows.
_CELL_IN_HAND = "canvas tr:has([role=gridcell][aria-selected=true])"
_OPEN_CELL = "#portal textarea, #portal input"
_VALUES = "rows => rows.map(row => row.children[1].textContent)"
# Pixels from the grid's left edge into the column of values.
VALUES_AT = 370
# Milliseconds between two keys of somebody who types fast.
_PACE = 60


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on by Tab until this part of the page has the focus, or the grid's cell inside it."""
    expect(wanted).to_be_visible()
    for _ in range(400):
        page.keyboard.press("Tab")
        if wanted.evaluate("part => part.contains(document.activeElement)"):
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def grid(page: Page) -> Locator:
    return page.get_by_test_id("data-grid-canvas")


def values(page: Page) -> list[str]:
    """What the column of values shows in the first rows."""
    column: list[str] = page.locator("canvas tbody tr").evaluate_all(_VALUES)
    return column


def rows_of_june() -> list[Due]:
    """The rows of the grid in July, from the first on."""
    day = date.fromisoformat(JULY)
    known = [o for o in real_actuals() if o.known_on <= day]
    judged = assess(real_plan(), known, day)
    rows = rows_of(real_plan(), Period.parse("2020-06"), judged, known, day)
    return [*tabs(rows, ())["owed"]]


def click_value(page: Page, row: int = 0) -> None:
    """Click into the column of values, in one of the rows that are seen first."""
    page.get_by_test_id("stDataFrame").click(position={"x": VALUES_AT, "y": 54 + 36 * row})


def unsaved(seen: Seen, at: Deployment) -> dict[str, dict[Cell, str]]:
    """What has come to the server of the grid and is not saved: the texts of each target's row."""
    seen.settle()
    name = parse_qs(urlsplit(seen.page.url).query).get("draft", [""])[0]
    book = read_book(at.store.draft(name) or "") if name else {}
    return {target: row.texts for month in book.values() for target, row in month.rows.items()}


def counted(page: Page) -> Locator:
    """How many edits are ready, to mend, to confirm or to decide."""
    return page.locator(".mb-bar b")


def figures(page: Page) -> list[str]:
    """The figures of the preview, in its order; what is refused has none, and the last save's
    stand elsewhere.
    """
    return page.locator(".st-key-month-edits .mb-edit b").all_inner_texts()


def save_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Save", exact=True)


def is_saved(page: Page, number: int) -> None:
    """So many figures of June were saved last."""
    success = page.get_by_test_id("stAlertContentSuccess")
    expect(success).to_contain_text(f"June 2020: {number} saved")


def save(seen: Seen, number: int) -> None:
    """Save the month: so many figures."""
    save_button(seen.page).click()
    seen.settle()
    is_saved(seen.page, number)


def enter_grid(page: Page, row: int = 0) -> None:
    """Come to the grid by Tab, and by an arrow to the column of values."""
    tab_to(page, grid(page))
    page.keyboard.press("ArrowRight")
    for _ in range(row):
        page.keyboard.press("ArrowDown")
    expect(page.locator(_CELL_IN_HAND)).to_have_attribute("aria-rowindex", str(row + 2))


def open_cell(page: Page) -> Locator:
    """Open the cell in hand; the field that takes what is typed."""
    cell = page.locator(_OPEN_CELL)
    page.keyboard.press("Enter")
    expect(cell).to_be_focused()
    return cell


def enter(page: Page, text: str) -> None:
    """Type over the cell in hand and go on to the one below, without looking up."""
    page.keyboard.press("Enter")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text, delay=_PACE)
    page.keyboard.press("Enter")


def type_month(seen: Seen, name: str, *values: str) -> None:
    """Give name and source, and type values down the column."""
    page = seen.page
    tab_to(page, page.get_by_role("textbox", name="Your name"))
    page.keyboard.type(name)
    tab_to(page, page.get_by_role("textbox", name="Source"))
    page.keyboard.type("Bureau of Statistics")
    enter_grid(page)
    for value in values:
        enter(page, value)
    seen.settle()
