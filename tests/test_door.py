"""The web door by itself, asked as servers ask it: whom it lets in, and what its answers carry."""

import logging
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from mubiao.identity import identity_settings
from mubiao.problems import Refused
from mubiao.settings import Settings
from mubiao.ui.shell.door import Door, middleware, refuse_exposure
from mubiao.ui.shell.sign_in import Completion
from tests.awaited import awaited

HEADERS = {
    *("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"),
    *("cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy"),
}
HERE = ("127.0.0.1", 8501)


@dataclass
class Page:
    """What stands behind the door: it remembers what it was asked, and may fail."""

    fails: bool = False
    hosts: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or fail."""
        self.hosts += [value.decode() for name, value in scope["headers"] if name == b"host"]
        if self.fails:
            raise LookupError
        await PlainTextResponse("page")(scope, receive, send)


async def page_with_cookie(scope: Scope, receive: Receive, send: Send) -> None:
    """Streamlit's cookies do not say by which way they go."""
    await PlainTextResponse("page", headers={"Set-Cookie": "a=b"})(scope, receive, send)


def ask(door: ASGIApp, server: object, host: str, *origins: str) -> tuple[int, set[str]]:
    """The status and the names of the headers that the door answers with."""
    answers: list[Message] = []

    async def send(message: Message) -> None:
        answers.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    named = [(b"host", host), *((b"origin", origin) for origin in origins)]
    headers = [(name, value.encode()) for name, value in named]
    scope: Scope = {"type": "http", "scheme": "http", "path": "/", "method": "GET"}
    scope |= {"headers": headers, "server": server, "query_string": b""}
    try:
        awaited(door(scope, receive, send))
    except LookupError:
        """Handed on, for the server's log."""
    return answers[0]["status"], {name.decode() for name, _ in answers[0]["headers"]}


def door(page: Page | None = None, *, anyone: bool = False) -> Door:
    settings = Settings(hosts=("plans.example",), anyone_may_record=anyone)
    return Door(page or Page(), settings)


@pytest.mark.parametrize(
    "server",
    [
        HERE,
        ("127.0.0.2", 80),
        ("::1", 8501),
        ("::ffff:127.0.0.1", 8501),
        ("localhost", 8501),
        ("/run/mubiao.sock", None),
        None,
    ],
)
def test_what_comes_in_from_this_machine_is_answered(server: object) -> None:
    assert ask(door(), server, "localhost:8501")[0] == 200


@pytest.mark.parametrize(
    "address",
    ["192.0.2.7", "10.0.0.5", "0.0.0.0", "::", "fe80::1%eth0", "::ffff:192.0.2.7", "plans.example"],  # noqa: S104 - refused
)
@pytest.mark.parametrize("host", ["localhost", "plans.example", "evil.example", ""])
def test_however_the_server_was_started_other_machines_do_not_reach_it(
    address: str, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    closed, page = door(), Page()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            status, headers = ask(closed, (address, 8501), host)
            assert (status, HEADERS - headers) == (403, set())
    # Once, as it would fill the log else.
    [line] = caplog.messages
    assert f"listen on {address}" in line
    assert "MUBIAO_ANYONE_MAY_RECORD=yes" in line
    assert ask(door(page, anyone=True), (address, 8501), "plans.example")[0] == 200
    assert page.hosts == ["plans.example"]


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("plans.example", "https://plans.example"),
        ("plans.example:443", "https://plans.example"),
        ("plans.example", "https://plans.example:443"),
        ("Plans.Example:443", "https://plans.example"),
        ("plans.example:80", "http://plans.example"),
        ("plans.example:8443", "https://plans.example:8443"),
        ("[::1]:443", "https://[::1]"),
    ],
)
def test_a_default_port_need_not_be_written(host: str, origin: str) -> None:
    page = Page()
    assert ask(door(page), HERE, host, origin)[0] == 200
    # Streamlit compares the two as texts, and asks an outside host where they differ.
    assert page.hosts == [origin.partition("://")[2]]


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("plans.example:443", "http://plans.example"),
        ("plans.example:80", "https://plans.example"),
        ("plans.example:8443", "https://plans.example"),
        ("plans.example", "https://plans.example:8443"),
        ("plans.example:443", "https://plans.example:44300"),
        ("plans.example:443", "https://evil.example"),
        ("plans.example:443", "https://plans.example.evil.example"),
        ("plans.example:443", "wss://plans.example"),
        ("plans.example:443", "https://plans.example/"),
        ("plans.example:443", "https://plans.example:"),
        ("plans.example:443", "https://plans.example:４４３"),
        ("plans.example:443", "https://plans.example@plans.example"),
        ("plans.example:443", "null"),
        ("plans.example:443", ""),
    ],
)
def test_every_other_difference_is_another_origin(host: str, origin: str) -> None:
    page = Page()
    assert ask(door(page), HERE, host, origin)[0] == 403
    assert ask(door(page), HERE, host, f"https://{host}", origin)[0] == 403
    assert page.hosts == []


def test_the_answer_to_a_failure_has_the_headers_too() -> None:
    status, headers = ask(door(Page(fails=True)), HERE, "localhost")
    assert (status, HEADERS - headers) == (500, set())


