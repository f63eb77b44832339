"""Which parts of a report hold the promises of its year, and what the report says of itself."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from mubiao.plan.numerals import years_in_digits
from mubiao.report.headings import states_aims
from mubiao.report.text import Report, covers

_YEAR = re.compile(r"((?:19|20)\d\d)年")
_DAY = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_REVIEW = re.compile("回顾|总结|成就|成绩|过去|历程|以来")
_LATER = re.compile("五年|远景|十[一二三四五六七八九]?五(?!.*(?:开局|开好局|收官))")
_TASKS = re.compile("目标|任务|要求|重点|安排|部署|工作|建议|打算")
_PLACE = re.compile(r"([\u4e00-\u9fa5]{1,10}?(?:自治区|自治州|省|市|盟|县|区))(?:第|人民|政府)")
_HEAD = 15
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Scope:
    """The year whose promises a report holds, the parts with them, and where they begin there."""

    year: int
    parts: tuple[str, ...]
    start: tuple[str, int]

    def covers(self, section: str) -> bool:
        """Whether a section is one with the year's promises."""
        return covers(self.parts, section)


def scope_of(text: str, report: Report, year: int | None = None) -> Scope | None:
    """Where a report's promises for the year stand; None where it names no year or no such part."""
    year = year or _plan_year(text, report)
    if year is None or not report:
        return None
    headings = _headings(report)
    explicit = [int(part) for part, heading in headings.items() if _names_year(heading, year)]
    reviews = [int(part) for part, heading in headings.items() if _REVIEW.search(heading)]
    first = min(explicit, default=max(reviews, default=len(headings)) + 1)
    # Not for the years behind, nor for the five years ahead.
    others = [p for p, h in headings.items() if any(o.search(h) for o in (_REVIEW, _LATER, _YEAR))]
    named = [p for p, h in headings.items() if _names_year(h, year) or p not in others]
    parts = tuple(part for part in named if int(part) >= first)
    if parts:
        return Scope(year, parts, next(place for place in report if covers(parts, place[0])))
    # Where nothing says what is for the year, it is the text of its targets alone.
    begins = next(iter(report))
    whole = Scope(year, tuple(headings) or (begins[0],), begins)
    return _from_aims(report, year, tuple(headings)) or whole


def _headings(report: Report) -> dict[str, str]:
    return {
        section.removesuffix(".0"): years_in_digits(text.partition("。")[0][:_LONGEST])
        for (section, paragraph), (text, _) in report.items()
        if paragraph == 0 and section.endswith(".0")
    }


def _names_year(heading: str, year: int) -> bool:
    named = f"{year}年" in heading or "今年" in heading
    return named and not heading.endswith(("回顾", "总结"))


def _from_aims(report: Report, year: int, parts: tuple[str, ...]) -> Scope | None:
    """Without headings that say it: from the paragraph that states the aims of the year on."""
    for place, (text, _) in report.items():
        if states_aims(text, year):
            own = place[0].partition(".")[0]
            begun = [part for part in parts if int(part) > int(own)]
            return Scope(year, (own, *begun), place)
    return None


def _plan_year(text: str, report: Report) -> int | None:
    """The year that a heading plans, or that of the report's day, or after the one reviewed."""
    named = [(int(match[1]), h) for h in _headings(report).values() if (match := _YEAR.search(h))]
    ahead = [(year, h) for year, h in named if not (_REVIEW.search(h) or _LATER.search(h))]
    if planned := [year for year, h in ahead if _TASKS.search(h)]:
        return max(planned)
    head = _head(text)
    if day := _DAY.search(head):
        return int(day[1])
    behind = [year for year, h in named if _REVIEW.search(h)]
    title = _YEAR.search(head)
    return behind[0] + 1 if behind else title and int(title[1])


def delivered(text: str, year: int) -> date:
    """The day in the report's head; 1 January where there is none."""
    for match in _DAY.finditer(_head(text)):
        with suppress(ValueError):
            return date(*map(int, match.groups()))
    return date(year, 1, 1)


def place_name(text: str) -> str:
    """The place whose government reports, as the head says it."""
    match = _PLACE.search(re.sub(r"\d{4}年(?:\d+月\d+日)?在?", "\n", _head(text)))
    return match[1] if match else "全国"


def _head(text: str) -> str:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return years_in_digits("\n".join(lines[:_HEAD]))
