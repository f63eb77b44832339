"""The target's indicator in the plans of other years."""

import streamlit as st

from mubiao.figures import years as figure
from mubiao.model import Target
from mubiao.problems import Refused
from mubiao.ui.shell import chart, markup
from mubiao.ui.shell.beside import judged, years_of
from mubiao.ui.shell.page import Screen, log
from mubiao.views.charts.years import years_chart
from mubiao.views.years import Cell, cells


def section(screen: Screen, target: Target) -> None:
    """What each year promised and what became of it; nothing where one plan alone has the series,
    and for a meeting, whose room may not have seen the other plans' figures of now.
    """
    if target.series is None or screen.meeting is not None:
        return
    try:
        plans = [one for one in years_of(screen) if _has(one, target.series)]
    except Refused as refusal:
        log(refusal)  # another plan's trouble; its own pages tell of it
        return
    if len(plans) < 2:
        return
    given, language = [judged(one) for one in plans], screen.language
    row = [cell for cell in cells(given, target.series, language) if cell]
    t = language.t
    st.html(
        markup.target_years_head(t("Over the years"), screen.href("years"), t("All indicators"))
    )
    beside = st.container()
    if drawn := years_chart(given, row, target.series, language):
        drawing, beside = st.columns([2, 1], gap="large")
        spec = figure.years(drawn, (t("target"), t("actual")), screen.theme)
        with drawing:
            chart.draw(spec, "years", language.clauses(_said(screen, cell) for cell in row))
    with beside:
        links = {one.file.path.stem: one.links for one in plans}
        st.html(markup.target_years(row, links, language))


def _has(one: Screen, series: str) -> bool:
    return any(target.series == series for target in one.plan.targets)


def _said(screen: Screen, cell: Cell) -> str:
    """A year in words, for whoever cannot see the chart."""
    parts = (cell.asks, cell.actual, cell.mark.word)
    return screen.language.labelled(cell.year, screen.language.phrases(filter(None, parts)))
