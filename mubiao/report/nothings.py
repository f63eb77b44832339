"""The rules by which a figure in the year's part of a report promises nothing, or only a condition.

Each rule is a reason and what must stand before the figure, be its unit, and follow it; the first
rule that fits decides. A figure that no rule fits is a promise.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from mubiao.problems import message
from mubiao.report.contexts import QUOTES, Context

_LASTING = "年|个月|天|周|小时|分钟|秒|个?工作日|月"
_AMOUNT = (
    "元|美元|欧元|吨|公斤|千克|平方米|平方公里|公顷|亩|千瓦|兆瓦|千伏|立方米|蒸吨|米|公里|里"
    "|吨标准煤|千瓦时|[MGk]W|升|度|单"
)
_CAPACITY = "元|美元|吨|公斤|千瓦|兆瓦|千伏|立方米|蒸吨|[MGk]W|升"
_KINDS = (
    "企业|项目|产业|集群|园区|人口|人员|群众|学生|老年|老人|家庭|单位|景区|机构|医院|城市|乡镇|人群|居民|职工"
    "|学校|平台|基地|主体|机组|锅炉|车辆|汽车|船|用户|客户|商户|公园|湖泊|河流|水库|自然村|行政村"
    "|安置|社区|小区|建筑|泊位|客机|装备|产品|品牌|药店|房企|农户|粮仓|地块|耕地|坡耕地|集中连片"
)
_WITHIN = 80
"""How many characters before the figure a rule looks at."""


@dataclass(frozen=True)
class Rule:
    """A reason, and patterns: `before` ends at the figure, `after` begins behind its unit; `digits`
    and `unit` are the whole number as printed and its whole unit.
    """

    reason: str
    before: str = ""
    unit: str = ".*"
    after: str = ""
    digits: str = ".*"
    condition: bool = False

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return (
            re.compile(rf"(?:{self.before})$" if self.before else ""),
            *(re.compile(self.digits), re.compile(self.unit), re.compile(self.after)),
        )

    def fits(self, context: Context) -> bool:
        """Whether everything that the rule asks for stands there."""
        before, digits, unit, after = self._patterns
        number = context.number
        return bool(
            digits.fullmatch(unicodedata.normalize("NFKC", number.text))
            and unit.fullmatch(number.unit)
            and after.match(context.after.lstrip())
            and before.search(text := context.before.rstrip(), max(0, len(text) - _WITHIN))
        )


_A_NAME = message("part of a name")
_A_CLASS = message("a class, not an amount")
_LONG = message("how long something lasts, not how much is promised")
_THERE = message("something that exists already")
_WHICH = message("a threshold that says which ones are meant")
_LISTED = message("how many topics are listed")
_SOME = "[个条项座处家所]"

RULES = (
    Rule(
        message("the year that the promise is compared with"),
        *("(?:较|比|相比|相较|对比)于?", "年", "", r"(?:19|20)\d\d"),
        condition=True,
    ),
    Rule(message("a year"), unit="年", digits=r"(?:19|20)\d\d"),
    Rule(message("the number of a list or a note"), r"[\[〔【［]", after=r"[\]〕】］]"),
    # Letters and signs around a figure: M102, 5G, 25·7, 1+N, 1:3.
    Rule(_A_NAME, r"[A-Za-zⅠ-Ⅻα-ω][-－—]?|[·•+＋×*/]"),
    Rule(_A_NAME, after=r"[·•+＋×*]|[:：∶/]\d"),
    # 第3届, 17号线, 109国道, 3.0版, 12345, 500强, 985, 5人制; 两个100%, 三个1亿人.
    Rule(message("an ordinal number"), "第"),
    Rule(_A_NAME, unit="", after="[-－]?[A-Za-z]|号|#|国道|省道|高速"),
    Rule(*(_A_NAME, "", "版?", "版|方案|任务|行动|工程|时代|政策|计划|改革", r"\d\.\d")),
    Rule(_A_NAME, "(?<![至到达为过在近约于])", "", "[，。、]", r"\d\.\d"),
    Rule(_A_NAME, unit="", after="(?!以[内上下])", digits=r"12\d{3}|1[12][0-9]|985|211|996"),
    Rule(_A_NAME, unit="强"),
    Rule(_A_NAME, "[两三四五六七八九]个"),
    Rule(_A_NAME, unit="人?", after="制|论坛"),
    Rule(_A_NAME, "新", "条", "[，。、]"),
    Rule(_A_CLASS, unit="级"),
    Rule(_A_CLASS, after="级"),
    Rule(message("a date"), unit="[月日]|季度", after="(?!均|以?内)"),
    Rule(_LONG, unit="周年"),
    Rule(_LONG, "连续|历时|每|近|过去|未来|今后|为期|利用|经过|再|延长|坚持|时隔|前|后", _LASTING),
    Rule(_LONG, "(?<![至到])", f"{_LASTING}|日", "的?(?:之?内)"),
    Rule(
        *(_LONG, "", _LASTING),
        "的?(?:行动|计划|规划|试点|任务|攻坚|方案|免费|义务|制|期|来|间|以来|前|后|历史|[^，。；]{0,4}圈)",
    ),
    # What is compared or begun with.
    Rule(
        message("the value that the promise starts from"),
        r"[由从][^，。；\d]{0,12}",
        after=r"[^，。；\d]{0,10}[提增上扩调降减压缩拓下升][^，。；\d]{0,5}[到至为]",
        condition=True,
    ),
    Rule(message("a denominator"), "每"),
    # What is there.
    Rule(
        _THERE,
        "(?:目前|现在|我[国省市区])[^，。；]{0,10}有(?:[^，。；]*、)?|发挥好?|[现已既原]有|已经?|已建成|目前"
        r"|上述|这|在建的?|依托|围绕|聚焦|用好|针对|对照|涉及[^，。；\d]{0,6}|[省市区县州部]属|已[^，。；\d]{1,4}的",
    ),
    Rule(_THERE, "(?:依托|围绕|聚焦)(?:(?!建|打造)[^，。；]){1,16}[、和]", "[个大条类]"),
    Rule(_THERE, "支持|对", "个", r"国家级[^，。；\d]{1,12}(?:提质|升级|创新|发展)"),
    Rule(
        _THERE, "(?:^|[，。；、]|对|为|使)全[省市区县国州]|(?:^|[，。；])在[^，。；]{1,60}等", _SOME
    ),
    Rule(_THERE, "(?:^|[，。；]|完善|巩固|提升|发挥|用好)(?:首批|第一批|前期)", _SOME),
    Rule(
        *(_THERE, "", _SOME),
        "[^，。；]{0,4}(?:在建|已建|现有)|[^，。；]{0,10}[中里](?:已|在建|现有)"
        "|[^，。；]{0,30}(?:高效|稳定|平稳|良好)运行",
    ),
    Rule(
        _THERE,
        "(?:^|[，。；])(?:预计|普通|全国|全省|今年)*(?:高校|大学)?毕业生(?:预计|将|再)*(?:超过?|突破|达到?)?",
        "人",
    ),
    Rule(
        *(_THERE, "", "个"),
        "省(?:区|市|、)|市[州县]|市（州|设区市|地级市|大中城市|县（市|县市区|区县|[国省][考控]断面",
    ),
    Rule(_THERE, "(?:^|[，。；])", "个", r"[^，。；\d]{0,12}[省市县区州](?:[免率]|全部)"),
    Rule(
        *(_THERE, r"(?:做[大优强]|发展|壮大|提升|巩固)[^，。；\d]{0,40}", "[个大条]"),
        r"[^，。；\d]{0,8}(?:产业|集群)",
    ),
    Rule(_THERE, "等", "[个大]", r"[^，。；\d]{0,8}(?:产业|集群)(?:提质|升级|转型|提升)"),
    Rule(_THERE, "规划", "项", "重大"),
    Rule(_THERE, "是(?:一?个|有|拥有)?", "[人个]"),
    Rule(
        *(_THERE, "(?<!出台|推出|制定|实施|新增)", "[条项]"),
        r"[^，。；\d]{0,6}(?:政策|措施|举措|意见|办法|规定|部署|路径)",
    ),
    Rule(_THERE, "", "[人名]?", "(?:各族)?(?:人?民(?!币)|中国人|儿女|同胞|父老|人?口的?大)"),
    Rule(
        message("how many each of several places has"),
        *(r"各[市县区州地乡][^。；\d]*", "个", ".{0,3}(?:主导|特色)产业"),
    ),
    # Which ones are meant: 总投资50亿元的项目, 年产20万吨的工程, 500千伏线路, 时速350公里.
    Rule(
        _WHICH, *("(?:(?<!完成)投资额?|面积)(?:约|近|超过?|达)?", ".*", "的|、(?:占地|总?建筑面积)")
    ),
    Rule(_WHICH, "(?:全长|占地(?:面积)?)[约近]?|时速|海拔"),
    Rule(
        *(_WHICH, "[超过]|突破|不[低少]于", "元"),
        rf"的[^，。；、\d]{{0,12}}?(?:{_KINDS})|[^，。；、\d]{{0,8}}?(?:{_KINDS})\d",
    ),
    Rule(
        *(_WHICH, r"(?:年产|日?处理)[^，。；\d]{0,6}|装机(?:容量)?|总?库容|产能(?:为|达)?", ".*"),
        r"[^，。；\d]{0,16}(?:项目|工程|电站|基地|工厂|生产线|装置|水库)",
    ),
    Rule(_WHICH, unit="千?伏"),
    Rule(_WHICH, unit="公里", after="时速"),
    # 扩建10万吨炼化、60万吨乙二醇等项目; what is built by length or area (5公里管网等) is promised.
    Rule(
        *(_WHICH, "", _CAPACITY),
        r"[^，。；、\d]{2,12}(?:、[^，。；]*?)?等[^，。；\d]{0,6}(?:项目|工程)"
        r"|[^，。；、\d]{2,10}(?:核准|建成|投产|开工|竣工|达产)",
    ),
    Rule(_WHICH, unit="元", after=r"(?:[-—–~至]\d+万?元)?的?(?:群体|人群|家庭)"),
    Rule(
        *(_WHICH, "", _AMOUNT),
        rf"(?:及|（含）)?(?:以[上下内]|级)的?[^，。；、\d]{{0,8}}?(?:{_KINDS})"
        "|及?以[上下]的?[\u4e00-\u9fa5]{0,12}\\d",
    ),
    Rule(_WHICH, "(?:^|[，。；！？：])(?:(?!寿命|年龄|岁数)[^，。；！？：])*", "周?岁"),
    Rule(_WHICH, unit="张", after="床位?及?以[上下]"),
    Rule(
        message("a distance or a time that says which ones are meant"),
        *("", "米|公里|千米|小时|分钟|天|个?工作日", r"(?:范围)?以?内的?(?=[^，。；\d]{2,}\d)"),
        condition=True,
    ),
    Rule(_LISTED, unit="[个大]", after="(?:重点|大)?方面"),
    Rule(_LISTED, "[以如]下|[做抓]好(?:以下|这)?", "[项件个]", "(?:重点)?(?:工作|任务|大事|要事)"),
)

_LONGEST_NAME = 20
_PROMISED_TIME = re.compile(
    "压缩|缩短|减|降|控制|不超过|不少于|不低于|达到?|提高|增加|增至|稳定|以上|左右|寿命|年限|天数"
)
_BARE_PROMISE = re.compile(
    r"(?:(?:进入|跻身|位居|位列|保持)[^，。；\d]{0,8}前"
    "|达到?|至|到|超过?|突破|破|不低于|不少于|不超过|控制在|保持在|稳定在|[低高]于|约|力争)$"
)
_BOUND = re.compile("左右|上下|以[上下内]|之内")
_BEHIND = re.compile(
    r"(?:去年|上年|过去[一二三四五六七八九十\d]*年?|前年|已经|已(?:建成|完成|达|有|实现|开工|累计|投|超|突破|接近))"
)
# What these begin to tell goes on to the full stop: 三年来……；……, 已建成的主要有：……；…….
_PAST = re.compile(
    r"(?:^(?:去年|过去一年)|[一二两三四五六七八九十几多近\d]年来|已[^，。；]{1,4}的[^，。；]{0,4}有：)(?!.*今年)"
)
# The sentence after one that sums up the year behind tells of it too, unless it says what to do.
_SUMMED_UP = re.compile(
    "(?:^|。)过去的?一年[^。]*了[^。]*。(?:(?!今年|要|将|力争|确保|争取|继续|加快|推进|实施|加强)[^。])*$"
)
_COMPARED = re.compile(
    r"(?:比|较|与|同|跟|超过?|高于|快于|低于|好于|优于|不低于|达到|保持|继续)[^，。；]{0,2}?$"
)


def reasons() -> list[str]:
    """Every reason of the rules, as messages."""
    return list(dict.fromkeys([rule.reason for rule in RULES] + [reason for reason, _ in _FURTHER]))


def reason_of(context: Context) -> tuple[str, bool] | None:
    """Why a figure promises nothing, and whether it is a condition; None for a promise."""
    if _is_quoted(context):
        return _A_NAME, False
    for rule in RULES:
        if rule.fits(context):
            return rule.reason, rule.condition
    for reason, fits in _FURTHER:
        if fits(context):
            return reason, False
    return (message("the upper end of a range"), True) if context.is_upper else None


def _is_quoted(context: Context) -> bool:
    """Whether the figure stands inside a short quotation or a title."""
    for opening, closing in QUOTES:
        start = context.before.rfind(opening)
        if start > context.before.rfind(closing):
            end = context.text.find(closing, context.number.end)
            return 0 <= end - start <= _LONGEST_NAME or opening == "《"
    return False


def _only_lasts(context: Context) -> bool:
    """Whether a time is no promise: nothing says that it is shortened, held or reached."""
    timed = re.fullmatch(_LASTING, context.number.unit) is not None
    clause = context.clause + context.after[:4]
    return timed and not _PROMISED_TIME.search(clause)


def _is_bare(context: Context) -> bool:
    """Whether a number has neither scale nor unit, nor a word that makes it a promise."""
    number = context.number
    if number.unit or number.tail > number.end or context.upper:
        return False
    return not (
        _BARE_PROMISE.search(context.before.rstrip()) or _BOUND.match(context.after.lstrip())
    )


def _is_behind(context: Context) -> bool:
    """Whether the sentence tells what was, not what is compared with it (比上年增长5%)."""
    clause = context.clause
    behind = any(not _COMPARED.search(clause[: m.start()]) for m in _BEHIND.finditer(clause))
    return behind or bool(_PAST.search(context.statement) or _SUMMED_UP.search(context.before))


_FURTHER = (
    (_LONG, _only_lasts),
    (message("a number without a unit"), _is_bare),
    (message("a result of an earlier year"), _is_behind),
)
