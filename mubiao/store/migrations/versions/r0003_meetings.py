"""Meetings: named as-of days, each with the last rows that were recorded when it was held."""

from collections.abc import Mapping

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import BigInteger, Integer

revision = "0003"
down_revision = "0002"

_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up in SQLite

# The unique pair is also the index by which the meetings of a plan are found.
_MEETINGS = Table(
    "meetings",
    MetaData(),
    Column("id", _NUMBER, primary_key=True, autoincrement=True),
    Column("plan", Text, nullable=False),
    Column("token", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    *(Column(name, _NUMBER, nullable=False) for name in ("last_row", "last_remark")),
    *(Column(name, Text, nullable=False) for name in ("plan_version", "held_by", "held_at")),
    Column("replaces", _NUMBER, unique=True),
    UniqueConstraint("plan", "id"),
    ForeignKeyConstraint(["plan", "replaces"], ["meetings.plan", "meetings.id"]),
    CheckConstraint("(name = '') = (replaces IS NOT NULL)"),
    CheckConstraint("last_row >= 0 AND last_remark >= 0"),
    CheckConstraint("plan <> '' AND token <> '' AND held_by <> '' AND held_at <> ''"),
    sqlite_autoincrement=True,
)
_GUARDS: Mapping[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE TRIGGER meetings_no_update BEFORE UPDATE ON meetings
BEGIN SELECT RAISE(ABORT, 'meetings are kept as they were recorded'); END""",
        """CREATE TRIGGER meetings_no_delete BEFORE DELETE ON meetings
BEGIN SELECT RAISE(ABORT, 'meetings are kept as they were recorded'); END""",
        # INSERT OR REPLACE deletes without asking the trigger above.
        """CREATE TRIGGER meetings_no_overwrite BEFORE INSERT ON meetings
WHEN EXISTS (SELECT 1 FROM meetings
    WHERE id = NEW.id OR token = NEW.token OR replaces = NEW.replaces)
BEGIN SELECT RAISE(ABORT, 'meetings are kept as they were recorded'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION meetings_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION 'meetings are kept as they were recorded'
USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        """CREATE TRIGGER meetings_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON meetings
FOR EACH STATEMENT EXECUTE FUNCTION meetings_kept()""",
    ),
}


def upgrade() -> None:
    """Create the table with its guards."""
    connection = op.get_bind()
    _MEETINGS.create(connection)
    for guard in _GUARDS[connection.dialect.name]:
        connection.exec_driver_sql(guard)
