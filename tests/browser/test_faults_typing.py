"""Fields for figures under stress: figures typed by the clock into a page on a slow processor."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, islice

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import keyboard
from tests.browser.month import click_value, rows_of_june, unsaved
from tests.browser.server import Deployment
from tests.browser.test_keyboard import choose, put
from tests.browser.visit import Seen, Visitor
from tests.faults import figures

# How many times slower the processor is, and the seconds from key to key.
SETTINGS = ((6, 0.06), (6, 0.13), (4, 0.06), (4, 0.13))
# Seconds without anything new after which nothing more will come.
STILL = 20.0
# How a person goes on to the cell below.
WAYS_DOWN = (["Enter"], ["ArrowDown"], ["Tab", "ArrowLeft", "ArrowDown"])


@contextmanager
def slowed(page: Page, rate: int) -> Iterator[None]:
    """A processor so many times slower for the page."""
    speed = page.context.new_cdp_session(page)
    speed.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    yield
    speed.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def figures_of(turn: int, rows: int) -> dict[str, str]:
    """By target, a figure for each of the first rows; another one in each turn."""
    return {
        each.target.id: f"{10 + (turn * 37 + row * 13) % 89}.{1 + (turn + row * 7) % 9}"
        for row, each in enumerate(rows_of_june()[:rows])
    }


def on_server(seen: Seen, at: Deployment) -> dict[str, str]:
    """The values by target; what came into another column has its name behind the target's."""
    return {
        target if cell == "value" else f"{target} {cell}": text
        for target, row in unsaved(seen, at).items()
        for cell, text in row.items()
    }


def _arrived(seen: Seen, at: Deployment, wanted: dict[str, str]) -> dict[str, str]:
    """What the server has when all is there, or when for long nothing more has come: a page on a
    busy machine may still be working through keys.
    """
    values, deadline = on_server(seen, at), time.monotonic() + STILL
    while values != wanted and time.monotonic() < deadline:
        time.sleep(0.2)
        before, values = values, on_server(seen, at)
        if values != before:
            deadline = time.monotonic() + STILL
    return values


def type_all(
    seen: Seen, at: Deployment, port: int, wanted: dict[str, str], slower: int, every: float
) -> list[str]:
    """Load the page, type a figure into each row while it is so many times slower, and compare with
    what came to the server.

    What is wrong: the figures that are as before are lost, all others are changed.
    """
    before = on_server(seen, at)
    seen.again()
    click_value(seen.page)
    keys = [
        key
        for row, figure in enumerate(wanted.values())
        for key in (*figure, *WAYS_DOWN[row % len(WAYS_DOWN)])
    ]
    with slowed(seen.page, slower), keyboard(seen.page, port) as hands:
        hands.type(keys, every)
    values = _arrived(seen, at, wanted)
    return [
        f"lost: {wanted[name]} of {name}"
        if values.get(name) == before.get(name)
        else f"changed: {wanted.get(name)} of {name} became {values.get(name)}"
        for name in {**wanted, **values}
        if values.get(name) != wanted.get(name)
    ]


@pytest.mark.timeout(1800)
def test_no_figure_is_lost_or_changed_on_a_slow_page(
    july: Deployment,
    open_page: Visitor,
    debugging_port: int,
    at_length: Callable[[int, int], int],
) -> None:
    seen, turns = open_page("/record", at=july, lang="en"), count()
    wrong: list[str] = []
    for slower, every in SETTINGS[: at_length(len(SETTINGS), 1)]:
        # At full length more rows than the grid shows at once.
        loads, rows = at_length(10, 1), at_length(25, 6)
        here = [
            text
            for turn in islice(turns, loads)
            for text in type_all(seen, july, debugging_port, figures_of(turn, rows), slower, every)
        ]
        lost = sum(text.startswith("lost") for text in here)
        figures.TOLD.append(
            f"processor {slower} times slower, {every * 1000:.0f} ms a key: {loads * rows} figures "
            f"typed, {lost} lost, {len(here) - lost} changed"
        )
        wrong += here
    assert not wrong, "\n".join([*figures.TOLD, *wrong])


def test_a_figure_of_the_form_is_recorded_as_typed_when_save_is_pressed_at_once_on_a_slow_page(
    july: Deployment,
    open_page: Visitor,
    debugging_port: int,
    at_length: Callable[[int, int], int],
) -> None:
    seen = open_page("/record", at=july, lang="en", view="one", target="cpi")
    page = seen.page
    put(seen, "Your name", "Li Wei")
    choose(seen, "Period", "January–July")
    put(seen, "Source (required)", "Bureau of Statistics")
    value = page.locator("[class*=st-key-value-] input")
    value.focus()
    with slowed(page, at_length(SETTINGS[0][0], 2)), keyboard(page, debugging_port) as hands:
        for turn in range(at_length(60, 1)):
            figure = f"{2 + turn % 2}.{1 + turn % 9}"
            hands.type([*["Backspace"] * 3, *figure, "Enter"], 0.06)
            expect(value).to_have_value(figure)
        hands.type([*["Backspace"] * 3, *"3.7"], 0.06)
        page.get_by_role("button", name="Save", exact=True).click()
        seen.settle()
    assert july.values == ["3.7"]
