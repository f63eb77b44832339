"""What the fault suite counts, printed at the end of the run."""

from collections import Counter
from collections.abc import Callable

AtLength = Callable[[int, int], int]
Tell = Callable[[str], None]

TOLD: list[str] = []
TAKEN: Counter[str] = Counter()
REFUSED: Counter[str] = Counter()


def lines() -> list[str]:
    tried = TAKEN + REFUSED
    fuzzed = [
        f"fuzzing, {what}: {number:,} examples, {TAKEN[what]:,} taken, {REFUSED[what]:,} refused "
        "with a reason"
        for what, number in tried.items()
    ]
    return TOLD + fuzzed
