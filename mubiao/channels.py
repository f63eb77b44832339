"""Channels: how a unit is reached, by an address of Apprise (mail, WeCom, DingTalk, Feishu …).

An address may hold a password or a key: none is logged here, and messages name its kind alone.
"""

import logging
import re
from functools import cache
from types import ModuleType
from urllib.parse import quote

from mubiao.problems import message

NO_CHANNEL = message(
    "this channel ({kind}) is none that a message can go by; expected an address of Apprise such "
    "as mailto://…, wecombot://…, dingtalk://… or feishu://…, complete and leading off this machine"
)
_MAIL = re.compile(r"[^\s/:@,;<>]+@[^\s/:@,;<>]+")
_KIND = re.compile(r"([a-zA-Z0-9]+)://")
# These show a message on the server itself, where nobody of the unit sits.
_LOCAL = frozenset(
    ("blink1", "dbus", "gio", "glib", "gnome", "kde", "macosx", "qt", "syslog", "windows")
)


def is_mail(contact: str) -> bool:
    """Whether a contact is a mail address, which takes a mail server to write to."""
    return _MAIL.fullmatch(contact) is not None


def kind(contact: str) -> str:
    """What sort of channel a contact is ("mailto", "wecombot"); "" for none, as a telephone."""
    match = _KIND.match(contact)
    return match[1].lower() if match else ""


def is_contact(text: str) -> bool:
    """Whether a text can stand as a contact: any but a channel that leads nowhere."""
    return not kind(text) or is_usable(text)


def is_usable(channel: str) -> bool:
    """Whether a channel is an address that Apprise understands and that leads off this machine."""
    if kind(channel) in _LOCAL:
        return False
    apprise = _apprise()
    return apprise.Apprise.instantiate(channel, asset=_asset(apprise)) is not None


def by_mail(server: str, address: str) -> str:
    """The channel to a mail address by a mail server that is given as a channel itself."""
    return f"{server}{'&' if '?' in server else '?'}to={quote(address)}"


def send(channel: str, title: str, text: str) -> bool:
    """Send a plain text; whether the channel took it. It gives up after some seconds."""
    apprise = _apprise()
    sender = apprise.Apprise(asset=_asset(apprise))
    # Longer than a channel takes at once, it goes in several messages.
    service = apprise.Apprise.instantiate(channel, asset=_asset(apprise))
    if service is None:
        return False
    service.overflow_mode = apprise.OverflowMode.SPLIT
    sender.add(service)
    return bool(sender.notify(title=title, body=text, body_format=apprise.NotifyFormat.TEXT))


# It takes a moment to load, and few calls need it.
@cache
def _apprise() -> ModuleType:
    import apprise  # noqa: PLC0415 - see above

    # What these log of a channel would show its key.
    logging.getLogger("apprise").disabled = True
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    return apprise


def _asset(apprise: ModuleType) -> object:
    """Messages in the dashboard's name alone: no pictures from elsewhere, no keys made on disk."""
    return apprise.AppriseAsset(
        app_id="Mubiao",
        app_desc="Mubiao",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        pgp_autogen=False,
        pem_autogen=False,
        http_redirects=False,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )
