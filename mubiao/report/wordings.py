"""How a promised figure is worded: its phrase, value, comparator, unit, measure and indicator."""

import re
from dataclasses import dataclass
from decimal import Decimal

from mubiao.model import Comparator, Measure
from mubiao.plan.numerals import years_in_digits
from mubiao.plan.printed import FALL, worded_comparator
from mubiao.report.contexts import Context

_REACH = "达到?|(?:提高|提升|增加|增长|上升|扩大|恢复)[到至]|增至|为|实现|保持在?|稳定在|维持在"
_CAP = "控制在|(?:下降|降低|减少|压减|压缩|缩短|缩小|收窄|降|减)[到至]"
_BOUNDS = (
    "不低于|不少于|不小于|至少|不超过|不高于|不突破|不多于|超过|突破|高于|快于|大于|低于|少于|小于|不到|不足"
    "|接近|大约|力争|争取|确保|超|破|约|近|前"
)
_MOVES = (
    "增长|增加|提高|提升|上涨|上升|下降|降低|压减|压降|减少|削减|缩减|压缩|缩短|精简"
    "|减轻|下调|下浮|回落|降|减"
)
_FILL = (
    "[年月日]均|每[人户年月]|同比|实际|[累总合]计|全年|(?<!人)均|各|分别|都|再|按照?|在|至|到|于|了"
)
_GAP = "[ \u3000\u00a0]*"
_LEADING = re.compile(f"(?:{_REACH}|{_CAP}|{_BOUNDS}|{_MOVES}|{_FILL})+{_GAP}$")
_MOVES_AT_END = re.compile(f"(?:{_MOVES}|{_FILL})*{_GAP}$")
_FOLLOWING = re.compile(
    f"(?:（[^）]{{1,6}}）)?(?:{_GAP}(?:左右|上下|(?:及)?以[上下内]|之内))?"
    "(?:的?(?:幅度|比例|降幅)(?:压减|下降|降低|削减|递减))?(?:安排|[^，。；、\\d]{0,8}不变)?"
)
# The words before the first figure of a list hold for the others too: 分别下降3%和2%, 压减3%和2%.
_WORDS = f"((?:{_REACH}|{_CAP}|{_BOUNDS}|{_MOVES}|{_FILL})+)"
_LISTED = re.compile(
    rf"(?:分别{_WORDS}\d(?:(?!同步)[^，。；])*?|{_WORDS}\d[\d.]*[^\d，。；、和及与]{{0,4}})"
    r"(?:和|、|及|与)$"
)
# What falls may stand between the verb and the figure: 压减一般性支出10%.
_FALLEN = re.compile("(?:压减|压降|压缩|削减|缩减|下调|降低|减少)[^，。；、\\d增提降减]{2,16}$")
_BEYOND = re.compile("(?:左右|以上)?[、，](?:并|且)?(?:力争|争取|冲刺)(?:达到?)?")
_NEAR = 4
_BETWEEN_LISTED = re.compile("和|、|及|与|以及")
_PERCENTS = ("%", "个百分点", "百分点")
_CHANGE = re.compile(f"(?:{_MOVES}|增速|涨幅|增幅|降幅)[^，。；、]{{0,8}}$")
_RATES = re.compile("增速|涨幅|增幅|降幅|增长率")
_TO = re.compile("(?:到|至|在|达到?|为)(?:约|近|不.{1,2}于)?$")
_ADDED = re.compile("新增|新建|新认定|新培育|新开工|再")
_HELD = re.compile(
    f"(?:达到?|[提升增大复]?[高升加至大复长]到|保持|稳定|维持|{_CAP}|累计|总量|总数|里程|保有量|余额|浓度|寿命"
    "|水平|规模|强度|生产率).{0,6}$"
)
# What a year brings together, whatever words hold it at a value: a running total.
_FLOW = re.compile("产量|产值|[发用]电量|绿电|出栏|交易额|成交额|销售额|零售额|吞吐量")
_EXACT = re.compile(
    "赤字|专项债|国债|债券|地方债|发债|转移支付|(?:拟|财政|预算|支出|投资)(?:还?将|再)?安排"
    "|安排.{0,12}(?:资金|专项|预算|投入|工具)"
)
# 超长期特别国债，今年先发行1万亿元: the bonds are named before.
_ISSUED, _BONDS = re.compile("发行$"), re.compile("国债|债券")
_BASE = re.compile(r"(?:较|比|相比)((?:19|20)\d\d)年[^，。；\d]{0,6}$")


