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
    monkeypatch.setenv("MUBIAO_PLAN", "beijing-2020")
    monkeypatch.chdir(ROOT)
    return url


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(*args: str | Path) -> Result:
    """A call in this process; what it does not catch itself fails the test."""
    return CliRunner().invoke(app, [str(arg) for arg in args], catch_exceptions=False)


def done(*args: str | Path) -> str:
    """What a call prints that ends well."""
    result = run(*args)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def fails(code: int, *args: str | Path) -> str:
    """What a call says that ends with this code, and prints nothing."""
    result = run(*args)
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    return result.stderr
