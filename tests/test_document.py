"""The document that pages are opened in, and what else the server answers before Streamlit."""

import inspect
import re
import subprocess
import sys
from math import inf
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from starlette.requests import Request
from starlette.responses import Response

from mubiao import journal, memo
from mubiao.ui.shell import control_names, document, finder, later
from mubiao.ui.shell.frame import PAGES
from tests.awaited import awaited

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUBIAO_DATABASE", f"sqlite:///{tmp_path / 'm.sqlite'}")
    monkeypatch.setenv("MUBIAO_TODAY", "2020-07-31")
    memo.forget()


def get(path: str, **query: str) -> Response:
    """What the server answers before Streamlit does."""
    routes = [*document.routes(), *finder.routes(""), *control_names.routes("")]
    endpoint: Any = {route.path: route.endpoint for route in routes}[path]
    scope = {"type": "http", "method": "GET", "headers": [], "query_string": urlencode(query)}
    answer = endpoint(Request(scope))
    response: Response = awaited(answer) if inspect.iscoroutine(answer) else answer
    assert response.status_code == 200
    return response


def found(**query: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = orjson.loads(get("/find", **query).body)
    return rows


@pytest.mark.parametrize("page", ["", "start", *PAGES])
def test_every_page_comes_with_style_script_and_a_title_of_ours(page: str) -> None:
    text = bytes(get(f"/{page}").body).decode()
    assert "<title>目标 Mubiao</title>" in text
    assert "Streamlit app" not in text  # in English, for whoever has no JavaScript
    assert (" hidden></header>" in text) == (page == "present")
    for name in ("mubiao.css", "mubiao.js", "names.js"):
        assert re.search(rf'"\./{name}\?[0-9a-f]{{16}}"', text)
        assert "immutable" in get(f"/{name}").headers["cache-control"]


def test_while_a_server_loads_its_browser_loads_what_draws_texts_and_charts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {}
    for is_loaded in (False, True):
        monkeypatch.setattr(later, "is_loaded", lambda is_loaded=is_loaded: is_loaded)
        text = bytes(get("/overview").body).decode()
        names[is_loaded] = re.findall(r'js/(\w+)[\w.-]+" class="mb-drawing"', text)
    assert names == {False: ["Html", "PlotlyChart", "purify"], True: []}


def test_a_server_answers_before_it_has_the_plan_the_record_and_the_api() -> None:
    heavy = ("mubiao.model", "mubiao.store", "mubiao.i18n", "mubiao.api", "sqlalchemy", "jinja2")
    look = f"import sys, dashboard; sys.exit(', '.join({{*{heavy}}} & {{*sys.modules}}) or None)"
    subprocess.run([sys.executable, "-c", look], cwd=ROOT, check=True)


def test_what_loads_meanwhile_waits_for_the_requests_that_are_answered() -> None:
    loading = later._Loading()  # noqa: SLF001 - a server loads once a process
    loading.requests = 1
    waiting = Thread(target=loading.wait_for_quiet, args=(inf,))
    waiting.start()
    waiting.join(0.2)
    assert waiting.is_alive()
    loading.is_needed.set()
    waiting.join(10)
    assert not waiting.is_alive()


def test_what_loads_meanwhile_waits_for_no_requests_without_end() -> None:
    """A watch that asks again and again would keep daily backups and the collector away."""
    loading = later._Loading()  # noqa: SLF001 - as above
    loading.requests = 1
    waiting = Thread(target=loading.wait_for_quiet, args=(journal.clock() + 0.1,))
    waiting.start()
    waiting.join(10)
    assert not waiting.is_alive()


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
