"""Opening a record: the database is found, brought to its newest form, and kept private."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from mubiao.store.backup import backup
from mubiao.store.database import Database, open_database
from mubiao.store.migrate import prepare
from mubiao.store.record import Store


def open_store(url: str, wait: float = 10.0) -> Store:
    """The record at a database URL (`sqlite:///var/mubiao.sqlite`, `postgresql://…`).

    What is missing (folder, file, tables) is created; a database of an older form is brought to
    the newest in one transaction, an SQLite file after a backup into `backups` beside it. `wait`
    is how many seconds an operation waits for a database that is busy. Raises Unavailable with
    what to do about it.
    """
    database = open_database(url, wait)
    prepare(database, lambda revision: _back_up(url, database, revision))
    database.keep_private()
    return Store(database)


def _back_up(url: str, database: Database, revision: str) -> None:
    """Copy an SQLite file; a PostgreSQL server has no file, and its transaction must do."""
    if database.file is not None:
        backup(url, _free_name(database.file, revision))


def _free_name(file: Path, revision: str) -> Path:
    """A name that says the form and when the file was last written to, which needs no clock."""
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    name = f"before-{revision}-{written:%Y%m%dT%H%M%SZ}"
    names = (name if turn == 1 else f"{name}-{turn}" for turn in count(1))
    paths = (file.parent / "backups" / f"{one}.sqlite" for one in names)
    return next(path for path in paths if not path.exists())
