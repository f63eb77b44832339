"""What a role shows and may do on pages: on a deep link of a fresh server, on a walk, and in a page
that is open while the role is revoked.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from os import environ
from pathlib import Path

import pytest

from mubiao.access import EVERYWHERE, Access, Action, Role, Scope
from mubiao.model import Act, Remark
from mubiao.period import Period
from mubiao.store import Store, open_store
from mubiao.ui.shell import person
from tests.actors import named, signed_in
from tests.acts import add_row
from tests.assigned import assigned_plan
from tests.pages.rooms import PLAN, held
from tests.pages.seen import Shown, opened, visits_from, walked
from tests.real import real_actuals
from tests.test_access import CELLS, contents

ADA, EVE = named("Ada"), named("Eve")
AT = datetime(2021, 4, 20, 8, 15, tzinfo=UTC)
DAY = date(2021, 4, 20)
# What is on a page for whom: its page with the address, and the key of the widget.
CONTROLS: dict[str, tuple[Action, str, dict[str, str], str]] = {
    "entry": (Action.RECORD, "record", {"view": "one", "target": "gdp-growth"}, "entry-save"),
    "withdraw": (
        *(Action.RECORD, "record", {"view": "one", "target": "gdp-growth"}),
        "ask-withdraw-",
    ),
    "month": (Action.RECORD, "record", {}, "month-source-"),
    "undo": (Action.UNDO, "history", {}, "undo-"),
    "remark": (Action.REMARK, "target", {"target": "gdp-growth"}, "remark-save"),
    "take back": (Action.REMARK, "target", {"target": "gdp-growth"}, "take-back-"),
    "hold": (Action.KEEP_MEETINGS, "meeting", {}, "hold-meeting"),
    "drop": (Action.KEEP_MEETINGS, "meeting", {}, "drop-now-"),
    "put back": (Action.KEEP_MEETINGS, "meeting", {}, "put-back-"),
    "agenda": (Action.KEEP_MEETINGS, "meeting", {"meeting": "1"}, "agenda-keep"),
    "grant": (Action.GRANT, "access", {}, "grant-now"),
    "revoke": (Action.REVOKE, "access", {}, "revoke-now"),
    "token": (Action.MAKE_TOKENS, "access", {}, "token-now"),
    "end token": (Action.END_TOKENS, "access", {}, "end-token-now"),
    "lock": (Action.LOCK, "history", {}, "lock-now"),
    "reopen": (Action.REOPEN, "history", {}, "lock-open"),
    "assign": (Action.ASSIGN, "target", {"target": "gdp-growth"}, "assign-now"),
}


@pytest.fixture
def ruled(store: Store, database: str, monkeypatch: pytest.MonkeyPatch, assigned: None) -> Store:
    """A record in which roles are in force, and Eve's browser; a save, a remark and two meetings
    of hers.
    """
    del assigned
    add_row(store, PLAN, real_actuals()[0], EVE.name, AT)
    said = Remark("gdp-growth", Period.parse("2020"), "It was hard.", DAY)
    store.remark(PLAN, said, Act(EVE, AT))
    held(store, by="Eve")
    dropped = held(store, "June meeting", date(2020, 6, 30), by="Eve")
    store.drop_meeting(PLAN, dropped.id, Act(EVE, AT), reason="r")
    store.close_periods(PLAN, date(2019, 12, 31), Act(EVE, AT))
    monkeypatch.setenv("MUBIAO_ADMINISTRATOR", ADA.id)
    visits_from("a", monkeypatch, mubiao_name="Eve")
    return open_store(database, access=Access((ADA.id,)))


def give(store: Store, role: Role, scope: Scope = EVERYWHERE) -> int:
    return store.grant(EVE, role, scope, act=Act(ADA, AT), reason="r").row


def with_token(store: Store) -> None:
    store.make_token(PLAN, "", "a system", Act(ADA, AT), expires=date(2031, 1, 1))


def take(store: Store, row: int) -> None:
    store.revoke(row, Act(ADA, AT), reason="left")


def keys(shown: Shown) -> list[str]:
    kinds = ("button", "text_input", "selectbox", "text_area")
    return [one.key or "" for kind in kinds for one in shown.at.get(kind)]


@pytest.mark.parametrize("reach", [opened, walked])
def test_a_page_has_the_controls_of_the_role(reach: Callable[..., Shown], ruled: Store) -> None:
    """Each page is reached without any role, and is open while each is granted and revoked."""
    with_token(ruled)
    places = {(page, tuple(address.items())) for _, page, address, _ in CONTROLS.values()}
    for page, address in places:
        shown = reach(page, **dict(address))
        here = [one for one in CONTROLS.values() if one[1:3] == (page, dict(address))]
        for role in (None, *Role):
            row = give(ruled, role) if role else 0
            drawn = keys(shown.run() if role else shown)
            for action, _, _, key in here:
                is_there = any(one.startswith(key) for one in drawn)
                assert is_there is (role is not None and CELLS[action, role] != "-"), (key, role)
            if row:
                take(ruled, row)


def test_without_a_role_pages_say_why(ruled: Store) -> None:
    del ruled
    for page, what in (("record", "record figures"), ("meeting", "hold and prepare meetings")):
        shown = opened(page)
        assert f"Eve may not {what} here: this needs another role" in shown.text
        assert "(id: typed:eve)" in shown.text
        assert shown.holds("by") == "Eve"  # who has a role gives the name here


def curated(shown: Shown) -> Shown:
    return shown.put("meeting-name-0", "May").press("hold-meeting")


# A page that is open: what is pressed there once the role is gone.
PRESSED: dict[str, tuple[Role, str, dict[str, str], Callable[[Shown], Shown]]] = {
    "hold": (Role.CURATOR, "meeting", {"as_of": "2020-05-31"}, curated),
    "put back": (Role.CURATOR, "meeting", {}, lambda s: s.press("put-back-2")),
    "drop": (
        *(Role.CURATOR, "meeting", {}),
        lambda s: s.put("drop-reason-1", "wrong").press("drop-now-1"),
    ),
    "agenda": (
        *(Role.CURATOR, "meeting", {"meeting": "1"}),
        lambda s: s.press("agenda-keep"),
    ),
    "take back": (
        *(Role.FILER, "target", {"target": "gdp-growth"}),
        lambda s: s.press("take-back-1"),
    ),
    "remark": (
        *(Role.FILER, "target", {"target": "gdp-growth"}),
        lambda s: s.put("remark-text", "so").press("remark-save"),
    ),
    "entry": (
        *(Role.FILER, "record", {"view": "one", "target": "cpi"}),
        lambda s: s.fill(period="2020", value="2.0", known_on=date(2021, 4, 29), source="s").press(
            "entry-save"
        ),
    ),
    "reopen": (
        *(Role.REVIEWER, "history", {}),
        lambda s: s.put("lock-reason", "wrong").press("lock-open"),
    ),
    "assign": (
        *(Role.CURATOR, "target", {"target": "gdp-growth"}),
        lambda s: s.fill(**{"assign-unit": "water", "assign-why": "r"}).press("assign-now"),
    ),
    "revoke": (
        *(Role.ADMINISTRATOR, "access", {}),
        lambda s: s.fill(**{"revoke-row": 1, "revoke-why": "r"}).press("revoke-now"),
    ),
    "make token": (
        *(Role.ADMINISTRATOR, "access", {}),
        lambda s: s.put("token-name", "bureau").press("token-now"),
    ),
    "end token": (
        *(Role.ADMINISTRATOR, "access", {}),
        lambda s: s.put("end-token", 1).press("end-token-now"),
    ),
    "grant": (
        *(Role.ADMINISTRATOR, "access", {}),
        lambda s: s.fill(**{"grant-id": "os:li", "grant-why": "r"}).press("grant-now"),
    ),
}


@pytest.mark.parametrize("what", PRESSED)
def test_an_open_page_writes_nothing_once_the_role_is_revoked(what: str, ruled: Store) -> None:
    role, page, address, press = PRESSED[what]
    with_token(ruled)
    row = give(ruled, role)
    shown = opened(page, **address)
    # What is filled in before runs the page, and takes the control away: so only the last press
    # comes after the revocation.
    real, pressed = Shown.press, []

    def last(self: Shown, key: str) -> Shown:
        take(ruled, row)
        pressed.append(contents(ruled))
        return real(self, key)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Shown, "press", last)
        press(shown)
    assert contents(ruled) == pressed[0], what
    assert "this needs another role" in shown.said + shown.text


def test_undoing_is_refused_once_the_role_is_revoked(ruled: Store) -> None:
    row = give(ruled, Role.FILER)
    [number] = [save.id for save in ruled.saves(PLAN) if save.by == "Eve"]
    shown = opened("history").press(f"undo-{number}")
    take(ruled, row)
    before = contents(ruled)
    shown.press(f"undo-now-{number}")
    assert "Eve may not undo this save here" in shown.said
    assert contents(ruled) == before


def test_a_filer_of_a_unit_sees_and_records_its_targets_alone(ruled: Store) -> None:
    units = {target.id: target.owner for target in assigned_plan().targets}
    own = next(target for target, unit in units.items() if unit == "transport")
    give(ruled, Role.FILER, Scope(PLAN, "transport"))
    assert "entry-save" in keys(opened("record", view="one", target=own))
    other = opened("record", view="one", target="gdp-growth")
    assert "entry-save" not in keys(other)
    assert "this needs another role" in other.text


def test_the_administrator_grants_and_revokes_with_a_reason(
    ruled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits_from("b", monkeypatch, mubiao_name="Ada")
    shown = opened("access")
    assert "You are Ada; your id is typed:ada." in shown.text
    assert "Your roles: administrator · all plans" in shown.text
    shown.fill(**{"grant-id": "typed:eve", "grant-name": "Eve", "grant-role": Role.FILER})
    shown.put("grant-scope", Scope(PLAN, "transport")).press("grant-now")
    assert shown.problems() == ["the reason is missing; say why"]
    shown.put("grant-why", "files for Transport").press("grant-now")
    assert "Granted, no. 1." in shown.said
    [grant] = ruled.grants()
    assert (grant.actor, grant.role, grant.scope) == (EVE.id, Role.FILER, Scope(PLAN, "transport"))
    assert (grant.grantor, grant.reason) == (ADA.id, "files for Transport")
    for text in ("Eve (typed:eve)", "Transport", "files for Transport"):
        assert text in shown.text
    shown.put("revoke-row", 1).press("revoke-now")
    assert shown.problems() == ["the reason is missing; say why"]
    shown.put("revoke-why", "moved on").press("revoke-now")
    assert "Revoked, no. 1." in shown.said
    assert [one.revoked_for for one in ruled.grants()] == ["moved on"]
    assert "moved on" in shown.text


def test_the_administrator_makes_a_token_that_is_shown_once_and_ends_it(
    ruled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits_from("b", monkeypatch, mubiao_name="Ada")
    shown = opened("access").press("token-now")
    assert "the token's name is missing" in shown.problems()[0]
    shown.put("token-name", "<b>bureau</b>").put("token-unit", "transport").press("token-now")
    [secret] = re.findall(r"mubiao_[\w-]{43}", "".join(shown.said))
    token = ruled.token_of(secret)
    assert token is not None
    assert (token.name, token.owner, token.made_by) == ("<b>bureau</b>", "transport", "Ada")
    shown = opened("access")
    assert secret not in shown.text + "".join(shown.said)
    assert "never used" in shown.text
    shown.put("end-token", token.id).press("end-token-now")
    assert f"token no. {token.id} has ended" in shown.said
    assert "ended by Ada" in shown.text


def test_without_the_setting_nothing_is_said_of_roles() -> None:
    shown = opened("access")
    assert "No roles are in force" in shown.text
    assert keys(shown) == []
    links = [link.get("href", "") for link in opened("overview").frame.iter("a")]
    assert not any(link.startswith("access") for link in links)


def test_with_it_the_page_is_in_the_bar(ruled: Store) -> None:
    del ruled
    links = [link.get("href", "") for link in opened("overview").frame.iter("a")]
    assert any(link.startswith("access") for link in links)


@pytest.mark.parametrize("role", [Role.READER, Role.FILER, Role.REVIEWER])
def test_record_has_the_views_of_the_role_where_reports_are_approved(
    role: Role, ruled: Store
) -> None:
    [file] = Path(environ["MUBIAO_PLANS"]).glob("*.yaml")
    file.write_text(file.read_text(encoding="utf-8") + "\napproval: true\n", encoding="utf-8")
    give(ruled, role)
    shown = opened("record")
    offered = [shown.offers(str(group.key)) for group in shown.at.get("button_group")]
    views = {
        Role.FILER: ["This month", "One target", "Files", "Approval"],
        Role.REVIEWER: ["Approval"],
    }
    assert offered[:1] == ([views[role]] if role in views else [])


def test_unsaved_work_of_whoever_signed_in_follows_to_another_browser_and_to_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = {}
    for browser, who in (("a", "wang"), ("b", "wang"), ("a", "li")):
        visits_from(browser, monkeypatch)
        monkeypatch.setattr(person, "actor", partial(signed_in, who))
        shown = opened("record", view="one", target="cpi")
        left[browser, who] = shown.buttons("own-draft")
        if (browser, who) == ("a", "wang"):
            shown.put("value", "2.5")
    assert left == {("a", "wang"): [], ("b", "wang"): ["own-draft"], ("a", "li"): []}
