"""Undoing a save: new rows after which every day shows what it showed before the save."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from mubiao.model import Entry, Observation, Save, SaveKind, Withdrawal
from mubiao.problems import Problem, Refused, message, refused
from mubiao.store import rows, saves
from mubiao.store.conflicts import concerning, provenance
from mubiao.store.locks import refuse_closed
from mubiao.store.schema import ENTRIES, SAVES

_REPLACED = message(
    "{by} replaced one of its figures since ({target}, row {row}, {at}); correct the figure instead"
)
_RECORDED = message(
    "{by} recorded the same days since ({target}, row {row}, {at}), and what comes back would "
    "stand beside that; compare both and record which is right"
)


def undo(connection: Connection, saving: saves.Saving) -> Save:
    """Undo `saving.undoes` in the caller's transaction, or return the save of this token. Saves
    that were undone since, with what undid them, count as never made. Raises as `Store.undo`.
    """
    if before := saves.repeated(connection, saving):
        return before
    number = saving.undoes or 0
    _check(connection, saving, number)
    of_save = select(ENTRIES).where(ENTRIES.c.save == number).order_by(ENTRIES.c.row)
    undone = connection.execute(of_save).all()
    passed = {number, *_without_effect(connection, saving.plan, number)}
    answered = []
    for began in dict.fromkeys(row.chain or row.row for row in undone):
        of_chain = or_(ENTRIES.c.row == began, ENTRIES.c.chain == began)
        chain = connection.execute(select(ENTRIES).where(of_chain).order_by(ENTRIES.c.row)).all()
        own = max(row.row for row in chain if row.save == number)
        if newer := [row for row in chain if row.row > own and row.save not in passed]:
            raise Refused([Problem(_REPLACED, provenance(newer[0]))])
        entries = [rows.entry_of(row) for row in chain]
        answered.append((chain[-1], answers(entries, number)))
    back = [entry for _, entries in answered for entry in entries]
    days = [(row.target, row.last_day) for row in undone]
    days += [(e.target, e.period.last) for e in back if isinstance(e, Observation)]
    refuse_closed(connection, saving.plan, days)
    _refuse_overriding(connection, saving.plan, back, undone, passed)
    made = saves.begin(connection, saving)
    for last, entries in answered:
        old = last
        for entry in entries:
            old = rows.added(connection, ENTRIES, saves.cells_of(saving, made.id, entry, old))
    return saves.saved(connection, [made])[0]


def targets_of(connection: Connection, plan_id: str, number: int) -> set[str]:
    """The targets of a save's rows; none of one that is not in the plan's record."""
    if not 0 < number <= rows.LAST_NUMBER:
        return set()
    query = select(ENTRIES.c.target).where(ENTRIES.c.plan == plan_id, ENTRIES.c.save == number)
    return set(connection.scalars(query))


def answers(chain: Sequence[Entry], save: int) -> list[Entry]:
    """What to record after a chain, each after the one before, so that the save's rows and all
    that came after them have no effect.

    What stood before is recorded again with its own day: mostly one row. A new entry is withdrawn
    from its own day on, so that no day shows it. After a correction known before what it replaced
    there are more: what stood from its day on, and what followed.
    """
    place = next(place for place, entry in enumerate(chain) if entry.save == save)
    before, hidden = chain[:place], chain[place:]
    began = min(entry.known_on for entry in hidden)
    known = [place for place, entry in enumerate(before) if entry.known_on <= began]
    if known:
        return list(before[known[-1] :])
    return [Withdrawal(hidden[0].target, hidden[0].row, began, None), *before]


def _check(connection: Connection, saving: saves.Saving, number: int) -> None:
    """Raises Refused unless the save is there, this person's, and not undone yet."""
    save = None
    if 0 < number <= rows.LAST_NUMBER:
        query = select(SAVES).where(SAVES.c.plan == saving.plan, SAVES.c.id == number)
        save = connection.execute(query).one_or_none()
    if save is None:
        raise refused(message("save {number} is not in this record"), number=number)
    if not saving.act.actor.did(save.actor, save.saved_by) or save.kind == SaveKind.SEED:
        msgid = message("save {number} is by {by}; only who saved it can undo it")
        raise refused(msgid, number=number, by=save.saved_by)
    again = connection.execute(select(SAVES).where(SAVES.c.undoes == number)).one_or_none()
    if again is not None:
        msgid = message("save {number} was undone already, {at}")
        raise refused(msgid, number=number, at=rows.moment(again.saved_at))


def _without_effect(connection: Connection, plan_id: str, number: int) -> set[int]:
    """The saves after one that were undone in the end, and those that undid them.

    A save, its undoing, the undoing of that, … : of an even number of them nothing is left.
    """
    query = select(SAVES.c.undoes, SAVES.c.id).where(
        SAVES.c.plan == plan_id, SAVES.c.undoes > number
    )
    undone_by: dict[int, int] = {row.undoes: row.id for row in connection.execute(query)}
    numbers: set[int] = set()
    for first in undone_by.keys() - set(undone_by.values()):
        line = [first]
        while line[-1] in undone_by:
            line.append(undone_by[line[-1]])
        numbers |= set(line) if len(line) % 2 == 0 else set()
    return numbers


def _refuse_overriding(
    connection: Connection,
    plan_id: str,
    back: Iterable[Entry],
    undone: Sequence[Row[Any]],
    passed: set[int],
) -> None:
    """Raises Refused when what comes back would stand beside something that was recorded since."""
    own = {row.chain or row.row for row in undone}
    last = max(row.row for row in undone)
    days = {(e.target, e.period.first, e.period.last) for e in back if isinstance(e, Observation)}
    for target, first, end in sorted(days):
        for row in concerning(connection, plan_id, (target, first, end), last):
            if (row.chain or row.row) not in own and row.save not in passed:
                raise Refused([Problem(_RECORDED, provenance(row))])
