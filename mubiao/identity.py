"""Who somebody proves to be: by a sign-in with an OpenID Connect provider, or by a header of a
reverse proxy that did the sign-in; and the settings that say which of the two is believed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import unquote, urlsplit

from mubiao.actor import Actor, ActorKind
from mubiao.plain_text import clean_name, folded
from mubiao.problems import Problem, excerpt, message, refused

NAME_LIMIT = 100
_HEADER = re.compile(r"[A-Za-z0-9-]{1,100}")
_ID = re.compile(r"[!-~]{1,200}")
# RFC 8187: what proxies write a name as that is not ASCII.
_EXTENDED = re.compile(r"utf-8'[A-Za-z0-9-]*'", re.IGNORECASE)
# What tells one sign-in of somebody from another; providers need not send all of it.
_OF_SIGN_IN = ("iss", "sub", "iat", "nonce", "sid", "at_hash")
_MOST_HOURS = 24 * 30
_UNUSABLE = message(
    "the provider's answer has no usable {claim}: expected issuer, subject and time of an ID token"
)


class IdentityKind(StrEnum):
    """What says who somebody is."""

    NONE = "none"  # nothing: names are typed, and the server answers its own machine only
    OIDC = "oidc"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """`hours`: how long a sign-in lasts; `is_open`: reading needs none. Of a proxy: the `networks`
    that it speaks from, and the headers, in lower case, with an ASCII id and with the name that is
    shown ("" for none).
    """

    kind: IdentityKind = IdentityKind.NONE
    hours: int = 12
    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    id_header: str = ""
    name_header: str = ""
    is_open: bool = True

    def is_proxy(self, peer: str) -> bool:
        """Whether a connection from this address is the proxy's."""
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return any(address in network for network in self.networks)


