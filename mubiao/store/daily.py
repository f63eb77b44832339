"""What a server does daily, and its first work: a backup, of which the last seven stay."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from mubiao.atomic import UNFINISHED
from mubiao.problems import Refused, message, unavailable
from mubiao.store.backup import backup
from mubiao.store.backup_names import place_of
from mubiao.store.database import SQLITE_FAULTS

EVERY = timedelta(days=1)
LOOK_EVERY = 3600.0  # seconds; a day's work is at most this late
KEPT = 7
# What may keep a work from being done today and be mended by tomorrow.
_FAULTS = (Refused, OSError, SQLAlchemyError, *SQLITE_FAULTS)
_log = logging.getLogger(__name__)


def keep_daily(works: Mapping[str, Callable[[], object]], wait: Callable[[float], bool]) -> None:
    """Do daily works, by name, where each is due (it then says what it did), and look again every
    hour, until `wait` (seconds) says to stop.

    Faults go to the log and keep no other work from being done; the next hour tries again.
    """
    while True:
        for name, work in works.items():
            try:
                if done := work():
                    _log.info("%s: %s", name, done)
            except _FAULTS as fault:
                _log.warning("no %s: %s", name, fault)
        if wait(LOOK_EVERY):
            return


def daily(url: str, folder: Path | None, now: datetime) -> Path | None:
    """Make a backup in the folder (None: its usual place) when the newest daily one of this
    record is older than a day; the new file.

    Only after it succeeded, this record's daily ones but the last of each of seven days, and what a
    killed process left unfinished, are removed, and no other file. Raises Unavailable.
    """
    place = place_of(url, folder)
    # A backup of the future says that a clock was wrong, not that today has one.
    if any(now - EVERY < moment <= now for moment in place.all("daily").values()):
        return None
    file = place.named("daily", now)
    backup(url, file)
    try:
        due = {path: moment.date() for path, moment in place.all("daily").items() if moment <= now}
        # One a day: several servers of one record make theirs at the same time.
        of_days = {due[path]: path for path in sorted(due)}
        for old in due.keys() - list(of_days.values())[-KEPT:]:
            old.unlink(missing_ok=True)
        for left in place.folder.glob(f".{place.record}-*{UNFINISHED}*"):
            if left.stat().st_mtime < (now - EVERY).timestamp():
                left.unlink(missing_ok=True)  # whoever made it was killed
    except OSError as error:
        msgid = message("old backups in {folder} cannot be removed ({reason}): check its rights")
        reason = error.strerror or error
        raise unavailable(msgid, folder=str(place.folder), reason=reason) from error
    return file
