"""Signing in and out against a provider, and behind a proxy, in a real browser."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from mubiao import clock
from mubiao.access import Access, Role
from mubiao.model import Act, Actor
from mubiao.store import open_store
from tests.browser.provider import Provider, provider
from tests.browser.server import Deployment, serve
from tests.browser.test_door import ask
from tests.browser.visit import PATIENCE, Seen, Visitor, watched

CLOSED = {"MUBIAO_READING_NEEDS_SIGN_IN": "yes"}
NOT_IN = "Sign in to read"
ROOT = Actor("os:root", "root")
OVER = "Your sign-in is over"
Start = Callable[..., Deployment]


@pytest.fixture(scope="module")
def idp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """The provider of these tests."""
    with provider(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture(scope="module")
def opened(idp: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A server that anybody reads, and where a sign-in lasts two hours."""
    folder = tmp_path_factory.mktemp("opened")
    with serve(folder, {**idp.environment, "MUBIAO_SESSION_HOURS": "2"}) as running:
        yield Deployment(running)


def hold(seen: Seen, name: str) -> None:
    """Hold a meeting of this name on the page that is open."""
    seen.fill(seen.page.get_by_label("Name of the meeting"), name)
    seen.page.get_by_role("button", name="Hold, as of").click()
    seen.settle()


def meetings(at: Deployment) -> list[tuple[str, str]]:
    """The meetings held, and by whom."""
    return [(meeting.name, meeting.held_by) for meeting in at.store.meetings(at.plan)]


def test_from_a_deep_link_one_signs_in_lands_there_and_reads_until_it_is_ended(
    server: Start, open_page: Visitor, idp: Provider
) -> None:
    at = server(**idp.environment, **CLOSED, MUBIAO_ADMINISTRATOR=ROOT.id)
    store = open_store(at.server.database, access=Access((ROOT.id,)))
    query = {"target": "cpi", "as_of": "2020-07-31"}
    seen = open_page("/target", at=at, lang="en", **query)
    page, heading = seen.page, seen.page.get_by_role("heading", level=1)
    expect(page.get_by_text(NOT_IN)).to_be_visible()
    expect(page.locator(".mb-frame > *")).to_have_count(0)
    # Who reads nothing finds nothing.
    assert ask(at.server.port, "/find?q=cpi&code=en", ("Host", "localhost"))[2] == "[]"
    idp.choose(seen, "wang")
    expect(page.get_by_text(idp.actor("wang"))).to_be_visible()  # for who gives roles
    place = urlsplit(page.url)
    assert place.path == "/target"
    assert {**query, "lang": "en"}.items() <= dict(parse_qsl(place.query)).items()
    [somebody] = store.last_sign_ins()
    wang = Actor(somebody.actor, somebody.name)
    assert wang == Actor(idp.actor("wang"), "王芳")
    store.grant(wang, Role.READER, act=Act(ROOT, clock.now()), reason="reads")
    seen.again()
    expect(heading).to_contain_text("Consumer")
    cookies = {one["name"]: one for one in page.context.cookies()}
    assert "mubiao_return" not in cookies
    assert cookies["_streamlit_user"]["httpOnly"]
    assert cookies["_streamlit_user"]["sameSite"] == "Lax"

    stolen = page.context.cookies()
    idp.sign_out(seen)
    expect(page.get_by_text(NOT_IN)).to_be_visible()
    # Whoever has kept the cookie is refused.
    thief = open_page("/", at=at, lang="en")
    thief.page.context.add_cookies(stolen)
    thief.again()
    expect(thief.page.get_by_text(OVER)).to_be_visible()
    # Signing in anew is a new sign-in, until an administrator ends it.
    idp.sign_in(seen)
    expect(page.locator(".mb-headline").first).to_be_visible()
    store.end_sign_ins(wang.id, Act(ROOT, clock.now()), reason="left")
    expect(page.get_by_text(OVER)).to_be_visible(timeout=PATIENCE)  # without a touch
    expect(page.locator(".mb-headline")).to_have_count(0)
    expect(page.locator(".mb-frame")).to_be_hidden()
    store.close()


def test_after_signing_out_in_one_tab_another_saves_nothing(
    opened: Deployment, open_page: Visitor, idp: Provider
) -> None:
    at = opened
    mine = open_page("/meeting", at=at, lang="en")
    expect(mine.page.get_by_text("Sign in first").first).to_be_visible()
    expect(mine.page.get_by_label("Name of the meeting")).to_have_count(0)
    idp.sign_in(mine)
    hold(mine, "Mine")
    assert meetings(at) == [("Mine", "王芳")]
    other = watched(mine.page.context.new_page(), "")
    other.page.goto(f"{at.address}/meeting?lang=en")
    other.settle()
    idp.sign_out(mine)
    hold(other, "Not any more")
    expect(other.page.get_by_text(OVER).first).to_be_visible()
    assert meetings(at) == [("Mine", "王芳")]
    other.page.close()


def test_a_refused_or_old_sign_in_is_logged_and_said(
    opened: Deployment, open_page: Visitor, idp: Provider
) -> None:
    seen = open_page("/history", at=opened, lang="en")
    idp.choose(seen, "Deny")
    expect(seen.page.get_by_text("did not succeed")).to_be_visible()
    assert urlsplit(seen.page.url).path == "/history"
    assert "sign-in failed: access_denied" in opened.server.output
    assert "actor=- action=sign_in outcome=refused" in opened.server.output
    idp.choose(seen, "li")
    expect(seen.page.get_by_text("it lasts 2 hours")).to_be_visible()
    assert "max_age=7200" in (idp.secrets.parent / "provider.log").read_text()


def test_whom_a_proxy_names_records_under_that_name(server: Start, open_page: Visitor) -> None:
    settings = {"MUBIAO_IDENTITY": "proxy", "MUBIAO_PROXY_ID_HEADER": "X-User"}
    settings |= {"MUBIAO_PROXY_NAME_HEADER": "X-Name", "FORWARDED_ALLOW_IPS": ""}
    near = server(**settings, **CLOSED, MUBIAO_PROXY_ADDRESSES="127.0.0.0/8, ::1")
    seen = open_page("/meeting", at=near, lang="en")
    expect(seen.page.get_by_text("Nobody is signed in")).to_be_visible()
    named = {"X-User": "wang", "X-Name": "UTF-8''%E7%8E%8B%E8%8A%B3"}
    seen.page.set_extra_http_headers(named)
    seen.again()
    expect(seen.page.locator(".mb-reader")).to_contain_text("王芳")
    hold(seen, "Behind the proxy")
    assert meetings(near) == [("Behind the proxy", "王芳")]
    assert [one.actor for one in near.store.last_sign_ins()] == ["proxy:wang"]
