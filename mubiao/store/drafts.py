"""Drafts: unsaved edits that outlive a page, a reload and a lost connection.

They are no part of the record: they change, and are dropped when nobody came back for them.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from mubiao.problems import message, refused
from mubiao.store import rows
from mubiao.store.database import StorePart
from mubiao.store.schema import DRAFTS

KEPT_FOR = timedelta(days=60)
MOST_BYTES = 1_000_000
# Seconds for a busy database: shorter than a save's, as the next edit tries again.
WAIT = 1.5


class Drafts(StorePart):
    """The unsaved edits of one database, each under its token."""

    def keep_draft(self, token: str, plan_id: str, text: str, at: datetime) -> None:
        """Keep unsaved edits under a token, in place of what it held; at most 1 MB.

        Drops the drafts of all plans that nobody kept for 60 days. Raises Refused.
        """
        name = rows.token_of(token)
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > MOST_BYTES or "\x00" in text:
            msgid = message(
                "the draft has {size} bytes; expected at most {most} and no null character"
            )
            raise refused(msgid, field="draft", size=size, most=MOST_BYTES)
        outdated = DRAFTS.c.kept_at < rows.moment_of(at - KEPT_FOR)
        cells = {"token": name, "plan": plan_id, "text": text, "kept_at": rows.moment_of(at)}
        with self._database.writing(WAIT) as connection:
            connection.execute(delete(DRAFTS).where((DRAFTS.c.token == name) | outdated))
            connection.execute(insert(DRAFTS), cells)

    def draft(self, token: str) -> str | None:
        """The unsaved edits under a token, None when there are none (any more)."""
        of_token = select(DRAFTS.c.text).where(DRAFTS.c.token == token)
        with self._database.reading() as connection:
            return connection.execute(of_token).scalar()

    def drop_draft(self, token: str) -> None:
        """Forget a draft; one that is not there is fine."""
        with self._database.writing(WAIT) as connection:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.token == token))
