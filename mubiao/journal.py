"""What is done, told to whoever runs a server: a line each in its log, and figures for Prometheus.

A line has the actor's id, the action, what became of it and how long it took: no figures, no texts,
no secrets. An act begins at a door (`act`): a page, the API, the command line. What it is called is
known further in, where it is asked whether the actor may do it (`name`).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from logging.handlers import WatchedFileHandler
from pathlib import Path
from threading import Lock
from time import gmtime, perf_counter  # noqa: TID251 - for whoever runs the server, decides nothing
from typing import TYPE_CHECKING

from mubiao.problems import Refused

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram

_log = logging.getLogger(__name__)


class Figures:
    """What Prometheus is told. Made when it is first needed: the command line starts faster."""

    acts: "Counter"
    seconds: "Histogram"
    reruns: "Histogram"

    def __init__(self) -> None:
        from prometheus_client import Counter, Histogram  # noqa: PLC0415 - as above

        outcomes, label = ("action", "outcome"), ("action",)
        self.acts = Counter("mubiao_acts", "Acts by what became of them.", outcomes)
        self.seconds = Histogram("mubiao_act_seconds", "How long acts took.", label)
        self.reruns = Histogram("mubiao_rerun_seconds", "How long runs of pages took.", ("page",))


_made, _making = cache(Figures), Lock()


def _figures() -> Figures:
    """The figures: made once, although the first readers of a server may all come at once."""
    with _making:
        return _made()


@dataclass(slots=True)
class Underway:
    """An act that is under way; without an action it is none that anybody is told of."""

    action: str = ""
    actor: str = ""


_current: ContextVar[Underway | None] = ContextVar("act", default=None)


@contextmanager
def act(action: str = "", actor: str = "") -> Iterator[Underway]:
    """Run an act and write its line at the end, with `Refused.outcome` where it is refused.

    What ends it is no error where Streamlit begins a newer run: it was interrupted, perhaps after
    the record had taken what was to be done.
    """
    one, start, outcome = Underway(action, actor), perf_counter(), "interrupted"
    before = _current.set(one)
    try:
        yield one
        outcome = "done"
    except Refused as refusal:
        outcome = refusal.outcome
        raise
    except Exception:  # of whatever kind: it is only told, and goes on
        outcome = "failed"
        raise
    finally:
        _current.reset(before)
        if one.action:
            write(one.action, one.actor, outcome, perf_counter() - start)


def name(action: str, actor: str) -> None:
    """Call the act that is under way, if any, by what is done ("": as before) and who does it."""
    if (one := _current.get()) is not None:
        one.action, one.actor = action or one.action, actor


def write(action: str, actor: str, outcome: str, seconds: float = 0.0) -> None:
    """Write the line of an act and count it."""
    _figures().acts.labels(action, outcome).inc()
    _figures().seconds.labels(action).observe(seconds)
    line = "actor=%s action=%s outcome=%s ms=%d"
    _log.info(line, actor or "-", action, outcome, round(1000 * seconds))


def clock() -> float:
    """A moment to count from, in seconds."""
    return perf_counter()


def ran(page: str, since: float) -> None:
    """Count a run of a page that began at a moment of `clock`."""
    _figures().reruns.labels(page).observe(perf_counter() - since)


def begin(file: Path | None) -> None:
    """Write the lines from now on: to the end of a file, or to standard error."""
    handler = (
        logging.StreamHandler() if file is None else WatchedFileHandler(file, encoding="utf-8")
    )
    form = logging.Formatter("at=%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    form.converter = gmtime
    handler.setFormatter(form)
    end()
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False


def end() -> None:
    """Write no more lines."""
    for handler in tuple(_log.handlers):
        _log.removeHandler(handler)
        handler.close()
