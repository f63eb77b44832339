"""The web door at the socket, and what a browser makes of it."""

import http.client
import http.server
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import JULY, ROOT, Deployment, serve
from tests.browser.visit import Visitor, Windows

UPGRADE = (
    ("Upgrade", "websocket"),
    ("Connection", "Upgrade"),
    ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ("Sec-WebSocket-Version", "13"),
    ("Sec-WebSocket-Protocol", "streamlit"),
)
STREAM = "/_stcore/stream"
HEADERS = {
    *("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"),
    *("cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy"),
}
# Every attempt to resolve a name or to connect, by the interpreter's own account.
HOOK = """
import os, sys
def hook(event, args):
    if event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.connect", "socket.sendto"}:
        with open(os.environ["ATTEMPTS"], "a") as file:
            file.write(f"{event} {args[0] if event.startswith('socket.get') else args[1]}\\n")
sys.addaudithook(hook)
"""

Answer = tuple[int, dict[str, str], str]


def ask(port: int, path: str, *headers: tuple[str, str], method: str = "GET") -> Answer:
    """What the server answers to exactly these headers, a Host only if it is among them."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    body = "" if response.status == http.client.SWITCHING_PROTOCOLS else response.read().decode()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body


@pytest.fixture
def port(july: Deployment) -> int:
    return july.server.port


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST", "127.0.0.1", "127.0.0.2", "[::1]"])
def test_the_server_answers_to_its_own_names_without_any_origin(port: int, name: str) -> None:
    # As curl asks; and through a tunnel, whose port is another.
    for host in (f"{name}:{port}", name, f"{name}:9000"):
        assert ask(port, "/", ("Host", host))[0] == 200
        assert ask(port, STREAM, ("Host", host), *UPGRADE)[0] == 101


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [""],
        ["evil.example"],
        ["evil.example:{port}"],
        ["localhost.evil.example:{port}"],
        ["localhost@evil.example"],
        ["localhost:{port}/"],
        ["localhost:port"],
        ["0.0.0.0:{port}"],
        ["169.254.1.1:{port}"],
        ["localhost:{port}", "evil.example"],
        ["localhost:{port}", "localhost:{port}"],
    ],
)
def test_any_other_host_is_misdirected(port: int, hosts: list[str]) -> None:
    headers = [("Host", host.format(port=port)) for host in hosts]
    for more in ((), UPGRADE, (("X-Forwarded-Host", f"localhost:{port}"),)):
        for path in ("/", STREAM, "/_stcore/health"):
            status, _, body = ask(port, path, *headers, *more)
            # Two hosts in one request are refused by the HTTP library where it looks for that.
            assert status in {400, 421}
            assert "mubiao" not in body.lower() or "MUBIAO_HOSTS" in body


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://localhost.evil.example:{port}",
        "http://localhost:{other}",
        "http://localhost",
        "http://127.0.0.1:{port}",
        "http://localhost:{port}/",
        "http://localhost:{port}@evil.example",
        "ftp://localhost:{port}",
        "localhost:{port}",
        "null",
        "",
    ],
)
def test_a_page_of_any_other_origin_is_refused(port: int, origin: str) -> None:
    sent = ("Origin", origin.format(port=port, other=port + 1))
    own = ("Host", f"localhost:{port}")
    assert ask(port, STREAM, own, sent, *UPGRADE)[0] == 403
    assert ask(port, "/", own, sent)[0] == 403
    upload = "/_stcore/upload_file/session/file"
    for method in ("OPTIONS", "PUT", "DELETE"):
        assert ask(port, upload, own, sent, method=method)[0] == 403
    # Nor does a right one beside it help.
    both = (sent, ("Origin", f"http://localhost:{port}"))
    assert ask(port, "/", own, *both)[0] == 403
    assert ask(port, STREAM, own, *both, *UPGRADE)[0] in {400, 403}


def test_a_page_of_our_own_is_let_in_whatever_a_proxy_says_of_itself(port: int) -> None:
    own = [("Host", f"localhost:{port}"), ("Origin", f"http://localhost:{port}")]
    foreign = ("X-Forwarded-Host", "evil.example")
    assert ask(port, STREAM, *own, foreign, *UPGRADE)[0] == 101
    assert ask(port, "/", *own, foreign)[0] == 200
    # Behind a proxy with TLS on this machine a page without it is another origin.
    secure = ("X-Forwarded-Proto", "https")
    assert ask(port, STREAM, *own, secure, *UPGRADE)[0] == 403


def test_every_answer_carries_the_headers(port: int) -> None:
    own, foreign = ("Host", f"localhost:{port}"), ("Origin", "http://evil.example")
    paths = ("/", "/record", "/static/none.js", "/media/none", "/component/none/x", STREAM)
    answers = [ask(port, path, own) for path in paths]
    answers += [ask(port, "/"), ask(port, "/", own, foreign)]
    answers += [ask(port, path, own, *UPGRADE) for path in ("/static/none.js", "/record")]
    answers.append(ask(port, STREAM, own, foreign, *UPGRADE))
    assert [HEADERS - headers.keys() for _, headers, _ in answers] == [set()] * len(answers)
    policy = answers[0][1]["content-security-policy"]
    for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy
    assert "'unsafe-eval'" not in policy
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "https:" not in policy.replace(f"wss://localhost:{port}", "")


def test_what_pages_do_not_need_is_closed(port: int) -> None:
    own = ("Host", f"localhost:{port}")
    for path in ("metrics", "metrics/", "script-health-check", "agent/interact", "agent/mcp"):
        status, _, body = ask(port, f"/_stcore/{path}", own)
        assert status != 200 or "<!DOCTYPE html>" in body, path
        assert "# TYPE" not in body


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file in which a public server writes down each name and address that it asks for."""
    return tmp_path_factory.mktemp("public") / "attempts"


