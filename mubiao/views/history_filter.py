"""Which rows of the record are wanted: by target, person and day of recording."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which rows are wanted: of some targets, under one of some names, recorded from one day of a
    time zone to another; no names and None ask for all.
    """

    targets: tuple[str, ...] | None = None
    names: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    zone: tzinfo = UTC

    @property
    def start(self) -> datetime | None:
        """The moment at which the first day begins."""
        return datetime.combine(self.first, time(), self.zone) if self.first else None

    @property
    def end(self) -> datetime | None:
        """The moment at which the last day is over."""
        after = self.last and self.last < date.max and self.last + timedelta(days=1)
        return datetime.combine(after, time(), self.zone) if after else None

    def fits(self, target: str, name: str, at: datetime | None) -> bool:
        """Whether a row is wanted; one without a moment only where no day is asked for."""
        if (self.targets is not None and target not in self.targets) or (
            self.names and name not in self.names
        ):
            return False
        if at is None:
            return self.first is None and self.last is None
        return (self.start or at) <= at and (self.end is None or at < self.end)
