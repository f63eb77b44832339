"""How long a person waits from starting the server until the first chart is on the screen.

The clock starts before the server's process does. The browser runs already, but its cache is
empty and so is the record: the first run creates and fills it. The page is asked for as soon as
the server answers.
"""

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


def seen_after(start: float, server: Server, browser: Browser) -> list[float]:
    """When each of STEPS was on the page, in milliseconds since the start."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(server.address, wait_until="commit")
    times = []
    for selector in STEPS.values():
        page.wait_for_selector(selector, state="attached")
        times.append((time.perf_counter() - start) * 1000)
    context.close()
    return times


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
        start = time.perf_counter()
        with serve(tmp_path / f"ours-{turn}", {}) as server:
            answered.append((time.perf_counter() - start) * 1000)
            first.append(seen_after(start, server, browser))
            second.append(seen_after(time.perf_counter(), server, browser)[-1])
        start = time.perf_counter()
        with serve(tmp_path / f"bare-{turn}", {}, root=chart) as server:
            alone.append(seen_after(start, server, browser)[-1])
    results.add("from the server's start: it answers", statistics.median(answered))
    for step, times in zip(STEPS, zip(*first, strict=True), strict=True):
        aim = 2500 if step == "the first chart" else None
        results.add(f"from the server's start: {step}", statistics.median(times), aim=aim)
    results.add("... of a dashboard of one chart and nothing else", statistics.median(alone))
    pairs = zip(first, alone, strict=True)
    ratio = statistics.median(times[-1] / other for times, other in pairs)
    results.hold("... the first chart beside that", ratio, most=2)
    results.add("a second visitor: the first chart", statistics.median(second))
