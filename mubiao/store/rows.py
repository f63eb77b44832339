"""Entries as rows of the table and back, and the texts that every row carries."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    func,
    insert,
    select,
)

from mubiao.model import (
    Act,
    Actor,
    Entry,
    Nature,
    Observation,
    Qualifier,
    SaveKind,
    Stage,
    Withdrawal,
)
from mubiao.period import Period
from mubiao.plain_text import NOTE_LIMIT, SOURCE_LIMIT, clean_name, clean_text, folded
from mubiao.problems import Moment, Problem, Problems, message, refused
from mubiao.store.schema import ENTRIES

_Noun = TypeVar("_Noun")
NAME_LIMIT = 100
TOKEN_LIMIT = 200
LAST_NUMBER = 2**63 - 1
# Letters that look like those of "seed", each once folded.
_LIKE_SEED = str.maketrans("ѕꜱƽտꭍᏚᏕꓢеҽ℮ꬲᴇεᎬⴹꓰԁɗᴅᎠᗞᗪꓓᑯᏧ", "s" * 8 + "e" * 9 + "d" * 9)

# A page reads thousands of rows, of few periods.
_period = lru_cache(maxsize=1024)(Period.parse)
_STAGES = {stage.value: stage for stage in Stage}


def named(actor: Actor) -> Actor:
    """Who records, with a clean name. Raises Refused for none, and for the seed's."""
    if not actor.id:
        raise refused(message("Sign in first."))
    missing = message("the name is missing; say who records this")
    name = name_of(actor.name, "recorded_by", missing=missing)
    if folded(name).translate(_LIKE_SEED) == SaveKind.SEED:
        msgid = message("the name {name} stands for the published figures; give your own")
        raise refused(msgid, field="recorded_by", name=name)
    return replace(actor, name=name)


def signed(verb: str, act: Act) -> dict[str, str]:
    """Who acts, by id and name, and when, in the columns of a table that calls this by a verb
    ("held" for held_by and held_at). Raises Refused.
    """
    who, moment = named(act.actor), moment_of(act.at)
    return {f"{verb}_by": who.name, f"{verb}_at": moment, "actor": who.id}


class Unreadable(ValueError):
    """A row that somebody changed past the record."""

    def __init__(self, table: Table, number: int) -> None:
        super().__init__(f"{table.name} {number}")
        self._table, self._number = table, number

    def problem(self, where: object) -> Problem:
        """What is wrong with the record at a place."""
        msgid = message("row {row} of {table} in {where} cannot be read: restore a backup")
        if self._table is ENTRIES:
            msgid = message("row {row} in {where} cannot be read: restore a backup")
        values = {"row": self._number, "table": self._table.name, "where": str(where)}
        return Problem(msgid, values)


READERS: dict[Table, Callable[[Row[Any]], object]] = {}


def reads(table: Table) -> Callable[[Callable[[Row[Any]], _Noun]], Callable[[Row[Any]], _Noun]]:
    """What a table is read by, one of READERS: it raises Unreadable for a row somebody spoilt."""
    [key] = table.primary_key

    def decorated(read: Callable[[Row[Any]], _Noun]) -> Callable[[Row[Any]], _Noun]:
        @wraps(read)
        def noun_of(row: Row[Any]) -> _Noun:
            try:
                return read(row)
            except (ValueError, TypeError, ArithmeticError) as error:
                raise Unreadable(table, getattr(row, key.name)) from error

        READERS[table] = noun_of
        return noun_of

    return decorated


def added(connection: Connection, table: Table, cells: Mapping[str, object]) -> Row[Any]:
    """Add a row to a table: it, as the table has it."""
    return connection.execute(insert(table).values(cells).returning(table)).one()


def newest(
    connection: Connection, table: Table, *conditions: ColumnElement[bool]
) -> Row[Any] | None:
    """The last row of a table that meets all conditions."""
    [key] = table.primary_key
    query = select(table).where(*conditions).order_by(key.desc()).limit(1)
    return connection.execute(query).one_or_none()


def token_of(token: str) -> str:
    """The caller's own name for what it saves, cleaned. Raises Refused when there is none."""
    return text_of(token, "token", TOKEN_LIMIT, message("the token is missing"))


def name_of(text: str, field: str, limit: int = NAME_LIMIT, missing: str = "") -> str:
    """A name, cleaned; `missing` says that it must not be empty. Raises Refused."""
    problems = Problems()
    cleaned = clean_name(text, field, limit, problems)
    problems.refuse()
    return text_of(cleaned, field, limit, missing)


def text_of(text: str, field: str, limit: int, missing: str = "", *, lines: bool = False) -> str:
    """A text, cleaned; `missing` says that it must not be empty. Raises Refused."""
    problems = Problems()
    cleaned = clean_text(text, field, limit, problems, lines=lines)
    if missing and not cleaned:
        problems.add(field, missing)
    problems.refuse()
    return cleaned


def reason_of(text: str, missing: str = message("the reason is missing; say why")) -> str:
    """Why something is done, cleaned. Raises Refused, also where it is missing."""
    return text_of(text, "reason", NOTE_LIMIT, missing)


