"""Proposed figures held against the record: one row each, with its outcome and the reasons."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from mubiao.assessment import counts, latest
from mubiao.model import Conflict, Entry, Observation, Plan, SaveKind
from mubiao.observation.days import Days, days_of
from mubiao.problems import Problem, message
from mubiao.proposal.candidate import Candidate
from mubiao.proposal.conflicts import History
from mubiao.proposal.rows import Outcome, Row
from mubiao.proposal.warnings import warnings

# The field of a file's row that names the recorded row it was made from.
ROW = "row"
_JUDGED_NOT = message("An actual of this period is shown only; it is not judged.")
_LATER = message("No. {row} for this period became known later, on {day}; it stands.")


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
    new. `bases` are the greatest rows by target and days when `standing` was read, where these are
    what a save is based on. `today` is the last day on which a new figure can have become known.
    """

    plan: Plan
    standing: Sequence[Observation]
    history: Callable[[str], Iterable[Entry]]
    today: date
    takes: Takes
    bases: Mapping[Days, int] | None = None
    _histories: dict[str, History] = field(default_factory=dict)

    def rows(self, candidates: Iterable[Candidate]) -> tuple[Row, ...]:
        """Every candidate as a row, in the order of their places, without warnings yet."""
        ordered = sorted(candidates, key=_key)
        rows: list[Row] = []
        for _, group in groupby(ordered, key=_key):
            rows += self._group(list(group))
        return tuple(sorted(self._once(rows), key=attrgetter("place")))

    def warned(self, rows: Sequence[Row], by: str | None = None) -> tuple[Row, ...]:
        """The rows with what is doubtful about each that would be written.

        Each is held against the figure that stands for its days, and against what would stand
        with all others saved. `by` is who records: a correction of another person's figure is
        doubtful where nothing says what it was made from.
        """
        stands = self._afterwards([row for row in rows if row.saves])
        return tuple(self._warned(row, stands, by) if row.saves else row for row in rows)

    def _warned(self, row: Row, stands: Mapping[str, Sequence[Observation]], by: str | None) -> Row:
        figure = row.figure
        if figure is None:
            return row
        others = [other for other in stands.get(figure.target, ()) if other is not figure]
        doubts = (
            *row.candidate.doubts,
            *(_of_others(row, by) if self.takes is Takes.SAME_DAY else ()),
            *warnings(self.plan, figure, others, self.today, before=row.was or row.beside),
        )
        return replace(row, warnings=doubts)

    def _group(self, candidates: Sequence[Candidate]) -> list[Row]:
        """The candidates of one figure; those that repeat what is recorded come first."""
        if candidates[0].figure is None:
            return [self._refused(one, one.problems) for one in candidates]
        rows, left, different = _matched(candidates, self._replaceable(candidates[0]))
        taken = max((row.place for row in rows), default=0)
        # Where every recorded figure is repeated, a further candidate would contradict it.
        is_taken = bool(rows) and not left
        for candidate in different:
            row = self._row(candidate, left)
            if is_taken and row.settled not in (Outcome.OUTDATED, Outcome.REFUSED):
                row = self._refused(candidate, [_repeated(taken)])
            elif row.settled not in (Outcome.OUTDATED, Outcome.REFUSED):
                is_taken, taken = True, candidate.place
            rows.append(row)
        return rows

    def _replaceable(self, candidate: Candidate) -> list[Observation]:
        """The recorded figures that the candidate can repeat or take the place of."""
        figure = candidate.figure
        if figure is None:
            return []
        if self.takes is Takes.NAMED:
            return [o for o in self._by_target[figure.target] if o.row == candidate.named]
        same = self._by_days[days_of(figure.target, figure.period)]
        if self.takes is Takes.SAME_DAY:
            return [o for o in same if o.known_on == figure.known_on]
        known = [o for o in same if o.known_on <= figure.known_on]
        return sorted(known, key=attrgetter("known_on", "row"))[-1:]

    def _row(self, candidate: Candidate, left: Sequence[Observation]) -> Row:
        """A candidate that says something new, beside the recorded figures that are `left`."""
        history = self._history(candidate.target)
        if (problem := self._misnumbered(candidate, history)) is not None:
            return self._refused(candidate, [problem])
        named = self._named(candidate, history)
        is_untouched = self.takes is Takes.SAME_DAY and named and candidate.repeats(named)
        if named and is_untouched and (chain := history.after(named.row)):
            stands = history.last_standing(chain)
            return Row(candidate, Outcome.OUTDATED, candidate.figure, stands)
        conflict = self._conflict(candidate, history, named)
        return self._new(candidate, conflict, self._corrected(candidate, conflict, left))

    def _corrected(
        self, candidate: Candidate, conflict: Conflict | None, left: Sequence[Observation]
    ) -> Observation | None:
        """The figure that a candidate would replace, also one that others recorded meanwhile."""
        if left:
            return max(left, key=attrgetter("row"))
        if conflict is None or candidate.figure is None:
            return None
        history = self._history(candidate.target)
        return history.in_place_of(conflict, self._named(candidate, history), candidate.figure)

    def _new(
        self, candidate: Candidate, conflict: Conflict | None, corrected: Observation | None
    ) -> Row:
        figure = candidate.figure if corrected is None else candidate.over(corrected)
        if figure is None:
            return self._refused(candidate, candidate.problems)
        if figure.known_on > self.today:
            text = message("{day} is in the future; expected {today} or earlier")
            values = {"day": figure.known_on, "today": self.today}
            return self._refused(candidate, [Problem(text, values, field="known_on")])
        settled = Outcome.NEW
        if corrected is not None:
            figure, settled = replace(figure, replaces=corrected.row), Outcome.CORRECTS
        others = [
            other
            for other in self._by_days[days_of(figure.target, figure.period)]
            if other.row != figure.replaces
        ]
        notes: list[Problem] = []
        later = latest(other for other in others if other.known_on > figure.known_on)
        if later is not None:
            note = Problem(_LATER, {"row": later.row, "day": later.known_on})
            settled, notes = Outcome.NO_EFFECT, [note]
        if not counts(self.plan, self.plan.by_id[figure.target], figure):
            settled, notes = Outcome.NOT_JUDGED, [Problem(_JUDGED_NOT), *notes]
        based_on = self._based_on(candidate, conflict)
        return Row(
            candidate,
            settled,
            figure,
            corrected,
            latest(others),
            conflict=conflict,
            notes=tuple(notes),
            based_on=based_on,
        )

    def _based_on(self, candidate: Candidate, conflict: Conflict | None) -> int | None:
        figure = candidate.figure
        if self.bases is not None and figure is not None:
            return self.bases.get(days_of(figure.target, figure.period), 0)
        seen = self._history(candidate.target).seen(candidate.seen)
        return seen if conflict is None else max(conflict.seen, seen or 0)

    def _refused(self, candidate: Candidate, problems: Iterable[Problem]) -> Row:
        """A row that cannot be saved; what replaced the named figure is told all the same."""
        conflict = None
        if self.takes is Takes.NAMED and candidate.named:
            history = self._history(candidate.target)
            conflict = history.since(None, history.figure(candidate.named), None)
        return Row(
            candidate,
            Outcome.REFUSED,
            candidate.figure,
            problems=tuple(problems),
            conflict=conflict,
        )

    def _conflict(
        self, candidate: Candidate, history: History, named: Observation | None
    ) -> Conflict | None:
        period = candidate.figure.period if candidate.figure else None
        seen = history.seen(candidate.seen)
        conflict = history.since(period, named, seen)
        if conflict is None and self.takes is Takes.SAME_DAY:
            conflict = history.of_file(candidate, named)
        return conflict

    def _named(self, candidate: Candidate, history: History) -> Observation | None:
        """The figure that a candidate was made from. Whoever copies a file's row for another
        period copies its number too: there it says nothing.
        """
        named, figure = history.figure(candidate.named), candidate.figure
        if named is None or figure is None or self.takes is Takes.NAMED:
            return named
        return named if named.period == figure.period else None

    @staticmethod
    def _misnumbered(candidate: Candidate, history: History) -> Problem | None:
        """Why a candidate cannot have been made from the row that it names."""
        if not candidate.named or history.figure(candidate.named) is not None:
            return None
        text = message(
            "no. {row} is not a figure of {target} in this record; where the file comes from "
            "another record, empty this cell"
        )
        return Problem(text, {"row": candidate.named, "target": candidate.target}, field=ROW)

    def _once(self, rows: Iterable[Row]) -> list[Row]:
        """Two rows cannot both take the place of one figure: the second is refused."""
        taken: dict[int, int] = {}
        checked: list[Row] = []
        for row in sorted(rows, key=attrgetter("place")):
            replaces = row.figure.replaces if row.figure and not row.problems else None
            if replaces in taken:
                checked.append(self._refused(row.candidate, [_repeated(taken[replaces])]))
                continue
            if replaces is not None:
                taken[replaces] = row.place
            checked.append(row)
        return checked

    def _afterwards(self, rows: Sequence[Row]) -> Mapping[str, Sequence[Observation]]:
        """By target what would stand with everything saved: of each period its last figure."""
        settled = attrgetter("known_on", "row")
        entries = [row.figure for row in rows if row.figure is not None]
        replaced = {entry.replaces for entry in entries}
        last: dict[Days, Observation] = {}
        for one in sorted(self.standing, key=settled):
            if one.row not in replaced:
                last[days_of(one.target, one.period)] = one
        for entry in sorted(entries, key=attrgetter("known_on")):
            days = days_of(entry.target, entry.period)
            if days not in last or last[days].known_on <= entry.known_on:
                last[days] = entry
        by_target: dict[str, list[Observation]] = defaultdict(list)
        for one in last.values():
            by_target[one.target].append(one)
        return by_target

    def _history(self, target: str) -> History:
        if target not in self._histories:
            self._histories[target] = History(self.history(target))
        return self._histories[target]

    @cached_property
    def _by_target(self) -> Mapping[str, list[Observation]]:
        by_target: dict[str, list[Observation]] = defaultdict(list)
        for one in self.standing:
            by_target[one.target].append(one)
        return by_target

    @cached_property
    def _by_days(self) -> Mapping[Days, list[Observation]]:
        by_days: dict[Days, list[Observation]] = defaultdict(list)
        for one in self.standing:
            by_days[days_of(one.target, one.period)].append(one)
        return by_days


