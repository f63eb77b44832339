"""Firefox, spoken to by WebDriver BiDi, which it answers by itself: no driver is needed."""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

HOW_TO_GET_ONE = "No Firefox was found (Debian: apt install firefox-esr)."
# What WebDriver calls the keys that have no character.
_KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
}
_SECONDS = 90


@dataclass
class Firefox:
    """A window of Firefox; `events` are those that were subscribed to, in their order."""

    connection: ClientConnection
    context: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command; its result."""
        number = next(self._numbers)
        call = {"id": number, "method": method, "params": parameters}
        self.connection.send(json.dumps(call))
        while (answer := json.loads(self.connection.recv(_SECONDS))).get("id") != number:
            self.events.append(answer)
        assert answer["type"] == "success", answer
        result: dict[str, Any] = answer["result"]
        return result

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 - what the script gives
        """The value of a JavaScript expression in the page."""
        where = {"context": self.context}
        answer = self.call(
            "script.evaluate", expression=expression, target=where, awaitPromise=True
        )
        assert answer["type"] == "success", answer
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until a JavaScript expression is true in the page."""
        deadline = time.monotonic() + _SECONDS
        while not self.evaluate(f"Boolean({expression})"):
            assert time.monotonic() < deadline, expression
            time.sleep(0.1)

    def open(self, address: str) -> None:
        """Open an address in the window."""
        self.call("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def click(self, x: float, y: float) -> None:
        """Click at a place in the window."""
        place = {"type": "pointerMove", "x": round(x), "y": round(y)}
        steps = [place, *({"type": f"pointer{way}", "button": 0} for way in ("Down", "Up"))]
        self._perform("pointer", steps)

    def type(self, keys: Iterable[str], every: float) -> None:
        """Press keys, so many seconds apart by the browser's own clock."""
        steps: list[dict[str, object]] = []
        for key in keys:
            value = _KEYS.get(key, key)
            steps += [{"type": way, "value": value} for way in ("keyDown", "keyUp")]
            steps.append({"type": "pause", "duration": round(every * 1000)})
        self._perform("key", steps)

    def _perform(self, kind: str, steps: list[dict[str, object]]) -> None:
        source = {"type": kind, "id": kind, "actions": steps}
        self.call("input.performActions", context=self.context, actions=[source])


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox | None]:
    """Start Firefox with a profile of its own in the folder; None where there is none."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        yield None
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--headless", "--no-remote", "--profile", folder, f"--remote-debugging-port={port}"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([program, *options], **silent)
    try:
        _wait_for(port)
        with connect(f"ws://127.0.0.1:{port}/session", max_size=None, proxy=None) as connection:
            window = Firefox(connection)
            window.call("session.new", capabilities={})
            window.context = window.call("browsingContext.getTree")["contexts"][0]["context"]
            yield window
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < deadline, "Firefox does not answer"
            time.sleep(0.2)
        else:
            return
