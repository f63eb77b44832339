"""Every figure of a report with what rules make of it: a promise, a condition, or nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mubiao.model import Comparator
from mubiao.problems import Problem, Refused, message
from mubiao.report.contexts import Context, contexts
from mubiao.report.horizon import is_later
from mubiao.report.indicators import indicator_of
from mubiao.report.nothings import reason_of
from mubiao.report.scope import Scope, scope_of
from mubiao.report.text import Report, parse_report
from mubiao.report.wordings import Wording, wording_of


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
