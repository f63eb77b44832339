"""Overview: the one sentence, the year by months, headline targets, attention, chapters."""

import streamlit as st

from mubiao.ui.overview import lists, year
from mubiao.ui.shell import page

with page.opened(of_meeting=True, fields=False) as screen:
    year.top(screen)
    with st.container(key="overview"):
        lists.side(screen)
        year.headline(screen)
        lists.targets(screen)
        lists.words(screen)
