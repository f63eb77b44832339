"""Server processes of the dashboard, and deployments: a plan and its record on a server."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from mubiao.model import Observation, SaveKind
from mubiao.plan.loader import read_plan
from mubiao.store import Store, open_store
from tests.real import ACTUALS_FILE, PLAN_FILE

ROOT = Path(__file__).resolve().parents[2]
# Days of rehearsal: in July the month before is June, whose figures come in; in spring nearly all
# figures of the year are known.
JULY, SPRING = "2020-07-31", "2021-04-30"
START_SECONDS = 90
HEALTH = "/_stcore/health"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Server:
    """A running dashboard: its port, its log, its process, the URL of its database."""

    port: int
    log: Path
    process: subprocess.Popen[bytes]
    database: str

    @property
    def address(self) -> str:
        """The address without a path."""
        return f"http://localhost:{self.port}"

    @property
    def output(self) -> str:
        """All that the server has logged, without the colours meant for a terminal."""
        return _COLOUR.sub("", self.log.read_text(encoding="utf-8", errors="replace"))

    def report(self) -> tuple[str, str]:
        """What to show of the server when a test fails: a title and the log's end."""
        return f"log of {self.address}", self.output[-8000:]


@dataclass(frozen=True)
class Deployment:
    """A plan and its record on a server, where no other plan is to be seen meanwhile."""

    server: Server
    plan: str = "beijing-2020"

    @property
    def address(self) -> str:
        """The address without a path."""
        return self.server.address

    @cached_property
    def store(self) -> Store:
        """The record on disk: what the pages have saved, and what somebody else saves."""
        return open_store(self.server.database)

    @property
    def plan_text(self) -> str:
        """What the plan says, as a meeting keeps it."""
        file = self.server.log.parent / "plans" / f"{self.plan}.yaml"
        plan = read_plan(file).plan
        return plan.as_text()

    @property
    def recorded(self) -> list[Observation]:
        """The observations that people have recorded, without those of the start."""
        entries = [e for e in self.store.history(self.plan) if isinstance(e, Observation)]
        return [entry for entry in entries if entry.recorded_by != SaveKind.SEED]

    @property
    def values(self) -> list[str]:
        """The values of these observations."""
        return [str(entry.value) for entry in self.recorded]

    def through(self, port: int) -> "Deployment":
        """The same deployment, reached by another port."""
        return replace(self, server=replace(self.server, port=port))


@contextmanager
def deployed(server: Server, plan: str) -> Iterator[Deployment]:
    """Put a copy of the shipped plan under an id of its own into the server's folder of plans.

    In the end the copy is removed, and a traceback logged meanwhile is an AssertionError.
    """
    folder, logged = server.log.parent / "plans", len(server.output)
    shipped = PLAN_FILE.read_text(encoding="utf-8")
    text = shipped.replace("id: beijing-2020\n", f"id: {plan}\n", 1)
    text = text.replace("../actuals/", "", 1)
    shutil.copy(ACTUALS_FILE, folder)
    file = folder / f"{plan}.yaml"
    file.write_text(text, encoding="utf-8")
    deployment = Deployment(server, plan)
    yield deployment
    file.unlink()
    deployment.store.close()
    fresh = server.output[logged:]
    assert "Traceback" not in fresh, f"the server logged an error:\n{fresh}"


@contextmanager
def serve(
    folder: Path, environment: Mapping[str, str], port: int = 0, root: Path = ROOT
) -> Iterator[Server]:
    """Start a server, its database and log in the folder, and wait until it answers.

    Without a `port` it takes one that is free; `root` is the folder of its `dashboard.py`.
    `environment` adds to, or replaces, MUBIAO_DATABASE and MUBIAO_TODAY; other MUBIAO_
    variables of this process are not passed on. In the end the server is stopped, and a
    traceback in its log is an AssertionError.
    """
    folder.mkdir(exist_ok=True)
    server = start(folder, environment, port, root)
    try:
        wait_until_it_answers(server)
        yield server
    finally:
        stop(server.process)
    assert "Traceback" not in server.output, f"the server logged an error:\n{server.output}"


def bare(folder: Path, script: str) -> Path:
    """A folder whose dashboard is one script, under the same settings of Streamlit."""
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    (folder / "dashboard.py").write_text(script, encoding="utf-8")
    return folder


def start(folder: Path, environment: Mapping[str, str], port: int = 0, root: Path = ROOT) -> Server:
    """Start a server as `serve` does, and wait for nothing; its log goes on where it was."""
    port, log = port or free_port(), folder / "server.log"
    ours = {
        "MUBIAO_DATABASE": f"sqlite:///{folder / 'mubiao.sqlite'}",
        "MUBIAO_TODAY": SPRING,
        "PYTHONUNBUFFERED": "1",
    }
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("MUBIAO_")}
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    options = [f"--server.port={port}", "--server.headless=true"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command + options,
            cwd=root,
            env={**inherited, **ours, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Server(port, log, process, {**ours, **environment}["MUBIAO_DATABASE"])


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, by force after ten seconds."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_it_answers(server: Server) -> None:
    """AssertionError where the server ends, or does not answer in time."""
    deadline = time.monotonic() + START_SECONDS
    while not _answers(server.port):
        if server.process.poll() is not None:
            raise AssertionError(f"the server ended by itself:\n{server.output}")
        if time.monotonic() > deadline:
            raise AssertionError(f"no answer within {START_SECONDS} s:\n{server.output}")
        time.sleep(0.05)


def wait_until_port_answers(port: int, path: str) -> None:
    """Wait for a server of another kind."""
    deadline = time.monotonic() + START_SECONDS
    while not _answers(port, path):
        assert time.monotonic() < deadline, f"no answer at port {port} within {START_SECONDS} s"
        time.sleep(0.05)


def _answers(port: int, path: str = HEALTH) -> bool:
    connection = http.client.HTTPConnection("localhost", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
