"""What two entries about the same figure have in common: its target and its days."""

from datetime import date

from mubiao.period import Period

Days = tuple[str, date, date]


def days_of(target: str, period: Period) -> Days:
    """A target, and a period's first and last day, however the period is written."""
    return target, period.first, period.last
