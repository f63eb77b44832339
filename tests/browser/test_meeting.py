"""A meeting by the keyboard alone: prepared, held, presented, opened again; and what is seen."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from mubiao.model import Act, Observation
from mubiao.period import Period
from tests import briefings
from tests.actors import named
from tests.acts import add_row
from tests.browser.month import tab_to
from tests.browser.server import Deployment
from tests.browser.visit import Seen, Visitor
from tests.faults.figures import AtLength

# Of all texts that are seen: the smallest type, and those that lie outside of their place.
_TEXTS = """() => {
  const small = [], out = [];
  const foot = document.querySelector('.mb-foot');
  const seen = element => {
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.visibility === 'hidden' || style.display === 'none' || style.opacity === '0'
        || style.clipPath !== 'none') return false;
    }
    return true;
  };
  const walker = document.createTreeWalker(
    document.querySelector('[data-testid="stMain"]'), NodeFilter.SHOW_TEXT);
  let least = Infinity, number = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode, element = text.parentElement;
    if (!text.textContent.trim() || element.closest('style, script') || !seen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    number += 1;
    least = Math.min(least, parseFloat(getComputedStyle(element).fontSize));
    const place = element.closest('.mb-slide-rows > li')?.getBoundingClientRect();
    const lowest = element.closest('.mb-slide') ? foot.getBoundingClientRect().top : innerHeight;
    const inside = box.left >= 0 && box.right <= innerWidth && box.top >= 0
      && box.bottom <= lowest + 1
      && (!place || (box.top >= place.top - 4 && box.bottom <= place.bottom + 4));
    if (!inside) out.push(`${text.textContent}: ${JSON.stringify(box)}`);
  }
  const root = document.documentElement;
  return {least, number, out, scrolls: root.scrollHeight > innerHeight};
}"""
# Texts of different parts of a slide that share more than a pixel each way.
_COVERED = """() => {
  const css = '.mb-slide header, .mb-slide-side, .mb-slide-source, .mb-coverage-rows, '
    + '.mb-slide-more, .mb-slide-rows, .mb-slide .mb-key, .st-key-slide-path .main-svg, .mb-foot';
  const parts = [...document.querySelectorAll(css)].filter(e => e.getBoundingClientRect().width);
  const found = [];
  parts.forEach((one, place) => parts.slice(place + 1).forEach(other => {
    if (one.matches('header') && other.matches('.mb-key')) return;
    if (one.contains(other)) return;
    if (one.closest('svg') && other.closest('svg')) return;
    if (one.parentElement === other.parentElement && one.matches('.main-svg')) return;
    const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 2) found.push(`${one.className} | ${other.className}: ${wide}x${high}`);
  }));
  return found;
}"""

_TURNED = """([before, to]) => {
  const now = new URLSearchParams(location.search).get('slide') ?? 'opening';
  return to ? now === to : now !== before;
}"""


def slide(page: Page) -> str:
    """The slide that the address names."""
    return parse_qs(urlsplit(page.url).query).get("slide", ["opening"])[0]


def press(seen: Seen, key: str, on: Locator | None = None) -> None:
    """Press a key, on a part of the page to which Tab leads, and wait for the page."""
    if on:
        tab_to(seen.page, on)
    seen.page.keyboard.press(key)
    seen.settle()


def turn(seen: Seen, key: str, to: str = "") -> None:
    """Press a key that turns the slide, and wait until this one, or another one, is there."""
    before = slide(seen.page)
    seen.page.keyboard.press(key)
    seen.page.wait_for_function(_TURNED, arg=[before, to], polling=50)
    seen.settle()


def look_for(seen: Seen, text: str) -> None:
    """Go to the field that finds a target, and type."""
    seen.page.keyboard.press("/")
    expect(seen.page.locator("input:focus")).to_have_count(1)
    seen.page.keyboard.type(text)


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, page.get_by_role("textbox", name=name))
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def somebody_records(at: Deployment, value: str, known_on: date) -> None:
    """A figure of consumer prices, of which a room that met before knows nothing."""
    half = Period.parse("2020-H1")
    figure = Observation("cpi", half, Decimal(value), known_on, source="somebody else")
    add_row(at.store, at.plan, figure, "Li Qiang", datetime.now(UTC))


def all_slides(seen: Seen, last: str) -> dict[str, dict[str, Any]]:
    """Go from the opening to a slide by the keyboard; what is measured of each, by id."""
    measured: dict[str, dict[str, Any]] = {}
    while True:
        texts: dict[str, Any] = seen.page.evaluate(_TEXTS)
        measured[slide(seen.page)] = texts | {"covered": seen.page.evaluate(_COVERED)}
        if slide(seen.page) == last:
            return measured
        turn(seen, "ArrowRight")


def hold(seen: Seen, name: str) -> None:
    """On the page of meetings, hold one by the keyboard alone."""
    type_into(seen.page, "Name of the meeting", name)
    seen.settle()
    if not seen.page.get_by_role("textbox", name="Who holds it").input_value():
        type_into(seen.page, "Who holds it", "Wang Fang")
        seen.settle()
    press(seen, "Enter", seen.page.get_by_role("button", name="Hold, as of 31 July 2020"))
    expect(seen.page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def follow(seen: Seen, name: str) -> None:
    """Follow a link by the keyboard alone."""
    press(seen, "Enter", seen.page.get_by_role("link", name=name).first)


def test_a_meeting_is_held_presented_and_left_by_keys(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/meeting", at=july, lang="en")
    page = seen.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    hold(seen, "July meeting")
    follow(seen, "Start presenting")
    expect(page.locator(".mb-slide-opening")).to_contain_text("10 on track, 2 at risk, 1 off track")
    measured = all_slides(seen, "target-sponge-city")
    assert list(measured) == [
        *("opening", "headline", "attention"),
        *("target-gdp-growth", "target-pm25", "target-sponge-city"),
    ]
    # The controls are still there on the first ones, over the foot and in large type too.
    assert {id_: found["out"] for id_, found in measured.items() if found["out"]} == {}
    assert min(found["least"] for found in measured.values()) >= 24
    # Any target on demand: arrow keys in the field choose, and move no slide.
    turn(seen, "Home", "opening")
    look_for(seen, "Con")
    page.keyboard.press("Escape")
    expect(page.locator("input:focus")).to_have_count(0)
    turn(seen, "ArrowRight", "headline")
    look_for(seen, "Consumer")
    page.keyboard.press("ArrowDown")
    turn(seen, "Enter", "target-cpi")
    page.keyboard.press("w")
    expect(page.locator("input:focus")).to_have_count(1)
    page.keyboard.type("4.5")
    press(seen, "Enter")
    band = page.locator(".mb-trial")
    expect(band).to_contain_text("Tried, not recorded")
    expect(band).to_contain_text("If January–July were 4.5%")
    tried = page.evaluate(_TEXTS)
    assert (tried["out"], tried["least"]) == ([], 24)
    assert "4.5" not in page.url
    seen.again()
    assert slide(page) == "target-cpi"
    expect(band).to_have_count(0)
    assert july.recorded == []
    press(seen, "Escape")
    expect(page.get_by_role("heading", name="Meetings held")).to_be_visible()


def test_a_target_on_demand_leads_back_where_one_was(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/present", at=july, lang="en", slide="attention", every="600")
    page = seen.page
    look_for(seen, "居民消费价格")
    page.keyboard.press("ArrowDown")
    turn(seen, "Enter", "target-cpi")
    expect(page.locator(".mb-foot")).to_contain_text("extra slide")
    turn(seen, "ArrowLeft", "attention")
    expect(page.locator(".mb-auto")).to_contain_text("every 600 s")
    press(seen, "p")
    expect(page.locator(".mb-auto")).to_contain_text("paused")
    press(seen, "?")
    expect(page.locator(".mb-help")).to_contain_text("find any target")
    press(seen, "Escape")
    expect(page.locator(".mb-help")).to_be_hidden()
    assert slide(page) == "attention"


def test_letters_can_be_turned_off_and_stay_so(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/present", at=july, lang="en", slide="headline")
    page = seen.page
    press(seen, "?")
    page.get_by_label("Letters and signs are keys too").uncheck()
    press(seen, "Escape")
    press(seen, "Escape")
    expect(page.locator(".mb-help")).to_be_hidden()
    seen.again()
    press(seen, "?")
    expect(page.locator(".mb-help")).to_be_hidden()
    turn(seen, "ArrowRight", "attention")


def test_a_tap_on_half_a_slide_turns_it_on_a_phone(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/present", at=july, lang="en", slide="headline", width=390)
    seen.page.mouse.click(330, 300)
    seen.page.wait_for_url("**slide=attention**")
    seen.settle()
    seen.page.mouse.click(40, 200)
    seen.page.wait_for_url("**slide=headline**")


def test_the_longest_lists_fit_slides(
    spring: Deployment, open_page: Visitor, at_length: AtLength
) -> None:
    at = datetime(2021, 1, 31, 9, tzinfo=UTC)
    store, plan = spring.store, spring.plan
    store.seed(plan, briefings.full_year(), at)
    for remark in briefings.said():
        long = replace(remark, text=remark.text * 20)
        store.remark(plan, long, Act(named(remark.written_by), at))
    name = "2020年度目标责任制考核总结会暨2021年度目标任务部署动员大会" * 2
    # The room before saw another plan, which the foot says too.
    store.hold(plan, "12月", date(2020, 12, 31), Act(named("李强"), at), plan_text="another")
    day, text = date(2021, 1, 31), spring.plan_text
    held = store.hold(plan, name[:80], day, Act(named("李强"), at), plan_text=text)
    for lang in ("en", "zh")[: at_length(2, 1)]:
        seen = open_page("/present", at=spring, lang=lang, meeting=str(held.id))
        seen.page.set_viewport_size({"width": 1920, "height": 1080})
        seen.settle()
        expect(seen.page.locator("[data-mb-rest]")).to_be_attached()  # the controls are gone
        turn(seen, "End")
        last = slide(seen.page)
        turn(seen, "Home")
        measured = all_slides(seen, last)
        assert len(measured) > 30
        assert {id_: found["out"] for id_, found in measured.items() if found["out"]} == {}
        assert {id_: found["covered"] for id_, found in measured.items() if found["covered"]} == {}
        assert [id_ for id_, found in measured.items() if found["scrolls"]] == []
        assert min(found["least"] for found in measured.values()) >= 24
        assert min(found["number"] for found in measured.values()) > 5


def test_fast_presses_count_and_stay_in_the_address(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/present", at=july, lang="en")
    page = seen.page
    expect(page.locator("[data-mb-rest]")).to_be_attached()  # the keys are listened to
    for _ in range(6):
        page.keyboard.press("PageDown")
    turn(seen, "PageDown", "target-china-open")
    expect(page.locator(".mb-foot")).to_contain_text("8 of ")
    seen.again()
    expect(page.locator(".mb-foot")).to_contain_text("8 of ")
    turn(seen, "Shift+Space")
    turn(seen, "ArrowUp", "target-sponge-city")
    turn(seen, "End", "unreported")
    page.go_back()
    expect(page.locator(".mb-foot")).to_contain_text("6 of ")
    seen.settle()
    turn(seen, "ArrowRight", "target-sportaccord")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_hall_screen_goes_round_with_fresh_figures(july: Deployment, open_page: Visitor) -> None:
    seen = open_page("/present", at=july, lang="en", every="5", slide="unreported", theme="dark")
    somebody_records(july, "4.6", date(2020, 7, 20))
    opening = seen.page.locator(".mb-slide-opening")
    expect(opening).to_contain_text("9 on track, 2 at risk, 2 off track")
    expect(seen.page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(18, 22, 28)")
    press(seen, "t")
    expect(seen.page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(255, 255, 255)")
