"""Whether a passage speaks of years after the plan's: a goal of the five years ahead."""

import re
from collections.abc import Iterator

from mubiao.report.contexts import Context

_AHEAD = re.compile(
    r"(?:今后|未来)(?:几|三|五|十|\d+)?个?年|[三五3５5]年内"
    r"|用[两三五2-5]年(?:左右)?的?时间"
    r"|(?:十[一二三四五六七八九]?五|“十[一二三四五六七八九]?五”)(?:规划)?(?:时期|期间|期末|末|规划目标)"
)
# Not in the name of a plan: 《行动计划（2026—2030年）》.
_UNTIL = re.compile(r"([到至]?)(?<![-—–~\d])((?:19|20)\d\d)年(?:底|末)?(，?)(?![）)》”])")
_NOW = "今年|全年|年内|当年|年底前"
_PARAGRAPH_AHEAD = re.compile("目标|任务|要求")


def is_later(context: Context, year: int) -> bool:
    """Whether the last year that is named before the figure lies beyond the plan's."""
    before = context.before
    sentence, clause = (len(before) - len(part) for part in (context.sentence, context.clause))
    latest: tuple[int, bool] = (-1, False)
    for start, ahead, lasts in _marks(before, year, clause):
        if lasts or start >= sentence:
            latest = max(latest, (start, ahead))
    return latest[1]


def _marks(before: str, year: int, clause: int) -> Iterator[tuple[int, bool, bool]]:
    """Where a time is named, whether it lies ahead, and whether it holds for the whole paragraph.

    A year alone holds for its clause, one that opens the sentence or says by when (到2030年) for
    the sentence. A paragraph that begins with the five years ahead and their goals speaks of them
    to its end.
    """
    for match in _AHEAD.finditer(before):
        opening = match.start() < len("在“十五五”规划的") and _PARAGRAPH_AHEAD.search(before)
        yield match.start(), True, bool(opening)
    for match in _UNTIL.finditer(before):
        if match[1] or match[3] or match.start() >= clause:
            yield match.start(), int(match[2]) > year, False
    for match in re.finditer(rf"{_NOW}|{year}年", before):
        yield match.start(), False, True
