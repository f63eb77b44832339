"""A month in the grid, in a real browser: by keyboard alone, two people at once, nothing lost."""

from collections.abc import Sequence

from playwright.sync_api import expect

from tests.browser.month import (
    counted,
    figures,
    is_saved,
    rows_of_june,
    save,
    save_button,
    tab_to,
    type_month,
    unsaved,
    values,
)
from tests.browser.server import Deployment
from tests.browser.visit import Seen, Visitor
from tests.faults.figures import AtLength


def first_of_june(number: int) -> list[str]:
    """What to type into the first rows of June: what the record would say, or a stage."""
    usual = {"%": "3.1", "ug/m3": "41"}
    return [
        "under_way" if each.target.is_milestone else usual.get(each.target.unit or "", "12")
        for each in rows_of_june()[:number]
    ]


def test_thirty_figures_are_entered_by_keyboard_alone(
    july: Deployment, open_page: Visitor, at_length: AtLength
) -> None:
    seen = open_page("/record", at=july, lang="en")
    page, number = seen.page, at_length(30, 6)
    june = first_of_june(number)
    assert len(june) == number
    type_month(seen, "Li Wei", *june)
    expect(page.locator(".st-key-month-edits .mb-edit")).to_have_count(number)
    while (boxes := page.get_by_role("checkbox", name="It is right", checked=False)).count():
        tab_to(page, boxes.first)
        page.keyboard.press("Space")
        seen.settle()
    expect(counted(page)).to_have_text(f"ready: {number}")
    rows = unsaved(seen, july)
    assert [rows.get(each.target.id, {}).get("value") for each in rows_of_june()[:number]] == june
    tab_to(page, save_button(page))
    page.keyboard.press("Enter")
    seen.settle()
    is_saved(page, number)
    assert july.values == june
    assert len({(row.recorded_by, row.save) for row in july.recorded}) == 1
    assert july.recorded[0].recorded_by == "Li Wei"
    assert "draft=" not in page.url
    expect(page.locator(".mb-bar")).to_have_count(0)


def test_two_on_the_same_rows_meet_and_save_once(july: Deployment, open_page: Visitor) -> None:
    mine = open_page("/record", at=july, lang="en")
    theirs = open_page("/record", at=july, lang="en")
    type_month(mine, "Li Wei", "-3.3", "", "2.9")
    type_month(theirs, "Wang Fang", "-3.1")
    link = "/" + theirs.page.url.rsplit("/", 1)[1]
    save_button(theirs.page).dblclick()
    theirs.settle()
    is_saved(theirs.page, 1)
    # Mine was ready before they saved: pressed now, nothing is written, both are shown.
    save_button(mine.page).click()
    mine.settle()
    expect(counted(mine.page)).to_have_text("ready: 1 · to decide: 1")
    expect(save_button(mine.page)).to_be_disabled()
    sides = mine.page.locator(".mb-sides").inner_text()
    assert [part in sides for part in ("What you saw", "−3.1%", "Wang Fang", "−3.3%")] == [True] * 4
    theirs.page.goto(july.address + link)
    theirs.settle()
    expect(theirs.page.locator(".mb-bar")).to_have_count(0)
    assert july.values == ["-3.1"]
    mine.page.get_by_role("button", name="Save mine").click()
    mine.settle()
    save(mine, 2)
    rows = {(row.target, row.recorded_by): row for row in july.recorded}
    first = rows["gdp-growth", "Wang Fang"].row
    assert rows["gdp-growth", "Li Wei"].replaces == first


# As people write them in Excel: 12,000, nothing, 12, N/A, 13.2万, a blank before and after, 约70.
COLUMN = ("12,000", "", "12", "N/A", "13.2万", " 60 ", "约70")


def _delete(seen: Seen, below: int) -> None:
    """Empty a cell so many rows below the one in hand."""
    with seen.running():
        for key in (*["ArrowDown"] * below, "Delete"):
            seen.page.keyboard.press(key)
    seen.settle()


def paste(seen: Seen, cells: Sequence[str], *, as_excel: bool = False) -> None:
    """Put a column on the clipboard and press Ctrl+V; Excel adds a table in HTML to the text."""
    page = seen.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    parts = {"text/plain": "".join(f"{cell}\r\n" for cell in cells)}
    if as_excel:
        rows = "".join(f"<tr height=20><td class=xl65 align=right>{c}</td></tr>" for c in cells)
        parts["text/html"] = (
            "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><table><col width=72>"
            f"<!--StartFragment-->{rows}<!--EndFragment--></table></body></html>"
        )
    page.evaluate(
        """parts => navigator.clipboard.write([new ClipboardItem(Object.fromEntries(
          Object.entries(parts).map(([type, text]) => [type, new Blob([text], {type})])))])""",
        parts,
    )
    with seen.running():
        page.keyboard.press("ControlOrMeta+v")
    seen.settle()


def test_a_column_pasted_from_excel_fills_downwards_and_is_one_save(
    july: Deployment, open_page: Visitor
) -> None:
    seen = open_page("/record", at=july, lang="en", section="2.7")
    page = seen.page
    type_month(seen, "Li Wei")
    paste(seen, COLUMN, as_excel=True)
    expect(counted(page)).to_have_text("ready: 5 · to mend: 1")
    expect(page.locator(".mb-problems, .mb-edit").first).to_contain_text("“N/A” is not a figure")
    expect(save_button(page)).to_be_disabled()
    taken = ["12,000 places", "12 stations", "132,000 people", "60 stations", "roughly 70 points"]
    assert figures(page) == taken
    _delete(seen, 3)
    expect(counted(page)).to_have_text("ready: 5")
    save(seen, 5)
    assert {row.target: str(row.value) for row in july.recorded} == {
        "kindergarten-places": "12000",
        "emergency-stations": "12",
        "new-jobs": "132000",
        "care-stations": "60",
        "rural-care-points": "70",
    }
    assert len({row.save for row in july.recorded}) == 1


def test_what_is_pasted_replaces_what_was_typed_and_what_is_below_the_list_is_said_to_be(
    july: Deployment, open_page: Visitor
) -> None:
    seen = open_page("/record", at=july, lang="en", section="2.8")
    page = seen.page
    type_month(seen, "Li Wei", "complete", "complete")
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    paste(seen, ["under_way", "", "not_started", "cancelled", "complete"])
    assert values(page)[:3] == ["under_way", "", "not_started"]
    expect(counted(page)).to_have_text("ready: 2")
    error = page.get_by_test_id("stAlertContentError")
    expect(error).to_contain_text("“cancelled” stands below the last row and is not taken")
    _delete(seen, 3)
    expect(error).to_have_count(0)
    expect(counted(page)).to_have_text("ready: 2")


def test_the_bar_that_saves_is_seen_whole_and_covers_no_row_of_the_grid(
    july: Deployment, open_page: Visitor
) -> None:
    seen = open_page("/record", at=july, lang="en")
    type_month(seen, "Li Wei", "-3.1")
    page = seen.page
    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        seen.settle()
        bar = page.locator(".st-key-month-save")
        for part in (bar, save_button(page), bar.locator(".mb-bar")):
            expect(part).to_be_in_viewport(ratio=1)
        frame = page.get_by_test_id("stDataFrame")
        frame.scroll_into_view_if_needed()
        if width < 640:
            page.mouse.move(200, 300)
            page.mouse.wheel(0, 150)
            page.wait_for_timeout(300)
        grid_, its = frame.bounding_box(), bar.bounding_box()
        assert grid_["y"] >= 0
        assert grid_["y"] + grid_["height"] <= its["y"]
