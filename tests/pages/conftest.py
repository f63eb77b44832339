"""Every page test has a database of its own, a fixed day, and nothing left in any cache."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1.element_tree import Selectbox

from mubiao import memo
from mubiao.store import Store, open_store
from tests.assigned import assigned_files
from tests.pages.seen import visits_from
from tests.real import real_actuals, real_plan

TODAY = "2021-04-30"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The settings of a fresh deployment with the real plans; the database's URL."""
    url = f"sqlite:///{tmp_path / 'record' / 'mubiao.sqlite'}"
    monkeypatch.setenv("MUBIAO_DATABASE", url)
    monkeypatch.setenv("MUBIAO_TODAY", TODAY)
    visits_from("a", monkeypatch)
    monkeypatch.setattr(Selectbox, "_widget_state", property(_as_the_browser_sends_it))
    # AppTest looks through all installed packages for components at each page; ours are in no one.
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)
    memo.forget()
    yield url
    memo.forget()


@pytest.fixture
def store(database: str) -> Store:
    """The record beside the pages, with the published figures that a page would start it with."""
    record = open_store(database)
    record.seed(real_plan().id, real_actuals(), datetime.now(UTC))
    return record


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of plans instead of the real one."""
    folder = tmp_path / "plans"
    folder.mkdir()
    monkeypatch.setenv("MUBIAO_PLANS", str(folder))
    return folder


@pytest.fixture
def assigned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped plan with the units of the tests."""
    monkeypatch.setenv("MUBIAO_PLANS", str(assigned_files(tmp_path)))


def _as_the_browser_sends_it(box: Selectbox[str]) -> WidgetState:
    """AppTest knows no typed options, nor values that are not offered: those go as they are."""
    state = WidgetState(id=box.id)
    if box.value is not None:
        try:
            label = str(box.format_func(box.value))
        except (KeyError, ValueError):
            label = ""
        state.string_value = label if label in box.options else str(box.value)
    return state
