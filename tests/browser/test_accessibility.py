"""For everybody (WCAG 2.2 AA): slides, motion, fields and charts; test_pages has each page."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from mubiao.model import Act
from tests.actors import named
from tests.browser.axe import LOOKS, TAGS, findings
from tests.browser.server import Deployment
from tests.browser.test_pages import PAGES
from tests.browser.visit import Scheme, Seen, Visitor

# A slide of each kind.
SLIDES = {
    "opening": "opening",
    "headline": "headline",
    "attention": "attention",
    "target-gdp-growth": "focus",
    "2.2": "chapter",
    "changes": "changes",
}
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


def turn(seen: Seen, theme: Scheme, width: int) -> None:
    """Give the window another scheme and width."""
    seen.page.emulate_media(color_scheme=theme)
    seen.page.set_viewport_size({"width": width, "height": 900})
    seen.settle()


@pytest.mark.usefixtures("meeting")
def test_axe_finds_nothing_on_any_kind_of_slide(july: Deployment, open_page: Visitor) -> None:
    # What changed is told since the meeting before.
    at, day = datetime(2020, 6, 30, 9, tzinfo=UTC), date(2020, 6, 30)
    july.store.hold(
        july.plan, "June meeting", day, Act(named("Wang Fang"), at), plan_text=july.plan_text
    )
    seen = open_page("/present", at=july, lang="zh")
    # The window's scheme, and the slides' own: they may differ. A scheme changes all slides in one
    # way, so the first ones tell.
    schemes: tuple[tuple[Scheme, str, int, int], ...] = (
        *(("light", "light", 1280, 6), ("dark", "dark", 390, 4), ("light", "dark", 1280, 2)),
    )
    for scheme, theme, width, many in schemes:
        turn(seen, scheme, width)
        for place, slide in enumerate([*SLIDES][:many]):
            lang = ("zh", "en")[place % 2]
            page = seen.visit("/present", lang=lang, slide=slide, theme=theme)
            expect(page.locator(f".mb-slide-{SLIDES[slide]}")).to_be_visible()
            rules = ("tag", TAGS) if (scheme, theme) == ("light", "light") else ("rule", LOOKS)
            assert findings(page, *rules) == set(), (slide, scheme, theme)


def test_nothing_moves_for_who_asked_for_less_motion(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/", at=july, lang="en")
    assert seen.page.evaluate(_MOVING) != []
    seen.page.emulate_media(reduced_motion="reduce")
    for path, query in (PAGES["target"], PAGES["one"]):
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
