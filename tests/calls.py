"""Calls of the API, behind the door, in a fresh deployment."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mubiao import memo
from mubiao.api.routes import routes
from mubiao.settings import Settings
from mubiao.ui.shell.door import Door
from tests.commands import deployed

HOST = "http://localhost"


def client(monkeypatch: pytest.MonkeyPatch, folder: Path) -> TestClient:
    """The API of a fresh deployment with the real plan, as its own machine calls it."""
    deployed(monkeypatch, folder)
    memo.forget()
    app = Door(Starlette(routes=routes("")), Settings())
    return TestClient(app, HOST, raise_server_exceptions=True, client=("127.0.0.1", 50000))


def refusal(response: Any, status: int) -> str:  # noqa: ANN401 - TestClient's own response
    """What a problem document says; its form is checked."""
    document = response.json()
    assert (response.status_code, document["status"]) == (status, status), document
    assert response.headers["content-type"] == "application/problem+json"
    assert document["type"] == "about:blank"
    assert document["title"]
    assert all(one["detail"] for one in document["problems"])
    return str(document["detail"])


def matches(value: object, schema: Mapping[str, Any], description: Mapping[str, Any]) -> None:
    """Fails unless a value fits a schema of the description."""
    import jsonschema  # noqa: PLC0415 - few tests need it

    whole = {**schema, "components": description["components"]}
    jsonschema.validate(json.loads(json.dumps(value)), whole)
