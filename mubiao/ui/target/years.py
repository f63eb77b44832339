"""The target's indicator in the plans of other years."""

import streamlit as st

from mubiao.figures import years as figure
from mubiao.model import Target
from mubiao.ui.shell import chart, markup
from mubiao.ui.shell.beside import beside, judged
from mubiao.ui.shell.page import Screen
from mubiao.views.charts.years import years_chart
from mubiao.views.years import cells, in_words


def section(screen: Screen, target: Target) -> None:
    """What each year promised and what became of it; nothing where one plan alone has it."""
    if target.series is None:
        return
    same = target.series
    plans = [o for o in beside(screen) if any(one.series == same for one in o.plan.targets)]
    if len(plans) < 2:
        return
    given, language = [judged(one) for one in plans], screen.language
    row = [cell for cell in cells(given, target.series, language) if cell]
    t = language.t
    st.html(
        markup.target_years_head(t("Over the years"), screen.href("years"), t("All indicators"))
    )
    right = st.container()
    if drawn := years_chart(given, row, target.series, language):
        drawing, right = st.columns([2, 1], gap="large")
        spec = figure.years(drawn, (t("target"), t("actual")), screen.theme)
        with drawing:
            chart.draw(spec, "years", in_words(row, language))
    with right:
        links = {one.plan.id: one.links for one in plans}
        st.html(markup.target_years(row, links, language))
