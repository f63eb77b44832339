"""The published site and the handout in a real browser: from files and under a prefix."""

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from mubiao.exports.site.folder import publish
from mubiao.exports.site.pages import files
from mubiao.exports.webpage import handout
from tests.briefings import december, july
from tests.browser.axe import LOOKS, violations
from tests.browser.test_pages import ASIDE, FITS
from tests.browser.visit import Scheme, Visitor
from tests.faults.figures import AtLength
from tests.sites import july_site

KINDS = {
    "choice": "index.html#choose",
    "overview": "{}/index.html",
    "section": "{}/sections/2.0.html",
    "target": "{}/targets/gdp-growth.html",
    "milestone": "{}/targets/historic-city-regulation.html",
    "changes": "{}/changes.html",
    "method": "{}/method.html",
}
# Clickable things lower or narrower than 24 px that do not stand inside a sentence.
_SMALL = """() => [...document.querySelectorAll('a, summary, input, label')].filter(part => {
  const box = part.getBoundingClientRect();
  const near = [...document.querySelectorAll('a, summary, input, label')].some(other => {
    if (other === part) return false;
    const its = other.getBoundingClientRect();
    const apart = Math.hypot(
      (its.left + its.right - box.left - box.right) / 2,
      (its.top + its.bottom - box.top - box.bottom) / 2);
    return its.width && apart < 24;
  });
  return box.width > 2 && box.bottom > 0 && (box.height < 24 || box.width < 24) && near;
}).map(part => part.outerHTML.slice(0, 100))"""
_FITS = """() => {
  const {scrollWidth, clientWidth} = document.documentElement;
  return scrollWidth === clientWidth;
}"""
_DRAWN = ".js-plotly-plot .main-svg .scatterlayer path"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "under" / "a-prefix"
    publish(folder, files(july_site()))
    return folder


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The same site from a web server, two folders down."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    root = site.parent.parent
    handler = partial(Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{site.relative_to(root)}/"
        server.shutdown()


@pytest.fixture(scope="module")
def handouts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The addresses of a short and a long handout in both languages."""
    folder = tmp_path_factory.mktemp("handout")
    found = {}
    for name, make in (("july", july), ("december", december)):
        file = folder / f"{name}.html"
        file.write_bytes(handout([make("zh"), make("en")]))
        found[name] = file.as_uri()
    return found


def look(open_page: Visitor, address: str, theme: Scheme = "light", **options: Any) -> Page:  # noqa: ANN401 - Playwright's
    seen = open_page.window(1280, theme, **{"locale": "en-GB", **options})
    seen.page.goto(address)
    return seen.page


def fits(page: Page) -> None:
    """At any width nothing sticks out, and nothing to click is small and close to another."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        all_drawn(page)
        page.wait_for_function(_FITS)  # charts are drawn anew at another width
        assert page.evaluate(ASIDE, ["body", ".mb-scroll, svg"]) == FITS, (page.url, width)
        assert page.evaluate(_SMALL) == [], (page.url, width)


def wrong(page: Page, *rules: str) -> list[str]:
    """What axe calls serious or critical, by these rules or by all."""
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in violations(page, "rule" if rules else "", rules)
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def all_drawn(page: Page) -> None:
    """Scroll through a page, so that every chart is drawn."""
    for box in page.locator(".chart:visible").all():
        box.scroll_into_view_if_needed()
        expect(box.locator(".main-svg").first).to_be_attached()


def sheets_of(page: Page) -> list[str]:
    """The words of each sheet of A4 that a page is printed to."""
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    with PdfDocument(printed) as document:
        return [sheet.get_textpage().get_text_bounded() for sheet in document]


def test_every_kind_of_page_and_the_handout_are_fit_for_everybody(
    open_page: Visitor, served: str, handouts: dict[str, str], at_length: AtLength
) -> None:
    page = look(open_page, "about:blank")
    kinds = [*KINDS.items()] * at_length(2, 1)  # in the short form each in one language
    for place, (kind, path) in enumerate(kinds):
        lang, theme = (("zh", "light"), ("en", "dark"))[sum(divmod(place, len(KINDS))) % 2]
        page.emulate_media(color_scheme=theme)
        page.goto(served + path.format(lang))
        fits(page)  # and stays as narrow as a phone
        assert wrong(page) == [], (kind, lang, theme)
    for lang, theme, rules in (("zh", "light", ()), ("en", "dark", LOOKS)):
        page.emulate_media(color_scheme=theme)
        page.goto(f"{handouts['july']}#{lang}")
        page.reload()  # another hash alone is no other page
        expect(page.locator("main:visible")).to_have_count(1)
        assert page.evaluate("document.documentElement.lang")[:2] == lang
        assert wrong(page, *rules) == []
    fits(page)
    # Dark ink never reaches paper.
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 36, 48)"


def test_one_walks_through_the_site(open_page: Visitor, site: Path, served: str) -> None:
    for lang, locale, start in (("zh", "zh-CN", f"{site.as_uri()}/"), ("en", "en-GB", served)):
        page = look(open_page, f"{start}index.html", locale=locale)
        page.wait_for_url(f"**/{lang}/index.html")
        page.locator(".sections a").first.click()
        page.locator("#gdp-growth a").click()
        page.wait_for_selector(_DRAWN)
        other = "en" if lang == "zh" else "zh"
        page.locator(".language a").click()
        page.wait_for_url(f"**/{other}/targets/gdp-growth.html")
        page.wait_for_selector(_DRAWN)
        page.locator(".top nav a").nth(1).click()
        page.wait_for_url(f"**/{other}/changes.html")


