"""How long a person waits from starting the server until the first chart is on the screen.

The clock starts before the server's process does. The browser runs already, but its cache is
empty and so is the record: the first run creates and fills it. The page is asked for as soon as
the server answers.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.benchmarks.result import Results
from tests.browser.server import Server, bare, serve
from tests.real import ROOT

# In the order in which they come.
STEPS = {
    "the page's frame": '[data-testid="stApp"]',
    "the first sentence": ".mb-lead h1, .mb-summary",
    "the first chart": ".js-plotly-plot .main-svg path",
}
# In the page itself: Playwright looks twice a second where it has waited for a while.
NOTING = """
window.noted = {};
new MutationObserver(() => {
  for (const [step, selector] of Object.entries(STEPS)) {
    if (!noted[step] && document.querySelector(selector)) noted[step] = Date.now();
  }
}).observe(document, {childList: true, subtree: true});
"""
LOADING = """
import time
start = time.perf_counter()
import streamlit.web.cli
between = time.perf_counter()
import mubiao.ui.overview.year
print(between - start, time.perf_counter() - between)
"""
ONE_CHART = """
import streamlit as st

st.html('<p class="mb-summary">One chart</p>')
st.plotly_chart({"data": [{"type": "bar", "y": [1, 2]}], "layout": {}})
"""


def now() -> float:
    """The clock that the browser has too, in milliseconds."""
    return time.time() * 1000


def seen_after(start: float, server: Server, browser: Browser) -> list[float]:
    """When each of STEPS was on the page, in milliseconds since a moment of `now`."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.add_init_script(NOTING.replace("STEPS", json.dumps(STEPS)))
    page.goto(server.address, wait_until="commit")
    for selector in STEPS.values():
        page.wait_for_selector(selector, state="attached")
    noted = page.evaluate("window.noted")
    context.close()
    return [noted[step] - start for step in STEPS]


def test_what_is_loaded_at_the_start(results: Results) -> None:
    command = [sys.executable, "-c", LOADING]
    runs = [
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
        for _ in range(results.size(4, 1))
    ]
    theirs, ours = (statistics.median(map(float, part)) for part in zip(*runs, strict=True))
    results.add("loading Streamlit", theirs * 1000)
    results.add("loading our modules and what they stand on", ours * 1000)
    results.hold("our modules beside Streamlit", ours / theirs, most=1.5)


@pytest.mark.timeout(400)  # two servers a round, on a machine that may be busy
def test_from_the_servers_start_to_the_first_chart(
    results: Results, browser: Browser, tmp_path: Path
) -> None:
    """Beside it a dashboard that is nothing but one chart: what Streamlit and Plotly take."""
    chart = bare(tmp_path / "bare", ONE_CHART)
    answered, first, second, alone = [], [], [], []
    for turn in range(results.size(4, 1)):
        start = now()
        with serve(tmp_path / f"ours-{turn}", {}) as server:
            answered.append(now() - start)
            first.append(seen_after(start, server, browser))
            if results.full:
                second.append(seen_after(now(), server, browser)[-1])
        start = now()
        with serve(tmp_path / f"bare-{turn}", {}, root=chart) as server:
            alone.append(seen_after(start, server, browser)[-1])
    results.add("from the server's start: it answers", statistics.median(answered))
    for step, times in zip(STEPS, zip(*first, strict=True), strict=True):
        aim = 2500 if step == "the first chart" else None
        results.add(f"from the server's start: {step}", statistics.median(times), aim=aim)
    results.add("... of a dashboard of one chart and nothing else", statistics.median(alone))
    pairs = zip(first, alone, strict=True)
    ratio = statistics.median(times[-1] / other for times, other in pairs)
    results.hold("... the first chart beside that", ratio, most=1.2)
    if second:
        results.add("a second visitor: the first chart", statistics.median(second))
