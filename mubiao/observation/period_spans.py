"""Spans and days of a plan's year by the numbers that people name them with."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from mubiao.observation.period_words import MONTHS
from mubiao.period import Period, YearSpan


def calendar_year(year: int | str) -> YearSpan:
    """A year of the calendar."""
    return YearSpan(date(int(year), 1, 1))


def spans(year: YearSpan, first: int, last: int) -> Iterator[Period]:
    """From one month of a year to another, counted from its beginning."""
    if 1 <= first <= last <= 12:
        yield year.span(first, last)


def calendar_months(year: YearSpan, first: int, last: int) -> Iterator[Period]:
    """From one month of the calendar to another in the same year."""
    if 1 <= first <= 12 and 1 <= last <= 12:
        yield from spans(year, month_number(year, first), month_number(year, last))


def month_number(year: YearSpan, month: int) -> int:
    """Which month of a year a month of the calendar is."""
    return (month - year.first.month) % 12 + 1


def days(year: YearSpan, month: int, day: int) -> Iterator[Period]:
    """As at a day of a month of the calendar in a year; nothing where there is none."""
    with suppress(ValueError):
        own = year.first.year + (month < year.first.month)
        yield Period.of_day(date(own, month, day))


def month_of_name(text: str) -> int:
    """A month of the calendar by its number or name."""
    return MONTHS.index(text) + 1 if text in MONTHS else int(text)


def quarters(year: YearSpan, first: str, last: str) -> Iterator[Period]:
    """From one quarter of a year to another."""
    if "1" <= first <= last <= "4":
        yield from spans(year, 3 * int(first) - 2, 3 * int(last))
