"""The connection is lost while somebody types, or the server is started again: what was entered is
still there, and what was not taken is seen not to be.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.month import (
    counted,
    enter,
    figures,
    open_cell,
    save,
    save_button,
    type_month,
    values,
)
from tests.browser.server import JULY, Deployment
from tests.browser.visit import Seen, Visitor
from tests.browser.wire import Wire

_STATE = "document.querySelector('[data-testid=stApp]').dataset.testConnectionState"
# What a browser says of a server that does not answer, and what Streamlit does.
LOST = re.compile("net::ERR_|reaching server endpoint|Is Streamlit still running|not responding")
_PUT_IN = """css => getComputedStyle(document.querySelector(css), '::before').content"""


OpenMonth = Callable[[Deployment, int], Seen]


@pytest.fixture
def wire(july: Deployment) -> Iterator[Wire]:
    """What the browser is connected through to a deployment of July."""
    wire = Wire(july.server.port)
    yield wire
    wire.cut()


@pytest.fixture
def open_month(open_page: Visitor) -> Iterator[OpenMonth]:
    """Open the month by a port; that the server does not answer there is no error here."""
    yield lambda at, port: open_page("/record", at=at.through(port), lang="en")
    for seen in open_page.opened:
        seen.errors[:] = [error for error in seen.errors if not LOST.search(error)]


def is_lost(page: Page) -> None:
    """Wait until the page has noticed."""
    page.wait_for_function(f"() => {_STATE} !== 'CONNECTED'")


def is_back(seen: Seen) -> None:
    """Wait until the page is connected again and has finished."""
    seen.page.wait_for_function(f"() => {_STATE} === 'CONNECTED'")
    seen.settle()


def test_while_the_connection_is_lost_nothing_is_taken_and_all_is_there_afterwards(
    july: Deployment, wire: Wire, open_month: OpenMonth
) -> None:
    seen = open_month(july, wire.port)
    page = seen.page
    type_month(seen, "Li Wei", "-3.1", "-11")
    half_typed = open_cell(page)
    page.keyboard.type("2.")
    wire.cut()
    is_lost(page)
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    expect(half_typed).to_have_count(0)
    for name in ("Your name", "Source"):
        expect(page.get_by_role("textbox", name=name)).to_be_disabled()
    expect(save_button(page)).to_be_disabled()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert "The connection to the server is lost" in page.evaluate(_PUT_IN, ".stDialog h2")
    assert "entered before is kept" in page.evaluate(_PUT_IN, ".stDialog section > div")
    wire.mend()
    is_back(seen)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert values(page)[:2] == ["-3.1", "-11"]
    assert figures(page) == ["−3.1%", "−11%"]
    save(seen, 2)
    assert july.values == ["-3.1", "-11"]


def test_what_was_typed_before_anybody_noticed_the_loss_is_shown_and_saved_afterwards(
    july: Deployment, wire: Wire, open_month: OpenMonth
) -> None:
    seen = open_month(july, wire.port)
    page = seen.page
    type_month(seen, "Li Wei", "-3.1", "-11")
    wire.fall_silent()
    for value in ("2.6", "4.9"):
        with seen.running():  # as it asks for, in vain
            enter(page, value)
    expect(counted(page)).to_have_text("ready: 2")
    wire.cut()
    is_lost(page)
    wire.mend()
    is_back(seen)
    expect(counted(page)).to_have_text("ready: 4")
    assert figures(page) == ["−3.1%", "−11%", "2.6%", "4.9%"]
    save(seen, 4)
    assert july.values == ["-3.1", "-11", "2.6", "4.9"]


def test_a_server_that_is_killed_and_started_again_finds_the_unsaved_edits(
    server: Callable[..., Deployment], open_month: OpenMonth
) -> None:
    killed = server(MUBIAO_TODAY=JULY)
    first, port = killed.server, killed.server.port
    seen = open_month(killed, port)
    page = seen.page
    type_month(seen, "Li Wei", "-3.1", "-11")
    first.process.kill()
    first.process.wait()
    is_lost(page)
    server(port, MUBIAO_TODAY=JULY, MUBIAO_DATABASE=first.database)
    is_back(seen)
    assert values(page)[:2] == ["-3.1", "-11"]
    expect(counted(page)).to_have_text("ready: 2")
    enter(page, "2.6")
    seen.settle()
    assert figures(page) == ["−3.1%", "−11%", "2.6%"]
    # The session ended; the browser has kept the name.
    expect(page.get_by_role("textbox", name="Your name")).to_have_value("Li Wei")
    save(seen, 3)
    assert killed.values == ["-3.1", "-11", "2.6"]
