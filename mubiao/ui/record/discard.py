"""Throwing unsaved edits away: a button that asks once more in its own place.

A popover would lie over the very rows that it asks about.
"""

import streamlit as st

from mubiao.ui.shell.page import Screen

_STATE = "month-discard-state"


def discards(screen: Screen, rows: int) -> bool:
    """Draw the button, or the question; whether all of so many rows are to be thrown away."""
    language, state = screen.language, st.session_state.get(_STATE)
    if state == "meant":
        _set("")
        return True
    if state != "asked":
        ask = language.t("Discard")
        st.button(ask, key="month-discard", type="tertiary", on_click=_set, args=("asked",))
        return False
    st.button(language.t("Keep them"), key="discard-not", on_click=_set, args=("",))
    label = (
        language.t("Discard all {n} rows", n=rows) if rows > 1 else language.t("Discard this row")
    )
    st.button(label, key="discard-all", on_click=_set, args=("meant",))
    return False


def _set(state: str) -> None:
    st.session_state[_STATE] = state
