"""One target's form in a real browser: two people at once, and warnings that are confirmed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from mubiao.model import Observation
from mubiao.store import open_store
from tests.browser.server import Server
from tests.browser.visit import Seen, Visitor

Start = Callable[..., Server]
PLAN = "beijing-2020"
CORRECT = {"view": "one", "target": "gdp-growth", "correct": "4"}


@pytest.fixture
def spring(server: Start) -> Server:
    """A server of its own on a day when the figures of the year are known."""
    return server(MUBIAO_TODAY="2021-04-30")


def since(server: Server, row: int) -> list[Observation]:
    """What was recorded after a row."""
    store = open_store(f"sqlite:///{server.log.parent / 'mubiao.sqlite'}")
    found = [entry for entry in store.history(PLAN) if entry.row > row]
    return [entry for entry in found if isinstance(entry, Observation)]


def put(seen: Seen, field: str, text: str) -> None:
    """Type into a field of the form, and go on."""
    box = seen.page.locator(f"[class*='st-key-{field}'] input").first
    box.fill(text)
    box.press("Tab")
    seen.settle()


def button(seen: Seen, name: str) -> Locator:
    """The button with this key."""
    return seen.page.locator(f".st-key-{name} button")


def press(seen: Seen, name: str) -> None:
    """Press the button with this key."""
    button(seen, name).click()
    seen.settle()


def test_two_people_correct_the_same_row_see_each_other_and_decide(
    spring: Server, open_page: Visitor
) -> None:
    mine = open_page("/record", at=spring, lang="en", **CORRECT)
    theirs = open_page("/record", at=spring, lang="zh", **CORRECT)
    for seen, name, value in ((mine, "Li Wei", "1.3"), (theirs, "王芳", "1.1")):
        put(seen, "by", name)
        put(seen, "value-", value)
    before = since(spring, 0)[-1].row
    press(theirs, "entry-save")
    assert [str(row.value) for row in since(spring, before)] == ["1.1"]
    # Mine was ready before they saved: pressed now, nothing is written, all three are shown.
    press(mine, "entry-save")
    expect(mine.page.get_by_test_id("stAlertContentError")).to_contain_text(
        "GDP growth: 王芳 saved this meanwhile"
    )
    assert len(since(spring, before)) == 1
    sides = mine.page.locator(".mb-sides > div").all_inner_texts()
    assert all(f in side for f, side in zip(("1.2%", "1.1%", "1.3%"), sides, strict=True))
    assert "王芳" in sides[1]
    expect(button(mine, "entry-save")).to_have_count(0)
    press(mine, "mine-entry")
    expect(mine.page.get_by_test_id("stAlertContentSuccess")).to_contain_text("Saved as no.")
    first, second = since(spring, before)
    assert (first.replaces, second.replaces) == (4, first.row)
    assert (str(second.value), second.recorded_by) == ("1.3", "Li Wei")
    # The other one goes on from their own row, and is told of mine in their own language.
    press(theirs, f"correct-{first.row}")
    expect(theirs.page.get_by_test_id("stAlertContentWarning")).to_contain_text(f"{first.row}")
    press(theirs, f"correct-{second.row}")
    put(theirs, "value-", "1.4")
    expect(theirs.page.locator(".mb-sides")).to_have_count(0)


def test_theirs_can_be_kept_and_a_second_press_changes_nothing(
    spring: Server, open_page: Visitor
) -> None:
    mine = open_page("/record", at=spring, lang="zh", **CORRECT)
    theirs = open_page("/record", at=spring, lang="en", **CORRECT)
    for seen, name, value in ((mine, "李伟", "1.3"), (theirs, "Wang Fang", "1.1")):
        put(seen, "by", name)
        put(seen, "value-", value)
    before = since(spring, 0)[-1].row
    press(theirs, "entry-save")
    # Noticed without a press: any run of the page shows it.
    put(mine, "source-", "北京市统计局")
    sides = mine.page.locator(".mb-sides > div").all_inner_texts()
    labels = ("您所见", "他人刚刚填报", "您的")
    assert all(s.startswith(label) for s, label in zip(sides, labels, strict=True))
    assert "北京市统计局" in sides[2]
    button(mine, "theirs-entry").dblclick()
    mine.settle()
    assert [str(row.value) for row in since(spring, before)] == ["1.1"]
    assert "correct=" not in mine.page.url
    expect(mine.page.locator(".mb-sides")).to_have_count(0)
    expect(mine.page.locator("[class*='st-key-value-'] input")).to_have_value("")
    expect(mine.page.locator(".mb-row-counting").first).to_contain_text("1.1%")


def test_a_warning_is_confirmed_with_the_keyboard_before_saving(
    spring: Server, open_page: Visitor
) -> None:
    address = {"view": "one", "target": "pm25", "correct": "40"}
    seen = open_page("/record", at=spring, lang="en", **address)
    put(seen, "by", "Li Wei")
    put(seen, "value-", "3900")
    expect(seen.page.locator(".mb-doubts li")).to_have_count(1)
    expect(button(seen, "entry-save")).to_be_disabled()
    expect(seen.page.locator(".mb-bar")).to_have_text("Confirm what is doubtful.")
    box = seen.page.get_by_role("checkbox", name="It is right as it stands")
    box.focus()
    seen.page.keyboard.press("Space")
    seen.settle()
    expect(button(seen, "entry-save")).to_be_enabled()
    put(seen, "value-", "3910")  # another figure is another question
    expect(box).not_to_be_checked()
    expect(button(seen, "entry-save")).to_be_disabled()
    box.focus()
    seen.page.keyboard.press("Space")
    seen.settle()
    press(seen, "entry-save")
    expect(seen.page.get_by_test_id("stAlertContentSuccess")).to_contain_text("Saved as no.")
    assert str(since(spring, 40)[-1].value) == "3910"
