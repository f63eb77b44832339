"""Plans as meetings saw them: what a plan said, kept once under its version."""

from collections.abc import Mapping

from alembic import op
from sqlalchemy import CheckConstraint, Column, MetaData, Table, Text

revision = "0004"
down_revision = "0003"

_PLANS = Table(
    "plans",
    MetaData(),
    *(Column(name, Text, primary_key=True) for name in ("plan", "version")),
    Column("said", Text, nullable=False),
    CheckConstraint("plan <> '' AND version <> '' AND said <> ''"),
)
_GUARDS: Mapping[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE TRIGGER plans_no_update BEFORE UPDATE ON plans
BEGIN SELECT RAISE(ABORT, 'plans are kept as they were recorded'); END""",
        """CREATE TRIGGER plans_no_delete BEFORE DELETE ON plans
BEGIN SELECT RAISE(ABORT, 'plans are kept as they were recorded'); END""",
        # INSERT OR REPLACE deletes without asking the trigger above.
        """CREATE TRIGGER plans_no_overwrite BEFORE INSERT ON plans
WHEN EXISTS (SELECT 1 FROM plans WHERE plan = NEW.plan AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'plans are kept as they were recorded'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION plans_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION 'plans are kept as they were recorded'
USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        """CREATE TRIGGER plans_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON plans
FOR EACH STATEMENT EXECUTE FUNCTION plans_kept()""",
    ),
}


def upgrade() -> None:
    """Create the table with its guards."""
    connection = op.get_bind()
    _PLANS.create(connection)
    for guard in _GUARDS[connection.dialect.name]:
        connection.exec_driver_sql(guard)
