"""Random submissions, editions, returns, publications, corrections, conflicts, locks, undoings and
as-of days, whole, by row and by unit, against a simple model: whatever is not published is in no
reading of the record, and each door opens exactly to whom and when it should.

The model knows chains of versions, what waits, who may do what, and up to which day periods are
closed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mubiao.access import Access, Role, Scope
from mubiao.assessment import assess
from mubiao.exports.data.documents import assess_document, to_json
from mubiao.model import Act, Approval, Entry, Observation, Owner, Submission, Text, Withdrawal
from mubiao.period import Period
from mubiao.problems import Refused
from mubiao.proposal.comparison import Comparison, Takes
from mubiao.proposal.recording import record
from mubiao.proposal.review import review
from mubiao.proposal.rows import Choice
from mubiao.store import Store, open_store
from mubiao.store.verify import look_through
from tests.actors import named
from tests.assigned import changed
from tests.faults.figures import AtLength, Tell
from tests.samples import plan_of, target

pytestmark = pytest.mark.timeout(1800)  # at full length it takes its time
PEOPLE = tuple(map(named, ("王伟", "李娜", "赵敏")))
ADMINISTRATOR = named("Ada")
# The unit of each target; the reports of two of them are to be approved.
UNITS = {"watched": "a", "other": "c", "free": "b"}
WATCHED = ("watched", "other")
# Of whose targets each of the people may file figures, and publish and return them.
FILES = (set(UNITS), {"watched"}, set(UNITS))
REVIEWS = ({"other"}, {"watched"}, set(UNITS))
PERIODS = tuple(map(Period.parse, ("2020-Q1", "2020-Q2", "2020-Q3")))
DAYS = tuple(date(2020, month, 15) for month in (2, 5, 8, 11))
ENDS = (None, date(2020, 3, 31), date(2020, 6, 30))
NUMBERS = count(7_100_003, 1009)  # a value for each figure, which nothing derived equals
TOKENS, PLANS = count(), count()
START = datetime(2021, 1, 1, tzinfo=UTC)

who = st.sampled_from(PEOPLE)
days, periods = st.sampled_from(DAYS), st.sampled_from(PERIODS)


@dataclass
class _Waiting:
    """What the model knows of a filing: the rows that wait, and those that do no more."""

    filer: int
    rows: dict[int, Submission]
    decided: dict[int, Submission] = field(default_factory=dict)


@dataclass
class _Model:
    """What is published, as chains of versions; what waits; what is closed; the undoable save."""

    chains: list[list[Entry]] = field(default_factory=list)
    waiting: dict[int, _Waiting] = field(default_factory=dict)
    unpublished: set[str] = field(default_factory=set)
    closed: date | None = None

    @property
    def entries(self) -> list[Entry]:
        return sorted((e for chain in self.chains for e in chain), key=lambda e: e.row)

    def chain_of(self, row: int | None) -> list[Entry] | None:
        return next((c for c in self.chains if any(e.row == row for e in c)), None)

    def standing(self, day: date) -> set[str]:
        """The values that stand on a day: of each chain the newest version that was known."""
        newest = [[e for e in chain if e.known_on <= day][-1:] for chain in self.chains]
        return {str(e.value) for [e] in filter(None, newest) if isinstance(e, Observation)}

    def open_rows(self, target: str) -> list[Observation]:
        last = [chain[-1] for chain in self.chains if chain[-1].target == target]
        return [e for e in last if isinstance(e, Observation)]

    def concerning(self, target: str, period: Period) -> int:
        """The greatest row that concerns a period: its own rows, and what replaced them."""
        rows = [0]
        for chain in self.chains:
            for position, entry in enumerate(chain):
                if isinstance(entry, Observation) and (entry.target, entry.period) == (
                    target,
                    period,
                ):
                    rows += [e.row for e in chain[position : position + 2]]
        return max(rows)

    def is_closed(self, *ends: date) -> bool:
        return self.closed is not None and any(end <= self.closed for end in ends)

    def ends(self, entry: Entry) -> list[date]:
        """The last days that recording an entry is about."""
        chain = self.chain_of(entry.replaces) or []
        return [e.period.last for e in (*chain[-1:], entry) if isinstance(e, Observation)]

    def is_based(self, one: Submission) -> bool:
        """Whether nobody was faster than who submitted it."""
        entry, chain = one.entry, self.chain_of(one.entry.replaces)
        if chain and chain[-1].row != entry.replaces:
            return False
        if not isinstance(entry, Observation):
            return True
        return self.concerning(entry.target, entry.period) <= (one.based_on or 0)

    @property
    def open_filings(self) -> list[int]:
        return sorted(number for number, one in self.waiting.items() if one.rows)


def key_of(entry: Entry) -> tuple[object, ...]:
    """What is one figure, or one withdrawal."""
    if isinstance(entry, Observation):
        return entry.target, entry.period
    return entry.target, entry.replaces


class _Record(RuleBasedStateMachine):
    """One plan of a store that all runs share; only the targets of one unit need no approval."""

    store: Store
    folder: Path
    told: Callable[[str], object] = staticmethod(lambda _: None)

    def __init__(self) -> None:
        super().__init__()
        units = sorted(UNITS.values())
        targets = [
            target(name, owner=owner, value="6", comparator="at_least", measure="rate")
            for name, owner in UNITS.items()
        ]
        self.plan = changed(
            plan_of(*targets),
            id=f"plan-{next(PLANS)}",
            owners=tuple(Owner(id=unit, name=Text(zh=unit, en=unit)) for unit in units),
            approval=Approval(owners=tuple(UNITS[name] for name in WATCHED)),
        )
        for old in self.folder.iterdir():
            old.unlink()
        text = re.sub(r'"(delivered|value)":"([^"]*)"', r'"\1": \2', self.plan.as_text())
        (self.folder / f"{self.plan.id}.yaml").write_text(text, encoding="utf-8")
        for person, files, reviews in zip(PEOPLE, FILES, REVIEWS, strict=True):
            for role, names in ((Role.FILER, files), (Role.REVIEWER, reviews)):
                units = [""] if names == set(UNITS) else [UNITS[name] for name in names]
                for unit in units:
                    scope = Scope(self.plan.id, unit)
                    act = Act(ADMINISTRATOR, START)
                    self.store.grant(person, role, scope, act=act, reason="r")
        self.model = _Model()
        self.at = START

    def now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def try_(self, act: Callable[[], object]) -> bool:
        """Whether an act was done; a refusal changes nothing, which the invariants hold."""
        self.told("steps")
        try:
            act()
        except Refused as refusal:
            self.told(refusal.problems[0].message)
            return False
        return True

    def written(self, entries: list[Entry]) -> None:
        """Take what the store wrote into the model."""
        for entry in entries:
            chain = self.model.chain_of(entry.replaces)
            if chain is None:
                self.model.chains.append([entry])
            else:
                chain.append(entry)
            if isinstance(entry, Observation):
                self.model.unpublished.discard(str(entry.value))

    def news(self) -> list[Entry]:
        known = {entry.row for entry in self.model.entries}
        return [e for e in self.store.history(self.plan.id) if e.row not in known]

    @rule(
        by=st.integers(0, 2),
        drawn=st.lists(
            st.tuples(
                st.sampled_from(("watched", "watched", "other", "free")),
                periods,
                days,
                st.sampled_from(("new", "new", "stale", "correct", "withdraw")),
                st.integers(0, 5),
            ),
            min_size=1,
            max_size=3,
        ),
    )
    def enter(self, by: int, drawn: list[tuple[str, Period, date, str, int]]) -> None:
        """A person enters, corrects or withdraws figures, some without a fresh look."""
        model, rows = self.model, {}
        taken: set[int | None] = set()
        for each in drawn:
            one = self._drawn(*each)
            if one is None or key_of(one.entry) in rows or one.entry.replaces in taken:
                continue
            rows[key_of(one.entry)] = one
            taken |= {one.entry.replaces} - {None}
        if rows:
            self._submit(by, list(rows.values()))
        for one in rows.values():
            if isinstance(one.entry, Observation):
                published = {str(e.value) for e in model.entries if isinstance(e, Observation)}
                model.unpublished |= {str(one.entry.value)} - published

    def _drawn(
        self, name: str, period: Period, known_on: date, kind: str, pick: int
    ) -> Submission | None:
        model, old = self.model, None
        if kind in {"correct", "withdraw"}:
            if not (rows := model.open_rows(name)):
                return None
            old = rows[pick % len(rows)]
            if kind == "withdraw":
                return Submission(Withdrawal(name, old.row, known_on, "why"), None)
        value, replaces = Decimal(next(NUMBERS)), old and old.row
        figure = Observation(name, period, value, known_on, source="s", replaces=replaces)
        return Submission(figure, 0 if kind == "stale" else model.concerning(name, period))

    def _submit(self, by: int, rows: list[Submission]) -> None:
        model = self.model
        own = [one for one in model.waiting.values() if one.filer == by]
        wait = {key_of(row.entry) for one in own for row in one.rows.values()}
        watched = [one for one in rows if one.entry.target in WATCHED]
        expected = {one.entry.target for one in rows} <= FILES[by]
        expected &= not any(model.is_closed(*model.ends(one.entry)) for one in rows)
        expected &= all(map(model.is_based, rows))
        expected &= not wait & {key_of(one.entry) for one in watched}
        number = 0

        def act() -> None:
            nonlocal number
            given = Act(PEOPLE[by], self.now(), f"t{next(TOKENS)}")
            made = record(self.store, self.plan, rows, given)
            number = made.filing.id if made.filing else 0
            assert bool(made.filing) == bool(watched)
            assert bool(made.save) == (len(watched) < len(rows))

        assert self.try_(act) is expected
        if not expected:
            return
        if watched:
            model.waiting[number] = _Waiting(by, dict(enumerate(watched)))
        entries = self.news()
        assert len(entries) == len(rows) - len(watched)
        assert {e.recorded_by for e in entries} <= {PEOPLE[by].name}
        self.written(entries)

    @precondition(lambda self: self.model.open_filings)
    @rule(by=st.integers(0, 2), pick=st.integers(0, 9))
    def edit(self, by: int, pick: int) -> None:
        """A filer edits what was submitted: taken back, and submitted anew with other values."""
        number = self.model.open_filings[pick % len(self.model.open_filings)]
        waiting = self.model.waiting[number]
        rows = [*waiting.rows.values()]
        self.end(waiting.filer, pick, back=True, which={*waiting.rows})
        anew = [
            replace(one, entry=replace(one.entry, value=Decimal(next(NUMBERS))))
            if isinstance(one.entry, Observation)
            else one
            for one in rows
        ]
        values = {str(one.entry.value) for one in anew if isinstance(one.entry, Observation)}
        self.model.unpublished |= values
        self._submit(by, anew)

    def _chosen(self, pick: int, which: set[int]) -> tuple[int, dict[int, Submission]]:
        """A filing, and some of its rows that wait, or all."""
        number = self.model.open_filings[pick % len(self.model.open_filings)]
        rows = self.model.waiting[number].rows
        return number, {at: row for at, row in rows.items() if at in which} or dict(rows)

    @precondition(lambda self: self.model.open_filings)
    @rule(
        by=st.integers(0, 2),
        pick=st.integers(0, 9),
        which=st.sets(st.integers(0, 2)),
        mine=st.booleans(),
    )
    def publish(self, by: int, pick: int, which: set[int], mine: bool) -> None:  # noqa: FBT001 - drawn
        """A reviewer publishes what waits, or some of it, as submitted or, having looked again, in
        place of what was recorded since.
        """
        model = self.model
        number, chosen = self._chosen(pick, which)
        waiting = model.waiting[number]
        if mine:
            made = self._looked_at(number, chosen)
            if made.keys() != chosen.keys():
                return
            chosen = made
        replaced = [one.entry.replaces for one in chosen.values() if one.entry.replaces]
        expected = by != waiting.filer and len(replaced) == len(set(replaced))
        expected &= {one.entry.target for one in chosen.values()} <= REVIEWS[by]
        expected &= all(map(model.is_based, chosen.values()))
        expected &= not any(model.is_closed(*model.ends(one.entry)) for one in chosen.values())
        given = Act(PEOPLE[by], self.now(), f"t{next(TOKENS)}")
        done = self.try_(lambda: self.store.publish(self.plan.id, number, chosen, given))
        assert done is expected
        if done:
            self._decide(number, chosen)
            entries = self.news()
            assert len(entries) == len(chosen)
            assert {entry.recorded_by for entry in entries} == {PEOPLE[waiting.filer].name}
            self.written(entries)

    def _decide(self, number: int, positions: Iterable[int]) -> None:
        """Rows of a filing wait no more."""
        waiting = self.model.waiting[number]
        waiting.decided |= {at: waiting.rows.pop(at) for at in positions}

    def _looked_at(self, number: int, rows: Iterable[int]) -> dict[int, Submission]:
        """What a reviewer would publish who decides for what waits, as far as it can be."""
        comparison = Comparison(
            self.plan,
            self.store.as_of(self.plan.id, date.max),
            lambda name: self.store.history(self.plan.id, name),
            date(2021, 1, 1),
            Takes.NAMED,
        )
        made = review(self.store.filing(self.plan.id, number), comparison, rows)
        return made.decided(dict.fromkeys(rows, Choice.MINE), lambda _: True).chosen

    @precondition(lambda self: self.model.open_filings)
    @rule(
        by=st.integers(0, 2),
        pick=st.integers(0, 9),
        back=st.booleans(),
        which=st.sets(st.integers(0, 2)),
    )
    def end(self, by: int, pick: int, back: bool, which: set[int]) -> None:  # noqa: FBT001 - drawn
        """A reviewer returns what waits, or some of it, or somebody takes all of it back, which
        only the filer may.
        """
        number, chosen = self._chosen(pick, which)
        waiting = self.model.waiting[number]
        given = Act(PEOPLE[by], self.now(), f"t{next(TOKENS)}")
        if back:
            chosen, expected = dict(waiting.rows), by == waiting.filer
            done = self.try_(lambda: self.store.take_back(self.plan.id, number, given))
        else:
            expected = {one.entry.target for one in chosen.values()} <= REVIEWS[by]
            which = tuple(chosen)
            done = self.try_(
                lambda: self.store.return_filing(
                    self.plan.id, number, "why", given, positions=which
                )
            )
        assert done is expected
        if done:
            self._decide(number, chosen)

    @precondition(lambda self: any(one.decided for one in self.model.waiting.values()))
    @rule(by=st.integers(0, 2), pick=st.integers(0, 9), publishes=st.booleans())
    def late(self, by: int, pick: int, publishes: bool) -> None:  # noqa: FBT001 - drawn
        """Of two reviewers at once the second, whose page still has a row, is refused."""
        numbers = sorted(number for number, one in self.model.waiting.items() if one.decided)
        number = numbers[pick % len(numbers)]
        waiting = self.model.waiting[number]
        given = Act(PEOPLE[by], self.now(), f"t{next(TOKENS)}")
        rows = waiting.decided | waiting.rows
        plan_id = self.plan.id
        assert not self.try_(
            lambda: (
                self.store.publish(plan_id, number, rows, given)
                if publishes
                else self.store.return_filing(plan_id, number, "why", given, positions=tuple(rows))
            )
        )

    @precondition(lambda self: self.model.chains)
    @rule(by=st.integers(0, 2))
    def undo(self, by: int) -> None:
        """The last save is undone by who saved it."""
        save = self.store.saves(self.plan.id)[0]
        rows = [e for e in self.model.entries if e.row in save.rows]
        chains = [self.model.chain_of(e.row) or [] for e in rows]
        ends = [e.period.last for chain in chains for e in chain if isinstance(e, Observation)]
        done = self.try_(
            lambda: self.store.undo(
                self.plan.id, save.id, Act(PEOPLE[by], self.now(), f"t{next(TOKENS)}")
            )
        )
        names = {e.target for e in rows}
        may = names <= FILES[by] | REVIEWS[by] and names & set(WATCHED) <= REVIEWS[by]
        if PEOPLE[by].id != save.actor or not may or self.model.is_closed(rows_end(rows, chains)):
            assert not done
        elif not self.model.is_closed(*ends):
            assert done
        if done:
            self.written(self.news())

    @rule(by=st.integers(0, 2), through=st.sampled_from(ENDS))
    def close(self, by: int, through: date | None) -> None:
        """Periods are closed or opened, by who reviews the whole plan."""
        lock = self.store.lock(self.plan.id)
        done = self.try_(
            lambda: self.store.close_periods(
                *(self.plan.id, through),
                Act(PEOPLE[by], self.now()),
                reason="why",
                seen=lock.row if lock else 0,
            )
        )
        assert done is (through != self.model.closed and REVIEWS[by] == set(UNITS))
        if done:
            self.model.closed = through

    @invariant()
    def nothing_unpublished_is_read(self) -> None:
        store, plan_id, model = self.store, self.plan.id, self.model
        assert [e.row for e in store.history(plan_id)] == [e.row for e in model.entries]
        wait = {f.id: set(f.waiting) for f in store.filings(plan_id)}
        assert wait == {n: set(one.rows) for n, one in model.waiting.items() if one.rows}
        for day in (*DAYS, date.max):
            standing = store.as_of(plan_id, day)
            assert {str(o.value) for o in standing} == model.standing(day)
        document = to_json(assess_document(self.plan, assess(self.plan, standing, DAYS[-1])))
        rows = f"{document.decode()} {list(self.read())}"
        assert not [v for v in model.unpublished if v in rows or f"{int(v):,}" in rows]

    def read(self) -> Iterator[object]:
        """What the record answers to those who ask for rows."""
        yield self.store.recorded(self.plan.id)
        yield self.store.saves(self.plan.id)
        yield self.store.entries(self.plan.id, range(self.store.version(self.plan.id) + 5))

    def teardown(self) -> None:
        self.told("runs")


def rows_end(rows: list[Entry], chains: list[list[Entry]]) -> date:
    """The earliest end of a period that the rows themselves are about."""
    ends = [e.period.last for e in rows if isinstance(e, Observation)]
    replaced = [
        e.period.last
        for row, chain in zip(rows, chains, strict=True)
        for e in chain
        if isinstance(row, Withdrawal) and isinstance(e, Observation) and e.row == row.replaces
    ]
    return min([*ends, *replaced])


def test_what_is_not_published_is_in_no_reading_of_the_record(
    url: str, tmp_path: Path, at_length: AtLength, tell: Tell
) -> None:
    counted: Counter[str] = Counter()
    folder = tmp_path / "plans"
    folder.mkdir()
    store = open_store(url, wait=5, access=Access((ADMINISTRATOR.id,), folder))
    of_run = {"store": store, "folder": folder, "told": staticmethod(lambda t: counted.update([t]))}
    steps = settings(
        max_examples=at_length(150, 4),
        stateful_step_count=at_length(40, 20),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(type("Machine", (_Record,), of_run), settings=steps)
    runs, acts = counted.pop("runs"), counted.pop("steps")
    tell(
        f"approval: {runs} runs, {acts} acts, {counted.total()} refusals for {len(counted)} "
        "reasons, none out of place"
    )
    assert len(counted) > 2  # it does reach what it is about
    assert not look_through(store._database).problems  # noqa: SLF001 - as `verify` does
    store.close()
