"""Each page in a wide, light window in one language, then in a narrow, dark one in the other."""

from collections.abc import Iterator
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from mubiao.ui.shell.address import VIEWS
from mubiao.ui.shell.control_names import NAMES
from mubiao.ui.shell.frame import PAGES as PATHS
from tests.browser.axe import LOOKS, TAGS, findings
from tests.browser.server import Deployment
from tests.browser.visit import Scheme, Seen, Visitor

# By kind: where it is, and its heading in English where it says more than the page's name.
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "overview": ("overview", {}),
    "target": ("target", {"target": "cpi"}),
    "milestone": ("target", {"target": "historic-city-regulation"}),
    "month": ("record", {}),
    "cards": ("record", {"look": "cards", "tab": "milestones"}),
    "one": ("record", {"view": "one", "target": "cpi"}),
    "files": ("record", {"view": "files"}),
    "approval": ("record", {"view": "approval"}),
    "owes": ("owes", {}),
    "history": ("history", {}),
    "changes": ("history", {"since": "2020-04-30"}),
    "meetings": ("meeting", {}),
    "meeting": ("meeting", {}),  # that was held
    "present": ("present", {}),
    "years": ("years", {}),
    "sources": ("sources", {}),
    "review": ("review", {}),
    "access": ("access", {}),
}
HEADINGS = {
    "target": (
        "Consumer price inflation, January–July: 3.50%; "
        "at most 3.5% is promised: so far as promised"
    ),
    "month": "June 2020: 150 reports asked for, 47 filed",
    "history": "History",
    "meetings": "Meeting",
    "sources": "Sources and method",
}
TITLE = "Consumer price inflation · Target · Beijing 2020 · 目标 Mubiao"
FOCUS = ("target", "month", "one", "files", "history", "meetings")
LISTS = ("month", "one", "history", "meetings")
# What Streamlit brings and no page can change, by rule and part of the page, with the reason.
# Nothing of it breaks WCAG: axe calls it good practice, and a minor lapse.
STREAMLITS = {
    ("presentation-role-conflict", "stFileUploaderDropzone"): (
        "The place to drop a file is drawn as decoration and named all the same; "
        "the button within it has the name too."
    )
}
SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""
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
  if (on === document.body) return [wrong, true];
  // The grid is a canvas that draws the cell in hand by itself.
  if (on.matches('canvas, canvas *')) return [wrong, false];
  window.before = {element: on, look: look(on)};
  const box = on.getBoundingClientRect();
  const places = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap(x => [0.2, 0.5, 0.8].map(y => [x, y]));
  const free = places.some(([x, y]) => {
    const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return hit && (on.contains(hit) || hit.contains(on));
  });
  if (!free) wrong.push(`hidden: ${on.outerHTML.slice(0, 160)}`);
  return [wrong, false];
}"""
# What stands on the page as whole texts and attributes, but in what the product itself writes.
_TEXTS = """() => [...document.querySelectorAll('body *')]
  .filter(part => !part.closest('.stHtml, .mb-frame, .js-plotly-plot, script, style'))
  .flatMap(part => [
    ...['aria-label', 'placeholder', 'title'].map(name => part.getAttribute(name)),
    ...[...part.childNodes].filter(node => node.nodeType === 3).map(n => n.nodeValue.trim()),
  ]).filter(Boolean)"""
# How far a page could be pushed sideways, and what of it sticks out.
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
FITS = {"page": 0, "main": 0, "out": []}
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
_END = "document.querySelector('.stMain').getBoundingClientRect().bottom - innerHeight"

Faults = Iterator[tuple[str, object]]


def aside(page: Page) -> dict[str, object]:
    """How far a page of the dashboard could be pushed sideways, and what of it sticks out."""
    measured: dict[str, object] = page.evaluate(
        ASIDE, ['[data-testid="stMain"]', ".mb-scroll, svg, .dvn-scroller"]
    )
    return measured


def tab_through(page: Page) -> list[str]:
    """Go by Tab once through the page: where the focus is not seen, or lies under something."""
    wrong: list[str] = []
    at_once = page.add_style_tag(content="* { transition: none !important }")
    for _ in range(120):
        page.keyboard.press("Tab")
        here, is_over = page.evaluate(_TAB)
        wrong += here
        if is_over:
            break
    at_once.evaluate("style => style.remove()")
    return wrong


def english(page: Page) -> list[str]:
    """What is called by a name of Streamlit's own."""
    starts = tuple(name.partition("{")[0] for name in NAMES if not name.startswith("{"))
    whole = {name for name in NAMES if "{" not in name}
    partly = tuple(start for start in starts if start and start not in whole)
    return [text for text in page.evaluate(_TEXTS) if text in whole or text.startswith(partly)]


