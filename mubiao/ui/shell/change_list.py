"""What changed between two looks at the record, as pages list it."""

import streamlit as st

from mubiao.ui.shell import markup
from mubiao.ui.shell.page import Screen
from mubiao.views.changes import Changes


def draw(screen: Screen, changes: Changes) -> None:
    """The targets that turned, worst first, then for the better; the others folded below."""
    for turn in changes.turns:
        st.html(markup.turns(turn.name, turn.rows, screen.links))
    if changes.steady:
        n = len(changes.steady)
        title = screen.language.t("Another figure, the same status: {n}", n=n)
        st.html(markup.steady(title, changes.steady, screen.links))
