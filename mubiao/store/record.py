"""The record of actuals: append-only, in SQLite or PostgreSQL.

A correction or a withdrawal is a new row that names the one it replaces; nothing is ever updated
or deleted, and the database itself refuses to. Only Refused and Unavailable leave this module.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from mubiao.model import Entry, Nature, Observation, Qualifier, Stage, Withdrawal
from mubiao.observation.draft import NOTE_LIMIT, SOURCE_LIMIT, clean_text
from mubiao.period import Period
from mubiao.problems import Problem, Refused, Unavailable, message, refused
from mubiao.store.database import Database, open_database
from mubiao.store.schema import ENTRIES

SEED = "seed"
NAME_LIMIT = 100
_LAST_ROW = 2**63 - 1


def open_store(url: str, wait: float = 10.0) -> "Store":
    """The record at a database URL (`sqlite:///var/mubiao.sqlite`, `postgresql://…`).

    What is missing (folder, file, table) is created. `wait` is how many seconds an operation waits
    for a database that is busy. Raises Unavailable with what to do about it.
    """
    return Store(open_database(url, wait))


class Store:
    """All entries of all plans in one database; may be used by many threads at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def close(self) -> None:
        """Let go of the database; the store can be used again afterwards."""
        self._database.engine.dispose()

    def record(self, plan_id: str, observation: Observation, by: str, at: datetime) -> int:
        """Add one observation and return its row; see `record_many`."""
        return self.record_many(plan_id, [observation], by, at)[0]

    def record_many(
        self, plan_id: str, observations: Iterable[Observation], by: str, at: datetime
    ) -> list[int]:
        """Add observations, all or none, and return their rows.

        An observation that `replaces` a row is a correction: that row must be of the same plan and
        target and neither a withdrawal nor replaced already. Raises Refused with every conflict.
        """
        author, moment = _author(by), _moment(at)
        ready = [_checked(observation) for observation in observations]
        rows: list[int] = []
        problems: list[Problem] = []
        with self._database.writing() as connection:
            for observation in ready:
                told = _conflicts(connection, plan_id, observation.replaces, observation.target)
                problems += told
                if not told:
                    cells = _cells(plan_id, observation, author, moment)
                    rows.append(_insert(connection, cells))
            if problems:
                raise Refused(problems)
        return rows

    def withdraw(  # noqa: PLR0913, PLR0917 - who, what, when and why of one act
        self, plan_id: str, row: int, known_on: date, reason: str, by: str, at: datetime
    ) -> int:
        """Take an observation back from `known_on` on, and return the row that does so.

        Raises Refused without a reason, and as `record_many` for a row that cannot be replaced.
        """
        problems: list[Problem] = []
        cleaned = clean_text(reason, "reason", NOTE_LIMIT, problems, lines=True)
        if not cleaned:
            told = message("the reason is missing; say why the figure is withdrawn")
            problems.append(Problem(told, field="reason"))
        if problems:
            raise Refused(problems)
        author, moment = _author(by), _moment(at)
        with self._database.writing() as connection:
            problems = _conflicts(connection, plan_id, row)
            if problems:
                raise Refused(problems)
            of_row = select(ENTRIES.c.target).where(ENTRIES.c.row == row)
            target = str(connection.execute(of_row).scalar_one())
            withdrawal = Withdrawal(target, row, known_on, cleaned)
            return _insert(connection, _cells(plan_id, withdrawal, author, moment))

    def seed(self, plan_id: str, observations: Iterable[Observation], at: datetime) -> bool:
        """Start a plan that has no rows with published figures; whether that was done."""
        moment = _moment(at)
        ready = [replace(_checked(observation), replaces=None) for observation in observations]
        with self._database.writing() as connection:
            if not ready or connection.execute(_greatest(plan_id)).scalar() is not None:
                return False
            rows = [_cells(plan_id, observation, SEED, moment) for observation in ready]
            connection.execute(insert(ENTRIES), rows)
        return True

    def version(self, plan_id: str) -> int:
        """The plan's greatest row, 0 when it has none: whoever saves makes it greater."""
        with self._database.reading() as connection:
            return int(connection.execute(_greatest(plan_id)).scalar() or 0)

    def count(self, plan_id: str) -> int:
        """How many rows the plan has, corrections and withdrawals included."""
        query = select(func.count()).select_from(ENTRIES).where(ENTRIES.c.plan == plan_id)
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def history(self, plan_id: str, target: str | None = None) -> list[Entry]:
        """Everything ever recorded for a plan, or for one target of it, in order."""
        return [self._entry(row) for row in self._rows(_of(plan_id, target))]

    def as_of(self, plan_id: str, day: date, target: str | None = None) -> list[Observation]:
        """The observations that stood on a day: `standing(history(…), day)`, found by the database.

        Reads only what it returns, so that a page does not need the whole history.
        """
        replaced = (
            select(ENTRIES.c.replaces.label("replaced"))
            .where(ENTRIES.c.plan == plan_id, ENTRIES.c.replaces.is_not(None))
            .where(ENTRIES.c.known_on <= day)
            .cte("hidden", recursive=True)
        )
        # What a hidden row replaced is hidden too, though the row itself be known only later.
        earlier = ENTRIES.alias("earlier")
        hidden = replaced.union(
            select(earlier.c.replaces)
            .join(replaced, earlier.c.row == replaced.c.replaced)
            .where(earlier.c.replaces.is_not(None))
        )
        query = (
            _of(plan_id, target)
            .where(ENTRIES.c.known_on <= day, ENTRIES.c.kind != "withdrawal")
            .where(ENTRIES.c.row.not_in(select(hidden.c.replaced)))
        )
        entries = [self._entry(row) for row in self._rows(query)]
        return [entry for entry in entries if isinstance(entry, Observation)]

    def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with self._database.reading() as connection:
            return connection.execute(query).all()

    def _entry(self, row: Row[Any]) -> Entry:
        try:
            return _entry(row)
        except (ValueError, ArithmeticError) as error:
            told = message("row {row} in {where} cannot be read: restore a backup")
            values = {"row": row.row, "where": self._database.where}
            raise Unavailable([Problem(told, values)]) from error


