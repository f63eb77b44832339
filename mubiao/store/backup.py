"""A copy of the record in a file of its own: complete, checked, readable by its owner alone.

It is an SQLite file whatever holds the record, and has the record's form even if that is old.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Row, Table, event, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from mubiao import atomic
from mubiao.problems import message, refused, unavailable
from mubiao.store.database import WAIT, connect, explained, located, open_database
from mubiao.store.migrate import revision_of, upgrade

_CHUNK = 1000  # rows
_NO_BACKUP = message("{file} cannot be written ({reason}): name another folder or free some space")
_TAKEN = message("{file} exists already; name a file that does not")
_NOTHING = message("there is no record at {where}; there is nothing to copy")
_UNSOUND = message("the record at {where} is damaged ({reason}): no copy of it was kept")
# While one file is copied into another the first is only read, so these are faults of the second.
_FAULTS_OF_COPY = (
    *("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR_WRITE"),
    *("SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC", "SQLITE_IOERR_TRUNCATE"),
)


def backup(url: str, file: Path) -> None:
    """Copy the record at a URL, consistent while it is in use, into a new SQLite file, which gets
    its name only when it is complete and checked.

    Raises Refused for a file that exists, Unavailable for everything else.
    """
    source = located(url)[1]
    with new_file(file) as copy:
        if source is None:
            _copy_server(url, copy, file)
        else:
            copy_database(source, copy, file)
        with explained(copy), closing(connect(copy, WAIT)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # leaves no side files
            reason = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if reason != "ok":
            raise unavailable(_UNSOUND, where=source or file, reason=reason)


@contextmanager
def new_file(file: Path) -> Iterator[Path]:
    """An empty private file, which gets the name `file` when the body ends without an error.

    Raises Refused for a file that exists, Unavailable for one that cannot be written.
    """
    if file.exists():
        raise refused(_TAKEN, file=file)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic.replacing(file, private=True, lasting=True) as part:
            yield part
    except OSError as error:
        raise unavailable(_NO_BACKUP, file=file, reason=error.strerror or error) from error


def copy_database(source: Path, copy: Path, name: Path) -> None:
    """Copy an SQLite database, as it stands at one moment, into a file that messages call `name`.

    Raises Unavailable, also when the source is busy for longer than WAIT seconds.
    """
    if not source.exists():
        raise unavailable(_NOTHING, where=source)
    with explained(source), closing(connect(source, WAIT)) as original:
        # Waits for the moment and holds it: copying by itself would retry for ever.
        original.execute("BEGIN")
        original.execute("SELECT count(*) FROM sqlite_master").fetchone()
        copy_open(original, copy, name)


def copy_open(original: sqlite3.Connection, copy: Path, name: Path) -> None:
    """As `copy_database`; raises Unavailable for a fault of the copy, else sqlite3.Error."""
    with closing(sqlite3.connect(copy)) as target:
        try:
            original.backup(target)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith(_FAULTS_OF_COPY):
                raise unavailable(_NO_BACKUP, file=name, reason=error) from error
            raise


def copy_rows(tables: Iterable[Table], source: Connection, target: Connection) -> None:
    """Copy all rows of the tables, which must stand after those that they refer to."""
    for table in tables:
        # A row stands after the one that it refers to.
        query = select(table).order_by(*table.primary_key)
        rows = source.execution_options(yield_per=_CHUNK).execute(query)
        if target.dialect.name == "postgresql":
            _stream(table, rows, target)
            continue
        for chunk in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in chunk])


def _stream(table: Table, rows: Iterable[Row[Any]], target: Connection) -> None:
    """Copy rows as PostgreSQL takes many of them fastest, in the target's transaction."""
    quote = target.dialect.identifier_preparer.quote
    columns = ", ".join(quote(column.name) for column in table.c)
    error = target.dialect.loaded_dbapi.Error
    try:
        with (
            closing(target.connection.cursor()) as cursor,
            cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
    except error as fault:
        raise DBAPIError.instance(None, None, fault, error) from fault


def url_of(file: Path) -> str:
    """The URL of an SQLite file."""
    return URL.create("sqlite", database=str(file.absolute())).render_as_string()


def _copy_server(url: str, copy: Path, name: Path) -> None:
    """Copy a server's record, as it stands at one moment, into an empty SQLite file."""
    # The tables are read from the copy: the record may have an older form than the schema.
    tables = MetaData()
    event.listen(tables, "column_reflect", lambda _i, _t, c: c.update(type=c["type"].as_generic()))
    server = open_database(url, WAIT)
    file = replace(open_database(url_of(copy), WAIT), where=str(name))
    try:
        with server.one_moment() as source, file.writing() as target:
            revision = revision_of(source, server.where)
            if revision is None:
                raise unavailable(_NOTHING, where=server.where)
            upgrade(target, revision)
            tables.reflect(target, only=lambda table, _: table != "alembic_version")
            copy_rows(tables.sorted_tables, source, target)
    finally:
        server.engine.dispose()
