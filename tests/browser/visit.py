"""Opening pages as a person does, and writing down what goes wrong or goes out meanwhile."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, Error, Locator, Page, ViewportSize

from tests.browser.server import Deployment

Scheme = Literal["light", "dark"]
# Milliseconds. What must come may take its time on a busy machine: the first page alone, with cold
# caches, took nearly Playwright's own 30 s beside two processes that burn both cores.
PATIENCE = 90_000
LOCAL_HOSTS = {"127.0.0.1", "localhost"}

# Finished: connected, no script running for 0.3 s, nothing waiting to be replaced.
_FINISHED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const quiet = app?.dataset.testScriptState === "notRunning"
    && app.dataset.testConnectionState === "CONNECTED"
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]');
  if (!quiet) { window.quietSince = undefined; return false; }
  window.quietSince ??= performance.now();
  return performance.now() - window.quietSince > 300;
}"""


# What a page's policy forbade is an error too, whatever the browser says of it by itself.
_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.effectiveDirective} forbids ${event.blockedURI}`))"""

# Opened at /record, Streamlit first asks whether it lives below /record/ (st#7074): two 404s.
_DEEP_LINK_PROBE = re.compile(r"//[^/]+/[^/]+/_stcore/(health|host-config)$")


@dataclass
class Seen:
    """An open page, and what went wrong or went out while it was open."""

    page: Page
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def settle(self) -> None:
        """Wait until the page has finished: after a click, before looking.

        Looked at by the clock: a browser that draws no frame on a busy machine still answers.
        """
        self.page.evaluate("window.quietSince = undefined")
        self.page.wait_for_function(_FINISHED, polling=50)

    def visit(self, path: str, **query: str) -> Page:
        """Another address in the same window: its scripts need not be loaded again."""
        origin = self.page.evaluate("location.origin")
        self.page.goto(f"{origin}{path}?{urlencode(query)}")
        self.settle()
        return self.page

    def fill(self, field: Locator, text: str) -> None:
        """Type into a field and leave it."""
        field.fill(text)
        field.press("Tab")
        self.settle()

    def go(self, name: str) -> None:
        """Follow a link of the navigation."""
        self.page.locator(".mb-frame").get_by_role("link", name=name, exact=True).click()
        self.settle()

    def again(self) -> None:
        """Load the page again."""
        self.page.reload()
        self.settle()

    def report(self, folder: Path) -> tuple[str, str]:
        """What to show of the page when a test fails: a title, and a picture's path."""
        picture = folder / f"page-{id(self)}.png"
        try:
            self.page.screenshot(path=picture, full_page=True)
        except Error as error:  # a page that is gone cannot be drawn, and is no second failure
            return f"page {self.page.url}", "\n".join([f"no picture: {error}", *self.errors])
        return f"page {self.page.url}", "\n".join([f"picture: {picture}", *self.errors])


@dataclass
class Visitor:
    """Opens pages in one browser, each in a context of its own, as a new visitor would."""

    browser: Browser
    opened: list[Seen] = field(default_factory=list)

    def __call__(
        self,
        path: str = "/",
        *,
        at: Deployment,
        lang: str | None = None,
        width: int = 1280,
        theme: Scheme = "light",
        **query: str,
    ) -> Seen:
        """Open an address and wait until the page has finished.

        `lang` (zh, en) goes into the address, and the browser says that its user reads it;
        `width` is in pixels; `theme` is what the browser says its user prefers; `query` are
        further parameters of the address.
        """
        query = {"lang": lang, **query} if lang else query
        locale = "en-GB" if lang == "en" else "zh-CN"
        seen = self.window(width, theme, locale=locale, timezone_id="Asia/Shanghai")
        address = at.address + path
        seen.page.goto(f"{address}?{urlencode(query)}" if query else address)
        seen.settle()
        return seen

    def window(self, width: int = 1280, theme: Scheme = "light", **options: Any) -> Seen:  # noqa: ANN401 - Playwright's
        """An empty page in a context with these options."""
        size: ViewportSize = {"width": width, "height": 900}
        context = self.browser.new_context(viewport=size, color_scheme=theme, **options)
        context.set_default_timeout(PATIENCE)
        self.opened.append(watched(context.new_page()))
        return self.opened[-1]

    def leave(self) -> None:
        """Close all pages; an error or a request to an outside host is an AssertionError."""
        for seen in self.opened:
            seen.page.context.close()
        errors = [error for seen in self.opened for error in seen.errors]
        assert not errors, "the browser's console has errors:\n" + "\n".join(errors)
        outside = {host for seen in self.opened for host in seen.hosts} - LOCAL_HOSTS
        assert not outside, f"the pages asked outside hosts: {outside}"


def watched(page: Page) -> Seen:
    """A page whose console errors, violations of its policy, uncaught exceptions and requests'
    hosts are written down.
    """
    seen = Seen(page)

    def went_to(one: Any) -> None:  # noqa: ANN401 - Playwright's Request or WebSocket
        if host := urlsplit(one.url).hostname:
            seen.hosts.add(host)

    def said(one: Any) -> None:  # noqa: ANN401 - Playwright's ConsoleMessage
        where = one.location.get("url", "")
        if one.type == "error" and not (" 404 " in one.text and _DEEP_LINK_PROBE.search(where)):
            seen.errors.append(f"{one.text} ({where})")

    page.add_init_script(_VIOLATIONS)
    page.on("request", went_to)
    page.on("websocket", went_to)
    page.on("console", said)
    page.on("pageerror", lambda error: seen.errors.append(f"uncaught: {error}"))
    return seen
