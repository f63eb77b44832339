"""The span of time that an actual describes, as the contracts write it.

`2020` · `2020-H1` · `2020-Q3` · `2020-03` · `2020-01..2020-09` · `2020-06-30` (as at that day).
"""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["year", "half", "quarter", "month", "months", "day"]

_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("year", re.compile(r"(\d{4})", re.ASCII)),
    ("half", re.compile(r"(\d{4})-H([12])", re.ASCII)),
    ("quarter", re.compile(r"(\d{4})-Q([1-4])", re.ASCII)),
    ("month", re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)),
    ("months", re.compile(r"(\d{4})-(0[1-9]|1[0-2])\.\.(\d{4})-(0[1-9]|1[0-2])", re.ASCII)),
    ("day", re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)),
)
# The days that can be looked at; figures may be known on any of them.
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
EXAMPLES = "2020 · 2020-H1 · 2020-Q3 · 2020-03 · 2020-01..2020-09 · 2020-06-30"


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole months, or one day.

    `text` is kept as it was written; two periods are equal when they cover the same days,
    so `2020-01..2020-06` equals `2020-H1`. `is_day` keeps "as at 31 January" apart from
    a span that happens to be one day long (no span of months is).
    """

    first: date
    last: date
    text: str = field(compare=False)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period in one of the six forms.

        Raises ValueError for any other form, a day that does not exist and a span that
        ends before it begins.
        """
        for kind, form in _FORMS:
            if match := form.fullmatch(text):
                first, last = _span(kind, [int(group) for group in match.groups()])
                if last < first:
                    raise ValueError(f"{text} ends before it begins")
                return cls(first, last, text)
        raise ValueError(f"{text!r} is not a period; expected one of {EXAMPLES}")

    @property
    def is_day(self) -> bool:
        """Whether this is a value as at one day, not over a span."""
        return self.first == self.last

    @property
    def kind(self) -> Kind:
        """The shortest form that says this span: 2020-01..2020-06 is a half."""
        if self.is_day:
            return "day"
        months = self.months
        whole_year_apart = self.first.year == self.last.year
        if months == 1:
            return "month"
        if whole_year_apart and months == 12:
            return "year"
        if whole_year_apart and months == 6 and self.first.month in (1, 7):
            return "half"
        if whole_year_apart and months == 3 and self.first.month in (1, 4, 7, 10):
            return "quarter"
        return "months"

    @property
    def months(self) -> int:
        """How many calendar months the span touches."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def begins_year(self, year: int) -> bool:
        """Whether the span runs from 1 January of the year (a running total or mean)."""
        return self.first == date(year, 1, 1)

    def __str__(self) -> str:
        return self.text


def _span(kind: Kind, parts: list[int]) -> tuple[date, date]:
    year = parts[0]
    match kind:
        case "year":
            return date(year, 1, 1), date(year, 12, 31)
        case "half":
            return date(year, 6 * parts[1] - 5, 1), month_end(year, 6 * parts[1])
        case "quarter":
            return date(year, 3 * parts[1] - 2, 1), month_end(year, 3 * parts[1])
        case "month":
            return date(year, parts[1], 1), month_end(year, parts[1])
        case "months":
            return date(year, parts[1], 1), month_end(parts[2], parts[3])
        case "day":
            day = date(year, parts[1], parts[2])
            return day, day
