"""Who somebody proves to be: the settings, a provider's claims, a proxy's headers."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mubiao.identity import IdentityKind, identity_settings, of_claims, of_headers
from mubiao.model import Actor
from mubiao.problems import Refused
from tests.acts import refusal

PROXY = {
    "MUBIAO_IDENTITY": "proxy",
    "MUBIAO_PROXY_ADDRESSES": "10.0.0.5, 10.1.0.0/28,::1",
    "MUBIAO_PROXY_ID_HEADER": "X-Remote-User",
    "MUBIAO_PROXY_NAME_HEADER": "X-Name",
}
CLAIMS = {"iss": "https://id.example/realms/city/", "sub": "王 7", "iat": 1_600_000_000}


def test_settings_of_a_proxy_name_its_addresses_and_headers() -> None:
    identity = identity_settings(PROXY | {"MUBIAO_READING_NEEDS_SIGN_IN": "yes"})
    assert (identity.id_header, identity.name_header) == ("x-remote-user", "x-name")
    assert (identity.hours, identity.is_open) == (12, False)
    peers = ("10.0.0.5", "::ffff:10.0.0.5", "10.1.0.15", "::1")
    assert [peer for peer in peers if not identity.is_proxy(peer)] == []
    strangers = ("10.0.0.6", "10.1.0.16", "::2", "127.0.0.1", "", "localhost")
    assert [peer for peer in strangers if identity.is_proxy(peer)] == []
    # Without the setting its headers are headers like any others.
    none = identity_settings({**PROXY, "MUBIAO_IDENTITY": ""})
    assert (none.kind, none.id_header) == (IdentityKind.NONE, "")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"MUBIAO_IDENTITY": "saml"}, "saml; expected none, oidc or proxy"),
        *(({"MUBIAO_SESSION_HOURS": text}, "from 1 to 720") for text in ("0", "-1", "1.5", "721")),
        ({"MUBIAO_SESSION_HOURS": "9" * 5000}, "from 1 to 720"),
        *(
            ({"MUBIAO_PROXY_ADDRESSES": text}, "the addresses that the reverse proxy")
            for text in ("", "proxy.example", "10.0.0.5/8", "10.0.0.5;::1")
        ),
        ({"MUBIAO_PROXY_ID_HEADER": ""}, "MUBIAO_PROXY_ID_HEADER is “”"),
        ({"MUBIAO_PROXY_NAME_HEADER": "X Name"}, "MUBIAO_PROXY_NAME_HEADER is “X Name”"),
        ({"MUBIAO_READING_NEEDS_SIGN_IN": "no one"}, "expected yes or no"),
        ({"MUBIAO_IDENTITY": "none", "MUBIAO_READING_NEEDS_SIGN_IN": "yes"}, "nobody can sign in"),
    ],
)
def test_a_wrong_setting_says_what_was_expected(changed: dict[str, str], expected: str) -> None:
    assert expected in refusal(lambda: identity_settings(PROXY | changed))


def test_claims_tell_who_it_is_since_when_and_one_sign_in_from_another() -> None:
    sign_in = of_claims(CLAIMS | {"name": "王芳", "auth_time": 1_500_000_000, "nonce": "a"})
    assert sign_in.actor == Actor("oidc:id.example/realms/city/%E7%8E%8B%207", "王芳")
    assert Actor.is_id(sign_in.actor.id)
    assert sign_in.issued == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
    ends = sign_in.ends(identity_settings({"MUBIAO_SESSION_HOURS": "1"}))
    assert ends == datetime(2017, 7, 14, 3, 40, tzinfo=UTC)
    assert of_claims(CLAIMS | {"nonce": "b"}).key != sign_in.key
    assert of_claims(CLAIMS).proven == of_claims(CLAIMS).issued
    other = {"iss": "https://id.example/realms/other"}
    assert of_claims(CLAIMS | other).actor.id != sign_in.actor.id


def test_only_a_mail_that_the_provider_has_verified_is_kept() -> None:
    cases = [
        ("Wang@id.example ", True, "wang@id.example"),
        ("w@id.example", "true", "w@id.example"),
    ]
    cases += [("w@id.example", says, "") for says in (False, "no", 1.5, None, [])]
    cases += [(text, True, "") for text in ("wang", "", None, 7)]
    for mail, says, expected in cases:
        assert of_claims(CLAIMS | {"email": mail, "email_verified": says}).mail == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"name": "  ", "preferred_username": "wang.fang"}, "wang.fang"),
        # A name that looks like another, with a Cyrillic letter, is nobody's.
        ({"name": "W\u0430ng", "email": "wang@id.example"}, "wang@id.example"),
        ({"name": 7, "email": None}, "王 7"),
        ({"name": "x" * 101}, "王 7"),
    ],
)
def test_the_first_usable_claim_is_the_name(names: dict[str, Any], expected: str) -> None:
    assert of_claims(CLAIMS | names).actor.name == expected


@pytest.mark.parametrize(
    "wrong",
    [
        *({"iss": one} for one in ("", None, "id.example")),
        *({"sub": one} for one in ("", None, 7)),
        *({"iat": one} for one in (None, True, "1600000000", 1e20, float("nan"))),
        {"auth_time": "yesterday"},
    ],
)
def test_claims_that_prove_nothing_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="no usable"):
        of_claims(CLAIMS | wrong)


@pytest.mark.parametrize(
    ("ids", "names", "expected"),
    [
        ([], [], None),
        ([], ["王芳"], None),
        (["wang"], [], Actor("proxy:wang", "wang")),
        (["wang@x"], ["%E7%8E%8B%E8%8A%B3"], Actor("proxy:wang@x", "王芳")),
        (["wang"], ["utf-8'zh'%E7%8E%8B"], Actor("proxy:wang", "王")),
        (["a;b"], ["Li Na"], Actor("proxy:a%3Bb", "Li Na")),
    ],
)
def test_a_proxy_says_who_it_is(ids: list[str], names: list[str], expected: Actor | None) -> None:
    assert of_headers(ids, names) == expected


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (["wang", "li"], []),
        (["wang"], ["a", "b"]),
        *(([one], []) for one in ("", "two words", "W\xe4ng", "x" * 201, "a\n")),
        *((["wang"], [one]) for one in ("", "%FF", "W\xe4ng", "%00%0A", "%E2%80%AE")),
    ],
)
def test_what_cannot_be_read_of_a_proxy_is_refused(ids: list[str], names: list[str]) -> None:
    with pytest.raises(Refused):
        of_headers(ids, names)
