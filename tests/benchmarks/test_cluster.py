"""What a second server adds for two hundred readers, and what five thousand sessions leave behind.

Readers, nginx, PostgreSQL and both servers share the machine: on few cores the second server has
less than a core of its own, which the ratio then says of the machine and not of the servers. So
beside it stands how much of a core a server had.
"""

import time
from pathlib import Path

import psutil
import pytest

from tests.awaited import awaited
from tests.benchmarks.crowd import Crowd, crowd
from tests.benchmarks.result import Results
from tests.benchmarks.test_crowd import p95
from tests.browser.server import JULY
from tests.cluster import Cluster, cluster


def processor(two: Cluster) -> float:
    """Seconds of the processor that all servers have had."""
    times = [psutil.Process(one.process.pid).cpu_times() for one in two.servers]
    return sum(one.user + one.system for one in times)


def measured(two: Cluster, readers: int, rounds: int) -> tuple[Crowd, float]:
    """What readers had, and the servers' share of the processor meanwhile, in cores."""
    before, start = processor(two), time.perf_counter()
    taken = awaited(crowd(two.address, "overview", readers, rounds))
    return taken, (processor(two) - before) / (time.perf_counter() - start)


@pytest.mark.timeout(1200)
def test_a_second_server(results: Results, tmp_path: Path) -> None:
    readers, rounds = results.size(200, 3), results.size(4, 1)
    with cluster(tmp_path / "one", servers=1, MUBIAO_TODAY=JULY) as one:
        alone, had_alone = measured(one, readers, rounds)
        memory = psutil.Process(one.servers[0].process.pid)
        before = memory.memory_info().rss
        sessions, batch = results.size(5000, 4), results.size(100, 2)
        for _ in range(sessions // batch):
            awaited(crowd(one.address, "overview", batch, 0))
        left = memory.memory_info().rss
    with cluster(tmp_path / "two", MUBIAO_TODAY=JULY) as two:
        both, had_both = measured(two, readers, rounds)
    results.add(f"reruns a second for {readers} readers of one server", alone.a_second, "")
    results.add("... of two servers", both.a_second, "")
    results.add("... two beside one", both.a_second / alone.a_second, "times")
    results.add("... cores that one server had", had_alone, "")
    results.add("... cores that two servers had", had_both, "")
    work = (both.a_second / had_both) / (alone.a_second / had_alone)
    results.add("... reruns of two for each second of the processor, beside one", work, "times")
    results.add(f"p95 for {readers} readers of two servers", p95(both), aim=1000)
    results.add("a server's memory before", before / 1e6, "MB")
    results.hold(f"... after {sessions} sessions", left / 1e6, "MB", most=300)
