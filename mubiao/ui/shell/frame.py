"""The bar on top of every page: the ways to the pages, and the choices that all of them share.

All of it is links. The day in view is none of it: the browser takes it from the address.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from mubiao.i18n import CODES, Language
from mubiao.i18n import language as language_of
from mubiao.model import Code, Plan
from mubiao.period import FIRST_DAY, LAST_DAY
from mubiao.plan.loader import PlanFile
from mubiao.problems import message
from mubiao.ui.shell import address, markup
from mubiao.ui.shell.visitor import LINK_IN, LINK_OUT, Visitor, current
from mubiao.views.frame import Frame, Way

PAGES = {
    "overview": message("Overview"),
    "target": message("Target"),
    "record": message("Record"),
    "owes": message("Owed"),
    "meeting": message("Meeting"),
    "present": message("Present"),
    "history": message("History"),
    "years": message("Years"),
    "sources": message("Method"),
    "review": message("Review of a plan"),
    "access": message("Access"),
}
# Those that no link of the bar leads to: slides have a sign of their own, and a plan is reviewed
# once a year, from Method.
_ASIDE = ("present", "review")
_ACCESS = "access"
_SHORT: Mapping[Code, str] = {"zh": "中文", "en": "EN"}


def html(  # noqa: PLR0913 - the choices that a bar has
    files: Sequence[PlanFile],
    file: PlanFile | None,
    page: str,
    today: date,
    language: Language,
    *,
    has_roles: bool = False,
) -> str:
    """The bar of a page, by its name. Where roles are in force, who may do what has a page, which
    stands beside the reader's name.
    """
    target = st.query_params.get("target", "")
    plans = tuple((one.path.stem, _title(one, language), _kept(one, target)) for one in files)
    chosen, plan = file.path.stem if file else "", file.plan if file else None
    place = plan_name(plan, language) if plan else ""
    reader, own = _own(current(), language)
    if has_roles and reader:
        own = (_way(page, _ACCESS, language.t(PAGES[_ACCESS])), *own)
    hidden = _ASIDE if has_roles and not own else (*_ASIDE, _ACCESS)
    return _drawn(page, hidden, plans, chosen, place, today, language.code, reader, own)


def _own(reader: Visitor, language: Language) -> tuple[str, tuple[Way, ...]]:
    """The reader's name, "" for nobody, and the ways beside it: in or out, where these are here."""
    name = reader.actor.name if reader.actor else ""
    if not reader.signs_in:
        return name, ()
    if name:
        return name, (Way(language.t("Sign out"), LINK_OUT),)
    return name, (Way(language.t("Sign in"), LINK_IN),)


def _kept(file: PlanFile, target: str) -> str:
    """The target, where a plan has it too: it stays chosen when that plan is."""
    return target if file.plan and target in file.plan.by_id else ""


def plan_name(plan: Plan, language: Language) -> str:
    """A plan by its place and year, short enough for the bar and for a browser's tab."""
    return f"{language.pick(plan.place)} {plan.span.name}"


def _title(file: PlanFile, language: Language) -> str:
    if file.plan is None:
        return language.t("{file} (has problems)", file=file.path.name)
    return language.pick(file.plan.title)


def tag(code: Code) -> str:
    """The tag by which screen readers pronounce a page."""
    return "zh-CN" if code == "zh" else code


def _way(here: str, page: str, text: str) -> Way:
    # History without a filter; the link beside a target leads to that target's.
    href = markup.href(page, {"target": ""} if page == "history" else {})
    return Way(text, href, is_current=page == here)


def _choice(text: str, change: Mapping[str, str], **more: Any) -> Way:  # noqa: ANN401 - Way's
    return Way(text, markup.href("", change), **more)


# Enough for a few dozen readers; what is dropped is drawn again.
@lru_cache(maxsize=256)
def _drawn(  # noqa: PLR0913, PLR0917 - all that a bar depends on
    here: str,
    hidden: Sequence[str],
    plans: Sequence[tuple[str, str, str]],
    chosen: str,
    place: str,
    today: date,
    code: Code,
    reader: str,
    own: Sequence[Way],
) -> str:
    language = language_of(code)
    # Another day is none that a meeting's room looked at.
    t, day = language.t, {"as_of": "", "meeting": ""}
    frame = Frame(
        lang=tag(code),
        home=Way("目标 Mubiao", "overview"),
        plan=place,
        plans=[
            _choice(
                title,
                address.OF_A_PLAN | {"plan": stem, "target": target},
                is_current=stem == chosen,
            )
            for stem, title, target in plans
        ],
        pages=[_way(here, page, t(text)) for page, text in PAGES.items() if page not in hidden],
        first=FIRST_DAY.isoformat(),
        last=LAST_DAY.isoformat(),
        today=today.isoformat(),
        before=_choice("‹", day, title=t("End of the month before"), id="mb-‹"),
        after=_choice("›", day, title=t("End of the month after"), id="mb-›"),
        now=_choice(t("Today"), day, id="mb-today"),
        languages=[
            Way(_SHORT[each], f"?lang={each}", each == code, id=f"mb-{each}", lang=tag(each))
            for each in CODES
        ],
        copy=_choice("", {"plan": chosen, "lang": code, "draft": ""}, title=t("Copy link")),
        present=Way("▷ " + t("Present"), "present"),
        reader=reader,
        own=own,
    )
    return markup.frame(frame, language)
