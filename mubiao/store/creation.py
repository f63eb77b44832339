"""Creating tables whose rows are kept: the database itself refuses to change or delete one."""

from collections.abc import Iterable

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table

from mubiao.store.schema import METADATA

# The tables whose rows are kept, each with the condition by which a row is the same as a new one.
_KEPT = {
    "entries": '"row" = NEW."row" OR replaces = NEW.replaces',
    "saves": "id = NEW.id OR token = NEW.token OR undoes = NEW.undoes",
    "remarks": '"row" = NEW."row" OR replaces = NEW.replaces',
    "meetings": "id = NEW.id OR token = NEW.token OR replaces = NEW.replaces",
    "agendas": '"row" = NEW."row" OR replaces = NEW.replaces',
    "plans": "plan = NEW.plan AND version = NEW.version",
    "reminders": '"row" = NEW."row" OR claim = NEW.claim',
    "grants": '"row" = NEW."row" OR replaces = NEW.replaces',
    "tokens": '"row" = NEW."row" OR hash = NEW.hash',
    "filings": '"row" = NEW."row" OR token = NEW.token OR save = NEW.save',
    "locks": '"row" = NEW."row" OR replaces = NEW.replaces',
    "sign_ins": """"row" = NEW."row" OR (session <> '' AND session = NEW.session)""",
    "assignments": '"row" = NEW."row"',
}
# INSERT OR REPLACE deletes without firing the trigger on DELETE.
_KEEPING_SQLITE = tuple(
    f"CREATE TRIGGER {{table}}_{name} BEFORE {act} ON {{table}}{condition} "
    "BEGIN SELECT RAISE(ABORT, '{table} are kept as they were recorded'); END"
    for name, act, condition in (
        ("no_update", "UPDATE", ""),
        ("no_delete", "DELETE", ""),
        ("no_overwrite", "INSERT", " WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"),
    )
)
_KEEPING_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION '{table} are kept as they were recorded'
USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_kept()""",
)
_KEEPING = {"sqlite": _KEEPING_SQLITE, "postgresql": _KEEPING_POSTGRESQL}

# A row has the chain of the row that it replaces.
_CHAINED = {
    "sqlite": (
        """CREATE TRIGGER entries_linked BEFORE INSERT ON entries
WHEN NEW.chain IS NOT (SELECT coalesce(chain, "row") FROM entries WHERE "row" = NEW.replaces)
BEGIN SELECT RAISE(ABORT, 'entries have the chain of what they replace'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION entries_linked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF NEW.chain IS DISTINCT FROM
    (SELECT coalesce(chain, "row") FROM entries WHERE "row" = NEW.replaces)
THEN RAISE EXCEPTION 'entries have the chain of what they replace'
USING ERRCODE = 'integrity_constraint_violation'; END IF;
RETURN NEW; END $$""",
        """CREATE TRIGGER entries_linked BEFORE INSERT ON entries
FOR EACH ROW EXECUTE FUNCTION entries_linked()""",
    ),
}
# As Alembic makes it.
_VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def create_all(connection: Connection, tables: MetaData, revision: str) -> None:
    """Create all tables at once, in the form of a revision: a record that is not there yet needs
    no steps.
    """
    _create(connection, tables, tables.tables)
    _VERSION.create(connection, checkfirst=True)
    connection.execute(_VERSION.insert().values(version_num=revision))


def create(connection: Connection, *names: str) -> None:
    """Create tables by name; columns that a later form brought are left to it."""
    earlier = MetaData()
    for table in METADATA.sorted_tables:
        for column in table.to_metadata(earlier).c:
            column.system = "since" in column.info  # not created
    _create(connection, earlier, names)


def _create(connection: Connection, tables: MetaData, names: Iterable[str]) -> None:
    names, dialect = [*names], connection.dialect.name
    # Another program's table of such a name is a fault.
    tables.create_all(connection, [tables.tables[name] for name in names], checkfirst=False)
    for name in names:
        for statement in _KEEPING[dialect] if name in _KEPT else ():
            connection.exec_driver_sql(statement.format(table=name, same=_KEPT[name]))
    for statement in _CHAINED[dialect] if "entries" in names else ():
        connection.exec_driver_sql(statement)
