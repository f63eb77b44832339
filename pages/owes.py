"""Who owes reports: by unit what is due, filed and overdue, and the text that asks for it."""

import streamlit as st

from mubiao.ui.owes import debtors
from mubiao.ui.shell import page

with page.opened(of_meeting=True) as screen, st.container(key="owes"):
    debtors.opening(screen)
    debtors.awaited(screen)
    debtors.take(screen)
    debtors.listed(screen)
