"""A database of an older form is brought to the newest, after a backup, with every row kept.

Beside the record's own forms there is a newer one here, which is the tests' own.
"""

import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, Text, inspect, text

from mubiao.model import Act, Actor, ActorKind
from mubiao.store import Store, migrate, open_store
from mubiao.store.backup import backup, place_of
from mubiao.store.creation import create_all
from mubiao.store.database import Database, open_database
from mubiao.store.restore import restore
from mubiao.store.schema import METADATA
from mubiao.store.verify import verify
from tests.actors import named
from tests.acts import GDP, NOON, PLAN, add_row, at_once, refusal, unavailable, withdraw_row

NEWEST = migrate.newest()
NEXT = f"""
from alembic import op
revision, down_revision = "form99", "{NEWEST}"
def upgrade():
    connection = op.get_bind()
    connection.exec_driver_sql("ALTER TABLE drafts ADD COLUMN device TEXT NOT NULL DEFAULT 'desk'")
    if connection.exec_driver_sql("SELECT count(*) FROM drafts WHERE text = 'spoilt'").scalar():
        raise ValueError("a draft that cannot be understood")
"""  # noqa: S608 - of the name of a form


AT = "2021-04-01T12:00:00.000005+00:00"
# A save, a remark and a meeting of the second form.
RECORDED = f"""
INSERT INTO saves VALUES (7, '{PLAN}', 't', 'entry', 'Wang', '{AT}', NULL);
INSERT INTO entries VALUES (7, '{PLAN}', 'gdp', 'entry', '2020-Q1', '-6.6', 'exact', 'preliminary',
'2020-04-24', '', '', 'Wang', '{AT}', NULL, 7, '2020-01-01', '2020-03-31', NULL);
INSERT INTO remarks VALUES (7, '{PLAN}', 'gdp', '2020-Q1', 'why', '', NULL, '2020-04-24', 'Wang',
'{AT}', NULL);
INSERT INTO plans VALUES ('{PLAN}', 'v', 'p');
INSERT INTO meetings VALUES (7, '{PLAN}', 'm', 'April', '2020-04-30', 1, 1, 'v', 'Wang', '{AT}',
'held', '', NULL)
"""  # noqa: S608 - of texts above


@pytest.fixture
def old(url: str) -> str:
    """The address of a database of the newest form, with rows in it."""
    store = open_store(url)
    row = add_row(store, PLAN, GDP, "王", NOON)
    withdraw_row(store, PLAN, row, date(2020, 6, 1), "wrong", "李", NOON)
    store.hold(PLAN, "July", date(2020, 7, 31), Act(named("王"), NOON), plan_text="p")
    store.keep_draft("draft", PLAN, "half a figure", NOON, session="s")
    store.close()
    return url


Begin = Callable[[], None]


@pytest.fixture
def begin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Begin:
    """The moment from which on the program knows one form more."""

    def known() -> None:
        scripts = tmp_path / "100% scripts"
        shutil.copytree(migrate.SCRIPTS, scripts)
        (scripts / "versions" / "r0099.py").write_text(NEXT, encoding="utf-8")
        monkeypatch.setattr(migrate, "SCRIPTS", scripts)
        monkeypatch.setattr(migrate, "REVISIONS", (*migrate.REVISIONS, "form99"))
        tables = MetaData()
        for table in METADATA.sorted_tables:
            table.to_metadata(tables)
        tables.tables["drafts"].append_column(Column("device", Text))
        monkeypatch.setattr(migrate, "METADATA", tables)

    return known


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The folder of backups; not the usual one, which for a server is the project's own."""
    return tmp_path / "kept"


def form(url: str) -> tuple[str | None, list[object]]:
    """The form of a database, and what the newer form says of its drafts."""
    database = open_database(url, 5)
    with database.reading() as connection:
        revision = migrate.revision_of(connection, url)
        devices = connection.execute(text("SELECT * FROM drafts")).mappings().all()
    database.engine.dispose()
    return revision, [row.get("device") for row in devices]


def database_of(store: Store) -> Database:
    return store._database  # noqa: SLF001 - its tables are what the tests look at


def test_the_forms_are_those_that_there_are_steps_to() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    steps = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(step.revision for step in steps) == migrate.REVISIONS[::-1]


UNNAMED = re.compile(r" object at 0x\w+")
PARTS = (
    *("columns", "indexes", "unique_constraints", "check_constraints", "foreign_keys"),
    "pk_constraint",
)


