"""Empty records made at once: what Alembic ran for the first is run again for the others."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, inspect

_upgrade = command.upgrade
_scripts: dict[tuple[str, str, str], list[str]] = {}


def upgrade(config: Config, revision: str) -> None:
    """As Alembic's own, which it calls for a database that holds something, and for the first empty
    one of each kind and form.
    """
    connection: Connection = config.attributes["connection"]
    key = (connection.dialect.name, str(config.get_main_option("script_location")), revision)
    if inspect(connection).get_table_names():
        _upgrade(config, revision)
    elif key in _scripts:
        cursor = connection.connection.cursor()
        for statement in _scripts[key]:
            cursor.execute(statement)
    else:
        _scripts[key] = _statements_of(connection, config, revision)


def _statements_of(connection: Connection, config: Config, revision: str) -> list[str]:
    """What Alembic runs, in one piece where the database takes that."""
    statements: list[str] = []

    def keep(*told: object) -> None:
        statement, parameters = str(told[2]), told[3]
        if not statement.startswith(("SELECT", "PRAGMA")):
            assert not parameters
            statements.append(statement)

    event.listen(connection, "before_cursor_execute", keep)
    _upgrade(config, revision)
    event.remove(connection, "before_cursor_execute", keep)
    return statements if connection.dialect.name == "sqlite" else [";\n".join(statements)]
