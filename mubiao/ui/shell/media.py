"""The files that pages hand out, kept from those who may not read: addresses travel easily."""

from os import environ

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mubiao import journal
from mubiao.problems import Refused
from mubiao.settings import settings_from
from mubiao.ui.shell import later
from mubiao.ui.shell.document import base


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
    later.load()
    from mubiao.access import Action, Denied  # noqa: PLC0415 - not before the server answers
    from mubiao.ui.shell import gate  # noqa: PLC0415 - as above

    try:
        may = gate.may_fetch(request, settings_from(environ))
    except Refused:  # a page says why
        return False
    if not may:
        journal.write(Action.READ.value, "", Denied.outcome)
    return may
