"""The rows of a file set against the record: new, changed, unchanged, outdated, disputed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter

from mubiao.assessment import latest_by_period
from mubiao.model import Entry, Observation
from mubiao.observation.days import Days, days_of
from mubiao.problems import Problem, message
from mubiao.spreadsheet.entries import Given
from mubiao.spreadsheet.past import Behind, Past, says_the_same

# Of a target, and a period's first and last day: the greatest row recorded for these.
Bases = Mapping[Days, int]
# What makes two rows the same figure: target, first and last day, the day it became known.
_Identity = tuple[str, date, date, date]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file that was understood.

    `entry.row` is the row's number in the file; `was` the standing observation that it corrects or
    repeats, for a new one the latest of the same target and period, or None. `unnamed` says of a
    correction that the file does not say what it was made from.
    """

    entry: Observation
    was: Observation | None = None
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Dispute:
    """A row that somebody else was faster than: a person decides whose figure is right.

    `base` is what the file was made from, None for nothing; `theirs` what was recorded since.
    `line` is what taking the file's would do, `corrects` whether that replaces `line.was`.
    """

    line: Line
    base: Entry | None
    theirs: tuple[Entry, ...]
    corrects: bool


class Sorting:
    """Which rows of a file are what, one identity at a time.

    `standing` is what stands of the file's targets, `history` gives everything ever recorded of
    one; `seen` and `bases` are the greatest rows that the person saw and that there are now.
    """

    def __init__(
        self,
        standing: Iterable[Observation],
        history: Callable[[str], Iterable[Entry]],
        seen: Bases | None,
        bases: Bases,
    ) -> None:
        self.new: list[Line] = []
        self.changed: list[Line] = []
        self.unchanged: list[Line] = []
        self.outdated: list[Line] = []
        self.disputes: list[Dispute] = []
        self.problems: list[tuple[Observation, Problem]] = []
        self._seen, self._bases = seen, bases
        # Read only where a row says something that does not stand.
        self._past = cache(lambda target: Past(history(target)))
        self._recorded: dict[_Identity, list[Observation]] = defaultdict(list)
        known = tuple(standing)
        for one in known:
            self._recorded[_identity(one)].append(one)
        self._periods = {_days(one): one for one in latest_by_period(known)}

    def sort(self, rows: Iterable[Given]) -> None:
        """Set all rows of the file against the record."""
        ordered = sorted(rows, key=_row_identity)
        for identity, group in groupby(ordered, key=_row_identity):
            self._sort(self._recorded.get(identity, []), list(group))
        self._refuse_twice_replaced()

    def _sort(self, standing: Sequence[Observation], rows: Sequence[Given]) -> None:
        """The rows of one identity; `standing` are the recorded ones of it."""
        same, left, different = _matched(rows, standing)
        self.unchanged += same
        told = [*self._not_outdated(different)]
        if standing and not left:
            # Every recorded one stands in the file: a further row would contradict it.
            repeated = max((line.entry.row for line in same), default=0)
            self._refuse((given.entry for given, _ in told), repeated)
            return
        for given, behind in told[:1]:
            self._sort_one(given, behind, left)
        self._refuse((given.entry for given, _ in told[1:]), told[0][0].entry.row if told else 0)

    def _not_outdated(self, rows: Iterable[Given]) -> Iterator[tuple[Given, Behind | None]]:
        """The rows that say something of their own, and what each is behind."""
        for given in rows:
            past = self._past(given.entry.target)
            if (problem := past.misnumbered(given)) is not None:
                self.problems.append((given.entry, problem))
                continue
            behind = past.behind(given, self._versions(given.entry))
            if behind is not None and behind.untouched:
                self.outdated.append(Line(given.entry, past.last_standing(behind.theirs)))
            else:
                yield given, behind

    def _versions(self, entry: Observation) -> tuple[int, int] | None:
        if self._seen is None:
            return None
        return self._seen.get(_days(entry), 0), self._bases.get(_days(entry), 0)

    def _sort_one(self, given: Given, behind: Behind | None, left: Sequence[Observation]) -> None:
        entry = given.entry
        corrected = max(left, key=attrgetter("row"), default=None)
        if behind is not None:
            met = [e for e in (behind.base, *behind.theirs) if e is not None]
            corrected = corrected or self._past(entry.target).last_standing(met)
        if corrected is not None:
            entry = given.over(corrected)
        line = Line(entry, corrected or self._periods.get(_days(entry)), given.named is None)
        if behind is not None:
            corrects = corrected is not None
            line = replace(line, unnamed=False)  # what is decided needs no second look
            self.disputes.append(Dispute(line, behind.base, behind.theirs, corrects))
        elif corrected is not None:
            self.changed.append(line)
        else:
            self.new.append(line)

    def _refuse_twice_replaced(self) -> None:
        """Two rows of a file cannot both take the place of one figure."""
        taken: dict[int, int] = {}
        replacing = [line for line in self.changed if line.was is not None]
        replacing += [one.line for one in self.disputes if one.corrects]
        for line in sorted(replacing, key=attrgetter("entry.row")):
            row = line.was.row if line.was is not None else 0
            if row in taken:
                self._refuse([line.entry], taken[row])
            taken.setdefault(row, line.entry.row)

    def _refuse(self, entries: Iterable[Observation], other: int) -> None:
        told = message(
            "row {row} already gives a figure of this target, period and day; keep one of them"
        )
        self.problems += [
            (entry, Problem(told, {"row": other}, field="target")) for entry in entries
        ]


def _matched(
    rows: Sequence[Given], standing: Sequence[Observation]
) -> tuple[list[Line], list[Observation], list[Given]]:
    """The rows that repeat what stands, what stands besides, and the other rows.

    Where a figure was recorded twice, each row first looks for the one that it names, and for one
    that says just the same before one that says what it leaves empty.
    """
    left, different = list(standing), sorted(rows, key=attrgetter("entry.row"))
    same: list[Line] = []
    for whole, by_name in ((True, True), (True, False), (False, True), (False, False)):
        for given in list(different):
            found = (
                one
                for one in left
                if (not by_name or one.row == given.named)
                and says_the_same(given.entry if whole else given.over(one), one)
            )
            if (repeated := next(found, None)) is not None:
                left.remove(repeated)
                different.remove(given)
                same.append(Line(given.entry, repeated))
    return same, left, different


def _identity(seen: Observation) -> _Identity:
    return *_days(seen), seen.known_on


def _days(seen: Observation) -> Days:
    return days_of(seen.target, seen.period)


def _row_identity(given: Given) -> _Identity:
    return _identity(given.entry)
