"""What the database itself refuses, whatever program writes to it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from mubiao.model import Act, AgendaItem, Remark
from mubiao.period import Period
from mubiao.store import Store, open_store
from mubiao.store.schema import ENTRIES, METADATA, SAVES
from tests.actors import named
from tests.acts import GDP, NOON, PLAN, add_row

KEPT = ["entries", "saves", "remarks", "meetings", "agendas", "plans", "reminders"]
ENTRY: dict[str, object] = {
    "plan": PLAN,
    "target": "gdp",
    "kind": "entry",
    "period": "2020",
    "value": "1",
    "qualifier": "exact",
    "nature": "final",
    "known_on": date(2021, 1, 1),
    "source": "s",
    "note": "",
    "recorded_by": "wang",
    "recorded_at": NOON.isoformat(),
    "replaces": None,
    "save": 1,
    "first_day": date(2020, 1, 1),
    "last_day": date(2020, 12, 31),
}
SAVE: dict[str, object] = {
    "plan": PLAN,
    "token": "other",
    "kind": "entry",
    "saved_by": "wang",
    "saved_at": NOON.isoformat(),
    "undoes": None,
}


def filled(store: Store) -> Store:
    add_row(store, PLAN, GDP, "wang", NOON)
    said = Remark("gdp", Period.parse("2020"), "why", NOON.date())
    store.remark(PLAN, said, Act(named("wang"), NOON))
    meeting = store.hold(
        PLAN, "July", date(2020, 7, 31), Act(named("wang"), NOON), plan_text="p"
    ).id
    first = store.prepare(
        PLAN, meeting, [AgendaItem("opening")], Act(named("wang"), NOON), replaces=0
    )
    store.prepare(PLAN, meeting, [], Act(named("wang"), NOON), replaces=first.row)
    day = date(2020, 7, 31)
    claim = store.claim_reminder(PLAN, "transport", day, title="t", text="t", at=NOON)
    assert claim is not None
    store.settle_reminder(claim, sent=True, at=NOON)
    return store


def run(store: Store, statement: str) -> None:
    with store._database.engine.begin() as connection:  # noqa: SLF001
        connection.execute(text(statement))


def rows(store: Store, table: str) -> list[object]:
    with store._database.reading() as connection:  # noqa: SLF001
        return [tuple(row) for row in connection.execute(select(METADATA.tables[table]))]


@pytest.fixture
def replacing(sqlite_url: str) -> Iterator[Store]:
    """A record in SQLite, which alone has INSERT OR REPLACE."""
    opened = filled(open_store(sqlite_url))
    add_row(opened, PLAN, replace(GDP, replaces=1), "wang", NOON)
    yield opened
    opened.close()


def test_every_row_is_kept_as_it_was_recorded(store: Store) -> None:
    filled(store)
    for table in KEPT:
        before = rows(store, table)
        for statement in (
            f"UPDATE {table} SET plan = 'x'",  # noqa: S608 - our names
            f"DELETE FROM {table}",  # noqa: S608
            f"INSERT INTO {table} SELECT * FROM {table}",  # noqa: S608
        ):
            with pytest.raises(IntegrityError):
                run(store, statement)
        assert rows(store, table) == before


def test_sqlite_keeps_a_row_from_being_replaced(replacing: Store) -> None:
    for table in KEPT:
        before = rows(replacing, table)
        with pytest.raises(IntegrityError, match="kept as they were recorded"):
            run(replacing, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608
        assert rows(replacing, table) == before


def test_sqlite_keeps_the_row_that_another_replaces_too(replacing: Store) -> None:
    with pytest.raises(IntegrityError, match="kept as they were recorded"):
        run(replacing, "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE replaces = 1")


def test_postgresql_keeps_a_table_from_being_emptied(postgresql_url: str) -> None:
    store = filled(open_store(postgresql_url))
    for table in KEPT:
        with pytest.raises(IntegrityError, match="kept as they were recorded"):
            run(store, f"TRUNCATE {table} CASCADE")
        assert rows(store, table)
    store.close()


def test_a_contradictory_entry_is_refused(store: Store) -> None:
    engine = filled(store)._database.engine  # noqa: SLF001 - as another program would
    for wrong in (
        {"kind": "rumour"},
        {"kind": "correction"},
        {"replaces": 1},
        {"kind": "correction", "replaces": 1, "chain": 1, "target": "jobs"},
        {"kind": "correction", "replaces": 1, "chain": 1, "plan": "other"},
        {"kind": "withdrawal", "replaces": 1, "chain": 1},
        {"value": ""},
        {"nature": ""},
        {"qualifier": "circa"},
        {"recorded_by": ""},
        {"first_day": None},
        {"last_day": date(2019, 12, 31)},
        {"chain": 1},
        {"kind": "correction", "replaces": 1, "chain": None},
        {"save": 99},
        {"save": None},
    ):
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(insert(ENTRIES), ENTRY | wrong)
    with engine.begin() as connection:
        connection.execute(insert(ENTRIES), ENTRY)


def test_a_contradictory_save_is_refused(store: Store) -> None:
    engine = store._database.engine  # noqa: SLF001 - as another program would
    with engine.begin() as connection:
        connection.execute(insert(SAVES), SAVE | {"token": "mine"})
    for wrong in (
        {"kind": "rumour"},
        {"kind": "undo"},
        {"undoes": 1},
        {"kind": "undo", "undoes": 1, "plan": "other"},
        {"token": "mine"},
        {"saved_by": ""},
    ):
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(insert(SAVES), SAVE | wrong)
    with engine.begin() as connection:
        connection.execute(insert(SAVES), SAVE)
