"""What is recorded: observations and the withdrawals of some, saves, meetings, reminders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, Protocol, TypeVar

from mubiao.period import Period


class Qualifier(StrEnum):
    """How exact a published value is."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


class Nature(StrEnum):
    """How settled a published value is."""

    ESTIMATE = "estimate"
    PRELIMINARY = "preliminary"
    FINAL = "final"


class Stage(StrEnum):
    """Where a milestone stands."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


Field = Literal["period", "value", "qualifier", "nature", "known_on", "source", "note"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One recorded actual.

    `row` is the order of recording in the store (or the line of a file): greater is later.
    `replaces` names the row that this one corrects, `save` the transaction it came with (None
    for what is not recorded), `actor` the id of who recorded it ("" for none, as of a file).
    """

    target: str
    period: Period
    value: Decimal | Stage
    known_on: date
    qualifier: Qualifier = Qualifier.EXACT
    nature: Nature = Nature.FINAL
    source: str = ""
    note: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    row: int = 0
    replaces: int | None = None
    save: int | None = None
    actor: str = ""

    @property
    def texts(self) -> dict[Field, str]:
        """What it says of its target, by field, as it is typed, filed and recorded."""
        value = self.value.value if isinstance(self.value, Stage) else format(self.value, "f")
        return {
            "period": self.period.text,
            "value": value,
            "qualifier": self.qualifier.value,
            "nature": self.nature.value,
            "known_on": self.known_on.isoformat(),
            "source": self.source,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A row that takes an observation back from `known_on` on; an undo gives no reason."""

    target: str
    replaces: int
    known_on: date
    reason: str | None
    recorded_by: str = ""
    recorded_at: datetime | None = None
    row: int = 0
    save: int | None = None
    actor: str = ""


Entry = Observation | Withdrawal


class _OfTarget(Protocol):
    @property
    def target(self) -> str: ...


_Record = TypeVar("_Record", bound=_OfTarget)


def by_target(records: Iterable[_Record]) -> dict[str, list[_Record]]:
    """Rows or remarks by the target that they are about, in the order given."""
    grouped: dict[str, list[_Record]] = {}
    for record in records:
        grouped.setdefault(record.target, []).append(record)
    return grouped


@dataclass(frozen=True, slots=True)
class Submission:
    """One row that somebody wants to save; `entry.replaces` set makes it a correction.

    `based_on` is the greatest row of the same target and days that the person had seen: 0 for
    none, None to save without asking whether somebody else saved meanwhile.
    """

    entry: Entry
    based_on: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else was faster.

    `base` is what the person saw recorded, None for nothing; `theirs`, never empty, what was
    recorded since, in order.
    """

    base: Entry | None
    theirs: tuple[Entry, ...]

    @property
    def seen(self) -> int:
        """The greatest row that a person who is shown this conflict has seen."""
        return self.theirs[-1].row


class SaveKind(StrEnum):
    """How a save came about; no person can be called "seed", the author of the first figures."""

    ENTRY = "entry"
    IMPORT = "import"
    UNDO = "undo"
    SEED = "seed"


@dataclass(frozen=True, slots=True)
class Save:
    """One transaction of a person: the rows it recorded, in order, and the save that it undoes.

    `token` is the caller's own name for it: saving again under the same one does nothing. `by` is
    the name and `actor` the id of who saved.
    """

    id: int
    plan: str
    token: str
    by: str
    at: datetime
    kind: SaveKind
    rows: tuple[int, ...]
    undoes: int | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True)
class MeetingAct:
    """A meeting was held, taken back, or put back; `reason` is "" but where it was taken back."""

    row: int
    kind: Literal["held", "taken_back", "put_back"]
    by: str
    at: datetime
    reason: str
    actor: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A slide or list of slides by its id, the speaker's note, and whether it is left out."""

    slide: str
    note: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Agenda:
    """In which order a meeting shows its slides; what it does not name comes after.

    `row` is its number in the record, 0 for the order that nobody has changed; `by` prepared it.
    """

    items: tuple[AgendaItem, ...] = ()
    row: int = 0
    by: str = ""
    at: datetime | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True)
class SentReminder:
    """A message about what a unit (`owner`, "" for the plan's office) owed as of a day.

    `outcome` is "sent" or "failed", "" while nobody has said what became of it; `at` when.
    """

    row: int
    owner: str
    day: date
    title: str
    text: str
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """A named as-of day and what its room saw; nothing that is recorded later changes it.

    `rows` and `remarks` are the greatest row numbers that the plan had when the meeting was held,
    0 for none; `plan_version` names what the plan said then. `acts` are that it was held, and what
    became of it since, in order.
    """

    id: int
    name: str
    as_of: date
    rows: int
    remarks: int
    plan_version: str
    acts: tuple[MeetingAct, ...]

    @property
    def held_by(self) -> str:
        """Who held it."""
        return self.acts[0].by

    @property
    def held_at(self) -> datetime:
        """The moment when it was held."""
        return self.acts[0].at

    @property
    def taken_back(self) -> bool:
        """Whether it does not stand any more."""
        return self.acts[-1].kind == "taken_back"
