"""The files that pages hand out, kept from those who may not read: addresses travel easily."""

from os import environ

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mubiao import journal
from mubiao.access import Action, Denied
from mubiao.deployment import record
from mubiao.problems import Refused
from mubiao.settings import settings_from
from mubiao.ui.shell.document import base
from mubiao.ui.shell.gate import may_read
from mubiao.ui.shell.visitor import of_request


class Media:
    """Refuses files to whoever must sign in to read, before Streamlit looks for them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._path = f"{base()}/media/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on everything else."""
        is_file = scope["type"] == "http" and scope["path"].startswith(self._path)
        # In a thread: it may ask a database.
        if is_file and not await to_thread.run_sync(_may_fetch, Request(scope)):
            await PlainTextResponse("", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _may_fetch(request: Request) -> bool:
    try:
        settings = settings_from(environ)
        if settings.identity.is_open:
            return True
        store = record(settings)
        actor = of_request(request, settings.identity, store)
        if may_read(store, actor):
            return True
    except Refused:
        return False
    journal.write(Action.READ.value, actor.id if actor else "", Denied.outcome)
    return False
