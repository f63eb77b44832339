"""The web door: whom the server answers.

It stands before all of Streamlit. A request for another host's name is refused with 421, one by
another site's page with 403, so that no other page, not even of another port of this machine or
by DNS rebinding, reaches Streamlit.
"""

import logging
import re
from collections.abc import Container
from contextlib import nullcontext
from ipaddress import IPv6Address, ip_address
from os import environ

import streamlit as st
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mubiao import journal
from mubiao.identity import IdentityKind, IdentitySettings, of_headers
from mubiao.problems import Refused, message, refused
from mubiao.settings import Settings, settings_from
from mubiao.ui.shell import browser, later, media
from mubiao.ui.shell.answer_headers import headers_for

_log = logging.getLogger(__name__)
_HOST = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?", re.ASCII)
_PORTS = {"http": 80, "https": 443}
_EXPOSED = message(
    "The server would listen on {address}, where other machines reach it, and it has no "
    "sign-in: whoever opens it could record. Start it with --server.address localhost, or say "
    "with MUBIAO_IDENTITY how people sign in; or set MUBIAO_ANYONE_MAY_RECORD=yes, if that is "
    "what you want."
)
_UNRULED = message(
    "No roles are in force: whoever signs in may record, publish, open closed periods and make "
    "tokens. Name the first administrator in MUBIAO_ADMINISTRATOR, by id, and grant roles."
)
# What is answered in the place of Streamlit: status and text, by what the journal calls it.
_REFUSALS = {
    "exposed": (403, message("This server answers its own machine only; its log says more.")),
    "other_host": (
        421,
        message(
            "This server does not answer to this name. Who runs it sets the names in MUBIAO_HOSTS."
        ),
    ),
    "other_origin": (403, message("This server answers its own pages only.")),
    "metrics": (404, message("The metrics are open only with MUBIAO_METRICS=yes.")),
    "other_peer": (403, message("This server lets only its proxy say who somebody is.")),
    "unreadable": (
        400,
        message(
            "The proxy before this server says who you are in a way that it cannot read; its log "
            "says more."
        ),
    ),
}
_OF_SIGN_IN = {"other_peer", "unreadable"}
_METRICS = "/metrics"  # Streamlit's own below /_stcore, and ours


def middleware() -> list[Middleware]:
    """The door, for `st.App`, by the environment's settings.

    Wrong settings keep no server from starting, as its pages say what is wrong: the door is then
    as narrow as without any. Raises SystemExit where others could reach a server without a
    sign-in and no setting allows it.
    """
    try:
        settings = settings_from(environ)
    except Refused:
        settings = Settings()
    try:
        refuse_exposure(st.get_option("server.address"), settings)
        is_behind_tls, completion = _signing_in(settings.identity)
    except Refused as refusal:
        raise SystemExit(str(refusal)) from None
    if settings.identity.kind is not IdentityKind.NONE and not settings.access.in_force:
        _log.warning(str(refused(_UNRULED)))
    door = Middleware(Door, settings=settings, is_behind_tls=is_behind_tls)
    return [door, *completion, Middleware(media.Media)]


def _signing_in(identity: IdentitySettings) -> tuple[bool, list[Middleware]]:
    """Whether browsers come by https for certain, and what completes signing in, where people do.
    Raises Refused where the server cannot know who somebody is as the settings want it.
    """
    if identity.kind is IdentityKind.NONE:
        return False, []
    from mubiao.ui.shell import sign_in  # noqa: PLC0415 - it needs the record, and takes a while

    sign_in.refuse_unready(identity)
    return sign_in.is_behind_tls(identity), [Middleware(sign_in.Completion, identity=identity)]


def refuse_exposure(address: str | None, settings: Settings) -> None:
    """Raises Refused for an address that others can reach, unless the server knows who they are
    or anyone may record.

    None is every address of the machine.
    """
    if not _is_exposable(settings) and not _is_loopback(address or "0.0.0.0"):  # noqa: S104 - refused
        raise refused(_EXPOSED, address=address or "0.0.0.0")  # noqa: S104 - as above


def _is_exposable(settings: Settings) -> bool:
    return settings.anyone_may_record or settings.identity.kind is not IdentityKind.NONE


def _is_loopback(address: str) -> bool:
    try:
        number = ip_address(address)
    except ValueError:  # a name
        return address == "localhost"
    if isinstance(number, IPv6Address):
        number = number.ipv4_mapped or number
    return number.is_loopback


def _is_reachable(scope: Scope) -> bool:
    """Whether a request came to an address that other machines reach, by whatever command the
    server was started; a socket in the file system, which has no port, is this machine's own.
    """
    address, port = scope.get("server") or ("", None)
    return port is not None and not _is_loopback(address)


def _named(authority: str, scheme: str) -> tuple[str, int] | None:
    """The name in lower case and the port that a Host or an Origin means; None for neither."""
    match = _HOST.fullmatch(authority)
    return (match[1].lower(), int(match[2] or _PORTS[scheme])) if match else None


def _is_own(origin: str, host: str, schemes: Container[str]) -> bool:
    """Whether a page of this origin is a page of this host: default ports need not be written."""
    scheme, _, authority = origin.partition("://")
    named = _named(authority, scheme) if scheme in schemes else None
    return named is not None and named == _named(host, scheme)


