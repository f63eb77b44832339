"""Recording by the API: the outcomes and refusals of `import --json`, by a token, once."""

import json
from datetime import UTC, datetime
from itertools import product
from os import environ
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mubiao.access import Role, Scope
from mubiao.deployment import record
from mubiao.model import Act, Actor, ActorKind
from mubiao.settings import settings_from
from tests.calls import client, matches, refusal
from tests.cases import dry_run
from tests.commands import done, fails, write
from tests.real import ACTUALS_FILE, PLAN_FILE, real_plan

HEAD = "target,period,value,known_on,source\n"
GDP = "gdp-growth,2020,1.3,2021-03-01,x\n"
CPI = "cpi,2020-H1,130,2021-03-01,x\n"
CSV = {"Content-Type": "text/csv"}


class Sender:
    """Another system with its token."""

    def __init__(self, api: TestClient, secret: str) -> None:
        self.api = api
        self.headers = {"Authorization": f"Bearer {secret}", **CSV}

    def __call__(self, body: str, query: str = "", **headers: str) -> Any:  # noqa: ANN401
        """What the API answers."""
        sent = {**self.headers, **{name.replace("_", "-"): text for name, text in headers.items()}}
        return self.api.post(f"/api/v1/observations{query}", content=body.encode(), headers=sent)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> TestClient:
    """The API of a new record with the real plan, as of 31 March 2021."""
    called = client(monkeypatch, tmp_path)
    monkeypatch.setenv("MUBIAO_TODAY", "2021-03-31")
    return called


@pytest.fixture
def send(api: TestClient) -> Sender:
    """A system whose token is for the whole plan."""
    return Sender(api, done("access", "token", "make", "bureau", "--by", "Li").strip())


def figures(api: TestClient, target: str) -> list[Any]:
    rows = api.get("/api/v1/observations").json()
    return [row["value"] for row in rows if row["target"] == target]


def test_a_dry_run_is_that_of_the_command_line(send: Sender, tmp_path: Path) -> None:
    body = (
        HEAD + GDP + "new-jobs,2020-H1,28万,2020-07-20,x\nmodel-alleys,soon,3,2020-07-20,x\n" + CPI
    )
    answer = send(body, "?dry_run=true")
    document = dry_run(write(tmp_path / "body.csv", body))
    assert (answer.status_code, answer.json()) == (200, document)
    assert {row["outcome"] for row in document["rows"]} >= {"new", "refused", "ask"}


def test_rows_of_json_are_read_like_those_of_a_file(send: Sender) -> None:
    rows = [
        {"target": "new-jobs", "period": "2020-H1", "value": 280000.50, "known_on": "2020-07-20"},
        {"target": "gdp-growth", "period": "2020", "value": "1.30", "known_on": "2021-03-01"},
        {"target": "cpi", "value": 2, "period": "2020-11", "known_on": "2020-12-10", "note": "000"},
    ]
    text = json.dumps(rows).replace("280000.5", "280000.50")
    answer = send(text, "?dry_run=true", Content_Type="application/json")
    assert [row["row"] for row in answer.json()["rows"]] == [1, 2, 3]
    assert "280000.50" in answer.text
    assert "1.30" in answer.text
    assert "needs quotation marks" not in answer.text


def test_json_that_is_no_rows_is_refused_with_every_reason(send: Sender) -> None:
    for body, text in (
        ("{", "the body is no JSON"),
        ("[NaN]", "the body is no JSON"),
        ("{}", "no list of objects"),
        ("[1]", "no list of objects"),
        ("[]", "there is no row"),
        ('[{"target": "cpi", "colour": "red"}]', "there is no column colour; expected target, "),
        ('[{"target": "cpi"}]', "columns are missing: Period, Value, "),
        (
            '[{"target": "cpi", "period": ["2020"], "value": true, "known_on": null}]',
            "row 1, period: expected a text or a number\nrow 1, value: expected",
        ),
        (
            '[{"target": "\\ud800", "period": "2020", "value": 1, "known_on": "2021-03-01"}]',
            "row 1, target: expected",
        ),
    ):
        assert text in refusal(send(body, Content_Type="application/json"), 422)


def test_what_was_sent_is_recorded_whole_under_the_tokens_name(send: Sender) -> None:
    assert send(HEAD + GDP).status_code == 200
    assert 1.3 in figures(send.api, "gdp-growth")
    history = done("export", "--format", "csv", "--what", "history")
    assert ",bureau," in history
    answer = send(HEAD + "gdp-growth,2020,1.4,2021-03-02,x\ncpi,soon,1,2021-03-01,x\n")
    assert "“soon” is not a period" in refusal(answer, 422)
    assert [row["outcome"] for row in answer.json()["rows"]] == ["new", "refused"]
    assert 1.4 not in figures(send.api, "gdp-growth")


