"""The results of a run: what was measured, in its unit, beside what is aimed at.

Times depend on the machine and on what else it does, so a missed time is only said; ratios
within one run are held to their bounds. Both need the rounds of `make bench` (`--full`): in the
default run each work is done once, and no bound is held.
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
        verdict = "reached" if self.value <= self.aim else "MISSED"
        return f"{text} aim {self.aim:g} {self.unit}: {verdict}"


@dataclass
class Results:
    """All results of a run, in the order in which they were measured."""

    full: bool
    all: list[Result] = field(default_factory=list)

    def add(self, name: str, value: float, unit: str = "ms", aim: float | None = None) -> None:
        """Note a figure: a time in `ms`, or a ratio in `times`."""
        self.all.append(Result(name, value, unit, aim))

    def hold(self, name: str, value: float, unit: str = "times", *, most: float) -> None:
        """Note a figure that may not be greater than `most`."""
        self.add(name, value, unit, most)
        assert not self.full or value <= most, self.all[-1].line

    def size(self, full: int, short: int) -> int:
        """How many: rounds, rows, targets."""
        return full if self.full else short

    def medians(self, rounds: int, *works: Callable[[], object]) -> list[float]:
        """The median processor time of each work in milliseconds.

        On a busy machine long works are interrupted and short ones are not; processor time
        leaves that out. The works take turns; one round warms up.
        """
        times: list[list[float]] = [[] for _ in works]
        for turn in range(self.size(rounds + 1, 1)):
            for work, taken in zip(works, times, strict=True):
                gc.collect()
                start = time.process_time()
                work()
                if turn or not self.full:
                    taken.append((time.process_time() - start) * 1000)
        return [statistics.median(taken) for taken in times]

    def measure(self, name: str, work: Callable[[], object], aim: float | None = None) -> None:
        """Note the median of fifteen rounds of a work."""
        [took] = self.medians(15, work)
        self.add(name, took, aim=aim)
