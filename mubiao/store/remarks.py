"""Remarks: what people say beside the figures, append-only as these are."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from mubiao.access import Action
from mubiao.model import Act, Actor, Remark, Status
from mubiao.period import Period
from mubiao.plain_text import NOTE_LIMIT, clean_text
from mubiao.problems import Problems, TargetId, message, refused
from mubiao.store import rows
from mubiao.store.acting import ActingPart
from mubiao.store.schema import REMARKS

_SAME = ("text", "status", "until", "day")


class Remarks(ActingPart):
    """The remarks of one database."""

    def remark(self, plan_id: str, remark: Remark, act: Act) -> int:
        """Add a remark and return its row; what it says of its row and author is not read.

        The same again, as when a button is pressed twice, does nothing and returns the row of then.
        Raises Refused without a text (unless it takes another remark back), for a judgement
        without a last day, and when somebody replaced the same remark meanwhile.
        """
        author = rows.named(act.actor)
        remark = _checked(remark)
        cells = {
            "plan": plan_id,
            "target": remark.target,
            "period": remark.period.text,
            "text": remark.text,
            "status": remark.status.value if remark.status else "",
            "until": remark.until,
            "day": remark.day,
            **rows.signed("written", act),
            "replaces": remark.replaces,
        }
        with self._acting(act) as (connection, rights):
            own = _is_own(connection, plan_id, remark, author)
            scopes = self._scopes(connection, plan_id, [remark.target], act.at)
            rights.require(Action.REMARK, *scopes, own=own)
            if (row := _repeated(connection, cells, author)) is not None:
                return row
            if remark.replaces is not None:
                _refuse_replacing(connection, plan_id, remark, remark.replaces)
            return int(rows.added(connection, REMARKS, cells).row)

    def remarks(
        self,
        plan_id: str,
        target: str | None = None,
        as_of: date | None = None,
        *,
        through: int | None = None,
    ) -> list[Remark]:
        """The remarks that stood on a day, or (None) all ever written, in order.

        A judgement whose last day is over still stands; `until` says so. `through` is the
        greatest remark that counts.
        """
        query = rows.of_plan(plan_id, REMARKS)
        if through is not None:
            query = query.where(REMARKS.c.row <= through)
        if target is not None:
            query = query.where(REMARKS.c.target == target)
        with self._database.reading() as connection:
            written = list(map(remark_of, connection.execute(query)))
        return written if as_of is None else standing_remarks(written, as_of)


def standing_remarks(remarks: Iterable[Remark], as_of: date) -> list[Remark]:
    """Those written by a day that nothing written by then replaced or took back, in order."""
    written = [remark for remark in remarks if remark.day <= as_of]
    replaced = {remark.replaces for remark in written}
    return [remark for remark in written if remark.text and remark.row not in replaced]


@rows.reads(REMARKS)
def remark_of(row: Row[Any]) -> Remark:
    """The remark that a row holds."""
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
        actor=row.actor,
    )


def _checked(remark: Remark) -> Remark:
    """The remark with a clean text. Raises Refused with everything that is wrong with it."""
    problems = Problems()
    text = clean_text(remark.text, "text", NOTE_LIMIT, problems, lines=True)
    if not text:
        remark = replace(remark, status=None, until=None)
        if remark.replaces is None:
            problems.add("text", message("the text is missing; say what it is"))
    if remark.status is not None and remark.until is None:
        msgid = message("the last day is missing; a judgement of one's own needs one")
        problems.add("until", msgid)
    elif remark.status is None and remark.until is not None:
        msgid = message("a remark without a judgement has no last day; choose a status, or no day")
        problems.add("until", msgid)
    elif remark.until is not None and remark.until < remark.day:
        msgid = message(
            "{until} is before {day}, the day of the remark; expected that day or later"
        )
        problems.add("until", msgid, until=remark.until, day=remark.day)
    problems.refuse()
    return replace(remark, text=text)


def _repeated(connection: Connection, cells: dict[str, Any], author: Actor) -> int | None:
    """The row of the same remark, if it is the latest of its target and period and stands."""
    of_period = (REMARKS.c[name] == cells[name] for name in ("plan", "target", "period"))
    last = rows.newest(connection, REMARKS, *of_period)
    if last is None or any(getattr(last, name) != cells[name] for name in _SAME):
        return None
    if not author.did(last.actor, last.written_by):
        return None
    if not last.text and cells["replaces"] != last.replaces:
        return None  # takes back another one
    replaced = select(REMARKS.c.row).where(REMARKS.c.replaces == last.row)
    return None if connection.execute(replaced).first() else int(last.row)


def _is_own(connection: Connection, plan_id: str, remark: Remark, author: Actor) -> bool:
    """Whether a remark is new, or replaces one of its author's."""
    if remark.replaces is None:
        return True
    query = select(REMARKS).where(REMARKS.c.plan == plan_id, REMARKS.c.row == remark.replaces)
    old = connection.execute(query).one_or_none()
    return old is not None and author.did(old.actor, old.written_by)


def _refuse_replacing(connection: Connection, plan_id: str, remark: Remark, row: int) -> None:
    """Raises Refused where a remark cannot replace a row."""
    of_target = REMARKS.c.plan == plan_id, REMARKS.c.target == remark.target, REMARKS.c.text != ""
    if row not in connection.execute(select(REMARKS.c.row).where(*of_target)).scalars():
        msgid = message("there is no remark {row} about {target} that could be replaced")
        raise refused(msgid, row=row, target=TargetId(remark.target))
    newer = connection.execute(select(REMARKS).where(REMARKS.c.replaces == row)).one_or_none()
    if newer is not None:
        at = rows.moment(newer.written_at)
        msgid = message("{by} replaced this remark meanwhile, {at}; look at the new one, row {row}")
        raise refused(msgid, by=newer.written_by, at=at, row=newer.row)
