"""The sidebar: the ways to the pages, and the choices that all of them share."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from mubiao.i18n import CODES, Language
from mubiao.i18n import language as language_of
from mubiao.period import FIRST_DAY, LAST_DAY
from mubiao.plan.loader import PlanFile
from mubiao.problems import message
from mubiao.ui.shell import address, markup

PAGES = {
    "overview": message("Overview"),
    "target": message("Target"),
    "record": message("Record"),
    "meeting": message("Meeting"),
    "present": message("Present"),
    "history": message("History"),
    "sources": message("Sources and method"),
}
# Streamlit declares every page English; screen readers pronounce by this.
_SET_LANGUAGE = "export default ({data}) => { document.documentElement.lang = data; }"


def draw(
    files: Sequence[PlanFile], file: PlanFile | None, as_of: date, today: date, language: Language
) -> None:
    """The pages, and what every page is chosen by: day, language and plan."""
    plan = file.plan if file else None
    with st.sidebar:
        st.html(markup.brand(f"{language.pick(plan.place)} {plan.year}" if plan else ""))
        with st.container(key="nav", gap=None):
            for page, label in PAGES.items():
                # History without a filter; the link beside a target leads to that target's.
                address.link(
                    page, language.t(label), **({"target": ""} if page == "history" else {})
                )
        _as_of(as_of, today, language)
        st.segmented_control(
            language.t("Language"),
            CODES,
            format_func=lambda code: markup.plain(language_of(code).name),
            required=True,
            **address.bound("lang", language.code),
        )
        _plans(files, file, language)
        set_language = st.components.v2.component(
            "mubiao_language", js=_SET_LANGUAGE, isolate_styles=False
        )
        set_language(key="spoken", data="zh-CN" if language.code == "zh" else language.code)


def _as_of(as_of: date, today: date, language: Language) -> None:
    st.date_input(
        language.t("As of"),
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        help=language.t("Shows only what was known by that day."),
        **address.bound("as_of", as_of),
    )
    before = as_of.replace(day=1) - timedelta(days=1)
    next_month = (as_of + timedelta(days=1)).replace(day=28) + timedelta(days=4)
    after = next_month.replace(day=1) - timedelta(days=1)
    with st.container(key="steps", horizontal=True, gap="small"):
        for label, day in ((language.t("‹ Month"), before), (language.t("Month ›"), after)):
            choice = ("as_of", day.isoformat())
            st.button(markup.plain(label), key=f"to_{label}", on_click=address.write, args=choice)
        label, is_today = language.t("Today"), as_of == today
        st.button(markup.plain(label), key="to_today", on_click=address.show_now, disabled=is_today)


def _plans(files: Sequence[PlanFile], file: PlanFile | None, language: Language) -> None:
    """A choice of plans, once there is more than one."""
    if len(files) < 2 or file is None:
        return
    names = {
        f.path.stem: language.pick(f.plan.title)
        if f.plan
        else language.t("{file} (has problems)", file=f.path.name)
        for f in files
    }
    st.selectbox(
        language.t("Plan"),
        list(names),
        format_func=names.__getitem__,
        **address.bound("plan", file.path.stem),
    )
