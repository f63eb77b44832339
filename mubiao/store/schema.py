"""The record's tables in their newest form; each migration creates those that it brings.

A new table is one here and a migration that creates it; a new column of a table says in `info`
since which form there is one, and a migration adds it.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import BigInteger, Integer

METADATA = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up INTEGER keys only


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


def _key(name: str) -> Column[int]:
    return Column(name, _NUMBER, primary_key=True, autoincrement=True, quote=True)


def _rows(name: str, *parts: SchemaItem) -> Table:
    """A table to which rows are only ever added, in their order."""
    return Table(name, METADATA, _key("row"), *parts, sqlite_autoincrement=True)


def _actor() -> Column[str]:
    """The id of who acted; "" in rows from before there were ids, and where nobody did."""
    return Column("actor", Text, nullable=False, server_default="", info={"since": "form3"})


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    only = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=only, postgresql_where=only)


# `note` is a withdrawal's reason, "" where an undo made it. `first_day` and `last_day` are the
# period's; a withdrawal has those of the row it takes back. `chain` is the row that a chain of
# corrections began with, NULL in that row itself. The composite foreign key holds a correction to
# its plan and target; as `replaces` is unique, chains do not branch.
ENTRIES = _rows(
    "entries",
    *_texts("plan", "target", "kind", "period", "value", "qualifier", "nature"),
    Column("known_on", Date, nullable=False),
    *_texts("source", "note", "recorded_by", "recorded_at"),
    Column("replaces", _NUMBER, unique=True),
    Column("save", _NUMBER, ForeignKey("saves.id"), nullable=False, index=True),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("chain", _NUMBER, ForeignKey("entries.row")),
    _actor(),
    UniqueConstraint("plan", "target", "row"),
    ForeignKeyConstraint(
        ["plan", "target", "replaces"], ["entries.plan", "entries.target", "entries.row"]
    ),
    CheckConstraint("kind IN ('entry', 'correction', 'withdrawal')"),
    CheckConstraint("(kind = 'entry') = (replaces IS NULL)"),
    CheckConstraint("(kind = 'withdrawal') = (period = '') AND (period = '') = (value = '')"),
    CheckConstraint("(kind = 'withdrawal') = (qualifier = '') AND (value = '') = (nature = '')"),
    CheckConstraint("qualifier IN ('', 'exact', 'at_least', 'at_most', 'about')"),
    CheckConstraint("nature IN ('', 'estimate', 'preliminary', 'final')"),
    CheckConstraint("plan <> '' AND target <> '' AND recorded_by <> '' AND recorded_at <> ''"),
    CheckConstraint("first_day <= last_day"),
    Index("entries_plan_row", "plan", "row"),
    Index("entries_days", "plan", "target", "first_day", "last_day", "known_on", "row"),
    _partial("entries_first", "plan", "target", "row", where="replaces IS NULL"),
    _partial("entries_chain", "chain", "row", "known_on", where="chain IS NOT NULL"),
)
SAVES = Table(
    "saves",
    METADATA,
    _key("id"),
    *_texts("plan", "token", "kind", "saved_by", "saved_at"),
    Column("undoes", _NUMBER, unique=True),
    _actor(),
    UniqueConstraint("token"),
    UniqueConstraint("plan", "id"),
    ForeignKeyConstraint(["plan", "undoes"], ["saves.plan", "saves.id"]),
    CheckConstraint("kind IN ('entry', 'import', 'undo', 'seed')"),
    CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)"),
    CheckConstraint("plan <> '' AND token <> '' AND saved_by <> '' AND saved_at <> ''"),
    sqlite_autoincrement=True,
)
REMARKS = _rows(
    "remarks",
    *_texts("plan", "target", "period", "text", "status"),
    Column("until", Date),
    Column("day", Date, nullable=False),
    *_texts("written_by", "written_at"),
    Column("replaces", _NUMBER, unique=True),
    _actor(),
    UniqueConstraint("plan", "target", "row"),
    ForeignKeyConstraint(
        ["plan", "target", "replaces"], ["remarks.plan", "remarks.target", "remarks.row"]
    ),
    CheckConstraint("(status = '') = (until IS NULL)"),
    CheckConstraint("text <> '' OR (replaces IS NOT NULL AND status = '')"),
    CheckConstraint("plan <> '' AND target <> '' AND period <> '' AND written_by <> ''"),
    Index("remarks_plan_row", "plan", "row"),
)
# What a plan said when a meeting was held, as the text that its version is made from.
PLANS = Table(
    "plans",
    METADATA,
    *(Column(name, Text, primary_key=True) for name in ("plan", "version")),
    *_texts("text"),
    CheckConstraint("plan <> '' AND version <> '' AND text <> ''"),
)
# `last_row` and `last_remark` are the greatest that the plan had when the meeting was held, 0 for
# none. The unique pair is also the index by which the meetings of a plan are found. What becomes of
# a meeting is a chain as that of entries: each row takes back, or puts back, what the one before it
# did; `held_by` and `held_at` are then who did that, and when.
MEETINGS = Table(
    "meetings",
    METADATA,
    _key("id"),
    *_texts("plan", "token", "name"),
    Column("as_of", Date, nullable=False),
    Column("last_row", _NUMBER, nullable=False),
    Column("last_remark", _NUMBER, nullable=False),
    *_texts("plan_version", "held_by", "held_at", "kind", "reason"),
    Column("replaces", _NUMBER, unique=True),
    _actor(),
    UniqueConstraint("token"),
    UniqueConstraint("plan", "id"),
    ForeignKeyConstraint(["plan", "replaces"], ["meetings.plan", "meetings.id"]),
    ForeignKeyConstraint(["plan", "plan_version"], ["plans.plan", "plans.version"]),
    CheckConstraint("kind IN ('held', 'taken_back', 'put_back')"),
    CheckConstraint("(kind = 'held') = (replaces IS NULL) AND (kind = 'held') = (name <> '')"),
    CheckConstraint("(kind = 'taken_back') = (reason <> '')"),
    CheckConstraint("last_row >= 0 AND last_remark >= 0"),
    CheckConstraint("plan <> '' AND token <> '' AND held_by <> '' AND held_at <> ''"),
    sqlite_autoincrement=True,
)
# The order of a meeting's slides, as JSON; each row replaces the one before it.
AGENDAS = _rows(
    "agendas",
    *_texts("plan"),
    Column("meeting", _NUMBER, nullable=False),
    *_texts("text", "prepared_by", "prepared_at"),
    Column("replaces", _NUMBER, unique=True),
    _actor(),
    UniqueConstraint("plan", "meeting", "row"),
    ForeignKeyConstraint(["plan", "meeting"], ["meetings.plan", "meetings.id"]),
    ForeignKeyConstraint(
        ["plan", "meeting", "replaces"], ["agendas.plan", "agendas.meeting", "agendas.row"]
    ),
    CheckConstraint("text <> '' AND prepared_by <> '' AND prepared_at <> ''"),
)
# What units were reminded of. A row claims a unit's message of a day before it goes out, with its
# text; the row that names it by `claim` says what became of it.
REMINDERS = _rows(
    "reminders",
    *_texts("plan", "owner"),
    Column("day", Date, nullable=False),
    *_texts("kind", "title", "text", "at"),
    Column("claim", _NUMBER, unique=True),
    UniqueConstraint("plan", "owner", "day", "row"),
    ForeignKeyConstraint(
        ["plan", "owner", "day", "claim"],
        ["reminders.plan", "reminders.owner", "reminders.day", "reminders.row"],
    ),
    CheckConstraint("kind IN ('claimed', 'sent', 'failed')"),
    CheckConstraint("(kind = 'claimed') = (claim IS NULL) AND (text = '') = (title = '')"),
    CheckConstraint("(kind = 'claimed') = (text <> '')"),
    CheckConstraint("plan <> '' AND at <> ''"),
)
# Who has which role, within a plan and of it a unit's or a section's targets ("" for any); a row
# that revokes one names it by `replaces`. `subject` is the id of who it is, `actor` of who did it.
GRANTS = _rows(
    "grants",
    *_texts("kind", "subject", "name", "role", "plan", "owner", "section"),
    *_texts("reason", "acted_by", "actor", "acted_at"),
    Column("replaces", _NUMBER, ForeignKey("grants.row"), unique=True),
    CheckConstraint("kind IN ('granted', 'revoked') AND (kind = 'granted') = (replaces IS NULL)"),
    CheckConstraint("subject <> '' AND role <> '' AND reason <> ''"),
    CheckConstraint("acted_by <> '' AND actor <> '' AND acted_at <> ''"),
    Index("grants_subject", "subject", "row"),
)
# Tokens of other systems. A row makes one; those that name it by `token` say on which days it was
# used, and that it was ended.
TOKENS = _rows(
    "tokens",
    *_texts("plan"),
    Column("owner", Text, nullable=False, default=""),
    *_texts("kind"),
    Column("name", Text, nullable=False, default=""),
    Column("hash", Text, unique=True),
    Column("expires", Date),
    *_texts("by", "actor", "at"),
    Column("token", _NUMBER, ForeignKey("tokens.row"), index=True),
    CheckConstraint("kind IN ('made', 'used', 'ended')"),
    CheckConstraint("(kind = 'made') = (token IS NULL) AND (kind = 'made') = (name <> '')"),
    CheckConstraint("(kind = 'made') = (hash IS NOT NULL)"),
    CheckConstraint("(kind = 'made') = (expires IS NOT NULL)"),
    CheckConstraint("plan <> '' AND actor <> '' AND at <> ''"),
    Index("tokens_plan_row", "plan", "row"),
)
# What waits for approval: a first row with what was submitted, as JSON, and a row for each step
# after it, which names the first one by `filing`. `waiting` is how many of its rows nobody has
# decided about then; a publication has the positions of its rows as JSON in `text`, and its save, a
# return has them in `positions`, "" for all that waited.
FILINGS = _rows(
    "filings",
    *_texts("plan", "token", "step", "text", "reason", "done_by", "actor", "done_at"),
    Column("waiting", _NUMBER, nullable=False),
    Column("filing", _NUMBER),
    Column("save", _NUMBER, ForeignKey("saves.id"), unique=True),
    Column("positions", Text, nullable=False, server_default="", info={"since": "form9"}),
    UniqueConstraint("token"),
    UniqueConstraint("plan", "row"),
    ForeignKeyConstraint(["plan", "filing"], ["filings.plan", "filings.row"]),
    CheckConstraint("step IN ('submitted', 'returned', 'published', 'taken_back')"),
    CheckConstraint("(step = 'submitted') = (filing IS NULL)"),
    CheckConstraint("(step = 'published') = (save IS NOT NULL)"),
    CheckConstraint("(step = 'returned') = (reason <> '')"),
    CheckConstraint("(step IN ('submitted', 'published')) = (text <> '') AND waiting >= 0"),
    CheckConstraint("plan <> '' AND token <> '' AND done_by <> '' AND done_at <> ''"),
    Index("filings_filing", "filing"),
)
# Up to which day a plan's periods are closed; the last row holds. NULL opens all of them.
LOCKS = _rows(
    "locks",
    *_texts("plan"),
    Column("through", Date),
    *_texts("reason", "done_by", "actor", "done_at"),
    Column("replaces", _NUMBER, unique=True),
    UniqueConstraint("plan", "row"),
    ForeignKeyConstraint(["plan", "replaces"], ["locks.plan", "locks.row"]),
    CheckConstraint("through IS NOT NULL OR (reason <> '' AND replaces IS NOT NULL)"),
    CheckConstraint("plan <> '' AND done_by <> '' AND done_at <> ''"),
)
# Which unit ("" for none) answers for a target from a day on: the last row that has begun holds.
ASSIGNMENTS = _rows(
    "assignments",
    *_texts("plan", "target", "owner"),
    Column("since", Date, nullable=False),
    *_texts("reason", "acted_by", "actor", "acted_at"),
    CheckConstraint("plan <> '' AND target <> '' AND reason <> '' AND actor <> ''"),
    Index("assignments_plan_row", "plan", "row"),
)
# Who signed in, and what ended all sign-ins of somebody. `session` tells them apart; whom a proxy
# names has one, the id. `mail` is what the provider has verified, folded, "" for none.
SIGN_INS = _rows(
    "sign_ins",
    *_texts("kind", "session", "actor", "name", "by_actor", "reason", "at"),
    Column("mail", Text, nullable=False, server_default="", info={"since": "form8"}),
    CheckConstraint("kind IN ('begun', 'ended') AND (kind = 'begun') = (session <> '')"),
    CheckConstraint("actor <> '' AND by_actor <> '' AND name <> '' AND at <> ''"),
    CheckConstraint("reason <> '' OR actor = by_actor"),
    _partial("sign_ins_session", "session", where="session <> ''", unique=True),
    Index("sign_ins_actor", "actor", "row"),
)
# Unsaved work: `size` is the text's, in bytes; it stands before the text, which may be large.
DRAFTS = Table(
    "drafts",
    METADATA,
    Column("token", Text, primary_key=True),
    *_texts("plan", "session", "author", "kept_at"),
    Column("size", _NUMBER, nullable=False),
    *_texts("text"),
    CheckConstraint("token <> '' AND session <> ''"),
    Index("drafts_kept_at", "kept_at"),
    Index("drafts_session", "session", "kept_at"),
)
