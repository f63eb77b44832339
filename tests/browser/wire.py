"""The wire between a browser and its server: it can be cut, fall silent, and be mended.

A page that is offline keeps the connection that it has; only what stands between the two can take
that away.
"""

import socket
from contextlib import suppress
from threading import Event, Lock, Thread

_AT_ONCE = 65536


class Wire:
    """Hands on what comes to a port of its own to the server's port, and back."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._ends: list[socket.socket] = []
        self._lock = Lock()
        self._silent = Event()
        self.port = 0
        self.mend()

    def mend(self) -> None:
        """Take connections, always at the same port."""
        self._silent.clear()
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listening.getsockname()[1]
        Thread(target=self._connect, args=(self._listening,), daemon=True).start()

    def fall_silent(self) -> None:
        """Keep all connections, and hand nothing on: neither side notices at once."""
        self._silent.set()

    def cut(self) -> None:
        """End all connections and take no more."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # or its thread would go on waiting
        self._listening.close()
        with self._lock:
            for end in self._ends:
                _end(end)
            self._ends.clear()

    def _connect(self, listening: socket.socket) -> None:
        while True:
            try:
                near = listening.accept()[0]
            except OSError:
                return
            try:
                far = socket.create_connection(("localhost", self._to))
            except OSError:
                near.close()
                continue
            with self._lock:
                self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                Thread(target=self._hand_on, args=(one, other), daemon=True).start()

    def _hand_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(_AT_ONCE):
                if not self._silent.is_set():
                    other.sendall(data)
        _end(one)
        _end(other)
        one.close()


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
