"""Drafts: unsaved edits that outlive a page, a reload and a lost connection.

They are no part of the record: they change, and are dropped when nobody came back for them.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from mubiao.problems import Problem, Refused, message
from mubiao.store import rows
from mubiao.store.schema import DRAFTS

KEPT_FOR = timedelta(days=60)
MOST_BYTES = 1_000_000
# Seconds for a database that is busy. What is typed is tried again with the next edit, so nobody
# should be kept waiting for it as for a save.
WAIT = 1.5


def checked(text: str) -> str:
    """The text as it came. Raises Refused when there is too much of it."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES or "\x00" in text:
        msgid = message("the draft has {size} bytes; expected at most {most} and no null character")
        raise Refused([Problem(msgid, {"size": size, "most": MOST_BYTES}, field="draft")])
    return text


def keep(connection: Connection, plan_id: str, token: str, text: str, at: datetime) -> None:
    """Keep the text under its token instead of the one before; old drafts of all plans go."""
    oldest = rows.moment_of(at - KEPT_FOR)
    connection.execute(
        delete(DRAFTS).where((DRAFTS.c.token == token) | (DRAFTS.c.kept_at < oldest))
    )
    cells = {"token": token, "plan": plan_id, "text": text, "kept_at": rows.moment_of(at)}
    connection.execute(insert(DRAFTS), cells)


def read(connection: Connection, token: str) -> str | None:
    """The text under a token, if there is one."""
    text = connection.execute(select(DRAFTS.c.text).where(DRAFTS.c.token == token)).scalar()
    return None if text is None else str(text)


def drop(connection: Connection, token: str) -> None:
    """Forget a draft; one that is not there is fine."""
    connection.execute(delete(DRAFTS).where(DRAFTS.c.token == token))