def test_cookies_go_by_https_alone_where_browsers_came_by_it() -> None:
    identity = identity_settings(
        {
            "MUBIAO_IDENTITY": "proxy",
            "MUBIAO_PROXY_ADDRESSES": "192.0.2.7",
            "MUBIAO_PROXY_ID_HEADER": "X-User",
        }
    )

    def cookies(scheme: str, peer: str, said: str, *, tls: bool = False) -> list[bool]:
        answers: list[Message] = []

        async def send(message: Message) -> None:
            answers.append(message)

        async def receive() -> Message:
            return {"type": "http.request"}

        headers = [(b"host", b"localhost"), (b"accept", b"text/html")]
        headers.append((b"x-forwarded-proto", said.encode()))
        scope: Scope = {"type": "http", "scheme": scheme, "path": "/", "method": "GET"}
        scope |= {"headers": headers, "server": HERE, "client": (peer, 1), "query_string": b""}
        awaited(
            Door(page_with_cookie, Settings(identity=identity), is_behind_tls=tls)(
                scope, receive, send
            )
        )
        given = [value for name, value in answers[0]["headers"] if name == b"set-cookie"]
        return [value.endswith(b"; Secure") for value in given]

    assert cookies("http", "192.0.2.7", "http") == [False, False]
    assert cookies("http", "127.0.0.1", "https") == [False, False]  # anybody can say so
    assert cookies("http", "192.0.2.7", "https") == [True, True]
    assert cookies("https", "127.0.0.1", "") == [True, True]
    assert cookies("http", "127.0.0.1", "", tls=True) == [True, True]


def test_a_sign_in_without_roles_is_told_to_whoever_starts_the_server(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    proxy = {"PROXY_ADDRESSES": "10.0.0.5", "PROXY_ID_HEADER": "X-User"}
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "")
    for name, text in proxy.items():
        monkeypatch.setenv(f"MUBIAO_{name}", text)
    for kind, administrator, warns in (
        *(("none", "", False), ("none", "os:li", False)),
        *(("proxy", "", True), ("proxy", "proxy:li", False)),
    ):
        monkeypatch.setenv("MUBIAO_IDENTITY", kind)
        monkeypatch.setenv("MUBIAO_ADMINISTRATOR", administrator)
        caplog.clear()
        middleware()
        assert ("whoever signs in may record" in caplog.text) is warns


@pytest.mark.parametrize(
    ("kept", "place"),
    [
        ("/target?target=cpi&lang=en", "/target?target=cpi&lang=en"),
        *(
            (kept, "/")
            for kept in (
                *(
                    "",
                    "//evil.example",
                    "/\\evil.example",
                    "\\\\evil.example",
                    "https://evil.example",
                ),
                *(
                    "javascript:alert(1)",
                    "/\t/evil.example",
                    " //evil.example",
                    "/a\r\nSet-Cookie: b",
                ),
                *("evil.example", "/" + "a" * 4000),
            )
        ),
    ],
)
def test_after_signing_in_one_lands_on_a_page_of_this_server(kept: str, place: str) -> None:
    async def signed_in(scope: Scope, receive: Receive, send: Send) -> None:
        user = {"location": "/", "set-cookie": f"{USER_COOKIE_NAME}=x"}
        await PlainTextResponse("", 302, user)(scope, receive, send)

    browser = TestClient(Completion(signed_in, identity_settings({})), follow_redirects=False)
    cookie = {"Cookie": f"mubiao_return={quote(kept)}"}
    assert browser.get("/oauth2callback?state=x", headers=cookie).headers["location"] == place


def test_only_the_proxy_says_who_somebody_is(caplog: pytest.LogCaptureFixture) -> None:
    named = {"MUBIAO_IDENTITY": "proxy", "MUBIAO_PROXY_ID_HEADER": "X-User"}
    identity = identity_settings({**named, "MUBIAO_PROXY_ADDRESSES": "192.0.2.7"})
    closed = Door(Page(), Settings(identity=identity))
    user = {"Host": "localhost", "X-User": "wang"}
    lie = {**user, "X-Forwarded-For": "192.0.2.7"}

    def by(peer: str) -> TestClient:
        return TestClient(closed, "http://localhost", client=(peer, 1))

    assert by("192.0.2.7").get("/", headers=user).status_code == 200
    for headers in (user, lie):
        answer = by("127.0.0.1").get("/", headers=headers)
        assert (answer.status_code, "only its proxy" in answer.text) == (403, True)
        stream = by("127.0.0.1").websocket_connect("/_stcore/stream", headers=headers)
        with pytest.raises(WebSocketDenialResponse) as refused, stream:
            """Refused before the handshake."""
        assert refused.value.status_code == 403
    assert "127.0.0.1 is not the proxy" in caplog.text
    for bad in (b"W\xe4ng", b"two words", b""):
        assert by("192.0.2.7").get("/", headers={**user, "X-User": bad}).status_code == 400


def test_a_server_that_others_reach_needs_a_sign_in_or_a_setting() -> None:
    anyone = Settings(anyone_may_record=True)
    for address in ("0.0.0.0", "::", None, "10.0.0.5"):  # noqa: S104 - refused
        with pytest.raises(Refused, match="listen on"):
            refuse_exposure(address, Settings())
        refuse_exposure(address, anyone)
    for address in ("localhost", "127.0.0.1", "::1"):
        refuse_exposure(address, Settings())
