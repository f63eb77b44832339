"""On a phone, in both languages, light and dark: nothing overlaps, slides aside or fades."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.browser.contrast import CONTRAST
from tests.browser.visit import Seen, Visitor

# Pairs of the headline's texts whose boxes share more than a pixel each way.
_OVERLAPS = """() => {
  const css = '.mb-name a, .mb-name small, .mb-figure, .mb-status';
  const texts = [...document.querySelectorAll('.mb-bullets li')].flatMap(
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
# How far the page could be pushed sideways, and what of it sticks out.
ASIDE = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
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
    && !part.closest('.mb-scroll, svg, .dvn-scroller') && !cut(part));
  return {
    page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    main: main.scrollWidth - main.clientWidth,
    out: out.slice(0, 5).map(part => part.outerHTML.slice(0, 120)),
  };
}"""
# The contrast of each kind of text with the page's ground, by WCAG's formula.
_CONTRASTS = (
    "css => {"
    + CONTRAST
    + """
  const app = document.querySelector('[data-testid="stApp"]');
  const ground = getComputedStyle(app).backgroundColor;
  const contrasts = {};
  for (const part of document.querySelectorAll(css)) {
    const ratio = contrast(getComputedStyle(part).color, ground);
    contrasts[part.className || part.tagName] = Math.round(ratio * 100) / 100;
  }
  return contrasts;
}"""
)


def contrasts(page: Page) -> dict[str, float]:
    """The contrast of statuses, quiet lines, names and sentences with the ground."""
    css = ".mb-status, .mb-caption, .mb-summary, .mb-heading small, .mb-name small, .mb-name a"
    found: dict[str, float] = page.evaluate(_CONTRASTS, css)
    return found


def visit(seen: Seen, path: str, **query: str) -> Page:
    """Another address in the same window: its scripts need not be loaded again."""
    origin = seen.page.evaluate("location.origin")
    seen.page.goto(f"{origin}{path}?{urlencode(query)}")
    seen.settle()
    return seen.page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_phone_everything_has_its_place_and_can_be_read(
    open_page: Visitor, lang: str, theme: str
) -> None:
    seen = open_page("/", lang=lang, theme=theme, width=390, as_of="2020-07-31")
    readable = contrasts(seen.page)
    number, overlapping = seen.page.evaluate(_OVERLAPS)
    assert number >= 9 * 3
    assert overlapping == []
    for path in ("/target", "/record", "/history", "/sources", "/"):
        page = visit(seen, path, lang=lang, target="unemployment", as_of="2021-03-31")
        assert page.evaluate(ASIDE) == {"page": 0, "main": 0, "out": []}, path
    readable |= contrasts(seen.page)
    assert {name for name in readable if "mb-status" in name} == {
        f"mb-status mb-{status}"
        for status in ("achieved", "on_track", "at_risk", "off_track", "missed", "no_data")
    }
    assert {name: ratio for name, ratio in readable.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_wide_screen_the_headline_texts_keep_apart(open_page: Visitor, lang: str) -> None:
    seen = open_page("/", lang=lang, width=1920, as_of="2021-03-31")
    for width in (1920, 1280, 800):
        seen.page.set_viewport_size({"width": width, "height": 900})
        seen.settle()
        number, overlapping = seen.page.evaluate(_OVERLAPS)
        assert number >= 9 * 4
        assert overlapping == [], width
        assert seen.page.evaluate(ASIDE)["page"] == 0
