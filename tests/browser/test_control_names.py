"""Streamlit's own controls speak the language of the page."""

from playwright.sync_api import Page, expect

from mubiao.ui.shell.control_names import NAMES
from tests.browser.server import Deployment
from tests.browser.visit import Visitor

PLACES = (
    ("/record", {}),
    ("/record", {"view": "one", "target": "cpi"}),
    ("/record", {"view": "files"}),
    ("/history", {}),
    ("/meeting", {}),
)
# What stands on the page as whole texts and attributes, but in what the product itself writes.
_TEXTS = """() => [...document.querySelectorAll('body *')]
  .filter(part => !part.closest('.stHtml, .mb-frame, .js-plotly-plot, script, style'))
  .flatMap(part => [
    ...['aria-label', 'placeholder', 'title'].map(name => part.getAttribute(name)),
    ...[...part.childNodes].filter(node => node.nodeType === 3).map(n => n.nodeValue.trim()),
  ]).filter(Boolean)"""


def english(page: Page) -> list[str]:
    """What is called by a name of Streamlit's own."""
    starts = tuple(name.partition("{")[0] for name in NAMES if not name.startswith("{"))
    whole = {name for name in NAMES if "{" not in name}
    partly = tuple(start for start in starts if start and start not in whole)
    return [text for text in page.evaluate(_TEXTS) if text in whole or text.startswith(partly)]


def test_no_control_is_named_in_english_on_a_chinese_page(
    july: Deployment, open_page: Visitor
) -> None:
    seen = open_page("/", at=july, lang="zh")
    for path, query in PLACES:
        page = seen.visit(path, lang="zh", **query)
        assert english(page) == [], (path, query)
        for box in page.locator(".stMain [data-testid=stSelectbox] input:visible").all()[:1]:
            box.click()
            expect(page.get_by_test_id("stSelectboxVirtualDropdown")).to_be_visible()
            assert english(page) == [], (path, query)
            page.keyboard.press("Escape")


def test_the_names_turn_with_the_language_and_back(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/record", at=july, lang="en", view="files")
    upload = seen.page.locator('[data-testid="stFileUploader"] button').first
    for link, name in (("中文", "选择文件"), ("EN", "Upload"), ("中文", "选择文件")):
        seen.page.get_by_role("link", name=link, exact=True).click()
        seen.settle()
        expect(upload).to_contain_text(name)
