"""The clock, read by pages and the command line only; the rest takes moments as arguments."""

from datetime import UTC, date, datetime, tzinfo

from mubiao.settings import Settings


def today(settings: Settings, zone: tzinfo) -> date:
    """The day of the settings if they fix one, otherwise the clock's in a time zone."""
    return settings.today or datetime.now(zone).date()


def now() -> datetime:
    """The current moment, in UTC."""
    return datetime.now(UTC)
