"""Recorded actuals: observations, and the withdrawals that take one back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

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


@dataclass(frozen=True, slots=True)
class Observation:
    """One recorded actual.

    `row` is the order of recording in the store (or the line of a file): greater is later.
    `replaces` names the row that this one corrects, `save` the transaction it came with (None
    for what is not recorded).
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


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A row that takes an observation back from `known_on` on, with a person's reason.

    `reason` is None where undoing a save took the observation back.
    """

    target: str
    replaces: int
    known_on: date
    reason: str | None
    recorded_by: str = ""
    recorded_at: datetime | None = None
    row: int = 0
    save: int | None = None


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
