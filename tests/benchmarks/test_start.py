"""How long a person waits from starting the server until the first chart is on the screen.

The clock starts before the server's process does. The browser runs already, but its cache is
empty and so is the record: the first run creates and fills it. The page is asked for as soon as
the server answers.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.conftest import ROOT
from tests.benchmarks.result import Results
from tests.browser.browser import FLAGS, HOW_TO_GET_ONE, find
from tests.browser.server import Server, serve

ROUNDS = 5
# In the order in which they come.
STEPS = {
    "the page's frame": '[data-testid="stApp"]',
    "the first sentence": ".mb-summary",
    "the first chart": ".js-plotly-plot .main-svg .bars path",
}
LOADING = """
import time
start = time.perf_counter()
import streamlit.web.cli
between = time.perf_counter()
import mubiao.ui.lists
print(between - start, time.perf_counter() - between)
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find()
    if path is None:
        pytest.skip(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


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
        for _ in range(ROUNDS)
    ]
    theirs, ours = (statistics.median(map(float, part)) for part in zip(*runs, strict=True))
    results.add("loading Streamlit", theirs * 1000)
    results.add("loading our modules and what they stand on", ours * 1000)
    results.add("our modules beside Streamlit", ours / theirs, "times", aim=1.5)
    assert ours / theirs < 1.5


def test_from_the_servers_start_to_the_first_chart(
    results: Results, browser: Browser, tmp_path: Path
) -> None:
    answered, first, second = [], [], []
    for turn in range(ROUNDS):
        folder = tmp_path / str(turn)
        folder.mkdir()
        start = time.perf_counter()
        with serve(folder, {}) as server:
            answered.append((time.perf_counter() - start) * 1000)
            first.append(seen_after(start, server, browser))
            second.append(seen_after(time.perf_counter(), server, browser))
    results.add("from the server's start: it answers", statistics.median(answered))
    for step, times in zip(STEPS, zip(*first, strict=True), strict=True):
        aim = 2500 if step == "the first chart" else None
        results.add(f"from the server's start: {step}", statistics.median(times), aim=aim)
    later = statistics.median(times[-1] for times in second)
    results.add("a second visitor, from the address: the first chart", later)
    assert later < statistics.median(times[-1] for times in first)
