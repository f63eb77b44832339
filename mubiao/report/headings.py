"""Where a report's parts and chapters begin, and where its text ends.

Parts are headed 一、 or 第一部分, or, where no numeral heads them, by a short line that names the
year's work. Chapters are headed （一）, (一), 一是, 第一， or 1., and also 一、 below such a line.
"""

import re
from collections.abc import Sequence

from mubiao.plan.numerals import chinese_number, years_in_digits

Mark = re.Pattern[str]
"""How the headings of one kind begin; its last group that matches is their number."""

_NUMERAL = "([一二三四五六七八九十]{1,3})"
PART = re.compile(rf"{_NUMERAL}[ \u3000]*[、．.]|第{_NUMERAL}部分")
# A part has chapters of one kind, the first of these that it has.
_CHAPTERS = (
    re.compile(rf"[(（][ \u3000]*{_NUMERAL}[ \u3000]*[)）]"),
    re.compile(rf"{_NUMERAL}是|第{_NUMERAL}[，,、]"),
    re.compile(r"(\d{1,2})[.．、](?!\d)"),
)
_WORK = re.compile("回顾|总结|工作|任务|目标|要求|安排|部署|打算|成就|自身建设")
_TIME = re.compile(r"\d{4}年|今年|去年|过去|今后|[一二三四五]年|时期|自身建设")
_NO_HEADING = re.compile("[，。；！？!;：:]|报告|大会|会议|代表")
_AIMS = (
    "[^。]{0,60}(?:预期目标|总体要求|总的要求|主要目标|重点工作|主要任务"
    "|工作安排|工作部署|工作任务)"
)
_END = re.compile(
    r"附件|附[:：]|附录|附表|注释|注[:：]|相关说明"
    r"|.{0,16}(?:名词|用语|术语|词语|概念|词汇).{0,4}(?:解释|注释|说明|释义|解读)"
)


def number_of(mark: Mark, line: str) -> int:
    """The number of the heading of this kind that a line is or begins with, 0 for none."""
    match = mark.match(line)
    if match is None or match.lastindex is None:
        return 0
    number = match[match.lastindex]
    return int(number) if number.isdecimal() else chinese_number(number)


def titles(lines: Sequence[str]) -> frozenset[str]:
    """The lines that head the parts of a report whose parts have no numerals; none in others."""
    numbered = [line for line in lines if number_of(PART, line)]
    if any(_names_work(line) for line in numbered):
        return frozenset()
    bare = frozenset(line for line in lines if not number_of(PART, line) and _names_work(line))
    return bare if len(bare) > 1 or not numbered else frozenset()


def chapter_mark(lines: Sequence[str], *, below_titles: bool) -> Mark:
    """How the chapters of a part are headed, given its lines."""
    for mark in (PART, *_CHAPTERS) if below_titles else _CHAPTERS:
        headings = sum(number_of(mark, line) > 0 for line in lines)
        if headings > (mark in _CHAPTERS[1:]):  # a single 一是 is no chapter
            return mark
    return _CHAPTERS[0]


def states_aims(line: str, year: int | None = None) -> bool:
    """Whether a line states the aims of a year, of this one or of any."""
    digits = year or r"\d{4}"
    return re.search(f"(?:今年|{digits}年){_AIMS}", years_in_digits(line)) is not None


def ends_text(line: str) -> bool:
    """Whether a glossary or an annex begins with this line."""
    return len(line) <= 40 and _END.match(line) is not None


def _names_work(line: str) -> bool:
    """Whether a line is short and names a time and the work done or to be done in it."""
    short = len(line) <= 36 and not _NO_HEADING.search(line)
    return short and all(words.search(line) for words in (_WORK, _TIME))
