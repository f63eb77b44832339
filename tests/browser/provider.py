"""A provider of identities beside the tests' servers, and how a person signs in there."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.server import free_port, stop, wait_until_port_answers
from tests.browser.visit import Seen

SECRET = "a secret of the tests, which nobody needs to guess"  # noqa: S105 - of the tests
PEOPLE = {"wang": "王芳", "li": "Li Na"}
LONG_AGO = 3 * 3600  # seconds since Li Na gave her password
# Where the provider's own pages, and no others, get their style from.
STYLED_BY = "cdn.jsdelivr.net"
METADATA = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Provider:
    """Where it is, and the file with what Streamlit must know of it."""

    port: int
    secrets: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a server is started with so that people sign in with this provider."""
        return {"MUBIAO_IDENTITY": "oidc", "STREAMLIT_SECRETS_FILES": str(self.secrets)}

    def actor(self, person: str) -> str:
        """The id of a person who signs in here."""
        return f"oidc:localhost%3A{self.port}/{person}"

    def sign_in(self, seen: Seen, person: str = "wang") -> None:
        """Follow the link of a page and be that person at the provider."""
        self.choose(seen, person)
        expect(seen.page.locator(".mb-reader")).to_contain_text(PEOPLE[person])
        seen.settle()

    def sign_out(self, seen: Seen) -> None:
        """Sign out here and at the provider."""
        seen.page.locator(".mb-reader summary").click()
        self.choose(seen, "End session", link="Sign out")
        expect(seen.page.get_by_role("link", name="Sign in").first).to_be_visible()
        seen.settle()

    def choose(self, seen: Seen, button: str, link: str = "Sign in") -> None:
        """Follow a link of a page and press a button at the provider."""
        seen.page.route(re.compile(f"//{STYLED_BY}/"), lambda route: route.fulfill(body=""))
        seen.page.get_by_role("link", name=link).first.click()
        seen.page.get_by_role("button", name=button, exact=True).click()
        seen.hosts.discard(STYLED_BY)


@contextmanager
def provider(folder: Path) -> Iterator[Provider]:
    """A provider that knows two people; one of them has signed in there long ago."""
    port = free_port()
    users: dict[str, dict[str, Any]] = {
        sub: {"sub": sub, "name": name} for sub, name in PEOPLE.items()
    }
    users["li"]["auth_time"] = int(time.time()) - LONG_AGO
    named = [part for user in users.values() for part in ("--user-claims", json.dumps(user))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--host=localhost", f"--port={port}"]
    with (folder / "provider.log").open("wb") as log:
        process = subprocess.Popen(command + named, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_until_port_answers(port, METADATA)
        yield Provider(port, _secrets(folder / "secrets.toml", f"http://localhost:{port}"))
    finally:
        stop(process)


def _secrets(file: Path, address: str) -> Path:
    file.write_text(
        f"""[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "mubiao"
client_secret = "known to the provider"
server_metadata_url = "{address}{METADATA}"
"""
    )
    return file
