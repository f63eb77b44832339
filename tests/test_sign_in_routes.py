"""Which provider one signs in with, without which no server starts; and who gets pages' files."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from mubiao.identity import IdentityKind, IdentitySettings
from mubiao.problems import Refused
from mubiao.ui.shell import media, sign_in
from tests.commands import deployed

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
    client = TestClient(Starlette(routes=sign_in.routes("")), "http://x.example")
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
    assert client.cookies["mubiao_return"].strip('"') == "/target%3Ftarget%3Dcpi"
    assert client.get("/sign-in?provider=other").headers["content-type"] == TEXT
    auth(monkeypatch, SHARED | {"city": ONE})
    only = client.get("/sign-in", follow_redirects=False)
    assert only.headers["location"] == "/auth/login?of=city"


def test_files_of_pages_are_for_those_alone_who_may_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deployed(monkeypatch, tmp_path)
    proxy = {"IDENTITY": "proxy", "PROXY_ADDRESSES": "127.0.0.1", "PROXY_ID_HEADER": "X-Id"}
    for name, value in {**proxy, "ADMINISTRATOR": "proxy:ada"}.items():
        monkeypatch.setenv(f"MUBIAO_{name}", value)
    files = Starlette(routes=[Route("/{rest:path}", lambda _: PlainTextResponse("file"))])
    client = TestClient(media.Media(files))

    def asked(path: str) -> list[int]:
        ids = ({}, {"X-Id": "eve"}, {"X-Id": "ada"})
        return [client.get(path, headers=headers).status_code for headers in ids]

    assert asked("/media/1.csv") == [200, 200, 200]
    monkeypatch.setenv("MUBIAO_READING_NEEDS_SIGN_IN", "yes")
    assert asked("/media/1.csv") == [403, 403, 200]
    assert asked("/static/1.js") == [200, 200, 200]


def test_with_wrong_settings_nobody_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    auth(monkeypatch, SHARED | ONE)
    monkeypatch.setenv("MUBIAO_TODAY", "soon")
    client = TestClient(Starlette(routes=sign_in.routes("")), "http://x.example")
    assert client.get("/sign-in").status_code == 404
