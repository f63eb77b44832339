"""Random submissions, returns, publications, corrections, conflicts, locks, undoings and as-of days
against a simple model: whatever is not published is in no reading of the record.

The model knows chains of versions, what waits, and up to which day periods are closed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

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

from mubiao.assessment import assess
from mubiao.exports.data.documents import assess_document, to_json
from mubiao.model import Approval, Entry, Observation, Owner, Submission, Text, Withdrawal
from mubiao.period import Period
from mubiao.problems import Refused
from mubiao.proposal.comparison import Comparison, Takes
from mubiao.proposal.recording import record
from mubiao.proposal.review import review
from mubiao.proposal.rows import Choice
from mubiao.store import Store
from mubiao.store.verify import look_through
from tests.actors import named
from tests.assigned import changed
from tests.faults.figures import AtLength, Tell
from tests.samples import plan_of, target

pytestmark = pytest.mark.timeout(1800)  # at full length it takes its time
PEOPLE = tuple(map(named, ("王伟", "李娜", "赵敏")))
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
    """What the model knows of a filing."""

    filer: int
    rows: dict[int, Submission]


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


class _Record(RuleBasedStateMachine):
    """One plan of a store that all runs share; target `watched` needs approval, `free` does not."""

    store: Store
    told: Callable[[str], object] = staticmethod(lambda _: None)

    def __init__(self) -> None:
        super().__init__()
        owners = tuple(Owner(id=name, name=Text(zh=name, en=name)) for name in ("a", "b"))
        targets = [
            target(name, owner=owner, value="6", comparator="at_least", measure="rate")
            for name, owner in (("watched", "a"), ("free", "b"))
        ]
        self.plan = changed(
            plan_of(*targets),
            id=f"plan-{next(PLANS)}",
            owners=owners,
            approval=Approval(owners=("a",)),
        )
        self.model = _Model()
        self.at = START

    def now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def try_(self, act: Callable[[], object]) -> bool:
        """Whether an act was done; a refusal changes nothing, which the invariants hold."""
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
        name=st.sampled_from(("watched", "watched", "free")),
        period=periods,
        known_on=days,
        kind=st.sampled_from(("new", "stale", "correct", "withdraw")),
        pick=st.integers(0, 5),
    )
    def enter(
        self, by: int, name: str, period: Period, known_on: date, kind: str, pick: int
    ) -> None:
        """A person enters, corrects or withdraws a figure, or does so without a fresh look."""
        model, value = self.model, Decimal(next(NUMBERS))
        model.unpublished.add(str(value))
        old = None
        if kind in {"correct", "withdraw"}:
            if not (rows := model.open_rows(name)):
                return
            old = rows[pick % len(rows)]
        figure: Entry = Observation(
            name, period, value, known_on, source="s", replaces=old and old.row
        )
        base = 0 if kind == "stale" else model.concerning(name, period)
        if kind == "withdraw" and old is not None:
            figure, base = Withdrawal(name, old.row, known_on, "why"), None
        ends = [one.last for one in (period, old and old.period) if one is not None]
        if kind == "withdraw" and old is not None:
            ends = [old.period.last]
        same = [
            one.entry
            for waiting in model.waiting.values()
            if waiting.filer == by
            for one in waiting.rows.values()
            if isinstance(one.entry, type(figure)) and one.entry.target == name
        ]
        waits_already = any(
            one.period == period
            if isinstance(one, Observation)
            else one.replaces == figure.replaces
            for one in same
        )
        expected = not model.is_closed(*ends)
        expected &= kind != "stale" or not model.concerning(name, period)
        expected &= name == "free" or not waits_already
        submission = Submission(figure, base)
        token, number = f"t{next(TOKENS)}", 0

        def act() -> None:
            nonlocal number
            made = record(
                self.store,
                self.plan,
                [submission],
                actor=PEOPLE[by],
                at=self.now(),
                token=token,
            )
            number = made.filing.id if made.filing else 0
            assert (made.save is None) == (name == "watched")

        assert self.try_(act) is expected
        if expected and name == "watched":
            model.waiting[number] = _Waiting(by, {0: submission})
            assert not self.news()
        elif expected:
            [entry] = self.news()
            assert entry.recorded_by == PEOPLE[by].name
            self.written([entry])

    @precondition(lambda self: self.model.waiting)
    @rule(by=st.integers(0, 2), pick=st.integers(0, 9), mine=st.booleans())
    def publish(self, by: int, pick: int, mine: bool) -> None:  # noqa: FBT001 - drawn
        """A reviewer publishes what waits, as submitted or, having looked again, in place of what
        was recorded since.
        """
        model = self.model
        number = sorted(model.waiting)[pick % len(model.waiting)]
        waiting = model.waiting[number]
        chosen = dict(waiting.rows)
        entry = chosen[0].entry
        chain = model.chain_of(entry.replaces) or []
        ends = [e.period.last for e in (*chain[-1:], entry) if isinstance(e, Observation)]
        moved = bool(chain) and chain[-1].row != entry.replaces
        if isinstance(entry, Observation):
            moved |= model.concerning(entry.target, entry.period) > (chosen[0].based_on or 0)
        if mine:
            made = self._looked_at(number)
            if made is None:
                return
            chosen = {0: made}
            taken = model.chain_of(made.entry.replaces) or []
            ends = [e.period.last for e in (*taken[-1:], made.entry) if isinstance(e, Observation)]
            moved = False
        expected = by != waiting.filer and not moved and not model.is_closed(*ends)
        token = f"t{next(TOKENS)}"
        done = self.try_(
            lambda: self.store.publish(
                self.plan.id, number, chosen, actor=PEOPLE[by], at=self.now(), token=token
            )
        )
        assert done is expected
        if done:
            del model.waiting[number]
            [entry] = self.news()
            assert entry.recorded_by == PEOPLE[waiting.filer].name
            self.written([entry])

    def _looked_at(self, number: int) -> Submission | None:
        """What a reviewer would publish who decides for what waits; None where it is refused."""
        standing = self.store.as_of(self.plan.id, date.max)
        comparison = Comparison(
            self.plan,
            standing,
            lambda name: self.store.history(self.plan.id, name),
            date(2021, 1, 1),
            Takes.NAMED,
        )
        filing = self.store.filing(self.plan.id, number)
        made = review(filing, comparison, filing.waiting).decided({0: Choice.MINE}, lambda _: True)
        return made.chosen.get(0)

    @precondition(lambda self: self.model.waiting)
    @rule(by=st.integers(0, 2), pick=st.integers(0, 9), back=st.booleans())
    def end(self, by: int, pick: int, back: bool) -> None:  # noqa: FBT001 - drawn
        """A reviewer returns what waits, or somebody takes it back, which only the filer may."""
        model = self.model
        number = sorted(model.waiting)[pick % len(model.waiting)]
        given = {"actor": PEOPLE[by], "at": self.now(), "token": f"t{next(TOKENS)}"}
        if back:
            expected = by == model.waiting[number].filer
            done = self.try_(lambda: self.store.take_back(self.plan.id, number, **given))
        else:
            expected = True
            done = self.try_(lambda: self.store.return_filing(self.plan.id, number, "why", **given))
        assert done is expected
        if done:
            del model.waiting[number]

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
                self.plan.id,
                save.id,
                actor=PEOPLE[by],
                at=self.now(),
                token=f"t{next(TOKENS)}",
            )
        )
        if PEOPLE[by].id != save.actor or self.model.is_closed(rows_end(rows, chains)):
            assert not done
        elif not self.model.is_closed(*ends):
            assert done
        if done:
            self.written(self.news())

    @rule(through=st.sampled_from(ENDS))
    def close(self, through: date | None) -> None:
        lock = self.store.lock(self.plan.id)
        done = self.try_(
            lambda: self.store.close_periods(
                self.plan.id,
                through,
                actor=PEOPLE[0],
                at=self.now(),
                reason="why",
                seen=lock.row if lock else 0,
            )
        )
        assert done is (through != self.model.closed)
        self.model.closed = through

    @invariant()
    def nothing_unpublished_is_read(self) -> None:
        store, plan_id, model = self.store, self.plan.id, self.model
        assert [e.row for e in store.history(plan_id)] == [e.row for e in model.entries]
        assert sum(len(f.waiting) for f in store.filings(plan_id)) == len(model.waiting)
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
    store: Store, at_length: AtLength, tell: Tell
) -> None:
    refusals: dict[str, int] = {}

    def told(text: str) -> None:
        refusals[text] = refusals.get(text, 0) + 1

    machine = type("Machine", (_Record,), {"store": store, "told": staticmethod(told)})
    steps = settings(
        max_examples=at_length(300, 4),
        stateful_step_count=at_length(40, 20),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=steps)
    runs = refusals.pop("runs")
    tell(f"approval: {runs} runs, {sum(refusals.values())} refusals, none out of place")
    assert len(refusals) > 2  # it does reach what it is about
    assert not look_through(store._database).problems  # noqa: SLF001 - as `verify` does
