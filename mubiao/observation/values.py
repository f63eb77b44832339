"""Values as people write them: 28万, 4.5亿, 1,200, １２．５, 5%, （3.2）, 23%以上, 约24%.

The result is exact and in plain base units (28万 is 280000); what cannot be read without
guessing is refused with the reason. Only figures are read, never numbers written in words.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from mubiao.model import Qualifier, Stage
from mubiao.plain_text import folded, half_width
from mubiao.problems import Bilingual, Refused, excerpt, message, refused

MAX_DIGITS = 15
MAX_PLACES = 15
MAX_LENGTH = 100
TOO_LARGE = Decimal(10) ** 15

_NO_FIGURE = re.compile(
    r"-{1,3}|—{1,2}|…{1,2}|\.{3}|[/*?]|n[./]?a\.?|null|none|nil|tbd|#.*|"
    r"无|空|缺失?|暂[无缺]|待定|待发布|未发布|未公布|不详|未知",
    re.IGNORECASE | re.ASCII,
)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE | re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?[0-9.,]+e[+-]?[0-9]+", re.IGNORECASE)
_NUMBER = re.compile(r"([+-]?)\s*([0-9.,]*[0-9][0-9.,]*)(.*)", re.DOTALL)
_DECIMAL = re.compile(r"[0-9]*\.?[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
_ACCOUNTING = re.compile(r"\(([^()]*)\)([^()]*)")

_BEFORE: Mapping[str, Qualifier] = {
    **dict.fromkeys(("不少于", "不低于", "至少", "≥", "≧", ">=", "at least"), Qualifier.AT_LEAST),
    **dict.fromkeys(
        ("不超过", "不多于", "不高于", "至多", "≤", "≦", "<=", "at most"), Qualifier.AT_MOST
    ),
    **dict.fromkeys(("大约", "约为", "约", "≈", "~", "about"), Qualifier.ABOUT),
}
_AFTER: Mapping[str, Qualifier] = {
    **dict.fromkeys(("及以上", "以上"), Qualifier.AT_LEAST),
    **dict.fromkeys(("及以下", "以下", "之内", "以内"), Qualifier.AT_MOST),
    "左右": Qualifier.ABOUT,
}
# "" first: a unit that begins like a scale (千瓦, 百分点) is the unit.
_SCALES: Mapping[str, int] = {
    "": 0,
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "billion": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "million": 6,
    "万": 4,
    "thousand": 3,
    "千": 3,
}
_STAGE_WORDS: Mapping[Stage, str] = {
    Stage.NOT_STARTED: "not_started|not started|not begun|未开始|尚未开始|未启动|尚未启动|未开工|"
    "尚未开工|未开展|待启动|待开工",
    Stage.UNDER_WAY: "under_way|under way|underway|in progress|started|ongoing|进行中|正在进行|"
    "在建|建设中|施工中|推进中|实施中|已启动|已开工|已开始",
    Stage.COMPLETE: "complete|completed|done|finished|已完成|完成|已竣工|竣工|已完工|完工|已建成|"
    "建成",
    Stage.CANCELLED: "cancelled|canceled|取消|已取消|终止|已终止",
}
_STAGES = {word: stage for stage, names in _STAGE_WORDS.items() for word in names.split("|")}


def _any_of(alternatives: Collection[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(alternatives, key=len, reverse=True))


_FIRST = re.compile(rf"({_any_of(_BEFORE)})\s*", re.IGNORECASE | re.ASCII)
_LAST = re.compile(rf"\s*({_any_of(_AFTER)})$")


class ParsedFigure(NamedTuple):
    """An exact value in plain base units; `qualifier` is None where the text carries none."""

    value: Decimal
    qualifier: Qualifier | None


def parse_figure(text: str, unit_words: Sequence[str] = ()) -> ParsedFigure:
    """Read one figure.

    `unit_words` are the target's unit in Chinese, in English, and what else is taken: one of them
    may stand beside the number; without any, a percent sign may. Raises Refused, with field "value"
    and the reason, for what is not exactly one number of at most 15 digits below 10^15.
    """
    plain = half_width(text)
    _refuse_no_figure(text, plain)
    body, qualifier = _take_qualifier(text, plain)
    body = _without_prefix(body, unit_words)
    negative = False
    if accounting := _ACCOUNTING.fullmatch(body):
        body, negative = accounting[1].strip() + accounting[2], True
    number = _NUMBER.fullmatch(body)
    if number is None or (negative and number[1]):
        msgid = message(
            "“{text}” is not a number; expected one such as 6.2, −3.2, 1,200, 28万 or 5%"
        )
        raise _refuse(msgid, text)
    sign, digits, rest = number.groups()
    power = _power(text, rest.strip(), unit_words)
    value = Decimal(format(_decimal(digits).scaleb(power), "f"))
    if value >= TOO_LARGE:
        msgid = message("“{text}” is too large; expected a number below 10^15: check the scale")
        raise _refuse(msgid, text)
    if value and (negative or sign == "-"):
        value = -value
    return ParsedFigure(value, qualifier)


def _without_prefix(body: str, unit_words: Sequence[str]) -> str:
    """A number without the unit that stands before it: £3.2, −£3.2, 第3."""
    sign = body[:1] if body[:1] in ("-", "−", "+") else ""
    for word in filter(None, map(half_width, unit_words)):
        number = body.removeprefix(sign).removeprefix(word).lstrip()
        if number and body.removeprefix(sign).startswith(word):
            return sign + number
    return body


def parse_stage(text: str) -> Stage:
    """Read a milestone's stage: one of the four ids, or the words people use for them.

    Raises Refused, with field "value", for anything else.
    """
    stage = _STAGES.get(half_width(text).lower())
    if stage is None:
        msgid = message(
            "“{text}” is not a stage; expected not started, under way, complete or cancelled"
        )
        raise _refuse(msgid, text)
    return stage


def _refuse(msgid: str, text: str = "", /, **values: object) -> Refused:
    return refused(msgid, field="value", text=excerpt(text), **values)


def _refuse_no_figure(text: str, plain: str) -> None:
    if not plain:
        raise _refuse(message("the value is missing; expected a number such as 6.2, 28万 or 5%"))
    if len(plain) > MAX_LENGTH:
        msgid = message("the value has {length} characters; expected one number, at most {most}")
        raise _refuse(msgid, length=len(plain), most=MAX_LENGTH)
    if _NO_FIGURE.fullmatch(plain):
        msgid = message("“{text}” is not a figure; record nothing until the figure is known")
        raise _refuse(msgid, text)
    if _NOT_FINITE.fullmatch(plain):
        raise _refuse(message("“{text}” is not a finite number"), text)
    if _SCIENTIFIC.match(plain):
        msgid = message("“{text}” has an exponent; write the number out, or with 万 or 亿")
        raise _refuse(msgid, text)


def _take_qualifier(text: str, plain: str) -> tuple[str, Qualifier | None]:
    """The text without the words that say how exact it is, and what they say."""
    qualifiers: set[Qualifier] = set()
    if first := _FIRST.match(plain):
        qualifiers.add(_BEFORE[first[1].lower()])
        plain = plain[first.end() :]
    if last := _LAST.search(plain):
        qualifiers.add(_AFTER[last[1]])
        plain = plain[: last.start()]
    if len(qualifiers) > 1:
        msgid = message("“{text}” says two things about how exact it is; expected at most one")
        raise _refuse(msgid, text)
    return plain, qualifiers.pop() if qualifiers else None


def _decimal(digits: str) -> Decimal:
    """The unsigned number; thousands may be grouped by commas, in threes only."""
    if "," in digits and not _GROUPED.fullmatch(digits):
        msgid = message("“{text}” can be read in more than one way; write 1200, 1,200 or 1.2")
        raise _refuse(msgid, digits)
    plain = digits.replace(",", "")
    if not _DECIMAL.fullmatch(plain):
        msgid = message("“{text}” is not a decimal number; expected one such as 6.2")
        raise _refuse(msgid, digits)
    whole, _, places = plain.partition(".")
    if len((whole + places).lstrip("0")) > MAX_DIGITS or len(places) > MAX_PLACES:
        msgid = message("“{text}” has too many digits; expected at most {most}")
        raise _refuse(msgid, digits, most=MAX_DIGITS)
    return Decimal(plain)


def _power(text: str, rest: str, unit_words: Sequence[str]) -> int:
    """The power of ten that the words behind the number stand for."""
    suffix = _compact(rest)
    units = {_compact(word) for word in unit_words} or {"%"}
    for scale, power in _SCALES.items():
        if suffix.startswith(scale) and suffix[len(scale) :] in ("", *units):
            return power
    if re.search(r"[0-9]", rest):
        msgid = message("“{text}” holds more than one number; expected exactly one")
        raise _refuse(msgid, text)
    if not unit_words:
        msgid = message("“{words}” behind the number cannot be read; expected the number alone")
        raise _refuse(msgid, words=excerpt(rest))
    msgid = message("“{words}” behind the number is not the unit; expected {unit}, or no unit")
    zh, en = (*unit_words, unit_words[0])[:2]
    raise _refuse(msgid, words=excerpt(rest), unit=Bilingual(zh, en))


def _compact(text: str) -> str:
    return "".join(folded(text).split())