def test_doubtful_rows_are_asked_and_confirmed_by_their_marks(send: Sender) -> None:
    answer = send(HEAD + CPI)
    assert "130 is above 100 per cent" in refusal(answer, 409)
    assert "with yes=true where all are right" in answer.json()["detail"]
    [row] = answer.json()["rows"]
    assert send(HEAD + CPI, f"?confirm={row['mark']}").json()["rows"][0]["outcome"] == "new"
    assert 130 in figures(send.api, "cpi")


def test_a_key_has_the_same_body_recorded_once_and_no_other(send: Sender) -> None:
    for _ in range(2):
        assert send(HEAD + GDP, Idempotency_Key="march").status_code == 200
    assert figures(send.api, "gdp-growth").count(1.3) == 1
    other = send(HEAD + "gdp-growth,2020,1.4,2021-03-02,x\n", Idempotency_Key="march")
    assert refusal(other, 422)
    assert 1.4 not in figures(send.api, "gdp-growth")
    assert "Idempotency-Key is longer" in refusal(send(HEAD + GDP, Idempotency_Key="x" * 101), 400)


def test_rows_of_closed_periods_alone_are_left_out_by_that_word(send: Sender) -> None:
    done("lock", "--through", "2020-11-30", "--by", "Li")
    shut, unreadable = "cpi,2020-10,1.76,2020-11-20,x\n", "new-jobs,soon,1,2021-03-01,x\n"
    for query in ("", "?leave_out=x", "?leave_out="):
        answer = send(HEAD + GDP + shut, query)
        assert "periods up to 2020-11-30 are closed" in refusal(answer, 422)
    for query in ("?leave_out=closed", "?leave_out=", "?leave_out=closed&leave_out="):
        answer = send(HEAD + GDP + shut + unreadable, query)
        assert "“soon” is not a period" in refusal(answer, 422)
    assert 1.3 not in figures(send.api, "gdp-growth")
    answer = send(HEAD + GDP + shut, "?leave_out=closed")
    assert answer.status_code == 200
    assert [row["outcome"] for row in answer.json()["rows"]] == ["new", "refused"]
    assert 1.3 in figures(send.api, "gdp-growth")
    assert 1.76 not in figures(send.api, "cpi")


REFUSED: tuple[tuple[str, dict[str, str], int, str], ...] = (
    ("", {"Authorization": ""}, 401, "this needs a token"),
    ("", {"Authorization": "Basic x"}, 401, "this needs a token"),
    ("", {"Authorization": "Bearer mubiao_x"}, 401, "the token is unknown"),
    ("?plan=beijing-2025", {}, 403, "the token is for another plan than beijing-2025"),
    ("?plan=x", {}, 404, "there is no plan “x”"),
    ("?dry_run=yes", {}, 400, "dry_run is “yes”; expected one of: true, false"),
    ("?conflicts=mine", {}, 400, "conflicts is “mine”; expected one of: theirs, file"),
    ("", {"Content_Type": "text/html"}, 415, "the body is text/html; expected text/csv"),
    ("", {"Origin": "http://elsewhere.example"}, 403, ""),
)


def test_what_a_call_may_not_do_is_refused_and_nothing_recorded(send: Sender) -> None:
    for query, headers, status, text in REFUSED:
        answer = send(HEAD + GDP, query, **headers)
        assert answer.status_code == status, answer.text
        assert text in answer.text
    assert 1.3 not in figures(send.api, "gdp-growth")


def test_a_token_that_has_ended_or_expired_opens_nothing(send: Sender) -> None:
    short = done("access", "token", "make", "x", "--expires", "2100-01-01", "--by", "Li").strip()
    done("access", "token", "end", "1", "--by", "Li")
    assert "was ended" in refusal(send(HEAD + GDP), 401)
    reading = send.api.get("/api/v1/due", headers=send.headers)
    assert "was ended" in refusal(reading, 401)
    assert Sender(send.api, short)(HEAD + GDP).status_code == 200


def test_a_body_that_is_too_large_is_not_read_on(send: Sender) -> None:
    assert "more than 10 MB" in refusal(send("x" * (10 * 2**20 + 1)), 413)


