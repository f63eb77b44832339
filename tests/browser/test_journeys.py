"""From page to page in a real browser; `open_page` fails a test whose pages log an error.

What each page shows and does is tested without a browser, in tests/pages.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.month import grid, tab_to
from tests.browser.server import Deployment
from tests.browser.visit import Visitor

OVERVIEW = " of 163 promises have been reported"


def title(page: Page) -> str:
    """The page's one heading of the first level."""
    return page.locator("h1").inner_text()


def test_a_fresh_server_answers_a_deep_link_and_a_link_copied_there_holds_later(
    server: Callable[..., Deployment], open_page: Visitor
) -> None:
    fresh = server()
    # Before the entry has run once, Streamlit runs the page's file by itself.
    mine = open_page("/record", at=fresh, lang="en")
    assert title(mine.page).startswith("December 2020: ")
    expect(grid(mine.page)).to_be_visible()
    mine.go("Overview")
    link = mine.page.url
    # The entry registers its own pages, and knows no other address from then on.
    theirs = open_page("/", at=fresh, lang="en")
    theirs.page.goto(link)
    theirs.settle()
    assert OVERVIEW in title(theirs.page)
    expect(theirs.page.get_by_role("dialog")).to_have_count(0)


def test_a_row_is_followed_by_keyboard_alone(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/", at=july, lang="en")
    page = seen.page
    tab_to(page, page.locator(".mb-headline a").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/target?**")
    seen.settle()
    assert "target=gdp-growth" in page.url
    seen.go("Overview")
    chapter = page.locator(".mb-fold", has_text="Livelihoods")
    chapter.locator("> a").press("Enter")
    seen.settle()
    # Drawn anew, it has the focus still: Tab goes on into it.
    expect(chapter.locator("> a")).to_be_focused()
    chapter.locator("details > summary", has_text="not reported").press("Enter")
    chapter.locator("a", has_text="New urban jobs").press("Enter")
    page.wait_for_url("**/target?**")
    seen.settle()
    assert "target=new-jobs" in page.url


def test_streamlits_names_turn_with_the_language_and_back(
    july: Deployment, open_page: Visitor
) -> None:
    seen = open_page("/record", at=july, lang="en", view="files")
    upload = seen.page.locator('[data-testid="stFileUploader"] button').first
    for link, name in (("中文", "选择文件"), ("EN", "Upload"), ("中文", "选择文件")):
        seen.page.get_by_role("link", name=link, exact=True).click()
        seen.settle()
        expect(upload).to_contain_text(name)
