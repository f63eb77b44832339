"""The month's grid in Firefox: typed by the clock, on a busy page, with a late script."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from mubiao.proposal.unsaved import read_book
from tests.browser.firefox import HOW_TO_GET_ONE, Firefox, firefox
from tests.browser.month import VALUES_AT, rows_of_june
from tests.browser.server import Deployment

_QUIET = """document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
  && document.documentElement.dataset.gridKeys
  && document.querySelector('[data-testid=stDataFrame]')"""
_PLACE = f"""(() => {{
  const grid = document.querySelector('[data-testid=stDataFrame]');
  grid.scrollIntoView({{block: 'center'}});
  const {{x, y}} = grid.getBoundingClientRect();
  return `${{x + {VALUES_AT}}} ${{y + 54}}`;
}})()"""
# Of each 0.3 s the page has 0.05 s for keys.
_BUSY = """void setInterval(() => {
  const begin = performance.now();
  while (performance.now() - begin < 250);
}, 300)"""
_EDITOR = "data-grid-overlay-editor"


@pytest.fixture
def window(request: pytest.FixtureRequest, tmp_path: Path, july: Deployment) -> Iterator[Firefox]:
    """The month in Firefox, with the first cell of the column of values in hand."""
    if not request.config.getoption("--full"):
        pytest.skip("make faults runs it")
    profile = tmp_path / "firefox"
    profile.mkdir()
    with firefox(profile) as window:
        if window is None:
            stop = pytest.fail if os.environ.get("CI") else pytest.skip
            stop(HOW_TO_GET_ONE)
        come_in(window, july)
        yield window


def come_in(window: Firefox, july: Deployment) -> None:
    window.open(f"{july.address}/record?lang=en&month=2020-06")
    window.wait_for(_QUIET)
    x, y = map(float, window.evaluate(_PLACE).split())
    window.click(x, y)


def column(window: Firefox, july: Deployment, wanted: list[str]) -> list[str]:
    """The values of the first rows on the server, once they are what is wanted or 10 s are over."""
    for _ in range(100):
        name = parse_qs(urlsplit(window.evaluate("location.href")).query).get("draft", [""])[0]
        book = read_book(july.store.draft(name) or "") if name else {}
        rows = {target: row.texts for month in book.values() for target, row in month.rows.items()}
        values = [
            rows.get(each.target.id, {}).get("value", "") for each in rows_of_june()[: len(wanted)]
        ]
        if values == wanted:
            break
        window.evaluate("new Promise(done => setTimeout(done, 100))")
    return values


@pytest.mark.timeout(600)
def test_no_figure_is_lost_or_changed_in_firefox_on_a_busy_page(
    window: Firefox, july: Deployment
) -> None:
    figures = [f"{10 + row * 3}.{1 + row % 9}" for row in range(25)]
    ways = (["Enter"], ["ArrowDown"], ["Tab", "ArrowLeft", "ArrowDown"])
    window.evaluate(_BUSY)
    keys = [key for row, text in enumerate(figures) for key in (*text, *ways[row % 3])]
    window.type(keys, 0.06)
    assert column(window, july, figures) == figures


@pytest.mark.timeout(600)
def test_the_first_figures_are_whole_in_firefox_however_late_the_cell_s_script_is(
    window: Firefox, july: Deployment
) -> None:
    window.call("session.subscribe", events=["network.beforeRequestSent"])
    window.call("network.addIntercept", phases=["beforeRequestSent"], contexts=[window.context])
    window.type([*"2.71", "Enter", *"-3.4", "Enter"], 0.06)
    window.evaluate("new Promise(done => setTimeout(done, 500))")
    blocked = [e["params"] for e in window.events if e["params"].get("isBlocked")]
    assert [one for one in blocked if _EDITOR in one["request"]["url"]]
    for one in blocked:
        window.call("network.continueRequest", request=one["request"]["request"])
    assert column(window, july, ["2.71", "-3.4"]) == ["2.71", "-3.4"]
