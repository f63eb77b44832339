"""Periods and days as people write them, in both languages: 1-7月, 上半年, 7月末, Q3 2020, Jan-Jul.

A text is read by every form that fits it, so that one with two meanings is never taken for one of
them. A name without a year means the plan's; quarters and halves are counted from its beginning.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from mubiao.observation.period_words import (
    MONTHS,
    alike,
    calendar_months,
    calendar_year,
    days,
    month_of_name,
    quarters,
    spans,
)
from mubiao.period import Period, Periods, YearSpan
from mubiao.plain_text import half_width

_NAME = "|".join(MONTHS)
_IN_BRACKETS = re.compile(r"(.*)\((?!累[计积]\)|[当单]月\))([^()]*)\)")
_YEAR_BEFORE = re.compile(r"((?:19|20)\d{2})(年度?|[-/.]|)(.*)", re.ASCII)
_YEAR_BEHIND = re.compile(r"(.+?)[-/.]?((?:19|20)\d{2})(?:年度?)?", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d{2})年(.+)", re.ASCII)
_PLAN_YEAR = re.compile(r"(.*?)-?(\d{4})/(\d{2})(?:年度?)?-?(.*)", re.ASCII)
# What is counted from the beginning of a year.
_COUNTED = re.compile(r"季|半年|half|quarter|[qh]\d|\d[qh]", re.ASCII)
_TOTAL = re.compile(r"(?:累计|累积|合计|cumulative)(.+)|(.+?)(?:累计|累积|合计|cumulative)")
_ALONE = re.compile(r"(?:当月|单月)(.+)|(.+?)(?:当月|单月)数?")
_END = re.compile(r"\^-?([^-~]*)|([^-~]*)[末底]")
_NO_DAY = re.compile("[@^末底]")
_LONGEST = 80  # characters of a period's name
_NEAR = 2  # years: two digits farther from the plan's year are no year


class Reading(NamedTuple):
    """What a text can mean, the likeliest first; whether that one may be proposed to a person."""

    periods: Periods
    proposes: bool = False


@lru_cache(maxsize=4096)
def period_reading(text: str, year: YearSpan) -> Reading:
    """Every period that a text can mean."""
    plain = half_width(text)
    if len(plain) > _LONGEST:
        return Reading(Periods())
    with suppress(ValueError):
        return Reading(Periods([year.parse(plain.upper())]))
    if labelled := _IN_BRACKETS.fullmatch(plain):
        form, named = period_reading(labelled[2], year), period_reading(labelled[1], year)
        # A label names one period twice: whoever changes one of the two means nobody knows what.
        agrees = not named.periods or set(form.periods) <= set(named.periods)
        return form if agrees else Reading(_distinct((*form.periods, *named.periods)))
    bare = alike(text)
    if likely := _distinct(_as_excel(bare, year)):
        return Reading(likely, proposes=True)
    return Reading(_distinct(_read(bare, year)))


def period_meant(text: str, year: YearSpan) -> str:
    """The contract form of the one period that a text can mean; else the text itself."""
    periods = period_reading(text, year).periods
    return periods[0].text if len(periods) == 1 else text


@lru_cache(maxsize=4096)
def day_readings(text: str, year: YearSpan) -> Periods:
    """Every day that a text with its year can mean; `year` is what two digits must be near to."""
    bare = alike(text) if len(text) <= _LONGEST else ""
    if _NO_DAY.search(bare):
        return Periods()
    return _distinct(p for p in (*_dated(bare), *_of_three(bare, year)) if p.is_day)


def _distinct(periods: Iterable[Period]) -> Periods:
    return Periods(dict.fromkeys(periods))


_Reader = Callable[..., Iterator[Period]]
_ONE = rf"(?:(\d{{1,2}})月|m(\d{{1,2}})|({_NAME}))"
# What stands beside a year, or alone: a pattern, and what its groups mean in a year.
_FORMS: Sequence[tuple[re.Pattern[str], _Reader]] = tuple(
    (re.compile(pattern, re.ASCII), reader)
    for pattern, reader in (
        (r"全年度?|年度|(?:full|whole)year", lambda year: spans(year, 1, 12)),
        (r"上半年度?|h1|1h|1sthalf", lambda year: spans(year, 1, 6)),
        (r"下半年度?|h2|2h|2ndhalf", lambda year: spans(year, 7, 12)),
        (r"([1-4])季度?|q([1-4])|([1-4])q|([1-4])(?:st|nd|rd|th)quarter",
         lambda year, one: quarters(year, one, one)),
        (r"首季度?", lambda year: quarters(year, "1", "1")),
        (r"[前头]([1-4])个?季度?|1st([1-4])quarters", lambda year, n: quarters(year, "1", n)),
        (r"([1-4])(?:季度?)?[-~]([1-4])季度?|q([1-4])[-~]q?([1-4])", quarters),
        (_ONE, lambda year, one: calendar_months(year, month_of_name(one), month_of_name(one))),
        (rf"(\d{{1,2}})月?[-~](\d{{1,2}})月|({_NAME})[-~]({_NAME})|(\d{{1,2}})~(\d{{1,2}})",
         lambda year, a, b: calendar_months(year, month_of_name(a), month_of_name(b))),
        (rf"年初[-~]{_ONE}[末底]?",
         lambda year, last: calendar_months(year, year.first.month, month_of_name(last))),
        (r"[前头](\d{1,2})个?月|1st(\d{1,2})months", lambda year, n: spans(year, 1, int(n))),
        (rf"(\d{{1,2}})月(\d{{1,2}})[日号]?|({_NAME})(\d{{1,2}})(?:st|nd|rd|th)?",
         lambda year, m, d: days(year, month_of_name(m), int(d))),
        (rf"(\d{{1,2}})(?:st|nd|rd|th)?-?({_NAME})",
         lambda year, d, m: days(year, month_of_name(m), int(d))),
    )
)  # fmt: skip


def _read(text: str, year: YearSpan) -> Iterator[Period]:
    """What a text can mean, with its year or in this one."""
    yield from _in_year(text, year)
    yield from _numbers(text, year)
    yield from _of_three(text, year)
    yield from _dated(text)
    if match := _SHORT_YEAR.fullmatch(text):
        yield from _in_year(match[2], calendar_year(2000 + int(match[1])))
    if year.first.month != 1:
        yield from _in_named_year(text, year)


def _in_named_year(text: str, year: YearSpan) -> Iterator[Period]:
    """What stands beside the year of a plan that begins in another month than January: H1 2025/26.

    In such a plan Q3 2025 is its third quarter, or that of the calendar.
    """
    if match := _PLAN_YEAR.fullmatch(text):
        own, rest = YearSpan(year.first.replace(year=int(match[2]))), match[1] + match[4]
        if own.name == f"{match[2]}/{match[3]}":
            yield from _in_year(rest, own) if rest else spans(own, 1, 12)
    for match in filter(None, (_YEAR_BEFORE.fullmatch(text), _YEAR_BEHIND.fullmatch(text))):
        name, number = (match[3], match[1]) if match.re is _YEAR_BEFORE else (match[1], match[2])
        if _COUNTED.search(name):
            yield from _in_year(name, YearSpan(year.first.replace(year=int(number))))


def _dated(text: str) -> Iterator[Period]:
    """What a text with its year, of four digits, can mean; or one with two years."""
    yield from _one_dated(text)
    for sign in re.finditer("[-~]", text):
        first, last = text[: sign.start()], text[sign.end() :]
        yield from _between(_one_dated(first), _one_dated(last))
        if dated := _YEAR_BEFORE.fullmatch(first):
            yield from _between(_one_dated(first), _in_year(last, calendar_year(dated[1])))


def _one_dated(text: str) -> Iterator[Period]:
    if match := _YEAR_BEFORE.fullmatch(text):
        year, sign, rest = calendar_year(match[1]), match[2], match[3]
        yield from _in_year(rest, year) if rest else spans(year, 1, 12)
        yield from _after_year(year, sign, rest)
    if match := _YEAR_BEHIND.fullmatch(text):
        yield from _in_year(match[1], calendar_year(match[2]))
        yield from _before_year(calendar_year(match[2]), match[1])
    if text.startswith("@"):
        yield from _as_at(_one_dated(text[1:]))


def _in_year(text: str, year: YearSpan) -> Iterator[Period]:
    for sign in re.finditer("(?<=[日号])[-~]", text):
        yield from _between(
            *(_in_year(t, year) for t in (text[: sign.start()], text[sign.end() :]))
        )
    for pattern, reader in _FORMS:
        if match := pattern.fullmatch(text):
            yield from reader(year, *(group for group in match.groups() if group is not None))
    if text.startswith("@"):
        yield from _as_at(_in_year(text[1:], year), year.first.month)
    if match := _ALONE.fullmatch(text):
        yield from (p for p in _in_year(match[1] or match[2], year) if p.kind == "month")
    if match := _TOTAL.fullmatch(text):
        for period in _in_year(match[1] or match[2], year):
            # A total "of July" may be that of January to July.
            yield from spans(year, 1, year.number(period.last))
            yield period
    if match := _END.fullmatch(text):
        inner = match[1] or match[2] or ""
        whole = _in_year(inner, year) if inner not in ("", "年") else spans(year, 1, 12)
        yield from (Period.of_day(p.last) for p in whole if p.kind not in ("months", "day"))


def _as_at(periods: Iterable[Period], first_month: int = 1) -> Iterator[Period]:
    """截至7月 may be as at its last day, or from the beginning of the year to July."""
    for period in periods:
        yield Period.of_day(period.last)
        if not period.is_day:
            year = YearSpan.of(period.last, first_month)
            yield from spans(year, 1, year.number(period.last))


def _after_year(year: YearSpan, sign: str, rest: str) -> Iterator[Period]:
    """Numbers behind a year: 2020-7, 202007, 20200731, 2020.7.31, 2020年1-7.

    2020-01-07 is a day, but 2020-1-7 may be from January to July, as 2020.1-7 and 2020-01/07 may.
    """
    if match := re.fullmatch(r"(\d{1,2})", rest, re.ASCII):
        yield from calendar_months(year, int(rest), int(rest))
    if match := re.fullmatch(r"(\d{2})(\d{2})|(\d{1,2})([-/.])(\d{1,2})日?", rest, re.ASCII):
        first, last = match[1] or match[3], match[2] or match[5]
        is_dated = sign == match[4] and (sign != "-" or len(first + last) == 4)
        if "-" in (sign, match[4]) and not is_dated:
            yield from calendar_months(year, int(first), int(last))
        yield from days(year, int(first), int(last))


def _before_year(year: YearSpan, rest: str) -> Iterator[Period]:
    """Numbers before a year: 7/2020, and 31/12/2020 or 12/31/2020."""
    if re.fullmatch(r"\d{1,2}", rest, re.ASCII):
        yield from calendar_months(year, int(rest), int(rest))
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})", rest, re.ASCII):
        yield from days(year, int(match[1]), int(match[2]))
        yield from days(year, int(match[2]), int(match[1]))


def _between(*readings: Iterable[Period]) -> Iterator[Period]:
    """From one month to another; or from the first day of one to the last of one."""
    ends = [_distinct(periods) for periods in readings]
    if all(len(periods) == 1 for periods in ends):
        a, b = (periods[0] for periods in ends)
        if a.last < b.first and (a.kind == b.kind == "month" or (a.is_day and b.is_day)):
            span = Period.parse(f"{a.first:%Y-%m}..{b.last:%Y-%m}")
            if (span.first, span.last) == (a.first, b.last):
                yield span


def _numbers(text: str, year: YearSpan) -> Iterator[Period]:
    if re.fullmatch(r"\d{1,2}", text, re.ASCII):
        yield from calendar_months(year, int(text), int(text))
        yield from spans(year, 1, int(text))
        yield from quarters(year, text[-1], text[-1]) if int(text) < 10 else ()
    if match := re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})", text, re.ASCII):
        a, b = int(match[1]), int(match[3])
        if match[2] == "-":
            yield from calendar_months(year, a, b)
        yield from days(year, a, b)
        yield from days(year, b, a)
        yield from _of_short_year(a, match[3], year)
        yield from _of_short_year(b, match[1], year)


def _of_three(text: str, year: YearSpan) -> Iterator[Period]:
    """Three numbers, or two and a month's name, with a year of two digits: 7/20/20, 20-jul-20."""
    parts = re.split(r"[-/.]", text)
    if len(parts) != 3 or not all(re.fullmatch(rf"\d{{1,2}}|{_NAME}", part) for part in parts):
        return
    for y, m, d in ((0, 1, 2), (2, 1, 0), (2, 0, 1)):
        if _is_near(parts[y], year) and parts[d].isdecimal():
            yield from days(
                calendar_year(2000 + int(parts[y])), month_of_name(parts[m]), int(parts[d])
            )


