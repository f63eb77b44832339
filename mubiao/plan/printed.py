"""What a printed phrase says: the comparator it is worded in, and where it stands in a text.

Figures are read where they stand in their paragraph, so that "28" cut off from "28万" is not 28.
"""

import re
from datetime import date
from decimal import Decimal

from mubiao.model import Comparator, Measure, Target
from mubiao.plan.numerals import arabic_numbers, numbers_in, plain

_NUMERAL = r"[\d一二两三四五六七八九十百千万亿]"

RANGE = re.compile(r"\d[百千万亿]*[^\d，。；、和]{0,5}[-－—–―~～至到]{1,2}[约近]?\d|之间")
# How reports print each comparator: the first wording that a phrase contains decides.
WORDINGS: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (Comparator.IN_STEP_WITH, re.compile("同步")),
    (Comparator.ABOUT, re.compile(rf"左右|上下|持平|接近|大约|[约近](?={_NUMERAL})")),
    (
        Comparator.AT_MOST,
        re.compile(r"(?<!提)前(?=\d+(?:[位名]|$))|不超过|不高于|不突破|不多于|不大于|最多|至多"),
    ),
    (Comparator.AT_LEAST, re.compile("不低于|不少于|不小于|不短于|至少")),
    (Comparator.ABOVE, re.compile(rf"超过|突破|高于|快于|大于|多于|[超破](?={_NUMERAL})")),
    (Comparator.BELOW, re.compile("低于|少于|小于|不到|不足")),
    (Comparator.BETWEEN, RANGE),
    (Comparator.EXACTLY, re.compile("不变|安排|等于|恰好|正好")),
    (Comparator.AT_MOST, re.compile("以内|之内|以下|控制在")),
    (Comparator.AT_LEAST, re.compile("以上|达到|提高到|保持|稳定在|翻.?番")),
    (
        Comparator.AT_MOST,
        re.compile("减[到至]|减少[到至]|下降[到至]|[降压缩收][短低减小窄]?[到至]"),
    ),
)
FALL = re.compile(
    r"(?:下降|降低|压减|压降|减少|减轻|削减|缩减|压缩|缩短|精简|下调|下浮|回落)(?![到至])"
    r"|[降减] ?(?=\d)"
)
# A fall "of 10% or more" is a change of -10 or less.
_MIRRORED = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.ABOVE: Comparator.BELOW,
    Comparator.BELOW: Comparator.ABOVE,
}


def half_a_unit(target: Target) -> Decimal:
    """Half a unit of the last digit that the target's phrase prints of its value.

    "6%" gives 0.5, "28万" gives 5000, "20.5%" gives 0.05; 0.5 where no figure is printed.
    """
    value = abs(target.value or Decimal(0))
    for number in arabic_numbers(target.source.printed):
        if number.value == value and value:
            written = plain(number.text)
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


def says_fall(target: Target) -> bool:
    """Whether the target's phrase gives the size of a fall (下降17%): a negative change."""
    is_change = target.measure in (Measure.RATE, Measure.SINCE_BASE)
    return is_change and FALL.search(target.source.printed) is not None


def worded_comparator(
    printed: str, *, falls: bool = False, ranges: bool = True
) -> Comparator | None:
    """The comparator that a phrase is worded in, None if it uses none of the words.

    `falls`: the phrase gives the size of a fall, so that "以上" is no more than minus that. Without
    `ranges`, what its words say beside a range.
    """
    for comparator, wording in WORDINGS:
        if wording.search(printed) and (ranges or comparator is not Comparator.BETWEEN):
            return _MIRRORED.get(comparator, comparator) if falls else comparator
    return Comparator.AT_MOST if falls else None


def comparator_as_printed(target: Target) -> Comparator:
    """The comparator that the target's phrase is worded in.

    A figure without such a word is a number to reach; words without a figure are as they are read.
    """
    if target.is_milestone:
        return Comparator.DONE
    printed = target.source.printed
    worded = worded_comparator(printed, falls=says_fall(target))
    figured = bool(numbers_in(printed)) or target.reading is None
    return worded or (Comparator.AT_LEAST if figured else target.comparator)


def read_otherwise(target: Target) -> bool:
    """Whether the target's reading says its comparator, and the printed phrase another one."""
    if target.reading is None or comparator_as_printed(target) is target.comparator:
        return False
    wordings = (wording for comparator, wording in WORDINGS if comparator is target.comparator)
    return any(wording.search(target.reading.zh) for wording in wordings)
