"""Which provider one signs in with, and what keeps a server from starting without one."""

from collections.abc import Mapping

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mubiao.identity import IdentityKind, IdentitySettings
from mubiao.problems import Refused
from mubiao.ui.shell import sign_in

SHARED = {"redirect_uri": "https://x.example/oauth2callback", "cookie_secret": "s" * 32}
ONE = {"client_id": "m", "client_secret": "s", "server_metadata_url": "https://id.example/m"}
TEXT = "text/html; charset=utf-8"


def auth(monkeypatch: pytest.MonkeyPatch, keys: Mapping[str, object]) -> None:
    monkeypatch.setattr(st, "secrets", {"auth": keys})
    monkeypatch.setenv("MUBIAO_IDENTITY", "oidc")


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({}, "missing: redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url"),
        (SHARED, "missing: client_id, client_secret, server_metadata_url"),
        (SHARED | {"city": {"client_id": "m"}}, "city.client_secret, city.server_metadata_url"),
        (SHARED | ONE | {"city": {"client_id": 7}}, "missing: city.client_id, city.client_secret"),
        (SHARED | {"the_city": ONE}, "[auth.the_city] has _ in its name"),
        (SHARED | ONE | {"cookie_secret": "short"}, "shorter than 32 signs"),
        (SHARED | ONE, None),
        (SHARED | ONE | {"client_kwargs": {"scope": "openid"}}, None),
        (SHARED | {"city": ONE, "state": ONE}, None),
    ],
)
def test_a_server_starts_only_with_whole_providers(
    keys: dict[str, object], reason: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    auth(monkeypatch, keys)
    try:
        sign_in.refuse_unready(IdentitySettings(IdentityKind.OIDC))
        said = None
    except Refused as refusal:
        said = str(refusal)
    assert (said is None) if reason is None else (said and reason in said)


def test_of_several_providers_one_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    auth(monkeypatch, SHARED | ONE | {"city": ONE, "<b>": ONE})
    monkeypatch.setattr(sign_in, "generate_login_redirect_url", "/auth/login?of={}".format)
    client = TestClient(Starlette(routes=sign_in.routes()), "http://x.example")
    page = client.get("/sign-in", headers={"Referer": "http://x.example/target?target=cpi"})
    assert page.headers["content-type"] == TEXT
    assert page.text.count("?provider=") == 3
    assert "<b>" not in page.text
    chosen = client.get(
        "/sign-in?provider=city",
        headers={"Referer": "http://x.example/sign-in"},
        follow_redirects=False,
    )
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/auth/login?of=city")
    assert "set-cookie" not in chosen.headers  # one lands where one first came from
    assert client.cookies["mubiao_return"] == "/target%3Ftarget%3Dcpi"
    assert client.get("/sign-in?provider=other").headers["content-type"] == TEXT
    auth(monkeypatch, SHARED | {"city": ONE})
    only = client.get("/sign-in", follow_redirects=False)
    assert only.headers["location"] == "/auth/login?of=city"
