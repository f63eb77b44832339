"""Creating tables whose rows are kept: the database itself refuses to change or delete one."""

from collections.abc import Mapping

from sqlalchemy import Connection, MetaData

from mubiao.store.schema import METADATA

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


def create(connection: Connection, tables: Mapping[str, str]) -> None:
    """Create tables by name, each with the condition by which a row is the same as a new one; ""
    where rows may be changed and deleted. Columns that a later form brought are left to it.
    """
    first_form = MetaData()
    for table in METADATA.sorted_tables:
        for column in table.to_metadata(first_form).c:
            column.system = "since" in column.info  # not created
    # Another program's table of such a name is a fault.
    first_form.create_all(
        connection, [first_form.tables[name] for name in tables], checkfirst=False
    )
    for name, same in tables.items():
        for statement in _KEEPING[connection.dialect.name] if same else ():
            connection.exec_driver_sql(statement.format(table=name, same=same))
