"""What is loaded while the first browser loads Streamlit's own script: a server answers before it
has the plan's types, the record and the API.
"""

import sys
from importlib import import_module
from threading import Lock

from anyio import to_thread
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from mubiao.ui.shell.document import base

_loading = Lock()


def load() -> None:
    """Load what pages need, or wait until it is: whatever imports more of the product by itself
    does so after this. Two threads that import a package and a part of it end in a deadlock.
    """
    with _loading:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(0.0003)
        import_module("mubiao.ui.shell.page").warm()
        sys.setswitchinterval(usual)


def routes(module: str, *paths: str) -> list[Route]:
    """The ways to what the `routes` of a module, given the server's base path, answer there; the
    module is loaded with the first request.
    """
    answers = _Later(module)
    return [Route(base() + path, answers) for path in paths]


class _Later:
    def __init__(self, module: str) -> None:
        self._module = module
        self._router: Router | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._router is None:
            self._router = await to_thread.run_sync(self._load)
        await self._router(scope, receive, send)

    def _load(self) -> Router:
        load()
        return Router(import_module(self._module).routes(base()))