def shape(url: str, make: Callable[[Connection], object]) -> dict[str, list[str]]:
    """All that a database has once its tables are made, but for the order of columns."""
    database, parts = open_database(url, 5), {}
    triggers = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL",
        "postgresql": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    }
    with suppress(ZeroDivisionError), database.writing() as connection:
        make(connection)
        found = inspect(connection)
        for name in PARTS:
            parts[name] = sorted(
                # Checks have no names of their own; the filters of indexes are in their SQL.
                f"{table} {one.get('sqltext') or UNNAMED.sub('', str(one))}"
                for table, each in getattr(found, f"get_multi_{name}")().items()
                for one in ([each] if isinstance(each, dict) else each)
            )
        kind = connection.dialect.name
        parts["triggers"] = sorted(connection.execute(text(triggers[kind])).scalars())
        parts["form"] = [*connection.execute(text("SELECT * FROM alembic_version")).scalars()]
        1 / 0  # noqa: B018 - nothing stays
    database.engine.dispose()
    return parts


def test_a_new_record_has_what_the_steps_lead_to(url: str) -> None:
    fresh = shape(url, lambda connection: create_all(connection, METADATA, NEWEST))
    assert fresh == shape(url, migrate.upgrade)
    assert len(fresh["triggers"]) >= len(METADATA.tables)


def test_an_empty_database_gets_the_newest_form(url: str, kept: Path, begin: Begin) -> None:
    begin()
    open_store(url, backups=kept).close()
    assert form(url) == ("form99", [])
    assert not kept.exists()


def test_an_older_form_becomes_the_newest_with_all_rows(old: str, kept: Path, begin: Begin) -> None:
    store = open_store(old)
    history, meetings = store.history(PLAN), store.meetings(PLAN)
    store.close()
    begin()
    store = open_store(old, backups=kept)
    assert form(old) == ("form99", ["desk"])
    assert (store.history(PLAN), store.meetings(PLAN)) == (history, meetings)
    assert store.draft("draft") == "half a figure"
    assert add_row(store, PLAN, GDP, "li", NOON) == 3  # and the record goes on
    with pytest.raises(Exception, match="kept as they were"), database_of(store).writing() as c:
        c.execute(text("DELETE FROM entries"))
    store.close()


def test_the_old_form_is_backed_up_first_and_restorable(old: str, kept: Path, begin: Begin) -> None:
    store = open_store(old)
    before = store.history(PLAN)
    store.close()
    begin()
    store = open_store(old, backups=kept)
    [copy] = kept.iterdir()
    assert copy.name.startswith(f"{place_of(old, kept).record}-before-{NEWEST}-2")
    assert (copy.suffix, stat.S_IMODE(copy.stat().st_mode)) == (".sqlite", 0o600)
    assert form(f"sqlite:///{copy}") == (NEWEST, [None])
    assert verify(f"sqlite:///{copy}").rows == len(before)
    add_row(store, PLAN, GDP, "li", NOON)
    restore(copy, old, overwrite=True, backups=kept)
    assert store.history(PLAN) == before
    assert form(old) == ("form99", ["desk"])
    assert form(f"sqlite:///{copy}") == (NEWEST, [None])
    store.close()


def test_sqlite_has_its_backups_beside_it(sqlite_url: str, tmp_path: Path, begin: Begin) -> None:
    open_store(sqlite_url).close()
    begin()
    open_store(sqlite_url).close()
    assert len(list((tmp_path / "var" / "backups").iterdir())) == 1


def test_without_its_backup_nothing_is_changed(old: str, kept: Path, begin: Begin) -> None:
    begin()
    kept.write_text("in the way")
    assert "cannot be written" in unavailable(lambda: open_store(old, backups=kept))
    assert form(old) == (NEWEST, [None])
    kept.unlink()
    open_store(old, backups=kept).close()


def test_a_step_that_fails_leaves_the_record_as_it_was(old: str, kept: Path, begin: Begin) -> None:
    store = open_store(old)
    store.keep_draft("draft", PLAN, "spoilt", NOON, session="s")
    store.close()
    begin()
    told = unavailable(lambda: open_store(old, backups=kept))
    assert "cannot be read (a draft that cannot be understood)" in told
    assert form(old) == (NEWEST, [None])


def test_an_older_server_is_not_verified(postgresql_url: str, begin: Begin, kept: Path) -> None:
    open_store(postgresql_url).close()
    begin()
    told = unavailable(lambda: verify(postgresql_url))
    assert f"has an older form ({NEWEST}): start the dashboard once" in told
    backup(postgresql_url, kept)  # but it can be copied as it is
    assert form(f"sqlite:///{kept}") == (NEWEST, [])


def test_the_first_form_gets_the_table_of_reminders(url: str, kept: Path) -> None:
    first_form(url)
    store = open_store(url, backups=kept)
    assert form(url)[0] == NEWEST
    [copy] = kept.iterdir()
    assert form(f"sqlite:///{copy}")[0] == "form1"
    claim = store.claim_reminder(PLAN, "", date(2020, 7, 31), title="t", text="t", at=NOON)
    assert claim == 1
    with pytest.raises(Exception, match="kept as they were"), database_of(store).writing() as c:
        c.execute(text("UPDATE reminders SET text = 'other'"))
    store.close()