class Door:
    """Refuses what does not come from the server's own pages, and adds headers to every answer."""

    def __init__(self, app: ASGIApp, settings: Settings, *, is_behind_tls: bool = False) -> None:
        # Inside, so that its answer to a failure has the headers too.
        self._app = ServerErrorMiddleware(app)
        self._hosts = settings.hosts
        self._is_exposable = _is_exposable(settings)
        self._identity = settings.identity
        self._is_behind_tls = is_behind_tls
        self._has_warned = False
        self._metrics = settings.metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what may come in; a WebSocket is refused before its handshake."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        host = hosts[0] if len(hosts) == 1 and self._is_ours(hosts[0]) else ""

        is_open = False

        async def send_with_headers(message: Message) -> None:
            nonlocal is_open
            if message["type"] == "websocket.close" and not is_open:
                # The server would answer this by itself, without the headers.
                await PlainTextResponse("", 403)(scope, receive, send_with_headers)
                return
            is_open = is_open or message["type"] == "websocket.accept"
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                answered = MutableHeaders(scope=message)
                answered.update(headers_for(host))
                if "text/html" in headers.get("accept", ""):  # somebody opens a page
                    secret = browser.secret_of(cookie_parser(headers.get("cookie", "")))
                    answered.append("Set-Cookie", browser.cookie_header(secret))
                if self._is_secure(scope, headers):
                    _make_secure(answered)
            await send(message)

        origins = headers.getlist("origin")
        if refusal := self._refusal(scope, host, origins):
            journal.write("sign_in" if refusal in _OF_SIGN_IN else "request", "", refusal)
            answer = await to_thread.run_sync(_answer, refusal)
            await answer(scope, receive, send_with_headers)
            return
        if origins:
            # Streamlit compares the two as texts, and asks an outside host where they differ.
            MutableHeaders(scope=scope)["host"] = origins[0].partition("://")[2]
        with later.answering() if scope["type"] == "http" else nullcontext():
            await self._app(scope, receive, send_with_headers)

    def _is_ours(self, host: str) -> bool:
        """Whether a Host header has a name of this server; a tunnel may lead from any port."""
        name, _ = _named(host, "http") or ("", 0)
        return name in self._hosts or _is_loopback(name.strip("[]"))

    def _refusal(self, scope: Scope, host: str, origins: list[str]) -> str:
        """Why Streamlit is not asked, "" where it is.

        Whatever a proxy says in X-Forwarded-Host is not looked at: anybody can send it.
        """
        if not self._is_exposable and _is_reachable(scope):
            self._warn(scope["server"][0])
            return "exposed"
        if not host:
            return "other_host"
        schemes = ("https",) if scope["scheme"] in {"https", "wss"} else ("http", "https")
        if not all(_is_own(origin, host, schemes) for origin in origins):
            return "other_origin"
        if self._identity.kind is IdentityKind.PROXY and (refusal := self._misnamed(scope)):
            return refusal
        if not self._metrics and scope["path"].rstrip("/").endswith(_METRICS):
            return "metrics"
        return ""

    def _misnamed(self, scope: Scope) -> str:
        """Why a header that says who somebody is cannot be believed, or read; "" where it can."""
        headers, identity = Headers(scope=scope), self._identity
        names = headers.getlist(identity.name_header) if identity.name_header else []
        ids = headers.getlist(identity.id_header)
        peer = _peer(scope)
        if (ids or names) and not identity.is_proxy(peer):
            _log.warning("sign-in failed: %s is not the proxy, and says who somebody is", peer)
            return "other_peer"
        try:
            of_headers(ids, names)
        except Refused as refusal:
            _log.warning("sign-in failed: %s", refusal)
            return "unreadable"
        return ""

    def _is_secure(self, scope: Scope, headers: Headers) -> bool:
        """Whether the browser came by https: for all that this server or its proxy knows."""
        by_proxy = self._identity.is_proxy(_peer(scope)) and headers.get("x-forwarded-proto")
        return self._is_behind_tls or scope["scheme"] in {"https", "wss"} or by_proxy == "https"

    def _warn(self, address: str) -> None:
        """Tell who runs the server, once, that it listens where it must not."""
        if not self._has_warned:
            self._has_warned = True
            _log.warning(str(refused(_EXPOSED, address=address)))


def _peer(scope: Scope) -> str:
    """The address that a connection comes from, "" for a socket in the file system."""
    return str((scope.get("client") or ("", 0))[0])


def _make_secure(headers: MutableHeaders) -> None:
    """Have browsers send the answer's cookies by https alone; Streamlit's do not say so."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        is_secure = "; secure" in cookie.lower()
        headers.append("set-cookie", cookie if is_secure else f"{cookie}; Secure")


def _answer(refusal: str) -> PlainTextResponse:
    """A refusal in every language: which one its reader has is not known here."""
    later.load()
    from mubiao.i18n import CODES, language  # noqa: PLC0415 - not before the server answers

    status, msgid = _REFUSALS[refusal]
    text = "\n".join(language(code).t(msgid) for code in reversed(CODES))
    return PlainTextResponse(f"{text}\n", status)
