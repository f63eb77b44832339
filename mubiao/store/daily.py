"""A backup a day, the last seven kept."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mubiao.problems import Problem, Unavailable, message
from mubiao.store.backup import UNFINISHED, backup

EVERY = timedelta(days=1)
KEPT = 7
_NAME = re.compile(r"daily-([0-9]{8}T[0-9]{6}Z)\.sqlite")
_FORM = "%Y%m%dT%H%M%SZ"


def daily(url: str, folder: Path, now: datetime) -> Path | None:
    """Make a backup in the folder when the newest daily one is older than a day; the new file.

    Only then, and only when it succeeded, all but the last seven daily ones are removed; other
    files (before a migration, before a restore, somebody's own) are left alone. Raises
    Unavailable.
    """
    made = _made(folder)
    # A backup of the future says that a clock was wrong, not that today has one.
    if any(now - EVERY < moment <= now for moment in made.values()):
        return None
    file = folder / f"daily-{now.astimezone(UTC):{_FORM}}.sqlite"
    backup(url, file)
    try:
        due = (path for path, moment in _made(folder).items() if moment <= now)
        for old in sorted(due)[:-KEPT]:
            old.unlink(missing_ok=True)
        for left in folder.glob(f".*{UNFINISHED}*"):
            if left.stat().st_mtime < (now - EVERY).timestamp():
                left.unlink(missing_ok=True)  # whoever made it was killed
    except OSError as error:
        told = message("old backups in {folder} cannot be removed ({reason}): check its rights")
        values = {"folder": str(folder), "reason": error.strerror or error}
        raise Unavailable([Problem(told, values)]) from error
    return file


def _made(folder: Path) -> dict[Path, datetime]:
    """The daily backups of a folder and their moments, which their names say."""
    found = {path: _NAME.fullmatch(path.name) for path in folder.glob("daily-*.sqlite")}
    return {
        path: datetime.strptime(name[1], _FORM).replace(tzinfo=UTC)
        for path, name in found.items()
        if name is not None
    }
