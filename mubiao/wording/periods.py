"""Periods as people name them: 1-7月, 第一季度, January to July, the first half of 2020."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

from mubiao.i18n import CODES, Language, language
from mubiao.period import Period
from mubiao.plain_text import folded, half_width

_ORDINALS = ("first", "second", "third", "fourth")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)$")
# What names of one period may differ by; the order matters.
_ALIKE = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"^as at\b|^截至|^the\b", ""),
        (r"\bto\b|[—―~至到]", "-"),
        (r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?", r"\1"),
        (r"\s|第|份$", ""),
        (r"(\d{4})年度?", r"\1"),
        (r"月-", "-"),
    )
)


def period_label(language: Language, text: str) -> str:
    """A period's name with its contract form: January–July 2020 (2020-01..2020-07).

    A text that is not a period is given back unchanged.
    """
    try:
        return f"{language.period(Period.parse(text))} ({text})"
    except ValueError:
        return text


def period_meant(text: str, year: int) -> str:
    """The contract form of the period that a text names, in either language; else the text itself.

    A name without a year means the plan's `year`; periods of other years are recognised only by
    their contract form or label (`period_label`).
    """
    plain = half_width(text)
    labelled = _IN_BRACKETS.search(plain)
    for form in (plain, *(labelled.groups() if labelled else ())):
        with suppress(ValueError):
            return Period.parse(form.upper()).text
    return _named(year).get(_bare(plain), text)


@cache
def _named(year: int) -> Mapping[str, str]:
    """Contract forms by every name of the year's days and spans of months, without its year and
    with it before or behind.
    """
    names: dict[str, str] = {}
    for form in _forms(year):
        for short in map(_bare, _names(form, year)):
            for name in (short, f"{year}{short}", f"{short}{year}", f"{short}of{year}"):
                names.setdefault(name, form)
    return names


def _forms(year: int) -> Iterator[str]:
    """Every span of whole months, and every day; of two forms with one name the first is meant."""
    for first in range(1, 13):
        yield from (Period.of_months(year, first, last).text for last in range(first, 13))
    day = date(year, 1, 1)
    while day.year == year:
        yield day.isoformat()
        day += timedelta(days=1)


def _names(form: str, year: int) -> Iterator[str]:
    """What a period is called without its year."""
    period = Period.parse(form)
    yield form.removeprefix(f"{year}-")
    for spoken in map(language, CODES):
        yield spoken.period(period, year)
        if period.is_day:
            yield spoken.day_of_year(period.last)
        else:
            yield spoken.months(period.first.month, period.last.month)
    if period.kind == "quarter":
        number = period.last.month // 3
        yield from (f"{number}季度", f"{_ORDINALS[number - 1]} quarter")


def _bare(name: str) -> str:
    """A name without what people write in several ways."""
    plain = folded(name)
    for pattern, same in _ALIKE:
        plain = pattern.sub(same, plain)
    return plain
