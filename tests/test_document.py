"""The document that pages are opened in, and what else the server answers before Streamlit."""

import inspect
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from starlette.requests import Request
from starlette.responses import Response

from mubiao import memo
from mubiao.ui.shell import document
from mubiao.ui.shell.frame import PAGES
from tests.awaited import awaited


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_DATABASE", f"sqlite:///{tmp_path / 'm.sqlite'}")
    monkeypatch.setenv("MUBIAO_TODAY", "2020-07-31")
    memo.forget()


def get(path: str, **query: str) -> Response:
    """What the server answers before Streamlit does."""
    endpoint: Any = {route.path: route.endpoint for route in document.routes()}[path]
    scope = {"type": "http", "method": "GET", "headers": [], "query_string": urlencode(query)}
    answer = endpoint(Request(scope))
    response: Response = awaited(answer) if inspect.iscoroutine(answer) else answer
    assert response.status_code == 200
    return response


def found(**query: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = orjson.loads(get("/find", **query).body)
    return rows


@pytest.mark.parametrize("page", ["", "start", *PAGES])
def test_every_page_comes_with_style_script_and_a_title_of_ours(
    page: str,
) -> None:
    text = bytes(get(f"/{page}").body).decode()
    assert "<title>目标 Mubiao</title>" in text
    assert "Streamlit app" not in text  # in English, for whoever has no JavaScript
    assert (" hidden></header>" in text) == (page == "present")
    for kind in ("css", "js"):
        assert re.search(rf'"\./mubiao\.{kind}\?[0-9a-f]{{16}}"', text)
        assert "immutable" in get(f"/mubiao.{kind}").headers["cache-control"]


def test_a_document_of_streamlit_that_has_changed_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        document.document('<html lang="en"><head></head></html>')


def test_a_search_answers_links_to_what_fits() -> None:
    first, *_ = found(q="经济增长", code="en", as_of="2020-07-31", lang="en")
    assert first["text"] == "GDP growth"
    assert first["href"] == "target?target=gdp-growth"


def test_a_search_minds_no_meeting_that_is_gone_and_finds_nothing_without_a_plan_or_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(q="gdp", meeting="7", plan="beijing-2020")
    monkeypatch.setenv("MUBIAO_PLANS", str(tmp_path))
    assert found(q="gdp") == []
    monkeypatch.setenv("MUBIAO_DATABASE", "nonsense://")
    assert found(q="gdp") == []
