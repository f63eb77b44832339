"""Putting a backup in the place of the record, with the record of before kept.

An SQLite file is overwritten in place, in one transaction while nobody else is inside: whoever
waits to save then saves into what was restored, and no server needs to start again.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, func, inspect, select

from mubiao.problems import Problem, Refused, Unavailable, message, refused
from mubiao.store.backup import (
    WAIT,
    backup,
    connect,
    copied,
    copy_open,
    copy_rows,
    tables_of,
    unfinished,
    url_of,
)
from mubiao.store.backup_names import place_of
from mubiao.store.database import SQLITE_FAULTS, fault_of, located, open_database
from mubiao.store.migrate import known, revision_of, upgrade
from mubiao.store.schema import ENTRIES, MEETINGS, REMARKS, SAVES
from mubiao.store.verify import in_newest_form, looked_at, looked_through

_EXISTS = message(
    "{where} holds a record already; add --yes to replace it (it is kept as a backup)"
)
_UNSOUND = message("the backup {file} is not whole, so nothing was changed")
_ITSELF = message("{file} is the record itself; name a backup of it")
_DAMAGE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_SIDE_FILES = ("-journal", "-wal", "-shm")


def restore(file: Path, url: str, *, overwrite: bool, backups: Path | None = None) -> Path | None:
    """Make the record at a URL what a backup holds, and return the file that keeps the record of
    before, None where there was none: in the folder `backups` (None: its usual place).

    The backup is only read; a copy of it is brought to the newest form and verified first. Row
    numbers go on after all that the replaced record had given, so that none means two things.
    Raises Refused for a backup that is not whole, and where there is a record unless `overwrite`;
    Unavailable for everything else. The record then is as it was.
    """
    target = located(url)[1]
    if target is not None and target.exists() and file.exists() and target.samefile(file):
        raise refused(_ITSELF, file=file)
    with _whole_copy(file) as ready:
        kept = place_of(url, backups).free("replaced", _written(file if target is None else target))
        if target is None:
            return _into_server(ready, url, kept, overwrite=overwrite)
        return _into_file(ready, target, kept, overwrite=overwrite)


@contextmanager
def _whole_copy(file: Path) -> Iterator[Path]:
    """A verified copy of a backup in the newest form, for as long as the body runs."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite"
        found = looked_through(in_newest_form(file, copy)).problems
        if found:
            raise Refused([Problem(_UNSOUND, {"file": str(file)}), *found])
        yield copy


def _written(file: Path) -> datetime:
    """When a file was last written to, which needs no clock; the beginning of time for none."""
    written = file.stat().st_mtime if file.exists() else 0
    return datetime.fromtimestamp(written, UTC)


def _into_file(ready: Path, target: Path, kept: Path, *, overwrite: bool) -> Path | None:
    if not target.exists():
        _sides_aside(target)
        _put(ready, target)
        return None
    if not overwrite:
        raise refused(_EXISTS, where=target)
    try:
        _put_over(ready, target, kept)
    except SQLITE_FAULTS as error:
        # What Python cannot read has no name, and is damage too.
        if getattr(error, "sqlite_errorname", _DAMAGE[0]) not in _DAMAGE:
            raise fault_of(error, str(target)) from error
        # What cannot be opened as a database can only be moved away.
        kept = _moved_aside(target)
        _put(ready, target)
    return kept


def _put(ready: Path, target: Path) -> None:
    with unfinished(target) as path:
        copied(ready, path, target)


def _put_over(ready: Path, target: Path, kept: Path) -> None:
    """Overwrite a database that others use. Raises sqlite3.Error; then it is as it was."""
    with closing(connect(target)) as old:
        # From here on nobody else reads or writes, until the connection is closed.
        old.execute("PRAGMA locking_mode=EXCLUSIVE")
        old.execute("BEGIN EXCLUSIVE")
        old.execute("COMMIT")
        with unfinished(kept) as path:
            copy_open(old, path, kept)
        with closing(connect(ready)) as new:
            _number_on(new, sum(_given(old).values()))
            new.backup(old)


def _given(connection: sqlite3.Connection) -> Mapping[str, int]:
    """The greatest number that each table has given; none in a file without such tables."""
    named = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"
    if connection.execute(named).fetchone() is None:
        return {}
    return dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))


def _number_on(connection: sqlite3.Connection, last: int) -> None:
    """Let every table give only numbers after the last."""
    own = _given(connection)
    for table in (ENTRIES.name, SAVES.name, REMARKS.name, MEETINGS.name):
        following = (table, max(own.get(table, 0), last))
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", following)


def _moved_aside(target: Path) -> Path:
    """Move what is no database away, its side files first: they would spoil the next one.

    Beside it, on the same disk: what may be damaged is not copied.
    """
    kept = place_of(url_of(target)).free("replaced", _written(target))
    try:
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        for side in (*_SIDE_FILES, ""):
            path = Path(f"{target}{side}")
            if path.exists():
                path.rename(f"{kept}{side}")
    except OSError as error:
        told = message("{file} cannot be moved away ({reason}): check the rights of its folder")
        values = {"file": str(target), "reason": error.strerror or error}
        raise Unavailable([Problem(told, values)]) from error
    return kept


def _sides_aside(target: Path) -> None:
    """Move away what a killed writer left: its journal would be played into the new file."""
    for side in _SIDE_FILES:
        path = Path(f"{target}{side}")
        if path.exists():
            kept = place_of(url_of(target)).free("left", _written(path))
            kept.parent.mkdir(mode=0o700, exist_ok=True)
            path.rename(f"{kept}{side}")


def _into_server(ready: Path, url: str, kept: Path, *, overwrite: bool) -> Path | None:
    """Replace a server's tables in one transaction while no other writer can begin."""
    server, file = open_database(url, WAIT), looked_at(ready, str(ready))
    try:
        with server.writing() as target, file.reading() as source:
            tables = tables_of(source)
            found = known(revision_of(target), server)
            last = 0
            if found is not None:
                if not overwrite:
                    raise refused(_EXISTS, where=server.where)
                backup(url, kept)
                last = sum(_greatest(target).values())
                names = ", ".join(["alembic_version", *(table.name for table in tables)])
                target.exec_driver_sql(f"DROP TABLE IF EXISTS {names}")
            upgrade(target, None)
            copy_rows(tables, source, target)
            for (table, key), own in _greatest(target).items():
                if max(own, last):
                    sequence = func.pg_get_serial_sequence(table, key)
                    target.execute(select(func.setval(sequence, max(own, last))))
            return None if found is None else kept
    finally:
        server.engine.dispose()


def _greatest(connection: Connection) -> Mapping[tuple[str, str], int]:
    """The greatest number in each numbered table, by its name and that of the column."""
    keys = [(ENTRIES, ENTRIES.c.row), (SAVES, SAVES.c.id), (REMARKS, REMARKS.c.row)]
    keys.append((MEETINGS, MEETINGS.c.id))
    there = inspect(connection).get_table_names()  # an older form has fewer
    return {
        (table.name, key.name): int(connection.execute(select(func.max(key))).scalar() or 0)
        for table, key in keys
        if table.name in there
    }
