"""How long a read of the API takes beside a rerun of Overview, on one server in one run."""

import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import httpx2
import pytest

from tests.awaited import awaited
from tests.benchmarks.crowd import crowd, p95
from tests.benchmarks.result import Results
from tests.browser.server import JULY, serve

FIRST = date(2020, 3, 1)


def reads(client: httpx2.Client, days: Iterable[date]) -> list[float]:
    """How many seconds each read of the judgement of a day took."""
    taken = []
    for day in days:
        start = time.perf_counter()
        answer = client.get("/api/v1/assessments", params={"as_of": day.isoformat()})
        taken.append(time.perf_counter() - start)
        assert answer.status_code == 200
    return taken


@pytest.mark.timeout(300)
def test_a_read_of_the_api_beside_a_pages_rerun(results: Results, tmp_path: Path) -> None:
    rounds = results.size(200, 3)
    with (
        serve(tmp_path, {"MUBIAO_TODAY": JULY}) as server,
        httpx2.Client(base_url=server.address, timeout=60) as client,
    ):
        first = reads(client, [FIRST + timedelta(days=turn) for turn in range(rounds)])
        again = reads(client, [FIRST] * rounds)
        reruns = awaited(crowd(server.address, "overview", 1, rounds))
    results.add("p95 of a read of the API, of a day not read yet", p95(first), aim=150)
    results.add("... of a day that was read", p95(again), aim=20)
    results.add("... beside it: p95 of Overview's rerun", reruns.p95)
