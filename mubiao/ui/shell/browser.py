"""Whose unsaved work it is: each browser has a secret in a cookie, which only the server reads.

It is no sign-in: it tells one browser's work from another's, also after a reload.
"""

import re
from hashlib import sha256
from uuid import uuid4

import streamlit as st

_COOKIE = "mubiao_browser"
_SECRET = re.compile(r"[0-9a-f]{32}", re.ASCII)
_LASTS = 60 * 24 * 60 * 60  # seconds; as long as unsaved work is kept


def cookie_header(secret: str) -> str:
    """The Set-Cookie header that gives a browser its secret, or lets it have it longer."""
    value = secret if _SECRET.fullmatch(secret) else uuid4().hex
    # Lax: whoever follows a link from a mail keeps the secret, no other site's page sends it along.
    return f"{_COOKIE}={value}; Path=/; Max-Age={_LASTS}; HttpOnly; SameSite=Lax"


def secret_of(cookies: dict[str, str]) -> str:
    """The secret among a request's cookies, "" for none."""
    return cookies.get(_COOKIE, "")


def reader() -> str:
    """A name for the reader's browser from which nobody can guess its secret; without cookies for
    the session.
    """
    secret = secret_of(st.context.cookies.to_dict())
    if not _SECRET.fullmatch(secret):
        secret = str(st.session_state.setdefault(_COOKIE, uuid4().hex))
    return sha256(secret.encode()).hexdigest()
