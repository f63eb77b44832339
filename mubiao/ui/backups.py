"""The daily backup, beside the server: whatever becomes of it, no page notices."""

import logging
from pathlib import Path
from threading import Event, Thread

import streamlit as st
from streamlit.runtime import Runtime, get_instance

from mubiao import service
from mubiao.problems import Refused

_LOOK_EVERY = 3600.0  # seconds; a day's backup is at most this late
_log = logging.getLogger(__name__)


@st.cache_resource(show_spinner=False)
def keep(database: str) -> Thread | None:
    """Let a thread make the daily backups of an SQLite record, one for the whole server.

    None for a database server, which has backups of its own, and where a page is only tested.
    """
    file = service.record_file(database)
    if file is None or not _serving():
        return None
    thread = Thread(target=_keep, args=(database, file.parent / "backups"), daemon=True)
    thread.start()
    return thread


def _serving() -> bool:
    """Whether this is a server: AppTest puts something that only looks like one in its place."""
    return type(get_instance()) is Runtime


def _keep(database: str, folder: Path) -> None:
    never = Event()
    while True:
        try:
            service.daily_backup(database, folder)
        except Refused as refusal:
            _log.warning("no daily backup: %s", refusal)
        never.wait(_LOOK_EVERY)