def test_search_finds_by_name_with_the_keyboard(
    open_page: Visitor, site: Path, served: str
) -> None:
    for start in (f"{site.as_uri()}/", served):
        page = look(open_page, f"{start}en/sections/2.1.html")
        assert page.evaluate("window.mubiaoTargets") is None  # loaded on first use only
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.locator("#q").focus()
        page.keyboard.type("居民消费")
        expect(page.locator("#found")).to_have_text("Found: 1")
        page.keyboard.press("ArrowDown")
        expect(page.locator(".results a").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#q")).to_be_focused()
        expect(page.locator(".results a")).to_have_count(0)
        page.keyboard.type("no such words")
        expect(page.locator("#found")).to_have_text("No target has these words.")
        page.keyboard.press("Escape")
        page.keyboard.type("gdp growth")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/targets/gdp-growth.html")


def test_a_script_draws_folds_and_follows_the_readers_scheme(
    open_page: Visitor, site: Path
) -> None:
    page = look(open_page, f"{site.as_uri()}/en/targets/gdp-growth.html")
    page.wait_for_selector(_DRAWN)
    cell = page.get_by_role("cell", name="Q1 2020: −6.6%")
    expect(cell).to_be_hidden()
    page.get_by_text("The numbers of this chart as a table", exact=True).press("Enter")
    expect(cell).to_be_visible()
    # The foot and the chart take the day from its own file.
    expect(page.locator(".bottom a")).to_have_text("As of 31 July 2020")
    expect(page.locator(".annotation").filter(has_text="as of 31 Jul")).to_have_count(1)
    expect(page.locator(".shapelayer path")).to_have_count(1)
    ink = "() => getComputedStyle(document.querySelector('.textpoint text')).fill"
    assert page.evaluate(ink) == "rgb(27, 36, 48)"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => ({ink})() === 'rgb(230, 233, 238)'")


def test_without_scripts_tables_stand_in_place_of_charts(open_page: Visitor, site: Path) -> None:
    page = look(open_page, f"{site.as_uri()}/en/targets/gdp-growth.html", java_script_enabled=False)
    expect(page.get_by_role("cell", name="Q1 2020: −6.6%")).to_be_visible()
    expect(page.locator(".chart")).to_be_hidden()
    expect(page.locator(".search")).to_be_hidden()
    assert "July" not in page.locator(".bottom").inner_text()
    page.locator(".bottom a").click()
    page.wait_for_url("**/en/index.html")
    page.get_by_role("link", name="What changed").click()
    page.wait_for_url("**/en/changes.html")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_without_chart_library_or_target_list_the_rest_stays(
    open_page: Visitor, site: Path
) -> None:
    page = open_page.windows.browser.new_page()  # what it misses on purpose is an error there
    page.route("**/plotly-basic.min.js", lambda route: route.abort())
    page.route("**/search.js", lambda route: route.abort())
    page.goto(f"{site.as_uri()}/en/targets/gdp-growth.html")
    expect(page.get_by_role("cell", name="Q1 2020: −6.6%")).to_be_visible()
    expect(page.locator(".chart")).to_be_hidden()
    page.locator("#q").focus()
    expect(page.locator("#found")).to_contain_text("cannot be loaded")
    page.unroute("**/search.js")
    page.keyboard.type("ＧＤＰ　growth")
    expect(page.locator("#found")).to_contain_text("Found:")
    page.close()


def test_languages_switch_without_scripts(open_page: Visitor, handouts: dict[str, str]) -> None:
    page = look(open_page, handouts["july"], java_script_enabled=False)
    expect(page.locator("main.zh")).to_be_visible()
    expect(page.locator("main.en")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator("main.en")).to_be_visible()
    expect(page.locator("main.zh")).to_be_hidden()
    expect(page.locator("main.en").get_by_role("cell", name="Q1 2020: −6.6%")).to_be_visible()
    page.locator("label", has_text="中文").click()
    expect(page.locator("main.zh")).to_be_visible()


def test_on_paper_every_chart_is_whole_light_and_has_its_table(
    open_page: Visitor, handouts: dict[str, str]
) -> None:
    page = look(open_page, f"{handouts['december']}#en", theme="dark")
    page.set_viewport_size({"width": 390, "height": 900})
    page.evaluate("""() => addEventListener('beforeprint', () => {
      const plots = [...document.querySelectorAll('main.en .js-plotly-plot')];
      window.onPaper = plots.map(plot => [
        plot.querySelector('.main-svg').getBoundingClientRect().width,
        plot.querySelector('.xtick text').style.fill,
        plot.closest('figure').querySelector('details').open,
      ]);
    })""")
    sheets = sheets_of(page)
    assert len(sheets) > 5
    drawn = page.evaluate("window.onPaper")
    assert len(drawn) == page.locator("main.en .chart").count() > 0
    # A4 less its margins of 14 mm is 688 CSS pixels wide.
    assert {tuple(one) for one in drawn} == {(680, "rgb(95, 107, 122)", True)}
    # The last day of the axis stands at the right edge, the legend at the lower one.
    assert "\n".join(sheets).split().count("Dec") >= len(drawn)
    assert page.locator("main.en details.mb-numbers[open]").count() == 0  # folded again
