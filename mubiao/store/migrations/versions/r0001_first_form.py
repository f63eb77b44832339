"""The record's first form: its tables, and the triggers that keep every recorded row."""

from alembic import op

from mubiao.store.schema import METADATA

revision = "form1"
down_revision = None

# A row that is kept is the same as a new one when it has one of these in common with it.
_SAME = {
    "entries": '"row" = NEW."row" OR replaces = NEW.replaces',
    "saves": "id = NEW.id OR token = NEW.token OR undoes = NEW.undoes",
    "remarks": '"row" = NEW."row" OR replaces = NEW.replaces',
    "meetings": "id = NEW.id OR token = NEW.token OR replaces = NEW.replaces",
    "agendas": '"row" = NEW."row" OR replaces = NEW.replaces',
    "plans": "plan = NEW.plan AND version = NEW.version",
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


def upgrade() -> None:
    """Create the tables with their indexes and triggers."""
    connection = op.get_bind()
    METADATA.create_all(connection, checkfirst=False)  # another program's table is a fault
    for table, same in _SAME.items():
        for statement in _KEEPING[connection.dialect.name]:
            connection.exec_driver_sql(statement.format(table=table, same=same))
    for statement in _CHAINED[connection.dialect.name]:
        connection.exec_driver_sql(statement)
