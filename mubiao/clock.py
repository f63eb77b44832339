"""The clock, read by pages and the command line only; the rest takes moments as arguments."""

from datetime import UTC, date, datetime

from mubiao.settings import Settings


def today(settings: Settings) -> date:
    """The day of the settings if they fix one, otherwise the clock's."""
    return settings.today or datetime.now().astimezone().date()


def now() -> datetime:
    """The current moment, in UTC."""
    return datetime.now(UTC)
