"""The plans of the place by year: counts, indicators promised again, and what came and went."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from mubiao.html import part
from mubiao.model import Status
from mubiao.ui.shell import fields
from mubiao.ui.shell.beside import judged, years_of
from mubiao.ui.shell.page import Screen
from mubiao.views.years import Ways, Years, years
from mubiao.wording.phrasebook import inline


def show(screen: Screen) -> None:
    """The first sentence, the table by year, the indicators, the lists folded, and the workbook."""
    plans = years_of(screen)
    versions = tuple(one.version for one in plans)
    st.html(screen.html(f"years {versions}", lambda: _drawn(screen, plans)))
    fields.download(
        screen.language.t("The years as a workbook (Excel)"),
        f"{screen.as_of.isoformat()}-years-{screen.language.code}.xlsx",
        lambda: _workbook(screen, plans),
        key="years-file",
        kind="tertiary",
    )


def _compared(screen: Screen, plans: Sequence[Screen]) -> Years:
    given = [replace(judged(one), cases=one.hindsight.cases) for one in plans]
    return years(given, screen.language)


def _drawn(screen: Screen, plans: Sequence[Screen]) -> str:
    language, view = screen.language, _compared(screen, plans)
    ways = {one.plan.id: _ways(one) for one in plans}
    head = part("lead", view.title, view.rest, language.clauses(("", "")), _meta(screen, view))
    return head + part("years", view, ways, language.t)


def _workbook(screen: Screen, plans: Sequence[Screen]) -> bytes:
    from mubiao.exports.workbook.tables import years_workbook  # noqa: PLC0415 - few take it along

    view = _compared(screen, plans)
    return years_workbook(view, screen.language, _meta(screen, view))


def _meta(screen: Screen, view: Years) -> str:
    language, t = screen.language, screen.language.t
    place, n = language.pick(screen.plan.place), len(view.plans)
    many = language.ngettext("{place}, {n} plan", "{place}, {n} plans", n, place=place)
    if n == 1:
        many = inline(place, t("nothing to compare as yet"))
    return inline(t("As of {day}", day=language.day(screen.as_of)), many)


def _ways(one: Screen) -> Ways:
    return Ways(
        one.href("overview"),
        {status.value: one.href("overview", status=status) + "#targets" for status in Status},
        {
            section: one.href("overview", section=section) + "#targets"
            for section in one.plan.section_names
        },
        one.links,
    )
