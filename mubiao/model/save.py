"""Saves: a row to be recorded, the conflict with what others recorded, the transaction."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mubiao.model.observation import Entry


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
    """How a save came about.

    The figures that a plan begins with have the author "seed", which no person can be called.
    """

    ENTRY = "entry"
    IMPORT = "import"
    UNDO = "undo"
    SEED = "seed"


@dataclass(frozen=True, slots=True)
class Save:
    """One transaction of a person: the rows it recorded, in order, and the save that it undoes.

    `token` is the caller's own name for it: saving again under the same one does nothing.
    """

    id: int
    plan: str
    token: str
    by: str
    at: datetime
    kind: SaveKind
    rows: tuple[int, ...]
    undoes: int | None = None
