"""Closed periods: nothing that ends by the day is recorded or changed, by no door."""

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import uuid4

import pytest

from mubiao.model import Act, Submission, Withdrawal
from mubiao.store import Store
from mubiao.store.verify import look_through
from tests.actors import named
from tests.acts import GDP, JOBS, NOON, PLAN, add_row, reasons, refusal
from tests.samples import observation

MAY, JUNE = date(2020, 5, 31), date(2020, 6, 30)
LI = named("李娜")


def close(store: Store, through: date | None, *, seen: int = 0, reason: str = "") -> int:
    lock = store.close_periods(PLAN, through, Act(LI, NOON), seen=seen, reason=reason)
    return lock.row


def test_what_is_closed_is_neither_recorded_nor_changed(store: Store) -> None:
    row = add_row(store, PLAN, GDP, "王伟", NOON)
    [save] = store.saves(PLAN)
    first = close(store, JUNE)
    june = observation("gdp", "2020-06", "1", "2020-07-01")
    moved = replace(GDP, replaces=row, period=JOBS.period)
    entries = (june, replace(GDP, replaces=row), moved, Withdrawal("gdp", row, MAY, "wrong"))
    for entry in entries:
        given = Act(named("王伟"), NOON, uuid4().hex)
        for act in (store.save, store.submit):
            [text] = reasons(partial(act, PLAN, [Submission(entry)], given))
            assert "the periods up to 2020-06-30 are closed, by 李娜" in text
    undo = uuid4().hex
    assert "are closed" in refusal(
        lambda: store.undo(PLAN, save.id, Act(named("王伟"), NOON, undo))
    )
    filing, _ = store.submit(PLAN, [Submission(JOBS, 0)], Act(LI, NOON, "later"))
    second = close(store, date(2020, 12, 31), seen=first)
    assert "are closed" in refusal(
        lambda: store.publish(
            PLAN, filing.id, {0: Submission(JOBS, 0)}, Act(named("王伟"), NOON, "p")
        )
    )
    close(store, MAY, seen=second, reason="a correction came late")
    add_row(store, PLAN, june, "王伟", NOON)
    assert [lock.through for lock in store.locks(PLAN)] == [JUNE, date(2020, 12, 31), MAY]
    assert not look_through(store._database).problems  # noqa: SLF001 - as `verify` does


def test_opening_asks_for_a_reason_and_nobody_is_overruled_unseen(store: Store) -> None:
    version = store.version(PLAN)
    assert refusal(lambda: close(store, None)) == "nothing is closed"
    row = close(store, JUNE)
    assert store.version(PLAN) > version  # what a page keeps of the record is made anew
    assert "say why" in refusal(lambda: close(store, MAY, seen=row))
    assert "say why" in refusal(lambda: close(store, None, seen=row))
    assert "holds already" in refusal(lambda: close(store, JUNE, seen=row))
    assert "李娜 closed or opened periods meanwhile" in refusal(lambda: close(store, MAY))
    close(store, None, seen=row, reason="all of it again")
    lock = store.lock(PLAN)
    assert lock is not None
    assert (lock.through, lock.reason, lock.actor) == (None, "all of it again", LI)


@pytest.mark.parametrize("last", [MAY, JUNE])
def test_a_period_is_closed_by_its_last_day(store: Store, last: date) -> None:
    close(store, MAY)
    lock = store.lock(PLAN)
    assert lock is not None
    assert lock.closes(last) is (last == MAY)
