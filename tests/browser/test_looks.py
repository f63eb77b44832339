"""Wide, narrow and narrowest, in both languages: nothing overlaps, slides aside or is cut off."""

import pytest
from playwright.sync_api import Page, Route, expect

from mubiao.ui.shell.address import VIEWS
from tests.browser.server import Deployment
from tests.browser.test_accessibility import PAGES
from tests.browser.visit import Visitor

# Pairs of the headline's texts whose boxes share more than a pixel each way.
_OVERLAPS = """() => {
  const css = '.mb-name a, .mb-name small, .mb-figure, .mb-status';
  const texts = [...document.querySelectorAll('.mb-headline li')].flatMap(
    row => [...row.querySelectorAll(css)]
  ).map(text => [text.textContent, text.getBoundingClientRect()])
   .filter(([, box]) => box.width && box.height);
  const found = [];
  texts.forEach(([one, a], place) => texts.slice(place + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 1) found.push(`${one} | ${other}: ${wide} x ${high}`);
  }));
  return [texts.length, found];
}"""
_CHART = ".st-key-courses"
# Whether each figure of the first row stands where its data say, beside the room of its chart.
_TO_SCALE = """css => {
  const chart = document.querySelector(`${css} .js-plotly-plot`);
  const room = document.querySelector(css).getBoundingClientRect();
  const points = [...chart?.querySelectorAll('.scatterlayer .trace:first-child .point') ?? []];
  return points.length > 0 && points.every((point, place) => {
    const box = point.getBoundingClientRect();
    const across = room.left + chart._fullData[0].x[place] * room.width;
    return Math.abs(box.left + box.width / 2 - across) < 1.5;
  });
}"""
# How far the page could be pushed sideways, and what of it sticks out.
ASIDE = """([css, exempt]) => {
  const main = document.querySelector(css);
  // What ends in "…" within a box that fits is cut there and sticks out of nothing.
  const cut = part => {
    for (let box = part.parentElement; box && box !== main; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.textOverflow === 'ellipsis' && style.overflowX === 'hidden'
        && box.getBoundingClientRect().right <= innerWidth + 1) return true;
    }
    return false;
  };
  const out = [...main.querySelectorAll('*')].filter(part =>
    part.getBoundingClientRect().right > innerWidth + 1
    && !part.closest(exempt) && !cut(part));
  return {
    page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    main: main.scrollWidth - main.clientWidth,
    out: out.slice(0, 5).map(part => part.outerHTML.slice(0, 120)),
  };
}"""
# WCAG 1.4.12: what a reader may ask for, and nothing may be lost.
_SPACED = """.stApp * { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } .stApp p { margin-bottom: 2em !important; }"""
# Texts of pages that lie under each other, or are cut off by their own boxes.
_LOST = """() => [...document.querySelectorAll('.stMain .stHtml *')].filter(part => {
  if (part.children.length || !part.textContent.trim()) return false;
  if (part.closest('.mb-headline')) return false;
  const style = getComputedStyle(part);
  return style.overflow !== 'visible' && style.display !== 'inline'
    && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1);
}).map(part => part.outerHTML.slice(0, 120))"""
_SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""
HEADINGS = {
    "target": (
        "Consumer price inflation, January–July: 3.50%; "
        "at most 3.5% is promised: so far as promised"
    ),
    "month": "June 2020: 150 reports asked for, 47 filed",
    "history": "History",
    "meeting": "Meeting",
    "sources": "Sources and method",
}


def aside(page: Page) -> dict[str, object]:
    """How far a page of the dashboard could be pushed sideways, and what of it sticks out."""
    measured: dict[str, object] = page.evaluate(
        ASIDE, ['[data-testid="stMain"]', ".mb-scroll, svg, .dvn-scroller"]
    )
    return measured


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_headline_texts_never_overlap(spring: Deployment, open_page: Visitor, lang: str) -> None:
    seen = open_page("/", at=spring, lang=lang, width=1920, as_of="2021-03-31")
    for width, each in ((1920, 3), (1280, 3), (800, 3), (390, 2)):
        seen.page.set_viewport_size({"width": width, "height": 900})
        seen.settle()
        number, overlapping = seen.page.evaluate(_OVERLAPS)
        assert number >= 9 * each
        assert overlapping == [], width
        assert aside(seen.page)["page"] == 0


def test_a_headline_chart_has_its_room_before_it_is_drawn_and_its_scale_after_a_resize(
    spring: Deployment, open_page: Visitor
) -> None:
    seen = open_page.window(1920)
    held: list[Route] = []  # the code that draws charts, late as on a slow line

    def hold(route: Route) -> None:
        held.append(route)

    seen.page.route("**/PlotlyChart*.js", hold)
    with seen.page.expect_request("**/PlotlyChart*.js"):
        seen.page.goto(f"{spring.address}/?as_of=2021-03-31")
    room = seen.page.locator(_CHART)
    seen.page.wait_for_timeout(1500)  # the sidebar and the rows come to rest; the chart cannot
    before = room.bounding_box()
    held[0].continue_()
    seen.page.wait_for_function(_TO_SCALE, arg=_CHART)
    assert room.bounding_box() == before
    for width in (1280, 390, 1920):
        seen.page.set_viewport_size({"width": width, "height": 900})
        seen.page.wait_for_function(_TO_SCALE, arg=_CHART)


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_fit_the_narrowest_window(july: Deployment, open_page: Visitor, lang: str) -> None:
    seen = open_page("/", at=july, lang=lang, width=320)
    for kind, (path, query) in PAGES.items():
        page = seen.visit(path, lang=lang, **query)
        heading = page.locator("h1").inner_text()
        assert lang == "zh" or heading == HEADINGS.get(kind, heading)
        if kind == "target" and lang == "en":
            expect(page.locator(".mb-way b")).to_have_text("Consumer price inflation")
        if kind in {"overview", "target"}:
            expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
        assert aside(page) == {"page": 0, "main": 0, "out": []}, kind
        spaced = page.add_style_tag(content=_SPACED)
        assert page.evaluate(_LOST) == [], kind
        assert aside(page)["page"] == 0, kind
        spaced.evaluate("style => style.remove()")


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_jumps_while_the_overview_loads_and_goes_on_by_a_month(
    july: Deployment, open_page: Visitor, width: int
) -> None:
    seen = open_page.window(width)
    seen.page.add_init_script(_SHIFTS)
    seen.page.goto(f"{july.address}/overview?lang=en&as_of=2020-07-31")
    seen.settle()
    expect(seen.page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    seen.page.keyboard.press("ArrowLeft")
    seen.page.wait_for_url("**as_of=2020-06-30**")
    seen.settle()
    expect(seen.page.locator(".mb-rail [aria-current]")).to_contain_text("Jun")
    assert seen.page.evaluate("window.shifts") < 0.1


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_jumps_while_a_page_loads(july: Deployment, open_page: Visitor, width: int) -> None:
    seen = open_page.window(width)
    seen.page.add_init_script(_SHIFTS)
    pages = ("target?target=gdp-growth", *(f"record?view={view}" for view in VIEWS), "present?")
    for page in (*pages, "owes?", "meeting?", "history?", "sources?"):
        seen.page.goto(f"{july.address}/{page}&lang=zh&as_of=2020-07-31")
        seen.settle()
        drawn = ".js-plotly-plot .main-svg" if page.startswith("target") else ".stMain .stHtml"
        expect(seen.page.locator(drawn).first).to_be_attached()
        assert seen.page.evaluate("window.shifts") < 0.1, page
        expect(seen.page.locator("html")).not_to_have_class("mb-first")
