"""For everybody (WCAG 2.2 AA): measured by axe-core and by going through each page by Tab."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from mubiao.store import open_store
from tests import briefings
from tests.browser.contrast import CONTRAST
from tests.browser.server import Server
from tests.browser.test_looks import ASIDE, visit
from tests.browser.visit import Seen, Visitor

Start = Callable[..., Server]
TODAY = date(2020, 7, 31)
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What goes by the width and the scheme of the window.
LOOKS = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable")
# What Streamlit brings and no page can change, by rule and part of the page, with the reason.
# Nothing of it breaks WCAG: axe calls it good practice, and a minor lapse.
STREAMLITS = {
    ("presentation-role-conflict", "stFileUploaderDropzone"): (
        "The place to drop a file is drawn as decoration and named all the same; "
        "the button within it has the name too."
    ),
}
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "overview": ("/", {}),
    "target": ("/target", {"target": "cpi"}),
    "milestone": ("/target", {"target": "historic-city-regulation"}),
    "month": ("/record", {}),
    "one": ("/record", {"view": "one", "target": "cpi"}),
    "files": ("/record", {"view": "files"}),
    "history": ("/history", {}),
    "changes": ("/history", {"since": "2020-04-30"}),
    "meeting": ("/meeting", {}),
    "held": ("/meeting", {"meeting": "1"}),
    "sources": ("/sources", {}),
}
# A slide of each kind.
SLIDES = {
    "opening": "opening",
    "headline": "headline",
    "attention": "attention",
    "target-gdp-growth": "focus",
    "2.2": "chapter",
    "changes": "changes",
}
# What shows the focus of an element: it, or what stands around it, looks otherwise than before.
_TAB = """async () => {
  // Twice: the browser draws what the focus brought about.
  for (const _ of [1, 2]) await new Promise(done => requestAnimationFrame(done));
  const look = element => {
    const found = [];
    for (let e = element, n = 0; e && n < 5; e = e.parentElement, n += 1) {
      const s = getComputedStyle(e);
      found.push(s.outlineStyle, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor);
    }
    return found.join();
  };
  const wrong = [], before = window.before, on = document.activeElement;
  if (before?.element.isConnected && look(before.element) === before.look)
    wrong.push(`not seen: ${before.element.outerHTML.slice(0, 160)}`);
  window.before = undefined;
  // The grid is a canvas that draws the cell in hand by itself.
  if (on === document.body || on.matches('canvas, canvas *')) return wrong;
  window.before = {element: on, look: look(on)};
  const box = on.getBoundingClientRect();
  const places = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap(x => [0.2, 0.5, 0.8].map(y => [x, y]));
  const free = places.some(([x, y]) => {
    const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return hit && (on.contains(hit) || hit.contains(on));
  });
  if (!free) wrong.push(`hidden: ${on.outerHTML.slice(0, 160)}`);
  return wrong;
}"""
_MOVING = """() => [...document.querySelectorAll('.stApp, .stApp *')].filter(part => {
  const {animationDuration, animationName, transitionDuration} = getComputedStyle(part);
  const longest = text => Math.max(...text.split(',').map(parseFloat));
  return (animationName !== 'none' && longest(animationDuration) > 0.01)
    || longest(transitionDuration) > 0.01;
}).map(part => part.outerHTML.slice(0, 120))"""
# The least contrast of the edge of a field with what is inside and outside of it.
_EDGES = (
    "() => {"
    + CONTRAST
    + """
  const page = getComputedStyle(document.querySelector('.stApp')).backgroundColor;
  const css = '[data-testid="stTextInputRootElement"], [data-testid="stTextAreaRootElement"], '
    + '[data-testid="stDateInputField"], [data-testid="stSelectbox"] [role="group"]';
  return [...document.querySelectorAll(`.stMain :is(${css})`)].map(field => {
    const {borderTopColor, backgroundColor} = getComputedStyle(field);
    return Math.min(...[page, backgroundColor].map(ground => contrast(borderTopColor, ground)));
  });
}"""
)
# WCAG 1.4.12: what a reader may ask for, and nothing may be lost.
_SPACED = """.stApp * { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } .stApp p { margin-bottom: 2em !important; }"""
# Texts of pages that lie under each other, or are cut off by their own boxes.
_LOST = """() => [...document.querySelectorAll('.stMain .stHtml *')].filter(part => {
  if (part.children.length || !part.textContent.trim() || part.closest('.mb-bullets')) return false;
  const style = getComputedStyle(part);
  return style.overflow !== 'visible' && style.display !== 'inline'
    && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1);
}).map(part => part.outerHTML.slice(0, 120))"""


@pytest.fixture
def july(server: Start) -> Server:
    """A server in July with remarks of people and a meeting that was held."""
    july = server(MUBIAO_TODAY=TODAY.isoformat())
    at = datetime(2020, 7, 31, 9, tzinfo=UTC)
    store = open_store(f"sqlite:///{july.log.parent / 'mubiao.sqlite'}")
    store.seed("beijing-2020", briefings.full_year(), at)
    for remark in briefings.said():
        store.remark("beijing-2020", remark, by=remark.written_by, at=at)
    store.hold("beijing-2020", "July meeting", TODAY, by="Wang Fang", at=at)
    return july


def findings(page: Page, kind: str = "tag", names: Sequence[str] = TAGS) -> set[tuple[str, str]]:
    """What axe finds on the page as it is: the rule, and the part of the page."""
    options: dict[str, Any] = {"runOnly": {"type": kind, "values": list(names)}}
    violations = Axe().run(page, options=options).response["violations"]
    return {(one["id"], _part(node["html"])) for one in violations for node in one["nodes"]}


def _part(html: str) -> str:
    """Streamlit's name of a part, as its classes change with each version; else its HTML."""
    _, found, rest = html.partition('data-testid="')
    return rest.partition('"')[0] if found else html[:200]


