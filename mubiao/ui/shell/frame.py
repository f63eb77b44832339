"""The bar on top of every page: the ways to the pages, and the choices that all of them share.

All of it is links: those of a choice name only what they change, so that they keep whatever the
address holds when they are followed.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from mubiao.i18n import CODES, Language
from mubiao.i18n import language as language_of
from mubiao.model import Code
from mubiao.period import FIRST_DAY, LAST_DAY, month_end
from mubiao.plan.loader import PlanFile
from mubiao.problems import message
from mubiao.ui.shell import address, markup
from mubiao.views.frame import Frame, Way

PAGES = {
    "overview": message("Overview"),
    "target": message("Target"),
    "record": message("Record"),
    "meeting": message("Meeting"),
    "present": message("Present"),
    "history": message("History"),
    "sources": message("Method"),
}
# What names parts of one plan alone.
_OF_A_PLAN = dict.fromkeys(
    ("target", "section", "month", "meeting", "correct", "rows", "person", "slide"), ""
)


def html(
    files: Sequence[PlanFile],
    file: PlanFile | None,
    page: str,
    days: tuple[date, date],
    language: Language,
) -> str:
    """The bar of a page, by its name; `days` are the one looked at and today's."""
    t, (as_of, today) = language.t, days
    plan, following = file.plan if file else None, as_of + timedelta(days=1)
    shown = {"plan": file.path.stem if file else "", "lang": language.code}
    copied = {**shown, "as_of": as_of.isoformat(), "draft": ""}
    frame = Frame(
        lang=tag(language),
        find=urlencode(address.carried() | {"code": language.code}),
        home=_to("overview", "目标 Mubiao"),
        plan=f"{language.pick(plan.place)} {plan.year}" if plan else "",
        plans=_plans(files, file, language),
        pages=[_to(name, t(text), here=page) for name, text in PAGES.items() if name != "present"],
        first=FIRST_DAY.isoformat(),
        as_of=as_of.isoformat(),
        last=LAST_DAY.isoformat(),
        before=_day("‹", as_of.replace(day=1) - timedelta(days=1), t("End of the month before")),
        after=_day("›", month_end(following.year, following.month), t("End of the month after")),
        today=None if as_of == today else _choice(t("Today"), {"as_of": "", "meeting": ""}),
        languages=[_language(code, language) for code in CODES],
        copy=_choice("", copied, title=t("Copy link")),
        present=_to("present", "▷ " + t("Present")),
    )
    return markup.frame(frame, language)


def tag(language: Language) -> str:
    """The tag by which screen readers pronounce a page."""
    return "zh-CN" if language.code == "zh" else language.code


def _to(page: str, text: str, here: str = "") -> Way:
    # History without a filter; the link beside a target leads to that target's.
    more = {"target": ""} if page == "history" else {}
    return Way(text, markup.href(page, address.carried(page, **more)), is_current=page == here)


def _choice(text: str, change: dict[str, str], **more: Any) -> Way:  # noqa: ANN401 - Way's
    query = {name: value for name, value in (address.carried() | change).items() if value}
    return Way(text, f"?{urlencode(query)}", urlencode(change), **more)


def _day(text: str, day: date, title: str) -> Way:
    # Another day is none that a meeting's room looked at.
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return _choice(text, {"as_of": day.isoformat(), "meeting": ""}, title=title, id=f"mb-{text}")


def _language(code: Code, current: Language) -> Way:
    language = language_of(code)
    text = "中文" if code == "zh" else "EN"
    is_current, lang = code == current.code, tag(language)
    return _choice(text, {"lang": code}, is_current=is_current, lang=lang, id=f"mb-{code}")


def _plans(files: Sequence[PlanFile], file: PlanFile | None, language: Language) -> list[Way]:
    """A choice of plans, once there is more than one."""
    return [
        _choice(
            language.pick(one.plan.title)
            if one.plan
            else language.t("{file} (has problems)", file=one.path.name),
            _OF_A_PLAN | {"plan": one.path.stem},
            is_current=one is file,
        )
        for one in files
    ]
