"""Drafts: unsaved edits that outlive a page, a reload and a lost connection.

They are no part of the record: they change, and are dropped when nobody came back for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from mubiao.problems import message, refused
from mubiao.store import rows
from mubiao.store.database import StorePart
from mubiao.store.schema import DRAFTS

KEPT_FOR = timedelta(days=60)
# How long a draft has been left alone before others may take its place.
UNUSED_FOR = timedelta(days=1)
MOST_BYTES = 1_000_000
MOST, MOST_BYTES_IN_ALL = 500, 50_000_000
MOST_OF_ONE = 20  # of one session
REVIEWS = "/reviews"  # stands for the plan, whose id has no such sign, of plans under review
# Seconds for a busy database: shorter than a save's, as the next edit tries again.
WAIT = 1.5
_FULL = message(
    "the server keeps no more unsaved figures than it has now, {drafts} drafts of {bytes} bytes; "
    "save what is ready or discard what is not needed, or try again tomorrow"
)


_Stored = Row[str, str, int, str]  # token, session, size, moment


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """Unsaved edits as a text, the session whose they are, the name that was given there by then
    ("" for none), and the last moment when they changed.
    """

    token: str
    session: str
    author: str
    kept_at: datetime
    text: str


class Drafts(StorePart):
    """The unsaved edits of one database, each under its token."""

    def keep_draft(  # noqa: PLR0913 - what, whose, when and under which token
        self, token: str, plan_id: str, text: str, at: datetime, *, session: str, author: str = ""
    ) -> None:
        """Keep unsaved edits of a session under a token, in place of what it held; at most 1 MB.

        Drops the drafts of all plans that nobody kept for 60 days. Where there are as many as may
        be, of the session or in all, the longest unused give way, but none of the last day. Raises
        Refused, also for a token of another session.
        """
        name = rows.token_of(token)
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > MOST_BYTES or "\x00" in text:
            msgid = message(
                "the draft has {size} bytes; expected at most {most} and no null character"
            )
            raise refused(msgid, field="draft", size=size, most=MOST_BYTES)
        cells = {
            "token": name,
            "plan": plan_id,
            "session": session,
            "author": rows.text_of(author, "recorded_by", rows.NAME_LIMIT),
        }
        cells |= {"kept_at": rows.moment_of(at), "text": text}
        with self._database.writing(WAIT) as connection:
            outdated = DRAFTS.c.kept_at < rows.moment_of(at - KEPT_FOR)
            connection.execute(delete(DRAFTS).where(outdated))
            _refuse_foreign(connection, name, session)
            connection.execute(delete(DRAFTS).where(DRAFTS.c.token == name))
            _make_room(connection, session, size, rows.moment_of(at - UNUSED_FOR))
            connection.execute(insert(DRAFTS), {**cells, "size": size})

    def draft(self, token: str) -> str | None:
        """The unsaved edits under a token, None when there are none (any more)."""
        stored = self.stored_draft(token)
        return None if stored is None else stored.text

    def stored_draft(self, token: str) -> StoredDraft | None:
        """The same with whose they are."""
        return self._newest(DRAFTS.c.token == token)

    def newest_draft(self, session: str, *, reviews: bool = False) -> StoredDraft | None:
        """The figures that a session changed last, or the review of a plan (kept for `REVIEWS`)."""
        kind = DRAFTS.c.plan == REVIEWS if reviews else DRAFTS.c.plan != REVIEWS
        return self._newest((DRAFTS.c.session == session) & kind)

    def _newest(self, wanted: ColumnElement[bool]) -> StoredDraft | None:
        names = ("token", "session", "author", "kept_at", "text")
        query = select(*(DRAFTS.c[name] for name in names)).where(wanted)
        newest = query.order_by(DRAFTS.c.kept_at.desc(), DRAFTS.c.token).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(newest).mappings().one_or_none()
            moment = datetime.fromisoformat(row["kept_at"]) if row else None
            return StoredDraft(**{**row, "kept_at": moment}) if row else None

    def drop_draft(self, token: str, *, session: str) -> None:
        """Forget a session's draft, if it is there. Raises Refused for another session's."""
        with self._database.writing(WAIT) as connection:
            _refuse_foreign(connection, token, session)
            connection.execute(delete(DRAFTS).where(DRAFTS.c.token == token))


def _refuse_foreign(connection: Connection, token: str, session: str) -> None:
    owner = connection.scalar(select(DRAFTS.c.session).where(DRAFTS.c.token == token))
    if owner is not None and owner != session:
        raise refused(message("these unsaved figures are another session's; copy them first"))


def _make_room(connection: Connection, session: str, size: int, unused_since: str) -> None:
    """Drop drafts left alone, for one more of a size. Raises Refused where that is too little."""
    query = select(DRAFTS.c.token, DRAFTS.c.session, DRAFTS.c.size, DRAFTS.c.kept_at)
    stored = connection.execute(query.order_by(DRAFTS.c.kept_at, DRAFTS.c.token)).all()
    own = [row for row in stored if row.session == session]
    giving_way = _first(own, MOST_OF_ONE - 1, MOST_BYTES_IN_ALL)
    rest = [row for row in stored if row not in giving_way]
    giving_way += _first(rest, MOST - 1, MOST_BYTES_IN_ALL - size)
    if any(row.kept_at >= unused_since for row in giving_way):
        raise refused(_FULL, drafts=len(stored), bytes=sum(row.size for row in stored))
    for row in giving_way:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.token == row.token))


def _first(stored: Sequence[_Stored], most: int, most_bytes: int) -> list[_Stored]:
    """The drafts, oldest first, without which the others are no more and no larger than allowed."""
    number = max(0, len(stored) - most)
    while sum(row.size for row in stored[number:]) > most_bytes:
        number += 1
    return list(stored[:number])
