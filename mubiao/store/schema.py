"""The record's tables as queries see them; how they are made stands in the migrations."""

from sqlalchemy import Column, Date, MetaData, Table, Text
from sqlalchemy.types import BigInteger, Integer

# Lowest first. Opening compares with the last one, without the library that migrates.
REVISIONS = ("0001", "0002", "0003", "0004")

_METADATA = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


# `first_day` and `last_day` are the period's; a withdrawal has those of the row it takes back.
# `chain` is the row that a chain of corrections began with, empty for that row itself.
ENTRIES = Table(
    "entries",
    _METADATA,
    Column("row", _NUMBER, primary_key=True, quote=True),
    *_texts("plan", "target", "kind", "period", "value", "qualifier", "nature"),
    Column("known_on", Date, nullable=False),
    *_texts("source", "note", "recorded_by", "recorded_at"),
    Column("replaces", _NUMBER),
    Column("save", _NUMBER),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("chain", _NUMBER),
)
SAVES = Table(
    "saves",
    _METADATA,
    Column("id", _NUMBER, primary_key=True),
    *_texts("plan", "token", "kind", "saved_by", "saved_at"),
    Column("undoes", _NUMBER),
)
REMARKS = Table(
    "remarks",
    _METADATA,
    Column("row", _NUMBER, primary_key=True, quote=True),
    *_texts("plan", "target", "period", "text", "status"),
    Column("until", Date),
    Column("day", Date, nullable=False),
    *_texts("written_by", "written_at"),
    Column("replaces", _NUMBER),
)
# What was recorded when a meeting was held: the greatest rows of its plan, 0 for none.
MEETINGS = Table(
    "meetings",
    _METADATA,
    Column("id", _NUMBER, primary_key=True),
    *_texts("plan", "token", "name"),
    Column("as_of", Date, nullable=False),
    Column("last_row", _NUMBER, nullable=False),
    Column("last_remark", _NUMBER, nullable=False),
    *_texts("plan_version", "held_by", "held_at"),
    Column("replaces", _NUMBER),
)
# What a plan said when a meeting was held, as the text that its version is made from.
PLANS = Table("plans", _METADATA, *_texts("plan", "version", "said"))
DRAFTS = Table(
    "drafts",
    _METADATA,
    Column("token", Text, primary_key=True),
    *_texts("plan", "text", "kept_at"),
)
