"""The plans of the place by year: counts, indicators promised again, and what came and went."""

from dataclasses import replace

import streamlit as st

from mubiao.model import Status
from mubiao.ui.shell.beside import judged, years_of
from mubiao.ui.shell.page import Screen
from mubiao.ui.years import years_markup
from mubiao.ui.years.years_markup import Ways
from mubiao.views.years import Years, years
from mubiao.wording.phrasebook import inline


def show(screen: Screen) -> None:
    """The first sentence, the table by year, the indicators, and the lists folded."""
    plans = years_of(screen)
    versions = tuple(one.version for one in plans)
    html = screen.html(f"years {versions}", lambda: _drawn(screen, plans))
    st.html(html)


def _drawn(screen: Screen, plans: list[Screen]) -> str:
    language = screen.language
    view = years([replace(judged(one), cases=one.hindsight.cases) for one in plans], language)
    ways = {one.file.path.stem: _ways(one) for one in plans}
    head = years_markup.head(view.title, view.rest, language.clauses(("", "")), _meta(screen, view))
    return head + years_markup.years(view, ways, language)


def _meta(screen: Screen, view: Years) -> str:
    language, t = screen.language, screen.language.t
    place, n = language.pick(screen.plan.place), len(view.plans)
    many = t("{place}, {n} plans", place=place, n=n)
    if n == 1:
        many = inline(place, t("nothing to compare as yet"))
    return inline(t("As of {day}", day=language.day(screen.as_of)), many)


def _ways(one: Screen) -> Ways:
    """The ways into a plan's own pages."""
    return Ways(
        one.href("overview"),
        {status.value: one.href("overview", status=status) + "#targets" for status in Status},
        {
            section: one.href("overview", section=section) + "#targets"
            for section in one.plan.section_names
        },
        one.links,
    )