def turn(seen: Seen, theme: Literal["light", "dark"], width: int) -> None:
    """Give the window another scheme and width."""
    seen.page.emulate_media(color_scheme=theme)
    seen.page.set_viewport_size({"width": width, "height": 900})
    seen.settle()


def tab_through(page: Page) -> list[str]:
    """Go by Tab once through the page: where the focus is not seen, or lies under something."""
    wrong: list[str] = []
    page.add_style_tag(content="* { transition: none !important }")
    for _ in range(120):
        page.keyboard.press("Tab")
        wrong += page.evaluate(_TAB)
        if page.evaluate("document.activeElement === document.body"):
            break
    return wrong


def test_axe_finds_nothing_of_ours_on_any_page(july: Server, open_page: Visitor) -> None:
    seen = open_page("/", at=july, lang="zh")
    found, titles = set(), set()
    for place, (path, query) in enumerate(PAGES.values()):
        page = visit(seen, path, lang=("zh", "en")[place % 2], **query)
        titles.add(page.title())
        found |= findings(page)
        turn(seen, "dark", 390)
        found |= findings(page, "rule", LOOKS)
        turn(seen, "light", 1280)
    assert {one for one in found if one not in STREAMLITS} == set()
    assert found == set(STREAMLITS)  # what no longer occurs is no longer listed
    # Each page says in the browser's title what it is (2.4.2).
    assert len(titles) > 6
    assert "Consumer price inflation · Target · 目标 Mubiao" in titles


def test_axe_finds_nothing_on_any_kind_of_slide(july: Server, open_page: Visitor) -> None:
    seen = open_page("/present", at=july, lang="zh")
    # The window's scheme, and the slides' own: they may differ.
    schemes: tuple[tuple[Literal["light", "dark"], str, int], ...] = (
        *(("light", "light", 1280), ("dark", "dark", 390), ("light", "dark", 1280)),
    )
    for scheme, theme, width in schemes:
        turn(seen, scheme, width)
        for place, slide in enumerate(SLIDES):
            lang = ("zh", "en")[place % 2]
            page = visit(seen, "/present", lang=lang, slide=slide, theme=theme)
            expect(page.locator(f".mb-slide-{SLIDES[slide]}")).to_be_visible()
            assert findings(page) == set(), (slide, scheme, theme)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_focus_is_seen_and_never_lies_under_anything(
    july: Server, open_page: Visitor, width: int
) -> None:
    seen = open_page("/", at=july, lang="en", width=width)
    for kind in ("target", "month", "one", "files", "history", "meeting"):
        path, query = PAGES[kind]
        assert tab_through(visit(seen, path, lang="en", **query)) == [], kind


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_fit_the_narrowest_window_also_with_wide_spacing(
    july: Server, open_page: Visitor, lang: str
) -> None:
    seen = open_page("/", at=july, lang=lang, width=320)
    for kind, (path, query) in PAGES.items():
        page = visit(seen, path, lang=lang, **query)
        assert page.evaluate(ASIDE) == {"page": 0, "main": 0, "out": []}, kind
        page.add_style_tag(content=_SPACED)
        assert page.evaluate(_LOST) == [], kind
        assert page.evaluate(ASIDE)["page"] == 0, kind


def test_nothing_moves_for_whoever_asked_for_less_motion(july: Server, open_page: Visitor) -> None:
    seen = open_page("/", at=july, lang="en")
    assert seen.page.evaluate(_MOVING) != []
    seen.page.emulate_media(reduced_motion="reduce")
    for path, query in (PAGES["target"], PAGES["one"], ("/present", {})):
        assert visit(seen, path, lang="en", **query).evaluate(_MOVING) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_edge_of_each_field_is_seen(july: Server, open_page: Visitor, theme: str) -> None:
    seen = open_page("/record", at=july, lang="en", theme=theme, view="one", target="cpi")
    edges = seen.page.evaluate(_EDGES)
    assert len(edges) >= 8
    assert min(edges) >= 3


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_chart_has_its_sentence_and_its_table(
    july: Server, open_page: Visitor, lang: str
) -> None:
    seen = open_page("/target", at=july, lang=lang, target="gdp-growth")
    page = seen.page
    chart = page.locator(".stPlotlyChart")
    expect(chart).to_have_count(1)
    sentence = page.locator(".mb-summary").inner_text()
    assert sentence in page.locator(".stMain").aria_snapshot().replace('\\"', '"')
    table = page.locator(".mb-numbers table")
    expect(table).to_be_hidden()
    page.locator(".mb-numbers summary").press("Enter")
    expect(table.locator("thead th[scope=col]")).to_have_count(3)
    drawn = page.locator(".stPlotlyChart text.textpoint, .textpoint text").all_text_contents()
    told = table.locator("tbody").inner_text()
    assert drawn
    assert [text for text in drawn if text.strip() and text not in told] == []
