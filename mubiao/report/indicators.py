"""The name of what a promised figure counts or measures, from the words around it."""

import re

from mubiao.plan.numerals import figures_in
from mubiao.report.contexts import QUOTES, Context
from mubiao.report.wordings import Wording

_SEPARATOR = re.compile("[，。；！？：、]|——|以及")
_VERB = (
    "新增|新建|改建|建设|建成|改造|完成|实施|打通|创建|开工|竣工|新开工|推进|推动|培育|引进|新认定|认定|发放|举办"
    "|抓好|做好|办好|调整|布局|运营|拥有|覆盖|达成|升级|新改建|筹集|拆除|清理|疏解|选派|招募|选树|争创|培养|招引|签约"
    "|开展|治理|修复|增加|扩建|开通|优化|打造|整治|提升|提供|支持|启动|落实|安排|发行|投入|组织|帮助|培训|更新|归集"
    "|发布|完善|改善|攻坚|突破|累计|建|新|再"
)
_ONLY_VERB = re.compile(f"(?:(?:{_VERB})|[和与及再等力争确保全年在为]|基本|同比|增长|下降|降低)*$")
_TRAILING = re.compile(
    "(?:等|努力|的|和|及|与|以及|对|分别|力争|争取|确保|全年|年均|分别|(?<!人)均|各|达|为|在|至|到|约|近|再|要|将|实现)+$"
)
_LEADING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[是要]|\d{1,2}[.．](?!\d)|其中|今年|全年|全市|全省|全区|全国|力争|争取|确保|实现|推动|使|让|把|将|要|并|和|及|与|到年底)+"
)
_NOUN = re.compile(
    r"(?:（[^）]{1,6}）)?(?:左右|及?以[上下内]|之内)?(的)?(?!左右|及?以[上下内])"
    r"((?:“[^”]{1,12}”)?[^，。；！？：、\d（(“]{1,20})"
)
# What is counted is named after the figure; before it stand examples (甲、乙等3所学校) or a place
# (在村里新建3所学校), and what is done.
_ASIDE = re.compile(
    f"(?P<first>(?:{_VERB})*).*等(?P<then>(?:{_VERB})*)|[在为向对]..*?(?P<done>(?:{_VERB})+)"
)
_MOVED = re.compile("(?:增长|上涨|下降|降低|压减|减少)(?![到至])")
_LIST = re.compile("[，。；！？：]")
_LONGEST = 24


def indicator_of(context: Context, wording: Wording) -> str:
    """The indicator's name: what stands before the phrase, or the verb and the noun after it, or
    both where the figure is a share of what stands before (教师的50%的编制).
    """
    if "分别" in context.clause and (listed := _listed(context)):
        return listed
    head = _SEPARATOR.split(context.text[: wording.start])[-1]
    head = _whole(re.sub(r"^.*\d[^\d]{0,4}?(?:和|与|及)", "", head))
    subject = _TRAILING.sub("", _LEADING.sub("", head))
    if noun := _NOUN.match(context.text, context.number.tail):
        counted = _TRAILING.sub("", noun[2])
        is_share = noun[1] is not None and context.number.unit == "%"
        if is_share or _ONLY_VERB.fullmatch(subject):
            return f"{subject}{counted}"[:_LONGEST]
        if aside := _ASIDE.fullmatch(head):
            return f"{''.join(filter(None, aside.groups()))}{counted}"[:_LONGEST]
    moved = _MOVED.search(context.text[wording.start : context.number.start])
    change = moved[0] if moved and subject else ""
    return f"{subject}{change}"[-_LONGEST:] or _earlier(context)[-_LONGEST:]


def indicators_of(context: Context, wording: Wording, name: str) -> list[str]:
    """The names of all that one figure is promised for, A、B均下降3%; else the one of `name`."""
    if context.text[wording.start : wording.start + 1] not in ("均", "各"):
        return [name]
    head = context.clause[: wording.start - context.number.start]
    names = [_LEADING.sub("", part) for part in re.split("、|以及|[和与及]", head)]
    return names if len(names) > 1 and all(names) else [name]


def _whole(head: str) -> str:
    """The head of a clause without marks whose pair was cut off, nor those around it all."""
    head = head.strip()
    for opening, closing in (*QUOTES, ("（", "）")):
        cut = head.count(opening) != head.count(closing)
        if cut or (head[:1], head[-1:]) == (opening, closing):
            head = head.replace(opening, "").replace(closing, "")
    return head


def _listed(context: Context) -> str:
    subjects, _, before = context.clause.rpartition("分别")
    names = re.split("[、和与及]", f"{_LIST.split(context.before)[-1]}".partition("分别")[0])
    position = len(figures_in(before))
    return _LEADING.sub("", names[position]) if subjects and position < len(names) else ""


def _earlier(context: Context) -> str:
    """The subject of the clause before, where the figure's own has none; else the figure."""
    for clause in reversed(_SEPARATOR.split(context.before)):
        figures = figures_in(clause)
        name = _TRAILING.sub("", _LEADING.sub("", re.split(r"\d", clause)[0]))
        noun = _NOUN.match(clause, figures[-1].tail) if figures else None
        if noun and _ONLY_VERB.fullmatch(name):
            name = _TRAILING.sub("", noun[2])
        if name and not _ONLY_VERB.fullmatch(name):
            return name
    return context.number.text
