"""Remarks: what people say beside the figures, append-only as these are."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from mubiao.model import Remark, Status
from mubiao.observation.cleaning import NOTE_LIMIT, clean_text
from mubiao.period import Period
from mubiao.problems import Problem, Refused, TargetId, Unavailable, message
from mubiao.store import rows
from mubiao.store.schema import REMARKS


def standing_remarks(remarks: Iterable[Remark], as_of: date) -> list[Remark]:
    """Those written by a day that nothing written by then replaced or took back, in order.

    A judgement whose last day is over is among them; `until` says so.
    """
    written = [remark for remark in remarks if remark.day <= as_of]
    replaced = {remark.replaces for remark in written}
    return [remark for remark in written if remark.text and remark.row not in replaced]


def checked(remark: Remark) -> Remark:
    """The remark with a clean text. Raises Refused with everything that is wrong with it."""
    problems: list[Problem] = []
    text = clean_text(remark.text, "text", NOTE_LIMIT, problems, lines=True)
    if not text and remark.replaces is None:
        problems.append(Problem(message("the text is missing; say what it is"), field="text"))
    if not text:
        remark = replace(remark, status=None, until=None)
    if remark.status is not None and remark.until is None:
        told = message("the last day is missing; a judgement of one's own needs one")
        problems.append(Problem(told, field="until"))
    elif remark.status is None and remark.until is not None:
        told = message("a remark without a judgement has no last day; choose a status, or no day")
        problems.append(Problem(told, field="until"))
    elif remark.until is not None and remark.until < remark.day:
        told = message("{until} is before {day}, the day of the remark; expected that day or later")
        values = {"until": remark.until, "day": remark.day}
        problems.append(Problem(told, values, field="until"))
    if problems:
        raise Refused(problems)
    return replace(remark, text=text)


def write(connection: Connection, plan_id: str, remark: Remark, author: str, moment: str) -> int:
    """Add a checked remark in the caller's transaction and return its row. Raises Refused.

    Where the same person's latest remark of this target and period says the same already, that
    one's row is returned: a button was pressed twice.
    """
    if (said := _said_already(connection, plan_id, remark, author)) is not None:
        return said
    if remark.replaces is not None:
        problem = _conflict(connection, plan_id, remark, remark.replaces)
        if problem:
            raise Refused([problem])
    cells = {
        "plan": plan_id,
        "target": remark.target,
        "period": remark.period.text,
        "text": remark.text,
        "status": remark.status.value if remark.status else "",
        "until": remark.until,
        "day": remark.day,
        "written_by": author,
        "written_at": moment,
        "replaces": remark.replaces,
    }
    return int(connection.execute(insert(REMARKS).returning(REMARKS.c.row), cells).scalar_one())


def read(
    connection: Connection,
    plan_id: str,
    target: str | None,
    where: str,
    through: int | None = None,
) -> list[Remark]:
    """Every remark ever written for a plan, or for one target of it, up to a cutoff, in order."""
    query = select(REMARKS).where(REMARKS.c.plan == plan_id).order_by(REMARKS.c.row)
    if through is not None:
        query = query.where(REMARKS.c.row <= through)
    if target is not None:
        query = query.where(REMARKS.c.target == target)
    return [remark_of(row, where) for row in connection.execute(query)]


def _said_already(connection: Connection, plan_id: str, remark: Remark, author: str) -> int | None:
    """The row of the same remark, if it is the latest of its target and period and stands."""
    of_period = (
        (REMARKS.c.plan == plan_id)
        & (REMARKS.c.target == remark.target)
        & (REMARKS.c.period == remark.period.text)
    )
    newest = select(REMARKS).where(of_period).order_by(REMARKS.c.row.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    status = remark.status.value if remark.status else ""
    wanted = (remark.text, status, remark.until, remark.day, author)
    if last is None or (last.text, last.status, last.until, last.day, last.written_by) != wanted:
        return None
    if not remark.text and remark.replaces != last.replaces:
        return None  # takes back another one
    replaced = select(REMARKS.c.row).where(REMARKS.c.replaces == last.row)
    return None if connection.execute(replaced).first() else int(last.row)


def _conflict(connection: Connection, plan_id: str, remark: Remark, row: int) -> Problem | None:
    """Why a remark cannot replace a row."""
    old = None
    if 0 < row <= rows.LAST_NUMBER:
        of_row = select(REMARKS).where(REMARKS.c.plan == plan_id, REMARKS.c.row == row)
        old = connection.execute(of_row).one_or_none()
    if old is None or old.target != remark.target or not old.text:
        told = message("there is no remark {row} about {target} that could be replaced")
        return Problem(told, {"row": row, "target": TargetId(remark.target)})
    newer = connection.execute(select(REMARKS).where(REMARKS.c.replaces == row)).one_or_none()
    if newer is None:
        return None
    told = message("{by} replaced this remark meanwhile, {at}; look at the new one, row {row}")
    at = rows.told_at(newer.written_at)
    return Problem(told, {"by": newer.written_by, "at": at, "row": newer.row})


def remark_of(row: Row[Any], where: str) -> Remark:
    """The remark that a row holds. Raises Unavailable when somebody spoilt it."""
    try:
        return Remark(
            target=row.target,
            period=Period.parse(row.period),
            text=row.text,
            day=row.day,
            status=Status(row.status) if row.status else None,
            until=row.until,
            written_by=row.written_by,
            written_at=datetime.fromisoformat(row.written_at),
            row=row.row,
            replaces=row.replaces,
        )
    except ValueError as error:
        told = message("remark {row} in {where} cannot be read: restore a backup")
        raise Unavailable([Problem(told, {"row": row.row, "where": where})]) from error
