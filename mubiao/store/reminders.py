"""Reminders: what units were sent about what they owe, one message a unit and day."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from mubiao.model import SentReminder
from mubiao.store import rows
from mubiao.store.database import StorePart
from mubiao.store.schema import REMINDERS


class Reminders(StorePart):
    """The reminders of one database; the office of a plan is the owner ""."""

    def claim_reminder(  # noqa: PLR0913 - to whom, of which day, and what it says
        self, plan_id: str, owner: str, day: date, *, title: str, text: str, at: datetime
    ) -> int | None:
        """Take it upon oneself to send a unit's message of a day: the claim's number, for
        `settle_reminder`.

        None where it was sent, or where somebody claimed it and has not said what became of it:
        whoever was stopped between the two may have sent it. One that failed is claimed anew.
        """
        unit = {"plan": plan_id, "owner": owner, "day": day}
        cells = {"title": title, "text": text, "at": rows.moment_of(at), "kind": "claimed"}
        of_unit = (REMINDERS.c[name] == value for name, value in unit.items())
        with self._database.writing() as connection:
            last = rows.newest(connection, REMINDERS, *of_unit)
            if last is not None and last.kind != "failed":
                return None
            return int(rows.added(connection, REMINDERS, unit | cells).row)

    def settle_reminder(self, claim: int, *, sent: bool, at: datetime) -> None:
        """Say what became of a message that was claimed; once."""
        with self._database.writing() as connection:
            claimed = rows.newest(connection, REMINDERS, REMINDERS.c.row == claim)
            if claimed is None:
                raise LookupError(claim)
            cells = {name: getattr(claimed, name) for name in ("plan", "owner", "day")}
            cells |= {"kind": "sent" if sent else "failed", "title": "", "text": ""}
            cells |= {"claim": claim, "at": rows.moment_of(at)}
            rows.added(connection, REMINDERS, cells)

    def reminders(self, plan_id: str) -> list[SentReminder]:
        """Every message of a plan that was claimed, with what became of it, in order."""
        made: dict[int, SentReminder] = {}
        with self._database.reading() as connection:
            for row in connection.execute(rows.of_plan(plan_id, REMINDERS)):
                one = reminder_of(row)
                if row.claim is None:
                    made[row.row] = one
                else:
                    made[row.claim] = replace(made[row.claim], outcome=one.outcome, at=one.at)
        return list(made.values())


@rows.reads(REMINDERS)
def reminder_of(row: Row[Any]) -> SentReminder:
    """The reminder that a row claims or settles."""
    outcome, at = "" if row.kind == "claimed" else row.kind, datetime.fromisoformat(row.at)
    return SentReminder(row.row, row.owner, row.day, row.title, row.text, outcome, at)
