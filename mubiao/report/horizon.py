"""Whether a passage speaks of years after the plan's: a goal of the five years ahead."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mubiao.plan.numerals import years_in_digits
from mubiao.report.contexts import Context

_AHEAD = re.compile(
    r"(?:今后|未来)(?:几|三|五|十|\d+)?个?年|[三五3５5]年内"
    r"|用[两三五2-5]年(?:左右)?的?时间"
    r"|(?:十[一二三四五六七八九]?五|“十[一二三四五六七八九]?五”)(?:规划)?(?:时期|期间|期末|末|规划目标)"
)
# Not in the name of a plan: 《行动计划（2026—2030年）》.
_UNTIL = re.compile(r"([到至]?)(?<![-—–~\d])((?:19|20)\d\d)年(?:底|末)?(，?)(?![）)》”])")
_PARAGRAPH_AHEAD = re.compile("目标|任务|要求")


class _Time(NamedTuple):
    """A time named in a paragraph, and whether it lies ahead. It holds for its sentence, or for its
    clause where it is `brief`; from the place `lasting` on for all that follows.
    """

    start: int
    stop: int
    ahead: bool
    lasting: int
    brief: bool = False


def is_later(context: Context, year: int) -> bool:
    """Whether the last year that is named before the figure lies beyond the plan's."""
    here = context.number.start
    sentence, clause = (here - len(part) for part in (context.sentence, context.clause))
    holding = [
        (time.start, time.ahead)
        for time in _times(context.text, year)
        if time.stop <= here
        and (time.lasting <= here or time.start >= (clause if time.brief else sentence))
    ]
    return max(holding, default=(0, False))[1]


@lru_cache(maxsize=8)
def _times(text: str, year: int) -> Sequence[_Time]:
    """The times of a paragraph.

    A year alone holds for its clause, one that opens the sentence or says by when (到2030年) for it
    all. A paragraph that begins with the goals of five years ahead speaks of them to its end.
    """
    text, never = years_in_digits(text), len(text) + 1
    goals = _PARAGRAPH_AHEAD.search(text)
    now = re.finditer(f"今年|全年|年内|当年|年底前|{year}年", text)
    times = [_Time(*match.span(), ahead=False, lasting=0) for match in now]
    for match in _AHEAD.finditer(text):
        opens = goals is not None and match.start() < len("在“十五五”规划的")
        lasting = goals.end() if goals and opens else never
        times.append(_Time(*match.span(), ahead=True, lasting=lasting))
    for match in _UNTIL.finditer(text):
        brief = not (match[1] or match[3])
        times.append(_Time(*match.span(), int(match[2]) > year, never, brief))
    return times
