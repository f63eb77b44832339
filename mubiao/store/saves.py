"""One save: a person's rows in one transaction, under a token that makes repeating it harmless."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from mubiao.model import Act, Actor, Entry, Save, SaveKind, Submission
from mubiao.problems import Problem, Refused, TargetId, message, refused
from mubiao.store import rows
from mubiao.store.conflicts import Conflicting, conflicts_of, provenance
from mubiao.store.locks import refuse_closed
from mubiao.store.schema import ENTRIES, SAVES


@dataclass(frozen=True, slots=True)
class Saving:
    """A checked act that saves a kind of thing, or `undoes` a save. `author` is whose the rows are,
    where somebody else publishes them.
    """

    plan: str
    act: Act
    kind: SaveKind
    undoes: int | None = None
    author: Actor | None = None

    @property
    def recorder(self) -> Actor:
        """Whose the rows are: the author's, where another one saves them."""
        return self.author or self.act.actor


def saving(plan_id: str, act: Act, kind: SaveKind, undoes: int | None = None) -> Saving:
    """The saving by an act, whose texts are cleaned. Raises Refused."""
    actor, token = rows.named(act.actor), rows.token_of(act.token)
    return Saving(plan_id, Act(actor, act.at, token), kind, undoes)


def ready(submissions: Iterable[Submission]) -> list[Submission]:
    """Submissions with clean texts. Raises Refused."""
    return [replace(one, entry=rows.checked(one.entry)) for one in submissions]


def save(connection: Connection, saving: Saving, submissions: Sequence[Submission]) -> Save:
    """Write a save in the caller's transaction, or return this token's. Raises as `Store.save`."""
    if before := repeated(connection, saving):
        _refuse_other_content(connection, before, saving, submissions)
        return before
    old = replaced(connection, saving, submissions)
    entries = [one.entry for one in submissions]
    made = begin(connection, saving)
    cells = [cells_of(saving, made.id, entry, old.get(entry.replaces or 0)) for entry in entries]
    connection.execute(insert(ENTRIES), cells)
    return saved(connection, [made])[0]


def replaced(
    connection: Connection, saving: Saving, submissions: Sequence[Submission]
) -> dict[int, Row[Any]]:
    """The rows that submissions replace, by number. Raises as `Store.save` where they cannot."""
    if not submissions:
        raise refused(message("there is nothing to save"))
    wanted = {one.entry.replaces for one in submissions if one.entry.replaces is not None}
    old = rows.rows_of(connection, saving.plan, wanted)
    entries = [one.entry for one in submissions]
    if saving.kind is not SaveKind.SEED:
        days = [(e.target, rows.days_of(e, old.get(e.replaces or 0))[1]) for e in entries]
        days += [(row.target, row.last_day) for row in old.values()]
        refuse_closed(connection, saving.plan, days)
    if conflicts := conflicts_of(connection, saving.plan, submissions, old):
        raise Conflicting(conflicts)
    if problems := _conflicts(entries, old, rows.replacing(connection, old)):
        raise Refused(problems)
    return old


def begin(connection: Connection, saving: Saving) -> Row[Any]:
    """Write the save itself and return its row."""
    cells = {
        "plan": saving.plan,
        "token": saving.act.token,
        "kind": saving.kind.value,
        "saved_by": saving.act.actor.name,
        "saved_at": rows.moment_of(saving.act.at),
        "undoes": saving.undoes,
        "actor": saving.act.actor.id,
    }
    return rows.added(connection, SAVES, cells)


def repeated(connection: Connection, saving: Saving) -> Save | None:
    """The save that has this token already. Raises Refused when it is not the same act."""
    row = connection.execute(select(SAVES).where(SAVES.c.token == saving.act.token)).one_or_none()
    if row is None:
        return None
    same = (row.plan, row.kind, row.undoes) == (saving.plan, saving.kind.value, saving.undoes)
    if not (same and saving.act.actor.did(row.actor, row.saved_by)):
        raise _used_up(row.saved_by, row.saved_at)
    return saved(connection, [row])[0]


