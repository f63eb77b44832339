"""The daily backups: a thread of the server makes them; no page waits for one or fails by one."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import environ
from threading import Event, Thread

from mubiao import clock
from mubiao.problems import Refused
from mubiao.settings import Settings, settings_from
from mubiao.store.daily import keep_daily
from mubiao.store.database import may_have_record

# Seconds between two looks whether the first page has made the record.
SOON = 2.0
_log = logging.getLogger(__name__)


@asynccontextmanager
async def with_server(app: object) -> AsyncIterator[None]:
    """Begin when the server starts and end with it, as Streamlit's `lifespan`.

    Wrong settings keep no server from starting: its pages say what is wrong.
    """
    del app
    stop = Event()
    try:
        settings = settings_from(environ)
        may_have_record(settings.database)
        Thread(target=_keep, args=(settings, stop), daemon=True, name="backups").start()
    except Refused as refusal:
        _log.warning("no daily backups: %s", refusal)
    try:
        yield
    finally:
        stop.set()


def _keep(settings: Settings, stop: Event) -> None:
    if not may_have_record(settings.database):
        while not may_have_record(settings.database):
            if stop.wait(SOON):
                return
        stop.wait(SOON)  # the page that makes a record has yet to seed it
    keep_daily(settings.database, settings.backups, clock.now, stop.wait)
