"""The frame of every page: links in place, the way back, search, the day, the menu of a phone."""

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, WebSocketRoute, expect

from tests.browser.server import Deployment
from tests.browser.visit import Seen, Visitor

_TOP = "document.querySelector('.stMain').scrollTop"
# Links leave out the language that the browser asks for anyway.
DAY = {"as_of": "2020-07-31"}
JULY = {"lang": "en", **DAY}


class Window:
    """A window whose document must stay the same: a load of another one is a failure."""

    def __init__(self, seen: Seen) -> None:
        self.seen, self.page = seen, seen.page
        self.page.evaluate("window.isSame = true")

    def settled(self) -> None:
        """Wait until the page stands."""
        self.seen.settle()
        assert self.page.evaluate("window.isSame"), "the document was loaded anew"

    def follow(self, link: Locator) -> None:
        """Click a link."""
        link.click()
        self.settled()

    def press(self, *keys: str) -> None:
        """Press keys, and wait until the page stands."""
        for key in keys:
            self.page.keyboard.press(key)
        self.settled()

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return self.page.locator("h1").inner_text()

    @property
    def choices(self) -> dict[str, str]:
        """The choices in the address."""
        query: dict[str, str] = self.page.evaluate(
            "Object.fromEntries(new URLSearchParams(location.search))"
        )
        return query


@pytest.fixture
def window(july: Deployment, open_page: Visitor) -> Window:
    return Window(open_page("/overview", at=july, **JULY))


def test_a_step_before_the_first_run_is_taken_after_it(
    july: Deployment, open_page: Visitor
) -> None:
    """Back, or a link of somebody's, while nothing of a page that was loaded again has come yet."""
    page = open_page.window().page
    sends: list[Callable[[], None]] = []
    is_held = True

    def hold(socket: WebSocketRoute) -> None:
        def pass_on(message: str | bytes) -> None:
            sends.append(partial(socket.send, message))
            if not is_held:
                sends.pop()()

        socket.connect_to_server().on_message(pass_on)

    page.route_web_socket("**/_stcore/stream", hold)
    page.goto(f"{july.address}/overview?{urlencode(JULY)}")
    while not sends:
        page.wait_for_timeout(50)
    page.evaluate("""() => {
      history.pushState(null, "", "sources?lang=en");
      dispatchEvent(new PopStateEvent("popstate", {state: null}));
    }""")
    is_held = False
    for send in sends:
        send()
    expect(page.get_by_role("heading", name="Sources and method")).to_be_visible()


def test_a_row_is_followed_in_place_and_the_way_back_keeps_place_and_filters(
    window: Window,
) -> None:
    page = window.page
    window.follow(page.locator(".mb-count", has_text="missed"))
    assert window.choices == DAY | {"status": "missed"}
    # A count brings the list that it counts into view.
    expect(page.locator("#targets")).to_be_in_viewport()
    page.locator(".mb-rows a").last.scroll_into_view_if_needed()
    before = page.evaluate(_TOP)
    window.follow(page.locator(".mb-rows a").last)
    assert "target" in window.choices
    assert page.evaluate(_TOP) == 0
    page.go_back()
    window.settled()
    assert window.choices == DAY | {"status": "missed"}
    page.wait_for_function(f"Math.abs({_TOP} - {before}) < 2")
    page.go_forward()
    window.settled()
    assert "target" in window.choices


def test_the_list_follows_a_link_that_changes_its_choice(window: Window) -> None:
    chosen = window.page.locator(".mb-choices [aria-current]")
    rows = window.page.locator(".mb-rows li")
    for status in ("at risk", "missed"):
        window.follow(window.page.locator(".mb-count", has_text=status))
        expect(rows).to_have_count(2)
        assert all(status in text for text in rows.locator(".mb-status").all_inner_texts())
        expect(chosen).to_have_count(1)
        expect(chosen).to_contain_text(status)


