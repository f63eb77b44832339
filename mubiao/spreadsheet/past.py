"""Whether a file's row is behind the record: what was recorded since the file was made."""

from collections.abc import Iterable
from dataclasses import dataclass

from mubiao.model import Entry, Observation
from mubiao.period import Period
from mubiao.problems import Problem, message
from mubiao.spreadsheet.columns import ROW
from mubiao.spreadsheet.entries import Given


@dataclass(frozen=True, slots=True)
class Behind:
    """What a row of the file was made from, and what was recorded since.

    `base` is None where there was nothing; `untouched` says that nobody edited the row.
    """

    base: Entry | None
    theirs: tuple[Entry, ...]
    untouched: bool = False


class Past:
    """Everything ever recorded of one target."""

    def __init__(self, history: Iterable[Entry]) -> None:
        self._entries = {entry.row: entry for entry in sorted(history, key=lambda e: e.row)}
        self._newer = {e.replaces: e.row for e in self._entries.values() if e.replaces is not None}

    def last_standing(self, entries: Iterable[Entry]) -> Observation | None:
        """The last of some entries that is a figure which nothing has replaced."""
        standing = [e for e in entries if isinstance(e, Observation) and e.row not in self._newer]
        return max(standing, key=lambda e: e.row, default=None)

    def behind(self, given: Given, seen: tuple[int, int] | None) -> Behind | None:
        """What was recorded since the row's base; None where it is not behind.

        The base is the row that it names; else what a person saw: `seen` is the greatest row of
        the same days then and now. A row that says that nothing was recorded is behind anything
        that stands by now. One that names none and repeats what was replaced or withdrawn is
        behind too: nobody can know whether that is meant.
        """
        entry, named = given.entry, self.base(given)
        if named is not None and (since := self._since(named)):
            return Behind(named, since, untouched=is_the_same(given.over(named), named))
        if seen is not None and seen[0] != seen[1]:
            about = self._about(entry.period)
            before = [other for other in about if other.row <= seen[0]]
            since = tuple(other for other in about if other.row > seen[0])
            return Behind(before[-1] if before else None, since)
        if given.named == 0 and (about := self._about(entry.period)) and self.last_standing(about):
            return Behind(None, tuple(about))
        if named is None and (old := self._said_before(given)) is not None:
            return Behind(old, self._since(old))
        return None

    def base(self, given: Given) -> Observation | None:
        """The figure that a row names, where it is one for the same days.

        Whoever copies a row for another period copies its number too: there it says nothing.
        """
        found = self._entries.get(given.named or 0)
        of_days = isinstance(found, Observation) and found.period == given.entry.period
        return found if isinstance(found, Observation) and of_days else None

    def misnumbered(self, given: Given) -> Problem | None:
        """Why a row cannot have been made from the one that it names."""
        if not given.named or isinstance(self._entries.get(given.named), Observation):
            return None
        told = message(
            "no. {row} is not a figure of {target} in this record; where the file comes from "
            "another record, empty this cell"
        )
        return Problem(told, {"row": given.named, "target": given.entry.target}, field=ROW)

    def _since(self, entry: Entry) -> tuple[Entry, ...]:
        """What replaced an entry, one after another."""
        found: list[Entry] = []
        row = self._newer.get(entry.row)
        while row is not None:
            found.append(self._entries[row])
            row = self._newer.get(row)
        return tuple(found)

    def _about(self, period: Period) -> list[Entry]:
        """The figures of a period and what replaced each, in order."""
        found: dict[int, Entry] = {}
        for entry in self._entries.values():
            replaced = found.get(entry.replaces or 0)
            moved = isinstance(replaced, Observation) and replaced.period == period
            if moved or (isinstance(entry, Observation) and entry.period == period):
                found[entry.row] = entry
        return list(found.values())

    def _said_before(self, given: Given) -> Observation | None:
        """The last figure that says the same and stands no more."""
        return next(
            (
                old
                for old in reversed(self._entries.values())
                if isinstance(old, Observation)
                and old.row in self._newer
                and is_the_same(given.over(old), old)
            ),
            None,
        )


def is_the_same(one: Observation, other: Observation) -> bool:
    """Whether two figures of a target say the same of the same days, known on the same day."""
    return (one.period, one.known_on) == (other.period, other.known_on) and says_the_same(
        one, other
    )


def says_the_same(one: Observation, other: Observation) -> bool:
    """Whether two figures say the same but for period and day."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("value", "qualifier", "nature", "source", "note")
    )
