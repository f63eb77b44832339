"""The span of time that an actual describes, as the contracts write it.

`2020` · `2020-H1` · `2020-Q3` · `2020-03` · `2020-01..2020-09` · `2020-06-30` (as at that day).
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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

    def begins_year(self, year: int) -> bool:
        """Whether the span runs from 1 January of the year (a running total or mean)."""
        return self.first == date(year, 1, 1)

    def __str__(self) -> str:
        return self.text


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
