"""Proposed figures held against the record: one row each, with its outcome and the reasons."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from mubiao.counting import counts, latest
from mubiao.model import Actor, Conflict, Entry, Lock, Observation, Plan
from mubiao.period import Period
from mubiao.problems import Problem, message
from mubiao.proposal.conflicts import History
from mubiao.proposal.rows import Candidate, Outcome, ProposalRow
from mubiao.proposal.warnings import ROW, doubted
from mubiao.store.locks import closed

_SHOWN_ONLY = message("An actual of this period is shown only; it is not judged.")
_LATER = message("No. {row} for this period became known later, on {day}; it stands.")
_UNTIL = message(
    "No. {row} for this period became known on {day}; from that day on it stands, not this figure."
)
_FUTURE = message("{day} is in the future; expected {today} or earlier")
_TWICE = message(
    "row {row} already gives a figure of this target, period and day; keep one of them"
)
_MISNUMBERED = message(
    "no. {row} is not a figure of {target} in this record; where the file comes from another "
    "record, empty this cell"
)


class Takes(StrEnum):
    """Which recorded figure a candidate takes the place of."""

    NAMED = "named"  # a form: the one it corrects
    SAME_DAY = "same_day"  # a file: the one of its days that became known on the same day
    LAST_KNOWN = "last_known"  # a grid: the one of its days that was known last by then


@dataclass(frozen=True)
class Comparison:
    """What candidates are held against.

    `standing` is what stands of their targets, whenever it became known; `history` gives
    everything ever recorded of one, and is asked only for targets whose candidates say something
    new. `bases` are the greatest rows by target and period when `standing` was read, where a save
    is based on these. `today` is the last day on which a new figure can have become known, `as_of`
    the day whose judgement is told: what became known after it has no say there yet. `lock` says
    which periods are closed.
    """

    plan: Plan
    standing: Sequence[Observation]
    history: Callable[[str], Iterable[Entry]]
    today: date
    takes: Takes
    bases: Mapping[tuple[str, Period], int] | None = None
    as_of: date = date.max
    lock: Lock | None = None
    _histories: dict[str, History] = field(default_factory=dict)

    def rows(self, candidates: Iterable[Candidate]) -> tuple[ProposalRow, ...]:
        """Every candidate as a row, in the order of their places, without warnings yet."""
        ordered = sorted(candidates, key=_identity)
        rows: list[ProposalRow] = []
        for _, group in groupby(ordered, key=_identity):
            rows += self._of_one_figure(list(group))
        return tuple(self._once(sorted(rows, key=attrgetter("place"))))

    def warned(
        self, rows: Sequence[ProposalRow], actor: Actor | None = None
    ) -> tuple[ProposalRow, ...]:
        """The rows with what is doubtful about them; `actor` is who records."""
        recorder = (actor or Actor.typed("")) if self.takes is Takes.SAME_DAY else None
        return doubted(self.plan, self.standing, rows, (self.today, self.as_of), recorder)

    def _of_one_figure(self, candidates: Sequence[Candidate]) -> list[ProposalRow]:
        """The candidates of one figure: some repeat what is recorded, one may say something new."""
        if candidates[0].figure is None:
            return [self._refused(one, one.problems) for one in candidates]
        rows, left, different = _matched(candidates, self._replaceable(candidates[0]))
        # Where every recorded figure is repeated, a further candidate would contradict it.
        taken = 0 if left else max((row.place for row in rows), default=0)
        for candidate in different:
            row = self._row(candidate, left)
            if row.settled not in (Outcome.OUTDATED, Outcome.REFUSED):
                if taken:
                    row = self._refused(candidate, [_twice(taken)])
                taken = taken or candidate.place
            rows.append(row)
        return rows

    def _replaceable(self, candidate: Candidate) -> list[Observation]:
        """The recorded figures that the candidate can repeat or take the place of."""
        figure = candidate.figure
        if figure is None:
            return []
        if self.takes is Takes.NAMED:
            return [o for o in self.standing if o.row == candidate.named]
        same = self._by_period[figure.target, figure.period]
        if self.takes is Takes.SAME_DAY:
            return [o for o in same if o.known_on == figure.known_on]
        known = [o for o in same if o.known_on <= figure.known_on]
        return sorted(known, key=attrgetter("known_on", "row"))[-1:]

    def _row(self, candidate: Candidate, left: Sequence[Observation]) -> ProposalRow:
        """A candidate that says something new, beside the recorded figures that are `left`."""
        history, figure = self._history(candidate.target), candidate.figure
        named = history.figure(candidate.named)
        if candidate.named and named is None:
            values = {"row": candidate.named, "target": candidate.target}
            return self._refused(candidate, [Problem(_MISNUMBERED, values, field=ROW)])
        from_file = self.takes is Takes.SAME_DAY
        if from_file and named and figure and named.period != figure.period:
            # Whoever copies a row for another period copies its number too.
            named = None
        if from_file and named and candidate.repeats(named) and (chain := history.after(named.row)):
            return ProposalRow(candidate, Outcome.OUTDATED, figure, history.last_standing(chain))
        seen = history.seen(candidate.seen)
        conflict = history.since(figure.period if figure else None, named, seen)
        if conflict is None and from_file:
            conflict = history.of_file(candidate, named)
        corrected = max(left, key=attrgetter("row"), default=None)
        if corrected is None and conflict is not None and figure is not None:
            corrected = history.in_place_of(conflict, named, figure)
        return self._new(candidate, conflict, corrected, seen)

    def _new(
        self,
        candidate: Candidate,
        conflict: Conflict | None,
        corrected: Observation | None,
        seen: int | None,
    ) -> ProposalRow:
        """What is recorded, and what it does to the judgement."""
        figure = candidate.figure if corrected is None else candidate.over(corrected)
        if figure is None:
            return self._refused(candidate, candidate.problems)
        if figure.known_on > self.today:
            values = {"day": figure.known_on, "today": self.today}
            return self._refused(candidate, [Problem(_FUTURE, values, field="known_on")])
        periods = (figure.period, *([] if corrected is None else [corrected.period]))
        if self.lock and (shut := [one.last for one in periods if self.lock.closes(one.last)]):
            problem = closed(self.lock, shut[0])
            return self._refused(candidate, [problem])
        settled, notes = Outcome.NEW, []
        if corrected is not None:
            figure, settled = replace(figure, replaces=corrected.row), Outcome.CORRECTS
        key, known_on = (figure.target, figure.period), figure.known_on
        others = [other for other in self._by_period[key] if other.row != figure.replaces]
        later = [other for other in others if other.known_on > known_on]
        if stands := latest(other for other in later if other.known_on <= self.as_of):
            settled = Outcome.NO_EFFECT
            notes.append(Problem(_LATER, {"row": stands.row, "day": stands.known_on}))
        elif follows := min(later, key=attrgetter("known_on"), default=None):
            notes.append(Problem(_UNTIL, {"row": follows.row, "day": follows.known_on}))
        if not counts(self.plan, self.plan.indicators[figure.target], figure):
            settled = Outcome.NOT_JUDGED
            notes.insert(0, Problem(_SHOWN_ONLY))
        based_on = seen if conflict is None else max(conflict.seen, seen or 0)
        if self.bases is not None:
            based_on = self.bases.get(key, 0)
        return ProposalRow(
            candidate,
            settled,
            figure,
            corrected,
            latest(other for other in others if other.known_on <= known_on),
            conflict=conflict,
            notes=tuple(notes),
            based_on=based_on,
        )

    def _refused(self, candidate: Candidate, problems: Iterable[Problem]) -> ProposalRow:
        """A row that cannot be saved; what replaced a form's figure is told all the same."""
        conflict = None
        if self.takes is Takes.NAMED and candidate.named:
            history = self._history(candidate.target)
            conflict = history.since(None, history.figure(candidate.named), None)
        figure, reasons = candidate.figure, tuple(problems)
        return ProposalRow(candidate, Outcome.REFUSED, figure, problems=reasons, conflict=conflict)

    def _once(self, rows: Iterable[ProposalRow]) -> Iterable[ProposalRow]:
        """Two rows cannot both take the place of one figure: the second is refused."""
        taken: dict[int, int] = {}
        for row in rows:
            replaces = row.figure.replaces if row.figure and not row.problems else None
            if replaces in taken:
                yield self._refused(row.candidate, [_twice(taken[replaces])])
                continue
            if replaces is not None:
                taken[replaces] = row.place
            yield row

    def _history(self, target: str) -> History:
        if target not in self._histories:
            self._histories[target] = History(self.history(target))
        return self._histories[target]

    @cached_property
    def _by_period(self) -> Mapping[tuple[str, Period], list[Observation]]:
        by_period: dict[tuple[str, Period], list[Observation]] = defaultdict(list)
        for one in self.standing:
            by_period[one.target, one.period].append(one)
        return by_period


