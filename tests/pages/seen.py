"""A page run without a browser, and what a person finds on it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "overview",
    "target",
    "record",
    "owes",
    "meeting",
    "present",
    "history",
    "years",
    "sources",
    "review",
    "access",
)
SCRIPT = "<script>alert('x')</script>"  # what people may write, and what must never run
STATUSES = ("achieved", "on_track", "at_risk", "off_track", "missed", "no_data")


def visits_from(browser: str, monkeypatch: pytest.MonkeyPatch, **others: str) -> None:
    """Have all pages that are run from now on be those of one browser, which a digit names, with
    other cookies.
    """
    cookies = StreamlitCookies({"mubiao_browser": browser * 32, **others})
    monkeypatch.setattr(ContextProxy, "cookies", cookies)


def opened(page: str, **address: str) -> "Shown":
    """The page as the first address of a fresh server: its file by itself, without dashboard.py.

    Without a `lang` in the address it is English.
    """
    # Before the first run nothing is registered with st.navigation: the file itself is run.
    return _entry(address).go(page)


def walked(page: str, **address: str) -> "Shown":
    """The page reached from the entry, dashboard.py, as a person who walks there does."""
    return _entry(address).run().go(page)


def _entry(address: dict[str, str]) -> "Shown":
    at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, value in {"lang": "en", **address}.items():
        at.query_params[name] = value
    return Shown(at)


@dataclass
class Shown:
    """A page that has run; every run that ends in an exception fails the test."""

    at: AppTest

    def run(self) -> "Shown":
        """Run the page again with what its widgets hold."""
        self.at.run()
        assert not self.at.exception, [error.message for error in self.at.exception]
        # Where the server keeps its files, and by what address its database, is not the reader's.
        for place in (str(ROOT), gettempdir(), "127.0.0.1/"):
            assert place not in self.text + self.said + _text(self.frame)
        return self

    def go(self, page: str) -> "Shown":
        """Another page of the same session."""
        self.at.switch_page(f"pages/{page}.py")
        return self.run()

    def press(self, key: str) -> "Shown":
        """Press the button with this key, or the one with this label."""
        of_key = [one for one in self.at.button if key in (one.key, bare(one.label))]
        assert len(of_key) == 1, f"{len(of_key)} buttons {key!r}"
        of_key[0].click()
        return self.run()

    def put(self, key: str, value: Any) -> "Shown":  # noqa: ANN401 - as many kinds as widgets
        """Set a widget as a person does, and run the page."""
        return self.fill(**{key: value})

    def fill(self, **fields: Any) -> "Shown":  # noqa: ANN401 - as many kinds as widgets
        """Set widgets, and run the page."""
        for field, value in fields.items():
            self.widget(field).set_value(value)
        return self.run()

    def choose(self, **choices: str) -> "Shown":
        """Change choices of the address as a link of the frame does; an empty one goes."""
        for name, value in choices.items():
            if value:
                self.at.query_params[name] = value
            elif name in self.at.query_params:
                del self.at.query_params[name]
        return self.run()

    def step(self, title: str) -> "Shown":
        """Follow the link of the frame with this title or text, which changes the address."""
        [link] = [a for a in self.frame.iter("a") if title in (a.get("title"), _text(a))]
        return self.choose(**changes(link))

    def widget(self, key: str) -> Any:  # noqa: ANN401 - as many kinds as widgets
        """The widget with this key, or a form's field that adds target and row to the key."""
        kinds = ("button_group", "selectbox", "text_input", "text_area", "date_input")
        widgets = [widget for kind in kinds for widget in self.at.get(kind)]
        exact = [widget for widget in widgets if widget.key == key]
        [widget] = exact or [w for w in widgets if (w.key or "").startswith(f"{key}-")]
        return widget

    def holds(self, field: str) -> Any:  # noqa: ANN401 - as many kinds as widgets
        """What a field of the entry form holds."""
        return self.widget(field).value

    def offers(self, key: str) -> list[str]:
        """The options of a widget, as they read."""
        return [bare(option) for option in self.widget(key).options]

    def buttons(self, prefix: str) -> list[str]:
        """The keys of the buttons that begin so."""
        return [b.key for b in self.at.button if b.key and b.key.startswith(prefix)]

    @property
    def address(self) -> dict[str, str]:
        """The parameters of the address."""
        params = self.at.query_params.items()
        return {k: v if isinstance(v, str) else ",".join(v) for k, v in params}

    @property
    def tree(self) -> "ET.Element[str]":
        """The page's own HTML, which must be well-formed."""
        return _parsed(body for body in self._html if "mb-carrier" not in body)

    @property
    def frame(self) -> "ET.Element[str]":
        """What the page carries of the bar on top."""
        return _parsed(body for body in self._html if "mb-carrier" in body)

    @property
    def plans(self) -> list[str]:
        """The plans to choose from, once there is more than one."""
        return [_text(item) for item in self.frame.iter("li") if item.find("a") is not None]

    @property
    def _html(self) -> list[str]:
        parts = [part.proto for part in self.at.main.get("html")]
        assert not any(part.unsafe_allow_javascript for part in parts)
        return [str(part.body) for part in parts]

    @property
    def text(self) -> str:
        """All words of the page's own HTML."""
        return _text(self.tree)

    @property
    def said(self) -> str:
        """What Streamlit's own messages say, Markdown's escapes taken off."""
        boxes = [*self.at.error, *self.at.warning, *self.at.success, *self.at.info]
        return "\n".join(bare(box.value) for box in boxes)

    @property
    def notice(self) -> str:
        """The state that is told instead of the page's content; empty in the usual state."""
        return " ".join(self.texts("mb-notice"))

    def texts(self, css: str) -> list[str]:
        """The words of each element with this class, in order."""
        return [_text(element) for element in self.having(css)]

    def having(self, css: str) -> "list[ET.Element[str]]":
        """The elements with this class."""
        return [e for e in self.tree.iter() if css in e.get("class", "").split()]

    def items(self, css: str) -> "list[ET.Element[str]]":
        """The rows of the lists with this class."""
        return [item for part in self.having(css) for item in part.iter("li")]

    def rows(self, css: str) -> list[str]:
        """The words of each of these rows."""
        return [_text(item) for item in self.items(css)]

    def statuses(self, css: str) -> dict[str, str]:
        """By target id, the status in each row of the lists with this class."""
        return {_linked(item): _status(item) for item in self.items(css)}

    @property
    def targets(self) -> dict[str, str]:
        """By target id, the status of every target on the overview, of the silent no_data.

        Of a chapter that is not open there are none (`open="all"` in the address).
        """
        silent = {_linked(item): "no_data" for item in self.items("mb-silent")}
        return self.statuses("mb-headline") | self.statuses("mb-rows") | silent

    @property
    def status(self) -> str:
        """The status of the one target that the page is about."""
        of_page = self.having("mb-target-line") or self.having("mb-standing")
        place = of_page or self.having("mb-key-figure")
        return _status(place[0])

    @property
    def bar(self) -> str:
        """The counts, and what stands in the way of saving; empty where nothing was typed."""
        return " ".join(self.texts("mb-bar"))

    def effects(self) -> list[tuple[str, str, str]]:
        """What an entry would do: for each target its name, and its status before and after."""
        found = self.having("mb-effect")
        return [(_text(next(effect.iter("b"))), *_statuses(effect)) for effect in found]

    def problems(self) -> list[str]:
        """What is wrong with an entry, as the form says it."""
        return self.rows("mb-problems")


