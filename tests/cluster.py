"""Several servers behind nginx on one PostgreSQL, on this machine: `make cluster`.

nginx takes what `deploy/` has for a department's machine, with other ports and without TLS.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat, zip_longest
from pathlib import Path

import pytest

from tests.browser.server import Server, free_port, start, stop, wait_until_it_answers
from tests.postgresql import PostgresServer, postgresql, restart
from tests.real import ROOT

SITE = ROOT / "deploy" / "nginx.conf"
PORTS = (8501, 8502)  # those of the file
# What nginx of a distribution says of itself elsewhere; and what needs no root here.
_NGINX = """
worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; {user}
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@dataclass
class Cluster:
    """Servers behind one address; each can be killed, stopped and started again."""

    folder: Path
    port: int
    environment: Mapping[str, str]
    database: PostgresServer
    servers: list[Server]

    @property
    def address(self) -> str:
        """The address that nginx answers at."""
        return f"http://localhost:{self.port}"

    def kill(self, place: int) -> None:
        """End a server at once, whatever it does."""
        self.servers[place].process.kill()
        self.servers[place].process.wait()

    def restart(self, place: int) -> None:
        """Stop a server as systemd does, start it again and wait until it answers."""
        server = self.servers[place]
        stop(server.process)
        self.servers[place] = start(server.log.parent, self.environment, server.port)
        wait_until_it_answers(self.servers[place])

    def restart_database(self) -> None:
        """Restart PostgreSQL without waiting for its clients."""
        restart(self.database)


@contextmanager
def cluster(folder: Path, servers: int = 2, **environment: str) -> Iterator[Cluster]:
    """So many servers (at most two), PostgreSQL and nginx, until the end of the body.

    A traceback in a server's log is an AssertionError.
    """
    folders = [folder / f"server-{place + 1}" for place in range(servers)]
    ports = [free_port() for _ in folders]
    with through_nginx(folder, ports) as port, postgresql() as database:
        ours = {"MUBIAO_DATABASE": database.get_uri(), **environment}
        for one in folders:
            one.mkdir()
        started = [start(*one) for one in zip(folders, repeat(ours), ports, strict=False)]
        made = Cluster(folder, port, ours, database, started)
        try:
            for server in made.servers:
                wait_until_it_answers(server)
            yield made
        finally:
            for server in made.servers:
                stop(server.process)
    for server in made.servers:
        assert "Traceback" not in server.output, server.report()


@contextmanager
def through_nginx(folder: Path, ports: list[int]) -> Iterator[int]:
    """The port of nginx as `deploy/` has it, in front of one or two servers by their ports.

    Without nginx the test fails in CI and is skipped elsewhere.
    """
    program = shutil.which("nginx")
    if program is None:
        stop_test = pytest.fail if os.environ.get("CI") else pytest.skip
        stop_test("nginx is missing (Debian: apt install nginx-light)")
    port = free_port()
    site = SITE.read_text(encoding="utf-8").replace("443 ssl", f"127.0.0.1:{port}")
    site = re.sub(r"\s+ssl_certificate.*;", "", site).replace("; Secure", "")
    for its_port, ours in zip_longest(PORTS, ports):
        if ours:
            site = site.replace(f":{its_port}", f":{ours}")
        else:
            site = re.sub(rf"(server 127.0.0.1:{its_port}).*;", r"\1 down;", site)
    folder = folder / "nginx"
    folder.mkdir(parents=True)
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(_NGINX.format(folder=folder, site=site, user=user), encoding="utf-8")
    command = [program, "-c", str(file), "-p", str(folder)]
    subprocess.run(command, check=True)  # returns when it listens
    try:
        yield port
    finally:
        subprocess.run([*command, "-s", "stop"], check=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place, cluster(Path(place)) as running:
        sys.stdout.write(f"{running.address}  (two servers, PostgreSQL; Ctrl-C ends them)\n")
        while True:
            time.sleep(1)
