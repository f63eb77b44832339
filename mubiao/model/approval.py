"""What waits for approval, which periods are closed, and who answers for a target."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from mubiao.actor import Actor
from mubiao.model.record import SaveKind, Submission

FilingStep = Literal["submitted", "returned", "published", "taken_back"]


@dataclass(frozen=True, slots=True)
class FilingAct:
    """A step of a filing: whose and when, and the rows that it decided about, by their positions;
    `reason` is "" but where they were returned. A publication names its save.
    """

    row: int
    step: FilingStep
    actor: Actor
    at: datetime
    reason: str = ""
    positions: tuple[int, ...] = ()
    save: int | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """What one person submitted at once for approval, and what became of it since, in order.

    A row is called by its position in `submissions`, from 0. `part` is the part of the plan's
    unsaved edits that it was, "" where it came from a file.
    """

    id: int
    plan: str
    part: str
    kind: SaveKind
    submissions: tuple[Submission, ...]
    acts: tuple[FilingAct, ...]

    @property
    def filer(self) -> Actor:
        """Who submitted it."""
        return self.acts[0].actor

    @property
    def by(self) -> str:
        """The name of who submitted it."""
        return self.filer.name

    @property
    def at(self) -> datetime:
        """When it was submitted."""
        return self.acts[0].at

    @property
    def decided(self) -> dict[int, FilingAct]:
        """By the positions of the rows that wait no more, what ended that."""
        return {position: act for act in self.acts for position in act.positions}

    @property
    def waiting(self) -> tuple[int, ...]:
        """The positions of the rows that nobody has decided about."""
        decided = self.decided
        return tuple(at for at in range(len(self.submissions)) if at not in decided)

    def ended(self, step: FilingStep) -> list[int]:
        """The positions of the rows that a step of a kind decided about."""
        return [position for act in self.acts if act.step == step for position in act.positions]


@dataclass(frozen=True, slots=True)
class Lock:
    """Up to which day a plan's periods are closed, None for no day; the last one made holds.

    What ends by that day is neither recorded nor changed. A later day needs no `reason`.
    """

    row: int
    through: date | None
    actor: Actor
    at: datetime
    reason: str = ""

    def closes(self, last_day: date | None) -> bool:
        """Whether a period that ends on a day is closed."""
        return self.through is not None and last_day is not None and last_day <= self.through


@dataclass(frozen=True, slots=True)
class Assignment:
    """A target given to a unit, by id ("" for none), from the day `since` on, whatever was said of
    those days before: by whom, when and why.
    """

    target: str
    owner: str
    since: date
    reason: str
    actor: Actor
    at: datetime
    row: int
