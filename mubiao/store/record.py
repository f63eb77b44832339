"""The record of actuals: append-only, in SQLite or PostgreSQL.

A correction or a withdrawal is a new row that names the one it replaces; nothing is ever updated
or deleted, and the database itself refuses to. Only Refused and Unavailable leave this module.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Select, func, insert, select

from mubiao.model import Entry, Meeting, Observation, Remark, Save, SaveKind, Submission, Withdrawal
from mubiao.problems import message, refused
from mubiao.store import drafts, meetings, reading, remarks, rows, saves
from mubiao.store.database import Database
from mubiao.store.schema import ENTRIES
from mubiao.store.undo import undo


class Store:
    """All entries of all plans in one database; may be used by many threads at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def close(self) -> None:
        """Let go of the database; the store can be used again afterwards."""
        self._database.engine.dispose()

    # Recording

    def save(  # noqa: PLR0913 - what, who, when and under which name
        self,
        plan_id: str,
        submissions: Iterable[Submission],
        *,
        by: str,
        at: datetime,
        token: str,
        kind: SaveKind = SaveKind.ENTRY,
    ) -> Save:
        """Record what one person proposes, in one transaction: all of it or nothing.

        An entry that `replaces` a row is a correction (or a withdrawal): that row must be of the
        same plan and target and neither a withdrawal nor replaced already. Saving the same again
        under the same token does nothing and returns the save of then; the token with anything
        else is refused. Raises Conflicting when somebody else saved since what one is based on,
        Refused with every other reason.
        """
        act = saves.act_of(plan_id, token, kind, by=by, at=at)
        ready = [replace(one, entry=rows.checked(one.entry)) for one in submissions]
        with self._database.writing() as connection:
            return saves.save(connection, act, ready, self._database.where)

    def record(self, plan_id: str, observation: Observation, by: str, at: datetime) -> int:
        """Add one observation and return its row; see `record_many`."""
        return self.record_many(plan_id, [observation], by, at)[0]

    def record_many(
        self, plan_id: str, observations: Iterable[Observation], by: str, at: datetime
    ) -> list[int]:
        """Add observations, all or none, and return their rows: `save` without its token."""
        submissions = [Submission(observation) for observation in observations]
        if not submissions:
            return []
        return list(self.save(plan_id, submissions, by=by, at=at, token=uuid4().hex).rows)

    def withdraw(  # noqa: PLR0913, PLR0917 - who, what, when and why of one act
        self, plan_id: str, row: int, known_on: date, reason: str, by: str, at: datetime
    ) -> int:
        """Take an observation back from `known_on` on, and return the row that does so.

        Raises Refused without a reason, and as `save` for a row that cannot be replaced.
        """
        because = rows.reason_of(reason)
        act = saves.act_of(plan_id, uuid4().hex, SaveKind.ENTRY, by=by, at=at)
        with self._database.writing() as connection:
            old = rows.rows_of(connection, plan_id, [row])
            if not old:
                raise refused(message("row {row} is not in this record"), row=row)
            withdrawal = Withdrawal(old[row].target, row, known_on, because)
            return saves.save(connection, act, [Submission(withdrawal)], self._database.where).rows[
                0
            ]

    def seed(self, plan_id: str, observations: Iterable[Observation], at: datetime) -> bool:
        """Start a plan that has no rows with published figures; whether that was done."""
        act = saves.act_of(plan_id, uuid4().hex, SaveKind.SEED, by=SaveKind.SEED, at=at)
        ready = [rows.checked(one) for one in observations]
        with self._database.writing() as connection:
            of_plan = select(func.max(ENTRIES.c.row)).where(ENTRIES.c.plan == plan_id)
            if not ready or connection.execute(of_plan).scalar() is not None:
                return False
            number = saves.begin(connection, act)
            cells = [saves.cells_of(act, number, entry, None) for entry in ready]
            connection.execute(insert(ENTRIES), cells)
        return True

    def undo(self, plan_id: str, save_id: int, *, by: str, at: datetime, token: str) -> Save:
        """Undo one's own save with new rows; every day then shows what it showed before.

        A new entry is withdrawn, a correction corrected back, a withdrawn figure recorded again.
        Repeating with the same token does nothing. Raises Refused when the save is somebody
        else's or undone already, and when one of its rows was replaced since, or something else of
        the days that figures come back to was recorded since (by whom, and when). Saves that were
        undone since count as never made.
        """
        act = saves.act_of(plan_id, token, SaveKind.UNDO, by=by, at=at, undoes=save_id)
        with self._database.writing() as connection:
            return undo(connection, act, self._database.where)

    # Reading

    def version(self, plan_id: str) -> int:
        """A number that grows with every row and every remark of the plan; 0 for none.

        A meeting changes no figure: it leaves the number as it is.
        """
        return sum(top or 0 for top in self._rows(reading.version(plan_id))[0])

    def count(self, plan_id: str, after: int = 0) -> int:
        """How many rows the plan has after a row's number, corrections and withdrawals included."""
        of_plan = ENTRIES.c.plan == plan_id, ENTRIES.c.row > after
        query = select(func.count()).select_from(ENTRIES).where(*of_plan)
        return int(self._rows(query)[0][0])

    def history(self, plan_id: str, target: str | None = None) -> list[Entry]:
        """Everything ever recorded for a plan, or for one target of it, in order."""
        return self._entries(rows.of_plan(plan_id, target))

    def as_of(
        self,
        plan_id: str,
        day: date,
        targets: str | Collection[str] | None = None,
        *,
        through: int | None = None,
    ) -> list[Observation]:
        """The observations that stood on a day: `standing(history(…), day)`, found by the database.

        Of one target or of several, None for all. Reads only what it returns, so that a page
        does not need the whole history. `through` is the greatest row that counts: what was
        recorded later is as if it were not there.
        """
        return self._observations(reading.standing(plan_id, day, targets, through))

    def counting(self, plan_id: str, day: date, *, through: int | None = None) -> list[Observation]:
        """Of `as_of`, for each target and period (same days) only the one known last.

        All that `assess` needs: an earlier figure for the same period never counts.
        """
        return self._observations(reading.counting(plan_id, day, through))

    def changed_at(
        self, plan_id: str, through: int | None = None, remarks: int | None = None
    ) -> datetime | None:
        """When the last row or remark was recorded, None for never; `through` and `remarks` are
        the greatest row and the greatest remark that count.
        """
        (found,) = self._rows(reading.changed(plan_id, through, remarks))
        return max((datetime.fromisoformat(moment) for moment in found if moment), default=None)

    def greatest_rows(
        self, plan_id: str, targets: Collection[str], ends: Collection[date] | None = None
    ) -> dict[tuple[str, date, date], int]:
        """The greatest row that concerns each target, first day and last day that has any: what
        a submission for them is based on. A withdrawal counts for the days of what it took back, a
        correction for its own and for those of the row that it replaced. Of days that end on
        certain ones, None for all.
        """
        found = self._rows(reading.greatest(plan_id, targets, ends))
        return {(row.target, row.first_day, row.last_day): row.greatest for row in found}

    def saves(
        self, plan_id: str, limit: int | None = None, ids: Collection[int] | None = None
    ) -> list[Save]:
        """The saves of a plan, newest first; of certain `ids`, these and those that undo them."""
        with self._database.reading() as connection:
            query = reading.saves(plan_id, ids).limit(limit)
            return saves.saved(connection, connection.execute(query).all())

    def recorded(  # noqa: PLR0913 - one keyword a filter
        self,
        plan_id: str,
        *,
        target: str | None = None,
        by: str | None = None,
        first: date | None = None,
        last: date | None = None,
        limit: int | None = None,
    ) -> list[Entry]:
        """Of `history`, newest first, what one person recorded from one day to another (UTC)."""
        query = reading.recorded(plan_id, target, by, first, last)
        return self._entries(query.limit(limit))

    def entries(self, plan_id: str, numbers: Collection[int]) -> dict[int, Entry]:
        """Single rows of a plan by their numbers; those that are not there are left out."""
        with self._database.reading() as connection:
            found = rows.rows_of(connection, plan_id, numbers)
        return {number: rows.entry_of(row, self._database.where) for number, row in found.items()}

    def authors(self, plan_id: str) -> dict[str, int]:
        """Everybody who recorded rows of a plan, with how many."""
        return {row.recorded_by: row.rows for row in self._rows(reading.authors(plan_id))}

    def since(self, plan_id: str) -> datetime | None:
        """The moment of the plan's first row, None when it has none."""
        first = self._entries(rows.of_plan(plan_id).limit(1))
        return first[0].recorded_at if first else None

    # Remarks and drafts

    def remark(self, plan_id: str, remark: Remark, *, by: str, at: datetime) -> int:
        """Add a remark and return its row; `row`, `written_by` and `written_at` are not read.

        The same again, as when a button is pressed twice, does nothing and returns the row of then.
        Raises Refused without a text (unless it takes another remark back), for a judgement
        without a last day, and when somebody replaced the same remark meanwhile.
        """
        author, moment = rows.person_of(by), rows.moment_of(at)
        ready = remarks.checked(remark)
        with self._database.writing() as connection:
            return remarks.write(connection, plan_id, ready, author, moment)

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
        with self._database.reading() as connection:
            found = remarks.read(connection, plan_id, target, self._database.where, through)
        return found if as_of is None else remarks.standing_remarks(found, as_of)

    def keep_draft(self, token: str, plan_id: str, text: str, at: datetime) -> None:
        """Keep unsaved edits under a token, in place of what it held; at most 1 MB.

        Drafts that nobody kept for 60 days are dropped. A database that is busy is not waited for
        as long as by a save.
        """
        name, ready = rows.token_of(token), drafts.checked(text)
        with self._database.writing(drafts.WAIT) as connection:
            drafts.keep(connection, plan_id, name, ready, at)

    def draft(self, token: str) -> str | None:
        """The unsaved edits under a token, None when there are none (any more)."""
        with self._database.reading() as connection:
            return drafts.read(connection, token)

    def drop_draft(self, token: str) -> None:
        """Forget a draft; one that is not there is fine."""
        with self._database.writing(drafts.WAIT) as connection:
            drafts.drop(connection, token)

    # Meetings

    def hold(  # noqa: PLR0913 - what, who, when and under which name
        self,
        plan_id: str,
        name: str,
        as_of: date,
        *,
        plan_text: str,
        by: str,
        at: datetime,
        token: str | None = None,
    ) -> Meeting:
        """Keep what is recorded now, and what the plan says, under the name of a meeting that
        looks at a day.

        Holding it again under the same token does nothing. Raises Refused without a name, for
        one that another meeting of the plan has, and for a token used for another meeting.
        """
        author, moment = rows.person_of(by), rows.moment_of(at)
        key = rows.token_of(uuid4().hex if token is None else token)
        act = meetings.Holding(plan_id, key, meetings.name_of(name), as_of, author, moment)
        with self._database.writing() as connection:
            return meetings.hold(connection, act, plan_text, self._database.where)

    def plan_text(self, plan_id: str, version: str) -> str | None:
        """What a version of a plan said when a meeting was held; None where no meeting saw it."""
        with self._database.reading() as connection:
            return meetings.text_of(connection, plan_id, version)

    def meetings(self, plan_id: str, through: int | None = None) -> list[Meeting]:
        """The meetings of a plan that were not taken back, the latest as-of day first; with
        `through`, those that stood when the meeting of that number was held.
        """
        with self._database.reading() as connection:
            return meetings.standing(connection, plan_id, self._database.where, through)

    def drop_meeting(self, plan_id: str, number: int, *, by: str, at: datetime) -> None:
        """Take a meeting back with a new row; its name is free again. Raises Refused."""
        author, moment = rows.person_of(by), rows.moment_of(at)
        with self._database.writing() as connection:
            meetings.drop(connection, plan_id, number, author, moment, uuid4().hex)

    def _rows(self, query: Select[Any]) -> Sequence[Row[Any]]:
        with self._database.reading() as connection:
            return connection.execute(query).all()

    def _entries(self, query: Select[Any]) -> list[Entry]:
        return [rows.entry_of(row, self._database.where) for row in self._rows(query)]

    def _observations(self, query: Select[Any]) -> list[Observation]:
        return [entry for entry in self._entries(query) if isinstance(entry, Observation)]
