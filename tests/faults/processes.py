"""Processes of one's own that write, and end when and how the test wants."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from mubiao.model import Act, Observation, Submission
from mubiao.store import open_store
from tests.actors import named
from tests.acts import GDP, NOON, PLAN

ROWS = 3


def rows_of(number: int) -> list[Observation]:
    """The rows of the save with this number, as no other save has them."""
    return [replace(GDP, value=Decimal(number * ROWS + place)) for place in range(ROWS)]


def kind_of(url: str) -> str:
    return "SQLite" if url.startswith("sqlite") else "PostgreSQL"


def write(url: str, first: int, acknowledge: Callable[[int], object]) -> None:
    """Save for ever, three rows at a time, from a number on; acknowledge each after it returned."""
    store = open_store(url, wait=60)
    number = first
    while True:
        proposals = [Submission(row) for row in rows_of(number)]
        store.save(PLAN, proposals, Act(named("writer"), NOON, f"save-{number}"))
        acknowledge(number)
        number += 1


@dataclass(frozen=True)
class Killed:
    """A process that was killed: what it said before, line by line, and whether it was at work."""

    said: list[int]
    at_work: bool


def killed(
    work: Callable[[Callable[[int], object]], None], after: float, *, begun: bool = False
) -> Killed:
    """Fork a process that does a piece of work, and kill it after so many seconds (SIGKILL).

    The work is given a function that says a number to this process, at once. With `begun` the
    seconds count from the first number, otherwise from the fork.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, reading, writing)
    os.close(writing)
    said = os.read(reading, 100) if begun else b""
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as rest:
        said += rest.read()
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the process failed by itself"
    return Killed([int(line) for line in said.split(b"\n")[:-1]], os.WIFSIGNALED(status))


def _work(work: Callable[[Callable[[int], object]], None], reading: int, writing: int) -> None:
    """The forked process: never returns, whatever happens, into the test that forked it."""
    code = 1
    try:
        os.close(reading)
        work(lambda number: os.write(writing, b"%d\n" % number))
        code = 0
    finally:
        os._exit(code)
