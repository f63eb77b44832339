"""Pages where a proxy says who reads: who is recorded, what a name in a field no longer does, and
what ends.
"""

from datetime import timedelta

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitHeaders

from mubiao import clock
from mubiao.access import Access, Role, Scope
from mubiao.model import Act, Actor
from mubiao.store import Store, open_store
from tests.pages.rooms import PLAN
from tests.pages.seen import opened, visits_from

ADA, EVE = Actor("proxy:ada", "艾达"), Actor("proxy:eve", "eve")


@pytest.fixture
def behind_proxy(database: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A deployment behind a proxy, of which Ada is the administrator; the record by her rights."""
    store.close()
    for name, value in {
        "IDENTITY": "proxy",
        "PROXY_ADDRESSES": "10.0.0.5",
        "PROXY_ID_HEADER": "X-User",
        "PROXY_NAME_HEADER": "X-Name",
        "READING_NEEDS_SIGN_IN": "yes",
        "ADMINISTRATOR": ADA.id,
    }.items():
        monkeypatch.setenv(f"MUBIAO_{name}", value)
    visits_from("a", monkeypatch, mubiao_name="Somebody")
    ruled = open_store(database, access=Access((ADA.id,)))
    ruled.grant(ADA, Role.CURATOR, act=Act(ADA, clock.now()), reason="holds meetings")
    return ruled


def comes(monkeypatch: pytest.MonkeyPatch, **headers: str) -> None:
    """Have all pages that are run from now on be asked for with these headers by the proxy."""
    given = StreamlitHeaders([(f"X-{name.title()}", text) for name, text in headers.items()])
    monkeypatch.setattr(ContextProxy, "headers", given)


def test_whom_the_proxy_names_is_recorded_and_nobody_else_reads(
    behind_proxy: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for headers, expected in (({}, "Nobody is signed in"), ({"user": "eve"}, "proxy:eve")):
        comes(monkeypatch, **headers)
        shown = opened("meeting")
        assert expected in shown.text
        assert "Hold a meeting" not in shown.text
    comes(monkeypatch, user="ada", name="%E8%89%BE%E8%BE%BE")
    assert "Recorded as 艾达" in opened("record").text
    page = opened("access")
    assert "proxy:eve" in page.text
    page.fill(**{"end-sign-ins-row": EVE.id, "end-sign-ins-why": "left"})
    page.press("end-sign-ins-now")
    assert f"All sign-ins of {EVE.id} are ended" in page.said
    assert [one.is_over for one in behind_proxy.last_sign_ins()] == [True, False]


def test_a_window_whose_sign_in_was_ended_saves_and_then_shows_nothing(
    behind_proxy: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes(monkeypatch, user="ada", name="%E8%89%BE%E8%BE%BE")
    page = opened("meeting")
    page.put("meeting-name", "July")
    behind_proxy.end_sign_ins(ADA.id, Act(ADA, clock.now()), reason="")
    page.press("hold-meeting")
    assert behind_proxy.meetings(PLAN) == []
    assert "Your sign-in is over" in page.text
    assert "Hold a meeting" not in page.text
    assert "Hold a meeting" not in page.run().text  # the same window
    assert "Hold a meeting" in opened("meeting").text  # for whom the proxy vouches again


@pytest.mark.parametrize("moved", ["somebody else", "nobody", "hours"])
def test_a_window_is_its_opener_s_alone_and_for_as_long_as_a_sign_in_lasts(
    moved: str, behind_proxy: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes(monkeypatch, user="ada", name="%E8%89%BE%E8%BE%BE")
    page = opened("meeting")
    page.put("meeting-name", "July")
    if moved == "hours":
        later = clock.now() + timedelta(hours=13)
        monkeypatch.setattr(clock, "now", lambda: later)
    else:  # the connection was lost, and came back with other headers
        comes(monkeypatch, **({"user": "eve"} if moved == "somebody else" else {}))
    page.press("hold-meeting")
    assert behind_proxy.meetings(PLAN) == []
    assert "Load the page again." in page.text
    assert "Hold a meeting" not in page.text


def test_who_may_read_one_plan_reads_no_other(
    behind_proxy: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = Act(ADA, clock.now())
    behind_proxy.grant(EVE, Role.READER, Scope("another"), act=act, reason="r")
    comes(monkeypatch, user="eve")
    for name in ("overview", "target", "history", "years", "present"):
        shown = opened(name, **({"target": "cpi"} if name == "target" else {}))
        assert "may not read what is published here" in shown.text + shown.said
        assert not shown.having("mb-status")
    behind_proxy.grant(EVE, Role.READER, Scope(PLAN), act=act, reason="r")
    shown = opened("overview")
    assert "may not read" not in shown.text + shown.said
    assert shown.having("mb-status")


@pytest.mark.usefixtures("behind_proxy")
def test_nobody_in_particular_is_offered_what_records_also_without_roles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MUBIAO_ADMINISTRATOR", "")
    monkeypatch.setenv("MUBIAO_READING_NEEDS_SIGN_IN", "no")
    comes(monkeypatch)
    for view in ("approval", "month", "files", "one"):
        shown = opened("record", view=view, target="cpi")
        assert "Sign in first." in shown.text
        assert not shown.at.data_editor
    assert "Hold a meeting" not in opened("meeting").text
