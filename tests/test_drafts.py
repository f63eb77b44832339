"""Unsaved edits, kept apart from the record, on both databases."""

import time
from datetime import timedelta
from functools import partial

import pytest

from mubiao.store import Store, StoredDraft, drafts, open_store
from tests.acts import NOON, PLAN, reasons, unavailable


def test_a_draft_is_kept_as_it_is_and_replaced_by_the_next(store: Store) -> None:
    assert store.draft("mine") is None
    for text in ('{"gdp": "28万"}\n😀 ', "", "x" * 1_000_000):
        store.keep_draft("mine", PLAN, text, NOON, session="s")
        assert store.draft("mine") == text
    assert store.draft("other") is None


def test_a_draft_outlives_the_program(url: str) -> None:
    for text in ("28万", None):
        store = open_store(url)
        if text:
            store.keep_draft("mine", PLAN, text, NOON, session="s")
        assert store.draft("mine") == "28万"
        store.close()


def test_a_draft_is_dropped_and_dropping_it_again_is_fine(store: Store) -> None:
    store.keep_draft("mine", PLAN, "a", NOON, session="s")
    store.keep_draft("other", PLAN, "b", NOON, session="s")
    for _ in range(2):
        store.drop_draft("mine", session="s")
    assert (store.draft("mine"), store.draft("other")) == (None, "b")


def test_drafts_that_nobody_came_back_for_are_dropped_when_another_is_kept(store: Store) -> None:
    store.keep_draft("old", PLAN, "a", NOON, session="s")
    store.keep_draft("young", PLAN, "b", NOON + timedelta(seconds=1), session="s")
    store.keep_draft("new", "other", "c", NOON + timedelta(days=60, seconds=1), session="s")
    assert [store.draft(token) for token in ("old", "young", "new")] == [None, "b", "c"]


def test_a_draft_is_no_part_of_the_record(store: Store) -> None:
    store.keep_draft("mine", PLAN, "a", NOON, session="s")
    assert (store.version(PLAN), store.history(PLAN), store.saves(PLAN)) == (0, [], [])


def test_what_cannot_be_kept_leaves_the_old_draft(store: Store) -> None:
    store.keep_draft("mine", PLAN, "before", NOON, session="s")
    for token, text in (
        ("", "a"),
        ("t" * 201, "a"),
        ("mine", "x" * 1_000_001),
        ("mine", "万" * 333_334),
        ("mine", "\x00"),
        ("mine", "\ud800"),
    ):
        assert reasons(partial(store.keep_draft, token, PLAN, text, NOON, session="s"))
    assert store.draft("mine") == "before"


def test_nobody_waits_long_for_a_busy_database_to_keep_a_draft(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drafts.WAIT <= 5
    monkeypatch.setattr(drafts, "WAIT", 0.1)
    store = open_store(url, wait=60)
    store.keep_draft("mine", PLAN, "a", NOON, session="s")
    with store._database.writing():  # noqa: SLF001 - a save that hangs
        began = time.monotonic()
        for act in (
            lambda: store.keep_draft("mine", PLAN, "b", NOON, session="s"),
            lambda: store.drop_draft("mine", session="s"),
        ):
            assert "is busy" in unavailable(act)
        assert time.monotonic() - began < 20
        assert store.draft("mine") == "a"
    store.keep_draft("mine", PLAN, "b", NOON, session="s")
    assert store.draft("mine") == "b"
    store.close()


def test_a_draft_knows_its_session_and_the_name_given_there(store: Store) -> None:
    store.keep_draft("mine", PLAN, "a", NOON, session="s", author=" 王 ")
    assert store.stored_draft("mine") == StoredDraft("mine", "s", "王", NOON, "a")
    later = NOON + timedelta(seconds=1)
    store.keep_draft("second", "other", "b", later, session="s")
    assert store.newest_draft("s") == StoredDraft("second", "s", "", later, "b")
    assert (store.newest_draft("other"), store.stored_draft("none")) == (None, None)


def test_a_draft_is_changed_and_dropped_by_its_own_session_alone(store: Store) -> None:
    store.keep_draft("mine", PLAN, "a", NOON, session="s")
    for act in (
        lambda: store.keep_draft("mine", PLAN, "b", NOON, session="theirs"),
        lambda: store.drop_draft("mine", session="theirs"),
    ):
        assert reasons(act) == ["these unsaved figures are another session's; copy them first"]
    assert store.draft("mine") == "a"


def test_a_thousand_sessions_do_not_fill_the_disk(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In number and in size the oldest give way, but none of the last day: later ones wait."""
    monkeypatch.setattr("mubiao.store.drafts.MOST", 4)
    monkeypatch.setattr("mubiao.store.drafts.MOST_BYTES_IN_ALL", 100)
    for number in range(4):
        store.keep_draft(str(number), PLAN, "x" * 10, NOON, session=str(number))
    store.keep_draft("3", PLAN, "y" * 10, NOON, session="3")  # in its own place
    next_day = NOON + timedelta(days=1)
    for large in (1, 100):
        new = partial(store.keep_draft, "new", PLAN, "x" * large, next_day, session="new")
        told = reasons(new)
        assert "keeps no more unsaved figures than it has now, 4 drafts of 40 bytes" in told[0]
    assert [store.draft(str(number)) is not None for number in range(4)] == [True] * 4
    after = next_day + timedelta(seconds=1)
    store.keep_draft("new", PLAN, "x" * 61, after, session="new")
    assert [store.draft(token) is not None for token in ("0", "1", "2", "3", "new")] == [
        *(False, True, True, True, True)
    ]
    store.keep_draft("new", PLAN, "x" * 71, after, session="new")
    assert [store.draft(token) is not None for token in ("1", "2", "3", "new")] == [
        *(False, True, True, True)
    ]


def test_one_session_has_room_for_a_few_drafts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mubiao.store.drafts.MOST_OF_ONE", 2)
    for number in range(2):
        store.keep_draft(str(number), PLAN, "x", NOON, session="s")
    store.keep_draft("other", PLAN, "x", NOON, session="another")
    assert reasons(lambda: store.keep_draft("2", PLAN, "x", NOON, session="s"))
    store.keep_draft("2", PLAN, "x", NOON + timedelta(days=2), session="s")
    assert [store.draft(token) for token in ("0", "1", "2", "other")] == [None, "x", "x", "x"]
