"""Opening pages as a person does, and writing down what goes wrong or goes out meanwhile."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode, urljoin, urlsplit

from google.protobuf.message import Message
from playwright.sync_api import Browser, Error, Locator, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.server import HEALTH, Deployment

Scheme = Literal["light", "dark"]
# Milliseconds. What must come may take its time on a busy machine: the first page alone, with cold
# caches, took nearly Playwright's own 30 s beside two processes that burn both cores.
PATIENCE = 90_000
LOCAL_HOSTS = {"127.0.0.1", "localhost"}
# Options of a context: what its browser says of its reader.
ENGLISH = {"locale": "en-GB", "timezone_id": "Asia/Shanghai"}
CHINESE = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


def _field(message: type[Message], name: str) -> int:
    """The number of a field in Streamlit's messages."""
    return int(message.DESCRIPTOR.fields_by_name[name].number)


# Go on to an address as a link of a page does, until Streamlit has begun to draw it; a run that is
# over before the browser looks at it is waited for no longer than two seconds.
_FOLLOW = """address => new Promise(done => {
  const app = document.querySelector('[data-testid="stApp"]');
  new MutationObserver(() => app.dataset.testScriptState === "running" && done())
    .observe(app, {attributes: true});
  setTimeout(done, 2000);
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate", {state: null}));
})"""
# Finished: connected, a run has begun since one was asked for, and for 0.2 s, which is longer than
# the grid waits for another key, no script runs and nothing waits to be replaced.
_FINISHED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const quiet = app?.dataset.testScriptState === "notRunning" && !window.isUnanswered
    && app.dataset.testConnectionState === "CONNECTED"
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]');
  if (!quiet) { window.quietSince = undefined; return false; }
  window.quietSince ??= performance.now();
  return performance.now() - window.quietSince > 200;
}"""
# How often the page has asked for a run, and whether none has begun since. The bytes are those of
# Streamlit's messages: what a run is asked for by begins with its tag, and the field that says that
# one begins is looked for among those of the message.
_WIRE = f"""window.asked = 0;
window.WebSocket = class extends WebSocket {{
  constructor(...given) {{
    super(...given);
    window.isUnanswered = false;
    this.addEventListener("message", ({{data}}) => {{
      const bytes = new Uint8Array(data);
      let at = 0;
      const number = () => {{
        let value = 0, byte = 128;
        for (let place = 1; byte >= 128; place *= 128) {{
          byte = bytes[at++];
          value += byte % 128 * place;
        }}
        return value;
      }};
      while (at < bytes.length) {{
        const tag = number(), value = number();
        if (tag >> 3 === {_field(ForwardMsg, "new_session")}) window.isUnanswered = false;
        if (tag % 8 === 2) at += value;
      }}
    }});
  }}
  send(data) {{
    super.send(data);
    if (new Uint8Array(data)[0] >> 3 !== {_field(BackMsg, "rerun_script")}) return;
    window.asked += 1;
    window.isUnanswered = true;
  }}
}}"""

# What a page's policy forbade is an error too, whatever the browser says of it by itself.
_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.effectiveDirective} forbids ${event.blockedURI}`))"""


