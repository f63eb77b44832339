"""Review: a report's text beside the plan drafted from it, decided figure by figure."""

import streamlit as st

from mubiao.ui.review import keeping, opening, panel, task
from mubiao.ui.shell import page

with page.opened() as screen:
    held = keeping.held(screen)
    if held is None:
        opening.begin(screen)
    else:
        now = task.chosen(screen, held)
        opening.progress(now)
        text, decision = st.columns([3, 2], gap="large")
        with decision, st.container(key="review-panel"):
            panel.show(now)
        with text, st.container(key="review-text"):
            panel.report(now)
