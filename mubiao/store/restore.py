"""Putting a backup in the place of the record; the replaced record is kept.

An SQLite file is overwritten in place, in one transaction while nobody else is inside: whoever
waits to save then saves into what was restored, and no server needs to start again.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Column, Connection, func, select

from mubiao.problems import Problem, Refused, message, refused, unavailable
from mubiao.store.backup import (
    backup,
    copy_database,
    copy_open,
    copy_rows,
    new_file,
    place_of,
    url_of,
)
from mubiao.store.database import (
    SQLITE_FAULTS,
    WAIT,
    connect,
    existing,
    explained,
    located,
    open_database,
)
from mubiao.store.migrate import revision_of, upgrade
from mubiao.store.schema import METADATA
from mubiao.store.verify import in_newest_form, look_through

_EXISTS = message(
    "{where} holds a record already; add --yes to replace it (it is kept as a backup)"
)
_UNSOUND = message("the backup {file} is not whole, so nothing was changed")
_ITSELF = message("{file} is the record itself; name a backup of it")
_NOT_MOVED = message("{file} cannot be moved away ({reason}): check the rights of its folder")
_DAMAGE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
# The columns that the database numbers.
_NUMBERS: tuple[Column[int], ...] = tuple(
    column
    for table in METADATA.sorted_tables
    for column in table.primary_key
    if column.autoincrement is True
)


def restore(file: Path, url: str, *, overwrite: bool, backups: Path | None = None) -> Path | None:
    """Make the record at a URL what a backup holds, and return the file in the folder `backups`
    (None: its usual place) that keeps the replaced record, None where there was none.

    A copy of the backup is brought to the newest form and verified first. Row numbers go on after
    all that the replaced record had given, so that none means two things. Raises Refused for a
    backup that is not whole, and where there is a record unless `overwrite`; Unavailable for
    everything else. The record then is as it was.
    """
    target = located(url)[1]
    if target is not None and target.exists() and file.exists() and target.samefile(file):
        raise refused(_ITSELF, file=file)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite"
        if problems := look_through(in_newest_form(file, copy)).problems:
            raise Refused([Problem(_UNSOUND, {"file": str(file)}), *problems])
        replaced = place_of(url, backups).free("replaced", _changed(target or file))
        if target is None:
            return _into_server(copy, url, replaced, overwrite=overwrite)
        return _into_file(copy, target, replaced, overwrite=overwrite)


def _changed(file: Path) -> datetime:
    """When a file was last changed, which needs no clock; the beginning of time for none."""
    return datetime.fromtimestamp(file.stat().st_mtime if file.exists() else 0, UTC)


def _into_file(copy: Path, target: Path, replaced: Path, *, overwrite: bool) -> Path | None:
    if not target.exists():
        # The journal of a killed writer would be played into the new file.
        _move_aside(target, "left")
        _put(copy, target)
        return None
    if not overwrite:
        raise refused(_EXISTS, where=target)
    with explained(target):
        try:
            _put_over(copy, target, replaced)
        except SQLITE_FAULTS as error:
            # What Python cannot read has no error name, and is damage too.
            if getattr(error, "sqlite_errorname", _DAMAGE[0]) not in _DAMAGE:
                raise
            # What cannot be opened as a database can only be moved away.
            replaced = _move_aside(target, "replaced")
            _put(copy, target)
    return replaced


def _put(copy: Path, target: Path) -> None:
    with new_file(target) as path:
        copy_database(copy, path, target)


def _put_over(copy: Path, target: Path, replaced: Path) -> None:
    """Overwrite a database that others use. Raises sqlite3.Error; then it is as it was."""
    with closing(connect(target, WAIT)) as old:
        # From here on nobody else reads or writes, until the connection is closed.
        old.execute("PRAGMA locking_mode=EXCLUSIVE")
        old.execute("BEGIN EXCLUSIVE")
        old.execute("COMMIT")
        with new_file(replaced) as path:
            copy_open(old, path, replaced)
        with closing(connect(copy, WAIT)) as new:
            _number_on(new, sum(_given(old).values()))
            new.backup(old)


def _given(connection: sqlite3.Connection) -> Mapping[str, int]:
    """The greatest number that each table has given; none in a file without such tables."""
    exists = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"
    if connection.execute(exists).fetchone() is None:
        return {}
    return dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))


def _number_on(connection: sqlite3.Connection, last: int) -> None:
    """Let every table give only numbers after the last."""
    own = _given(connection)
    for table in (column.table.name for column in _NUMBERS):
        following = (table, max(own.get(table, 0), last))
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", following)


def _move_aside(target: Path, label: str) -> Path:
    """Move a file and SQLite's journals of it, which would spoil the next one, to a free name.

    Beside it, on the same disk: what may be damaged is not copied.
    """
    paths = [target.with_name(target.name + end) for end in ("-journal", "-wal", "-shm", "")]
    present = [path for path in paths if path.exists()]
    aside = place_of(url_of(target)).free(label, _changed([target, *present][-1]))
    for path in present:
        try:
            aside.parent.mkdir(mode=0o700, exist_ok=True)
            path.rename(f"{aside}{path.name.removeprefix(target.name)}")
        except OSError as error:
            reason = error.strerror or error
            raise unavailable(_NOT_MOVED, file=str(path), reason=reason) from error
    return aside


def _into_server(copy: Path, url: str, replaced: Path, *, overwrite: bool) -> Path | None:
    """Replace a server's tables in one transaction while no other writer can begin."""
    server, file = open_database(url, WAIT), existing(copy, str(copy))
    try:
        with server.writing() as target, file.reading() as source:
            revision = revision_of(target, server.where)
            last = 0
            if revision is not None:
                if not overwrite:
                    raise refused(_EXISTS, where=server.where)
                backup(url, replaced)
                last = sum(_greatest(target).values())
                names = ", ".join(["alembic_version", *METADATA.tables])
                target.exec_driver_sql(f"DROP TABLE IF EXISTS {names}")
            upgrade(target)
            copy_rows(METADATA.sorted_tables, source, target)
            for column, own in _greatest(target).items():
                if max(own, last):
                    sequence = func.pg_get_serial_sequence(column.table.name, column.name)
                    target.execute(select(func.setval(sequence, max(own, last))))
            return None if revision is None else replaced
    finally:
        server.engine.dispose()


def _greatest(connection: Connection) -> Mapping[Column[int], int]:
    """The greatest number in each numbered column."""
    return {
        column: connection.execute(select(func.max(column))).scalar() or 0 for column in _NUMBERS
    }
