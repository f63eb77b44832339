"""Backups, restoring and verifying: on SQLite and PostgreSQL, and from one to the other."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from mubiao.model import Act, Remark, Status
from mubiao.period import Period
from mubiao.problems import Refused
from mubiao.settings import ROOT
from mubiao.store import Store, open_store
from mubiao.store.backup import backup, daily, keep_daily, place_of
from mubiao.store.restore import restore
from mubiao.store.verify import Verified, verify
from tests.actors import named
from tests.acts import GDP, JOBS, NOON, PLAN, add_row, reasons, refusal, withdraw_row
from tests.samples import plan_of, target


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a backup goes: in a folder that is not there yet."""
    return tmp_path / "away" / "backup.sqlite"


@pytest.fixture
def record(sqlite_url: str) -> Iterator[Store]:
    """An SQLite record with a bit of everything."""
    opened = open_store(sqlite_url, wait=2)
    fill(opened)
    yield opened
    opened.close()


@pytest.fixture
def copied(record: Store, sqlite_url: str, file: Path) -> Path:
    """A backup of that record."""
    assert record.count(PLAN) == 6
    backup(sqlite_url, file)
    return file


def fill(store: Store) -> None:
    """A correction, a withdrawal, an undone save, two remarks, a draft, two meetings of which
    one is taken back.
    """
    first = add_row(store, PLAN, GDP, "wang", NOON)
    add_row(store, PLAN, replace(GDP, note="李：更正", replaces=first), "li", NOON)
    row = add_row(store, PLAN, JOBS, "wang", NOON)
    withdraw_row(store, PLAN, row, date(2021, 4, 1), "wrong", "li", NOON)
    add_row(store, PLAN, JOBS, "zhao", NOON)
    store.undo(PLAN, store.saves(PLAN)[0].id, Act(named("zhao"), NOON, "undoing"))
    period = Period.parse("2020")
    said = Remark("gdp", period, "why", NOON.date())
    own = Remark("gdp", period, "so", NOON.date(), Status.AT_RISK, date(2021, 6, 1))
    store.remark(PLAN, said, Act(named("wang"), NOON))
    store.remark(PLAN, own, Act(named("wang"), NOON))
    store.keep_draft("draft", PLAN, "half a figure", NOON, session="s")
    held = store.hold(
        PLAN, "一季度调度会", date(2021, 3, 31), Act(named("wang"), NOON), plan_text="p"
    )
    store.drop_meeting(PLAN, held.id, Act(named("li"), NOON), reason="wrong day")
    store.hold(PLAN, "一季度调度会", date(2021, 3, 31), Act(named("li"), NOON), plan_text="p")


def everything(url: str) -> tuple[object, ...]:
    store = open_store(url)
    said = (
        store.history(PLAN),
        store.saves(PLAN),
        store.remarks(PLAN),
        store.draft("draft"),
        store.all_meetings(PLAN),
        [store.plan_text(PLAN, meeting.plan_version) for meeting in store.meetings(PLAN)],
        store.as_of(PLAN, date.max),
    )
    store.close()
    return said


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def beside(path: Path) -> list[str]:
    """The names in a folder, none of them unfinished."""
    names = sorted(one.name for one in path.iterdir())
    assert [name for name in names if "unfinished" in name] == []
    return names


