"""Whether a record is whole: the file sound, every row readable, chains unbroken, saves complete.

Only reads. What it finds are values; only a record that cannot be looked at at all is Unavailable.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Row,
    Table,
    Text,
    and_,
    cast,
    create_engine,
    func,
    or_,
    select,
)
from sqlalchemy.pool import NullPool

from mubiao.model import Observation, Plan
from mubiao.plan.versions import version_of
from mubiao.problems import Problem, Unavailable, message
from mubiao.store import rows
from mubiao.store.backup import WAIT, connect, copied, url_of
from mubiao.store.database import Database, located, open_database
from mubiao.store.integrity import rules
from mubiao.store.meetings import meeting_of
from mubiao.store.migrate import NEWEST, known, prepare, revision_of
from mubiao.store.remarks import remark_of
from mubiao.store.schema import ENTRIES, MEETINGS, PLANS, REMARKS, SAVES

MOST = 20  # of each kind: a file full of damage needs no longer list
_AT_ONCE = 1000
_NOTHING = message("there is no record at {where}")
_OLDER = message(
    "{where} has an older form ({revision}): start the dashboard once, which brings it to the "
    "newest"
)
_DAMAGED = message("{where} is damaged: {reason}")
_DAYS = message("row {row} does not have the days of its period")


@dataclass(frozen=True, slots=True)
class Verified:
    """How many rows were read, and what is wrong; warnings are worth a look but break nothing."""

    rows: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


def verify(url: str, plans: Iterable[Plan] = ()) -> Verified:
    """Look through a whole record; `plans` are those that its rows may belong to, none: any.

    An SQLite file of an older form is judged by a copy in the newest. Raises Unavailable for
    what is not there, is no record, cannot be reached, or only a newer version knows.
    """
    file = located(url)[1]
    database = open_database(url, WAIT) if file is None else looked_at(file, str(file))
    try:
        found = form_of(database)
        if found == NEWEST:
            return looked_through(database, plans)
        if file is None:
            raise Unavailable([Problem(_OLDER, {"where": database.where, "revision": found})])
        with TemporaryDirectory() as folder:
            return looked_through(in_newest_form(file, Path(folder) / "copy.sqlite"), plans)
    finally:
        database.engine.dispose()


def looked_at(file: Path, where: str) -> Database:
    """An SQLite file to read from, which messages call `where`; it is neither made nor changed.

    Raises Unavailable when it is not there.
    """
    if not file.exists():
        raise Unavailable([Problem(_NOTHING, {"where": where})])
    engine = create_engine("sqlite://", creator=lambda: connect(file), poolclass=NullPool)
    return Database(engine, where, "", (), file)


def form_of(database: Database) -> str:
    """The record's form. Raises Unavailable when it holds none, or one of a newer version."""
    with database.reading() as connection:
        found = known(revision_of(connection), database)
    if found is None:
        raise Unavailable([Problem(_NOTHING, {"where": database.where})])
    return found


def in_newest_form(file: Path, copy: Path) -> Database:
    """A copy of a record in the newest form; messages call it by the original's name.

    Raises Unavailable, also for what is no record.
    """
    copied(file, copy)
    form_of(looked_at(copy, str(file)))
    prepare(open_database(url_of(copy), WAIT), lambda _: None)
    return looked_at(copy, str(file))


def looked_through(database: Database, plans: Iterable[Plan] = ()) -> Verified:
    """All checks of a record in the newest form, as it stands at one moment."""
    with _one_moment(database) as connection:
        problems = list(_damage(connection, database))
        if problems:
            return Verified(0, tuple(problems))  # what a damaged file answers says little
        count, unreadable = _unreadable(connection, database.where)
        problems += unreadable
        for told, query in rules().items():
            found = connection.execute(query.limit(MOST)).mappings()
            problems += [Problem(told, dict(row)) for row in found]
        return Verified(count, tuple(problems), tuple(_strangers(connection, plans)))


@contextmanager
def _one_moment(database: Database) -> Iterator[Connection]:
    with database.reading() as connection:
        if database.file is None:
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        else:
            connection.exec_driver_sql("BEGIN")
        yield connection


