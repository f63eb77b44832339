"""Bringing a database to the newest form, a revision of Alembic's, which it loads only then."""

import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, inspect

from mubiao.problems import message, unavailable
from mubiao.store.creation import create_all
from mubiao.store.database import Database
from mubiao.store.schema import METADATA

# Oldest first: what the scripts lead to, known without reading them. The forms before the first
# ("0001" to "0004", never released) bear none of these names.
REVISIONS = ("form1", "form2", "form3", "form4", "form5", "form6", "form7", "form8", "form9")
SCRIPTS = Path(__file__).with_name("migrations")
_UNKNOWN = message(
    "{where} has a form that this program does not know ({revision}): another version of the "
    "program made it. It was left as it is: open it with that version and take its figures along "
    "as CSV, or name another database in the settings"
)
_alembic = threading.Lock()  # its context is one for the whole process


def newest() -> str:
    """The form that this program reads and writes."""
    return REVISIONS[-1]


def revision_of(connection: Connection, where: str) -> str | None:
    """The form of a database, None for no record.

    Raises Unavailable for another version's form, also where that bore one of our names.
    """
    if not inspect(connection).has_table("alembic_version"):
        return None
    number = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    is_known = number is None or number in REVISIONS
    if number == newest():
        reflected = inspect(connection).get_multi_columns(filter_names=[*METADATA.tables])
        names = {table: {one["name"] for one in each} for (_, table), each in reflected.items()}
        is_known = names == {table.name: {*table.c.keys()} for table in METADATA.sorted_tables}
    if not is_known:
        raise unavailable(_UNKNOWN, where=where, revision=number)
    return number


def prepare(database: Database, before: Callable[[str], object]) -> None:
    """Create the tables or bring them to the newest form, in one transaction; all or nothing.

    `before` is called with the old revision while no other writer can begin: the moment for a
    backup. Raises Unavailable, also for a form that only another version of the program knows.
    """
    with database.reading() as connection:
        if revision_of(connection, database.where) == newest():
            return
    with database.writing() as connection:
        revision = revision_of(connection, database.where)
        if revision == newest():
            return  # another process was faster
        if revision is None:
            create_all(connection, METADATA, newest())
            return
        before(revision)
        upgrade(connection)
        # Another version's tables under an old form's name: refused, and left as they were.
        revision_of(connection, database.where)


def upgrade(connection: Connection, to: str | None = None) -> None:
    """Run the scripts up to a revision (None: the newest) in the caller's transaction."""
    # Only here: it takes longer to import than all the rest of opening takes.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with _alembic:
        command.upgrade(config, to or newest())
