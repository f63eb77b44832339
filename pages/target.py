"""Target: the path of one promise, the rule in words, its actuals and their history."""

import streamlit as st

from mubiao.ui.shell import page
from mubiao.ui.target import assigning, remarks, single, years

with page.opened(of_meeting=True) as screen:
    chosen = single.chosen(screen)
    with st.container(key="whole-target"):
        view = single.opening(screen, chosen)
        drawing, beside = st.columns([2, 1], gap="large")
        with beside:
            remarks.section(screen, chosen)
            assigning.control(screen, chosen)
        single.folds(screen, chosen, view)
        tried = single.trying(screen, chosen)
        years.section(screen, chosen)
        with drawing, st.container(key="drawing"):
            single.path(screen, view, tried)
