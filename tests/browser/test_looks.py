"""Of Overview: its texts keep apart, its charts keep their room, and nothing jumps. Of Years:
how its title breaks.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.server import Deployment
from tests.browser.test_pages import SHIFTS, aside
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
# All is drawn but the chart, whose code is late.
_RUN_IS_OVER = """() => !window.isUnanswered
  && document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
  && !document.querySelector('[data-stale="true"], html.mb-first')"""


# How far from the beginning of their line the marks between clauses stand.
_MARKS = """title => {
  const within = document.createTreeWalker(title, NodeFilter.SHOW_TEXT), found = [];
  const range = new Range(), {left} = title.getBoundingClientRect();
  while (within.nextNode()) for (const {index} of within.currentNode.data.matchAll(/[，；]/g)) {
    range.setStart(within.currentNode, index);
    range.setEnd(within.currentNode, index + 1);
    found.push(range.getBoundingClientRect().left - left);
  }
  return found;
}"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_headline_texts_never_overlap(july: Deployment, open_page: Visitor, lang: str) -> None:
    seen = open_page("/", at=july, lang=lang, width=1920)
    for width, each in ((1920, 3), (1280, 3), (800, 3), (390, 2)):
        seen.page.set_viewport_size({"width": width, "height": 900})
        seen.settle()
        number, overlapping = seen.page.evaluate(_OVERLAPS)
        assert number >= 9 * each
        assert overlapping == [], width
        assert aside(seen.page)["page"] == 0


def test_a_headline_chart_has_its_room_before_it_is_drawn_and_its_scale_after_a_resize(
    july: Deployment, open_page: Visitor
) -> None:
    seen = open_page.window(1920)
    held: list[Route] = []  # the code that draws charts, late as on a slow line

    def hold(route: Route) -> None:
        held.append(route)

    seen.page.route("**/PlotlyChart*.js", hold)
    with seen.page.expect_request("**/PlotlyChart*.js"):
        seen.page.goto(f"{july.address}/")
    room = seen.page.locator(_CHART)
    seen.page.wait_for_function(_RUN_IS_OVER, polling=50)
    before = room.bounding_box()
    held[0].continue_()
    seen.page.wait_for_function(_TO_SCALE, arg=_CHART)
    assert room.bounding_box() == before
    for width in (1280, 390, 1920):
        seen.page.set_viewport_size({"width": width, "height": 900})
        seen.page.wait_for_function(_TO_SCALE, arg=_CHART)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_jumps_while_the_overview_loads_and_goes_on_by_a_month(
    july: Deployment, open_page: Visitor, width: int
) -> None:
    seen = open_page.window(width)
    seen.page.add_init_script(SHIFTS)
    seen.page.goto(f"{july.address}/overview?lang=en&as_of=2020-07-31")
    seen.settle()
    expect(seen.page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    seen.page.keyboard.press("ArrowLeft")
    seen.page.wait_for_url("**as_of=2020-06-30**")
    seen.settle()
    expect(seen.page.locator(".mb-rail [aria-current]")).to_contain_text("Jun")
    assert seen.page.evaluate("window.shifts") < 0.1


def test_no_line_of_a_title_begins_with_a_mark(
    server: Callable[..., Deployment], open_page: Visitor
) -> None:
    at = server(MUBIAO_TODAY="2026-06-30")
    page = open_page("/years", at=at, lang="zh", width=390).page
    marks = page.locator("h1").evaluate(_MARKS)
    assert len(marks) > 2
    assert min(marks) > 10
