"""The append-only record, on SQLite and on PostgreSQL alike; and SQLite's file."""

import os
import resource
import signal
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from mubiao.model import Nature, Observation, Qualifier, SaveKind, Stage, Withdrawal
from mubiao.period import Period
from mubiao.problems import Refused
from mubiao.store import Store, open_store
from mubiao.store.database import journal_mode, may_have_record
from tests.actors import named
from tests.acts import (
    GDP,
    JOBS,
    NOON,
    PLAN,
    add_row,
    add_rows,
    at_once,
    reasons,
    refusal,
    unavailable,
    withdraw_row,
)


def test_what_is_recorded_is_read_back_exactly(store: Store) -> None:
    seen = Observation(
        target="gdp",
        period=Period.parse("2020-01..2020-06"),
        value=Decimal("-3.20"),
        known_on=date(2020, 7, 27),
        qualifier=Qualifier.ABOUT,
        nature=Nature.ESTIMATE,
        source="中国新闻社：2020年上半年",
        note='two\nlines, "quoted" %s 😀',
    )
    row = add_row(store, PLAN, seen, "  王 ", NOON)
    (back,) = store.history(PLAN)
    assert back == replace(
        seen, recorded_by="王", recorded_at=NOON, row=row, save=1, actor=named("王").id
    )
    assert (str(back.value), str(back.period)) == ("-3.20", "2020-01..2020-06")


# Long after any write of a test's.
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def test_a_version_that_is_known_is_never_older_than_what_others_wrote(
    store: Store, url: str
) -> None:
    ours, other = open_store(url), store
    asked = [ours.version(PLAN, LATER), ours.version(PLAN, LATER)]
    first = add_row(other, PLAN, GDP, "wang", NOON)
    asked += [ours.version(PLAN, LATER), ours.version(PLAN, LATER)]
    second = add_row(other, PLAN, JOBS, "wang", NOON)
    assert [*asked, ours.version(PLAN, LATER)] == [0, 0, first, first, second]
    ours.close()


def test_soon_after_a_write_the_database_is_asked_whatever_its_file_says(sqlite_url: str) -> None:
    """A second write within a tick of the file system's clock leaves the file as it was."""
    store, file = open_store(sqlite_url), Path(sqlite_url.removeprefix("sqlite:///"))
    before, now = file.stat(), datetime.now(UTC)
    assert store.version(PLAN, now) == 0
    row = add_row(open_store(sqlite_url), PLAN, GDP, "wang", NOON)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert store.version(PLAN, now) == row


