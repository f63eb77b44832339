"""Tokens: made, used, ended; the secret is shown once and kept nowhere."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mubiao.api.call import Limit, TooOften
from mubiao.model import Act
from mubiao.problems import Refused
from mubiao.store import Store, open_store
from tests.actors import named
from tests.commands import deployed, done, fails

NOON = datetime(2021, 4, 1, 12, tzinfo=UTC)
DAY = date(2021, 12, 31)


def test_a_token_is_known_by_its_secret_until_it_has_ended(store: Store) -> None:
    number, secret = store.make_token("p", "stats", "bureau", Act(named("Li"), NOON), expires=DAY)
    token = store.token_of(secret)
    assert token is not None
    assert (token.id, token.plan, token.owner, token.name) == (number, "p", "stats", "bureau")
    assert (token.made_by, token.expires, token.used) == ("Li", DAY, None)
    assert token.actor.id == f"token:{number}"
    assert store.token_of(secret + "x") is None
    assert [token.is_good(day) for day in (DAY, DAY + timedelta(1))] == [True, False]

    for minutes in (1, 2):  # a second use on a day leaves no row
        again = store.token_of(secret)
        assert again is not None
        store.note_use(again, NOON + timedelta(minutes=minutes))
    [used] = store.tokens("p")
    assert used.used == NOON.date()

    store.end_token("p", number, Act(named("Wang"), NOON))
    ended = store.token_of(secret)
    assert ended is not None
    assert (ended.is_good(NOON.date()), ended.ended, ended.ended_by) == (False, NOON, "Wang")
    for plan, which in (("p", number), ("q", number), ("p", 99)):
        with pytest.raises(Refused, match="no token no"):
            store.end_token(plan, which, Act(named("Wang"), NOON))


def test_a_token_needs_a_name_and_a_day_to_come(store: Store) -> None:
    for name, day in (("", DAY), ("seed", DAY), ("bureau", date(2021, 3, 31))):
        with pytest.raises(Refused):
            store.make_token("p", "", name, Act(named("Li"), NOON), expires=day)
    assert store.tokens("p") == []


def test_a_token_is_used_so_often_a_minute() -> None:
    limit = Limit(2)
    limit.count(1, NOON)
    limit.count(1, NOON)
    with pytest.raises(TooOften) as often:
        limit.count(1, NOON + timedelta(seconds=20))
    assert often.value.seconds == 40
    limit.count(2, NOON)
    limit.count(1, NOON + timedelta(minutes=1))


def test_the_command_makes_lists_and_ends_tokens(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = deployed(monkeypatch, tmp_path)
    secret = done("access", "token", "make", "统计局接口", "--by", "Li").strip()
    assert secret.startswith("mubiao_")
    [listed] = json.loads(done("access", "token", "list", "--json"))
    assert (listed["name"], listed["owner"], listed["ended"]) == ("统计局接口", None, None)
    assert "Beijing government work report 2020  Li  good until" in done("access", "token", "list")
    assert "no token no. 9" in fails(1, "access", "token", "end", "9", "--by", "Li")
    assert "--by NAME is missing" in fails(2, "access", "token", "end", "1")
    assert "has ended" in done("access", "token", "end", "1", "--by", "Li")
    store = open_store(url)  # a unit that the plan names no more is called by its id
    store.make_token("beijing-2020", "gone", "b", Act(named("Li"), NOON), expires=DAY)
    store.close()
    listed = done("access", "token", "list")
    assert "ended by Li" in listed
    assert " · gone  Li  expired on" in listed
    assert secret.encode() not in Path(url.removeprefix("sqlite:///")).read_bytes()
