"""Saves, remarks and drafts; and each entry's save, days and chain, so that a page need not read
every row.

Rows of before get the days that their period means and the chain that their corrections make; no
figure is touched. Their save stays empty.
"""

from collections.abc import Mapping

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import BigInteger, Integer

from mubiao.period import Period
from mubiao.problems import Problem, Unavailable, message

revision = "0002"
down_revision = "0001"

_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up in SQLite
_METADATA = MetaData()
_TABLES = (
    Table(
        "saves",
        _METADATA,
        Column("id", _NUMBER, primary_key=True, autoincrement=True),
        Column("plan", Text, nullable=False),
        Column("token", Text, nullable=False, unique=True),
        Column("kind", Text, nullable=False),
        *(Column(name, Text, nullable=False) for name in ("saved_by", "saved_at")),
        Column("undoes", _NUMBER, unique=True),
        UniqueConstraint("plan", "id"),
        ForeignKeyConstraint(["plan", "undoes"], ["saves.plan", "saves.id"]),
        CheckConstraint("kind IN ('entry', 'import', 'undo', 'seed')"),
        CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)"),
        CheckConstraint("plan <> '' AND token <> '' AND saved_by <> '' AND saved_at <> ''"),
        sqlite_autoincrement=True,
    ),
    Table(
        "remarks",
        _METADATA,
        Column("row", _NUMBER, primary_key=True, autoincrement=True, quote=True),
        *(Column(name, Text, nullable=False) for name in ("plan", "target", "period")),
        *(Column(name, Text, nullable=False) for name in ("text", "status")),
        Column("until", Date),
        Column("day", Date, nullable=False),
        *(Column(name, Text, nullable=False) for name in ("written_by", "written_at")),
        Column("replaces", _NUMBER, unique=True),
        UniqueConstraint("plan", "target", "row"),
        ForeignKeyConstraint(
            ["plan", "target", "replaces"], ["remarks.plan", "remarks.target", "remarks.row"]
        ),
        CheckConstraint("(status = '') = (until IS NULL)"),
        CheckConstraint("text <> '' OR (replaces IS NOT NULL AND status = '')"),
        CheckConstraint("plan <> '' AND target <> '' AND period <> '' AND written_by <> ''"),
        Index("remarks_plan_row", "plan", "row"),
        sqlite_autoincrement=True,
    ),
    Table(
        "drafts",
        _METADATA,
        Column("token", Text, primary_key=True),
        *(Column(name, Text, nullable=False) for name in ("plan", "text", "kept_at")),
        Index("drafts_kept_at", "kept_at"),
    ),
)

_COLUMNS = ("save {number} REFERENCES saves (id)", "first_day DATE", "last_day DATE")
_CHAIN = "chain {number} REFERENCES entries"

# Periods are few; each is read once.
_SPANS = "CREATE TEMPORARY TABLE spans (period TEXT PRIMARY KEY, first_day DATE, last_day DATE)"
_CHAINS = 'CREATE TEMPORARY TABLE chains ("row" BIGINT PRIMARY KEY, began BIGINT)'
_FIND_CHAINS = """
INSERT INTO chains WITH RECURSIVE linked ("row", began) AS (
    SELECT e."row", e.replaces FROM entries e JOIN entries old ON old."row" = e.replaces
    WHERE old.replaces IS NULL
    UNION ALL
    SELECT e."row", linked.began FROM entries e JOIN linked ON e.replaces = linked."row"
) SELECT "row", began FROM linked
"""
_FILL = (
    """UPDATE entries SET
    first_day = (SELECT s.first_day FROM spans s WHERE s.period = entries.period),
    last_day = (SELECT s.last_day FROM spans s WHERE s.period = entries.period),
    chain = (SELECT c.began FROM chains c WHERE c."row" = entries."row")""",
    """UPDATE entries SET
    first_day = (SELECT o.first_day FROM entries o WHERE o."row" = entries.replaces),
    last_day = (SELECT o.last_day FROM entries o WHERE o."row" = entries.replaces)
    WHERE kind = 'withdrawal'""",
    "DROP TABLE spans",
    "DROP TABLE chains",
)
_INDEXES = (
    "DROP INDEX entries_replacing",
    "CREATE INDEX entries_save ON entries (save) WHERE save IS NOT NULL",
    'CREATE INDEX entries_first ON entries (plan, target, "row") WHERE replaces IS NULL',
    'CREATE INDEX entries_chain ON entries (chain, "row", known_on) WHERE chain IS NOT NULL',
    'CREATE INDEX entries_days ON entries (plan, target, first_day, last_day, known_on, "row")',
)