NO_IDENTITY = IdentitySettings()


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in with a provider: whose, `key` for telling it from others, and when the provider
    `issued` its proof and had last `proven` who it was. `mail` is the address that it has verified,
    folded, "" for none.
    """

    actor: Actor
    key: str
    issued: datetime
    proven: datetime
    mail: str = ""

    def ends(self, settings: IdentitySettings) -> datetime:
        """The moment from which one must sign in again."""
        return self.proven + timedelta(hours=settings.hours)


def identity_settings(environment: Mapping[str, str]) -> IdentitySettings:
    """The settings in MUBIAO_IDENTITY, MUBIAO_SESSION_HOURS,
    MUBIAO_READING_NEEDS_SIGN_IN and those of a proxy, MUBIAO_PROXY_ADDRESSES,
    MUBIAO_PROXY_ID_HEADER and MUBIAO_PROXY_NAME_HEADER. Raises Refused for invalid ones.
    """
    text = environment.get("MUBIAO_IDENTITY") or IdentityKind.NONE
    if text not in list(IdentityKind):
        msgid = message("MUBIAO_IDENTITY is {found}; expected none, oidc or proxy")
        raise refused(msgid, found=excerpt(text))
    kind = IdentityKind(text)
    hours = environment.get("MUBIAO_SESSION_HOURS") or "12"
    if not (hours.isascii() and hours.isdecimal() and 1 <= int(hours[:9]) <= _MOST_HOURS):
        msgid = message("MUBIAO_SESSION_HOURS is {found}; expected a number from 1 to {most}")
        raise refused(msgid, found=excerpt(hours), most=_MOST_HOURS)
    identity = IdentitySettings(kind, int(hours), is_open=_is_open(environment, kind))
    if kind is not IdentityKind.PROXY:
        return identity
    return replace(
        identity,
        networks=_networks(environment.get("MUBIAO_PROXY_ADDRESSES") or ""),
        id_header=_header(environment, "MUBIAO_PROXY_ID_HEADER"),
        name_header=_header(environment, "MUBIAO_PROXY_NAME_HEADER", is_needed=False),
    )


def _is_open(environment: Mapping[str, str], kind: IdentityKind) -> bool:
    name = "MUBIAO_READING_NEEDS_SIGN_IN"
    is_needed = is_yes(environment, name)
    if is_needed and kind is IdentityKind.NONE:
        msgid = message("{name} is yes, and nobody can sign in: set MUBIAO_IDENTITY too")
        raise refused(msgid, name=name)
    return not is_needed


def is_yes(environment: Mapping[str, str], name: str) -> bool:
    """Whether a setting says yes; not set it says no. Raises Refused for any other text."""
    text = environment.get(name) or "no"
    if text not in {"yes", "no"}:
        raise refused(message("{name} is {found}; expected yes or no"), name=name, found=text)
    return text == "yes"


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    addresses = [part.strip() for part in text.split(",") if part.strip()]
    try:
        networks = tuple(map(ip_network, addresses))
    except ValueError:
        networks = ()
    if not networks:
        msgid = message(
            "MUBIAO_PROXY_ADDRESSES is “{found}”; expected the addresses that the reverse proxy "
            "connects from, with commas between them: 10.0.0.5, 10.1.0.0/28"
        )
        raise refused(msgid, found=excerpt(text))
    return networks


def _header(environment: Mapping[str, str], name: str, *, is_needed: bool = True) -> str:
    text = environment.get(name) or ""
    if not (_HEADER.fullmatch(text) or not (text or is_needed)):
        msgid = message("{name} is “{found}”; expected the name of a header: X-Remote-User")
        raise refused(msgid, name=name, found=excerpt(text))
    return text.lower()


def of_claims(claims: Mapping[str, Any]) -> SignIn:
    """The sign-in that the verified claims of an ID token tell of. Raises Refused where they lack
    what tells people or sign-ins apart.

    The issuer is part of the id with its path, because subjects are unique for an issuer only.
    """
    issuer, subject = urlsplit(str(claims.get("iss") or "")), claims.get("sub")
    if not issuer.netloc:
        raise refused(_UNUSABLE, claim="iss")
    if not isinstance(subject, str) or not subject:
        raise refused(_UNUSABLE, claim="sub")
    issued = _moment(claims, "iat")
    proven = _moment(claims, "auth_time") if "auth_time" in claims else issued
    known_as = f"{issuer.netloc}{issuer.path.rstrip('/')}/{subject}"
    names = [claims.get(name) for name in ("name", "preferred_username", "email")]
    actor = Actor.of(ActorKind.OIDC, known_as, _usable_name([*names, subject]) or known_as)
    told_apart = "\n".join(str(claims.get(name, "")) for name in _OF_SIGN_IN)
    key = sha256(told_apart.encode()).hexdigest()
    return SignIn(actor, key, issued, proven, _verified_mail(claims))


def of_headers(ids: Sequence[str], names: Sequence[str]) -> Actor | None:
    """Whom a proxy names in its headers, each given with all its values; None where in none.

    Raises Refused for headers that are there twice, an id that is no plain ASCII text, and a name
    that cannot be decoded or shown.
    """
    if not ids:
        return None
    if len(ids) > 1 or len(names) > 1:
        raise refused(message("the proxy's header is there twice; expected it once"))
    if not _ID.fullmatch(ids[0]):
        msgid = message(
            "the proxy names “{found}”; expected an id of ASCII letters, digits and signs"
        )
        raise refused(msgid, found=excerpt(ids[0]))
    text = names[0] if names else ids[0]
    name = _usable_name([_decoded(text)])
    if not name:
        msgid = message(
            "the proxy's name “{found}” cannot be read; expected it percent-encoded in UTF-8"
        )
        raise refused(msgid, found=excerpt(text))
    return Actor.of(ActorKind.PROXY, ids[0], name)


def _verified_mail(claims: Mapping[str, Any]) -> str:
    mail = claims.get("email")
    is_verified = claims.get("email_verified") in (True, "true")
    return folded(mail) if is_verified and isinstance(mail, str) and "@" in mail else ""


def _moment(claims: Mapping[str, Any], name: str) -> datetime:
    seconds = claims.get(name)
    if isinstance(seconds, int | float) and not isinstance(seconds, bool):
        try:
            return datetime.fromtimestamp(seconds, UTC)
        except (ValueError, OverflowError, OSError):
            pass
    raise refused(_UNUSABLE, claim=name)


def _usable_name(texts: Sequence[object]) -> str:
    """The first of the texts that is a name as people may have one here, "" where none is."""
    for text in texts:
        problems: list[Problem] = []
        if isinstance(text, str):
            name = clean_name(text, "name", NAME_LIMIT, problems)
            if name and not problems:
                return name
    return ""


def _decoded(text: str) -> str:
    """A percent-encoded name, as RFC 8187 writes it or plainly; "" for what is not UTF-8."""
    try:
        return unquote(_EXTENDED.sub("", text, count=1), errors="strict") if text.isascii() else ""
    except UnicodeDecodeError:
        return ""
