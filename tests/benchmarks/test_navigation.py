"""How long a person waits from a click until what it leads to stands, in the browser.

Beside it in the same run Streamlit's own `st.page_link` to the same target, and a button of a page
that is nothing else.
"""

import shutil
import statistics
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.benchmarks.result import Results
from tests.browser.server import JULY, bare, serve
from tests.real import ROOT

# Milliseconds from a click on what `css` names until `text` stands on the page.
_WAIT = """([css, text]) => new Promise((done, fail) => {
  const link = document.querySelector(css), start = performance.now();
  if (document.querySelector(".stMain").textContent.includes(text)) fail(`${text} stands already`);
  const look = () => {
    const waited = performance.now() - start;
    if (document.querySelector(".stMain")?.textContent.includes(text)) done(waited);
    else if (waited > 20000) fail(`no ${text} after a click on ${css}`);
    else requestAnimationFrame(look);
  };
  link.click();
  look();
})"""
_TARGET = "By what rule"
_LINKS = """
import streamlit as st

from mubiao.ui.shell import page

with page.opened() as screen:
    st.html(f'<a class="row" href="{screen.href("target", target="cpi")}">Row</a>')
    st.page_link("pages/target.py", label="Page link", query_params={"target": "cpi", "lang": "en"})
    presses = st.session_state.setdefault("presses", 0)
    st.text(f"Pressed {presses} times")

    def press():
        st.session_state["presses"] += 1

    st.button("Press", key="press", on_click=press)
"""


def click(page: Page, css: str, text: str) -> float:
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_selector(css, state="attached")
    page.wait_for_timeout(300)
    took: float = page.evaluate(_WAIT, [css, text])
    return took


def dashboard(folder: Path) -> Path:
    """The dashboard with a page of links in the place of its last one."""
    bare(folder, (ROOT / "dashboard.py").read_text(encoding="utf-8"))
    shutil.copytree(ROOT / "pages", folder / "pages")
    (folder / "pages" / "sources.py").write_text(_LINKS, encoding="utf-8")
    return folder


@pytest.mark.timeout(300)
def test_from_a_click_to_what_it_leads_to(
    results: Results, browser: Browser, tmp_path: Path
) -> None:
    links_and_pages = dashboard(tmp_path / "dashboard")
    environment = {"MUBIAO_TODAY": JULY, "PYTHONPATH": str(ROOT)}
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    links, overview = context.new_page(), context.new_page()
    times: dict[str, list[float]] = {}
    with serve(tmp_path / "server", environment, root=links_and_pages) as server:
        links.goto(f"{server.address}/sources?lang=en")
        overview.goto(f"{server.address}/overview?lang=en")
        for turn in range(results.size(12, 1)):
            for name, page, css, text in (
                ("page_link", links, '[data-testid="stPageLink-NavLink"]', _TARGET),
                ("row", links, "a.row", _TARGET),
                ("rerun", links, ".st-key-press button", f"Pressed {turn + 1} times"),
                ("step", overview, '[id="mb-‹"]', "As of 30 June 2020"),
            ):
                times.setdefault(name, []).append(click(page, css, text))
                if name != "rerun":
                    page.go_back()
    context.close()
    medians = {name: statistics.median(each) for name, each in times.items()}
    results.add("from a click on a row to its target", medians["row"])
    results.add("... by st.page_link", medians["page_link"])
    results.hold("... beside that", medians["row"] / medians["page_link"], most=1.3)
    results.add("a month step on Overview", medians["step"])
    results.add("... a button of an empty page", medians["rerun"])
    results.add("... beside that", medians["step"] / medians["rerun"], "times", aim=1.5)
