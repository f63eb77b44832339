"""Opening a record: the database is found, brought to its newest form, and kept private."""

from contextlib import ExitStack

from mubiao.store.backup import backup, beside
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
    with ExitStack() as on_failure:
        on_failure.callback(database.engine.dispose)
        prepare(database, lambda revision: _back_up(url, database, revision))
        database.keep_private()
        on_failure.pop_all()
    return Store(database)


def _back_up(url: str, database: Database, revision: str) -> None:
    """Copy an SQLite file; a PostgreSQL server has no file, and its transaction must do."""
    if database.file is not None:
        backup(url, beside(database.file, f"before-{revision}"))
