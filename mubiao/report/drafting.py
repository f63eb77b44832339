"""Every figure of a report with what rules make of it: a promise, a condition, or nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from mubiao.model import Comparator
from mubiao.plan.numerals import years_in_digits
from mubiao.problems import Problem, Refused, message
from mubiao.report.contexts import Context, contexts
from mubiao.report.indicators import indicator_of
from mubiao.report.nothings import reason_of
from mubiao.report.scope import Scope, scope_of
from mubiao.report.text import Report, parse_report
from mubiao.report.wordings import Wording, wording_of

_AHEAD = re.compile(
    r"(?:今后|未来)(?:几|三|五|十|\d+)?个?年|[三五3５5]年内"
    r"|用[两三五2-5]年(?:左右)?的?时间"
    r"|(?:十[一二三四五六七八九]?五|“十[一二三四五六七八九]?五”)(?:规划)?(?:时期|期间|期末|末|规划目标)"
)
# Not in the name of a plan: 《行动计划（2026—2030年）》.
_UNTIL = re.compile(r"([到至]?)(?<![-—–~\d])((?:19|20)\d\d)年(?:底|末)?(，?)(?![）)》”])")
_PARAGRAPH_AHEAD = re.compile("目标|任务|要求")


class Promise(StrEnum):
    """What a figure is to the year's promises."""

    VALUE = "value"
    CONDITION = "condition"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Drafted:
    """A figure, where it stands, and what it is; `wording` and `indicator` for a promise alone.
    `reason` is a message: why it promises nothing, or how it is read.
    """

    section: str
    paragraph: int
    line: int
    context: Context
    promise: Promise
    reason: str
    wording: Wording | None = None
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report's text with its paragraphs, where its promises stand, and all its figures."""

    text: str
    report: Report
    scope: Scope
    figures: Sequence[Drafted]


_READINGS: Mapping[Comparator, str] = {
    Comparator.AT_LEAST: message("read as a number to reach"),
    Comparator.ABOVE: message("read as a number to exceed"),
    Comparator.AT_MOST: message("read as a number not to exceed"),
    Comparator.BELOW: message("read as a number to stay below"),
    Comparator.ABOUT: message("read as about this number"),
    Comparator.IN_STEP_WITH: message("read as in step with another figure"),
    Comparator.BETWEEN: message("read as a range"),
    Comparator.EXACTLY: message("read as exactly this number"),
}
_OUTSIDE = message("outside the part with the year’s promises")
_HEADING = message("part of a heading")
_LATER = message("a goal of later years")
_HAN = re.compile("[\u4e00-\u9fff]")


def draft_of(text: str, year: int | None = None) -> Draft | None:
    """What rules make of a report's text; None where no part of it is for a year."""
    report = parse_report(text)
    scope = scope_of(text, report, year)
    return Draft(text, report, scope, _drafted(report, scope)) if scope else None


def required_draft(text: str, year: int | None, file: str, *, promises: bool = True) -> Draft:
    """The same. Raises Refused, at the first line of `file`, for a text that is not in Chinese,
    without such a part, or without any promise there unless it need have none.
    """
    if not _HAN.search(text):
        msgid = message("reports in Chinese alone are drafted by rules; write this plan by hand")
        raise Refused([Problem(msgid, file=file, line=1)])
    made = draft_of(text, year)
    if made is None:
        msgid = message("no part of the text is for a year’s promises; name the year (--year)")
        raise Refused([Problem(msgid, file=file, line=1)])
    if promises and not any(figure.wording for figure in made.figures):
        msgid = message("no figure of the text promises something for {year}")
        raise Refused([Problem(msgid, {"year": made.scope.year}, file, 1)])
    return made


def _drafted(report: Report, scope: Scope) -> list[Drafted]:
    figures: list[Drafted] = []
    begun = False
    for place, (text, line) in report.items():
        begun = begun or place == scope.start
        within = begun and scope.covers(place[0])
        heading = place[1] == 0 and "。" not in text.rstrip("。")
        for context in contexts(text):
            nothing = (
                _nothing(context, scope.year, heading=heading) if within else (_OUTSIDE, False)
            )
            figures.append(drafted(place, line, context, nothing))
    return figures


def _nothing(context: Context, year: int, *, heading: bool) -> tuple[str, bool] | None:
    if heading:
        return _HEADING, False
    reason = reason_of(context)
    return (_LATER, False) if reason is None and is_later(context, year) else reason


def drafted(
    place: tuple[str, int], line: int, context: Context, nothing: tuple[str, bool] | None
) -> Drafted:
    """A figure as a promise, or, with the reason of `nothing`, as none or as a condition."""
    if nothing is not None:
        reason, condition = nothing
        promise = Promise.CONDITION if condition else Promise.NO
        return Drafted(*place, line, context, promise, reason)
    wording = wording_of(context)
    reason, name = _READINGS[wording.comparator], indicator_of(context, wording)
    return Drafted(*place, line, context, Promise.VALUE, reason, wording, name)


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
