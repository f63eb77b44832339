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


@contextmanager
def taking_turns(running: Cluster) -> Iterator[None]:
    """The servers, each at half speed, on the first core, which nothing else of ours uses."""
    pids = [server.process.pid for server in running.servers]
    for pid in pids:
        for thread in psutil.Process(pid).threads():
            os.sched_setaffinity(thread.id, {0})
    turns = [str(pid) for pid in (*pids, 0)[:2]]
    with subprocess.Popen([sys.executable, "-c", _TURNS, *turns]) as clock:
        try:
            yield
        finally:
            clock.kill()
            for pid in pids:
                psutil.Process(pid).resume()


@contextmanager
def off_the_first_core() -> Iterator[None]:
    """What this process starts meanwhile, and itself, leave the first core to others."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores - {0} or cores)
    yield
    os.sched_setaffinity(0, cores)


@pytest.mark.timeout(900)
def test_a_second_server(results: Results, tmp_path: Path) -> None:
    readers, rounds = results.size(200, 3), results.size(4, 1)
    at_ease: list[Load] = []
    at_half: list[Load] = []
    for servers in (1, 2):
        with cluster(tmp_path / f"free-{servers}", servers, MUBIAO_TODAY=JULY) as running:
            at_ease.append(loaded(running, readers, rounds))
        with (
            off_the_first_core(),
            cluster(tmp_path / f"half-{servers}", servers, MUBIAO_TODAY=JULY) as running,
            taking_turns(running),
        ):
            at_half.append(loaded(running, readers, rounds))
    for what, loads in (("on all cores", at_ease), ("of half a core each", at_half)):
        for count, load in zip(("one server", "two servers"), loads, strict=True):
            name = f"{count} {what}"
            results.add(f"{readers} readers, {name}: reruns a second", load.crowd.a_second, "")
            results.add("... p95 of a rerun", load.crowd.p95)
            results.add("... the servers' work for a rerun", load.work)
            for who in ("servers", "readers", "rest"):
                results.add(f"... cores of the {who}", getattr(load, who), "")
    one, two = (load.crowd.a_second for load in at_ease)
    results.add("two servers beside one, on all cores", two / one, "times")
    one, two = (load.crowd.a_second for load in at_half)
    results.hold("one server beside two, of half a core each", one / two, most=1 / 1.8)


@pytest.mark.timeout(900)
def test_a_servers_memory_after_many_sessions(results: Results, tmp_path: Path) -> None:
    sessions, batch = results.size(5000, 4), results.size(100, 2)
    with cluster(tmp_path, servers=1, MUBIAO_TODAY=JULY) as one:
        memory = psutil.Process(one.servers[0].process.pid)
        for done in range(0, sessions, batch):
            if done in (0, sessions // 2):
                results.add(
                    f"a server's memory after {done} sessions", memory.memory_info().rss / 1e6, "MB"
                )
            awaited(crowd(one.address, "overview", batch, 0))
        left = memory.memory_info().rss / 1e6
    results.hold(f"a server's memory after {sessions} sessions", left, "MB", most=300)
