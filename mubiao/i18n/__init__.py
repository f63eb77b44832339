"""Both languages: messages through gettext catalogs, dates and periods through Babel.

Messages are English ids; `locales/zh/LC_MESSAGES/mubiao.po` holds the Chinese. The catalog is
read once and compiled in memory, so that there is no compiled file to forget.
"""

import gettext
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from mubiao.i18n.decimals import places, rounded_decimal
from mubiao.model import Code, Text, Unit
from mubiao.period import Period, Periods, YearSpan
from mubiao.problems import Bilingual, Choices, Moment, Phrase, Problem, choice_words, message

LOCALES = Path(__file__).parent / "locales"
CODES: tuple[Code, ...] = ("zh", "en")

# (divisor, word), the greatest first: 28万 and 1.2 billion, as each language groups digits.
_SCALES: Mapping[Code, tuple[tuple[Decimal, str], ...]] = {
    "zh": ((Decimal(10**8), "亿"), (Decimal(10**4), "万")),
    "en": ((Decimal(10**9), " billion"), (Decimal(10**6), " million")),
}

_QUARTERS = (message("Q1"), message("Q2"), message("Q3"), message("Q4"))
_HALVES = (message("the first half"), message("the second half"))
_RESTS = {3: message("the last three quarters"), 6: _HALVES[1], 9: _QUARTERS[3]}


def in_both(msgid: str) -> dict[str, str]:
    """A message in both languages, as a plan holds it."""
    return {code: language(code).t(msgid) for code in CODES}


