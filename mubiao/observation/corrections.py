"""Which observations stand on a day, when corrections and withdrawals replace others."""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from mubiao.model import Entry, Observation


def standing(history: Iterable[Entry], as_of: date) -> list[Observation]:
    """The observations that stood on a day, in the order of recording.

    What became known later does not count. A correction or withdrawal hides, from its own
    `known_on` on, the row it replaces and all that this one replaced before it. The order of
    `history` does not matter; rows that replace others must come with those.
    """
    ordered = sorted(history, key=attrgetter("row"))
    known = [entry for entry in ordered if entry.known_on <= as_of]
    replaces = {entry.row: entry.replaces for entry in ordered}
    hidden: set[int] = set()
    for entry in known:
        replaced = entry.replaces
        while replaced is not None and replaced not in hidden:
            hidden.add(replaced)
            replaced = replaces.get(replaced)
    return [e for e in known if isinstance(e, Observation) and e.row not in hidden]
