"""One backup a day, of which the last seven stay."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from mubiao.atomic import UNFINISHED
from mubiao.problems import Refused, message, unavailable
from mubiao.store.backup import backup
from mubiao.store.backup_names import place_of
from mubiao.store.database import SQLITE_FAULTS

EVERY = timedelta(days=1)
LOOK_EVERY = 3600.0  # seconds; a day's backup is at most this late
KEPT = 7
# What may keep one from being made today and be mended by tomorrow.
_FAULTS = (Refused, OSError, SQLAlchemyError, *SQLITE_FAULTS)
_log = logging.getLogger(__name__)


def keep_daily(
    url: str, folder: Path | None, clock: Callable[[], datetime], wait: Callable[[float], bool]
) -> None:
    """Look every hour whether a daily backup is due, until `wait` (seconds) says to stop.

    Faults go to the log; the next hour tries again.
    """
    while True:
        try:
            if made := daily(url, folder, clock()):
                _log.info("daily backup: %s", made)
        except _FAULTS as fault:
            _log.warning("no daily backup: %s", fault)
        if wait(LOOK_EVERY):
            return


def daily(url: str, folder: Path | None, now: datetime) -> Path | None:
    """Make a backup in the folder (None: its usual place) when the newest daily one of this
    record is older than a day; the new file.

    Only after it succeeded, this record's daily ones but the last seven and what a killed process
    left unfinished are removed, and no other file. Raises Unavailable.
    """
    place = place_of(url, folder)
    # A backup of the future says that a clock was wrong, not that today has one.
    if any(now - EVERY < moment <= now for moment in place.all("daily").values()):
        return None
    file = place.named("daily", now)
    backup(url, file)
    try:
        due = (path for path, moment in place.all("daily").items() if moment <= now)
        for old in sorted(due)[:-KEPT]:
            old.unlink(missing_ok=True)
        for left in place.folder.glob(f".{place.record}-*{UNFINISHED}*"):
            if left.stat().st_mtime < (now - EVERY).timestamp():
                left.unlink(missing_ok=True)  # whoever made it was killed
    except OSError as error:
        msgid = message("old backups in {folder} cannot be removed ({reason}): check its rights")
        reason = error.strerror or error
        raise unavailable(msgid, folder=str(place.folder), reason=reason) from error
    return file