def _damage(connection: Connection, database: Database) -> Iterator[Problem]:
    """What is wrong below the rows: a server looks after that itself."""
    if database.file is None:
        return
    for row in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST})"):
        if row[0] != "ok":
            yield Problem(_DAMAGED, {"where": database.where, "reason": row[0]})
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(MOST):
        told = message("row {row} of {table} names a row of {other} that is not there")
        yield Problem(told, {"table": row[0], "row": row[1], "other": row[2]})
    # SQLite keeps anything in any column.
    keys = {ENTRIES: "row", REMARKS: "row", SAVES: "id", MEETINGS: "id", PLANS: "version"}
    for table, key in keys.items():
        wrong = or_(*(condition for column in table.c for condition in _misfits(column)))
        for number in connection.execute(select(table.c[key]).where(wrong).limit(MOST)).scalars():
            told = message("row {row} of {table} holds something else than it should")
            yield Problem(told, {"table": table.name, "row": number})


def _misfits(column: Column[Any]) -> Iterator[ColumnElement[bool]]:
    """When a cell of an SQLite file holds no day, no text or no number where one belongs."""
    if isinstance(column.type, Date):
        yield func.date(column, type_=Text).is_distinct_from(cast(column, Text))
    else:
        kind = "text" if isinstance(column.type, Text) else "integer"
        yield and_(column.is_not(None), func.typeof(column) != kind)


def _unreadable(connection: Connection, where: str) -> tuple[int, list[Problem]]:
    """How many rows there are, and those (remarks and meetings too) that cannot be read as what
    they are.
    """
    problems: list[Problem] = []
    count = 0
    for row in _each(connection, ENTRIES):
        count += 1
        problems += _problems_of(row, where, _entry_problems)
    for row in _each(connection, REMARKS):
        problems += _problems_of(row, where, _remark_problems)
    for row in _each(connection, MEETINGS):
        problems += _problems_of(row, where, _meeting_problems)
    for row in connection.execute(select(PLANS)):
        problems += _problems_of(row, where, _plan_problems)
    return count, problems[:MOST]


def _each(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    """Every row of a table in order, a few at a time."""
    query = select(table).order_by(*table.primary_key)
    yield from connection.execution_options(yield_per=_AT_ONCE).execute(query)


def _problems_of(
    row: Row[Any], where: str, read: Callable[[Row[Any], str], Sequence[Problem]]
) -> Sequence[Problem]:
    try:
        return read(row, where)
    except Unavailable as fault:
        return fault.problems


def _entry_problems(row: Row[Any], where: str) -> Sequence[Problem]:
    entry = rows.entry_of(row, where)
    days = (row.first_day, row.last_day)
    if isinstance(entry, Observation) and days != (entry.period.first, entry.period.last):
        told = message("row {row} does not have the days of its period")
        return [Problem(told, {"row": row.row})]
    return []


def _remark_problems(row: Row[Any], where: str) -> Sequence[Problem]:
    remark_of(row, where)
    return []


def _meeting_problems(row: Row[Any], where: str) -> Sequence[Problem]:
    meeting_of(row, where)
    return []


def _plan_problems(row: Row[Any], where: str) -> Sequence[Problem]:
    if row.version == version_of(row.said):
        return []
    told = message("version {version} of the plan {plan} in {where} is not what a meeting saw")
    return [Problem(told, {"version": row.version, "plan": row.plan, "where": where})]


def _strangers(connection: Connection, plans: Iterable[Plan]) -> Iterator[Problem]:
    """Rows of plans and targets that nobody knows (any more), where plans are given."""
    targets = {plan.id: plan.by_id for plan in plans}
    if not targets:
        return
    query = select(ENTRIES.c.plan, ENTRIES.c.target).distinct().order_by("plan", "target")
    unknown: set[str] = set()
    for plan, target in connection.execute(query):
        if plan not in targets:
            unknown.add(plan)
        elif target not in targets[plan]:
            told = message("the plan {plan} has no target {target}, but the record has rows of it")
            yield Problem(told, {"plan": plan, "target": target})
    for plan in sorted(unknown):
        told = message("there is no plan {plan}, but the record has rows of it")
        yield Problem(told, {"plan": plan})
