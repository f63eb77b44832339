"""Reminders in the record: one message a unit and day, whoever sends it, and what became of it."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from mubiao.store import Store, open_store
from mubiao.store.backup import backup
from mubiao.store.restore import restore
from mubiao.store.verify import verify
from tests.acts import NOON, PLAN, at_once, refusal

DAY = date(2020, 7, 31)


def claim(store: Store, owner: str = "transport", day: date = DAY, plan: str = PLAN) -> int | None:
    return store.claim_reminder(plan, owner, day, title="2 reports", text="a\nb", at=NOON)


def claimed(store: Store, owner: str = "transport", day: date = DAY) -> int:
    number = claim(store, owner, day)
    assert number is not None
    return number


def test_a_message_that_was_sent_is_not_sent_again_that_day(store: Store) -> None:
    store.settle_reminder(claimed(store), sent=True, at=NOON)
    assert claim(store) is None
    assert claim(store, day=DAY + timedelta(days=1)) is not None
    assert claim(store, owner="") is not None
    assert claim(store, plan="another") is not None


def test_one_that_failed_is_claimed_anew_until_it_is_sent(store: Store) -> None:
    store.settle_reminder(claimed(store), sent=False, at=NOON)
    store.settle_reminder(claimed(store), sent=False, at=NOON)
    store.settle_reminder(claimed(store), sent=True, at=NOON)
    assert claim(store) is None
    assert [one.outcome for one in store.reminders(PLAN)] == ["failed", "failed", "sent"]


def test_one_that_nobody_settled_may_have_been_sent_and_waits_for_the_next_day(
    store: Store,
) -> None:
    claimed(store)
    assert claim(store) is None
    assert claim(store, day=DAY + timedelta(days=1)) is not None


def test_the_log_has_every_message_with_its_text_and_what_became_of_it(store: Store) -> None:
    later = NOON + timedelta(minutes=1)
    store.settle_reminder(claimed(store), sent=True, at=later)
    claimed(store, owner="")
    first, second = store.reminders(PLAN)
    assert (first.owner, first.day, first.title, first.text) == (
        "transport",
        DAY,
        "2 reports",
        "a\nb",
    )
    assert (first.outcome, first.at) == ("sent", later)
    assert (second.owner, second.outcome, second.at) == ("", "", NOON)
    assert store.reminders("another") == []


def claim_once(url: str) -> None:
    store = open_store(url, wait=30)
    claim(store)
    store.close()


def test_of_many_that_claim_at_once_one_sends(store: Store, url: str) -> None:
    at_once(*[partial(claim_once, url)] * 6)
    assert len(store.reminders(PLAN)) == 1


def test_a_message_is_settled_once(store: Store) -> None:
    number = claimed(store)
    store.settle_reminder(number, sent=True, at=NOON)
    assert refusal(lambda: store.settle_reminder(number, sent=False, at=NOON))
    with pytest.raises(LookupError):
        store.settle_reminder(99, sent=True, at=NOON)


def test_reminders_are_verified_and_come_back_with_a_backup(
    store: Store, url: str, tmp_path: Path
) -> None:
    store.settle_reminder(claimed(store), sent=True, at=NOON)
    backup(url, tmp_path / "copy.sqlite")
    assert verify(url).problems == ()
    restore(tmp_path / "copy.sqlite", url, overwrite=True, backups=tmp_path / "kept")
    assert claim(store) is None
