"""Signing in and out with an OpenID Connect provider: what Streamlit's own does not do.

`st.login` leaves one on the first page, forgets the page that one wanted, asks for no age, and
signing out of one window leaves the others alone. So the bar leads to /sign-in and /sign-out,
which lead to Streamlit's own routes, and what those answer is completed here.
"""

import logging
import re
from collections.abc import Mapping
from os import environ
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from mubiao import clock, journal
from mubiao.deployment import record
from mubiao.html import part
from mubiao.identity import IdentityKind, IdentitySettings
from mubiao.model import Act
from mubiao.problems import Refused, message, refused
from mubiao.settings import settings_from
from mubiao.ui.shell.document import base
from mubiao.ui.shell.visitor import FAILED, LINK_IN, LINK_OUT, sign_in_of

_RETURN = "mubiao_return"
_LASTS = 600  # seconds, for signing in
_SHOWN = 20  # seconds in which a page says that it failed
# A path of this server with its query: no host, which // and \ would begin.
_OWN = re.compile(r"/(?![/\\])[^\\\s\x00-\x1f]{0,3000}", re.ASCII)
_ERROR = re.compile(r"[a-z_]{1,60}", re.ASCII)
_SHARED = ("redirect_uri", "cookie_secret")
_OF_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
_DEFAULT = "default"  # what Streamlit calls the provider of [auth] itself
_SHORTEST = 32  # signs of a secret that nobody guesses
_log = logging.getLogger(__name__)


def refuse_unready(identity: IdentitySettings) -> None:
    """Raises Refused where the server cannot know who somebody is as the settings want it."""
    if identity.kind is IdentityKind.PROXY and environ.get("FORWARDED_ALLOW_IPS") != "":
        msgid = message(
            "MUBIAO_IDENTITY=proxy needs FORWARDED_ALLOW_IPS set to nothing: otherwise the server "
            "takes X-Forwarded-For for where a request came from, which anybody can write"
        )
        raise refused(msgid)
    if identity.kind is IdentityKind.OIDC:
        auth = _auth()
        missing = [name for name in _SHARED if not isinstance(auth.get(name), str)]
        for provider, keys in (_providers() or {_DEFAULT: auth}).items():
            place = "" if provider == _DEFAULT else f"{provider}."
            missing += [
                f"{place}{key}" for key in _OF_PROVIDER if not isinstance(keys.get(key), str)
            ]
        if missing:
            msgid = message(
                "MUBIAO_IDENTITY=oidc needs [auth] in .streamlit/secrets.toml, as Streamlit "
                "describes for st.login; missing: {names}"
            )
            raise refused(msgid, names=", ".join(missing))
        if odd := [name for name in _providers() if "_" in name]:
            msgid = message("the provider [auth.{name}] has _ in its name, which Streamlit refuses")
            raise refused(msgid, name=odd[0])
        if len(auth["cookie_secret"]) < _SHORTEST:
            msgid = message("cookie_secret in .streamlit/secrets.toml is shorter than {n} signs")
            raise refused(msgid, n=_SHORTEST)


def is_behind_tls(identity: IdentitySettings) -> bool:
    """Whether browsers reach the server by https for certain, whatever a proxy says or not."""
    is_oidc = identity.kind is IdentityKind.OIDC
    return is_oidc and str(_auth().get("redirect_uri")).startswith("https:")


def _providers() -> dict[str, Mapping[str, Any]]:
    """The providers of the secrets by their names: that of [auth] itself and each [auth.NAME]."""
    auth = _auth()
    own = {_DEFAULT: auth} if any(key in auth for key in _OF_PROVIDER) else {}
    sections = ((name, keys) for name, keys in auth.items() if isinstance(keys, Mapping))
    return own | {name: keys for name, keys in sections if any(key in keys for key in _OF_PROVIDER)}


def _auth() -> Mapping[str, Any]:
    try:
        auth = st.secrets.get("auth", {})
    except FileNotFoundError:
        return {}
    return auth if isinstance(auth, Mapping) else {}


def routes(base: str) -> list[Route]:
    """Where the bar's links lead."""
    return [Route(f"{base}/{LINK_IN}", _begin), Route(f"{base}/{LINK_OUT}", _end)]


