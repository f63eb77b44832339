"""For everybody (WCAG 2.2 AA): measured by axe-core and by going through each page by Tab."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.actors import named
from tests.browser.server import Deployment
from tests.browser.visit import Scheme, Seen, Visitor

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What goes by the width and the scheme of the window.
LOOKS = ("color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable")
# What Streamlit brings and no page can change, by rule and part of the page, with the reason.
# Nothing of it breaks WCAG: axe calls it good practice, and a minor lapse.
STREAMLITS = {
    ("presentation-role-conflict", "stFileUploaderDropzone"): (
        "The place to drop a file is drawn as decoration and named all the same; "
        "the button within it has the name too."
    )
}
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "overview": ("/", {}),
    "target": ("/target", {"target": "cpi"}),
    "milestone": ("/target", {"target": "historic-city-regulation"}),
    "month": ("/record", {}),
    "cards": ("/record", {"look": "cards", "tab": "milestones"}),
    "one": ("/record", {"view": "one", "target": "cpi"}),
    "files": ("/record", {"view": "files"}),
    "owes": ("/owes", {}),
    "history": ("/history", {}),
    "changes": ("/history", {"since": "2020-04-30"}),
    "meeting": ("/meeting", {}),
    "years": ("/years", {}),
    "sources": ("/sources", {}),
    "review": ("/review", {}),
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
  // Within a field of a day the browser itself shows which of its parts is meant.
  const isWithin = before?.element === on;
  if (before?.element.isConnected && !isWithin && look(before.element) === before.look)
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
  const longest = text => Math.max(...text.split(',').map(parseFloat));
  return [null, '::before', '::after'].some(within => {
    const {animationDuration, animationName, transitionDuration} = getComputedStyle(part, within);
    return (animationName !== 'none' && longest(animationDuration) > 0.01)
      || longest(transitionDuration) > 0.01;
  });
}).map(part => part.outerHTML.slice(0, 120))"""
# A function `contrast(one, other)` of CSS colours: 1 for the same, 21 for black and white.
CONTRAST = """
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const light = colour => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
"""
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


def findings(page: Page, kind: str = "tag", names: Sequence[str] = TAGS) -> set[tuple[str, str]]:
    """What axe finds on the page as it is: the rule, and the part of the page."""
    options: dict[str, Any] = {"runOnly": {"type": kind, "values": list(names)}}
    violations = Axe().run(page, options=options).response["violations"]
    return {(one["id"], _part(node["html"])) for one in violations for node in one["nodes"]}


def _part(html: str) -> str:
    """Streamlit's name of a part, as its classes change with each version; else its HTML."""
    _, found, rest = html.partition('data-testid="')
    return rest.partition('"')[0] if found else html[:200]


def turn(seen: Seen, theme: Scheme, width: int) -> None:
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


def test_axe_finds_nothing_on_any_page(july: Deployment, meeting: str, open_page: Visitor) -> None:
    seen = open_page("/", at=july, lang="zh")
    found, titles = set(), set()
    places = [*PAGES.values(), ("/meeting", {"meeting": meeting})]
    for place, (path, query) in enumerate(places):
        lang = ("zh", "en")[place % 2]
        page = seen.visit(path, lang=lang, **query)
        # Each page says its language to a screen reader, and in its title what it is (2.4.2).
        expect(page.locator("html")).to_have_attribute("lang", {"zh": "zh-CN"}.get(lang, lang))
        titles.add(page.title())
        found |= findings(page)
        turn(seen, "dark", 390)
        found |= findings(page, "rule", LOOKS)
        turn(seen, "light", 1280)
    assert found == set(STREAMLITS)  # what no longer occurs is no longer listed
    assert len(titles) > 6
    assert "Consumer price inflation · Target · Beijing 2020 · 目标 Mubiao" in titles


@pytest.mark.usefixtures("meeting")
def test_axe_finds_nothing_on_any_kind_of_slide(july: Deployment, open_page: Visitor) -> None:
    # What changed is told since the meeting before.
    at, day = datetime(2020, 6, 30, 9, tzinfo=UTC), date(2020, 6, 30)
    july.store.hold(
        july.plan, "June meeting", day, actor=named("Wang Fang"), at=at, plan_text=july.plan_text
    )
    seen = open_page("/present", at=july, lang="zh")
    # The window's scheme, and the slides' own: they may differ.
    schemes: tuple[tuple[Scheme, str, int], ...] = (
        *(("light", "light", 1280), ("dark", "dark", 390), ("light", "dark", 1280)),
    )
    for scheme, theme, width in schemes:
        turn(seen, scheme, width)
        for place, slide in enumerate(SLIDES):
            lang = ("zh", "en")[place % 2]
            page = seen.visit("/present", lang=lang, slide=slide, theme=theme)
            expect(page.locator(f".mb-slide-{SLIDES[slide]}")).to_be_visible()
            rules = ("tag", TAGS) if (scheme, theme) == ("light", "light") else ("rule", LOOKS)
            assert findings(page, *rules) == set(), (slide, scheme, theme)


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize("width", [1280, 390])
def test_the_focus_is_always_seen(july: Deployment, open_page: Visitor, width: int) -> None:
    seen = open_page("/", at=july, lang="en", width=width)
    for kind in ("target", "month", "one", "files", "history", "meeting"):
        path, query = PAGES[kind]
        assert tab_through(seen.visit(path, lang="en", **query)) == [], kind


def test_nothing_moves_for_who_asked_for_less_motion(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/", at=july, lang="en")
    assert seen.page.evaluate(_MOVING) != []
    seen.page.emulate_media(reduced_motion="reduce")
    for path, query in (PAGES["overview"], PAGES["target"], PAGES["one"], ("/present", {})):
        assert seen.visit(path, lang="en", **query).evaluate(_MOVING) == []


def test_the_edge_of_each_field_is_seen(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/record", at=july, lang="en", view="one", target="cpi")
    for theme in ("light", "dark"):
        turn(seen, theme, 1280)
        edges = seen.page.evaluate(_EDGES)
        assert len(edges) >= 8
        assert min(edges) >= 3, theme


def test_each_chart_has_its_sentence_and_its_table(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/target", at=july, lang="zh", target="gdp-growth")
    for lang in ("zh", "en"):
        page = seen.visit("/target", lang=lang, target="gdp-growth")
        expect(page.locator(".stPlotlyChart")).to_have_count(1)
        sentence = page.locator(".mb-why").inner_text()
        assert sentence in page.locator(".stMain").aria_snapshot().replace('\\"', '"')
        table = page.locator(".mb-numbers table")
        expect(table).to_be_hidden()
        page.locator(".mb-fold.mb-numbers > summary").press("Enter")
        expect(table.locator("thead th[scope=col]")).to_have_count(3)
        drawn = page.locator(".stPlotlyChart text.textpoint, .textpoint text").all_text_contents()
        numbers = table.locator("tbody").inner_text()
        assert drawn
        # The year before has its year beside its figure.
        figures = [text.removeprefix("2019年").removeprefix("2019: ") for text in drawn]
        assert [text for text in figures if text.strip() and text not in numbers] == []