def _key(candidate: Candidate) -> tuple[object, ...]:
    """What makes two candidates the same figure: target, days, the day it became known."""
    figure = candidate.figure
    if figure is None:
        return "", date.min, date.min, date.min
    return *days_of(figure.target, figure.period), figure.known_on


def _matched(
    candidates: Sequence[Candidate], recorded: Sequence[Observation]
) -> tuple[list[Row], list[Observation], list[Candidate]]:
    """The candidates that repeat what is recorded, what is left of that, and the others.

    Where a figure was recorded twice, each candidate first looks for the one that it names, and
    for one that says just the same before one that says what it is silent about.
    """
    left, different = list(recorded), sorted(candidates, key=attrgetter("place"))
    same: list[Row] = []
    for fully, by_name in ((True, True), (True, False), (False, True), (False, False)):
        for candidate in list(different):
            repeated = next(
                (
                    one
                    for one in left
                    if (not by_name or one.row == candidate.named)
                    and candidate.repeats(one, fully=fully)
                ),
                None,
            )
            if repeated is not None:
                left.remove(repeated)
                different.remove(candidate)
                same.append(Row(candidate, Outcome.SAME, candidate.figure, repeated))
    return same, left, different


def _repeated(other: int) -> Problem:
    text = message(
        "row {row} already gives a figure of this target, period and day; keep one of them"
    )
    return Problem(text, {"row": other}, field="target")


def _of_others(row: Row, by: str | None) -> Iterable[Problem]:
    """A file's correction without a base may be older than what another person recorded."""
    was = row.replaces
    is_based = row.candidate.named is not None or row.conflict is not None
    if is_based or was is None or was.recorded_by in ("", SaveKind.SEED, (by or "").strip()):
        return
    text = message(
        "changes what {person} recorded on {day}; the file does not say what it was made from"
    )
    day = was.recorded_at.date() if was.recorded_at else was.known_on
    yield Problem(text, {"person": was.recorded_by, "day": day}, field=ROW)
