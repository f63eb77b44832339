"""A copy of the record in a file of its own: complete, checked, readable by its owner alone.

The copy is an SQLite file whatever holds the record, so that either kind of database can be
restored from it. It has the form that the record has, also an older one.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, event, insert, select
from sqlalchemy.engine import URL

from mubiao.problems import Problem, Unavailable, message, refused
from mubiao.store.database import SQLITE_FAULTS, fault_of, located, open_database
from mubiao.store.migrate import known, revision_of, upgrade

WAIT = 10.0
UNFINISHED = ".unfinished"
_AT_ONCE = 1000
_NO_BACKUP = message("{file} cannot be written ({reason}): name another folder or free some space")
_TAKEN = message("{file} exists already; name a file that does not")
_NOTHING = message("there is no record at {where}; there is nothing to copy")
_UNSOUND = message("the record at {where} is damaged ({reason}): no copy of it was kept")
# Of what goes wrong while one file is copied into another, that which is the copy's fault: the
# record is only read.
_OF_THE_COPY = (
    *("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR_WRITE"),
    *("SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC", "SQLITE_IOERR_TRUNCATE"),
)


def backup(url: str, file: Path) -> None:
    """Copy the record at a URL, consistent while it is in use, into a new SQLite file.

    The file stands under its name only when it is complete and was checked, and is its owner's
    alone. The record is only read, and other writers need not wait for more than the copying.
    Raises Refused for a file that exists, Unavailable for everything else.
    """
    source = located(url)[1]
    with unfinished(file) as copy:
        if source is None:
            _copy_server(url, copy, file)
        else:
            copied(source, copy, file)
        reason = fault_in(copy)
        if reason:
            raise Unavailable([Problem(_UNSOUND, {"where": str(source or file), "reason": reason})])


@contextmanager
def unfinished(file: Path) -> Iterator[Path]:
    """An empty file beside one that does not exist yet, which gets its name in the end.

    Whatever goes wrong, nothing is left behind. Raises Refused for a file that exists.
    """
    if file.exists():
        raise refused(_TAKEN, file=file)
    path: Path | None = None
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=UNFINISHED, dir=file.parent)
        os.close(handle)
        path = Path(name)
        yield path
        path.rename(file)
        _keep_name(file.parent)
    except OSError as error:
        raise not_written(file, str(error.strerror or error)) from error
    finally:
        if path is not None:
            for side in ("", "-journal", "-wal", "-shm"):
                Path(f"{path}{side}").unlink(missing_ok=True)


def copied(source: Path, copy: Path, name: Path | None = None) -> None:
    """Copy an SQLite database into another file, as it stands at one moment.

    `name` is what the copy will be called. Raises Unavailable, also when the source is busy for
    longer than WAIT seconds.
    """
    if not source.exists():
        raise Unavailable([Problem(_NOTHING, {"where": str(source)})])
    try:
        with closing(connect(source)) as original:
            # Holds the moment, and waits for it: copying by itself would try for ever.
            original.execute("BEGIN")
            original.execute("SELECT count(*) FROM sqlite_master").fetchone()
            copy_open(original, copy, name or copy)
    except SQLITE_FAULTS as error:
        raise fault_of(error, str(source)) from error


def copy_open(original: sqlite3.Connection, copy: Path, name: Path) -> None:
    """Copy an open database into a file that will have this name.

    Raises Unavailable for what keeps the copy from being written, sqlite3.Error for what is wrong
    with the original.
    """
    with closing(sqlite3.connect(copy)) as new:
        try:
            original.backup(new)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith(_OF_THE_COPY):
                raise not_written(name, str(error)) from error
            raise


def not_written(file: Path, reason: str) -> Unavailable:
    """Why a backup cannot be written."""
    return Unavailable([Problem(_NO_BACKUP, {"file": str(file), "reason": reason})])


def connect(path: Path) -> sqlite3.Connection:
    """A connection of SQLite's own, without transactions of its own; the file must exist.

    It may write, as only so it can undo what a killed writer left half done.
    """
    address = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)


def fault_in(copy: Path) -> str:
    """What is wrong inside an SQLite file that nobody uses, "" if it is sound.

    Leaves it in one piece, without side files. Raises Unavailable when it cannot be looked at.
    """
    try:
        with closing(connect(copy)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except SQLITE_FAULTS as error:
        raise fault_of(error, str(copy)) from error
    return "" if found == "ok" else str(found)


def tables_of(file: Connection) -> tuple[Table, ...]:
    """The record's tables as an SQLite file has them, each after those that it refers to."""
    tables = MetaData()
    event.listen(tables, "column_reflect", _of_any_database)
    tables.reflect(file)
    return tuple(table for table in tables.sorted_tables if table.name != "alembic_version")


def copy_rows(tables: Iterable[Table], source: Connection, target: Connection) -> None:
    """Copy every row of these tables; both databases must have them in the same form."""
    for table in tables:
        # What a row refers to comes before it.
        query = select(table).order_by(*table.primary_key)
        rows = source.execution_options(yield_per=_AT_ONCE).execute(query).mappings()
        for some in rows.partitions():
            target.execute(insert(table), [dict(row) for row in some])


def url_of(file: Path) -> str:
    """The URL of an SQLite file."""
    return URL.create("sqlite", database=str(file.absolute())).render_as_string()


def _copy_server(url: str, copy: Path, name: Path) -> None:
    """Copy a server's record, of whatever form, as it stands at one moment into an empty SQLite
    file of that form, which will have this name.
    """
    server, file = open_database(url, WAIT), open_database(url_of(copy), WAIT)
    file = replace(file, where=str(name))
    try:
        with server.reading() as source:
            source.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            found = known(revision_of(source), server)
            if found is None:
                raise Unavailable([Problem(_NOTHING, {"where": server.where})])
            with file.writing() as target:
                upgrade(target, None, found)
                copy_rows(tables_of(target), source, target)
    finally:
        server.engine.dispose()


def _of_any_database(inspector: object, table: object, column: dict[str, Any]) -> None:
    del inspector, table
    column["type"] = column["type"].as_generic()


def _keep_name(folder: Path) -> None:
    """Make a file's new name last even when the power fails now."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
