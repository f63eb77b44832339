"""The figures of a Chinese text: where each stands, its value with its scale, and its unit.

A unit is read before a scale (450亿千瓦时 is 4.5e10 kWh, not 4.5e13 watt-hours). Shares (七成,
三分之二, 百分之五), multiples (两倍, 翻番) and counts (二十五个) in Chinese characters are figures
too; other Chinese numbers may be, or may only be part of a word (一般).
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGIT = "零〇一二两三四五六七八九"

PERCENT = "%"
TIMES = "倍"
_ONE = (
    "个百分点|百分点|个千分点|[%％﹪‰]|个?工作日|个月|周年|周岁|小时|分钟|季度|年|月|日|天|周|秒|岁"
    "|吨标准煤|吨标煤|标准箱|标箱|吨公里|公吨|吨|公斤|千克|毫克|微克|克|斤|担"
    "|千瓦时|千瓦|兆瓦时|兆瓦|吉瓦|千伏安|千伏|伏|度(?![假])|焦耳"
    "|平方公里|平方千米|平方米|平米|公顷|亩|立方米|立方(?!体)|方(?![案面向位式针法])|升(?![级至到学])|蒸吨"
    "|公里|千米|海里|华里|厘米|毫米|微米|米|里|分贝"
    "|美元|欧元|港元|日元|英镑|元|人次|人天|车次|班次|批次|家次|台次|架次|艘次|件次|项次|场次|户次|户|人|名|位"
    "|[GMK]W[hp]?|[kg]W[hp]?|标台|TEU|(?i:[EP]FLOPS)|[GTPE]B|[/／]10万|Gbps|Mbps|km|P(?![A-Za-z])"
    "|[个家条项座处所件栋幢套张台部辆艘架列班趟场次届期批款种类级口村镇县]"
    "|[单株棵头只羽匹门节堂篇册本集幅首支队组片块间层眼孔路份笔宗起例成倍番强版点盏枚副对股]"
)
# Text that comes from other programs has spaces around figures.
_GAP = "[ \u3000\u00a0]?"
UNIT = re.compile(rf"{_GAP}((?:{_ONE})(?:[/／每](?:[百千万亿]*(?:{_ONE})))?)")

# 30多万, 8600余亿: the scale may follow the word for "and more".
_SCALE = r"(?:(?!千瓦|千米|千克|千伏|千分|百分|百姓|万元户)[百千万亿])*"
_ARABIC = re.compile(
    rf"(\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:[.．]\d+)?)"
    rf"(?:{_GAP}(?=[多余百千万亿]))?[多余]?({_SCALE})[多余]?"
)
_TO = re.compile(r"[-－—–―~～至到]{1,2}")
# 增加50亿元至380亿元 names the step and where it leads.
_STEP = re.compile(r"(?:增加|提高|提升|上调|减少|下调)$")
_SHARE = re.compile(
    rf"(?P<tenths>[一二两三四五六七八九])成(?P<half>半)?(?![不立果为功就效长员绩套熟人交])"
    rf"|(?P<whole>[{_DIGIT}十百千]+)分之(?P<part>[{_DIGIT}十百千点]+)"
    rf"|(?<![\d.])(?P<times>[一二两三四五六七八九十百]+)倍(?!增)"
    rf"|翻(?P<doubled>[一两三])?番"
)
# 二十五个 and 一千五百万元 count something; 二十大, 三十年, 第十二届 and 百万亩 do not.
_WRITTEN = re.compile(
    rf"(?<![{_DIGIT}十百千万亿第])"
    rf"((?:[一二两三四五六七八九][十百千]|十[一二三四五六七八九])[{_DIGIT}十百千万亿]*"
    r"|(?:(?<=突破|超过|达到)|(?<=[超近]))[百千万]?[万亿](?=元(?:[，。；、]|大关|$)))(?![大中多余])"
)
_COUNTS_NOTHING = frozenset(
    {"", "年", "月", "日", "周", "天", "周年", "届", "期", "次", "级", "位", "岁"}
)
# Words that look like numbers but count nothing stand first, so that they are skipped.
_CHINESE = re.compile(
    r"一般|一体|一步|一批|一流|一律|一致|一定|一些|一带一路|统一|唯一|第一|十分|百姓|百分|千方百计"
    r"|([零〇一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]*)"
)

_YEAR = re.compile("(?:一九|１９|二[零〇○０Ｏ]|２０)[一二三四五六七八九零〇○Ｏ０-９]{2}(?=年)")
_YEAR_DIGITS = str.maketrans(
    "一二三四五六七八九零〇○Ｏ０１２３４５６７８９", "12345678900000123456789"
)


class PrintedNumber(NamedTuple):
    """A number in a text: where it stands (without a 万 after it), as written, and its value.

    `unit` is the unit as printed ("" for none), and `tail` where scale and unit end.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str = ""
    tail: int = 0


@lru_cache(maxsize=4096)  # the proof asks for those of a paragraph for each target that cites it
def figures_in(text: str) -> tuple[PrintedNumber, ...]:
    """Every figure of a text, in order: Arabic numbers, and in Chinese shares, multiples and what
    is counted or measured with more than one sign.
    """
    return tuple(sorted([*arabic_numbers(text), *_shares(text), *_written(text)]))


