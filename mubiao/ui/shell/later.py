"""What is loaded while the first browser loads Streamlit's own script: a server answers before it
has the plan's types, the record and the API.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Event, Lock

from anyio import to_thread
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from mubiao import journal

# In pieces, between which the browser's files go out: threads read those, and each would wait for
# the one that loads at every step.
_PIECES = (
    *("mubiao.i18n", "mubiao.plan.loader", "sqlalchemy", "mubiao.store", "mubiao.html"),
    *("mubiao.views.overview", "mubiao.ui.shell.page", "mubiao.ui.overview.year"),
    "mubiao.ui.overview.lists",
)
_QUIET = 0.08  # seconds without a request
# In all, whoever asks for what without end: a watch of the server, or somebody who would keep the
# daily backup from it.
_LONGEST = 5.0


class _Loading:
    """How far the server is: `requests` that it is answering, and when it last answered one."""

    def __init__(self) -> None:
        self.lock, self.is_needed, self.is_done = Lock(), Event(), False
        self.requests, self.answered_at = 0, 0.0

    def wait_for_quiet(self, until: float) -> None:
        while (now := journal.clock()) < until and (
            self.requests or now - self.answered_at < _QUIET
        ):
            if self.is_needed.wait(_QUIET / 16):
                return


_server = _Loading()


@contextmanager
def answering() -> Iterator[None]:
    """While the server answers a request."""
    _server.requests += 1
    try:
        yield
    finally:
        _server.requests -= 1
        _server.answered_at = journal.clock()


def is_loaded() -> bool:
    """Whether nothing is left to load."""
    return _server.is_done


def load() -> None:
    """Load what pages need, or wait until it is: whatever imports more of the product by itself
    does so after this. Two threads that import a package and a part of it end in a deadlock.
    """
    _server.is_needed.set()
    load_meanwhile()


def load_meanwhile() -> None:
    """The same, while the server answers no request, until somebody needs it."""
    with _server.lock:
        if _server.is_done:
            return
        until = journal.clock() + _LONGEST
        gc.disable()  # looking through modules again and again takes a fifth of the time
        try:
            for piece in _PIECES:
                _server.wait_for_quiet(until)
                import_module(piece)
            import_module("mubiao.ui.shell.page").warm()
        finally:
            gc.freeze()
            gc.enable()
        _server.is_done = True


def routes(base: str, module: str, *paths: str) -> list[Route]:
    """The ways to what the `routes` of a module answer at these paths below the server's base path;
    the module is loaded with the first request.
    """
    answers = _Later(base, module)
    return [Route(base + path, answers) for path in paths]


class _Later:
    def __init__(self, base: str, module: str) -> None:
        self._base, self._module = base, module
        self._router: Router | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._router is None:
            self._router = await to_thread.run_sync(self._load)
        await self._router(scope, receive, send)

    def _load(self) -> Router:
        load()
        return Router(import_module(self._module).routes(self._base))