def changes(link: "ET.Element[str]") -> dict[str, str]:
    """What a link of the page changes in the address, "" for what it takes out."""
    query = urlsplit(link.get("href", "")).query
    return {name: value for name, [value] in parse_qs(query, keep_blank_values=True).items()}


def bare(markdown: str) -> str:
    """What a label or a message reads as, without what keeps Markdown from reading it."""
    return re.sub(r"\\([\\*`~$:])", r"\1", markdown).replace("\u2060", "")


def _parsed(bodies: Iterable[str]) -> "ET.Element[str]":
    return ET.fromstring(f"<main>{''.join(bodies)}</main>")  # noqa: S314 - our own pages


def _text(element: "ET.Element[str]") -> str:
    return " ".join("".join(element.itertext()).split())


def _linked(item: "ET.Element[str]") -> str:
    [link] = list(item.iter("a"))
    assert link.get("href", "").startswith("target?"), link.get("href")
    return changes(link)["target"]


def _statuses(element: "ET.Element[str]") -> list[str]:
    marks = [set(e.get("class", "").split()) for e in element.iter("span")]
    found = [mark for mark in marks if "mb-status" in mark]
    return [status for mark in found for status in STATUSES if f"mb-{status}" in mark]


def _status(element: "ET.Element[str]") -> str:
    [status] = _statuses(element)
    return status
