"""The API fuzzed from its own description: whatever is sent, it answers as it says it does."""

from collections.abc import Callable
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette

from mubiao import memo
from mubiao.api.call import Limit
from mubiao.api.routes import routes
from mubiao.settings import Settings
from mubiao.ui.shell.door import Door
from tests.commands import deployed, done
from tests.faults.figures import REFUSED, TAKEN, AtLength

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_as_described(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, at_length: AtLength, mode: GenerationMode
) -> None:
    deployed(monkeypatch, tmp_path)
    memo.forget()
    monkeypatch.setattr("mubiao.api.call._limit", Limit(10**9))
    secret = done("access", "token", "make", "fuzz", "--by", "Li").strip()
    open_to_all = Settings(anyone_may_record=True, hosts=("testserver", "localhost"))
    app = Door(Starlette(routes=routes("")), open_to_all)
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    asked = 0
    for result in schema.get_all_operations():
        operation, asked = result.ok(), asked + 1
        many = settings(
            max_examples=at_length(1000, 8),
            suppress_health_check=[*HealthCheck],
        )
        many(given(operation.as_strategy(generation_mode=mode))(_call_with(secret)))()
    assert asked == 6


def _call_with(secret: str) -> Callable[[Case], None]:
    def call(case: Case) -> None:
        """Fails unless the answer is as the description says."""
        response = case.call(headers={"Authorization": f"Bearer {secret}"})
        case.validate_response(response, checks=CHECKS)
        (TAKEN if response.status_code < 400 else REFUSED)["calls of the API"] += 1

    return call
