"""Periods as people write them: 1-7月, 上半年, January–July, the first half of 2020."""

from collections.abc import Iterator, Mapping
from functools import cache

from mubiao.i18n import CODES, Language, language
from mubiao.observation.values import half_width
from mubiao.period import Period

_DASHES = str.maketrans(dict.fromkeys("‐‑–—―~〜至到", "-"))


def period_label(words: Language, text: str) -> str:
    """A period's name with its contract form: January–July 2020 (2020-01..2020-07).

    What is no period is given back as it is.
    """
    try:
        return f"{words.period(Period.parse(text))} ({text})"
    except ValueError:
        return text


def period_meant(text: str, year: int) -> str:
    """The contract form of the period that somebody named, in either language.

    A name without a year means the plan's `year`. What names no period is given back as it
    is, so that the refusal quotes what was written.
    """
    plain = half_width(text)
    try:
        return Period.parse(plain).text
    except ValueError:
        return _named(year).get(_bare(plain), text)


@cache
def _named(year: int) -> Mapping[str, str]:
    """Contract forms by every name of the year's spans of months."""
    found: dict[str, str] = {}
    for form in _forms(year):
        period = Period.parse(form)
        for words in map(language, CODES):
            names = {words.period(period), words.period(period, year), period_label(words, form)}
            names.add(words.months(period.first.month, period.last.month))
            for name in (form, *names):
                found.setdefault(_bare(name), form)
    return found


def _forms(year: int) -> Iterator[str]:
    """Every span of whole months of a year; what two forms name is the first one."""
    yield f"{year}"
    yield from (f"{year}-H{half}" for half in (1, 2))
    yield from (f"{year}-Q{quarter}" for quarter in range(1, 5))
    for first in range(1, 13):
        yield f"{year}-{first:02}"
        for last in range(first + 1, 13):
            yield f"{year}-{first:02}..{year}-{last:02}"


def _bare(name: str) -> str:
    """A name without what people write in several ways."""
    joined = "".join(half_width(name).casefold().translate(_DASHES).split())
    return joined.removeprefix("the")