def moment_of(at: datetime) -> str:
    """UTC, always with microseconds, so that moments sort as texts."""
    if at.tzinfo is None:
        raise refused(message("the moment {at} has no time zone; expected one"), at=at.isoformat())
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def checked(entry: Entry) -> Entry:
    """The entry with clean texts; what `read_draft` refuses in texts is refused here too."""
    if isinstance(entry, Withdrawal):
        missing = message("the reason is missing; say why the figure is withdrawn")
        reason = text_of(entry.reason or "", "reason", NOTE_LIMIT, missing, lines=True)
        return replace(entry, reason=reason)
    problems = Problems()
    source = clean_text(entry.source, "source", SOURCE_LIMIT, problems)
    note = clean_text(entry.note, "note", NOTE_LIMIT, problems, lines=True)
    if isinstance(entry.value, Decimal) and not entry.value.is_finite():
        msgid = message("“{text}” is not a finite number")
        problems.add("value", msgid, text=str(entry.value))
    problems.refuse()
    return replace(entry, source=source, note=note)


def of_plan(plan_id: str, table: Table = ENTRIES) -> Select[Any]:
    """Every row of a plan in a table, in the order of recording."""
    return select(table).where(table.c.plan == plan_id).order_by(*table.primary_key)


def last_of(plan_id: str | BindParameter[str], table: Table) -> ColumnElement[int]:
    """The greatest row of a plan in a table of rows, 0 for none."""
    greatest = select(func.max(table.c.row)).where(table.c.plan == plan_id)
    return func.coalesce(greatest.scalar_subquery(), 0)


def having(
    connection: Connection, query: Select[Any], column: Column[Any], numbers: Iterable[int]
) -> Iterator[Row[Any]]:
    """The rows of a query that have one of the numbers in a column."""
    ordered = sorted(numbers)
    # 5,000 at a time, as databases limit the values of a statement.
    for start in range(0, len(ordered), 5000):
        yield from connection.execute(query.where(column.in_(ordered[start : start + 5000])))


def rows_of(connection: Connection, plan_id: str, numbers: Iterable[int]) -> dict[int, Row[Any]]:
    """Rows of a plan by their numbers; those that are not there are left out."""
    possible = {number for number in numbers if 0 < number <= LAST_NUMBER}
    return {row.row: row for row in having(connection, of_plan(plan_id), ENTRIES.c.row, possible)}


def replacing(connection: Connection, numbers: Iterable[int]) -> dict[int, Row[Any]]:
    """The rows that replace others, by what they replace."""
    matches = having(connection, select(ENTRIES), ENTRIES.c.replaces, numbers)
    return {row.replaces: row for row in matches}


def moment(at: datetime | str) -> Moment:
    """A moment, or its text in the table, for a message."""
    return Moment(datetime.fromisoformat(at) if isinstance(at, str) else at)


def content_of(plan_id: str, entry: Entry, replaces: int | None) -> dict[str, object]:
    """What a person says with an entry that replaces a row, as the table's columns hold it."""
    common: dict[str, object] = {
        "plan": plan_id,
        "target": entry.target,
        "known_on": entry.known_on,
        "replaces": replaces,
    }
    if isinstance(entry, Withdrawal):
        empty = dict.fromkeys(("period", "value", "qualifier", "nature", "source"), "")
        return {**common, **empty, "kind": "withdrawal", "note": entry.reason or ""}
    kind, texts = "entry" if replaces is None else "correction", entry.texts.items()
    return {**dict[str, object](texts), **common, "kind": kind}


def days_of(entry: Entry, old: Row[Any] | None) -> tuple[date | None, date | None]:
    """The first and last day that an entry is about; a withdrawal those of the row it replaces."""
    if isinstance(entry, Observation):
        return entry.period.first, entry.period.last
    return (None, None) if old is None else (old.first_day, old.last_day)


def _number(text: str) -> Decimal:
    """A value as `content_of` writes it: NaN and 1E5 are somebody else's."""
    value = Decimal(text)
    if format(value, "f") != text or not value.is_finite():
        raise ValueError(text)
    return value


# A page reads the rows that stood on each of a dozen days, most of them on all.
@reads(ENTRIES)
@lru_cache(maxsize=8192)
def entry_of(row: Row[Any]) -> Entry:
    """The entry that a row holds."""
    common = {
        "target": row.target,
        "known_on": row.known_on,
        "recorded_by": row.recorded_by,
        "recorded_at": datetime.fromisoformat(row.recorded_at),
        "row": row.row,
        "replaces": row.replaces,
        "save": row.save,
        "actor": row.actor,
    }
    if row.kind == "withdrawal":
        return Withdrawal(reason=row.note or None, **common)  # every person gives one
    return Observation(
        period=_period(row.period),
        value=_STAGES.get(row.value) or _number(row.value),
        qualifier=Qualifier(row.qualifier),
        nature=Nature(row.nature),
        source=row.source,
        note=row.note,
        **common,
    )
