"""Daily backups and reminders: a thread of the server makes them; no page waits or fails by one."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from os import environ
from threading import Event, Thread

from mubiao import clock, journal
from mubiao.problems import Refused
from mubiao.settings import Settings, settings_from
from mubiao.ui.shell import later

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
        journal.begin(settings.log)
        Thread(target=_begin, args=(settings, stop), daemon=True, name="daily work").start()
    except Refused as refusal:
        _refused(refusal)
    try:
        yield
    finally:
        stop.set()


def _refused(refusal: Refused) -> None:
    _log.warning("no daily backups and reminders: %s", refusal)


def _begin(settings: Settings, stop: Event) -> None:
    later.load_meanwhile()
    try:
        _keep(settings, stop)
    except Refused as refusal:
        _refused(refusal)


def _keep(settings: Settings, stop: Event) -> None:
    from mubiao.store.backup import daily, keep_daily  # noqa: PLC0415 - not before the server answers
    from mubiao.store.database import may_have_record  # noqa: PLC0415 - as above

    if not may_have_record(settings.database):
        while not may_have_record(settings.database):
            if stop.wait(SOON):
                return
        stop.wait(SOON)  # the page that makes a record has yet to seed it
    works: dict[str, Callable[[], object]] = {
        "daily backup": lambda: daily(settings.database, settings.backups, clock.now()),
    }
    if settings.reminders is not None:
        # Only where somebody is to be reminded: it takes a while to load.
        from mubiao.reminders import remind_daily  # noqa: PLC0415

        works["reminders"] = lambda: remind_daily(settings, clock.now)
    keep_daily(works, stop.wait)
