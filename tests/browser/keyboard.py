"""A keyboard that presses keys by the clock, as a person does: it waits for no page.

Playwright's own waits until the page has answered each key, and so never types ahead of it.
"""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count

from playwright.sync_api import Page
from websockets.sync.client import ClientConnection, connect

# The virtual key code of a key, and its `code` where that is not the key's name.
_CODES = {
    "Enter": (13, ""),
    "Tab": (9, ""),
    "Escape": (27, ""),
    "ArrowLeft": (37, ""),
    "ArrowUp": (38, ""),
    "ArrowRight": (39, ""),
    "ArrowDown": (40, ""),
    "Backspace": (8, ""),
    ".": (190, "Period"),
    "-": (189, "Minus"),
    "_": (189, "Minus"),
}


@dataclass
class Keyboard:
    """The keyboard of one page of a browser that listens at a port for its developers."""

    connection: ClientConnection
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _unanswered: set[int] = field(default_factory=set)

    def type(self, keys: Iterable[str], every: float) -> None:
        """Press keys (a character, or a name such as Enter), so many seconds apart.

        In the end it waits until the page has answered all of them.
        """
        due = time.monotonic()
        for key in keys:
            time.sleep(max(0.0, due - time.monotonic()))
            self._press(key)
            due += every
        while self._unanswered:
            self._hear(timeout=120)

    def _press(self, key: str) -> None:
        code, name = _CODES.get(key, (ord(key[0].upper()), _name(key)))
        event = {"key": key, "code": name or key, "windowsVirtualKeyCode": code}
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        down = "keyDown" if text else "rawKeyDown"
        self._send({"type": down, "text": text, **event} if text else {"type": down, **event})
        self._send({"type": "keyUp", **event})
        with suppress(TimeoutError):
            while True:
                self._hear(timeout=0)

    def _send(self, event: dict[str, object]) -> None:
        number = next(self._numbers)
        call = {"id": number, "method": "Input.dispatchKeyEvent", "params": event}
        self._unanswered.add(number)
        self.connection.send(json.dumps(call))

    def _hear(self, timeout: float) -> None:
        answer = json.loads(self.connection.recv(timeout=timeout))
        assert "error" not in answer, answer
        self._unanswered.discard(answer.get("id"))


def _name(key: str) -> str:
    return f"Digit{key}" if key.isdigit() else f"Key{key.upper()}"


@contextmanager
def keyboard(page: Page, port: int) -> Iterator[Keyboard]:
    """The keyboard of a page of a browser that listens at this port."""
    target = page.context.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"]
    address = f"ws://127.0.0.1:{port}/devtools/page/{target['targetId']}"
    with connect(address, max_size=None, proxy=None) as connection:
        yield Keyboard(connection)
