"""The API: it answers the documents of the command line, and says in words what is wrong."""

from pathlib import Path
from threading import Event

import httpx2
import pytest
from anyio import create_task_group, to_thread
from starlette.testclient import TestClient

from mubiao.deployment import record
from mubiao.settings import Settings
from mubiao.store import Store
from tests.awaited import awaited
from tests.calls import HOST, client, matches, refusal
from tests.commands import done, write


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> TestClient:
    """The API of a new record with the real plan, as of 30 April 2021."""
    return client(monkeypatch, tmp_path)


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("targets", "targets"),
        ("assessments", "assess"),
        ("assessments?as_of=2020-07-31", "assess --as-of 2020-07-31"),
        ("assessments?plan=beijing-2020&as_of=2020-12-31", "assess --as-of 2020-12-31"),
        ("due?as_of=2020-07-31", "due --as-of 2020-07-31"),
    ],
)
def test_a_document_is_that_of_the_command_line(
    api: TestClient, address: str, command: str
) -> None:
    assert api.get(f"/api/v1/{address}").text == done(*command.split(), "--json")


def test_every_document_is_as_the_description_says(api: TestClient) -> None:
    done("export", "--format", "csv")
    description = api.get("/api/openapi.json").json()
    for path, methods in description["paths"].items():
        response = api.get(f"/api{path}")
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        matches(response.json(), schema, description)
    [observation] = [one for one in api.get("/api/v1/observations").json() if one["row"] == 1]
    assert observation["known_on"] <= "2021-04-30"


@pytest.mark.parametrize(
    ("address", "status", "text"),
    [
        ("assessments?as_of=2020-13", 400, "as_of is 2020-13; expected a day such as 2020-07-31"),
        ("assessments?as_of=", 400, "as_of is ; expected a day such as 2020-07-31"),
        ("due?as_of=1066-10-14", 400, "expected a day from 1990-01-01 to 2100-12-31"),
        ("due?owner=x", 400, "the plan names no units; leave owner out"),
        ("due?plan=x", 404, "there is no plan “x”; there are: beijing-2020, "),
        ("due?day=2020-07-31", 400, "no parameter day; expected plan, as_of, owner"),
        ("due?plan=x&plan=y", 400, "plan is given more than once"),
        ("nothing", 404, "/api/openapi.json lists what there is"),
    ],
)
def test_what_is_wrong_is_said_in_words(
    api: TestClient, address: str, status: int, text: str
) -> None:
    assert text in refusal(api.get(f"/api/v1/{address}"), status)


def test_the_callers_language_is_answered(api: TestClient) -> None:
    for wanted, text in (
        ("zh-CN,zh;q=0.9,en;q=0.8", "没有参数day"),
        ("en;q=0.9,zh;q=0.1", "no parameter day"),
        ("fr, zh;q=x", "no parameter day"),
        ("", "no parameter day"),
    ):
        answer = api.get("/api/v1/due?day=1", headers={"Accept-Language": wanted})
        assert text in refusal(answer, 400)


def test_a_document_that_the_caller_has_is_sent_again_only_once_the_record_has_changed(
    api: TestClient, tmp_path: Path
) -> None:
    first = api.get("/api/v1/observations")
    known = {"If-None-Match": first.headers["ETag"]}
    again = api.get("/api/v1/observations", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    text = "target,period,value,known_on,source\ncpi,2020,2.4,2021-01-20,x\n"
    done("import", write(tmp_path / "a.csv", text), "--by", "me", "--yes")
    changed = api.get("/api/v1/observations", headers=known).json()
    assert len(changed) == len(first.json()) + 1


def test_another_method_or_site_is_refused(api: TestClient) -> None:
    answer = api.delete("/api/v1/due")
    assert "DELETE is not for this address; expected GET" in refusal(answer, 405)
    assert answer.headers["Allow"] == "GET"
    for path in ("/api/v1/due", "/api/openapi.json"):
        assert api.get(path, headers={"Origin": "http://elsewhere.example"}).status_code == 403
        assert api.get(path, headers={"Host": "elsewhere.example"}).status_code == 421
    assert api.get("/api/v1/due").headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_slow_reads_keep_nothing_else_waiting(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    released, answered = Event(), list[int]()

    def slow(settings: Settings) -> Store:
        released.wait(20)
        return record(settings)

    monkeypatch.setattr("mubiao.api.routes.record", slow)

    async def ask() -> None:
        transport = httpx2.ASGITransport(api.app, client=("127.0.0.1", 50000))
        async with (
            httpx2.AsyncClient(transport=transport, base_url=HOST) as client,
            create_task_group() as group,
        ):

            async def read() -> None:
                answered.append((await client.get("/api/v1/targets")).status_code)

            for _ in range(60):  # more than there are threads of any kind
                group.start_soon(read)
            # The loop goes on, and so do the threads that Starlette has for everybody.
            assert (await client.get("/api/nothing")).status_code == 404
            assert await to_thread.run_sync(lambda: "done") == "done"
            assert answered == []
            released.set()

    awaited(ask())
    assert answered == [200] * 60