def test_a_backup_says_all_that_the_record_says(store: Store, url: str, file: Path) -> None:
    fill(store)
    backup(url, file)
    assert everything(f"sqlite:///{file}") == everything(url)
    assert verify(f"sqlite:///{file}") == Verified(6, ())
    assert beside(file.parent) == ["backup.sqlite"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_backup_holds_one_moment_of_a_record_in_use(record: Store, file: Path) -> None:
    url = f"sqlite:///{record._database.file}"  # noqa: SLF001
    with record._database.writing() as connection:  # noqa: SLF001 - a save that is not over
        connection.execute(text("DELETE FROM drafts"))
        backup(url, file)
    assert record.draft("draft") is None
    assert open_store(f"sqlite:///{file}").draft("draft") == "half a figure"


def test_a_file_that_exists_is_not_written_over(record: Store, sqlite_url: str, file: Path) -> None:
    del record
    file.parent.mkdir()
    file.write_text("mine")
    assert refusal(lambda: backup(sqlite_url, file)) == (
        f"{file} exists already; name a file that does not"
    )
    assert file.read_text() == "mine"
    record_itself = path_of(sqlite_url)
    assert "exists already" in refusal(lambda: backup(sqlite_url, record_itself))


def test_a_record_that_is_not_there_makes_no_backup_and_no_record(url: str, file: Path) -> None:
    assert "there is no record at" in refusal(lambda: backup(url, file))
    assert beside(file.parent) == []
    assert not url.startswith("sqlite") or not path_of(url).exists()


@pytest.mark.usefixtures("record")
def test_a_record_that_is_held_too_long_makes_no_backup(
    sqlite_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mubiao.store.backup.WAIT", 0.1)
    with closing(sqlite3.connect(path_of(sqlite_url))) as held:
        held.execute("BEGIN EXCLUSIVE")
        assert "is busy: another program holds it" in refusal(lambda: backup(sqlite_url, file))
    backup(sqlite_url, file)


def test_an_unwritable_place_is_explained(record: Store, sqlite_url: str, tmp_path: Path) -> None:
    del record
    (tmp_path / "letter").write_text("")
    said = refusal(lambda: backup(sqlite_url, tmp_path / "letter" / "backup.sqlite"))
    assert said.startswith(f"{tmp_path}/letter/backup.sqlite cannot be written (")


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """New files of a backup may have two pages and no more."""
    plain = sqlite3.connect

    def small(path: Path, *args: object, **how: object) -> sqlite3.Connection:
        connection = plain(path, *args, **how)  # type: ignore[call-overload]
        if ".unfinished" in str(path):
            connection.execute("PRAGMA max_page_count=2")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)


def test_a_full_disk_is_not_the_records(store: Store, url: str, file: Path, no_room: None) -> None:
    del no_room
    fill(store)
    said = refusal(lambda: backup(url, file))
    assert said.partition(":")[0] in {
        f"{file} cannot be written (database or disk is full)",
        f"the disk of {file} is full; nothing was saved",
    }
    assert beside(file.parent) == []


def test_a_record_that_cannot_be_kept_is_not_replaced(
    record: Store, sqlite_url: str, copied: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    add_row(record, PLAN, JOBS, "after", NOON)
    before = everything(sqlite_url)
    request.getfixturevalue("no_room")
    full = tmp_path / "full"
    said = refusal(lambda: restore(copied, sqlite_url, overwrite=True, backups=full))
    assert said.startswith(f"{full}/mubiao-")
    assert "cannot be written (database or disk is full)" in said
    assert everything(sqlite_url) == before


@pytest.mark.parametrize("other", ["sqlite_url", "postgresql_url"])
def test_a_backup_is_restored_where_nothing_is(
    record: Store, sqlite_url: str, copied: Path, other: str, request: pytest.FixtureRequest
) -> None:
    before = everything(sqlite_url)
    record.close()
    url = request.getfixturevalue(other)
    if url == sqlite_url:
        path_of(url).unlink()
    assert restore(copied, url, overwrite=False) is None
    assert everything(url) == before
    assert verify(url) == Verified(6, ())


def test_a_journal_left_behind_spoils_nothing(record: Store, sqlite_url: str, copied: Path) -> None:
    record.close()
    path_of(sqlite_url).unlink()
    left = Path(f"{path_of(sqlite_url)}-journal")
    left.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(2000))
    assert restore(copied, sqlite_url, overwrite=False) is None
    assert not left.exists()
    assert verify(sqlite_url).problems == ()


def test_a_record_is_replaced_only_if_said_and_is_kept(store: Store, url: str, file: Path) -> None:
    fill(store)
    backup(url, file)
    kept_by_backup = everything(url)
    add_row(store, PLAN, JOBS, "after", NOON)
    later = everything(url)
    assert "already; add --yes" in refusal(lambda: restore(file, url, overwrite=False))
    assert everything(url) == later
    kept = restore(file, url, overwrite=True, backups=file.parent / "replaced")
    assert everything(url) == kept_by_backup
    assert kept.parent == file.parent / "replaced"
    assert everything(f"sqlite:///{kept}") == later
    assert verify(f"sqlite:///{kept}") == Verified(7, ())


def test_a_store_that_is_open_serves_what_was_restored(store: Store, url: str, file: Path) -> None:
    fill(store)
    backup(url, file)
    version, rows = store.version(PLAN), store.history(PLAN)
    seen = {store.version(PLAN)}
    for _ in range(3):
        add_row(store, PLAN, JOBS, "after", NOON)
        seen.add(store.version(PLAN))
    restore(file, url, overwrite=True, backups=file.parent)
    assert (store.version(PLAN), store.history(PLAN)) == (version, rows)
    row = add_row(store, PLAN, JOBS, "again", NOON)
    assert row not in {entry.row for entry in rows}
    assert store.version(PLAN) not in seen  # what is cached by the version is not shown again
    said = Remark("gdp", Period.parse("2020"), "new", NOON.date())
    store.remark(PLAN, said, Act(named("wang"), NOON))
    assert store.version(PLAN) > max(seen)
    assert verify(url).problems == ()


@pytest.mark.parametrize("content", ["Dear Sir " * 900, "SQLite format 3\0 and no more"])
def test_a_file_that_is_no_database_is_replaced_and_kept(
    record: Store, sqlite_url: str, copied: Path, content: str
) -> None:
    before = everything(sqlite_url)
    record.close()
    path_of(sqlite_url).write_text(content)
    kept = restore(copied, sqlite_url, overwrite=True)
    assert everything(sqlite_url) == before
    assert kept.read_text() == content
    assert verify(sqlite_url).problems == ()


def spoil(file: Path, *statements: str) -> None:
    """Change a record as only somebody without respect can."""
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with closing(sqlite3.connect(file)) as connection:
        for (name,) in connection.execute(triggers).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_an_incomplete_backup_is_not_restored(sqlite_url: str, copied: Path) -> None:
    spoil(copied, "UPDATE entries SET value = 'many' WHERE row = 2")
    before = everything(sqlite_url)
    assert reasons(lambda: restore(copied, sqlite_url, overwrite=True)) == [
        f"the backup {copied} is not whole, so nothing was changed",
        f"row 2 in {copied} cannot be read: restore a backup",
    ]
    assert everything(sqlite_url) == before


@pytest.mark.parametrize("content", [None, b"hello", b"", b"\xff" * 9000])
@pytest.mark.usefixtures("record")
def test_what_is_no_backup_is_not_restored(
    sqlite_url: str, tmp_path: Path, content: bytes | None
) -> None:
    letter = tmp_path / "letter.sqlite"
    if content is not None:
        letter.write_bytes(content)
    before = everything(sqlite_url)
    assert str(letter) in refusal(lambda: restore(letter, sqlite_url, overwrite=True))
    assert everything(sqlite_url) == before
    assert letter.exists() == (content is not None)


def test_the_record_is_not_its_own_backup(record: Store, sqlite_url: str, tmp_path: Path) -> None:
    del record
    link = tmp_path / "link.sqlite"
    link.symlink_to(path_of(sqlite_url))
    assert "is the record itself" in refusal(lambda: restore(link, sqlite_url, overwrite=True))


def test_a_record_that_others_hold_too_long_is_not_replaced(
    record: Store, sqlite_url: str, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mubiao.store.restore.WAIT", 0.1)
    before = everything(sqlite_url)
    with record._database.writing():  # noqa: SLF001 - a save that hangs
        said = refusal(lambda: restore(copied, sqlite_url, overwrite=True))
    assert "is busy: another program holds it" in said
    assert everything(sqlite_url) == before
    assert not (path_of(sqlite_url).parent / "backups").exists()


def test_a_newer_version_is_left_as_it_is(sqlite_url: str, copied: Path) -> None:
    spoil(copied, "UPDATE alembic_version SET version_num = '9999'")
    assert "this program does not know" in refusal(
        lambda: restore(copied, sqlite_url, overwrite=True)
    )
    assert "this program does not know" in refusal(lambda: verify(f"sqlite:///{copied}"))


def test_verifying_changes_nothing(record: Store, sqlite_url: str) -> None:
    record.close()
    path = path_of(sqlite_url)
    before = path.read_bytes(), beside(path.parent)
    assert verify(sqlite_url) == Verified(6, ())
    assert (path.read_bytes(), beside(path.parent)) == before
    assert "there is no record at" in refusal(lambda: verify(f"sqlite:///{path}.gone"))
    assert not path.with_name(path.name + ".gone").exists()


SPOILT = (
    ("UPDATE entries SET value = 'many' WHERE row = 1", "row 1 in {} cannot be read"),
    ("UPDATE entries SET period = '2020-Q7' WHERE row = 1", "row 1 in {} cannot be read"),
    ("UPDATE entries SET recorded_at = 'noon' WHERE row = 1", "row 1 in {} cannot be read"),
    ("UPDATE entries SET known_on = 'soon' WHERE row = 1", "row 1 of entries holds something"),
    ("UPDATE entries SET note = x'ff' WHERE row = 1", "row 1 of entries holds something"),
    ("UPDATE remarks SET status = 'fine' WHERE row = 2", "row 2 of remarks in {} cannot be read"),
    ("UPDATE remarks SET day = 'soon' WHERE row = 2", "row 2 of remarks holds something"),
    ("UPDATE entries SET first_day = '1999-01-01' WHERE row = 3", "row 3 does not have the"),
    ("UPDATE entries SET last_day = '2099-01-01' WHERE row = 4", "row 4 takes row 3 back, but"),
    ("UPDATE entries SET replaces = 77 WHERE row = 2", "row 2 of entries names a row of"),
    ("UPDATE entries SET plan = 'x' WHERE row = 1", "row 2 of entries names a row of"),
    ("UPDATE entries SET chain = 3 WHERE row = 2", "row 2 is not in the chain of row 1"),
    ("UPDATE entries SET save = 77 WHERE row = 3", "row 3 of entries names a row of saves"),
    ("UPDATE entries SET save = 1 WHERE row = 4", "row 4 and its save 1 differ in plan,"),
    ("UPDATE entries SET save = 1 WHERE row = 3", "save 3 has no rows"),
    ("UPDATE entries SET recorded_by = 'me' WHERE row = 3", "row 3 and its save 3 differ in"),
    ("DELETE FROM entries WHERE row = 6", "save 6 has no rows"),
    ("UPDATE remarks SET replaces = 77 WHERE row = 2", "row 2 of remarks names a row of"),
    ("UPDATE meetings SET held_at = 'noon' WHERE id = 3", "row 3 of meetings in {} cannot"),
    ("UPDATE meetings SET as_of = 'soon' WHERE id = 3", "row 3 of meetings holds something"),
    ("UPDATE meetings SET last_row = 77 WHERE id = 3", "meeting 3 saw row 77, which is not"),
    ("UPDATE meetings SET last_remark = 9 WHERE id = 3", "meeting 3 saw remark 9, which is"),
    ("UPDATE meetings SET replaces = 77 WHERE id = 2", "row 2 of meetings names a row of"),
    ("UPDATE meetings SET kind = 'put_back', reason = '' WHERE id = 2", "row 2 takes or puts"),
    ("UPDATE plans SET text = 'q'", "version 148de9c5a7a44d19 of the plan sample-2020 in {} is"),
    ("UPDATE plans SET text = x'ff'", "row 148de9c5a7a44d19 of plans holds something else"),
)


def test_spoilt_rows_are_told(record: Store, sqlite_url: str) -> None:
    record.close()
    path = path_of(sqlite_url)
    sound = path.read_bytes()
    for statement, problem in SPOILT:
        path.write_bytes(sound)
        spoil(path, statement)
        found = [one.text for one in verify(sqlite_url).problems]
        assert found, statement
        assert found[0].startswith(problem.format(path))


def test_rows_that_no_plan_knows_are_a_warning(store: Store, url: str) -> None:
    add_row(store, PLAN, GDP, "wang", NOON)
    add_row(store, PLAN, JOBS, "wang", NOON)
    add_row(store, "other-2019", JOBS, "wang", NOON)
    plan = plan_of(target("gdp", measure="rate", comparator="at_least", value="6"))
    found = verify(url, [plan])
    assert (found.rows, found.problems) == (3, ())
    assert [warning.text for warning in found.warnings] == [
        "the plan sample-2020 has no target jobs, but the record has rows of it",
        "there is no plan other-2019, but the record has rows of it",
    ]


def test_a_server_s_record_is_verified_as_a_file_is(postgresql_url: str) -> None:
    store = open_store(postgresql_url)
    fill(store)
    assert verify(postgresql_url) == Verified(6, ())
    with store._database.engine.begin() as connection:  # noqa: SLF001
        connection.execute(text("ALTER TABLE entries DISABLE TRIGGER USER"))
        connection.execute(text("UPDATE entries SET value = 'many', chain = 1 WHERE row = 3"))
    found = [one.text for one in verify(postgresql_url).problems]
    assert [line.partition(" in ")[0] for line in found[:1]] == ["row 3"]
    assert found[1:] == [
        "row 3 replaces nothing, and yet is in a chain",
        "row 4 is not in the chain of row 3, which it replaces",
    ]
    with store._database.engine.begin() as connection:  # noqa: SLF001
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("UPDATE entries SET save = 77 WHERE row = 3"))
    assert [one.text for one in verify(postgresql_url).problems] == [
        "row 3 of entries names a row of saves that is not there"
    ]
    store.close()


def test_the_usual_place_is_beside_a_file_and_in_the_project_for_a_server(tmp_path: Path) -> None:
    beside_file = place_of(f"sqlite:///{tmp_path}/var/mubiao.sqlite")
    assert beside_file.folder == tmp_path / "var" / "backups"
    server = place_of("postgresql://me:secret@db.example/record")
    assert server.folder == ROOT / "var" / "backups"
    assert place_of("postgresql://db.example/record", tmp_path).folder == tmp_path
    assert "secret" not in str(server.named("daily", NOON))
    assert server == place_of("postgresql://you:other@db.example:5432/record")


def test_two_records_never_share_a_name(tmp_path: Path) -> None:
    files = ("a/mubiao.sqlite", "b/mubiao.sqlite", "mubiao.sqlite", "mubiao.db")
    servers = ("one/record", "two/record", "one/other", "one:5433/record", "one/mubiao")
    urls = [f"sqlite:////srv/{name}" for name in files]
    urls += [f"postgresql://{name}" for name in servers]
    assert len({place_of(url, tmp_path).record for url in urls}) == len(urls)


def test_a_record_that_is_moved_with_its_backups_still_knows_them(tmp_path: Path) -> None:
    one, other = (place_of(f"sqlite:///{tmp_path}/{name}/mubiao.sqlite") for name in "ab")
    assert one.record == other.record


@pytest.mark.parametrize("name", ["目标 2020", "a" * 200, "[x]*?", "..", ";rm"])
def test_any_name_of_a_database_makes_a_name_of_a_file(name: str, tmp_path: Path) -> None:
    place = place_of(URL.create("sqlite", database=f"{tmp_path}/{name}.db").render_as_string())
    path = place.named("daily", NOON)
    path.parent.mkdir(exist_ok=True)
    path.write_text("")
    assert place.all("daily") == {path: NOON.replace(microsecond=0)}
    assert place.free("daily", NOON).name == f"{path.stem}-2.sqlite"


def dailies(url: str, folder: Path, *days: int) -> list[str]:
    """The names of the daily backups of these days of April."""
    record = place_of(url, folder).record
    return [f"{record}-daily-202104{day:02}T120000Z.sqlite" for day in days]


def test_a_backup_a_day_and_the_last_seven_stay(store: Store, url: str, tmp_path: Path) -> None:
    fill(store)
    folder = tmp_path / "kept"
    [first] = dailies(url, folder, 1)
    assert daily(url, folder, NOON) == folder / first
    record = place_of(url, folder).record
    others = {"mine.sqlite", "other-000000-daily-20200101T000000Z.sqlite"}
    others |= {f"{record}-daily-20209999T999999Z.sqlite", f"{record}-before-0001-x.sqlite"}
    for name in (*others, f".{record}-x.unfinished", ".other-x.unfinished"):
        (folder / name).write_text("")
        os.utime(folder / name, (0, 0))
    assert daily(url, folder, NOON + timedelta(hours=23)) is None
    for day in range(1, 10):
        assert daily(url, folder, NOON + timedelta(days=day))
        if day < 9:  # another server made its own at the same time
            moment = NOON + timedelta(days=day, seconds=-1)
            place_of(url, folder).named("daily", moment).touch()
    names = dailies(url, folder, *range(4, 11))
    (folder / ".other-x.unfinished").unlink()  # who made that one looks after it
    assert beside(folder) == sorted([*names, *others])
    assert verify(f"sqlite:///{folder / names[0]}") == Verified(6, ())


@pytest.mark.usefixtures("record")
def test_two_records_in_one_folder_keep_seven_each(
    sqlite_url: str, postgresql_url: str, tmp_path: Path
) -> None:
    server = open_store(postgresql_url)
    fill(server)
    server.close()
    for day in range(9):
        for url in (sqlite_url, postgresql_url):
            assert daily(url, tmp_path / "kept", NOON + timedelta(days=day))
    names = [dailies(url, tmp_path / "kept", *range(3, 10)) for url in (sqlite_url, postgresql_url)]
    assert beside(tmp_path / "kept") == sorted([*names[0], *names[1]])


def test_a_wrong_clock_keeps_no_backup_from_being_made(record: Store, sqlite_url: str) -> None:
    assert daily(sqlite_url, None, NOON + timedelta(days=9000))
    assert daily(sqlite_url, None, NOON)
    del record


def test_where_no_backup_can_be_made_the_old_ones_stay(record: Store, sqlite_url: str) -> None:
    folder = path_of(sqlite_url).parent / "backups"
    for day in range(7):
        daily(sqlite_url, None, NOON + timedelta(days=day))
    before = beside(folder)
    record.close()
    path_of(sqlite_url).write_text("Dear Sir " * 900)
    assert "not a database" in refusal(lambda: daily(sqlite_url, None, NOON + timedelta(days=8)))
    assert beside(folder) == before


class Hours:
    """A clock that only waiting moves on, for some hours; what happens in each comes first."""

    def __init__(self, *events: Callable[[], object]) -> None:
        self.now, self.events = NOON, list(events)

    def wait(self, seconds: float) -> bool:
        """Go on by what was waited, until nothing is to happen any more."""
        assert seconds == 3600
        self.now += timedelta(seconds=seconds)
        if self.events:
            self.events.pop(0)()
            return False
        return True


def backups_of(url: str, folder: Path | None, hours: Hours) -> dict[str, Callable[[], object]]:
    return {"daily backup": lambda: daily(url, folder, hours.now)}


def test_the_backups_go_on_after_whatever_goes_wrong(
    record: Store, sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, folder = path_of(sqlite_url), tmp_path / "kept"
    aside = path.with_name("aside.sqlite")
    record.close()
    path.rename(aside)
    hours = Hours(
        lambda: (folder.rmdir(), folder.write_text("in the way")),
        lambda: aside.rename(path),
        folder.unlink,
        *[lambda: None] * 30,
    )
    keep_daily(backups_of(sqlite_url, folder, hours), hours.wait)
    told_of = [line.getMessage().partition(" (")[0] for line in caplog.records]
    absent = f"no daily backup: there is no record at {path}; there is nothing to copy"
    assert told_of[0] == absent
    assert len(told_of) == 3
    assert all(line.startswith("no daily backup: ") for line in told_of)
    days = [moment - NOON for moment in place_of(sqlite_url, folder).all("daily").values()]
    assert [round(day / timedelta(hours=1)) for day in sorted(days)] == [3, 27]


@pytest.mark.parametrize(
    "fault",
    [
        OSError(28, "No space left on device"),
        OperationalError("SELECT 1", {}, Exception("server closed the connection")),
        sqlite3.OperationalError("disk I/O error"),
        Refused([]),
        ZeroDivisionError(),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_only_a_mistake_of_the_program_ends_the_backups(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise fault

    hours = Hours(*[lambda: None] * 2)
    if isinstance(fault, ZeroDivisionError):
        with pytest.raises(ZeroDivisionError):
            keep_daily({"daily backup": fails}, hours.wait)
        return
    keep_daily({"daily backup": fails}, hours.wait)
    assert [line.getMessage() for line in caplog.records] == [f"no daily backup: {fault}"] * 3


def test_a_server_that_is_away_is_a_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    hours = Hours()
    keep_daily(backups_of("postgresql://me:secret@localhost:1/d", None, hours), hours.wait)
    [line] = [line.getMessage() for line in caplog.records]
    assert line.startswith("no daily backup: the database server of localhost/d cannot be reached")
    assert "secret" not in line
