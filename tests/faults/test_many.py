"""Many who save at once: each save is there, and of two corrections one learns of the other."""

from contextlib import suppress
from dataclasses import replace
from functools import partial

from mubiao.model import Observation
from mubiao.problems import Refused
from mubiao.store import Store, open_store
from mubiao.store.verify import Verified, verify
from tests.acts import add_row, add_rows, at_once, unavailable
from tests.faults.figures import AtLength, Tell
from tests.faults.processes import GDP, NOON, PLAN, kind_of

PROCESSES = 8


def _save(url: str, name: str, saves: int) -> None:
    store = open_store(url, wait=60)
    for number in range(saves):
        add_row(store, PLAN, replace(GDP, note=str(number)), name, NOON)
    store.close()


def _correct(url: str, name: str, saves: int) -> None:
    """Correct whatever stands, until so many corrections were taken."""
    store = open_store(url, wait=60)
    done = 0
    while done < saves:
        last = store.history(PLAN, "gdp")[-1].row
        with suppress(Refused):
            add_row(store, PLAN, replace(GDP, replaces=last), name, NOON)
            done += 1
    store.close()


def test_eight_processes_that_save_lose_nothing(url: str, at_length: AtLength, tell: Tell) -> None:
    saves = at_length(200, 3)
    names = [f"p{number}" for number in range(PROCESSES)]
    at_once(*(partial(_save, url, name, saves) for name in names))  # an empty database
    store = open_store(url)
    history = [entry for entry in store.history(PLAN) if isinstance(entry, Observation)]
    kept = {name: [e.note for e in history if e.recorded_by == name] for name in names}
    lost = PROCESSES * saves - len({entry.row for entry in history})
    tell(f"{PROCESSES} processes × {saves} saves, {kind_of(url)}: {lost} lost")
    assert kept == {name: [str(n) for n in range(saves)] for name in names}
    assert verify(url) == Verified(PROCESSES * saves, ())
    store.close()


def test_eight_processes_that_correct_one_figure_overwrite_nothing(
    store: Store, url: str, at_length: AtLength, tell: Tell
) -> None:
    corrections = at_length(25, 2)
    add_row(store, PLAN, GDP, "wang", NOON)
    store.close()  # no connection may be handed on to a fork
    at_once(*(partial(_correct, url, f"p{n}", corrections) for n in range(PROCESSES)))
    chain = store.history(PLAN, "gdp")
    tell(
        f"{PROCESSES} processes × {corrections} corrections of one figure, {kind_of(url)}: "
        f"{PROCESSES * corrections - len(chain) + 1} lost"
    )
    assert [entry.replaces for entry in chain[1:]] == [entry.row for entry in chain[:-1]]
    assert len(chain) == PROCESSES * corrections + 1


def test_who_waits_too_long_is_told_and_nothing_is_half(url: str) -> None:
    store = open_store(url, wait=0.2)
    with store._database.writing():  # noqa: SLF001 - a save that hangs
        message = unavailable(lambda: add_rows(store, PLAN, [GDP, GDP], "wang", NOON))
    assert "is busy: another program holds it" in message
    assert store.count(PLAN) == 0
    assert add_row(store, PLAN, GDP, "wang", NOON)
    store.close()
