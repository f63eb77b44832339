"""Bringing a database to its newest form, whatever form it has.

The form is a revision, as Alembic keeps it in `alembic_version`. A database with nothing to do
costs two small queries and no import of Alembic.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, inspect

from mubiao.problems import Problem, Unavailable, message
from mubiao.store.database import Database
from mubiao.store.schema import REVISIONS

NEWEST = REVISIONS[-1]

_SCRIPTS = Path(__file__).with_name("migrations")
_FIRST_FORM = (
    'SELECT "row", plan, target, kind, period, value, qualifier, nature, known_on, source, note, '
    "recorded_by, recorded_at, replaces FROM entries LIMIT 0"
)
_NEWER = message(
    "{where} was made by a newer version of this program (its form is {revision}, this program "
    "knows {newest}); it was left as it is: update the program, or name another database"
)
_running = threading.Lock()  # what a script asks Alembic for is kept once a process


def revision_of(connection: Connection) -> str | None:
    """The form of the database: a revision, None when it does not hold a record yet.

    A database from before forms were numbered has the first.
    """
    tables = inspect(connection)
    if tables.has_table("alembic_version"):
        written = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if written is not None:
            return str(written)
    if not tables.has_table("entries"):
        return None
    connection.exec_driver_sql(_FIRST_FORM)  # another program's table is a fault
    return REVISIONS[0]


def prepare(database: Database, before: Callable[[str], object]) -> None:
    """Create the tables or bring them to the newest form, in one transaction; all or nothing.

    `before` is called with the old revision while no other writer can begin: the moment for a
    backup. Raises Unavailable, also for a form that only a newer version of the program knows.
    """
    with database.reading() as connection:
        if known(revision_of(connection), database) == NEWEST:
            return
    with database.writing() as connection:
        found = known(revision_of(connection), database)
        if found == NEWEST:
            return  # somebody was faster
        if found is not None:
            before(found)
        upgrade(connection, found)


def upgrade(connection: Connection, found: str | None, to: str = NEWEST) -> None:
    """Run the steps from one revision to another in the caller's transaction."""
    # Only here: it takes longer to import than all the rest of opening takes.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _running:
        if found is not None:
            command.stamp(config, found)
        command.upgrade(config, to)


def known(revision: str | None, database: Database) -> str | None:
    """The revision as it is. Raises Unavailable for one that only a newer version knows."""
    if revision is None or revision in REVISIONS:
        return revision
    values = {"where": database.where, "revision": revision, "newest": NEWEST}
    raise Unavailable([Problem(_NEWER, values)])