@dataclass(frozen=True, slots=True)
class Wording:
    """A promised figure as it is worded; `start` and `stop` are its phrase in the paragraph.

    `value` is signed (a fall is negative), `upper` ends a range, `plainly` is without its shape.
    """

    start: int
    stop: int
    value: Decimal
    upper: Decimal | None
    unit: str
    comparator: Comparator
    plainly: Comparator
    measure: Measure
    base_year: int | None

    @property
    def falls(self) -> bool:
        """Whether the value is the size of a fall."""
        return self.value < 0


def wording_of(context: Context) -> Wording:
    """How the figure is worded."""
    number, upper = context.number, context.upper
    # Without the words of change that end it: 比2020年下降 → 比2020年.
    base = _BASE.search(years_in_digits(_MOVES_AT_END.sub("", context.clause)))
    start, stop = _start(context, base), _stop(context)
    phrase = context.text[start:stop]
    percent = number.unit in _PERCENTS
    falls = percent and (FALL.search(phrase) is not None or _strives_below(context))
    measure = _measure(context, percent=percent, falls=falls, based=base is not None)
    comparator = worded_comparator(phrase, falls=falls, ranges=False) or Comparator.AT_LEAST
    if comparator is Comparator.EXACTLY:
        comparator = Comparator.AT_LEAST
    return Wording(
        *(start, stop, -number.value if falls else number.value),
        *(upper and (-upper.value if falls else upper.value), number.unit),
        _shape(context, phrase, comparator) or comparator,
        comparator,
        _level_if_capped(measure, comparator),
        int(base[1]) if base else None,
    )


def _strives_below(context: Context) -> bool:
    """Whether the figure goes beyond a fall: 下降3%、力争4%."""
    before = context.previous
    between = context.text[before.tail : context.number.start] if before else ""
    fallen = before and FALL.search(context.text, max(0, before.start - _NEAR), before.end)
    return fallen is not None and _BEYOND.fullmatch(between) is not None


def _start(context: Context, base: re.Match[str] | None) -> int:
    """Where the phrase begins: with the base year, the words of a list, or those of the figure."""
    begins = context.number.start - len(context.clause)
    if base:
        return begins + base.start()
    listed = _LISTED.search(context.clause)
    previous = context.previous
    alike = previous is not None and previous.unit == context.number.unit
    if (
        listed
        and (alike or listed[1])
        and (FALL.search(listed[0]) or worded_comparator(listed[1] or listed[2]))
    ):
        return begins + listed.start()
    leading = _LEADING.search(context.clause) or (
        context.number.unit in _PERCENTS and _FALLEN.search(context.clause)
    )
    return context.number.start - (len(leading[0]) if leading else 0)


def _stop(context: Context) -> int:
    """Where the phrase ends: after the range, the list (5%和6%以上) and the words that bound it."""
    last = context.upper or context.number
    tail = last.tail
    following = context.following
    if following and "分别" in context.clause and not context.upper:
        between = context.text[tail : following.start]
        if _BETWEEN_LISTED.fullmatch(between) and following.unit == context.number.unit:
            tail = following.tail
    match = _FOLLOWING.match(context.text, tail)
    return match.end() if match else tail


def _shape(context: Context, phrase: str, comparator: Comparator) -> Comparator | None:
    """A range, or an amount that is neither a floor nor a ceiling; None for others."""
    if context.upper and comparator in (Comparator.AT_LEAST, Comparator.AT_MOST):
        return Comparator.BETWEEN
    plainly = worded_comparator(phrase, ranges=False) in (None, Comparator.EXACTLY)
    clause = f"{context.clause}{context.rest[:8]}"
    arranged = phrase.endswith(("安排", "不变")) or (
        (
            _EXACT.search(clause)
            or (_ISSUED.search(context.clause) and _BONDS.search(context.sentence))
        )
        and context.number.unit in ("元", "%")
        and not _CHANGE.search(context.clause)
    )
    return Comparator.EXACTLY if plainly and arranged else None


def _measure(context: Context, *, percent: bool, falls: bool, based: bool) -> Measure:
    clause = context.clause.rstrip()
    if percent:
        if based:
            return Measure.SINCE_BASE
        changes = _CHANGE.search(clause) and not _TO.search(clause)
        rate = changes or falls or _RATES.search(clause) or context.number.unit != "%"
        return Measure.RATE if rate else Measure.LEVEL
    if "浓度" in clause:
        return Measure.RATE
    added = _ADDED.search(clause.rpartition("、")[2])
    held = _HELD.search(clause) and not added and not _FLOW.search(clause)
    return Measure.LEVEL if held else Measure.COUNT


def _level_if_capped(measure: Measure, comparator: Comparator) -> Measure:
    """A running total is never capped in a plan: what is held below a value is a level."""
    capped = comparator in (Comparator.AT_MOST, Comparator.BELOW)
    return Measure.LEVEL if measure is Measure.COUNT and capped else measure