def test_language_and_day_change_in_place_and_the_focus_stays(window: Window) -> None:
    page = window.page
    window.follow(page.get_by_role("link", name="End of the month before"))
    assert window.choices["as_of"] == "2020-06-30"
    window.press("Enter")
    assert window.choices["as_of"] == "2020-05-31"
    window.follow(page.get_by_role("link", name="中文"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert window.choices["as_of"] == "2020-05-31"
    # The rail stands where the day does; with the keys the focus goes along.
    current = page.locator(".mb-rail > [aria-current]")
    expect(current).to_contain_text("5月")
    current.focus()
    window.press("ArrowRight")
    assert window.choices["as_of"] == "2020-06-30"
    expect(current).to_be_focused()
    expect(current).to_contain_text("6月")
    window.follow(page.get_by_role("link", name="今天"))
    assert "as_of" not in window.choices
    # What is typed counts once it is whole: with Enter, or when the field is left.
    page.locator("#mb-as-of").focus()
    window.press("ArrowUp")
    assert "as_of" not in window.choices
    window.press("Enter")
    assert window.choices["as_of"] == page.locator("#mb-as-of").input_value() != "2020-07-31"
    # What is picked counts at once.
    page.locator("#mb-as-of").fill("2020-04-15")
    window.settled()
    assert window.choices["as_of"] == "2020-04-15"
    # From month end to month end, whatever day it is.
    on, back = '[id="mb-›"]', '[id="mb-‹"]'
    days = ["2020-04-30", "2020-05-31", "2020-04-30", "2020-03-31", "2020-02-29"]
    for css, day in zip((on, on, back, back, back), days, strict=True):
        window.follow(page.locator(css))
        assert (window.choices["as_of"], page.locator(".mb-date").inner_text()) == (day, day)
    page.locator("#mb-as-of").fill("2020-07-31")
    expect(page.get_by_role("link", name="今天")).to_be_hidden()


def test_a_click_for_another_tab_is_the_browsers(window: Window) -> None:
    link = window.page.locator(".mb-headline a").first
    with window.page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    # It opens what a click would have led to, also once the address is another one.
    expect(opened.value).to_have_url(re.compile(r"/target\?target=gdp-growth&as_of=2020-07-31$"))
    opened.value.close()
    window.settled()
    assert window.choices == JULY
    back = window.page.get_by_role("link", name="End of the month before")
    window.follow(back)
    # So does one that still has the focus.
    with window.page.context.expect_page() as opened:
        window.page.keyboard.press("Control+Enter")
    expect(opened.value).to_have_url(re.compile(r"\?as_of=2020-05-31&lang=en$"))
    opened.value.close()
    link.hover()
    assert link.get_attribute("href").endswith("/target?target=gdp-growth&as_of=2020-06-30")


def test_an_address_that_nobody_wrote_on_purpose_leaves_bar_and_links_whole(
    july: Deployment, open_page: Visitor
) -> None:
    """Names that each object of a script has, a choice twice, another way to write a day."""
    odd = "toString=1&__proto__=x&as_of=2020-05-31&lang=zh&lang=en&as_of=20200630#%"
    window = Window(open_page(f"/overview?{odd}", at=july))
    window.settled()
    page = window.page
    assert page.locator(".mb-date").inner_text() == window.choices["as_of"] == "2020-06-30"
    window.follow(page.get_by_role("link", name="End of the month before"))
    window.follow(page.get_by_role("link", name="Owed", exact=True))
    assert window.choices == {"as_of": "2020-05-31", "lang": "en"}
    # A step by the keyboard leaves the link in hand short; another tab gets it whole.
    back = page.locator('[id="mb-‹"]')
    back.focus()
    window.press("Enter")
    window.press("Shift")
    href = back.get_attribute("href")
    assert href.endswith("/owes?as_of=2020-03-31&lang=en"), href


def test_search_by_keyboard_from_anywhere(window: Window) -> None:
    page, field = window.page, window.page.locator("#mb-q")
    options = page.locator("#mb-results [role=option]")
    window.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("survey")
    expect(options).to_have_count(3)
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    window.press("Enter")
    assert window.choices == DAY | {"target": "unemployment"}
    expect(field).to_have_value("")
    # A synonym in the other language, without waiting for the list.
    window.press("/")
    page.keyboard.insert_text("经济增长")
    page.keyboard.press("Enter")
    page.wait_for_url("**target=gdp-growth**")
    window.settled()
    assert window.choices["target"] == "gdp-growth"
    window.press("/")
    page.keyboard.type("zzzz")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Nothing found")).to_have_count(0)
    expect(field).not_to_be_focused()


def test_a_slash_that_is_typed_into_a_field_stays_there(
    july: Deployment, open_page: Visitor
) -> None:
    page = open_page("/record", at=july, lang="en", view="one", target="cpi").page
    field = page.get_by_role("textbox", name="Source").last
    field.click()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")


def test_on_a_phone_search_answers_to_touch_and_the_menu_closes_on_a_choice(
    july: Deployment, open_page: Visitor
) -> None:
    window = Window(open_page("/overview", at=july, width=390, **JULY))
    page, pages = window.page, window.page.locator(".mb-pages")
    menu = page.get_by_role("button", name="Menu")
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    window.follow(page.get_by_role("link", name="Record", exact=True))
    expect(pages).to_be_hidden()
    expect(menu).to_have_attribute("aria-expanded", "false")
    assert "/record?" in page.url
    menu.click()
    page.locator("#mb-q").fill("cpi")
    window.follow(page.locator("#mb-results a").first)
    expect(pages).to_be_hidden()
    assert window.choices["target"] == "cpi"
    menu.click()
    page.mouse.click(195, 880)  # beside it
    expect(pages).to_be_hidden()


def test_copy_link_gives_an_address_that_shows_the_same_tomorrow(
    july: Deployment, open_page: Visitor
) -> None:
    window = Window(open_page("/overview", at=july, lang="en", status="missed"))
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.page.get_by_role("link", name="Copy link").click()
    expect(window.page.get_by_text("Copied")).to_be_visible()
    copied = window.page.evaluate("navigator.clipboard.readText()")
    for choice in (f"plan={july.plan}", "lang=en", "as_of=2020-07-31", "status=missed"):
        assert re.search(rf"[?&]{choice}(&|$)", copied), copied
    assert window.choices == {"lang": "en", "status": "missed"}


@pytest.mark.parametrize("secure", [True, False], ids=["https", "http"])
def test_a_text_is_copied_whole_also_where_the_browser_gives_no_clipboard(
    july: Deployment, open_page: Visitor, *, secure: bool
) -> None:
    window = Window(open_page("/owes", at=july, lang="en"))
    page, before = window.page, window.choices
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not secure:
        page.evaluate(
            "navigator.read = () => navigator.__proto__.__lookupGetter__('clipboard')"
            ".call(navigator).readText();"
            "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
        )
    page.get_by_role("link", name="Copy", exact=True).nth(1).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    copied = page.evaluate(
        "navigator.clipboard ? navigator.clipboard.readText() : navigator.read()"
    )
    assert copied.startswith("The plan's office: as of 31 July 2020, reports of 26 targets")
    link = copied.splitlines()[-1].removeprefix("To file: ")
    assert link.startswith(page.url.partition("/owes")[0] + "/record?")
    assert f"plan={july.plan}" in link
    # It was not chosen by that.
    assert window.choices == before


def test_the_bar_stays_while_pages_change_and_is_gone_where_slides_are_shown(
    window: Window,
) -> None:
    bar = window.page.locator(".mb-frame")
    window.page.evaluate(
        """() => { window.seenEmpty = false;
        new MutationObserver(() => { window.seenEmpty ||= !document.querySelector('.mb-pages'); })
          .observe(document.body, {childList: true, subtree: true}); }"""
    )
    window.follow(bar.get_by_role("link", name="Method"))
    window.follow(bar.get_by_role("link", name="Overview"))
    assert not window.page.evaluate("window.seenEmpty")
    window.follow(bar.get_by_role("link", name="Present"))
    expect(bar).to_be_hidden()
    window.page.go_back()
    window.settled()
    expect(bar).to_be_visible()
