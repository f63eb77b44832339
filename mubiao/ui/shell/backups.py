"""The daily backups, beside the server: whatever becomes of them, no page notices."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import environ
from pathlib import Path
from threading import Event, Lock, Thread

from streamlit.runtime import Runtime, get_instance

from mubiao import clock
from mubiao.problems import Refused
from mubiao.settings import Settings, settings_from
from mubiao.store.daily import keep_daily
from mubiao.store.database import may_have_record

_log = logging.getLogger(__name__)
_guard = Lock()
_running: dict[tuple[str, Path | None], Thread] = {}
_stop = Event()


@asynccontextmanager
async def with_server(app: object) -> AsyncIterator[None]:
    """Begin when the server starts and end with it, as Streamlit's `lifespan`.

    Settings that are wrong keep no server from starting: its pages say what is wrong.
    """
    del app
    try:
        settings = settings_from(environ)
        if may_have_record(settings.database):
            begin(settings)
    except Refused as refusal:
        _log.warning("no daily backups yet: %s", refusal)
    try:
        yield
    finally:
        _stop.set()


def with_page(settings: Settings) -> Thread | None:
    """Begin with a page, for a record that the page has just made; None where it is only tested."""
    return begin(settings) if _serving() else None


def begin(settings: Settings) -> Thread:
    """The thread that makes a record's daily backups: one for the whole server."""
    key = (settings.database, settings.backups)
    with _guard:
        thread = _running.get(key)
        if thread is None or not thread.is_alive():
            work = (settings.database, settings.backups, clock.now, _stop.wait)
            thread = Thread(target=keep_daily, args=work, daemon=True, name="backups")
            _running[key] = thread
            thread.start()
        return thread


def _serving() -> bool:
    """Whether this is a server: AppTest puts something that only looks like one in its place."""
    return type(get_instance()) is Runtime
