"""The words of periods in both languages, made alike: 截至七月底 is @7月底, "end of July" ^jul; and
the spans and days of a year by the numbers that people name them with.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from mubiao.period import Period, YearSpan
from mubiao.plain_text import half_width
from mubiao.plan.numerals import chinese_number

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENDINGS = (
    *("uary", "ruary", "ch", "il", "", "e", "y"),
    *("ust", "t(?:ember)?", "ober", "ember", "ember"),
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}
_DIGITS = "〇一二三四五六七八九"
_YEAR = r"(?:19|20)\d\d"
# A year, or a number up to 99; 一二月 is left as it is, two months.
_NUMERAL = re.compile(
    f"[{_DIGITS}]{{4}}(?=年)|"
    f"(?<![{_DIGITS}十])(?:[{_DIGITS[1:]}]?十[{_DIGITS[1:]}]?|[{_DIGITS[1:]}])(?=[个月季日号~-])"
)
# What people write in several ways, in this order. "~" stands between the ends of a span alone,
# "-" also between the numbers of a day; "@" is "as at", "^" the end of what follows.
_WORDS = {
    **{rf"{name}(?:{end})?(?![a-z])\.?": name for name, end in zip(MONTHS, _ENDINGS, strict=True)},
    **{name: str(number) for number, name in enumerate(_NUMBERS, 1)},
    **_ORDINALS,
    "to|through": "~",
    "as at|as of": "@",
    "end": "^",
    "the|of": "",
}
_ALIKE = (
    (re.compile(r"[ t]00?:00(:00(\.0+)?)?$"), ""),
    *((re.compile(f"(?<![a-z])(?:{form})(?![a-z])"), plain) for form, plain in _WORDS.items()),
    (re.compile(r"[—―─~至到]+|\.\.|--+"), "~"),
    (re.compile(r"截[止~]~?"), "@"),
    (re.compile(r"[零○]"), "〇"),
    (re.compile(r"\((累[计积]|[当单]月)\)"), r"\1"),
    # Between the digits of two numbers (1, 2月) a sign stays; a year of four is apart without one.
    (re.compile(rf"(?<=\d)(?<!{_YEAR})[\s,]+(?=\d)(?!{_YEAR})", re.ASCII), "、"),
    (re.compile(r"[\s,第]|(?<=月)份"), ""),
)


def alike(text: str) -> str:
    """A name of a period without what people write in several ways, numerals as digits."""
    plain = half_width(text).casefold()
    for pattern, same in _ALIKE:
        plain = pattern.sub(same, plain)
    return _NUMERAL.sub(lambda numeral: str(chinese_number(numeral[0])), plain)


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
