"""Writers killed with SIGKILL at random moments: nothing acknowledged is lost, nothing is half."""

import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from mubiao.model import Observation
from mubiao.store import Store, open_store
from mubiao.store import restore as restoring
from mubiao.store.backup import backup
from mubiao.store.verify import Verified, verify
from tests.acts import add_row, add_rows
from tests.faults.figures import AtLength, Tell
from tests.faults.processes import GDP, NOON, PLAN, ROWS, killed, kind_of, rows_of, write


def test_a_killed_writer_loses_no_acknowledged_save_and_leaves_no_half_one(
    store: Store, url: str, at_length: AtLength, tell: Tell
) -> None:
    chance = random.Random(3)  # noqa: S311 - moments, not secrets
    kills, inside, acknowledged = at_length(240, 8), 0, 0
    store.close()  # no connection may be handed on to a fork
    for turn in range(kills):
        # Each begins with the save after the last acknowledged one: it may be there already.
        work = partial(write, url, acknowledged)
        seen = killed(work, chance.uniform(0, 0.08), begun=bool(turn % 4))
        assert seen.said == list(range(acknowledged, acknowledged + len(seen.said)))
        acknowledged += len(seen.said)
        inside += Path(f"{url.removeprefix('sqlite:///')}-journal").exists()
    saves = store.saves(PLAN)
    numbers = sorted(int(save.token.removeprefix("save-")) for save in saves)
    lost = set(range(acknowledged)) - set(numbers)
    half = [save.token for save in saves if len(save.rows) != ROWS]
    history = {entry.row: entry for entry in store.history(PLAN)}
    for save in saves:
        kept = [history.pop(row) for row in save.rows]
        values = [row.value for row in rows_of(int(save.token.removeprefix("save-")))]
        assert [entry.value for entry in kept if isinstance(entry, Observation)] == values
    found = verify(url)
    tell(
        f"killed writer, {kind_of(url)}: {kills} kills"
        f"{f' ({inside} inside a write)' if inside else ''}, {acknowledged} saves acknowledged, "
        f"{len(lost)} lost, {len(half)} half, {len(history)} rows of no save, "
        f"{len(saves) - acknowledged} saved but not acknowledged, {len(found.problems)} problems"
    )
    assert (lost, half, history, found.problems) == (set(), [], {}, ())
    # Only the last one killed may have saved without being able to say so.
    assert numbers in (list(range(acknowledged)), list(range(acknowledged + 1)))
    assert acknowledged >= kills // 2


def test_a_killed_opening_leaves_no_half_record(url: str, at_length: AtLength, tell: Tell) -> None:
    chance = random.Random(3)  # noqa: S311 - moments, not secrets
    kills = at_length(30, 3)
    for _ in range(kills):
        killed(partial(_open, url), chance.uniform(0, 0.4))
    store = open_store(url)
    add_row(store, PLAN, GDP, "wang", NOON)
    assert verify(url) == Verified(1, ())
    tell(f"killed first opening, {kind_of(url)}: {kills} kills, the record whole after the last")
    store.close()


def test_a_restore_that_is_killed_leaves_the_one_record_or_the_other(
    sqlite_url: str, tmp_path: Path, at_length: AtLength, tell: Tell
) -> None:
    backups = [tmp_path / "small.sqlite", tmp_path / "large.sqlite"]
    store = open_store(sqlite_url)
    for file, rows in zip(backups, (10, 1000), strict=True):
        add_rows(store, PLAN, [GDP] * rows, "wang", NOON)
        backup(sqlite_url, file)
    chance = random.Random(3)  # noqa: S311 - moments, not secrets
    kills, found = at_length(40, 4), Counter[int]()
    over = 0
    for turn in range(kills):
        work = partial(_restore, backups[turn % 2], sqlite_url)
        over += not killed(work, chance.uniform(0, 0.04), begun=True).at_work
        found[store.count(PLAN)] += 1
        assert verify(sqlite_url).problems == ()
    tell(
        f"killed restore, SQLite: {kills} kills ({over} came too late), the record whole after "
        f"each ({found[10]} times the one, {found[1010]} times the other)"
    )
    assert set(found) <= {10, 1010}


def _open(url: str, acknowledge: Callable[[int], object]) -> None:
    del acknowledge
    open_store(url)


def _restore(file: Path, url: str, acknowledge: Callable[[int], object]) -> None:
    """Restore, and say so when the backup is verified and the record is about to be touched."""
    put_over = restoring._put_over  # noqa: SLF001

    def told(ready: Path, target: Path, kept: Path) -> None:
        acknowledge(0)
        put_over(ready, target, kept)

    restoring._put_over = told  # noqa: SLF001 - only this process, which is killed
    restoring.restore(file, url, overwrite=True)
