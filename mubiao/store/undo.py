"""Undoing a save: new rows after which every day shows what it showed before the save."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from mubiao.model import Entry, Save, SaveKind, Withdrawal
from mubiao.problems import Refused, TargetId, message, refused
from mubiao.store import rows, saves
from mubiao.store.schema import ENTRIES, SAVES

UNDONE = "undone"


def undo(connection: Connection, act: saves.Act, where: str) -> Save:
    """Undo `act.undoes` in the caller's transaction, or return the save of this token.

    Raises Refused when it is not this person's, is undone already, or somebody replaced one of
    its rows since.
    """
    if before := saves.repeated(connection, act):
        return before
    number = act.undoes or 0
    _check(connection, act, number)
    of_save = select(ENTRIES).where(ENTRIES.c.save == number).order_by(ENTRIES.c.row)
    undone = list(connection.execute(of_save))
    chains = {row.chain or row.row: _chain(connection, row) for row in undone}
    for chain in chains.values():
        if chain[-1].save != number:
            raise _replaced(chain, number)
    made = saves.begin(connection, act)
    written: list[int] = []
    for chain in chains.values():
        old = chain[-1]
        for entry in answers([rows.entry_of(row, where) for row in chain], number):
            old = saves.write(connection, act, made, entry, old)
            written.append(old.row)
    return saves.made(act, made, written)


def answers(chain: Sequence[Entry], save: int) -> list[Entry]:
    """What to record after a chain whose last rows are of the save, each after the one before.

    What stood before is recorded again with its own day: mostly one row. A new entry is withdrawn
    from its own day on, so that no day shows it. After a correction known before what it replaced
    there are more: what stood from its day on, and what followed.
    """
    before = [entry for entry in chain if entry.save != save]
    first = next(entry for entry in chain if entry.save == save)
    began = min(entry.known_on for entry in chain if entry.save == save)
    known = [place for place, entry in enumerate(before) if entry.known_on <= began]
    if known:
        return before[known[-1] :]
    return [Withdrawal(first.target, first.row, began, UNDONE), *before]


def _check(connection: Connection, act: saves.Act, number: int) -> None:
    """Raises Refused unless the save is there, this person's, and not undone yet."""
    found = None
    if 0 < number <= rows.LAST_NUMBER:
        query = select(SAVES).where(SAVES.c.plan == act.plan, SAVES.c.id == number)
        found = connection.execute(query).one_or_none()
    if found is None:
        raise refused(message("save {number} is not in this record"), number=number)
    if found.saved_by != act.by or found.kind == SaveKind.SEED:
        told = message("save {number} is by {by}; only who saved it can undo it")
        raise refused(told, number=number, by=found.saved_by)
    again = connection.execute(select(SAVES).where(SAVES.c.undoes == number)).one_or_none()
    if again is not None:
        told = message("save {number} was undone already, {at}")
        raise refused(told, number=number, at=rows.told_at(again.saved_at))


def _chain(connection: Connection, row: Row[Any]) -> list[Row[Any]]:
    """All rows of a row's chain, in order."""
    began = row.chain or row.row
    of_chain = or_(ENTRIES.c.row == began, ENTRIES.c.chain == began)
    return list(connection.execute(select(ENTRIES).where(of_chain).order_by(ENTRIES.c.row)))


def _replaced(chain: Sequence[Row[Any]], number: int) -> Refused:
    """Why a chain that went on after the save's rows keeps it from being undone."""
    own = max(row.row for row in chain if row.save == number)
    newer = next(row for row in chain if row.row > own)
    told = message(
        "{by} replaced one of its figures since ({target}, row {row}, {at}); correct the figure "
        "instead"
    )
    at = rows.told_at(newer.recorded_at)
    target = TargetId(newer.target)
    return refused(told, by=newer.recorded_by, target=target, row=newer.row, at=at)
