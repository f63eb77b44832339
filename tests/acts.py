"""Single rows of a record; acts that are refused, find no database, or that many processes do."""

import multiprocessing
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from mubiao.model import Act, Observation, Submission, Withdrawal
from mubiao.problems import Refused, Unavailable
from mubiao.store import Store
from tests.actors import named
from tests.samples import observation

PLAN = "sample-2020"
NOON = datetime(2021, 4, 1, 12, 0, 0, 5, tzinfo=UTC)
GDP = observation("gdp", "2020-Q1", "-6.60", "2020-04-24")
JOBS = observation("jobs", "2020", "261000", "2021-03-22")


def add_row(store: Store, plan_id: str, observation: Observation, by: str, at: datetime) -> int:
    return add_rows(store, plan_id, [observation], by, at)[0]


def add_rows(
    store: Store, plan_id: str, observations: Iterable[Observation], by: str, at: datetime
) -> list[int]:
    submissions = map(Submission, observations)
    return list(store.save(plan_id, submissions, Act(named(by), at, uuid4().hex)).rows)


def withdraw_row(
    store: Store, plan_id: str, row: int, known_on: date, reason: str, by: str, at: datetime
) -> int:
    """Take an observation back, and return the row that does so."""
    old = store.entries(plan_id, [row]).get(row)
    withdrawal = Withdrawal(old.target if old else "none", row, known_on, reason)
    submissions = [Submission(withdrawal)]
    return store.save(plan_id, submissions, Act(named(by), at, uuid4().hex)).rows[0]


def reasons(act: Callable[[], object]) -> list[str]:
    """The messages with which an act is refused."""
    with pytest.raises(Refused) as caught:
        act()
    return [problem.text for problem in caught.value.problems]


def refusal(act: Callable[[], object]) -> str:
    """The one message with which an act is refused."""
    [message] = reasons(act)
    return message


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
