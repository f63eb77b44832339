"""How many reruns of Overview one server manages, and how long readers wait for one.

A hundred readers ask again as soon as the page stands. Beside them, in the same run, a page of ten
texts and nothing else, under the same settings; and reads of the API by one program.
"""

import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import httpx2
import pytest

from tests.awaited import awaited
from tests.benchmarks.crowd import crowd, p95
from tests.benchmarks.result import Results
from tests.browser.server import JULY, bare, serve

TEN_TEXTS = """
import streamlit as st

for number in range(10):
    st.html(f"<p>{number}</p>" * 40)
"""
PAGES = ("record", "target", "present")


def api_p95(address: str, days: Iterable[date]) -> float:
    """How many milliseconds all but one in twenty reads of the judgement of a day took at most."""
    taken = []
    with httpx2.Client(base_url=address, timeout=60) as client:
        for day in days:
            start = time.perf_counter()
            answer = client.get("/api/v1/assessments", params={"as_of": day.isoformat()})
            taken.append(time.perf_counter() - start)
            assert answer.status_code == 200
    return p95(taken)


@pytest.mark.timeout(900)
def test_a_hundred_readers_of_one_server(results: Results, tmp_path: Path) -> None:
    texts = bare(tmp_path / "bare", TEN_TEXTS)
    readers, rounds = results.size(100, 3), results.size(6, 2)
    ours, theirs = [], []
    with serve(tmp_path / "ours", {"MUBIAO_TODAY": JULY}) as server:
        with serve(tmp_path / "theirs", {}, root=texts) as other:
            one = awaited(crowd(server.address, "overview", 1, results.size(60, 2)))
            alone = awaited(crowd(other.address, "", 1, results.size(60, 2)))
            for _ in range(results.size(3, 1)):
                ours.append(awaited(crowd(server.address, "overview", readers, rounds)))
                theirs.append(awaited(crowd(other.address, "", readers, rounds)))
            single = {
                page: awaited(crowd(server.address, page, 1, results.size(40, 2))) for page in PAGES
            }
        reads, first = results.size(200, 3), date(2020, 3, 1)
        fresh = api_p95(server.address, (first + timedelta(days=day) for day in range(reads)))
        again = api_p95(server.address, [first] * reads)
    last = one.reruns[-1]
    results.hold("Overview's rerun: messages", last.messages, "", most=20)
    results.hold("Overview's rerun: what is sent", last.size / 1000, "kB", most=60)
    results.add("Overview's rerun, one reader", one.median, aim=8)
    results.add("... a page of ten texts", alone.median)
    for page, taken in single.items():
        results.add(f"{page.capitalize()}'s rerun, one reader", taken.median, aim=15)
    # The least disturbed round, as other programs slow some down.
    best, bare_best = (max(one.a_second for one in some) for some in (ours, theirs))
    results.add("reruns a second for 100 readers of Overview", best, "")
    results.add("... each one", 1000 / best, aim=round(1000 / 120, 1))
    results.add("... of a page of ten texts", bare_best, "")
    results.add("... ten texts beside Overview", bare_best / best, "times", aim=1 / 0.35)
    results.add("p95 for 100 readers of Overview", min(one.p95 for one in ours), aim=1000)
    results.add("... of a page of ten texts", min(one.p95 for one in theirs))
    results.add("p95 of Overview's rerun, one reader", one.p95)
    results.add("... of a read of the API, of a day not read yet", fresh, aim=150)
    results.add("... of a day that was read", again, aim=20)
