"""Faults on purpose, with their figures at the end: `make faults` at full length, the default run
in a short form.
"""

from collections.abc import Callable

import pytest

from tests.faults import figures

AtLength = Callable[[int, int], int]
Tell = Callable[[str], None]


@pytest.fixture
def tell() -> Tell:
    return figures.TOLD.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    found = figures.lines()
    if found:
        terminalreporter.section("faults")
        for figure in found:
            terminalreporter.line(figure)
