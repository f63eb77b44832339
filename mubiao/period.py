"""The span of time that an actual describes, as the contracts write it.

`2020` · `2020-H1` · `2020-Q3` · `2020-03` · `2020-01..2020-09` · `2020-06-30` (as at that day).
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

PeriodKind = Literal["year", "half", "quarter", "month", "months", "day"]

_FORMS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    ("year", re.compile(r"(\d{4})", re.ASCII)),
    ("half", re.compile(r"(\d{4})-H([12])", re.ASCII)),
    ("quarter", re.compile(r"(\d{4})-Q([1-4])", re.ASCII)),
    ("month", re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)),
    ("months", re.compile(r"(\d{4})-(0[1-9]|1[0-2])\.\.(\d{4})-(0[1-9]|1[0-2])", re.ASCII)),
    ("day", re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)),
)
_KINDS: Mapping[int, PeriodKind] = {12: "year", 6: "half", 3: "quarter", 1: "month"}  # by months
_LENGTHS = {kind: months for months, kind in _KINDS.items()}
# The days that can be looked at; figures may be known on any of them.
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
_NAMED = re.compile(r"(\d{4})/(\d{2})(?:-([HQ])([1-4]))?", re.ASCII)
EXAMPLES = "2020 · 2020-H1 · 2020-Q3 · 2020-03 · 2020-01..2020-09 · 2020-06-30"


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole months, or one day.

    `text` is what was written; two periods are equal when they cover the same days,
    so `2020-01..2020-06` equals `2020-H1`. `is_day` keeps "as at 31 January" apart from
    a span that happens to be one day long (no span of months is).
    """

    first: date
    last: date
    text: str = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """A period in one of the six forms; ValueError for any other, for no such day, and for a
        span that ends before it begins.
        """
        for kind, form in _FORMS:
            if match := form.fullmatch(text):
                first, last = _span(kind, [int(group) for group in match.groups()])
                if last < first:
                    raise ValueError(f"{text} ends before it begins")
                return cls(first, last, text)
        raise ValueError(f"{text!r} is not a period; expected one of {EXAMPLES}")

    @classmethod
    def of_months(cls, year: int, first: int, last: int) -> "Period":
        """A span of months of one year, in its shortest form: 1 to 6 is 2020-H1."""
        span = cls.parse(f"{year}-{first:02}..{year}-{last:02}")
        forms: Mapping[PeriodKind, str] = {
            "year": f"{year}",
            "half": f"{year}-H{last // 6}",
            "quarter": f"{year}-Q{last // 3}",
            "month": f"{year}-{first:02}",
        }
        return cls.parse(forms.get(span.kind, span.text))

    @classmethod
    def of_day(cls, day: date) -> "Period":
        """As at a day."""
        return cls(day, day, day.isoformat())

    @property
    def is_day(self) -> bool:
        """Whether this is a value as at one day, not over a span."""
        return self.first == self.last

    @property
    def kind(self) -> PeriodKind:
        """The shortest form that says this span: 2020-01..2020-06 is a half."""
        if self.is_day:
            return "day"
        aligned = (self.first.month - 1) % self.months == 0
        return _KINDS.get(self.months, "months") if aligned else "months"

    @property
    def months(self) -> int:
        """How many calendar months the span touches."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def __str__(self) -> str:
        return self.text


def month_of(day: date) -> Period:
    """The month of a day."""
    return Period.of_months(day.year, day.month, day.month)


@dataclass(frozen=True, slots=True)
class YearSpan:
    """Twelve months from the first day of one: a calendar year, a fiscal or a school year.

    Its months, quarters and halves are counted from its beginning. Spans of a year that begins in
    another month than January are written by their months (2025-04..2025-09), which reads the same
    wherever the year begins; 2025/26, 2025/26-H1 and 2025/26-Q3 are read too.
    """

    first: date

    @classmethod
    def of(cls, day: date, first_month: int = 1) -> "YearSpan":
        """The year with a day, where years begin in a month."""
        return cls(date(day.year - (day.month < first_month), first_month, 1))

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end(12)

    @property
    def name(self) -> str:
        """2020, or 2025/26."""
        year = self.first.year
        return str(year) if self.first.month == 1 else f"{year}/{(year + 1) % 100:02}"

    @property
    def months(self) -> tuple[Period, ...]:
        """Its twelve months."""
        return _months(self)

    def beginning(self, number: int) -> date:
        """The first day of a month; 13 is the first one of the next year."""
        months = self.first.month + number - 2
        return date(self.first.year + months // 12, months % 12 + 1, 1)

    def end(self, number: int) -> date:
        """The last day of a month; from 13 on of a later year."""
        return self.beginning(number + 1) - timedelta(days=1)

    def number(self, day: date) -> int:
        """Which month a day is in; from 13 on of a later year, below 1 of an earlier one."""
        return (day.year - self.first.year) * 12 + day.month - self.first.month + 1

    def span(self, first: int, last: int) -> Period:
        """From one of its months to another, in its shortest form."""
        begin, end = self.beginning(first), self.end(last)
        if begin.year == end.year and (first == last or self.first.month == 1):
            return Period.of_months(begin.year, begin.month, end.month)
        return Period(begin, end, f"{begin:%Y-%m}..{end:%Y-%m}")

    def kind(self, period: Period) -> PeriodKind:
        """What a span of a year that begins in the same month is called."""
        if period.is_day:
            return "day"
        aligned = (period.first.month - self.first.month) % period.months == 0
        return _KINDS.get(period.months, "months") if aligned else "months"

    def parse(self, text: str) -> Period:
        """A period in the contract's forms, or by the name of a year that begins as this one.

        Raises ValueError for any other text.
        """
        match = _NAMED.fullmatch(text)
        if match is None or self.first.month == 1:
            return Period.parse(text)
        year = YearSpan(self.first.replace(year=int(match[1])))
        if year.name != f"{match[1]}/{match[2]}":
            raise ValueError(f"{text!r}: {match[1]} is not followed by {match[2]}")
        length, number = {"H": 6, "Q": 3}.get(match[3], 12), int(match[4] or 1)
        if length * number > 12:
            raise ValueError(f"{text!r} is beyond its year")
        return year.span(length * (number - 1) + 1, length * number)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@lru_cache(maxsize=64)
def _months(year: YearSpan) -> tuple[Period, ...]:
    return tuple(year.span(number, number) for number in range(1, 13))


class Periods(tuple[Period, ...]):
    """Periods among a problem's values, each said in the reader's language."""

    __slots__ = ()

    def __str__(self) -> str:
        return " · ".join(period.text for period in self)


def _span(kind: PeriodKind, parts: list[int]) -> tuple[date, date]:
    if kind == "day":
        return (day := date(*parts)), day
    if kind == "months":
        return date(parts[0], parts[1], 1), month_end(parts[2], parts[3])
    year, number = parts if len(parts) == 2 else (parts[0], 1)
    length = _LENGTHS[kind]
    return date(year, length * (number - 1) + 1, 1), month_end(year, length * number)
