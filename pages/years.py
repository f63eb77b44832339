"""Years: the plans of a place beside each other, and what each asks of the next."""

import streamlit as st

from mubiao.ui.shell import page
from mubiao.ui.years import plans

with page.opened(fields=False) as screen, st.container(key="years"):
    plans.show(screen)
