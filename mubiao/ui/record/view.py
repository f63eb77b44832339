"""Record's three views of the same work: a month at once, one target, files."""

import streamlit as st

from mubiao.problems import message
from mubiao.ui.shell import act, address, markup, person
from mubiao.ui.shell.page import Screen

_VIEWS = {
    "month": message("This month"),
    "one": message("One target"),
    "files": message("Files"),
}


def opening(screen: Screen) -> None:
    """Title, and what the last save did."""
    language = screen.language
    st.html(markup.title(language.t("Record"), language.t("Enter, correct or withdraw actuals.")))
    act.tell(screen)


def view(screen: Screen) -> str:
    """Draw the choice of views, and the name that all of them need; the chosen view.

    A row that is being corrected is one target's.
    """
    language = screen.language
    chosen = "one" if screen.address.correct is not None else screen.address.view or "month"
    with st.container(key="record-view", horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            language.t("View"),
            list(_VIEWS),
            format_func=lambda name: language.t(_VIEWS[name]),
            required=True,
            label_visibility="collapsed",
            # Another view ends the correction of a row.
            **address.bound("view", chosen, ends=["correct"]),
        )
        person.ask(screen)
    return chosen