def drawn(page: Page, kind: str, lang: str) -> Faults:
    """What is wrong with a page in any window."""
    css = ".js-plotly-plot .main-svg" if kind in {"overview", "target"} else ".stMain .stHtml"
    expect(page.locator(css).first).to_be_attached()
    yield "the first view stays", page.locator("html.mb-first").count()
    yield "it does not end with the window", page.evaluate(_END)
    # Each page says its language to a screen reader, and in its title what it is (2.4.2).
    yield "language", page.locator("html").get_attribute("lang") != {"zh": "zh-CN"}.get(lang, lang)
    if lang == "en":
        heading = page.locator("h1").inner_text()
        yield "heading", heading if heading != HEADINGS.get(kind, heading) else ""
    if (kind, lang) == ("target", "en"):
        yield "title", page.title() if page.title() != TITLE else ""
        expect(page.locator(".mb-way b")).to_have_text("Consumer price inflation")


def in_the_narrowest_window(seen: Seen) -> Faults:
    """What slides aside or is cut off there, also where a reader asks for more space."""
    page = seen.page
    page.set_viewport_size({"width": 320, "height": 900})
    seen.settle()
    measured = aside(page)
    yield "it sticks out", measured if measured != FITS else ""
    spaced = page.add_style_tag(content=_SPACED)
    yield "lost", page.evaluate(_LOST)
    yield "pushed aside", aside(page)["page"]
    spaced.evaluate("style => style.remove()")


def english_of(page: Page, kind: str) -> list[str]:
    """What of a Chinese page is in English, also of the first list of those that have some."""
    names = english(page)
    if kind in LISTS:
        page.locator(".stMain [data-testid=stSelectbox] input:visible").first.click()
        expect(page.get_by_test_id("stSelectboxVirtualDropdown")).to_be_visible()
        names += english(page)
        page.keyboard.press("Escape")
    return names


def faults(seen: Seen, kind: str, lang: str) -> Faults:
    """What is wrong with a page of this kind; a window that was narrow is narrower in the end."""
    page, narrow = seen.page, seen.page.viewport_size["width"] == 390
    if not narrow:
        yield "it jumps", page.evaluate("window.shifts") >= 0.1
    yield from drawn(page, kind, lang)
    if lang == "zh":
        yield "English", english_of(page, kind)
    if not narrow and kind in FOCUS:
        yield "focus", tab_through(page)
    if narrow:
        yield from in_the_narrowest_window(seen)


def test_each_page_is_fit_for_everybody(july: Deployment, meeting: str, open_page: Visitor) -> None:
    seen = open_page.window()
    page = seen.page
    page.add_init_script(SHIFTS)
    wrong, titles = [], set()
    found: dict[Scheme, set[tuple[str, str]]] = {"light": set(), "dark": set()}
    for place, (kind, (path, query)) in enumerate(PAGES.items()):
        address = query | ({"meeting": meeting} if kind == "meeting" else {})
        langs = ("zh", "en") if place % 2 else ("en", "zh")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(f"{july.address}/{path}?{urlencode({'lang': langs[0]} | address)}")
        seen.settle()
        titles.add(page.title())
        found["light"] |= findings(page, "tag", TAGS)
        wrong += [(kind, *fault) for fault in faults(seen, kind, langs[0]) if fault[1]]
        page.set_viewport_size({"width": 390, "height": 900})
        page.emulate_media(color_scheme="dark")
        seen.visit(path, lang=langs[1], **address)
        found["dark"] |= findings(page, "rule", LOOKS)
        wrong += [(kind, *fault) for fault in faults(seen, kind, langs[1]) if fault[1]]
    assert wrong == []
    assert found == {"light": set(STREAMLITS), "dark": set()}  # nothing is listed in vain
    assert len(titles) > 6


def test_no_page_is_left_out() -> None:
    assert {path for path, _ in PAGES.values()} == set(PATHS)
    assert {query.get("view", "month") for path, query in PAGES.values() if path == "record"} == {
        *VIEWS
    }
