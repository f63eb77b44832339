"""The HTTP API for other systems, below `/api/v1/`: it reads what the command line prints as JSON,
and writes as the command line imports. `/api/openapi.json` describes it.
"""

from importlib import import_module

from anyio import to_thread
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

__all__ = ["entry"]


def entry(base: str = "") -> Route:
    """The way to all that the server answers below `/api`, at a base path of the server."""
    return Route(f"{base}/api/{{rest:path}}", _WhenAsked(base))


class _WhenAsked:
    """The API's own routes, loaded with the first call: no page waits for what they need."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._router: Router | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._router is None:
            module = await to_thread.run_sync(import_module, "mubiao.api.routes")
            self._router = Router(module.routes(self._base))
        await self._router(scope, receive, send)
