"""Calls of the command line in a fresh deployment."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mubiao.cli import app

ROOT = Path(__file__).resolve().parents[1]


def deployed(monkeypatch: pytest.MonkeyPatch, folder: Path) -> str:
    """The settings of a fresh deployment with the real plan; the URL of its record."""
    url = f"sqlite:///{folder / 'record' / 'mubiao.sqlite'}"
    for name, value in {"LC_ALL": "en_GB.UTF-8", "MUBIAO_TODAY": "2021-04-30"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MUBIAO_DATABASE", url)
    monkeypatch.chdir(ROOT)
    return url


def run(*args: str | Path) -> Result:
    """What a call answers."""
    return CliRunner().invoke(app, [str(arg) for arg in args])
