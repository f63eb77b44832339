"""The results of a run: what was measured, in its unit, beside what is aimed at.

Times depend on the machine and on what else it does, so a missed time is only said; ratios
within one run are what the tests assert.
"""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Result:
    """One measured figure; `aim` is the most it should be, None where there is none."""

    name: str
    value: float
    unit: str
    aim: float | None = None

    @property
    def line(self) -> str:
        """The figure, its aim and whether that is reached, for people."""
        text = f"{self.name:<58}{self.value:>9.2f} {self.unit:<5}"
        if self.aim is None:
            return text.rstrip()
        return f"{text} aim {self.aim:g} {self.unit}: {self.verdict}"

    @property
    def verdict(self) -> str:
        """Whether the aim is reached."""
        return "reached" if self.aim is None or self.value <= self.aim else "MISSED"


@dataclass
class Results:
    """All results of a run, in the order in which they were measured."""

    all: list[Result] = field(default_factory=list)

    def add(self, name: str, value: float, unit: str = "ms", aim: float | None = None) -> None:
        """Note a figure: a time in `ms`, or a ratio in `times`."""
        self.all.append(Result(name, value, unit, aim))

    def lines(self) -> list[str]:
        """The table's lines."""
        return [result.line for result in self.all]


def medians(rounds: int, *works: Callable[[], object]) -> tuple[float, ...]:
    """The median processor time of each work in milliseconds.

    On a busy machine long works are interrupted and short ones are not; processor time leaves
    that out. The works take turns; one round warms up.
    """
    times: list[list[float]] = [[] for _ in works]
    for turn in range(rounds + 1):
        for work, taken in zip(works, times, strict=True):
            gc.collect()
            start = time.process_time()
            work()
            if turn:
                taken.append((time.process_time() - start) * 1000)
    return tuple(statistics.median(taken) for taken in times)
