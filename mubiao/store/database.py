"""The database that holds the record: its address, opening it, and its faults in plain words.

Nothing acknowledged is lost: one writer at a time, in SQLite with full synchronisation.
"""

import errno
import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool

from mubiao.access import OPEN, Access
from mubiao.problems import Cause, Unavailable, message, refused, unavailable
from mubiao.store.rows import Unreadable

_BUSY = message("{where} is busy: another program holds it; nothing was saved, try again")
_CLOSED = message(
    "{where} cannot be opened ({reason}): check that it exists and that the user who runs this "
    "may read and write it and its folder"
)
_FULL = message("the disk of {where} is full; nothing was saved: free some space and try again")
_UNREACHABLE = message(
    "the database server of {where} cannot be reached or refused the connection ({reason}): "
    "check that it runs, and the address, user and password in the settings"
)
_ADDRESS = message(
    "the database's address is not understood; expected sqlite:///var/mubiao.sqlite or "
    "postgresql://user:password@host/database"
)
_DRIVER = message(
    "PostgreSQL needs a driver ({reason}): pip install -r requirements-postgresql.txt"
)
_NO_DATABASE = message(
    "{where} is not a database; it was left as it is: name another file in the settings"
)
_DAMAGED = message("{where} is damaged ({reason}); it was left as it is: restore a backup")
_READ_ONLY = message(
    "{where} cannot be written: give the user who runs this the right to write to it and its folder"
)
_DISK = message("{where} cannot be read or written ({reason}): check its disk")
_FOREIGN = message("{where} does not hold this record ({reason}): name another database")
# The first that fits, by how SQLite's error name or PostgreSQL's SQLSTATE begins.
_FAULTS = (
    (("SQLITE_NOTADB",), _NO_DATABASE),
    (("SQLITE_CORRUPT",), _DAMAGED),
    (("SQLITE_BUSY", "SQLITE_LOCKED", "55P03"), _BUSY),
    (("SQLITE_READONLY", "25006", "42501"), _READ_ONLY),
    (("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"), _CLOSED),
    (("SQLITE_FULL", "53100"), _FULL),
    (("SQLITE_IOERR",), _DISK),
    (("08", "57P"), _UNREACHABLE),
    (("SQLITE_ERROR", "42"), _FOREIGN),
)
_SPOILT = message("{where} holds something that cannot be read ({reason}): restore a backup")
_OTHER = message("{where} cannot be used ({reason})")
# SQLite quotes a damaged file in its errors, and Python may be unable to decode that.
SQLITE_FAULTS = (sqlite3.Error, UnicodeDecodeError)
_TICK = 3.0  # seconds; the coarsest clock of a file system goes in steps of two (FAT)
WAIT = 10.0  # seconds for a database that is busy
_opening = threading.Lock()
# Any number that no other program on the server locks.
_WRITERS_LOCK = f"SELECT pg_advisory_xact_lock({0x4D754269})"


@dataclass(frozen=True, slots=True)
class Database:
    """An engine and its name in messages (`where`), from which `password` is kept out.

    `file` is None for a server's database; a writer waits for others for `wait` seconds.
    """

    engine: Engine
    where: str
    file: Path | None = None
    password: str = ""
    wait: float = WAIT

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for single SELECTs; faults leave as Unavailable."""
        with explained(self.where, self.password), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, wait: float | None = None) -> Iterator[Connection]:
        """A transaction that no other writer overlaps; committed at the end, or nothing is."""
        milliseconds = max(1, round(1000 * (self.wait if wait is None else wait)))
        setting, alone = "PRAGMA busy_timeout", "BEGIN IMMEDIATE"
        if self.file is None:
            # An advisory lock, not LOCK TABLE: a role that may only select and insert can take it.
            setting, alone = "SET LOCAL lock_timeout", _WRITERS_LOCK
        with explained(self.where, self.password), self.engine.begin() as connection:
            connection.exec_driver_sql(f"{setting} = {milliseconds}")
            connection.exec_driver_sql(alone)
            yield connection

    def stamp(self, now: datetime) -> tuple[int, ...] | None:
        """What changes whenever anybody writes to the file, or puts another in its place; None
        where that is not known: of a server's database, and soon after a write, as a second one
        within the same tick of the file system's clock would leave no trace.
        """
        if self.file is None:
            return None
        status = [_status(f"{self.file}{end}") for end in ("", "-wal")]
        if not any(status[0]) or max(one[0] for one in status) > (now.timestamp() - _TICK) * 1e9:
            return None
        return status[0] + status[1]

    @contextmanager
    def one_moment(self) -> Iterator[Connection]:
        """As `reading`, but all SELECTs see the record as it stands at one moment."""
        with self.reading() as connection:
            if self.file is None:
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            else:
                connection.exec_driver_sql("BEGIN")
            yield connection

    def settle(self) -> None:
        """Give SQLite's file its journal, and take the rights to it from all but its owner."""
        if self.file is None:
            return
        with self.reading() as connection:
            mode = journal_mode(sqlite3.sqlite_version_info)
            if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != mode:
                connection.exec_driver_sql(f"PRAGMA journal_mode={mode}")
        with suppress(OSError):
            if stat.S_IMODE(self.file.stat().st_mode) & 0o077:
                self.file.chmod(0o600)


