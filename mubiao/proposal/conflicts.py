"""Who was faster: what was recorded about a figure since a person looked.

A row concerns its own days, and those of the row that it replaces: a correction may move a figure
to other days. A withdrawal concerns the days of what it takes back.
"""

from collections.abc import Iterable
from functools import cached_property

from mubiao.model import Conflict, Entry, Observation
from mubiao.period import Period
from mubiao.proposal.rows import Candidate


class History:
    """Everything ever recorded of one target."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = {entry.row: entry for entry in sorted(entries, key=lambda e: e.row)}

    @cached_property
    def _newer(self) -> dict[int, Entry]:
        return {e.replaces: e for e in self._entries.values() if e.replaces is not None}

    def figure(self, row: int | None) -> Observation | None:
        """The figure of a row; None where the row is none, or a withdrawal."""
        entry = self._entries.get(row or 0)
        return entry if isinstance(entry, Observation) else None

    def seen(self, row: int | None) -> int | None:
        """What a person has seen: 0 where the record was replaced by one without that row."""
        return 0 if row is not None and row not in self._entries else row

    def after(self, row: int) -> tuple[Entry, ...]:
        """What replaced a row, and what replaced that, in order."""
        chain: list[Entry] = []
        while row in self._newer:
            chain.append(self._newer[row])
            row = chain[-1].row
        return tuple(chain)

    def last_standing(self, entries: Iterable[Entry]) -> Observation | None:
        """Of some entries the figure known last, then recorded last, that nothing has replaced."""
        standing = [e for e in entries if isinstance(e, Observation) and e.row not in self._newer]
        return max(standing, key=lambda e: (e.known_on, e.row), default=None)

    def about(self, period: Period) -> list[Entry]:
        """What concerns a period, in order: its figures, and what replaced each of them."""
        entries: list[Entry] = []
        own: set[int | None] = set()
        for entry in self._entries.values():
            replaces = entry.replaces in own
            if entry.period == period if isinstance(entry, Observation) else replaces:
                own.add(entry.row)
                entries.append(entry)
            elif replaces:
                entries.append(entry)
        return entries

    def since(
        self, period: Period | None, named: Observation | None, seen: int | None
    ) -> Conflict | None:
        """What was recorded of a period after `seen`, and what replaced `named`, if anything."""
        chain = () if named is None else self.after(named.row)
        about = [] if period is None or seen is None else self.about(period)
        recent = [entry for entry in about if entry.row > (seen or 0)]
        theirs = {entry.row: entry for entry in (*chain, *recent)}
        if not theirs:
            return None
        before = about[: len(about) - len(recent)]
        base = named or (before[-1] if before else None)
        return Conflict(base, tuple(theirs[row] for row in sorted(theirs)))

    def of_file(self, candidate: Candidate, named: Observation | None) -> Conflict | None:
        """What a row of a file goes against although nobody has seen that recorded: what stands
        where the file says that there is nothing; and, where it does not say what it was made
        from, what replaced a figure that it repeats: nobody can know whether that is meant.
        """
        if (figure := candidate.figure) is None:
            return None
        if candidate.named == 0 and self.last_standing(about := self.about(figure.period)):
            return Conflict(None, tuple(about))
        if named is not None:
            return None
        repeated = (
            old
            for old in reversed(self._entries.values())
            if isinstance(old, Observation) and old.row in self._newer and candidate.repeats(old)
        )
        old = next(repeated, None)
        return None if old is None else Conflict(old, self.after(old.row))

    def in_place_of(
        self, conflict: Conflict, named: Observation | None, figure: Observation
    ) -> Observation | None:
        """The figure whose place one's own takes after a conflict, None for a new one: the named
        figure as it was corrected since, or else, of what others recorded of the same days, the
        figure known last by then; one that became known later stays as it is.
        """
        chain = () if named is None else self.after(named.row)
        if chain and isinstance(chain[-1], Observation):
            return chain[-1]
        return self.last_standing(
            e
            for e in conflict.theirs
            if isinstance(e, Observation)
            and e.period == figure.period
            and e.known_on <= figure.known_on
        )
