"""Acts that are refused, that find no database, or that many processes do at once."""

import multiprocessing
from collections.abc import Callable

import pytest

from mubiao.problems import Refused, Unavailable


def reasons(act: Callable[[], object]) -> list[str]:
    """The messages with which an act is refused."""
    with pytest.raises(Refused) as caught:
        act()
    return [problem.text for problem in caught.value.problems]


def unavailable(act: Callable[[], object]) -> str:
    """The message with which an act finds the database unavailable."""
    with pytest.raises(Unavailable) as caught:
        act()
    (problem,) = caught.value.problems
    return problem.text


def at_once(*works: Callable[[], None]) -> None:
    """Run each work in a process of its own; all must end well."""
    processes = [multiprocessing.get_context("fork").Process(target=work) for work in works]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * len(works)