class StorePart:
    """A part of the store: the questions and acts about one kind of row in a database."""

    def __init__(self, database: Database, access: Access = OPEN) -> None:
        self._database = database
        self._access = access


def may_have_record(url: str) -> bool:
    """Whether a URL names a file that exists or a server's database. Raises Unavailable."""
    file = located(url)[1]
    return file is None or file.exists()


def open_database(url: str, wait: float) -> Database:
    """The database at a URL; a missing SQLite file is created, empty. Raises Unavailable."""
    address, file = located(url)
    return _open_postgresql(address, wait) if file is None else _open_sqlite(file, wait)


def located(url: str) -> tuple[URL, Path | None]:
    """An address and the file that it names, None for a server's. Raises Unavailable."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise unavailable(_ADDRESS) from None  # the cause may hold the password
    match address.get_backend_name():
        case "sqlite" if address.database not in (None, "", ":memory:") and not address.query:
            return address, Path(str(address.database)).absolute()
        case "postgresql":
            return address, None
    raise unavailable(_ADDRESS)


@contextmanager
def explained(where: str | Path, password: str = "") -> Iterator[None]:
    """What the database does not take leaves as Refused, any other fault as Unavailable."""
    try:
        yield
    except IntegrityError as error:
        msgid = message("the record did not take this: {reason}")
        raise refused(msgid, reason=_reason(error, password)) from error
    except UnicodeDecodeError as error:
        raise unavailable(_DAMAGED, where=where, reason=Cause(error.reason)) from error
    except UnicodeEncodeError as error:
        msgid = message("a text cannot be stored: {reason}")
        raise refused(msgid, reason=Cause(error.reason)) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        reason = _reason(error, password)
        raise unavailable(_fault(error), where=where, reason=reason) from error
    except Unreadable as error:
        raise Unavailable([error.problem(where)]) from error
    # SQLite keeps anything in any column, and SQLAlchemy fails to read it as a day.
    except (ValueError, TypeError, OverflowError) as error:
        raise unavailable(_SPOILT, where=where, reason=Cause(error)) from error


def existing(file: Path, where: str, wait: float = WAIT) -> Database:
    """An SQLite file as it is, which messages call `where`; it is neither made nor changed."""
    # No pool: a file that was moved away must not be written to through a kept handle.
    engine = create_engine("sqlite://", creator=partial(connect, file, wait), poolclass=NullPool)
    return Database(engine, where, file, wait=wait)


def connect(path: Path, wait: float) -> sqlite3.Connection:
    """A connection of SQLite's own, in autocommit mode; a missing file is a fault."""
    # It may write, because only so it can roll back what a killed writer left half done.
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False
    )
    try:
        for pragma in ("foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def journal_mode(version: tuple[int, ...]) -> str:
    """WAL in the SQLite versions whose reset race is fixed, the rollback journal in others."""
    fixed = ((3, 44, 6), (3, 45)), ((3, 50, 7), (3, 51)), ((3, 51, 3), (99,))
    return "wal" if any(first <= version < after for first, after in fixed) else "delete"


def _open_sqlite(path: Path, wait: float) -> Database:
    # Closing any handle of a file drops this process's locks on it: so only a file that nobody
    # has open yet is opened here, by one thread at a time.
    with _opening:
        _create_file(path)
    return existing(path, str(path), wait)


def _create_file(path: Path) -> None:
    """An empty file for its owner alone, in a folder for its owner alone; SQLite gives its side
    files the same rights. What exists is left as it is.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        msgid = _FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else _CLOSED
        raise unavailable(msgid, where=str(path), reason=Cause(error.strerror or error)) from error


def _open_postgresql(address: URL, wait: float) -> Database:
    host = address.host or str(address.query.get("host", "localhost"))
    password = address.password or str(address.query.get("password", ""))
    options = {} if "connect_timeout" in address.query else {"connect_timeout": 10}
    try:
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"),
            connect_args=options,
            pool_pre_ping=True,  # a server that was restarted is reached again
            pool_timeout=wait,
        )
    except ImportError as error:
        raise unavailable(_DRIVER, where="", reason=Cause(error)) from error
    where = f"{host}/{address.database or ''}"
    return Database(engine, where, password=password, wait=wait)


def _status(path: str) -> tuple[int, ...]:
    """When a file was written and changed (ns), its size and number; zeros where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a text, many times a second
    except OSError:
        return 0, 0, 0, 0
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _reason(error: Exception, password: str) -> Cause:
    """The first line of the driver's message, without the password."""
    first = (str(getattr(error, "orig", None) or error).splitlines() or [""])[0]
    return Cause(first.replace(password, "***") if password else first)


def _fault(error: SQLAlchemyError | sqlite3.Error) -> str:
    """The message for a fault, by the code that the driver gives it."""
    orig = getattr(error, "orig", error)
    code = getattr(orig, "sqlite_errorname", None) or getattr(orig, "sqlstate", None) or ""
    for beginnings, msgid in _FAULTS:
        if code.startswith(beginnings):
            return msgid
    if isinstance(error, PoolTimeout):
        return _BUSY
    # psycopg gives no code where there was no connection or it was lost.
    return _UNREACHABLE if isinstance(error, OperationalError) and not code else _OTHER
