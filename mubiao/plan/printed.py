"""What a printed phrase says: its figures, Arabic and Chinese, and the comparator it is worded in.

Figures are read where they stand in their paragraph, so that "28" cut off from "28万" is not 28.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from mubiao.model import Comparator, Measure, Target

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

# 百分 is the beginning of 百分点, not a scale.
_SCALED = re.compile(r"(\d+(?:\.\d+)?)([十百千万亿]*)(?!分)")
# Words that look like numbers but count nothing stand first, so that they are skipped.
_CHINESE = re.compile(
    r"一般|一体|一步|一批|一流|一律|一致|一定|一些|一带一路|统一|唯一|第一|十分|百姓|百分|千方百计"
    r"|([零〇一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]*)"
)

# How reports print each comparator: the first wording that a phrase contains decides.
WORDINGS: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (Comparator.IN_STEP_WITH, re.compile("同步")),
    (Comparator.ABOUT, re.compile(r"左右|持平|约(?=\d)")),
    (Comparator.AT_MOST, re.compile("不超过|不高于|不突破|不多于")),
    (Comparator.AT_LEAST, re.compile("不低于|不少于|不小于")),
    (Comparator.ABOVE, re.compile("超过|突破|高于")),
    (Comparator.BELOW, re.compile("低于|少于|小于")),
    (Comparator.AT_MOST, re.compile("以内|以下")),
    (Comparator.AT_LEAST, re.compile("以上|达到|提高到|保持")),
    (Comparator.AT_MOST, re.compile("减到|减至|减少到|减少至|下降到|下降至|降到|降至")),
)
_FALL = re.compile("(?:下降|降低|压减|减少)(?![到至])")
# A fall "of 10% or more" is a change of -10 or less.
_MIRRORED = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.ABOVE: Comparator.BELOW,
    Comparator.BELOW: Comparator.ABOVE,
}


class PrintedNumber(NamedTuple):
    """A number in a text: where it stands (without a 万 after it), as written, and its value."""

    start: int
    end: int
    text: str
    value: Decimal


def arabic_numbers(text: str) -> Iterator[PrintedNumber]:
    """Every Arabic figure of a text, its value times the 百, 万 or 亿 that follows."""
    for match in _SCALED.finditer(text):
        value = Decimal(match[1])
        for scale in match[2]:
            value *= _SCALES[scale]
        yield PrintedNumber(*match.span(1), match[1], value)


def half_a_unit(target: Target) -> Decimal:
    """Half a unit of the last digit that the target's phrase prints of its value.

    "6%" gives 0.5, "28万" gives 5000, "20.5%" gives 0.05; 0.5 where no figure is printed.
    """
    value = abs(target.value or Decimal(0))
    for number in arabic_numbers(target.source.printed):
        if number.value == value and value:
            written = Decimal(number.text)
            exponent = written.as_tuple().exponent
            unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
            return unit * (number.value / written) / 2
    return Decimal("0.5")


def as_amended(target: Target) -> Target | None:
    """What an amendment asks, with the phrase of the decision as the printed one; None without."""
    if target.amended is None:
        return None
    source = target.source.model_copy(update={"printed": target.amended.printed})
    return target.in_force(date.max).model_copy(update={"source": source})


def chinese_numbers(text: str) -> Iterator[PrintedNumber]:
    """Every number in Chinese characters, except in words such as 一般 that count nothing."""
    for match in _CHINESE.finditer(text):
        if number := match[1]:
            yield PrintedNumber(*match.span(1), number, Decimal(chinese_number(number)))


def chinese_number(text: str) -> int:
    """A number in Chinese: 两千三百 is 2300, 二〇二〇 2020, 十 10. Raises ValueError for others."""
    if unknown := set(text) - _DIGITS.keys() - _SCALES.keys():
        raise ValueError(f"{''.join(sorted(unknown))} is not part of a Chinese number")
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = section = digit = 0
    for character in text:
        scale = _SCALES.get(character, 0)
        if not scale:
            digit = _DIGITS[character]
        elif scale < 10**4:
            section += (digit or 1) * scale
            digit = 0
        elif scale == 10**4:
            total, section, digit = total + (section + digit or 1) * scale, 0, 0
        else:
            total, section, digit = (total + section + digit or 1) * scale, 0, 0
    return total + section + digit


def occurrences(text: str, printed: str) -> list[tuple[int, int]]:
    """Where a phrase stands in a text as a whole, as (start, end).

    "5%以内" does not stand in "3.5%以内", nor "28" in "280" or "28.5": a phrase that begins or
    ends with a digit must not cut a figure in two.
    """
    before = r"(?<![\d.])" if printed[0].isdecimal() else ""
    after = r"(?![\d.])" if printed[-1].isdecimal() else ""
    # Looked ahead at, so that an occurrence may begin inside the one before.
    whole = f"(?={before}({re.escape(printed)}){after})"
    return [match.span(1) for match in re.finditer(whole, text)]


def numbers_in(text: str) -> list[PrintedNumber]:
    """The numbers of a text, Arabic and then Chinese."""
    return [*arabic_numbers(text), *chinese_numbers(text)]


def numbers_within(text: str, start: int, end: int) -> list[PrintedNumber]:
    """The numbers that stand wholly inside a stretch of a text."""
    return [n for n in numbers_in(text) if start <= n.start and n.end <= end]


def says_fall(target: Target) -> bool:
    """Whether the target's phrase gives the size of a fall (下降17%): a negative change."""
    is_change = target.measure in (Measure.RATE, Measure.SINCE_BASE)
    return is_change and _FALL.search(target.source.printed) is not None


def worded_comparator(target: Target) -> Comparator | None:
    """The comparator that the target's phrase is worded in, None if it uses none of the words."""
    if target.is_milestone:
        return Comparator.DONE
    falls = says_fall(target)
    for comparator, wording in WORDINGS:
        if wording.search(target.source.printed):
            return _MIRRORED.get(comparator, comparator) if falls else comparator
    return Comparator.AT_MOST if falls else None
