"""Unsaved edits, kept apart from the record, on both databases."""

import time
from datetime import timedelta

import pytest

from mubiao.store import Store, open_store
from tests.acts import NOON, PLAN, reasons, unavailable


def test_a_draft_is_kept_as_it_is_and_replaced_by_the_next(store: Store) -> None:
    assert store.draft("mine") is None
    for text in ('{"gdp": "28万"}\n😀 ', "", "x" * 1_000_000):
        store.keep_draft("mine", PLAN, text, NOON)
        assert store.draft("mine") == text
    assert store.draft("other") is None


def test_a_draft_outlives_the_program(url: str) -> None:
    for text in ("28万", None):
        store = open_store(url)
        if text:
            store.keep_draft("mine", PLAN, text, NOON)
        assert store.draft("mine") == "28万"
        store.close()


def test_a_draft_is_dropped_and_dropping_it_again_is_fine(store: Store) -> None:
    store.keep_draft("mine", PLAN, "a", NOON)
    store.keep_draft("other", PLAN, "b", NOON)
    for _ in range(2):
        store.drop_draft("mine")
    assert (store.draft("mine"), store.draft("other")) == (None, "b")


def test_drafts_that_nobody_came_back_for_are_dropped_when_another_is_kept(store: Store) -> None:
    store.keep_draft("old", PLAN, "a", NOON)
    store.keep_draft("young", PLAN, "b", NOON + timedelta(seconds=1))
    store.keep_draft("new", "other", "c", NOON + timedelta(days=60, seconds=1))
    assert [store.draft(token) for token in ("old", "young", "new")] == [None, "b", "c"]


def test_a_draft_is_no_part_of_the_record(store: Store) -> None:
    store.keep_draft("mine", PLAN, "a", NOON)
    assert (store.version(PLAN), store.history(PLAN), store.saves(PLAN)) == (0, [], [])


@pytest.mark.parametrize(
    ("token", "text"),
    [
        ("", "a"),
        ("t" * 201, "a"),
        ("mine", "x" * 1_000_001),
        ("mine", "万" * 333_334),
        ("mine", "\x00"),
        ("mine", "\ud800"),
    ],
)
def test_what_cannot_be_kept_leaves_the_old_draft(store: Store, token: str, text: str) -> None:
    store.keep_draft("mine", PLAN, "before", NOON)
    assert reasons(lambda: store.keep_draft(token, PLAN, text, NOON))
    assert store.draft("mine") == "before"


def test_nobody_waits_long_for_a_busy_database_to_keep_a_draft(url: str) -> None:
    store = open_store(url, wait=60)
    store.keep_draft("mine", PLAN, "a", NOON)
    with store._database.writing():  # noqa: SLF001 - a save that hangs
        began = time.monotonic()
        for act in (
            lambda: store.keep_draft("mine", PLAN, "b", NOON),
            lambda: store.drop_draft("mine"),
        ):
            assert "is busy" in unavailable(act)
        assert time.monotonic() - began < 20
        assert store.draft("mine") == "a"
    store.keep_draft("mine", PLAN, "b", NOON)
    assert store.draft("mine") == "b"
    store.close()