def _greatest(plan_id: str) -> Select[Any]:
    return select(func.max(ENTRIES.c.row)).where(ENTRIES.c.plan == plan_id)


def _of(plan_id: str, target: str | None) -> Select[Any]:
    query = select(ENTRIES).where(ENTRIES.c.plan == plan_id).order_by(ENTRIES.c.row)
    return query if target is None else query.where(ENTRIES.c.target == target)


def _insert(connection: Connection, cells: dict[str, object]) -> int:
    return int(connection.execute(insert(ENTRIES).returning(ENTRIES.c.row), cells).scalar_one())


def _author(by: str) -> str:
    problems: list[Problem] = []
    author = clean_text(by, "recorded_by", NAME_LIMIT, problems)
    if not author:
        told = message("the name is missing; say who records this")
        problems.append(Problem(told, field="recorded_by"))
    if problems:
        raise Refused(problems)
    return author


def _moment(at: datetime) -> str:
    """UTC, always with microseconds, so that moments sort as texts."""
    if at.tzinfo is None:
        raise refused(message("the moment {at} has no time zone; expected one"), at=at.isoformat())
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _checked(observation: Observation) -> Observation:
    """The observation with clean texts; what `read_draft` refuses in texts is refused here too."""
    problems: list[Problem] = []
    source = clean_text(observation.source, "source", SOURCE_LIMIT, problems)
    note = clean_text(observation.note, "note", NOTE_LIMIT, problems, lines=True)
    if isinstance(observation.value, Decimal) and not observation.value.is_finite():
        told = message("“{text}” is not a finite number")
        problems.append(Problem(told, {"text": str(observation.value)}, field="value"))
    if problems:
        raise Refused(problems)
    return replace(observation, source=source, note=note)


def _conflicts(
    connection: Connection, plan_id: str, row: int | None, target: str | None = None
) -> list[Problem]:
    """Why a row cannot be replaced by an entry about `target` (None: about the row's own)."""
    if row is None:
        return []
    old = None
    if 0 < row <= _LAST_ROW:
        of_row = select(ENTRIES).where(ENTRIES.c.plan == plan_id, ENTRIES.c.row == row)
        old = connection.execute(of_row).one_or_none()
    if old is None:
        return [Problem(message("row {row} is not in this record"), {"row": row})]
    if target not in (None, old.target):
        told = message("row {row} is about {actual}, not about {target}")
        return [Problem(told, {"row": row, "actual": old.target, "target": target})]
    if old.kind == "withdrawal":
        told = message("row {row} is a withdrawal; record the figure anew instead")
        return [Problem(told, {"row": row})]
    newer = connection.execute(select(ENTRIES).where(ENTRIES.c.replaces == row)).one_or_none()
    if newer is None:
        return []
    withdrawn = message(
        "somebody else withdrew this meanwhile: {by}, {at}; look at the record again"
    )
    corrected = message(
        "somebody else corrected this meanwhile: {by}, {at}; look at the new figure, row {row}"
    )
    told = withdrawn if newer.kind == "withdrawal" else corrected
    at = f"{newer.recorded_at[:16].replace('T', ' ')} UTC"
    return [Problem(told, {"by": newer.recorded_by, "at": at, "row": newer.row})]


def _cells(plan_id: str, entry: Entry, by: str, moment: str) -> dict[str, object]:
    common: dict[str, object] = {
        "plan": plan_id,
        "target": entry.target,
        "known_on": entry.known_on,
        "recorded_by": by,
        "recorded_at": moment,
        "replaces": entry.replaces,
    }
    if isinstance(entry, Withdrawal):
        empty = dict.fromkeys(("period", "value", "qualifier", "nature", "source"), "")
        return {**common, **empty, "kind": "withdrawal", "note": entry.reason}
    value = entry.value.value if isinstance(entry.value, Stage) else format(entry.value, "f")
    return {
        **common,
        "kind": "entry" if entry.replaces is None else "correction",
        "period": entry.period.text,
        "value": value,
        "qualifier": entry.qualifier.value,
        "nature": entry.nature.value,
        "source": entry.source,
        "note": entry.note,
    }


def _entry(row: Row[Any]) -> Entry:
    """The entry that a row holds; ValueError or ArithmeticError when somebody spoilt it."""
    recorded_at = datetime.fromisoformat(row.recorded_at)
    if row.kind == "withdrawal":
        return Withdrawal(
            row.target, row.replaces, row.known_on, row.note, row.recorded_by, recorded_at, row.row
        )
    return Observation(
        target=row.target,
        period=Period.parse(row.period),
        value=Stage(row.value) if row.value in list(Stage) else Decimal(row.value),
        known_on=row.known_on,
        qualifier=Qualifier(row.qualifier),
        nature=Nature(row.nature),
        source=row.source,
        note=row.note,
        recorded_by=row.recorded_by,
        recorded_at=recorded_at,
        row=row.row,
        replaces=row.replaces,
    )
