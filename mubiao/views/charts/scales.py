"""The scale of an axis: how far it reaches, and the round numbers on it."""

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def scale(
    values: Iterable[Decimal | Fraction | float], *, zero: bool = False
) -> tuple[float, float]:
    """The range of an axis: all values with some room; from zero where `zero` says so."""
    numbers = [float(value) for value in values]
    low, high = min(numbers), max(numbers)
    if low == high == 0:
        return 0.0, 1.0
    room = (high - low or abs(high) or 1.0) * 0.14
    return (low if low >= 0 and (zero or low == 0) else low - room), (
        high if high == 0 else high + room
    )


def nice_ticks(low: float, high: float, most: int = 5) -> tuple[Decimal, ...]:
    """Round numbers between two values, at most `most`, in steps of 1, 2 or 5 times ten to n."""
    power = Decimal(10) ** (math.floor(math.log10(high - low)) - 1)
    for factor in (1, 2, 5, 10, 20, 50, 100):
        # Normalised, so that a step of 2 is labelled 0, 2, 4 and not 0.0, 2.0, 4.0.
        step = (power * factor).normalize()
        start = math.ceil(Decimal(low) / step)
        stop = math.floor(Decimal(high) / step)
        if stop - start + 1 <= most:
            return tuple(step * n for n in range(start, stop + 1))
    return ()
