"""Sign-ins in the record: noted when seen, ended for good, asked about in each write."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mubiao.access import Access
from mubiao.identity import SignIn
from mubiao.model import Act, Actor
from mubiao.problems import Refused
from mubiao.store import Store, open_store
from tests.actors import ADMINISTRATOR, signed_in

AT = datetime(2020, 7, 31, 9, tzinfo=UTC)
WANG = signed_in("wang")
FIRST = SignIn(WANG, "first", AT, AT)
SECOND = replace(FIRST, key="second")
PLAN = "beijing-2020"


@pytest.fixture
def ruled(url: str) -> Iterator[Store]:
    """A record with roles in force."""
    opened = open_store(url, wait=5, access=Access((ADMINISTRATOR.id,)))
    yield opened
    opened.close()


def hold(store: Store, actor: Actor, name: str) -> None:
    day = date(2020, 7, 31)
    store.hold(PLAN, name, day, Act(actor, AT), plan_text="id: beijing-2020")


def test_a_sign_in_is_one_in_all_windows_until_it_is_ended(store: Store) -> None:
    actor = store.signed_in(FIRST, AT)
    assert actor == WANG
    assert store.signed_in(FIRST, AT + timedelta(hours=5)).sign_in == actor.sign_in
    other = store.signed_in(SECOND, AT)
    hold(store, actor, "Before")
    store.end_sign_ins(WANG.id, Act(actor, AT), reason="")
    for ended in (actor, other):
        with pytest.raises(Refused, match="Your sign-in is over"):
            hold(store, ended, "After")
    for again in (FIRST, SECOND):
        with pytest.raises(Refused, match="Your sign-in is over"):
            store.signed_in(again, AT)
    # A new one counts, in the same second or by a clock that runs behind.
    anew = store.signed_in(replace(FIRST, key="third", issued=AT - timedelta(seconds=9)), AT)
    hold(store, anew, "After")
    assert [meeting.name for meeting in store.meetings(PLAN)] == ["After", "Before"]
    [last] = store.last_sign_ins()
    assert (last.actor, last.name, last.is_over) == (WANG.id, "wang", False)


def test_a_cookie_that_first_turns_up_late_is_worth_nothing(store: Store) -> None:
    for late in (timedelta(minutes=11), timedelta(minutes=-11)):
        with pytest.raises(Refused, match="Your sign-in is over"):
            store.signed_in(FIRST, AT + late)
    assert store.last_sign_ins() == []


def test_whom_a_proxy_names_begins_anew_with_each_window(store: Store) -> None:
    actor = Actor("proxy:li", "Li Na")
    first, second = store.came(actor, AT), store.came(actor, AT)
    hold(store, first, "Before")
    store.end_sign_ins(actor.id, Act(second, AT), reason="")
    for ended in (first, second):
        with pytest.raises(Refused, match="Your sign-in is over"):
            hold(store, ended, "After")
    hold(store, store.came(actor, AT), "After")
    assert len(store.last_sign_ins()) == 1


def test_others_are_ended_by_an_administrator_with_a_reason(ruled: Store) -> None:
    actor = ruled.signed_in(FIRST, AT)
    somebody = ruled.signed_in(SignIn(signed_in("li"), "li", AT, AT), AT)
    for by, whose, reason, expected in (
        (somebody, WANG.id, "why not", "may not end"),
        (ADMINISTRATOR, WANG.id, " ", "the reason is missing"),
        (ADMINISTRATOR, "oidc:id.example/ghost", "gone", "has never signed in"),
    ):
        with pytest.raises(Refused, match=expected):
            ruled.end_sign_ins(whose, Act(by, AT), reason=reason)
    assert not ruled.is_over(actor)
    ruled.end_sign_ins(WANG.id, Act(ADMINISTRATOR, AT), reason="left")
    assert ruled.is_over(actor)
    assert not ruled.is_over(somebody)
    assert [one.is_over for one in ruled.last_sign_ins()] == [False, True]


def test_nobody_writes_without_a_sign_in_where_names_are_proven(store: Store) -> None:
    with pytest.raises(Refused, match="Sign in first"):
        hold(store, Actor("", ""), "Nobody's")
