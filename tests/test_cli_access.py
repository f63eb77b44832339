"""The command line as a door: who it acts as, and what roles let it do."""

import json
import os
import pwd
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mubiao.access import Access, Action, Role
from mubiao.identity import SignIn
from mubiao.model import Act, Actor, Submission
from mubiao.store import open_store
from tests.actors import ADMINISTRATOR, signed_in
from tests.acts import NOON
from tests.assigned import assigned_files
from tests.commands import deployed, done, fails, run, write
from tests.samples import observation
from tests.test_access import CELLS, TARGET, contents

ME = f"os:{pwd.getpwuid(os.getuid()).pw_name}"
FIGURES = "target,period,value,known_on,source\ncpi,2020-H1,5,2020-07-20,a bureau\n"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A fresh deployment in which this user is the first administrator."""
    monkeypatch.setenv("MUBIAO_ADMINISTRATOR", f"oidc:id.example/0 {ME}")
    return deployed(monkeypatch, tmp_path)


def test_an_import_needs_the_role_of_the_operating_systems_user(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path / "f.csv", FIGURES)
    monkeypatch.setenv("LOGNAME", "somebody")  # says nothing of who it is
    assert "may not record figures here" in fails_with(1, "import", file, "--yes")
    grant = ("access", "grant", ME, "filer", "--reason", "r", "--plan", "beijing-2020")
    assert "Granted, no. 1." in done(*grant)
    assert run("import", file, "--yes", "--by", "Li Wei").exit_code == 0
    store = open_store(database)
    made = store.saves("beijing-2020")[0]
    assert (made.actor, made.by) == (ME, "Li Wei")
    store.close()
    done("access", "revoke", "1", "--reason", "left")
    again = write(tmp_path / "g.csv", FIGURES.replace(",5,", ",6,"))
    assert "may not record figures here" in fails_with(1, "import", again, "--yes")


def fails_with(code: int, *args: str | Path) -> str:
    result = run(*args)
    assert result.exit_code == code, result.stdout
    return result.stderr


def test_a_service_account_acts_by_its_own_roles(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del database
    done("access", "grant", "service:nightly", "filer", "--reason", "the nightly import")
    monkeypatch.setenv("MUBIAO_SERVICE_ACCOUNT", "nightly")
    assert run("import", write(tmp_path / "f.csv", FIGURES), "--yes").exit_code == 0
    told = fails(1, "access", "grant", ME, "filer", "--reason", "r")
    assert "nightly may not grant roles here" in told


def test_grants_are_listed_as_json(database: str) -> None:
    del database
    done("access", "grant", "everybody", "reader", "--reason", "all colleagues")
    done(
        *("access", "grant", "oidc:id.example/7", "reviewer", "--name", "王"),
        *("--plan", "beijing-2020", "--section", "2.5", "--reason", "r"),
    )
    done("access", "revoke", "1", "--reason", "no more")
    [standing] = json.loads(done("access", "list", "--json"))
    assert {**standing, "granted_at": ""} == {
        "row": 2,
        "actor": "oidc:id.example/7",
        "name": "王",
        "role": "reviewer",
        "plan": "beijing-2020",
        "owner": "",
        "section": "2.5",
        "reason": "r",
        "granted_by": ME.removeprefix("os:"),
        "grantor": ME,
        "granted_at": "",
        "revoked_by": None,
        "revoked_at": None,
        "revoked_for": None,
    }
    every = json.loads(done("access", "list", "--all", "--json"))
    assert [(one["actor"], one["revoked_for"]) for one in every] == [
        ("*", "no more"),
        ("oidc:id.example/7", None),
    ]
    assert len(done("access", "list", "--all").splitlines()) == 2


@pytest.mark.parametrize(
    ("call", "code", "told"),
    [
        (("grant", "wang", "filer", "--reason", "r"), 1, "“wang” is no id of anybody"),
        (("grant", "os:li", "king", "--reason", "r"), 2, "king"),
        (("grant", "os:li", "filer"), 2, "--reason"),
        (("grant", "os:li", "filer", "--reason", " "), 1, "the reason is missing"),
        (("grant", "os:li", "filer", "--reason", "r", "--plan", "x"), 1, "there is no plan x"),
        (("grant", "os:li", "filer", "--reason", "r", "--owner", "x"), 1, "there is no unit x"),
        (("revoke", "7", "--reason", "r"), 1, "there is no grant no. 7"),
    ],
)
def test_wrong_calls_say_what_is_wrong(
    call: tuple[str, ...], code: int, told: str, database: str
) -> None:
    del database
    assert told in fails(code, "access", *call)
    assert done("access", "list") == ""


def test_without_the_setting_names_are_typed_as_ever(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MUBIAO_ADMINISTRATOR")
    assert "--by NAME is missing" in fails(2, "import", write(tmp_path / "f.csv", FIGURES))
    assert run("import", tmp_path / "f.csv", "--yes", "--by", "Li").exit_code == 0
    store = open_store(database)
    assert store.saves("beijing-2020")[0].actor == "typed:li"
    store.close()
    grant = ("access", "grant", ME, "filer", "--reason", "r")
    assert "MUBIAO_ADMINISTRATOR" in fails(1, *grant, "--by", "Li")


def test_a_setting_that_names_nobody_is_refused(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del database
    monkeypatch.setenv("MUBIAO_ADMINISTRATOR", "Ada")
    assert "MUBIAO_ADMINISTRATOR has Ada" in fails(2, "access", "list")


def test_who_signed_in_is_listed_and_ended_with_a_reason(database: str) -> None:
    store, at = open_store(database), datetime(2020, 7, 31, 9, tzinfo=UTC)
    wang = Actor("oidc:id.example/7", "王芳")
    store.signed_in(SignIn(wang, "key", at, at), at)
    store.close()
    assert done("access", "sign-ins").startswith("oidc:id.example/7\t王芳\t2020-07-31 ")
    assert "has never signed in" in fails(1, "access", "end", "oidc:id.example/8", "--reason", "r")
    assert "All sign-ins of" in done("access", "end", wang.id, "--reason", "left")
    [one] = json.loads(done("access", "sign-ins", "--json"))
    ended = {"actor": wang.id, "name": "王芳", "at": "2020-07-31T09:00:00+00:00", "ended": True}
    assert one == ended


_WHY = ("--reason", "r")
# What the command line writes, by action; each is about something of nobody's own.
_WRITES = {
    Action.RECORD: ("import", "f.csv", "--yes"),
    Action.PUBLISH: ("approval", "1", "--publish", "--yes"),
    Action.RETURN: ("approval", "2", "--return", *_WHY),
    Action.LOCK: ("lock", "--through", "2020-12-31"),
    Action.REOPEN: ("lock", "--open", *_WHY),
    Action.ASSIGN: ("owners", "assign", TARGET, "water", *_WHY),
    Action.MAKE_TOKENS: ("access", "token", "make", "bureau"),
    Action.END_TOKENS: ("access", "token", "end", "1"),
    Action.END_SESSIONS: ("access", "end", "oidc:id.example/wang", *_WHY),
    Action.GRANT: ("access", "grant", "os:li", "reader", *_WHY),
    Action.REVOKE: ("access", "revoke", "1", *_WHY),
}


@pytest.mark.parametrize("role", [*Role, None])
def test_each_command_that_writes_asks_the_table(
    role: Role | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = deployed(monkeypatch, tmp_path)
    plans = assigned_files(tmp_path)
    monkeypatch.setenv("MUBIAO_PLANS", str(plans))
    monkeypatch.setenv("MUBIAO_ADMINISTRATOR", ADMINISTRATOR.id)
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "f.csv", FIGURES)
    store = open_store(url, access=Access((ADMINISTRATOR.id,), plans))
    by = Act(ADMINISTRATOR, NOON)
    store.grant(signed_in("leaver"), Role.READER, reason="r", act=by)
    for given in (Role.REVIEWER, Role.FILER):
        store.grant(ADMINISTRATOR, given, reason="r", act=by)
    for target in ("cpi", "gdp-growth"):
        row = Submission(observation(target, "2020-08", "1.5", "2020-10-20"))
        store.submit("beijing-2020", [row], replace(by, token=target))
    store.signed_in(SignIn(signed_in("wang"), "key", NOON, NOON), NOON)
    store.make_token("beijing-2020", "", "a system", by, expires=date(2031, 1, 1))
    if role:
        store.grant(Actor(ME, "me"), role, reason="r", act=by)
    done("assess")  # which puts the published figures into the record
    for action, call in _WRITES.items():
        if action is Action.REOPEN and not store.lock("beijing-2020"):
            store.close_periods("beijing-2020", date(2020, 12, 31), by)
        before, result = contents(store), run(*call)
        if role and CELLS[action, role] == "any":
            assert (result.exit_code, contents(store) != before) == (0, True), result.stderr
        else:
            assert (result.exit_code, contents(store)) == (1, before), action
            assert "this needs another role" in result.stderr
    store.close()
