"""The record's first form: its tables, and the triggers that keep every recorded row."""

from alembic import op

from mubiao.store.migrations.keeping import create

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
    create(connection, {**_SAME, "drafts": ""})
    for statement in _CHAINED[connection.dialect.name]:
        connection.exec_driver_sql(statement)