def test_a_token_of_a_unit_records_its_own_targets_alone(
    send: Sender, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plans = tmp_path / "data" / "plans"
    write(plans / PLAN_FILE.name, PLAN_FILE.read_text(encoding="utf-8"))
    write(tmp_path / "data" / "actuals" / ACTUALS_FILE.name, HEAD)
    owners = "target,owner,supports\ncpi,统计局,\ngdp-growth,发改委,统计局\n"
    write(tmp_path / "data" / "owners" / "beijing-2020.csv", owners)
    monkeypatch.setenv("MUBIAO_PLANS", str(plans))
    secret = done("access", "token", "make", "x", "--owner", "统计局", "--by", "Li").strip()
    own = Sender(send.api, secret)
    cpi = "cpi,2020-H1,1.9,2021-03-01,x\n"
    for query in ("", "?dry_run=true"):
        text = refusal(own(HEAD + cpi + GDP, query), 403)
        assert "is not a target" in text
        assert "is not a target of the token's unit" in text
    assert own(HEAD + cpi).status_code == 200


def test_where_roles_are_in_force_a_token_is_a_filer_until_its_grant_is_revoked(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUBIAO_ADMINISTRATOR", "service:ada")
    monkeypatch.setenv("MUBIAO_SERVICE_ACCOUNT", "bob")
    assert "bob may not make tokens" in fails(1, "access", "token", "make", "x")
    monkeypatch.setenv("MUBIAO_SERVICE_ACCOUNT", "ada")
    own = Sender(api, done("access", "token", "make", "x").strip())
    assert own(HEAD + GDP).status_code == 200
    ada, now = Actor.of(ActorKind.SERVICE, "ada", "ada"), datetime(2021, 4, 1, tzinfo=UTC)
    store = record(settings_from(environ))
    [grant] = store.grants()
    assert (grant.actor, grant.role, grant.scope.plan) == ("token:1", Role.FILER, "beijing-2020")
    store.revoke(grant.row, Act(ada, now), reason="x")
    for query in ("?yes=true", "?dry_run=true"):
        assert "x may not record figures" in refusal(own(HEAD + CPI, query), 403)
    assert 130 not in figures(api, "cpi")
    other = Sender(api, done("access", "token", "make", "y").strip())
    assert "no token no. 2" in fails(1, "access", "token", "end", "2")
    done("access", "token", "end", "3")
    assert [bool(one.revoked_at) for one in store.grants()] == [True, True]
    assert refusal(other(HEAD + CPI), 401)


def test_no_role_but_a_filers_within_its_scope_records(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, account in {"ADMINISTRATOR": "service:ada", "SERVICE_ACCOUNT": "ada"}.items():
        monkeypatch.setenv(f"MUBIAO_{name}", account)
    own = Sender(api, done("access", "token", "make", "x").strip())
    ada, now = Actor.of(ActorKind.SERVICE, "ada", "ada"), datetime(2021, 4, 1, tzinfo=UTC)
    store = record(settings_from(environ))
    [grant] = store.grants()
    store.revoke(grant.row, Act(ada, now), reason="x")
    section = real_plan().by_id["gdp-growth"].section
    scopes = [Scope(), Scope("beijing-2020"), Scope("beijing-2020", section=section)]
    outside = [Scope("beijing-2025"), Scope("beijing-2020", "x"), Scope("", section="2.9")]
    before = figures(api, "gdp-growth")
    for turn, (role, scope) in enumerate(product([*Role, None], [*scopes, *outside])):
        if role is not None:
            given = store.grant(Actor("token:1", "x"), role, scope, act=Act(ada, now), reason="x")
        may = role is Role.FILER and scope in scopes
        row = f"gdp-growth,2020,1.{turn + 10},2021-03-01,x\n"
        answer = own(HEAD + row, "?yes=true")
        assert answer.status_code == (200 if may else 403), (role, scope, answer.text)
        after = figures(api, "gdp-growth")
        assert (after != before) is may
        before = after
        if role is not None:
            store.revoke(given.row, Act(ada, now), reason="x")


def test_where_the_plan_asks_for_approval_rows_wait_for_it(
    send: Sender, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plans, text = tmp_path / "data" / "plans", PLAN_FILE.read_text(encoding="utf-8")
    write(plans / PLAN_FILE.name, f"{text}\napproval: true\n")
    write(tmp_path / "data" / "actuals" / ACTUALS_FILE.name, HEAD)
    monkeypatch.setenv("MUBIAO_PLANS", str(plans))
    for _ in range(2):  # a key has it wait once
        answer = send(HEAD + GDP, Idempotency_Key="march")
        assert (answer.status_code, answer.json()["rows"][0]["outcome"]) == (202, "new")
    assert 1.3 not in figures(send.api, "gdp-growth")
    store = record(settings_from(environ))
    [filing] = store.filings("beijing-2020")
    assert (filing.filer.id, len(filing.submissions)) == ("token:1", 1)


def test_where_reading_needs_a_sign_in_it_needs_a_token(
    send: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in {
        "IDENTITY": "proxy",
        "READING_NEEDS_SIGN_IN": "yes",
        "PROXY_ADDRESSES": "10.0.0.5",
        "PROXY_ID_HEADER": "X-Id",
    }.items():
        monkeypatch.setenv(f"MUBIAO_{name}", text)
    for address in ("targets", "assessments", "due?plan=x"):
        assert "this needs a token" in refusal(send.api.get(f"/api/v1/{address}"), 401)
    by_token = send.api.get("/api/v1/targets", headers=send.headers)
    assert by_token.status_code == 200
    other = send.api.get("/api/v1/targets?plan=beijing-2025", headers=send.headers)
    assert "for another plan" in refusal(other, 403)


def test_answers_are_as_the_description_says(send: Sender) -> None:
    description = send.api.get("/api/openapi.json").json()
    responses = description["paths"]["/v1/observations"]["post"]["responses"]
    for answer in (send(HEAD + GDP, "?dry_run=true"), send(HEAD + CPI), send("x")):
        content = responses[str(answer.status_code)]["content"]
        [schema] = [one["schema"] for one in content.values()]
        matches(answer.json(), schema, description)
