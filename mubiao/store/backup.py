"""Copies of the record, each complete, checked and its owner's alone; where they go; daily ones.

A copy is an SQLite file whatever holds the record, and has the record's form even if that is old.
Several records may share a folder; a file's name has nothing of a server but the database's name.
"""

import logging
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import chain, count
from os.path import relpath
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Row, Table, event, insert, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from mubiao import atomic
from mubiao.atomic import UNFINISHED
from mubiao.problems import Refused, message, refused, unavailable
from mubiao.settings import ROOT
from mubiao.store.database import SQLITE_FAULTS, WAIT, connect, explained, located, open_database
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


_FORM = "%Y%m%dT%H%M%SZ"
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a record's backups, and how their names begin."""

    folder: Path
    record: str

    def named(self, label: str, moment: datetime) -> Path:
        """What a backup of a moment is called; there may be one already."""
        return self.folder / f"{self.record}-{label}-{moment.astimezone(UTC):{_FORM}}.sqlite"

    def free(self, label: str, moment: datetime) -> Path:
        """As `named`, numbered where the name is taken."""
        first = self.named(label, moment)
        others = (first.with_name(f"{first.stem}-{turn}.sqlite") for turn in count(2))
        return next(path for path in chain([first], others) if not path.exists())

    def all(self, label: str) -> Mapping[Path, datetime]:
        """The record's own backups of a label, and their moments, which their names say."""
        name = re.compile(rf"{re.escape(self.record)}-{label}-([0-9]{{8}}T[0-9]{{6}}Z)\.sqlite")
        moments: dict[Path, datetime] = {}
        for path in self.folder.glob("*.sqlite"):
            if match := name.fullmatch(path.name):
                with suppress(ValueError):  # digits that are no moment: a file of somebody's own
                    moments[path] = datetime.strptime(match[1], _FORM).replace(tzinfo=UTC)
        return moments


def place_of(url: str, folder: Path | None = None) -> Place:
    """Where the backups of the record at a URL go: `folder`; without one `backups` beside an
    SQLite file, `var/backups` for a server's database.

    Raises Unavailable for an address that is not understood.
    """
    address, file = located(url)
    if file is not None:
        folder = file.parent / "backups" if folder is None else folder
        # From the folder, so that both may be moved together, or seen under another path.
        return Place(folder, _record(file.stem, relpath(file.resolve(), folder.resolve())))
    host = address.host or address.query.get("host", "localhost")
    port = address.port or address.query.get("port", 5432)
    name = address.database or ""
    return Place(folder or ROOT / "var" / "backups", _record(name, f"{host}:{port}/{name}"))


def _record(name: str, where: str) -> str:
    """A name that a file may have, and six digits that tell two records of that name apart."""
    plain = re.sub(r"[^\w.-]+", "_", name)[:_LONGEST]
    return f"{plain or 'record'}-{sha256(where.encode()).hexdigest()[:6]}"


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
