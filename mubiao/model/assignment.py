"""Who answers for a target from a day on, where that is decided after the plan was written."""

from dataclasses import dataclass
from datetime import date, datetime

from mubiao.actor import Actor


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
