"""Who looks at a page: nobody in particular, or somebody whom the settings' identity proves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import orjson
import streamlit as st
from starlette.requests import Request
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from mubiao import clock, journal
from mubiao.identity import IdentityKind, IdentitySettings, SignIn, of_claims, of_headers
from mubiao.model import Actor
from mubiao.problems import Problem, Refused, message, refused
from mubiao.store import Store
from mubiao.store.acting import over

LINK_IN, LINK_OUT = "sign-in", "sign-out"
# The cookie that says for a moment that a sign-in failed.
FAILED = "mubiao_sign_in"
# How long a page believes that a sign-in goes on, and how often one that lies open asks: together
# less than a minute. Whatever is saved asks in its own transaction.
BELIEVED, ASKED = timedelta(seconds=15), timedelta(seconds=30)
_STATE = "visitor"
_OTHER = message("The proxy names somebody else in this window now. Load the page again.")
_TOO_LONG = message("This window has been open for {hours} hours. Load the page again.")
_TOO_OLD = message("Your sign-in is too old: it lasts {hours} hours. Sign in again.")
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
# Whose acts are refused.
NOBODY = Actor("", "")


@dataclass(frozen=True, slots=True)
class Visitor:
    """`actor` is None for nobody in particular; `problem` says why it is none any more. It holds
    until `ends`, and the record was last asked about it at `asked_at`. `vouched` is the header of
    the proxy's that named the actor, and what it said.
    """

    kind: IdentityKind = IdentityKind.NONE
    actor: Actor | None = None
    problem: Problem | None = None
    ends: datetime = _END_OF_TIME
    asked_at: datetime = _END_OF_TIME
    vouched: tuple[str, str] = ("", "")

    @property
    def is_typed(self) -> bool:
        """Whether names are only typed here."""
        return self.kind is IdentityKind.NONE

    @property
    def signs_in(self) -> bool:
        """Whether people sign in and out on our pages."""
        return self.kind is IdentityKind.OIDC

    def acting(self, at: datetime) -> Actor:
        """Who acts at a moment; nobody after the end."""
        return self.actor if self.actor and at < self.ends else NOBODY


def current() -> Visitor:
    """The visitor of this run, whom its page has recognised; nobody where a window whose connection
    was lost came back for somebody else.
    """
    visitor: Visitor = st.session_state.get(_STATE, Visitor())
    header, text = visitor.vouched
    if visitor.actor is not None and header and st.context.headers.get_all(header) != [text]:
        return _ended(visitor, Problem(_OTHER))
    return visitor


def doubt() -> None:
    """Have the record asked anew by the next page: something was refused."""
    visitor = current()
    if visitor.actor is not None:
        st.session_state[_STATE] = replace(visitor, asked_at=visitor.asked_at - BELIEVED)


def recognise(identity: IdentitySettings, store: Store) -> Visitor:
    """The visitor of a page's run; for some seconds the one of the run before."""
    at, before = clock.now(), current()
    if before.problem and before.kind is IdentityKind.PROXY:
        return before  # whom the proxy named as this window was opened
    if before.actor is None or before.kind is not identity.kind:
        visitor = _recognised(identity, store, at)
    elif at >= before.ends:
        msgid = _TOO_LONG if identity.kind is IdentityKind.PROXY else _TOO_OLD
        visitor = _ended(before, Problem(msgid, {"hours": identity.hours}))
    elif at - before.asked_at < BELIEVED:
        return before
    elif store.is_over(before.actor):
        visitor = _ended(before, *over().problems)
    else:
        visitor = replace(before, asked_at=at)
    st.session_state[_STATE] = visitor
    return visitor


def of_request(request: Request, identity: IdentitySettings, store: Store) -> Actor | None:
    """Who asks for something beside the pages; None for nobody, and after the end."""
    at = clock.now()
    try:
        match identity.kind:
            case IdentityKind.OIDC:
                sign_in = sign_in_of(request.cookies)
                return _of_sign_in(sign_in, identity, store, at).actor if sign_in else None
            case IdentityKind.PROXY:
                return of_headers(request.headers.getlist(identity.id_header), [])
    except Refused:
        return None
    return None


def sign_in_of(cookies: Mapping[str, str]) -> SignIn | None:
    """The sign-in in a request's cookies, if Streamlit signed it. Raises Refused."""

    def signed(name: str) -> bytes | None:
        value = cookies.get(name, "").encode("latin-1")
        return decode_signed_value(get_cookie_secret(), name, value) if value else None

    text = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    claims = orjson.loads(text) if text else {}
    return of_claims(claims) if claims.get("is_logged_in") is True else None


def _recognised(identity: IdentitySettings, store: Store, at: datetime) -> Visitor:
    nobody = Visitor(identity.kind)
    try:
        match identity.kind:
            case IdentityKind.OIDC if st.user.to_dict().get("is_logged_in") is True:
                with journal.act("sign_in"):
                    sign_in = of_claims(st.user.to_dict())
                    journal.name("", sign_in.actor.id)
                    return _of_sign_in(sign_in, identity, store, at)
            case IdentityKind.PROXY:
                # The door has looked at both: they are the proxy's.
                headers = st.context.headers
                names = headers.get_all(identity.name_header) if identity.name_header else []
                ids = headers.get_all(identity.id_header)
                actor = of_headers(ids, names)
                if actor is None:
                    return nobody
                ends = at + timedelta(hours=identity.hours)
                vouched = identity.id_header, ids[0]
                return Visitor(identity.kind, store.came(actor, at), None, ends, at, vouched)
    except Refused as refusal:
        return replace(nobody, problem=refusal.problems[0])
    return nobody


def _of_sign_in(sign_in: SignIn, identity: IdentitySettings, store: Store, at: datetime) -> Visitor:
    if at >= sign_in.ends(identity):
        raise refused(_TOO_OLD, hours=identity.hours)
    actor = store.signed_in(sign_in, at)
    return Visitor(identity.kind, actor, None, sign_in.ends(identity), at)


def _ended(visitor: Visitor, problem: Problem) -> Visitor:
    return replace(visitor, actor=None, problem=problem)