def _identity(candidate: Candidate) -> tuple[object, ...]:
    """What makes two candidates the same figure: target, days, the day it became known."""
    figure = candidate.figure
    if figure is None:
        return "", date.min, date.min, date.min
    return figure.target, figure.period.first, figure.period.last, figure.known_on


def _matched(
    candidates: Sequence[Candidate], recorded: Sequence[Observation]
) -> tuple[list[ProposalRow], list[Observation], list[Candidate]]:
    """The candidates that repeat what is recorded, what is left of that, and the others.

    Where a figure was recorded twice, each candidate first looks for the one that it names, and
    for one that says just the same before one that says what it is silent about.
    """
    left, different = list(recorded), sorted(candidates, key=attrgetter("place"))
    same: list[ProposalRow] = []
    for fully, by_name in ((True, True), (True, False), (False, True), (False, False)):
        for candidate in list(different):
            matches = (
                one
                for one in left
                if (not by_name or one.row == candidate.named)
                and candidate.repeats(one, fully=fully)
            )
            if (repeated := next(matches, None)) is not None:
                left.remove(repeated)
                different.remove(candidate)
                same.append(ProposalRow(candidate, Outcome.SAME, candidate.figure, repeated))
    return same, left, different


def _twice(other: int) -> Problem:
    return Problem(_TWICE, {"row": other}, field="target")