def _begin(request: Request) -> Response:
    """Remember the page that one comes from, and go on to the provider, where there is one; of
    several one is chosen first.
    """
    try:
        is_here = settings_from(environ).identity.kind is IdentityKind.OIDC
    except Refused:  # a page says why
        is_here = False
    if not is_here:
        return PlainTextResponse("", 404)
    known = [*_providers()]
    name = request.query_params.get("provider", known[0] if len(known) == 1 else "")
    if name in known:
        response: Response = RedirectResponse(generate_login_redirect_url(name), 303)
    else:
        response = HTMLResponse(choice({one: f"?provider={quote(one)}" for one in known}))
    source = urlsplit(request.headers.get("referer", ""))
    is_page = source.path != request.url.path
    if source.netloc == request.headers.get("host") and is_page:
        place = f"{source.path}?{source.query}" if source.query else source.path
        _set(response, _RETURN, quote(place), _LASTS)
    return response


def choice(providers: Mapping[str, str]) -> str:
    """The page on which one of several providers is chosen: the links by their names."""
    return part("providers", providers)


def _end(request: Request) -> Response:
    """End all sign-ins of whoever asks, in all windows and machines, and the provider's."""
    # A link or picture of another site signs nobody out.
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return PlainTextResponse("", 403)
    try:
        with journal.act() as act:
            sign_in = sign_in_of(request.cookies)
            if sign_in is not None:
                act.action, act.actor = "sign_out", sign_in.actor.id
                store, at = record(settings_from(environ)), clock.now()
                actor = store.signed_in(sign_in, at)
                store.end_sign_ins(actor.id, Act(actor, at), reason="")
                act.action = "sign_out"  # not as an administrator ends somebody's
    except Refused as refusal:
        _log.warning("signed out only in this browser: %s", refusal)
    return RedirectResponse(f"{base()}/auth/logout", 303)


class Completion:
    """Completes what Streamlit's routes for signing in answer."""

    def __init__(self, app: ASGIApp, identity: IdentitySettings) -> None:
        self._app = app
        self._seconds = identity.hours * 3600
        self._login, self._callback = f"{base()}/auth/login", f"{base()}/oauth2callback"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on everything; only these two routes' answers are changed."""
        if scope["type"] != "http" or scope["path"] not in {self._login, self._callback}:
            await self._app(scope, receive, send)
            return

        async def send_completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"] == self._callback:
                    _return(scope, headers)
                elif message["status"] >= 400:
                    message["status"] = 303
                    _fail(headers, scope, "the provider cannot be reached")
                else:
                    self._ask_for_age(headers)
            await send(message)

        await self._app(scope, receive, send_completed)

    def _ask_for_age(self, headers: MutableHeaders) -> None:
        """Have the provider ask for the password again where it last did so too long ago."""
        location = urlsplit(headers["location"])
        if location.netloc:
            query = f"{location.query}&{urlencode({'max_age': self._seconds})}"
            headers["location"] = location._replace(query=query).geturl()


def _return(scope: Scope, headers: MutableHeaders) -> None:
    """Lead back to the page that one came from; from a sign-out one lands on the first page."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    if not query.keys() & {"state", "error"}:
        return
    user = f"{USER_COOKIE_NAME}="
    if any(one.startswith(user) and '=""' not in one for one in headers.getlist("set-cookie")):
        headers["location"] = _place(scope)
        _forget(headers)
        return
    error = query.get("error", [""])[0]
    _fail(headers, scope, error if _ERROR.fullmatch(error) else "no valid answer of the provider")


def _fail(headers: MutableHeaders, scope: Scope, reason: str) -> None:
    _log.warning("sign-in failed: %s", reason)
    journal.write("sign_in", "", "refused")
    headers["location"] = _place(scope)
    _forget(headers)
    headers.append("set-cookie", f"{FAILED}=failed; Path=/; Max-Age={_SHOWN}; SameSite=Lax")


def _place(scope: Scope) -> str:
    """The page of ours that the browser has kept, the first one where it has none."""
    cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
    place = unquote(cookies.get(_RETURN, ""))
    return place if _OWN.fullmatch(place) else f"{base()}/"


def _forget(headers: MutableHeaders) -> None:
    headers.append("set-cookie", f"{_RETURN}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")


def _set(response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="lax")