@dataclass(frozen=True)
class Language:
    """One language of the product, the time zone in which it tells moments, and the month in which
    the years begin whose parts it names; get it with `language("zh", plan.zone, first_month)`.
    """

    code: Code
    translations: gettext.NullTranslations
    locale: Locale
    zone: tzinfo = UTC
    first_month: int = 1

    @property
    def name(self) -> str:
        """What its readers call it."""
        return "中文" if self.code == "zh" else "English"

    @property
    def tag(self) -> str:
        """Its tag in HTML."""
        return "zh-Hans" if self.code == "zh" else "en"

    def t(self, text: str, /, **values: object) -> str:
        """A message in this language with its places filled in."""
        # gettext answers the empty message with the catalog's header.
        translated = self.translations.gettext(text) if text else ""
        return translated.format_map(values) if values else translated

    def ngettext(self, one: str, many: str, n: int, /, **values: object) -> str:
        """A message about `n` of something, in the form that is right for the number."""
        return self.translations.ngettext(one, many, n).format_map({**values, "n": n})

    def problem(self, problem: Problem) -> str:
        """What is wrong, in this language."""
        values = {place: self._value(value) for place, value in problem.values.items()}
        return self.t(problem.message, **values)

    def _value(self, value: object) -> object:
        if isinstance(value, Periods):
            return " · ".join(f"{self.period(period)} ({period})" for period in value)
        if isinstance(value, Choices) and self.code != "en":
            return self.listed(self.t(choice_words(choice)) for choice in value)
        if isinstance(value, Problem):
            return self.problem(value)
        if isinstance(value, Moment):
            return self.short_moment(value.at)
        if isinstance(value, Phrase):
            return self.t(value)
        return getattr(value, self.code) if isinstance(value, Bilingual) else value

    def labelled(self, label: str, text: str) -> str:
        """A text with what it is before it: 上半年：2.8%, the first half: 2.8%."""
        return self.t("{label}: {text}", label=label, text=text)

    def listed(self, items: Iterable[str]) -> str:
        """Names as one list: 就业、物价; employment, prices."""
        return ("、" if self.code == "zh" else ", ").join(items)

    def phrases(self, parts: Iterable[str]) -> str:
        """Parts of one clause, set apart by commas: 3项正常，2项偏离; 3 on track, 2 off track."""
        return ("，" if self.code == "zh" else ", ").join(parts)

    def clauses(self, parts: Iterable[str]) -> str:
        """Clauses of one sentence, set apart by semicolons."""
        return ("；" if self.code == "zh" else "; ").join(parts)

    def pick(self, text: Text) -> str:
        """The plan's own text in this language."""
        return text[self.code]

    def number(self, value: Decimal | Fraction | int, digits: int | None = None) -> str:
        """A number with all the digits it was given with, or rounded to `digits`.

        Scaled to 万 and 亿, million and billion, where that keeps it short and exact.
        """
        exact = rounded_decimal(value, digits)
        for least, word in _SCALES[self.code]:
            scaled = (exact / least).normalize()
            if abs(exact) >= least and places(scaled) <= 2 + (abs(exact) >= 100 * least):
                return self._plain(scaled) + word
        return self._plain(exact)

    def quantity(
        self, value: Decimal | Fraction, unit: Unit | None, digits: int | None = None
    ) -> str:
        """A number with its unit: 28万人, 280,000 people, 1 event, 75%."""
        if unit is None:
            return self.number(value, digits)
        word = self.pick(unit)
        if self.code == "en" and unit.one is not None and abs(value) == 1:
            word = unit.one
        if unit.before:
            number = self.number(value, digits)
            sign, space = "−" * number.startswith("−"), word[-1].isascii() and word[-1].isalpha()
            return f"{sign}{word}{' ' * space}{number.removeprefix('−')}"
        return f"{self.number(value, digits)}{self.gap(word)}{word}"

    def gap(self, word: str) -> str:
        """What stands between a number and its unit: in Chinese a space before foreign words."""
        if self.code == "zh":
            return " " if word.isascii() and word[:3].isalpha() and len(word) > 3 else ""
        return "" if word.startswith("%") else " "

    def difference(self, value: Decimal | Fraction, unit: Unit | None) -> str:
        """A difference of two values: percentage points where the values are per cent."""
        if unit is not None and unit.en == "%":
            return self._points(self.number(value))
        if unit is not None and unit.rank:
            return self.t("places: {number}", number=self.number(value))
        return self.quantity(value, unit)

    def percent(self, share: Fraction, digits: int = 1) -> str:
        """A share of one as per cent, rounded half up."""
        return f"{self._plain(rounded_decimal(share * 100, digits).normalize())}%"

    def points(self, share: Fraction) -> str:
        """A difference of two shares in percentage points."""
        return self._points(self.percent(share).removesuffix("%"))

    def _points(self, number: str) -> str:
        if number in ("1", "−1"):
            return self.t("{number} percentage point", number=number)
        return self.t("{number} percentage points", number=number)

    def day(self, day: date) -> str:
        """A day in full: 2020年7月31日, 31 July 2020."""
        return self._formatted(day, "y年M月d日", "d MMMM y")

    def day_of_year(self, day: date) -> str:
        """A day without its year: 7月31日, 31 July."""
        return self._formatted(day, "M月d日", "d MMMM")

    def short_day(self, day: date) -> str:
        """A day as short as an axis wants it: 7月31日, 31 Jul."""
        return self._formatted(day, "M月d日", "d MMM")

    def moment(self, at: datetime) -> str:
        """A moment in full: 2020年8月3日 17:12（UTC+8）, 3 August 2020 17:12 UTC+8."""
        at = at.astimezone(self.zone)
        values = {"day": self.day(at.date()), "time": f"{at:%H:%M}", "zone": _zone(at)}
        return self.t("{day} {time} {zone}", **values)

    def short_moment(self, at: datetime | None) -> str:
        """A moment as short as a list wants it: 2020-08-03 17:12 UTC+8; "" for none."""
        at = at and at.astimezone(self.zone)
        return f"{at:%Y-%m-%d %H:%M} {_zone(at)}" if at else ""

    def month(self, number: int) -> str:
        """The name of a month: 7月, July."""
        # The long form is 七月, which no statistical text writes beside figures.
        return self._formatted(date(2020, number, 1), "LLL", "LLLL")

    def short_month(self, number: int) -> str:
        """The name of a month as short as an axis wants it: 7月, Jul."""
        return self._formatted(date(2020, number, 1), "LLL", "LLL")

    def _formatted(self, day: date, zh: str, en: str) -> str:
        return _formatted(day, zh if self.code == "zh" else en, self.code)

    def period(self, period: Period, year: YearSpan | None = None) -> str:
        """A period for people; without its year when that is `year`: 上半年, the first half."""
        first, last = period.first, period.last
        if period.is_day:
            known = year is not None and last in year
            day = self.day_of_year(last) if known else self.day(last)
            return self.t("as at {day}", day=day)
        own = YearSpan.of(first, self.first_month)
        if last not in own:
            return self.t("{first} to {last}", first=self.day(first), last=self.day(last))
        kind = own.kind(period)
        if kind == "year":
            if year == own:
                return self.t("the full year")
            return self.t("full year {year}", year=own.name)
        name = self._part_of_year(period, own)
        if year == own:
            return name
        named = name if kind in ("quarter", "half") or name.startswith("the ") else ""
        if named or first.year == last.year:
            form = message("{name} {year}")
            if name.startswith("the "):
                form = message("{name} of {year}")
            return self.t(form, name=name, year=own.name if named else first.year)
        ends = (
            self.t("{name} {year}", name=self.month(d.month), year=d.year) for d in (first, last)
        )
        return "–".join(ends)

    def _part_of_year(self, period: Period, year: YearSpan) -> str:
        first, last = year.number(period.first), year.number(period.last)
        kind = year.kind(period)
        if kind == "quarter":
            return self.t(_QUARTERS[first // 3])
        if kind == "half":
            return self.t(_HALVES[first // 7])
        if (first, last) == (1, 9):
            return self.t("the first three quarters")
        return self.months(period.first.month, period.last.month)

    def rest_of_year(self, last: date) -> str:
        """What is left of the year after a day: 下半年, the second half."""
        year = YearSpan.of(last, self.first_month)
        number = year.number(last)
        if number == 12 or last != year.end(number):
            return self.t("the rest of the year")
        named = _RESTS.get(number)
        return self.t(named) if named else self.months(last.month % 12 + 1, year.last.month)

    def months(self, first: int, last: int) -> str:
        """A span of months by their numbers: 1–7月, January–July."""
        if first == last:
            return self.month(first)
        start = str(first) if self.code == "zh" else self.month(first)
        return self.t("{first}–{last}", first=start, last=self.month(last))

    def _plain(self, value: Decimal) -> str:
        grouping = "," if self.code == "en" else ""
        return f"{value:{grouping}.{places(value)}f}".replace("-", "−")


def _zone(at: datetime) -> str:
    """A moment's distance from UTC as people write it: UTC+8, UTC+5:30, UTC."""
    offset = f"{at:%z}"
    if offset == "+0000":
        return "UTC"
    return f"UTC{int(offset[:3]):+d}" + (f":{offset[3:5]}" if offset[3:5] != "00" else "")


# Hundreds of texts on a page name the same few days.
@lru_cache(maxsize=4096)
def _formatted(day: date, form: str, code: Code) -> str:
    return format_date(day, form, locale=language(code).locale)


@cache
def language(code: str, zone: tzinfo = UTC, first_month: int = 1) -> Language:
    """The language of a code, which tells moments in a time zone, and names the parts of years that
    begin in a month; anything but "en" is Chinese, the language of the reports.
    """
    known: Code = "en" if code == "en" else "zh"
    locale = Locale.parse("zh_Hans_CN" if known == "zh" else "en_GB")
    return Language(known, _catalog(known), locale, zone, first_month)


@cache
def _catalog(code: Code) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    with (LOCALES / code / "LC_MESSAGES" / "mubiao.po").open("rb") as file:
        catalog = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
