"""Filings as rows of the table and back."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from mubiao.model import Actor, Filing, FilingAct, SaveKind, Submission
from mubiao.store.rows import spoilt
from mubiao.store.schema import FILINGS


@dataclass(frozen=True, slots=True)
class Content:
    """What a filing's first row holds as JSON."""

    part: str
    kind: SaveKind
    submissions: tuple[Submission, ...]


CONTENT, POSITIONS = TypeAdapter(Content), TypeAdapter(tuple[int, ...])


def filing_part(row: Row[Any], where: str) -> Content | tuple[int, ...]:
    """What a row holds: a filing's content, or the positions of the rows that a step decided about;
    none for all that waited. Raises Unavailable when somebody spoilt it.
    """
    try:
        datetime.fromisoformat(row.done_at)
        if row.step == "submitted":
            return CONTENT.validate_json(row.text)
        return POSITIONS.validate_json(row.text or row.positions or "[]")
    except (ValidationError, ValueError) as error:
        raise spoilt(FILINGS, row.row, where) from error


def number_of() -> ColumnElement[int]:
    """What a step's filing is called by."""
    return func.coalesce(FILINGS.c.filing, FILINGS.c.row)


def open_filings(
    connection: Connection, plan_id: str, where: str, since: str | None = None
) -> list[Filing]:
    """The filings of a plan of which something waits, or that something was done about since."""
    newest = select(func.max(FILINGS.c.row)).where(FILINGS.c.plan == plan_id).group_by(number_of())
    wanted: ColumnElement[bool] = FILINGS.c.waiting > 0
    if since is not None:
        wanted = or_(wanted, FILINGS.c.done_at >= since)
    numbers = select(number_of()).where(FILINGS.c.row.in_(newest), wanted)
    return filings_of(connection, number_of().in_(numbers), where)


def filings_of(connection: Connection, wanted: ColumnElement[bool], where: str) -> list[Filing]:
    """The filings of a condition, in order, each with all of its steps."""
    steps: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(select(FILINGS).where(wanted).order_by(FILINGS.c.row)):
        steps[row.filing or row.row].append(row)
    return [_filing_of(of_one, where) for of_one in steps.values()]


def _filing_of(steps: Sequence[Row[Any]], where: str) -> Filing:
    first, *others = steps
    content = filing_part(first, where)
    if not isinstance(content, Content):
        raise spoilt(FILINGS, first.row, where)
    filing = Filing(
        *(first.row, first.plan, content.part, content.kind, content.submissions),
        acts=(_act_of(first, ()),),
    )
    for row in others:
        positions = filing_part(row, where) or filing.waiting
        if not isinstance(positions, tuple):
            raise spoilt(FILINGS, row.row, where)
        filing = replace(filing, acts=(*filing.acts, _act_of(row, positions)))
    return filing


def _act_of(row: Row[Any], positions: tuple[int, ...]) -> FilingAct:
    actor, at = Actor(row.actor, row.done_by), datetime.fromisoformat(row.done_at)
    return FilingAct(row.row, row.step, actor, at, row.reason, positions, row.save)
