"""What is typed into the month's grid is what comes to the server, whenever it is typed.

Grid and page are as slow here as they like: no test waits for a frame between two keys.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.month import VALUES_AT, click_value, rows_of_june, unsaved
from tests.browser.server import Deployment
from tests.browser.visit import Seen, Visitor

_EDITOR = "**/data-grid-overlay-editor*.js"
_FIELD = "#portal .gdg-clip-region textarea.gdg-input"
_UPGRADE = (
    "Streamlit's grid has changed: bring the names in mubiao/ui/record/grid_keys.js and in this "
    "file up to date, and see that test_typing.py and `make faults` pass again"
)
_PRESS = """async keys => {
  for (const [key, keyCode] of keys) document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key, keyCode, bubbles: true, cancelable: true}));
  await null;
  return document.activeElement.closest("canvas")?.dataset.testid ?? "";
}"""


@pytest.fixture
def seen(july: Deployment, open_page: Visitor) -> Seen:
    """The month, with the first cell of the column of values in hand."""
    seen = open_page("/record", at=july, lang="en")
    click_value(seen.page)
    return seen


@pytest.fixture
def comes(july: Deployment, seen: Seen) -> Callable[[Sequence[str]], None]:
    """Wait until these values of the first rows have come to the server; "" for none."""

    def wait(wanted: Sequence[str]) -> None:
        deadline = time.monotonic() + 60
        while True:
            rows = unsaved(seen, july)
            values = [
                rows.get(each.target.id, {}).get("value", "")
                for each in rows_of_june()[: len(wanted)]
            ]
            if values == wanted or time.monotonic() > deadline:
                break
            time.sleep(0.2)
        assert values == wanted
        assert all(row.keys() <= {"value"} for row in rows.values())

    return wait


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_grid_has_the_private_names_that_the_script_of_its_keys_leans_on(seen: Seen) -> None:
    page = seen.page
    assert page.evaluate(
        "document.activeElement.matches('canvas[data-testid=data-grid-canvas]')"
    ), _UPGRADE
    with page.expect_request(lambda one: "data-grid-overlay-editor" in one.url):
        press(page, "Enter")
    expect(page.locator(_FIELD), _UPGRADE).to_be_focused()
    press(page, "1")
    timers = page.evaluate(
        """() => {
          const own = window.setTimeout, delays = [];
          window.setTimeout = (run, delay) => { delays.push(delay); return own(run, delay); };
          const init = {key: "a", keyCode: 65, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", init));
          window.setTimeout = own;
          return delays;
        }"""
    )
    assert timers == [0], _UPGRADE


def test_a_digit_and_enter_before_the_page_has_done_anything_keep_the_figure(
    seen: Seen, comes: Callable[[Sequence[str]], None]
) -> None:
    press(seen.page, *"41.3")
    expect(seen.page.locator(_FIELD)).to_have_value("41.3")
    seen.page.evaluate(_PRESS, [["3", 51], ["Enter", 13]])
    comes(["41.3", "", ""])


def test_a_key_that_leaves_the_cell_has_left_it_before_the_next_one(seen: Seen) -> None:
    page = seen.page
    for key in (("Enter", 13), ("ArrowDown", 40), ("Escape", 27), ("Tab", 9)):
        press(page, *"41.3")
        expect(page.locator(_FIELD)).to_have_value("41.3")
        assert page.evaluate(_PRESS, [key]) == "data-grid-canvas"
        expect(page.locator(_FIELD)).to_have_count(0)


def test_the_first_figures_after_a_load_are_whole_however_late_the_cell_s_script_is(
    seen: Seen, comes: Callable[[Sequence[str]], None]
) -> None:
    page = seen.page
    waiting: list[Route] = []
    page.route(_EDITOR, lambda route: waiting.append(route))  # noqa: PLW0108 - append has no room for Playwright's mark
    # Typed into an empty cell; then opened by Enter, over a figure.
    for turn, opened_by in enumerate(((), ("Enter",))):
        seen.again()
        click_value(page)
        with page.expect_request(_EDITOR):
            press(page, *opened_by, *f"{turn}.71", "Enter", *"-3.4", "Tab", "ArrowLeft")
            press(page, "ArrowDown", *f"{turn}5")
        press(page, *"67")
        waiting.pop().continue_()
        expect(page.locator(_FIELD)).to_have_value(f"{turn}567")
        press(page, "8", "ArrowUp")
        comes([f"{turn}.71", "-3.4", f"{turn}5678"])


def test_keys_between_a_click_and_the_frame_that_brings_the_focus_are_kept(
    seen: Seen, comes: Callable[[Sequence[str]], None]
) -> None:
    page = seen.page
    grid = page.get_by_test_id("stDataFrame").bounding_box()
    assert grid is not None
    page.get_by_role("textbox", name="Source").focus()
    page.evaluate("frame = requestAnimationFrame, due = [], void 0")
    page.evaluate("requestAnimationFrame = f => due.push(f), void 0")
    page.mouse.click(grid["x"] + VALUES_AT, grid["y"] + 90)
    press(page, *"27", "Enter")
    page.evaluate("requestAnimationFrame = frame, due.forEach(f => frame(f))")
    comes(["", "27", ""])


def test_keys_after_the_grid_has_lost_the_focus_by_a_redraw_come_into_its_cell(
    seen: Seen, comes: Callable[[Sequence[str]], None]
) -> None:
    press(seen.page, *"27", "Enter")
    for keys in (("ArrowDown",), (*"31", "Enter")):
        seen.page.evaluate("document.activeElement.blur()")
        press(seen.page, *keys)
    comes(["27", "", "31"])


def test_a_figure_typed_below_the_rows_that_are_seen_is_whole(
    seen: Seen, comes: Callable[[Sequence[str]], None]
) -> None:
    figures = [f"{10 + place}.5" for place in range(12)]
    for text in figures:
        press(seen.page, *text, "Enter")
    comes(figures)


# By what is pressed from the first cell on, what the first cells hold then.
KEYS = {
    # Arrows leave a cell that was typed into, and move the caret in one that was opened.
    "2 7 ArrowDown 3 1 ArrowDown 9 9 ArrowUp 3 2 ArrowUp Enter End ArrowLeft . Enter": "2.7 32 99",
    "2 7 Enter 3 1 Escape 3 9 Backspace 4 Enter ArrowUp Enter ControlOrMeta+a 5 Escape": "27 34 ",
    # A locked cell takes no key, and keeps none for the next.
    "ArrowLeft 5 Enter Escape ArrowRight 2 7 Enter": "27  ",
}


def test_keys_do_in_a_cell_what_they_do_in_a_sheet(
    seen: Seen, comes: Callable[[Sequence[str]], None]
) -> None:
    for keys, values in KEYS.items():
        press(seen.page, *keys.split())
        comes(values.split(" "))
        # What is selected by the keyboard is emptied at once.
        press(seen.page, *["ArrowUp"] * 3, *["Shift+ArrowDown"] * 2, "Delete")
        comes(["", "", ""])


def test_an_input_method_composes_in_a_cell(
    seen: Seen, comes: Callable[[Sequence[str]], None]
) -> None:
    page = seen.page
    method = page.context.new_cdp_session(page)

    def compose(text: str) -> None:
        key = {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229}
        method.send("Input.dispatchKeyEvent", key)
        caret: dict[str, Any] = {"selectionStart": len(text), "selectionEnd": len(text)}
        method.send("Input.imeSetComposition", {"text": text, **caret})

    press(page, "Enter")
    expect(page.locator(_FIELD)).to_be_focused()
    for text in ("w", "wan", "wan'c"):
        compose(text)
    # Enter and Escape belong to the input method for as long as it composes.
    for key in ("Enter", "Escape", "ArrowDown"):
        event = {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": 229}
        method.send("Input.dispatchKeyEvent", event)
    expect(page.locator(_FIELD)).to_have_value("wan'c")
    method.send("Input.insertText", {"text": "完成"})
    press(page, "Enter")
    # A digit that opens a cell, and those that the input method passes on whole.
    press(page, "3")
    for text in ("．", "１"):
        compose(text)
        method.send("Input.insertText", {"text": text})
    press(page, "Enter")
    comes(["完成", "3．１", ""])
    for row, text in enumerate(("完成", "3．１")):
        # What a screen reader reads follows by a moment.
        expect(page.locator("canvas tbody tr").nth(row).locator(":scope > *").nth(1)).to_have_text(
            text
        )
