"""A token by which another system reads and records."""

from dataclasses import dataclass
from datetime import date, datetime

from mubiao.actor import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class Token:
    """A token for the targets of one unit of a plan; for all of the plan's where `owner` is "".

    It is good until its day `expires` is over, unless it was ended before. `made` and `ended` are
    the moments, `made_by` and `ended_by` the names that go with them; `used` is the last day on
    which it was, None for never. The secret itself is kept nowhere.
    """

    id: int
    plan: str
    owner: str
    name: str
    expires: date
    made: datetime
    made_by: str
    used: date | None = None
    ended: datetime | None = None
    ended_by: str = ""

    @property
    def actor(self) -> Actor:
        """Who acts by it."""
        return Actor.of(ActorKind.TOKEN, str(self.id), self.name)

    def is_good(self, day: date) -> bool:
        """Whether it opens anything on a day."""
        return self.ended is None and day <= self.expires