@pytest.fixture(scope="module")
def proxy() -> Iterator[socket.socket]:
    """The proxy that the machine names for what goes out."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture(scope="module")
def public(attempts: Path, proxy: socket.socket) -> Iterator[Deployment]:
    """A server with public names and open metrics."""
    folder = attempts.parent
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    environment = dict.fromkeys((*names, *map(str.lower, names)), proxied(proxy))
    environment |= {"PYTHONPATH": str(folder), "ATTEMPTS": str(attempts), "MUBIAO_TODAY": JULY}
    environment |= {"MUBIAO_METRICS": "yes", "MUBIAO_HOSTS": "Plans.example, 192.0.2.7"}
    with serve(folder / "server", environment) as running:
        yield Deployment(running)


def proxied(proxy: socket.socket) -> str:
    """Where the proxy is."""
    return f"http://127.0.0.1:{proxy.getsockname()[1]}"


def test_a_deployment_opens_the_metrics_and_names_its_public_host(public: Deployment) -> None:
    port = public.server.port
    assert "# TYPE" in ask(port, "/_stcore/metrics", ("Host", "localhost"))[2]
    host = ("Host", "plans.example")
    assert ask(port, STREAM, host, ("Origin", "https://plans.example"), *UPGRADE)[0] == 101
    assert ask(port, STREAM, host, ("Origin", "https://evil.example"), *UPGRADE)[0] == 403
    assert ask(port, "/", ("Host", "192.0.2.7:8443"))[0] == 200
    assert ask(port, "/", ("Host", "other.example"))[0] == 421


def test_without_a_sign_in_the_server_listens_to_this_machine_only(tmp_path: Path) -> None:
    address = "0.0.0.0"  # noqa: S104 - it must be refused
    record = {"MUBIAO_DATABASE": f"sqlite:///{tmp_path}/mubiao.sqlite", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port=0"]
    options = ["--server.headless=true", f"--server.address={address}"]
    ended = subprocess.run(
        command + options, cwd=ROOT, env=record, capture_output=True, timeout=90, check=False
    )
    assert ended.returncode != 0
    assert f"listen on {address}" in ended.stderr.decode()
    assert "MUBIAO_ANYONE_MAY_RECORD=yes" in ended.stderr.decode()
    assert not (tmp_path / "mubiao.sqlite").exists()


# In a browser


class Foreign(http.server.BaseHTTPRequestHandler):
    """A page of another site that frames ours, whose address is in its query."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<iframe src="{unquote(self.path.partition("?")[2])}">'.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_page_of_another_site_can_neither_frame_ours_nor_talk_to_it(
    browser: Browser, july: Deployment
) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Foreign) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        window = browser.new_page()
        for page in ("", "record"):
            address = quote(f"{july.address}/{page}")
            window.goto(f"http://localhost:{other.server_port}/?{address}")
            framed = window.frames[1]
            assert framed.locator("#root").count() == 0
            assert not framed.url.startswith(july.address)
        talk = """stream => new Promise(resolve => {
          const socket = new WebSocket(stream, ["streamlit"]);
          socket.onopen = () => resolve("open");
          socket.onerror = () => resolve("refused");
        })"""
        stream = july.address.replace("http", "ws") + STREAM
        assert window.evaluate(talk, stream) == "refused"
        window.close()
        other.shutdown()


PAGES = (
    ("/", {}, ".js-plotly-plot .main-svg"),
    ("/target", {"target": "gdp-growth"}, ".js-plotly-plot .main-svg"),
    ("/record", {"view": "month", "tab": "all"}, "canvas"),
    ("/record", {"view": "files"}, "h1"),
    ("/meeting", {}, "h1"),
    ("/present", {"slide": "t-gdp-growth"}, ".mb-keys"),
    ("/history", {}, "h1"),
    ("/sources", {}, "h1"),
)


def test_the_policy_forbids_nothing_that_a_page_needs_and_no_host_is_called(
    browser: Browser, public: Deployment, attempts: Path, proxy: socket.socket
) -> None:
    """With a resolver that writes down each name and address, and a proxy each connection.

    Streamlit asks an outside host where a page of another origin comes, and answers nobody then.
    """
    stream = ("Host", "plans.example"), ("Origin", "https://evil.example")
    assert ask(public.server.port, STREAM, *stream, *UPGRADE)[0] == 403
    visitor = Visitor(Windows(browser))
    by = {"server": proxied(proxy), "bypass": "localhost"}
    seen = visitor.window(proxy=by, locale="en-GB")
    seen.page.goto(public.address)
    seen.settle()
    for path, query, drawn in PAGES:
        seen.visit(path, lang="en", **query)
        expect(seen.page.locator(drawn).first).to_be_attached()
    visitor.leave()
    proxy.settimeout(0)
    with pytest.raises(BlockingIOError):
        proxy.accept()
    local = ("127.0.0.1", "::1", "localhost", "None")
    lines = attempts.read_text(encoding="utf-8").splitlines() if attempts.exists() else []
    assert [line for line in lines if not any(name in line for name in local)] == []
