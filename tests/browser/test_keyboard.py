"""By Tab, arrows, Enter and Space alone: one target, files, and the page of meetings.

The grid of a month and Present have theirs in test_month_grid and test_meeting.
"""

from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.month import tab_to
from tests.browser.server import Deployment
from tests.browser.test_meeting import follow, hold, press
from tests.browser.visit import Seen, Visitor


def put(seen: Seen, name: str, text: str) -> None:
    """Come to a field by Tab, type, and leave it by Tab."""
    tab_to(seen.page, seen.page.get_by_role("textbox", name=name, exact=True))
    seen.page.keyboard.press("ControlOrMeta+a")
    seen.page.keyboard.type(text)
    seen.page.keyboard.press("Tab")
    seen.settle()


def choose(seen: Seen, name: str, text: str) -> None:
    """Come to a list by Tab, type a part of what is wanted, go down to it, and take it."""
    page = seen.page
    tab_to(page, page.get_by_role("combobox", name=name))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    # A list that takes new words offers to add them first; which is in hand comes a moment later.
    wanted = page.get_by_role("option").filter(has_text=text, has_not_text="Add:").first
    expect(wanted).to_be_visible()
    in_hand = page.locator("[role=option][data-focused]")
    expect(in_hand).to_have_count(1)
    for _ in range(page.get_by_role("option").count()):
        if wanted.get_attribute("data-focused"):
            break
        page.keyboard.press("ArrowDown")
    expect(wanted).to_have_attribute("data-focused", "true")
    page.keyboard.press("Enter")
    seen.settle()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def taken(seen: Seen, name: str, folder: Path) -> Path:
    """The file that a button gives when it is pressed by the keyboard."""
    with seen.page.expect_download() as waiting:
        press(seen, "Enter", button(seen.page, name))
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_one_target_is_recorded_and_corrected(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/record", at=july, lang="en")
    page = seen.page
    # From the month to one target: the choice of a view is one stop, and arrows go through it.
    tab_to(page, page.get_by_role("radio", name="This month"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    seen.settle()
    assert "view=one" in page.url
    put(seen, "Your name", "Li Wei")
    choose(seen, "Choose a target", "Consumer price")
    assert "target=cpi" in page.url
    choose(seen, "Period", "January–July")
    put(seen, "Value (%) (required)", "three")
    # What is wrong is said in words, by the name of its field.
    expect(page.locator(".mb-problems")).to_contain_text("Value")
    put(seen, "Value (%) (required)", "3.7")
    put(seen, "Source (required)", "Bureau of Statistics")
    # Pressed at once after the last key: what was typed must not get lost on the way.
    page.get_by_role("textbox", name="Note").fill("so far")
    button(page, "Save").click()
    seen.settle()
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text("Saved as no.")
    [recorded] = july.recorded
    assert (recorded.target, str(recorded.value), recorded.recorded_by) == ("cpi", "3.7", "Li Wei")
    assert recorded.note == "so far"


def test_a_filled_in_workbook_is_saved(
    july: Deployment, open_page: Visitor, tmp_path: Path
) -> None:
    seen = open_page("/record", at=july, lang="en", view="files")
    page = seen.page
    # Listened to from the start: a listener takes a moment until the browser asks it.
    page.on("filechooser", lambda _: None)
    file = taken(seen, "All actuals, XLSX", tmp_path)
    book = load_workbook(file)
    head = [cell.value for cell in book.active[1]]
    row, value = book.active[2], head.index("Value")
    typed = row[value].value = round(float(row[value].value) + 0.1, 1)
    target = str(row[head.index("Target id")].value)
    book.save(file)
    put(seen, "Your name", "Li Wei")
    upload = page.locator('[data-testid="stFileUploader"] button').first
    tab_to(page, upload)
    with page.expect_file_chooser() as waiting:
        page.keyboard.press("Enter")
    waiting.value.set_files(file)
    seen.settle()
    press(seen, "Enter", page.get_by_role("button", name="Save all"))
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text("0 new, 1 corrected")
    assert [(one.target, float(one.value or 0)) for one in july.recorded] == [(target, typed)]


def test_a_meeting_is_held_and_dropped(
    july: Deployment, open_page: Visitor, tmp_path: Path
) -> None:
    seen = open_page("/meeting", at=july, lang="en")
    page = seen.page
    hold(seen, "July meeting")
    choose(seen, "Kind of file", "JSON")
    assert b"gdp-growth" in taken(seen, "Make the file", tmp_path).read_bytes()
    expect(button(page, "Compare with the one before")).to_have_count(0)
    follow(seen, "Overview of that day")
    expect(page.locator(".mb-meeting")).to_contain_text("As the meeting “July meeting” saw it")
    press(seen, "Enter", button(page, "Show the record as it is now"))
    follow(seen, "Meeting")
    press(seen, "Enter", button(page, "Take back"))
    page.get_by_label("Reason for taking it back").fill("The wrong day.")
    press(seen, "Enter", button(page, "Take “July meeting” back"))
    expect(page.get_by_text("No meeting has been held yet.")).to_be_visible()
