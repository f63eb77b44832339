"""The connection is lost while somebody types, or the server is started again: what was entered is
still there, and what was not taken is seen not to be.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.month import (
    PLAN,
    TODAY,
    counted,
    figures,
    open_cell,
    put,
    record_of,
    save,
    saved,
    since,
    type_month,
    values,
)
from tests.browser.server import Server
from tests.browser.visit import Seen, Visitor
from tests.browser.wire import Wire

Start = Callable[..., Server]
_STATE = "document.querySelector('[data-testid=stApp]').dataset.testConnectionState"
# What a browser says of a server that does not answer, and what Streamlit does.
_LOST = re.compile("net::ERR_|reaching server endpoint|Is Streamlit still running|not responding")
_PUT_IN = """css => getComputedStyle(document.querySelector(css), '::before').content"""


@pytest.fixture
def july(server: Start) -> Server:
    """A server of its own on a day when June's figures come in."""
    return server(MUBIAO_TODAY=TODAY)


@pytest.fixture
def wire(july: Server) -> Iterator[Wire]:
    """What the browser is connected through."""
    wire = Wire(july.port)
    yield wire
    wire.cut()


@pytest.fixture
def open_month(july: Server, wire: Wire, open_page: Visitor) -> Iterator[Callable[[str], Seen]]:
    """Open the month through the wire; that the server did not answer is no error here."""
    yield lambda lang: open_page("/record", at=replace(july, port=wire.port), lang=lang)
    for seen in open_page.opened:
        seen.page.context.close()
        seen.errors[:] = [error for error in seen.errors if not _LOST.search(error)]


def is_lost(page: Page) -> None:
    """Wait until the page has noticed."""
    page.wait_for_function(f"{_STATE} !== 'CONNECTED'")


def is_back(seen: Seen) -> None:
    """Wait until the page is connected again and has finished."""
    seen.page.wait_for_function(f"{_STATE} === 'CONNECTED'", timeout=60_000)
    seen.settle()


def test_while_the_connection_is_lost_nothing_is_taken_and_all_is_there_afterwards(
    july: Server, wire: Wire, open_month: Callable[[str], Seen]
) -> None:
    seen = open_month("en")
    page, before = seen.page, record_of(july).version(PLAN)
    type_month(seen, "Li Wei", "-3.2", "-11")
    half_typed = open_cell(page)
    page.keyboard.type("2.")
    wire.cut()
    is_lost(page)
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    expect(half_typed).to_have_count(0)
    for name in ("Your name", "Source"):
        expect(page.get_by_role("textbox", name=name)).to_be_disabled()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    expect(page.get_by_role("dialog")).to_be_visible(timeout=30_000)
    assert "The connection to the server is lost" in page.evaluate(_PUT_IN, ".stDialog h2")
    assert "entered before is kept" in page.evaluate(_PUT_IN, ".stDialog section > div")
    wire.mend()
    is_back(seen)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert values(page)[:3] == ["-3.2", "-11", ""]
    assert figures(page) == ["−3.2%", "−11%"]
    save(seen)
    expect(saved(page)).to_contain_text("June 2020: 2 saved")
    assert [str(row.value) for row in since(july, before)] == ["-3.2", "-11"]


def test_what_was_typed_before_anybody_noticed_the_loss_is_shown_and_saved_afterwards(
    july: Server, wire: Wire, open_month: Callable[[str], Seen]
) -> None:
    seen = open_month("en")
    page, before = seen.page, record_of(july).version(PLAN)
    type_month(seen, "Li Wei", "-3.2", "-11")
    wire.fall_silent()
    put(page, 2, "2.6")
    put(page, 3, "4.8")
    page.wait_for_timeout(500)  # sent, and never received
    expect(counted(page)).to_have_text("ready: 2")
    wire.cut()
    is_lost(page)
    wire.mend()
    is_back(seen)
    expect(counted(page)).to_have_text("ready: 4")
    assert figures(page) == ["−3.2%", "−11%", "2.6%", "4.8%"]
    save(seen)
    expect(saved(page)).to_contain_text("June 2020: 4 saved")
    assert [str(row.value) for row in since(july, before)] == ["-3.2", "-11", "2.6", "4.8"]


def test_a_server_that_is_killed_and_started_again_finds_the_unsaved_edits(
    july: Server, server: Start, open_month: Callable[[str], Seen]
) -> None:
    seen = open_month("en")
    page, before = seen.page, record_of(july).version(PLAN)
    type_month(seen, "Li Wei", "-3.2", "-11")
    july.process.kill()
    july.process.wait()
    is_lost(page)
    database = f"sqlite:///{july.log.parent / 'mubiao.sqlite'}"
    server(july.port, MUBIAO_TODAY=TODAY, MUBIAO_DATABASE=database)
    is_back(seen)
    assert values(page)[:3] == ["-3.2", "-11", ""]
    expect(counted(page)).to_have_text("ready: 2")
    put(page, 2, "2.6")
    seen.settle()
    assert figures(page) == ["−3.2%", "−11%", "2.6%"]
    # The name belongs to the session that ended; without one nothing is saved.
    name = page.get_by_role("textbox", name="Your name")
    expect(name).to_have_value("")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    name.fill("Li Wei")
    name.press("Tab")
    seen.settle()
    save(seen)
    expect(saved(page)).to_contain_text("June 2020: 3 saved")
    assert [str(row.value) for row in since(july, before)] == ["-3.2", "-11", "2.6"]
