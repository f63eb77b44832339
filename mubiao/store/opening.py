"""Opening a record: its database is created or brought to the newest form, and made private."""

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from mubiao.store.database import Database, open_database
from mubiao.store.migrate import prepare
from mubiao.store.record import Store


def open_store(url: str, wait: float = 10.0, backups: Path | None = None) -> Store:
    """The record at a database URL (`sqlite:///var/mubiao.sqlite`, `postgresql://…`).

    Creates what is missing (folder, file, tables). Brings a database of an older form to the
    newest in one transaction, after a backup into the folder `backups` (None: its usual place);
    without that backup nothing is changed. `wait` is how many seconds an operation waits for a
    busy database. Raises Unavailable with what to do about it.
    """
    database = open_database(url, wait)
    with ExitStack() as on_failure:
        on_failure.callback(database.engine.dispose)
        prepare(database, lambda revision: _back_up(url, database, revision, backups))
        database.keep_private()
        on_failure.pop_all()
    return Store(database)


def _back_up(url: str, database: Database, revision: str, folder: Path | None) -> None:
    """Copy a record whose form is about to change, while no other writer can begin.

    A server is read through another connection, which sees it as it was.
    """
    # Most records have the newest form: nothing of this is loaded for them.
    from mubiao.store.backup import backup  # noqa: PLC0415
    from mubiao.store.backup_names import place_of  # noqa: PLC0415

    file = place_of(url, folder).free(f"before-{revision}", _moment(database))
    backup(url, file)


def _moment(database: Database) -> datetime:
    """When a file was last written to, or what a server's clock says: it needs no clock here."""
    if database.file is not None:
        return datetime.fromtimestamp(database.file.stat().st_mtime, UTC)
    with database.reading() as connection:
        return connection.execute(select(func.current_timestamp())).scalar_one()
