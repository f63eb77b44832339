"""A database of any earlier form is brought to the newest, after a backup, with every row kept."""

import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect, text

from mubiao.model import Nature, Observation, Qualifier, Withdrawal
from mubiao.period import Period
from mubiao.store import Store, open_store
from mubiao.store import migrate as migrating
from mubiao.store.backup_names import place_of
from mubiao.store.database import Database, open_database
from mubiao.store.migrate import NEWEST, upgrade
from mubiao.store.restore import restore
from mubiao.store.schema import DRAFTS, ENTRIES, MEETINGS, PLANS, REMARKS, REVISIONS, SAVES
from tests.acts import at_once, unavailable

NOON = datetime(2021, 4, 1, 12, 0, tzinfo=UTC)
PLAN = "sample-2020"
SAID = {"source": "s", "recorded_by": "王", "recorded_at": NOON}
# A chain that was corrected and withdrawn, one that was moved to other days, one as it was.
HISTORY = [
    Observation("gdp", Period.parse("2020-Q1"), Decimal("-6.60"), date(2020, 4, 24), row=1, **SAID),
    Observation(
        target="jobs",
        period=Period.parse("2020-01..2020-06"),
        value=Decimal(120000),
        known_on=date(2020, 7, 20),
        qualifier=Qualifier.ABOUT,
        nature=Nature.ESTIMATE,
        row=2,
        **SAID,
    ),
    Observation(
        "gdp", Period.parse("2020-Q1"), Decimal(-6), date(2020, 5, 1), row=3, replaces=1, **SAID
    ),
    Withdrawal("gdp", 3, date(2020, 6, 1), "wrong", "王", NOON, 4),
    Observation(
        "jobs", Period.parse("2020-H1"), Decimal(9), date(2020, 8, 1), row=5, replaces=2, **SAID
    ),
]
COLUMNS = (
    *("plan", "target", "kind", "period", "value", "qualifier", "nature", "known_on"),
    *("source", "note", "recorded_by", "recorded_at", "replaces"),
)


def cells(entry: Observation | Withdrawal) -> dict[str, object]:
    """A row of the first form, as the program of then wrote it."""
    kind = "entry" if entry.replaces is None else "correction"
    seen = isinstance(entry, Observation)
    return {
        "plan": PLAN,
        "target": entry.target,
        "kind": kind if seen else "withdrawal",
        "period": entry.period.text if seen else "",
        "value": str(entry.value) if seen else "",
        "qualifier": entry.qualifier.value if seen else "",
        "nature": entry.nature.value if seen else "",
        "known_on": entry.known_on.isoformat(),
        "source": entry.source if seen else "",
        "note": entry.note if seen else entry.reason,
        "recorded_by": entry.recorded_by,
        "recorded_at": NOON.isoformat(timespec="microseconds"),
        "replaces": entry.replaces,
    }


def fill(connection: Connection) -> None:
    """Write the history as the program of the first form did."""
    names, values = ", ".join(COLUMNS), ", ".join(f":{name}" for name in COLUMNS)
    statement = text(f"INSERT INTO entries ({names}) VALUES ({values})")  # noqa: S608 - our names
    for entry in HISTORY:
        connection.execute(statement, cells(entry))


@pytest.fixture
def old(url: str) -> str:
    """The address of a database of the first form, from before forms were numbered."""
    database = open_database(url, 5)
    with database.writing() as connection:
        upgrade(connection, None, "0001")
        connection.execute(text("DROP TABLE alembic_version"))
        fill(connection)
    database.engine.dispose()
    return url


def database_of(store: Store) -> Database:
    return store._database  # noqa: SLF001 - its tables are what the tests look at


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The folder of backups; not the usual one, which for a server is the project's own."""
    return tmp_path / "kept"


def test_the_forms_are_those_that_there_are_steps_to() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    steps = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(step.revision for step in steps) == REVISIONS[::-1]


def test_an_empty_database_gets_the_newest_form(store: Store) -> None:
    with database_of(store).reading() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    assert version == NEWEST


def test_the_tables_have_the_columns_that_queries_name(store: Store) -> None:
    found = MetaData()
    with database_of(store).reading() as connection:
        found.reflect(connection)
    for table in (ENTRIES, SAVES, REMARKS, DRAFTS, MEETINGS, PLANS):
        assert sorted(found.tables[table.name].c.keys()) == sorted(table.c.keys())


def test_the_first_form_is_the_one_that_programs_before_wrote(sqlite_url: str) -> None:
    database = open_database(sqlite_url, 5)
    with database.writing() as connection:
        upgrade(connection, None, "0001")
        made = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL")
        )
        assert sorted(made.scalars()) == [
            "entries_no_delete",
            "entries_no_overwrite",
            "entries_no_update",
            "entries_plan_row",
            "entries_replacing",
        ]
        names = [column["name"] for column in inspect(connection).get_columns("entries")]
    assert names == ["row", *COLUMNS]


def test_every_row_of_before_is_kept_and_read_as_it_was(old: str, kept: Path) -> None:
    store = open_store(old, backups=kept)
    assert store.history(PLAN) == HISTORY
    for day in (date(2020, 4, 30), date(2020, 5, 1), date(2020, 6, 1), date(2020, 8, 1)):
        assert store.counting(PLAN, day) == store.as_of(PLAN, day)
    assert [o.row for o in store.as_of(PLAN, date(2020, 5, 1))] == [3]
    assert [o.row for o in store.as_of(PLAN, date.max)] == [5]
    assert store.saves(PLAN) == []
    quarter, half = Period.parse("2020-Q1"), Period.parse("2020-H1")
    assert store.greatest_rows(PLAN, ["gdp", "jobs"]) == {
        ("gdp", quarter.first, quarter.last): 4,
        ("jobs", half.first, half.last): 5,
    }
    store.close()


