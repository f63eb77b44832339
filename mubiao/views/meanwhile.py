"""What others recorded about a figure while a person was typing theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mubiao.model import Entry, Observation, Target
from mubiao.views.month import Due
from mubiao.views.preview import base, theirs


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Somebody was faster.

    `saw` is what the person saw recorded, None for nothing. `recorded`, never empty, is what
    others recorded since, in order. `stands` is the figure that the person's own can take the
    place of; where it is None, that would be a new one.
    """

    saw: Entry | None
    recorded: tuple[Entry, ...]
    stands: Observation | None

    @property
    def seen(self) -> int:
        """The greatest row that a person who is shown this has seen."""
        return self.recorded[-1].row


def meanwhile(
    history: Sequence[Entry],
    target: Target,
    entry: Observation | None,
    correcting: Observation | None,
    based_on: int,
) -> Meanwhile | None:
    """What others recorded after the row `based_on`; None where nobody did.

    It concerns the days of the entry (None while it cannot be read), and the row that the entry
    corrects with whatever replaced that. `history` is all of the target's.
    """
    chain = _after(history, correcting)
    due = Due(target, entry.period, None, None) if entry else None
    since = theirs(history, due, based_on) if due else ()
    recorded = sorted({e.row: e for e in (*chain, *since)}.values(), key=lambda e: e.row)
    if not recorded:
        return None
    saw: Entry | None = correcting
    if saw is None and due is not None:
        saw = base(history, due, based_on)
    return Meanwhile(saw, tuple(recorded), _stands(history, chain, recorded, entry))


def _after(history: Iterable[Entry], row: Observation | None) -> list[Entry]:
    """What replaced a row, and what replaced that, in order."""
    by_old = {entry.replaces: entry for entry in history if entry.replaces is not None}
    found: list[Entry] = []
    number = row.row if row else 0
    while number in by_old:
        found.append(by_old[number])
        number = found[-1].row
    return found


def _stands(
    history: Iterable[Entry],
    chain: Sequence[Entry],
    recorded: Iterable[Entry],
    entry: Observation | None,
) -> Observation | None:
    """The corrected row as it stands now; or else, of what is new for these days, the figure that
    was known last when the entry was: one that became known later stays as it is.
    """
    if chain and isinstance(chain[-1], Observation):
        return chain[-1]
    replaced = {other.replaces for other in history}
    open_ones = [
        other
        for other in recorded
        if entry is not None
        and isinstance(other, Observation)
        and other.row not in replaced
        and other.period == entry.period
        and other.known_on <= entry.known_on
    ]
    return max(open_ones, key=lambda o: (o.known_on, o.row), default=None)
