"""Filings as rows of the table and back."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from mubiao.model import Actor, Filing, FilingAct, SaveKind, Submission
from mubiao.store.rows import reads
from mubiao.store.schema import FILINGS


@dataclass(frozen=True, slots=True)
class Content:
    """What a filing's first row holds as JSON."""

    part: str
    kind: SaveKind
    submissions: tuple[Submission, ...]


CONTENT, POSITIONS = TypeAdapter(Content), TypeAdapter(tuple[int, ...])


@reads(FILINGS)
def filing_of(row: Row[Any]) -> Filing:
    """The filing that a row is about, with its act alone, and what was submitted if it did that. A
    step that names no rows decided about all that waited.
    """
    content = Content("", SaveKind.ENTRY, ())
    positions: tuple[int, ...] = ()
    if row.step == "submitted":
        content = CONTENT.validate_json(row.text)
    else:
        positions = POSITIONS.validate_json(row.text or row.positions or "[]")
    actor, at = Actor(row.actor, row.done_by), datetime.fromisoformat(row.done_at)
    act = FilingAct(row.row, row.step, actor, at, row.reason, positions, row.save)
    number = row.filing or row.row
    return Filing(number, row.plan, content.part, content.kind, content.submissions, (act,))


def number_of() -> ColumnElement[int]:
    """What a step's filing is called by."""
    return func.coalesce(FILINGS.c.filing, FILINGS.c.row)


def open_filings(connection: Connection, plan_id: str, since: str | None = None) -> list[Filing]:
    """The filings of a plan of which something waits, or that something was done about since."""
    newest = select(func.max(FILINGS.c.row)).where(FILINGS.c.plan == plan_id).group_by(number_of())
    wanted: ColumnElement[bool] = FILINGS.c.waiting > 0
    if since is not None:
        wanted = or_(wanted, FILINGS.c.done_at >= since)
    numbers = select(number_of()).where(FILINGS.c.row.in_(newest), wanted)
    return filings_of(connection, number_of().in_(numbers))


def filings_of(connection: Connection, wanted: ColumnElement[bool]) -> list[Filing]:
    """The filings of a condition, in order, each with all of its steps."""
    filings: dict[int, Filing] = {}
    for row in connection.execute(select(FILINGS).where(wanted).order_by(FILINGS.c.row)):
        one = filing_of(row)
        if (filing := filings.get(one.id)) is not None:
            [act] = one.acts
            act = replace(act, positions=act.positions or filing.waiting)
            one = replace(filing, acts=(*filing.acts, act))
        filings[one.id] = one
    return list(filings.values())