def arabic_numbers(text: str) -> Iterator[PrintedNumber]:
    """Every Arabic figure of a text, its value times the 百, 万 or 亿 that follows.

    The lower end of a range has the scale and the unit of the upper one: 60-70万人.
    """
    following: PrintedNumber | None = None
    numbers: list[PrintedNumber] = []
    for match in reversed([*_ARABIC.finditer(text)]):
        number = _arabic(match, text)
        following = _completed(text, number, following) if following else number
        numbers.append(following)
    yield from reversed(numbers)


def _completed(text: str, number: PrintedNumber, following: PrintedNumber) -> PrintedNumber:
    """A number with what the one that follows says for both."""
    scaled = number.tail > number.end
    if ends_range(text, number, following):
        if not scaled and following.value:
            value = number.value * (following.value / plain(following.text))
            number = number._replace(value=value)
        return number if number.unit else number._replace(unit=following.unit)
    listed = text[number.tail : following.start] in ("和", "、", "及", "与")
    shares_unit = scaled and not number.unit  # 1.2万亿、9000亿元
    is_point = number.unit == "个" and following.unit == "个百分点"  # 1个和0.8个百分点
    return number._replace(unit=following.unit) if listed and (shares_unit or is_point) else number


def ends_range(text: str, number: PrintedNumber, following: PrintedNumber) -> bool:
    """Whether the second number is the upper end of a range that the first one begins."""
    between = text[number.tail : following.start]
    steps = number.tail > number.end and number.unit not in ("", PERCENT)
    if steps and between in ("至", "到") and _STEP.search(text, 0, number.start):
        return False
    return _TO.fullmatch(between) is not None and number.value < following.value


def _arabic(match: re.Match[str], text: str) -> PrintedNumber:
    value = plain(match[1])
    for scale in match[2]:
        value *= _SCALES[scale]
    unit = UNIT.match(text, match.end())
    printed = unit[1] if unit else ""
    if printed == "成":  # 7成 is 70%
        value *= 10
    if printed in ("成", "％", "﹪"):
        printed = PERCENT
    return PrintedNumber(
        *(match.start(1), match.end(1), match[1], value),
        *(printed, unit.end() if unit else match.end()),
    )


def plain(text: str) -> Decimal:
    """An Arabic number as written, with its thousands separators or not."""
    return Decimal(text.replace(",", "").replace("．", "."))


def _shares(text: str) -> Iterator[PrintedNumber]:
    for match in _SHARE.finditer(text):
        value, unit = _share(match)
        if value is not None:
            yield PrintedNumber(*match.span(), match[0], value, unit, match.end())


def _share(match: re.Match[str]) -> tuple[Decimal | None, str]:
    """The value and the unit of a share or a multiple; None for words that are none."""
    if tenths := match["tenths"]:
        return Decimal(chinese_number(tenths) * 10 + (5 if match["half"] else 0)), PERCENT
    if whole := match["whole"]:
        integer, _, decimals = match["part"].partition("点")
        if not integer or not chinese_number(whole):
            return None, PERCENT
        digits = "".join(str(_DIGITS.get(digit, 0)) for digit in decimals)
        part = Decimal(f"{chinese_number(integer)}.{digits or 0}")
        share = part / chinese_number(whole) * 100
        return share.quantize(Decimal("0.01")).normalize() + 0, PERCENT
    if times := match["times"]:
        return Decimal(chinese_number(times)), TIMES
    return Decimal(2 ** chinese_number(match["doubled"] or "一")), TIMES


def _written(text: str) -> Iterator[PrintedNumber]:
    for match in _WRITTEN.finditer(text):
        unit = UNIT.match(text, match.end())
        if unit and unit[1] not in _COUNTS_NOTHING:
            value = Decimal(chinese_number(match[1]))
            yield PrintedNumber(*match.span(1), match[1], value, unit[1], unit.end())


def chinese_numbers(text: str) -> Iterator[PrintedNumber]:
    """Every number in Chinese characters, except in words such as 一般 that count nothing."""
    for match in _CHINESE.finditer(text):
        if number := match[1]:
            unit = UNIT.match(text, match.end())
            yield PrintedNumber(
                *(*match.span(1), number, Decimal(chinese_number(number))),
                *((unit[1], unit.end()) if unit else ("", match.end())),
            )


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


def years_in_digits(text: str) -> str:
    """A text, as long as before, with the years that it writes otherwise (二○○三年, ２００３年)."""
    return _YEAR.sub(lambda match: match[0].translate(_YEAR_DIGITS), text)


def numbers_in(text: str) -> list[PrintedNumber]:
    """The figures of a text and then its other numbers in Chinese."""
    return [*figures_in(text), *chinese_numbers(text)]


def numbers_within(text: str, start: int, end: int) -> list[PrintedNumber]:
    """The numbers that stand wholly inside a stretch of a text."""
    return [n for n in numbers_in(text) if start <= n.start and n.end <= end]
