"""The catalog is whole, and numbers, periods and days are written as each language writes them."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po

from mubiao.i18n import LOCALES, language
from mubiao.model import Unit
from mubiao.period import Period, YearSpan
from mubiao.problems import Choices, Moment, Problem
from mubiao.wording import words

ROOT = Path(__file__).parent.parent
CATALOG = LOCALES / "zh" / "LC_MESSAGES" / "mubiao.po"
FOLDERS = (ROOT / "mubiao", ROOT / "pages")
KEYWORDS = {"t": None, "message": None, "ngettext": (1, 2)}
ZH, EN = language("zh"), language("en")
YEAR = YearSpan(date(2020, 1, 1))
PERCENT = Unit(zh="%", en="%")
PEOPLE = Unit(zh="人", en="people")


def extracted() -> set[str]:
    """What `make catalogs` finds."""
    found = {m for _, m, _, _ in extract_from_file("python", ROOT / "dashboard.py", KEYWORDS)}
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    for folder in FOLDERS:
        found |= {m for _, _, m, _, _ in extract_from_dir(str(folder), methods, keywords=KEYWORDS)}
    return {m for one in found for m in ((one,) if isinstance(one, str) else one)}


def literals() -> Iterator[tuple[str, str]]:
    """Each text that stands in a call of t or message, with its place, f-strings included."""
    for path in (ROOT / "dashboard.py", *(p for f in FOLDERS for p in sorted(f.rglob("*.py")))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            text = node.args[0]
            if called in KEYWORDS and isinstance(text, ast.Constant) and text.value:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", text.value


def catalog() -> Catalog:
    with CATALOG.open("rb") as file:
        return read_po(file)


def translations() -> dict[str, str]:
    """The Chinese of each message; both forms of one about a number have the same."""
    both: dict[str, str] = {}
    for m in catalog():
        ids, strings = (m.id, m.string) if m.pluralizable else ((m.id,), (m.string,))
        both |= dict.fromkeys(ids, *strings)
    both.pop("")
    return both


def places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_the_catalog_holds_every_message_of_the_code_and_nothing_else() -> None:
    assert extracted() ^ translations().keys() == set(), "run `make catalogs` and translate"


def test_no_message_stands_where_the_extraction_does_not_see_it() -> None:
    known = translations()
    assert [place for place, text in literals() if text not in known] == []


def test_every_message_is_translated_and_no_translation_is_fuzzy_or_a_leftover() -> None:
    read = catalog()
    assert [m.id for m in read if m.id and m.fuzzy] == []
    assert [text for text, chinese in translations().items() if not chinese.strip()] == []
    assert list(read.obsolete) == []


def test_a_translation_has_the_places_of_its_message() -> None:
    pairs = translations().items()
    assert [text for text, chinese in pairs if places(text) != places(chinese)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        r"[\u4e00-\u9fff}][,;:!?]|[\u4e00-\u9fff][.()]|[;!?()][\u4e00-\u9fff]",
        r"[\u4e00-\u9fff] \{|\} [\u4e00-\u9fff]| $|^ |  ",
    ],
    ids=["half-width punctuation", "a space around a place"],
)
def test_chinese_is_set_as_chinese(wrong: str) -> None:
    assert [text for text in translations().values() if re.search(wrong, text)] == []


def test_no_word_means_both_a_status_and_a_debt() -> None:
    # 未报 is the status, in 应报未报 of what was never reported and is overdue; 欠报 a report owed.
    owing = [en for en, zh in translations().items() if "欠报" in zh]
    assert all(re.search("owe|overdue|is late", en.lower()) for en in owing)
    unreported = [en for en, zh in translations().items() if re.search("未报(?!过|送)", zh)]
    assert not [en for en in unreported if re.search(r"\bowed?\b", en.lower())]
    assert not [en for en in translations() if "unreported" in en.lower()]


@pytest.mark.parametrize("code", ["", "fr", "EN", "zh-TW", "en_US", "中文"])
def test_an_unknown_language_is_chinese(code: str) -> None:
    assert language(code).code == "zh"
    assert language(code).t("at risk") == "有风险"


def test_english_is_the_message_itself_and_an_empty_text_is_not_the_catalogs_header() -> None:
    assert (EN.t("at risk"), ZH.t("")) == ("at risk", "")


def test_a_problem_is_told_in_the_readers_language() -> None:
    problem = Problem("the key {key} is missing", {"key": "unit"})
    assert (ZH.problem(problem), EN.problem(problem)) == ("缺少键unit", "the key unit is missing")


def test_labels_lists_phrases_and_clauses_are_set_apart_as_each_language_does() -> None:
    assert ZH.labelled("上半年", "2.8%") == "上半年：2.8%"
    assert EN.labelled("the first half", "2.8%") == "the first half: 2.8%"
    parts = iter(["a", "b", "c"])
    assert [ZH.listed(parts), ZH.listed(["a"]), ZH.listed([])] == ["a、b、c", "a", ""]
    assert [ZH.phrases("ab"), ZH.clauses("ab")] == ["a，b", "a；b"]
    assert [EN.listed("ab"), EN.phrases("ab"), EN.clauses("ab")] == ["a, b", "a, b", "a; b"]


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("0", "0", "0"),
        ("5", "5", "5"),
        ("5.0", "5.0", "5.0"),
        ("-3.2", "−3.2", "−3.2"),
        ("5706", "5706", "5,706"),
        ("9999.5", "9999.5", "9,999.5"),
        ("10000", "1万", "10,000"),
        ("12345", "12345", "12,345"),
        ("280000", "28万", "280,000"),
        ("-261000", "−26.1万", "−261,000"),
        ("1000000", "100万", "1 million"),
        ("1234000", "123.4万", "1,234,000"),
        ("50000000", "5000万", "50 million"),
        ("1200000000", "12亿", "1.2 billion"),
        ("1234567891", "1234567891", "1,234,567,891"),
    ],
)
def test_a_number_keeps_its_digits_scaled_if_short_and_exact(value: str, zh: str, en: str) -> None:
    assert (ZH.number(Decimal(value)), EN.number(Decimal(value))) == (zh, en)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (Fraction(1, 3), None, "0.3"),
        (Fraction(1, 4), None, "0.3"),
        (Fraction(-1, 4), None, "−0.3"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "−3"),
        (Fraction(249, 100), 0, "2"),
        (Fraction(15), 1, "15.0"),
        (Fraction(-1, 100), 1, "0.0"),
        (Decimal("2.345"), 2, "2.35"),
    ],
)
def test_fractions_round_half_up(value: Fraction | Decimal, digits: int | None, text: str) -> None:
    assert (ZH.number(value, digits), EN.number(value, digits)) == (text, text)


@pytest.mark.parametrize(
    ("says", "value", "unit", "zh", "en"),
    [
        ("quantity", "75", PERCENT, "75%", "75%"),
        ("quantity", "-6.6", PERCENT, "−6.6%", "−6.6%"),
        ("quantity", "280000", PEOPLE, "28万人", "280,000 people"),
        ("quantity", "3000000", PEOPLE, "300万人", "3 million people"),
        ("quantity", "43", Unit(zh="微克/立方米", en="µg/m³"), "43微克/立方米", "43 µg/m³"),
        ("quantity", "6", None, "6", "6"),
        ("quantity", "1", Unit(zh="场", en="events", one="event"), "1场", "1 event"),
        # Per cents differ by percentage points.
        ("difference", "0.5", PERCENT, "0.5个百分点", "0.5 percentage points"),
        ("difference", "1", PERCENT, "1个百分点", "1 percentage point"),
        ("difference", "12.1", PERCENT, "12.1个百分点", "12.1 percentage points"),
        ("difference", "19000", PEOPLE, "1.9万人", "19,000 people"),
    ],
)
def test_quantities_have_units(says: str, value: str, unit: Unit | None, zh: str, en: str) -> None:
    texts = [getattr(one, says)(Decimal(value), unit) for one in (ZH, EN)]
    assert texts == [zh, en]


@pytest.mark.parametrize(
    ("share", "percent", "points"),
    [
        (Fraction(95, 200), "47.5%", "47.5"),
        (Fraction(182, 366), "49.7%", "49.7"),
        (Fraction(3, 10), "30%", "30"),
        (Fraction(1), "100%", "100"),
        (Fraction(0), "0%", "0"),
        (Fraction(1, 2000), "0.1%", "0.1"),
        (Fraction(-1, 10), "−10%", "−10"),
    ],
)
def test_shares_are_per_cent_and_gaps_points(share: Fraction, percent: str, points: str) -> None:
    assert (ZH.percent(share), EN.percent(share)) == (percent, percent)
    assert ZH.points(share) == f"{points}个百分点"
    assert EN.points(share) == f"{points} percentage points"


def test_days_and_months_are_written_with_figures_in_chinese_and_names_in_english() -> None:
    day = date(2020, 7, 1)
    assert (ZH.day(day), ZH.day_of_year(day)) == ("2020年7月1日", "7月1日")
    assert (EN.day(day), EN.day_of_year(day)) == ("1 July 2020", "1 July")
    assert (ZH.short_day(day), EN.short_day(day)) == ("7月1日", "1 Jul")

    assert [ZH.month(n) for n in (1, 10, 12)] == ["1月", "10月", "12月"]
    assert [EN.month(n) for n in (1, 10, 12)] == ["January", "October", "December"]


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2020", "全年", "the full year"),
        ("2020-H1", "上半年", "the first half"),
        ("2020-H2", "下半年", "the second half"),
        *((f"2020-Q{n}", f"{'一二三四'[n - 1]}季度", f"Q{n}") for n in (1, 2, 3, 4)),
        ("2020-03", "3月", "March"),
        ("2020-01..2020-02", "1—2月", "January–February"),
        ("2020-02..2020-07", "2—7月", "February–July"),
        ("2020-01..2020-03", "一季度", "Q1"),
        ("2020-01..2020-06", "上半年", "the first half"),
        ("2020-01..2020-09", "前三季度", "the first three quarters"),
        ("2020-01..2020-12", "全年", "the full year"),
        ("2020-06-30", "截至6月30日", "as at 30 June"),
        # Of another year than the plan's.
        ("2021", "2021年全年", "full year 2021"),
        ("2021-H1", "2021年上半年", "the first half of 2021"),
        ("2021-Q3", "2021年三季度", "Q3 2021"),
        ("2021-03", "2021年3月", "March 2021"),
        ("2021-01..2021-02", "2021年1—2月", "January–February 2021"),
        ("2021-01..2021-09", "2021年前三季度", "the first three quarters of 2021"),
        ("2021-06-30", "截至2021年6月30日", "as at 30 June 2021"),
        ("2019-11..2020-02", "2019年11月1日至2020年2月29日", "1 November 2019 to 29 February 2020"),
    ],
)
def test_a_period_has_its_year_unless_that_is_the_plans(period: str, zh: str, en: str) -> None:
    span = Period.parse(period)
    assert (ZH.period(span, YEAR), EN.period(span, YEAR)) == (zh, en)
    if "20" in zh:
        assert (ZH.period(span), EN.period(span)) == (zh, en)


@pytest.mark.parametrize(
    ("last", "zh", "en"),
    [
        (date(2020, 1, 31), "2—12月", "February–December"),
        (date(2020, 2, 29), "3—12月", "March–December"),
        (date(2020, 2, 28), "年内余下时间", "the rest of the year"),
        (date(2020, 3, 31), "二至四季度", "the last three quarters"),
        (date(2020, 6, 30), "下半年", "the second half"),
        (date(2020, 7, 15), "年内余下时间", "the rest of the year"),
        (date(2020, 9, 30), "四季度", "Q4"),
        (date(2020, 11, 30), "12月", "December"),
        (date(2020, 12, 30), "年内余下时间", "the rest of the year"),
    ],
)
def test_what_is_left_of_the_year_is_named(last: date, zh: str, en: str) -> None:
    assert (ZH.rest_of_year(last), EN.rest_of_year(last)) == (zh, en)


@pytest.mark.parametrize(
    ("zone", "short", "full"),
    [
        ("UTC", "2020-08-03 17:12 UTC", "2020年8月3日 17:12（UTC）"),
        ("Asia/Shanghai", "2020-08-04 01:12 UTC+8", "2020年8月4日 01:12（UTC+8）"),
        ("Asia/Kolkata", "2020-08-03 22:42 UTC+5:30", "2020年8月3日 22:42（UTC+5:30）"),
        ("America/St_Johns", "2020-08-03 14:42 UTC-2:30", "2020年8月3日 14:42（UTC-2:30）"),
    ],
)
def test_a_moment_is_told_in_the_time_zone_of_the_plan(zone: str, short: str, full: str) -> None:
    at, there = datetime(2020, 8, 3, 17, 12, tzinfo=UTC), language("zh", ZoneInfo(zone))
    assert there.short_moment(at) == short
    assert there.moment(at) == full
    assert there.problem(Problem("{at}", {"at": Moment(at)})) == short


@pytest.mark.parametrize("names", [words.STATUS, words.STAGE, words.COMPARATOR, words.MEASURE])
def test_every_choice_has_its_word_in_chinese(names: Mapping[StrEnum, str]) -> None:
    assert set(names) == set(type(next(iter(names))))
    assert [name for name in names.values() if ZH.t(name) == name] == []


@pytest.mark.parametrize("names", [words.QUALIFIER, words.NATURE, words.STAGE])
def test_an_id_in_a_message_is_said_by_its_words(names: Mapping[StrEnum, str]) -> None:
    problem = Problem("{ids}", {"ids": Choices(names)})
    assert language("en").problem(problem) == ", ".join(names)
    assert language("zh").problem(problem) == "、".join(map(language("zh").t, names.values()))
