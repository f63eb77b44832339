"""What a second server adds for two hundred readers, and what five thousand sessions leave behind.

Readers, nginx, PostgreSQL and the servers share the machine. On few cores a second server has less
than one of its own, and the ratio tells more of the machine than of the servers. So all is measured
again at half speed: they take turns on one core, and all else runs on the others.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.awaited import awaited
from tests.benchmarks.crowd import Crowd, crowd
from tests.benchmarks.result import Results
from tests.browser.server import JULY
from tests.cluster import Cluster, cluster

# Lets each process run for a fiftieth of a second, one after the other; 0 is nobody's turn.
_TURNS = """
import itertools, os, signal, sys, time
turns = [int(pid) for pid in sys.argv[1:]]
for pid in itertools.cycle(turns):
    pid and os.kill(pid, signal.SIGCONT)
    time.sleep(0.02)
    pid and os.kill(pid, signal.SIGSTOP)
"""


@dataclass(frozen=True)
class Load:
    """What readers had; how many cores the servers, they and all else on the machine took."""

    crowd: Crowd
    servers: float
    readers: float
    rest: float

    @property
    def work(self) -> float:
        """Milliseconds of the processor that a server needs for a rerun."""
        return 1000 * self.servers / self.crowd.a_second


def loaded(running: Cluster, readers: int, rounds: int) -> Load:
    before, start = processor(running), time.perf_counter()
    taken = awaited(crowd(running.address, "overview", readers, rounds))
    clock = time.perf_counter() - start
    servers, own, everything = (
        (now - then) / clock for now, then in zip(processor(running), before, strict=True)
    )
    return Load(taken, servers, own, everything - servers - own)


def processor(running: Cluster) -> tuple[float, float, float]:
    """Seconds of the processor so far: of the servers, of this process, of the machine."""
    times = [psutil.Process(server.process.pid).cpu_times() for server in running.servers]
    own, machine = psutil.Process().cpu_times(), psutil.cpu_times()
    busy = sum(machine) - machine.idle - machine.iowait
    return sum(one.user + one.system for one in times), own.user + own.system, busy


def put_on(cores: set[int], running: Cluster) -> None:
    """Let the servers run on these cores alone."""
    for server in running.servers:
        for thread in psutil.Process(server.process.pid).threads():
            os.sched_setaffinity(thread.id, cores)


@contextmanager
def taking_turns(running: Cluster) -> Iterator[None]:
    """The servers, each at half speed, on the first core."""
    pids = [server.process.pid for server in running.servers]
    put_on({0}, running)
    turns = [str(pid) for pid in (*pids, 0)[:2]]
    with subprocess.Popen([sys.executable, "-c", _TURNS, *turns]) as clock:
        try:
            yield
        finally:
            clock.kill()
            for pid in pids:
                psutil.Process(pid).resume()


@contextmanager
def beside_its_readers(folder: Path, servers: int) -> Iterator[tuple[Cluster, set[int]]]:
    """A cluster that leaves the first core to its servers, and all cores."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores - {0} or cores)
    try:
        with cluster(folder, servers, MUBIAO_TODAY=JULY) as running:
            put_on(cores, running)
            yield running, cores
    finally:
        os.sched_setaffinity(0, cores)


def memory(running: Cluster) -> float:
    """What the first server has, in MB."""
    resident: int = psutil.Process(running.servers[0].process.pid).memory_info().rss
    return resident / 1e6


@pytest.mark.timeout(900)
def test_a_second_server_and_the_memory_of_one(results: Results, tmp_path: Path) -> None:
    readers, rounds = results.size(200, 3), results.size(4, 1)
    sessions, batch = results.size(5000, 4), results.size(100, 2)
    a_second: dict[str, list[float]] = {}
    for count in (1, 2):
        with beside_its_readers(tmp_path / str(count), count) as (running, cores):
            loads = {"on all cores": loaded(running, readers, rounds)}
            with taking_turns(running):
                loads["of half a core each"] = loaded(running, readers, rounds)
            for what, load in loads.items():
                a_second.setdefault(what, []).append(load.crowd.a_second)
                name = f"{readers} readers, {count} of the servers {what}"
                results.add(f"{name}: reruns a second", load.crowd.a_second, "")
                results.add("... p95", load.crowd.p95)
                results.add("... a server's work for a rerun", load.work)
                for who in ("servers", "readers", "rest"):
                    results.add(f"... cores of the {who}", getattr(load, who), "")
            if count == 1:
                put_on(cores, running)
                before = memory(running)
                for _ in range(sessions // batch):
                    awaited(crowd(running.address, "overview", batch, 0))
                left = memory(running)
    for what, (one, two) in a_second.items():
        results.add(f"two servers {what} beside one", two / one, "times")
    one, two = a_second["of half a core each"]
    results.hold("one server beside two, of half a core each", one / two, most=1 / 1.8)
    results.add("a server's memory before", before, "MB")
    results.hold(f"... after {sessions} sessions", left, "MB", most=300)