@dataclass
class Seen:
    """An open page, the options of its context, and what went wrong or went out meanwhile."""

    page: Page
    options: str
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def settle(self) -> None:
        """Wait until the page has finished: after a click, before looking.

        Looked at by the clock: a browser that draws no frame on a busy machine still answers.
        """
        self.page.evaluate("window.quietSince = undefined")
        self.page.wait_for_function(_FINISHED, polling=50)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Wait in the end until the page has asked the server for a run since the beginning."""
        before = self.page.evaluate("window.asked")
        yield
        self.page.wait_for_function("before => window.asked > before", arg=before, polling=50)

    def visit(self, path: str, **query: str) -> Page:
        """Another address in the same window, as a link leads there: without a load."""
        self.page.evaluate(_FOLLOW, f"{path}?{urlencode(query)}")
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
class Windows:
    """Windows of one browser, each in a context of its own, lent to one test after another.

    One that has shown a dashboard has its scripts compiled: the first page of the next test takes
    less than half the processor time there.
    """

    browser: Browser
    _free: dict[str, list[Seen]] = field(default_factory=lambda: defaultdict(list))

    def lend(self, width: int, theme: Scheme, **options: Any) -> Seen:  # noqa: ANN401 - Playwright's
        """A window in a context with these options that knows nothing of those before."""
        free = self._free[repr(options)]
        seen = free.pop() if free else self._new(**options)
        seen.errors, seen.hosts = [], set()
        seen.page.set_viewport_size({"width": width, "height": 900})
        seen.page.emulate_media(media="null", color_scheme=theme, reduced_motion="null")
        return seen

    def take_back(self, seen: Seen) -> None:
        """Leave the page; a window of a dashboard is emptied for the next test, another closed."""
        page = seen.page
        if page.is_closed():
            return
        if urlsplit(page.url).hostname != "localhost":
            page.context.close()
            return
        page.unroute_all()
        try:  # another page of the same server, or the browser would begin a new process
            page.goto(urljoin(page.url, HEALTH))
        except Error:  # the server is gone
            page.context.close()
            return
        page.evaluate("sessionStorage.clear()")
        stored = {"origin": "*", "storageTypes": "cookies,local_storage,indexeddb"}
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", stored)
        page.context.clear_permissions()
        self._free[seen.options].append(seen)

    def _new(self, **options: Any) -> Seen:  # noqa: ANN401 - Playwright's
        context = self.browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        return watched(context.new_page(), repr(options))


@dataclass
class Visitor:
    """Opens pages, each in a window of its own, as a new visitor would."""

    windows: Windows
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

        `lang` (zh, en) goes into the address; without one the browser's user reads Chinese;
        `width` is in pixels; `theme` is what the browser says its user prefers; `query` are
        further parameters of the address.
        """
        query = {"lang": lang, **query} if lang else query
        seen = self.window(width, theme, **(ENGLISH if lang else CHINESE))
        address = at.address + path
        seen.page.goto(f"{address}?{urlencode(query)}" if query else address)
        seen.settle()
        return seen

    def window(self, width: int = 1280, theme: Scheme = "light", **options: Any) -> Seen:  # noqa: ANN401 - Playwright's
        """A window that has not been anywhere, in a context with these options, if any."""
        self.opened.append(self.windows.lend(width, theme, **(options or ENGLISH)))
        return self.opened[-1]

    def leave(self) -> None:
        """Leave all pages; an error or a request to an outside host is an AssertionError."""
        for seen in self.opened:
            self.windows.take_back(seen)
        errors = [error for seen in self.opened for error in seen.errors]
        assert not errors, "the browser's console has errors:\n" + "\n".join(errors)
        outside = {host for seen in self.opened for host in seen.hosts} - LOCAL_HOSTS
        assert not outside, f"the pages asked outside hosts: {outside}"


def watched(page: Page, options: str) -> Seen:
    """A page whose console errors, violations of its policy, uncaught exceptions and requests'
    hosts are written down.
    """
    seen = Seen(page, options)

    def went_to(one: Any) -> None:  # noqa: ANN401 - Playwright's Request or WebSocket
        if host := urlsplit(one.url).hostname:
            seen.hosts.add(host)

    def said(one: Any) -> None:  # noqa: ANN401 - Playwright's ConsoleMessage
        if one.type == "error":
            seen.errors.append(f"{one.text} ({one.location.get('url', '')})")

    page.add_init_script(_VIOLATIONS)
    page.add_init_script(_WIRE)
    page.on("request", went_to)
    page.on("websocket", went_to)
    page.on("console", said)
    page.on("pageerror", lambda error: seen.errors.append(f"uncaught: {error}"))
    return seen
