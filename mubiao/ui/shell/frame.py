"""The bar on top of every page: the ways to the pages, and the choices that all of them share.

All of it is links: those of a choice name only what they change, so that they keep whatever the
address holds when they are followed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from mubiao.i18n import CODES, Language
from mubiao.i18n import language as language_of
from mubiao.model import Code, Plan
from mubiao.period import FIRST_DAY, LAST_DAY, month_end
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
    days: tuple[date, date],
    language: Language,
    *,
    has_roles: bool = False,
) -> str:
    """The bar of a page, by its name; `days` are the one looked at and today's. Where
    roles are in force, who may do what has a page, which stands beside the reader's name.
    """
    target = address.carried().get("target", "")
    plans = tuple((one.path.stem, _title(one, language), _kept(one, target)) for one in files)
    chosen, plan = file.path.stem if file else "", file.plan if file else None
    place = plan_name(plan, language) if plan else ""
    carried = tuple(address.carried().items())
    links = _Links(page, carried, chosen, has_roles, *_own(current(), language))
    return _drawn(links, plans, place, days, language.code)


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


@dataclass(frozen=True, slots=True)
class _Links:
    """Makes the links of a page, by its name, from what the address carries, for its reader."""

    page: str
    carried: tuple[tuple[str, str], ...]
    plan: str
    has_roles: bool
    reader: str
    own: tuple[Way, ...]

    def to(self, page: str, text: str, *, is_way: bool = True) -> Way:
        # History without a filter; the link beside a target leads to that target's.
        more = {"target": ""} if page == "history" else {}
        href = address.href(page, dict(self.carried), **more)
        return Way(text, href, is_current=is_way and page == self.page)

    def choice(self, text: str, change: Mapping[str, str], **more: Any) -> Way:  # noqa: ANN401 - Way's
        query = {name: value for name, value in {**dict(self.carried), **change}.items() if value}
        return Way(text, f"?{urlencode(query)}", urlencode(change), **more)

    def day(self, text: str, day: date, title: str) -> Way:
        # Another day is none that a meeting's room looked at.
        change = {"as_of": min(max(day, FIRST_DAY), LAST_DAY).isoformat(), "meeting": ""}
        return self.choice(text, change, title=title, id=f"mb-{text}")


# Enough for a few dozen readers; what is dropped is drawn again.
@lru_cache(maxsize=256)
def _drawn(
    links: _Links,
    plans: Sequence[tuple[str, str, str]],
    place: str,
    days: tuple[date, date],
    code: Code,
) -> str:
    language, (as_of, today), own = language_of(code), days, links.own
    t, (month_before, month_after) = language.t, _months_beside(as_of)
    if links.has_roles and links.reader:
        own = (links.to(_ACCESS, t(PAGES[_ACCESS])), *own)
    hidden = _ASIDE if links.has_roles and not own else (*_ASIDE, _ACCESS)
    copied = {"plan": links.plan, "lang": code, "as_of": as_of.isoformat(), "draft": ""}
    frame = Frame(
        lang=tag(code),
        find=urlencode({**dict(links.carried), "code": code}),
        home=links.to("overview", "目标 Mubiao", is_way=False),
        plan=place,
        plans=[
            links.choice(
                title,
                address.OF_A_PLAN | {"plan": stem, "target": target},
                is_current=stem == links.plan,
            )
            for stem, title, target in plans
        ],
        pages=[links.to(page, t(text)) for page, text in PAGES.items() if page not in hidden],
        first=FIRST_DAY.isoformat(),
        as_of=as_of.isoformat(),
        last=LAST_DAY.isoformat(),
        before=links.day("‹", month_before, t("End of the month before")),
        after=links.day("›", month_after, t("End of the month after")),
        today=None if as_of == today else links.choice(t("Today"), {"as_of": "", "meeting": ""}),
        languages=[
            links.choice(
                *(_SHORT[each], {"lang": each}),
                is_current=each == code,
                lang=tag(each),
                id=f"mb-{each}",
            )
            for each in CODES
        ],
        copy=links.choice("", copied, title=t("Copy link")),
        present=links.to("present", "▷ " + t("Present"), is_way=False),
        reader=links.reader,
        own=own,
    )
    return markup.frame(frame, language)


def _months_beside(day: date) -> tuple[date, date]:
    """The last days of the months before and after a day, where that is no month's last one."""
    following = day + timedelta(days=1)
    return day.replace(day=1) - timedelta(days=1), month_end(following.year, following.month)