_KEEPING_SQLITE = (
    """CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} are kept as they were recorded'); END""",
    """CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} are kept as they were recorded'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """CREATE TRIGGER {table}_no_overwrite BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, '{table} are kept as they were recorded'); END""",
)
_SAME = {
    "saves": "id = NEW.id OR token = NEW.token OR undoes = NEW.undoes",
    "remarks": '"row" = NEW."row" OR replaces = NEW.replaces',
}
_KEEPING_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION '{table} are kept as they were recorded'
USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_kept()""",
)
_KEEPING = {"sqlite": _KEEPING_SQLITE, "postgresql": _KEEPING_POSTGRESQL}

# A new row has its days, and the chain of the row that it replaces.
_LINKED: Mapping[str, tuple[str, ...]] = {
    "sqlite": (
        """CREATE TRIGGER entries_linked BEFORE INSERT ON entries
WHEN NEW.first_day IS NULL OR NEW.last_day IS NULL OR NEW.first_day > NEW.last_day
OR NEW.chain IS NOT (SELECT coalesce(chain, "row") FROM entries WHERE "row" = NEW.replaces)
BEGIN SELECT RAISE(ABORT, 'entries have their days and their chain'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION entries_linked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF NEW.first_day IS NULL OR NEW.last_day IS NULL OR NEW.first_day > NEW.last_day
OR NEW.chain IS DISTINCT FROM
    (SELECT coalesce(chain, "row") FROM entries WHERE "row" = NEW.replaces)
THEN RAISE EXCEPTION 'entries have their days and their chain'
USING ERRCODE = 'integrity_constraint_violation'; END IF;
RETURN NEW;
END $$""",
        """CREATE TRIGGER entries_linked BEFORE INSERT ON entries
FOR EACH ROW EXECUTE FUNCTION entries_linked()""",
    ),
}
# While the rows of before get their days and chains.
_RELEASE = {
    "sqlite": "DROP TRIGGER IF EXISTS entries_no_update",
    "postgresql": "DROP TRIGGER IF EXISTS entries_kept ON entries",
}
_HOLD = {"sqlite": _KEEPING_SQLITE[0], "postgresql": _KEEPING_POSTGRESQL[1]}


def upgrade() -> None:
    """Create what is new and give the rows of before their days and chains."""
    connection = op.get_bind()
    kind = connection.dialect.name
    for table in _TABLES:
        table.create(connection)
        if table.name in _SAME:
            for guard in _KEEPING[kind]:
                run(connection, guard.format(table=table.name, same=_SAME[table.name]))
    number = "INTEGER" if kind == "sqlite" else "BIGINT"
    for column in (*_COLUMNS, _CHAIN):
        run(connection, f"ALTER TABLE entries ADD COLUMN {column.format(number=number)}")
    run(connection, _RELEASE[kind])
    _fill(connection)
    run(connection, _HOLD[kind].format(table="entries"))
    for statement in (*_INDEXES, *_LINKED[kind]):
        run(connection, statement)


def run(connection: Connection, statement: str) -> None:
    """Run one statement as it stands."""
    connection.exec_driver_sql(statement)


def _fill(connection: Connection) -> None:
    run(connection, _SPANS)
    run(connection, _CHAINS)
    place = "?" if connection.dialect.name == "sqlite" else "%s"
    into_spans = f"INSERT INTO spans VALUES ({place}, {place}, {place})"  # noqa: S608 - marks only
    used = connection.exec_driver_sql("SELECT DISTINCT period FROM entries WHERE period <> ''")
    for period in used.scalars().all():
        span = _span(period)
        days = (span.first.isoformat(), span.last.isoformat())
        connection.exec_driver_sql(into_spans, (period, *days))
    for statement in (_FIND_CHAINS, *_FILL):
        run(connection, statement)


def _span(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        told = message("the record holds a period that cannot be read ({reason}): restore a backup")
        raise Unavailable([Problem(told, {"reason": error})]) from error
