"""A dashboard of one's own: a fresh server process with an empty database."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2021-03-31"  # by then nearly all figures of 2020 were known
START_SECONDS = 40
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Server:
    """A running dashboard: its address, its log, its process."""

    port: int
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        """The address without a path."""
        return f"http://localhost:{self.port}"

    @property
    def said(self) -> str:
        """All that the server has logged, without the colours meant for a terminal."""
        return _COLOUR.sub("", self.log.read_text(encoding="utf-8", errors="replace"))

    def report(self) -> tuple[str, str]:
        """What to show of the server when a test fails: a title and the log's end."""
        return f"log of {self.address}", self.said[-8000:]


@contextmanager
def serve(folder: Path, environment: Mapping[str, str], port: int = 0) -> Iterator[Server]:
    """Start a server, its database and log in the folder, and wait until it answers.

    Without a `port` it takes one that is free.
    `environment` adds to, or replaces, MUBIAO_DATABASE and MUBIAO_TODAY; other MUBIAO_
    variables of this process are not passed on. In the end the server is stopped, and a
    traceback in its log is an AssertionError.
    """
    server = _start(folder, environment, port or _free_port())
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        _stop(server.process)
    assert "Traceback" not in server.said, f"the server logged an error:\n{server.said}"


def _start(folder: Path, environment: Mapping[str, str], port: int) -> Server:
    log = folder / "server.log"
    ours = {
        "MUBIAO_DATABASE": f"sqlite:///{folder / 'mubiao.sqlite'}",
        "MUBIAO_TODAY": TODAY,
        "PYTHONUNBUFFERED": "1",
    }
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("MUBIAO_")}
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
    options = [f"--server.port={port}", "--server.headless=true"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command + options,
            cwd=ROOT,
            env={**inherited, **ours, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Server(port, log, process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _healthy(server.port):
        if server.process.poll() is not None:
            raise AssertionError(f"the server ended by itself:\n{server.said}")
        if time.monotonic() > deadline:
            raise AssertionError(f"no answer within {START_SECONDS} s:\n{server.said}")
        time.sleep(0.05)


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("localhost", port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
