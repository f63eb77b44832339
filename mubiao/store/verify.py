"""Whether a record is whole: the file sound, every row readable, chains unbroken, saves complete.

Only reads. Faults are values; only a record that cannot be read at all is Unavailable.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, literal, select

from mubiao.model import Observation, Plan, version_of
from mubiao.problems import Problem, message, unavailable
from mubiao.store import rows
from mubiao.store.backup import copy_database, url_of
from mubiao.store.database import WAIT, Database, existing, located, open_database
from mubiao.store.integrity import dangling, misfits, rules
from mubiao.store.migrate import newest, prepare, revision_of
from mubiao.store.schema import ASSIGNMENTS, DRAFTS, ENTRIES, METADATA, PLANS

MOST = 20  # problems of each kind: a damaged file needs no longer list
_CHUNK = 1000  # rows
_NOTHING = message("there is no record at {where}")
_OLDER = message(
    "{where} has an older form ({revision}): start the dashboard once, which brings it to the "
    "newest"
)
_DAMAGED = message("{where} is damaged: {reason}")
_DANGLING = message("row {row} of {table} names a row of {other} that is not there")
_MISFIT = message("row {row} of {table} holds something else than it should")
_DAYS = message("row {row} does not have the days of its period")
_OTHER_TEXT = message("version {version} of the plan {plan} in {where} is not what a meeting saw")
_NO_TARGET = message("the plan {plan} has no target {target}, but the record has rows of it")
_NO_PLAN = message("there is no plan {plan}, but the record has rows of it")
_NO_UNIT = message("the plan {plan} has no unit {unit}, to which the record gives {target}")


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
    database = open_database(url, WAIT) if file is None else existing(file, str(file))
    try:
        revision = _revision(database)
        if revision == newest():
            return look_through(database, plans)
        if file is None:
            raise unavailable(_OLDER, where=database.where, revision=revision)
        with TemporaryDirectory() as folder:
            return look_through(in_newest_form(file, Path(folder) / "copy.sqlite"), plans)
    finally:
        database.engine.dispose()


def in_newest_form(file: Path, copy: Path) -> Database:
    """A copy in the newest form, named as the original in messages. Raises Unavailable."""
    if not file.exists():
        raise unavailable(_NOTHING, where=file)
    copy_database(file, copy, copy)
    database = existing(copy, str(file))
    _revision(database)
    prepare(open_database(url_of(copy), WAIT), lambda _: None)
    return database


def look_through(database: Database, plans: Iterable[Plan] = ()) -> Verified:
    """All checks of a record in the newest form, as it stands at one moment."""
    with database.one_moment() as connection:
        problems = list(_damage(connection, database))
        if problems:
            return Verified(0, tuple(problems))  # what a damaged file answers says little
        count, unreadable = _unreadable(connection, database.where)
        problems += unreadable
        for msgid, query in rules().items():
            matches = connection.execute(query.limit(MOST)).mappings()
            problems += [Problem(msgid, dict(match)) for match in matches]
        return Verified(count, tuple(problems), tuple(_strangers(connection, plans)))


def _revision(database: Database) -> str:
    """The form of a record. Raises Unavailable where there is none."""
    revision = None
    if database.file is None or database.file.exists():
        with database.reading() as connection:
            revision = revision_of(connection, database.where)
    if revision is None:
        raise unavailable(_NOTHING, where=database.where)
    return revision


def _damage(connection: Connection, database: Database) -> Iterator[Problem]:
    """What is wrong below the rows; a server looks after its files and types itself."""
    if database.file is not None:
        for (reason,) in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST})"):
            if reason != "ok":
                yield Problem(_DAMAGED, {"where": database.where, "reason": reason})
    for table in METADATA.sorted_tables:
        if table is DRAFTS:
            continue  # no part of the record
        for other, query in dangling(table):
            for row in connection.execute(query.limit(MOST)).scalars():
                yield Problem(_DANGLING, {"table": table.name, "row": row, "other": other})
        if database.file is not None:
            for row in connection.execute(misfits(table).limit(MOST)).scalars():
                yield Problem(_MISFIT, {"table": table.name, "row": row})


def _unreadable(connection: Connection, where: str) -> tuple[int, list[Problem]]:
    """How many entries there are; and all rows that cannot be read as what they are."""
    problems: list[Problem] = []
    count = 0
    for table in filter(rows.READERS.get, METADATA.sorted_tables):
        query = select(table).order_by(*table.primary_key)
        for row in connection.execution_options(yield_per=_CHUNK).execute(query):
            count += table is ENTRIES
            try:
                noun = rows.READERS[table](row)
            except rows.Unreadable as fault:
                problems.append(fault.problem(where))
                continue
            days = noun.period if isinstance(noun, Observation) else None
            if days and (row.first_day, row.last_day) != (days.first, days.last):
                problems.append(Problem(_DAYS, {"row": row.row}))
    for row in connection.execute(select(PLANS)):
        if row.version != version_of(row.text):
            values = {"version": row.version, "plan": row.plan, "where": where}
            problems.append(Problem(_OTHER_TEXT, values))
    return count, problems[:MOST]


def _strangers(connection: Connection, plans: Iterable[Plan]) -> Iterator[Problem]:
    """Rows of plans, targets and units that nobody knows (any more), where plans are given."""
    known = {plan.id: plan for plan in plans}
    if not known:
        return
    unknown: dict[str, Problem] = {}
    for table in (ENTRIES, ASSIGNMENTS):
        owner = table.c.owner if table is ASSIGNMENTS else literal("")
        query = select(table.c.plan, table.c.target, owner).distinct()
        for plan, target, unit in connection.execute(query.order_by("plan", "target")):
            if plan not in known:
                unknown[plan] = Problem(_NO_PLAN, {"plan": plan})
            elif target not in known[plan].indicators:
                yield Problem(_NO_TARGET, {"plan": plan, "target": target})
            elif unit and unit not in known[plan].owners_by_id:
                yield Problem(_NO_UNIT, {"plan": plan, "unit": unit, "target": target})
    yield from unknown.values()
