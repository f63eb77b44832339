"""Each act is one line in the server's log, and a figure for Prometheus; no figures, no secrets."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from ipaddress import ip_network
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.scriptrunner_utils import exceptions as rerun_exception

from mubiao import journal, memo
from mubiao.api.call import Limit
from mubiao.identity import IdentityKind, IdentitySettings
from mubiao.settings import Settings
from mubiao.ui.shell import watch
from mubiao.ui.shell.door import Door
from tests.calls import HOST, client
from tests.commands import deployed, done, fails, write

LINE = re.compile(
    r"at=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ actor=\S+ action=\w+ outcome=\w+ ms=\d+", re.ASCII
)
HEAD = "target,period,value,known_on,source\n"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The file of a deployment's acts."""
    monkeypatch.setenv("MUBIAO_LOG", str(tmp_path / "acts.log"))
    yield tmp_path / "acts.log"
    journal.end()


def acts(log: Path) -> list[tuple[str, ...]]:
    """Actor, action and outcome of each line; their form is checked."""
    lines = log.read_text(encoding="utf-8").splitlines()
    assert all(LINE.fullmatch(line) for line in lines), lines
    return [tuple(part.partition("=")[2] for part in line.split()[1:4]) for line in lines]


def test_an_act_is_a_line_whichever_door_it_comes_through(
    log: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    api = client(monkeypatch, tmp_path)
    file = write(tmp_path / "a.csv", HEAD + "gdp-growth,2020,1.3,2021-03-01,x\n")
    done("import", file, "--by", "李 Na")
    done("assess")  # who only looks does nothing
    secret = done("access", "token", "make", "bureau", "--by", "Li").strip()
    key = {"Authorization": f"Bearer {secret}", "Content-Type": "text/csv"}
    body = HEAD + "gdp-growth,2020,1.4,2021-03-02,x\n"
    address = "/api/v1/observations"
    assert api.post(address, content=body, headers=key).status_code == 200
    dry = api.post(f"{address}?dry_run=true", content=body, headers=key)
    assert dry.status_code == 200
    assert api.post(address, content="x", headers=key).status_code == 422
    assert api.post(address, content=body, headers={"Authorization": "Bearer y"}).status_code == 401
    assert api.get(address).status_code == 200
    fails(1, "access", "token", "end", "9", "--by", "Li")
    assert acts(log) == [
        ("typed:%E6%9D%8E%20na", "record", "done"),
        ("typed:li", "make_tokens", "done"),
        ("token:1", "record", "done"),
        ("token:1", "dry_run", "done"),
        ("token:1", "record", "refused"),
        ("-", "record", "unauthorised"),
        ("-", "read", "done"),
    ]
    text = log.read_text(encoding="utf-8")
    assert not any(each in text for each in (secret, "1.3", "1.4", "gdp", "bureau", str(tmp_path)))


def test_who_decides_at_the_command_line_and_may_not_is_a_line(
    log: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deployed(monkeypatch, tmp_path)
    monkeypatch.setenv("MUBIAO_ADMINISTRATOR", "service:ada")
    monkeypatch.setenv("MUBIAO_SERVICE_ACCOUNT", "bob")
    assert "bob may not see what is not published yet" in fails(1, "approval")
    monkeypatch.delenv("MUBIAO_ADMINISTRATOR")
    fails(1, "approval", "7", "--publish", "--by", "Li")
    assert acts(log) == [
        ("service:bob", "see_submissions", "denied"),
        ("typed:li", "publish", "refused"),
    ]


@pytest.mark.parametrize(
    ("ends", "outcome"), [(ValueError, "failed"), (rerun_exception.RerunException, "interrupted")]
)
def test_an_act_that_streamlit_ends_has_not_failed(
    log: Path, ends: type[BaseException], outcome: str
) -> None:
    journal.begin(log)
    with pytest.raises(ends), journal.act("record", "typed:li"):
        raise ends("x")
    assert acts(log) == [("typed:li", "record", outcome)]


PROXY = IdentitySettings(
    IdentityKind.PROXY, networks=(ip_network("10.0.0.5"),), id_header="x-id", name_header="x-name"
)


@pytest.mark.parametrize(
    ("peer", "path", "headers", "line"),
    [
        ("127.0.0.1", "/healthz", {"Host": "evil.example"}, ("request", "other_host")),
        ("127.0.0.1", "/healthz", {"Origin": "http://evil.example"}, ("request", "other_origin")),
        ("127.0.0.1", "/metrics", {}, ("request", "metrics")),
        ("127.0.0.1", "/healthz", {"X-Id": "wang"}, ("sign_in", "other_peer")),
        (
            "10.0.0.6",
            "/healthz",
            {"X-Name": "W", "X-Forwarded-For": "10.0.0.5"},
            ("sign_in", "other_peer"),
        ),
        ("10.0.0.5", "/healthz", {"X-Id": "two words"}, ("sign_in", "unreadable")),
    ],
)
def test_what_the_door_refuses_is_a_line(
    log: Path, peer: str, path: str, headers: dict[str, str], line: tuple[str, str]
) -> None:
    journal.begin(log)
    door = Door(Starlette(routes=watch.routes("")), Settings(identity=PROXY))
    answer = TestClient(door, HOST, client=(peer, 1)).get(path, headers=headers)
    assert answer.status_code in {400, 403, 404, 421}
    assert acts(log) == [("-", *line)]
    assert "wang" not in log.read_text(encoding="utf-8")


def test_what_policy_locks_and_limits_refuse_is_a_line(
    log: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    api = client(monkeypatch, tmp_path)
    file = write(tmp_path / "a.csv", HEAD + "gdp-growth,2020,1.3,2021-03-01,x\n")
    done("lock", "--through", "2020-12-31", "--by", "Li")
    fails(1, "import", file, "--by", "Li", "--yes")
    secret = done("access", "token", "make", "bureau", "--by", "Li").strip()
    key = {"Authorization": f"Bearer {secret}"}
    monkeypatch.setattr("mubiao.api.call._limit", Limit(0))
    assert api.get("/api/v1/due", headers=key).status_code == 429
    monkeypatch.setattr("mubiao.api.routes.MAX_BYTES", 1)
    assert api.post("/api/v1/observations", content="xx", headers=key).status_code == 413
    monkeypatch.setenv("MUBIAO_ADMINISTRATOR", "os:nobody-here")
    fails(1, "access", "revoke", "1", "--reason", "r")
    lines = acts(log)
    outcomes = [(action, outcome) for _, action, outcome in lines if outcome != "done"]
    assert outcomes == [
        ("record", "refused"),
        ("read", "too_often"),
        ("record", "too_large"),
        ("revoke", "denied"),
    ]


def test_what_breaks_has_failed() -> None:
    labels = {"action": "test", "outcome": "failed"}
    with pytest.raises(LookupError), journal.act("test"):
        raise LookupError
    assert REGISTRY.get_sample_value("mubiao_acts_total", labels) == 1
    assert REGISTRY.get_sample_value("mubiao_act_seconds_count", {"action": "test"}) == 1


def watched(*, metrics: bool = False) -> TestClient:
    door = Door(Starlette(routes=watch.routes("")), Settings(metrics=metrics))
    return TestClient(door, HOST)


def test_health_says_whether_the_record_can_be_reached_in_this_programs_form(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url, server = deployed(monkeypatch, tmp_path), watched()
    memo.forget()
    done("assess")
    answer = server.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    monkeypatch.setattr(
        "mubiao.store.migrate.REVISIONS", ("form1", answer.json()["form"], "form99")
    )
    newer = server.get("/healthz")
    assert newer.status_code == 503
    assert newer.json()["reason"].endswith("this program's is form99")
    monkeypatch.undo()
    monkeypatch.setenv("MUBIAO_DATABASE", url)
    Path(url.removeprefix("sqlite:///")).write_bytes(b"no database" * 100)
    broken = server.get("/healthz")
    assert (broken.status_code, broken.json()["status"]) == (503, "failing")
    assert str(tmp_path) not in broken.text


def test_figures_are_made_once_however_many_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def slowly() -> journal.Figures:
        made.append(1)
        time.sleep(0.05)
        return journal.Figures.__new__(journal.Figures)

    monkeypatch.setattr(journal, "_made", cache(slowly))
    with ThreadPoolExecutor(4) as threads:
        figures = [threads.submit(journal._figures) for _ in range(4)]  # noqa: SLF001
    assert len({id(one.result()) for one in figures}) == len(made) == 1


def test_figures_are_told_only_where_a_setting_opens_them() -> None:
    closed = watched().get("/metrics")
    assert (closed.status_code, "MUBIAO_METRICS" in closed.text) == (404, True)
    with journal.act("test", "typed:li"):
        """Done."""
    journal.ran("overview", journal.clock())
    text = watched(metrics=True).get("/metrics").text
    for name in ("acts_total", "act_seconds_bucket", "rerun_seconds_count", "sessions"):
        assert f"\nmubiao_{name}" in text
    assert "typed:li" not in text
