"""The record's first form: one table of entries, and the guards that keep every row."""

from collections.abc import Mapping

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import BigInteger, Integer

revision = "0001"
down_revision = None

_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up in SQLite

# The composite key lets the database itself hold a correction to its plan and target; as
# `replaces` is unique, chains are linear.
_ENTRIES = Table(
    "entries",
    MetaData(),
    Column("row", _NUMBER, primary_key=True, autoincrement=True, quote=True),
    *(Column(name, Text, nullable=False) for name in ("plan", "target", "kind", "period", "value")),
    *(Column(name, Text, nullable=False) for name in ("qualifier", "nature")),
    Column("known_on", Date, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("source", "note", "recorded_by")),
    Column("recorded_at", Text, nullable=False),
    Column("replaces", _NUMBER, unique=True),
    UniqueConstraint("plan", "target", "row"),
    ForeignKeyConstraint(
        ["plan", "target", "replaces"], ["entries.plan", "entries.target", "entries.row"]
    ),
    CheckConstraint("kind IN ('entry', 'correction', 'withdrawal')"),
    CheckConstraint("(kind = 'entry') = (replaces IS NULL)"),
    CheckConstraint("(kind = 'withdrawal') = (period = '') AND (period = '') = (value = '')"),
    CheckConstraint("(kind = 'withdrawal') = (qualifier = '') AND (value = '') = (nature = '')"),
    CheckConstraint("qualifier IN ('', 'exact', 'at_least', 'at_most', 'about')"),
    CheckConstraint("nature IN ('', 'estimate', 'preliminary', 'final')"),
    CheckConstraint("plan <> '' AND target <> '' AND recorded_by <> '' AND recorded_at <> ''"),
    Index("entries_plan_row", "plan", "row"),
    sqlite_autoincrement=True,
)
Index(
    "entries_replacing",
    _ENTRIES.c.plan,
    _ENTRIES.c.known_on,
    sqlite_where=_ENTRIES.c.replaces.is_not(None),
    postgresql_where=_ENTRIES.c.replaces.is_not(None),
)

_NO_UPDATE = """
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are kept as they were recorded'); END
"""
_NO_DELETE = """
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are kept as they were recorded'); END
"""
# INSERT OR REPLACE deletes without asking the trigger above.
_NO_OVERWRITE = """
CREATE TRIGGER entries_no_overwrite BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE "row" = NEW."row" OR replaces = NEW.replaces)
BEGIN SELECT RAISE(ABORT, 'entries are kept as they were recorded'); END
"""
_KEPT_FUNCTION = """
CREATE OR REPLACE FUNCTION entries_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION 'entries are kept as they were recorded'
USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_KEPT = """
CREATE TRIGGER entries_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION entries_kept()
"""
_GUARDS: Mapping[str, tuple[str, ...]] = {
    "sqlite": (_NO_UPDATE, _NO_DELETE, _NO_OVERWRITE),
    "postgresql": (_KEPT_FUNCTION, _KEPT),
}


def upgrade() -> None:
    """Create the table with its indexes and guards."""
    connection = op.get_bind()
    _ENTRIES.create(connection)
    for guard in _GUARDS[connection.dialect.name]:
        connection.exec_driver_sql(guard)