def _is_near(digits: str, year: YearSpan) -> bool:
    """Whether two digits can be a year."""
    return (
        len(digits) == 2
        and digits.isdecimal()
        and abs(2000 + int(digits) - year.first.year) <= _NEAR
    )


def _of_short_year(month: int, digits: str, year: YearSpan) -> Iterator[Period]:
    if _is_near(digits, year):
        yield from calendar_months(calendar_year(2000 + int(digits)), month, month)


def _as_excel(text: str, year: YearSpan) -> Iterator[Period]:
    """What a spreadsheet program shows where it has made a day of a month or a span that was typed:
    Jul-20 for a month; 1月7日, 7-Jan or 1-Jul for 1-7. The likeliest comes first.
    """
    spans: Iterator[Period] = iter(())
    if match := re.fullmatch(rf"({_NAME})(-?)(\d{{1,2}})", text, re.ASCII):
        month, number = month_of_name(match[1]), match[3]
    elif match := re.fullmatch(rf"(\d{{1,2}})(-)({_NAME})", text, re.ASCII):
        month, number = month_of_name(match[3]), match[1]
    elif match := re.fullmatch(r"(\d{1,2})(月)(\d{1,2})日", text, re.ASCII):
        month, number = int(match[1]), match[3]
    else:
        return
    day, own = int(number), list(_of_short_year(month, number, year))
    if match[2] == "-":
        spans = calendar_months(year, *sorted((month, day)))
    elif match[2] == "月":
        own, spans = [], calendar_months(year, month, day)
    meant = [*days(year, month, day), *own, *spans]
    if own and own[0].first in year and not text[0].isdecimal():
        meant.insert(0, own[0])
    if len(_distinct(meant)) > 1:
        yield from meant