def saved(connection: Connection, records: Sequence[Row[Any]]) -> list[Save]:
    """Saves with their rows, in the order given."""
    numbers: dict[int, list[int]] = {row.id: [] for row in records}
    query = select(ENTRIES.c.save, ENTRIES.c.row).order_by(ENTRIES.c.row)
    for entry in rows.having(connection, query, ENTRIES.c.save, numbers):
        numbers[entry.save].append(entry.row)
    return [
        Save(
            id=row.id,
            plan=row.plan,
            token=row.token,
            by=row.saved_by,
            at=datetime.fromisoformat(row.saved_at),
            kind=SaveKind(row.kind),
            rows=tuple(numbers[row.id]),
            undoes=row.undoes,
            actor=row.actor,
        )
        for row in records
    ]


def cells_of(saving: Saving, number: int, entry: Entry, old: Row[Any] | None) -> dict[str, object]:
    """A whole new row of a save, which replaces the old one whatever the entry itself says."""
    first, last = rows.days_of(entry, old)
    return {
        **rows.content_of(saving.plan, entry, None if old is None else old.row),
        "chain": None if old is None else old.chain or old.row,
        "first_day": first,
        "last_day": last,
        "recorded_by": saving.recorder.name,
        "recorded_at": rows.moment_of(saving.act.at),
        "save": number,
        "actor": saving.recorder.id,
    }


def _conflicts(
    entries: Iterable[Entry], old: Mapping[int, Row[Any]], newer: Mapping[int, Row[Any]]
) -> list[Problem]:
    """Why entries cannot replace the rows that they name."""
    problems: list[Problem] = []
    taken: set[int] = set()
    for entry in entries:
        if (row := entry.replaces) is not None:
            problem = _conflict(entry, old.get(row), newer.get(row))
            if problem is None and row in taken:
                msgid = message("row {row} is replaced twice in one save; expected once")
                problem = Problem(msgid, {"row": row})
            problems += [] if problem is None else [problem]
            taken.add(row)
    return problems


def _conflict(entry: Entry, old: Row[Any] | None, newer: Row[Any] | None) -> Problem | None:
    if old is None:
        return Problem(message("row {row} is not in this record"), {"row": entry.replaces})
    if entry.target != old.target:
        msgid = message("row {row} is about {actual}, not about {target}")
        values = {"actual": TargetId(old.target), "target": TargetId(entry.target)}
        return Problem(msgid, {"row": old.row, **values})
    # Only undoing answers a withdrawal: a person would look at what was withdrawn, and why.
    if old.kind == "withdrawal":
        msgid = message("row {row} is a withdrawal; record the figure anew instead")
        return Problem(msgid, {"row": old.row})
    if newer is None:
        return None
    msgid = message("{by} corrected this meanwhile, {at}; look at the new figure, row {row}")
    if newer.kind == "withdrawal":
        msgid = message("{by} withdrew this meanwhile, {at}; look at the record again")
    return Problem(msgid, provenance(newer))


def _refuse_other_content(
    connection: Connection, before: Save, saving: Saving, submissions: Sequence[Submission]
) -> None:
    """A token that comes back with other figures is no repeat, and they must not get lost."""
    written = connection.execute(
        select(ENTRIES).where(ENTRIES.c.save == before.id).order_by(ENTRIES.c.row)
    )
    wanted = [rows.content_of(saving.plan, one.entry, one.entry.replaces) for one in submissions]
    recorded = [row._mapping for row in written]  # noqa: SLF001 - SQLAlchemy's public name for it
    same = len(wanted) == len(recorded) and all(
        cells.items() <= {name: row[name] for name in cells}.items()
        for cells, row in zip(wanted, recorded, strict=True)
    )
    if not same:
        raise _used_up(before.by, before.at)


def _used_up(by: str, at: datetime | str) -> Refused:
    msgid = message(
        "under this token something else was saved already, by {by}, {at}; nothing was saved: "
        "look at the record and save again"
    )
    return refused(msgid, by=by, at=rows.moment(at))