def test_the_record_goes_on_after_its_new_form(old: str, kept: Path) -> None:
    store = open_store(old, backups=kept)
    correction = Observation(
        "jobs", Period.parse("2020-H1"), Decimal(8), date(2020, 9, 1), source="s", replaces=5
    )
    assert store.record(PLAN, correction, "li", NOON) == 6
    assert [o.row for o in store.as_of(PLAN, date.max)] == [6]
    held = store.hold(PLAN, "September", date(2020, 9, 30), by="li", at=NOON)
    assert (held.rows, store.meetings(PLAN)) == (6, [held])
    store.undo(PLAN, store.saves(PLAN)[0].id, by="li", at=NOON, token="u")
    assert [o.value for o in store.as_of(PLAN, date.max)] == [Decimal(9)]
    store.close()


def test_the_guards_hold_again_after_it(old: str, kept: Path) -> None:
    store = open_store(old, backups=kept)
    for statement in ("UPDATE entries SET value = '7'", "DELETE FROM entries"):
        with pytest.raises(Exception, match="kept as they were"), database_of(store).writing() as c:
            c.execute(text(statement))
    assert store.history(PLAN) == HISTORY
    store.close()


def test_opening_a_database_of_the_newest_form_writes_nothing(old: str, kept: Path) -> None:
    open_store(old, backups=kept).close()
    store = open_store(old, wait=0.2)
    with database_of(store).writing():
        open_store(old, wait=0.2).close()  # another writer is at work
    store.close()


def _open(url: str, kept: Path) -> None:
    store = open_store(url, wait=30, backups=kept)
    assert store.history(PLAN) == HISTORY
    store.close()


def test_processes_that_open_an_old_database_at_once_bring_it_forward_once(
    old: str, kept: Path
) -> None:
    at_once(*(partial(_open, old, kept) for _ in range(4)))
    assert len(list(kept.iterdir())) == 1


def test_a_backup_of_the_old_form_is_made_first(old: str, kept: Path) -> None:
    open_store(old, backups=kept).close()
    [copy] = kept.iterdir()
    assert copy.name.startswith(f"{place_of(old, kept).record}-before-0001-2")
    assert copy.suffix == ".sqlite"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    database = open_database(f"sqlite:///{copy}", 5)
    with database.reading() as connection:
        assert migrating.revision_of(connection) == "0001"
        found = connection.execute(text(f"SELECT {', '.join(COLUMNS)} FROM entries"))  # noqa: S608
        assert [dict(row) for row in found.mappings()] == [cells(entry) for entry in HISTORY]
    again = open_store(f"sqlite:///{copy}")  # and it is a record itself
    assert again.history(PLAN) == HISTORY


def test_the_old_form_can_be_restored_over_the_new_one(old: str, kept: Path) -> None:
    store = open_store(old, backups=kept)
    [copy] = kept.iterdir()
    store.record(PLAN, HISTORY[1], "li", NOON)
    restore(copy, old, overwrite=True, backups=kept)
    assert store.history(PLAN) == HISTORY
    store.close()


def test_an_sqlite_file_has_its_backups_beside_it(sqlite_url: str, old_sqlite: None) -> None:
    del old_sqlite
    open_store(sqlite_url)
    assert len(list((file_of(sqlite_url).parent / "backups").iterdir())) == 1


@pytest.fixture
def old_sqlite(sqlite_url: str) -> None:
    """An SQLite file of the first form."""
    database = open_database(sqlite_url, 5)
    with database.writing() as connection:
        upgrade(connection, None, "0001")
        connection.execute(text("DROP TABLE alembic_version"))
        fill(connection)


def test_without_its_backup_nothing_is_changed(old: str, kept: Path) -> None:
    kept.write_text("in the way")
    assert "cannot be written" in unavailable(lambda: open_store(old, backups=kept))
    database = open_database(old, 5)
    with database.reading() as connection:
        assert migrating.revision_of(connection) == "0001"
        assert not inspect(connection).has_table("saves")
        assert not inspect(connection).has_table("alembic_version")
        found = connection.execute(text(f"SELECT {', '.join(COLUMNS)} FROM entries"))  # noqa: S608
        rows = [{**row, "known_on": str(row["known_on"])} for row in found.mappings()]
    database.engine.dispose()
    assert rows == [cells(entry) for entry in HISTORY]
    kept.unlink()
    open_store(old, backups=kept).close()


def test_a_record_that_cannot_be_understood_is_left_as_it_was(
    sqlite_url: str, old_sqlite: None
) -> None:
    del old_sqlite
    path = file_of(sqlite_url)
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER entries_no_update")  # as somebody who spoils it must
    connection.execute("UPDATE entries SET period = '2020-Q5' WHERE \"row\" = 1")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    told = unavailable(lambda: open_store(sqlite_url))
    assert told.startswith("the record holds a period that cannot be read ('2020-Q5' is not")
    assert path.read_bytes() == before


def test_a_database_of_a_newer_program_is_refused_and_untouched(url: str) -> None:
    store = open_store(url)
    with database_of(store).writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    told = unavailable(lambda: open_store(url))
    assert "was made by a newer version of this program (its form is 0999, this" in told
    with database_of(store).reading() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    assert found == "0999"
    store.close()


def test_opening_what_is_up_to_date_does_not_import_what_migrates(sqlite_url: str) -> None:
    open_store(sqlite_url)
    script = (
        "import sys; from mubiao.store import open_store; open_store(sys.argv[1]); "
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, sqlite_url], check=True)