def test_what_was_recorded_before_there_were_ids_is_of_whoever_types_the_name(
    url: str, kept: Path
) -> None:
    database = open_database(url, 5)
    with database.writing() as connection:
        migrate.upgrade(connection, "form2")
        for statement in RECORDED.split(";"):
            connection.execute(text(statement))
    database.engine.dispose()
    store = open_store(url, backups=kept)
    (entry,), (remark,), (meeting,) = store.history(PLAN), store.remarks(PLAN), store.meetings(PLAN)
    assert (entry.actor, remark.actor, meeting.acts[0].actor) == ("", "", "")
    other = Actor.of(ActorKind.OIDC, "id.example/7", "Wang")
    for actor in (named("li"), other):
        assert refusal(lambda a=actor: store.undo(PLAN, 7, Act(a, NOON, "u"))) == (
            "save 7 is by Wang; only who saved it can undo it"
        )
    assert store.undo(PLAN, 7, Act(named("WANG"), NOON, "u")).actor == "typed:wang"
    with pytest.raises(Exception, match="kept as they were"), database_of(store).writing() as c:
        c.execute(text("UPDATE saves SET actor = 'oidc:id.example/7' WHERE id = 7"))
    store.close()


def test_what_only_has_the_name_of_the_first_form_is_refused_and_untouched(
    url: str, kept: Path
) -> None:
    first_form(url, "DROP TABLE agendas")
    assert unavailable(lambda: open_store(url, backups=kept))
    database = open_database(url, 5)
    with database.reading() as connection:
        assert not inspect(connection).has_table("reminders")
    database.engine.dispose()


def first_form(url: str, *changes: str) -> None:
    """Make a database of the first form, with what changes it."""
    database = open_database(url, 5)
    with database.writing() as connection:
        migrate.upgrade(connection, "form1")
        for change in changes:
            connection.execute(text(change))
    database.engine.dispose()


def test_opening_a_database_of_the_newest_form_writes_nothing(old: str) -> None:
    store = open_store(old, wait=0.2)
    with database_of(store).writing():
        open_store(old, wait=0.2).close()  # another writer is at work
    store.close()


def _open(url: str, kept: Path) -> None:
    store = open_store(url, wait=30, backups=kept)
    assert len(store.history(PLAN)) == 2
    store.close()


def test_many_that_open_at_once_bring_it_forward_once(old: str, kept: Path, begin: Begin) -> None:
    begin()
    at_once(*(partial(_open, old, kept) for _ in range(4)))
    assert len(list(kept.iterdir())) == 1
    assert form(old) == ("form99", ["desk"])


# What other versions of the program made, under a name of theirs or under ours.
OTHERS = {
    "newer": "UPDATE alembic_version SET version_num = '0999'",
    "older": "UPDATE alembic_version SET version_num = '0004'",
    "with less": "ALTER TABLE drafts DROP COLUMN author",
    "with more": "ALTER TABLE drafts ADD COLUMN device TEXT",
    "without a table": "DROP TABLE drafts",
}


@pytest.mark.parametrize("other", OTHERS)
def test_another_versions_database_is_refused_and_untouched(
    url: str, other: str, kept: Path, tmp_path: Path
) -> None:
    store = open_store(url)
    with database_of(store).writing() as connection:
        connection.execute(text(OTHERS[other]))
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    store.close()
    file = database_of(store).file
    before = file.read_bytes() if file else b""
    acts: list[Callable[[], object]] = [
        lambda: open_store(url, backups=kept),
        lambda: verify(url),
        lambda: backup(url, tmp_path / "copy.sqlite"),  # a file is copied as it is
    ]
    for act in acts[: 2 if file else 3]:
        reason = unavailable(act)
        assert f"has a form that this program does not know ({revision}): another version" in reason
        assert "It was left as it is" in reason
    assert not kept.exists()
    assert file is None or file.read_bytes() == before
    if file:
        backup(url, tmp_path / "copy.sqlite")
        assert "does not know" in unavailable(
            lambda: restore(
                tmp_path / "copy.sqlite", f"sqlite:///{tmp_path}/new.sqlite", overwrite=False
            )
        )


def test_another_versions_journal_is_left_as_it_is(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with database_of(store).writing() as connection:
        connection.execute(text(OTHERS["newer"]))
    file = database_of(store).file
    assert file is not None
    for mode in ("wal", "delete"):
        with closing(sqlite3.connect(file)) as other:
            other.execute(f"PRAGMA journal_mode={mode}")
        before = file.read_bytes()
        assert "does not know" in unavailable(lambda: open_store(sqlite_url))
        assert file.read_bytes() == before


def test_opening_what_is_up_to_date_does_not_import_what_migrates(sqlite_url: str) -> None:
    open_store(sqlite_url)
    script = (
        "import sys; from mubiao.store import open_store; open_store(sys.argv[1]); "
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, sqlite_url], check=True)