def test_a_version_is_asked_once_while_the_file_is_as_it_was(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, empty = open_store(sqlite_url), tmp_path / "empty.sqlite"
    row = add_row(store, PLAN, GDP, "wang", NOON)
    assert store.version(PLAN, LATER) == row
    with monkeypatch.context() as unreachable:
        unreachable.setattr(Store, "_rows", None)
        assert store.version(PLAN, LATER) == row
    open_store(f"sqlite:///{empty}").close()
    empty.replace(sqlite_url.removeprefix("sqlite:///"))
    assert store.version(PLAN, LATER) == 0


def test_a_value_is_kept_exactly(store: Store) -> None:
    values = [Decimal("1E+3"), Decimal("1E-15"), Decimal(0), *Stage]
    add_rows(store, PLAN, [replace(GDP, value=value) for value in values], "wang", NOON)
    assert [o.value for o in store.as_of(PLAN, date.max)] == values


def test_a_moment_is_kept_in_utc(store: Store) -> None:
    beijing = timezone(timedelta(hours=8))
    add_row(store, PLAN, GDP, "wang", datetime(2021, 4, 1, 20, 0, tzinfo=beijing))
    assert store.history(PLAN)[0].recorded_at == datetime(2021, 4, 1, 12, 0, tzinfo=UTC)


def test_rows_grow_and_plans_are_apart(store: Store) -> None:
    assert (store.version(PLAN), store.count(PLAN), store.history(PLAN)) == (0, 0, [])
    rows = add_rows(store, PLAN, [GDP, JOBS], "wang", NOON)
    other = add_row(store, "other-2020", GDP, "wang", NOON)
    assert rows == sorted(rows)
    assert other > rows[1]
    assert (store.version(PLAN), store.count(PLAN)) == (rows[1], 2)
    assert [entry.target for entry in store.history(PLAN)] == ["gdp", "jobs"]
    assert [entry.target for entry in store.history(PLAN, "jobs")] == ["jobs"]
    assert store.history("other-2020", "jobs") == []


def test_who_records_must_be_named(store: Store) -> None:
    for by, reason in (
        (" ", "the name is missing; say who records this"),
        ("w" * 101, "the text has 101 characters; expected at most 100"),
        ("a\nb", "“a\N{REPLACEMENT CHARACTER}b” holds a line break or a control character; "),
    ):
        assert refusal(partial(add_row, store, PLAN, GDP, by, NOON)).startswith(reason)
    assert store.count(PLAN) == 0


def test_what_cannot_be_kept_is_refused_and_not_recorded(store: Store) -> None:
    values, texts = (Decimal("NaN"), Decimal("-Infinity")), ("note", "target")
    spoilt = [replace(GDP, value=value) for value in values]
    spoilt += [replace(GDP, source="a\x00"), replace(GDP, target="")]
    spoilt += [replace(GDP, **{name: "\ud800"}) for name in texts]
    for one in spoilt:
        assert reasons(partial(add_rows, store, PLAN, [GDP, one], "wang", NOON))
    assert store.count(PLAN) == 0


def test_a_correction_is_a_new_row_that_hides_the_old_from_its_day_on(store: Store) -> None:
    first = add_row(store, PLAN, GDP, "wang", NOON)
    better = replace(GDP, value=Decimal("-6.8"), known_on=date(2020, 5, 10), replaces=first)
    second = add_row(store, PLAN, better, "li", NOON)
    assert [o.row for o in store.as_of(PLAN, date(2020, 5, 9))] == [first]
    assert [o.row for o in store.as_of(PLAN, date(2020, 5, 10))] == [second]
    assert [entry.row for entry in store.history(PLAN)] == [first, second]


def test_a_withdrawal_takes_a_chain_back_and_is_no_observation(store: Store) -> None:
    first = add_row(store, PLAN, GDP, "wang", NOON)
    second = add_row(store, PLAN, replace(GDP, replaces=first), "li", NOON)
    third = withdraw_row(store, PLAN, second, date(2020, 6, 1), " wrong\r\ncity ", "zhao", NOON)
    assert [o.row for o in store.as_of(PLAN, date(2020, 5, 31))] == [second]
    assert store.as_of(PLAN, date(2020, 6, 1)) == []
    assert store.history(PLAN, "gdp")[-1] == Withdrawal(
        "gdp",
        second,
        date(2020, 6, 1),
        "wrong\ncity",
        "zhao",
        NOON,
        third,
        save=3,
        actor="typed:zhao",
    )


def test_the_second_of_two_corrections_learns_who_was_first(store: Store) -> None:
    first = add_row(store, PLAN, GDP, "wang", NOON)
    second = add_row(store, PLAN, replace(GDP, replaces=first), "li", NOON)
    told = [
        (f"li corrected this meanwhile, 2021-04-01 12:00 UTC; look at the new figure, row {second}")
    ]
    mine = replace(GDP, replaces=first)
    assert reasons(lambda: add_row(store, PLAN, mine, "zhao", NOON)) == told
    assert (
        reasons(lambda: withdraw_row(store, PLAN, first, NOON.date(), "no", "zhao", NOON)) == told
    )
    assert store.count(PLAN) == 2


def test_a_withdrawn_row_cannot_be_corrected_nor_the_withdrawal(store: Store) -> None:
    first = add_row(store, PLAN, GDP, "wang", NOON)
    second = withdraw_row(store, PLAN, first, date(2020, 6, 1), "wrong", "li", NOON)
    assert reasons(lambda: add_row(store, PLAN, replace(GDP, replaces=first), "wang", NOON)) == [
        "li withdrew this meanwhile, 2021-04-01 12:00 UTC; look at the record again"
    ]
    assert reasons(lambda: add_row(store, PLAN, replace(GDP, replaces=second), "wang", NOON)) == [
        f"row {second} is a withdrawal; record the figure anew instead"
    ]


def test_a_row_that_is_not_there_cannot_be_replaced(store: Store) -> None:
    for row in (0, -1, 999, 2**63, 10**40):
        told = [f"row {row} is not in this record"]
        correct = partial(add_row, store, PLAN, replace(GDP, replaces=row), "li", NOON)
        withdraw = partial(withdraw_row, store, PLAN, row, NOON.date(), "no", "li", NOON)
        assert (reasons(correct), reasons(withdraw)) == (told, told)


def test_a_correction_stays_with_its_plan_and_target(store: Store) -> None:
    first = add_row(store, PLAN, GDP, "wang", NOON)
    of_gdp = replace(GDP, replaces=first)
    assert reasons(lambda: add_row(store, "other", of_gdp, "li", NOON)) == [
        f"row {first} is not in this record"
    ]
    assert reasons(lambda: add_row(store, PLAN, replace(JOBS, replaces=first), "li", NOON)) == [
        f"row {first} is about gdp, not about jobs"
    ]


def test_all_conflicts_are_told_and_none_of_the_rows_is_recorded(store: Store) -> None:
    first = add_row(store, PLAN, GDP, "wang", NOON)
    rows = [
        JOBS,
        replace(GDP, replaces=first),
        replace(GDP, replaces=first),
        replace(GDP, replaces=77),
    ]
    told = reasons(lambda: add_rows(store, PLAN, rows, "li", NOON))
    assert told == [
        f"row {first} is replaced twice in one save; expected once",
        "row 77 is not in this record",
    ]
    assert (store.count(PLAN), len(store.saves(PLAN))) == (1, 1)


@pytest.mark.parametrize("value", ["many", "NaN", "1E+5", "Infinity"])
def test_a_row_that_was_spoilt_is_explained(sqlite_url: str, value: str) -> None:
    store = open_store(sqlite_url)
    add_row(store, PLAN, GDP, "wang", NOON)
    path = sqlite_url.removeprefix("sqlite:///")
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER entries_no_update")
    connection.execute("UPDATE entries SET value = ?", (value,))
    connection.commit()
    connection.close()
    assert unavailable(lambda: store.history(PLAN)) == (
        f"row 1 in {path} cannot be read: restore a backup"
    )


def test_an_empty_plan_is_seeded_once(store: Store) -> None:
    assert store.seed(PLAN, [replace(GDP, row=2), replace(JOBS, row=3)], NOON)
    assert not store.seed(PLAN, [GDP], NOON)
    assert [entry.recorded_by for entry in store.history(PLAN)] == [SaveKind.SEED, SaveKind.SEED]
    assert [o.target for o in store.as_of(PLAN, date.max)] == ["gdp", "jobs"]


def test_a_plan_with_rows_or_a_seed_without_is_left_alone(store: Store) -> None:
    assert not store.seed(PLAN, [], NOON)
    withdraw_row(
        store, PLAN, add_row(store, PLAN, GDP, "wang", NOON), date(2020, 5, 1), "x", "wang", NOON
    )
    assert not store.seed(PLAN, [JOBS], NOON)
    assert store.seed("other", [JOBS], NOON)
    assert store.count(PLAN) == 2


def _seed(url: str, process: int) -> None:
    store = open_store(url, wait=60)
    store.seed(PLAN, [GDP, replace(JOBS, note=str(process))], NOON)
    store.close()


def test_processes_that_seed_at_once_seed_once(url: str) -> None:
    at_once(*(partial(_seed, url, process) for process in range(4)))
    store = open_store(url)
    assert [entry.target for entry in store.history(PLAN)] == ["gdp", "jobs"]
    store.close()


def test_one_store_serves_many_threads_and_one_of_them_corrects(store: Store) -> None:
    first = add_row(store, PLAN, GDP, "wang", NOON)

    def correct(thread: int) -> int:
        add_row(store, PLAN, JOBS, f"t{thread}", NOON)
        assert store.as_of(PLAN, date.max)
        try:
            return add_row(store, PLAN, replace(GDP, replaces=first), f"t{thread}", NOON)
        except Refused:
            return 0

    with ThreadPoolExecutor(16) as pool:
        rows = list(pool.map(correct, range(32)))
    assert len([row for row in rows if row]) == 1
    assert store.count(PLAN) == 34


def test_an_address_that_is_not_understood_is_explained_without_its_password() -> None:
    files = ("", "var/mubiao.sqlite", "sqlite://", "sqlite:///:memory:", "sqlite:///a?mode=ro")
    servers = ("mysql://u:secret@h/d", "postgres://u:secret@h/d", "postgresql://u:secret@h:port/d")
    for url in (*files, *servers):
        assert unavailable(partial(open_store, url)) == (
            "the database's address is not understood; expected sqlite:///var/mubiao.sqlite or "
            "postgresql://user:password@host/database"
        )


def test_a_server_that_does_not_answer_is_explained_without_its_password() -> None:
    told = unavailable(lambda: open_store("postgresql://u:refused@127.0.0.1:1/actuals"))
    assert told.startswith("the database server of 127.0.0.1/actuals cannot be reached")
    assert "Connection ***" in told  # the driver's own words, and the password is one of them


def test_a_database_that_the_server_lacks_is_explained(postgresql_url: str) -> None:
    told = unavailable(lambda: open_store(postgresql_url.replace("/postgres?", "/nowhere?")))
    assert 'database "nowhere" does not exist' in told


@pytest.mark.parametrize("content", [b"hello", b"target,period\n" * 900, bytes(range(256)) * 64])
def test_what_is_no_database_is_explained_and_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.csv"
    path.write_bytes(content)
    path.chmod(0o644)
    assert unavailable(lambda: open_store(f"sqlite:///{path}")) == (
        f"{path} is not a database; it was left as it is: name another file in the settings"
    )
    assert path.read_bytes() == content
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [p.name for p in tmp_path.iterdir()] == ["notes.csv"]


@pytest.mark.parametrize(
    ("path", "reason"), [("", "unable to open database file"), ("letter/a/b", "Not a directory")]
)
def test_a_misplaced_folder_or_file_is_explained(tmp_path: Path, path: str, reason: str) -> None:
    (tmp_path / "letter").write_text("")
    path = str(tmp_path / path)
    told = unavailable(lambda: open_store(f"sqlite:///{path}"))
    assert told.startswith(f"{path} cannot be opened ({reason})")


def test_another_programs_table_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE entries (id INTEGER)")
    connection.close()
    told = unavailable(lambda: open_store(f"sqlite:///{path}"))
    assert told.startswith(f"{path} does not hold this record (table entries already")


def test_a_full_disk_is_explained_and_what_was_saved_is_kept(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    store = open_store(sqlite_url)
    add_row(store, PLAN, GDP, "wang", NOON)

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        most = path.stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        many = [replace(GDP, note="n" * 2000)] * 99
        told = unavailable(lambda: add_rows(store, PLAN, many, "wang", NOON))
        assert "full" in told or "cannot be read or written" in told

    at_once(fill)
    assert store.count(PLAN) == 1
    assert add_row(store, PLAN, GDP, "wang", NOON)


def test_a_server_connection_that_was_lost_is_made_anew(postgresql_url: str) -> None:
    store, other = open_store(postgresql_url), open_store(postgresql_url)
    add_row(store, PLAN, GDP, "wang", NOON)
    with other._database.engine.begin() as connection:  # noqa: SLF001 - as the server's owner
        ended = connection.execute(
            text(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        ).scalar_one()
    assert ended
    assert store.count(PLAN) == 1
    store.close()
    other.close()


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_file_and_side_files_are_their_owners_alone(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    before = os.umask(0)
    try:
        store = open_store(sqlite_url)
        with store._database.writing() as connection:  # noqa: SLF001 - to look while it writes
            connection.execute(text("CREATE TABLE t (a)"))
            beside = [other for other in path.parent.iterdir() if other != path]
            assert beside
            assert [rights(other) for other in beside] == [0o600] * len(beside)
    finally:
        os.umask(before)
    assert (rights(path.parent), rights(path)) == (0o700, 0o600)


def test_a_database_that_others_could_read_is_closed_to_them(sqlite_url: str) -> None:
    open_store(sqlite_url)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    path.chmod(0o664)
    open_store(sqlite_url)
    assert rights(path) == 0o600


def test_every_connection_to_sqlite_is_careful(sqlite_url: str) -> None:
    with open_store(sqlite_url)._database.reading() as connection:  # noqa: SLF001
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("synchronous", "foreign_keys", "busy_timeout", "journal_mode")
        }
    assert settings == {
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10000,
        "journal_mode": journal_mode(sqlite3.sqlite_version_info),
    }


def test_write_ahead_only_where_its_race_is_fixed() -> None:
    modes = {
        "wal": ((3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 52, 0)),
        "delete": ((3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 0), (3, 51, 2)),
    }
    for mode, versions in modes.items():
        assert {version: journal_mode(version) for version in versions} == dict.fromkeys(
            versions, mode
        )


def test_a_server_may_have_a_record_and_a_missing_file_has_none(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite"
    assert may_have_record("postgresql://plans.example/record")
    assert not may_have_record(f"sqlite:///{file}")
    file.touch()
    assert may_have_record(f"sqlite:///{file}")
