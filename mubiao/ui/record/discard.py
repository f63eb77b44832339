"""Throwing unsaved edits away: a button that asks once more in its own place.

A popover would lie over the very rows that it asks about.
"""

import streamlit as st

from mubiao.ui.shell.page import Screen

_ASKED, _MEANT = "month-discard-asked", "month-discard-meant"


def discards(screen: Screen, rows: int) -> bool:
    """Draw the button, or the question; whether all of so many rows are to be thrown away."""
    language = screen.language
    if st.session_state.pop(_MEANT, False):
        return True
    if not st.session_state.get(_ASKED):
        ask = language.t("Discard")
        st.button(ask, key="month-discard", type="tertiary", on_click=_ask, args=(True,))
        return False
    st.button(language.t("Keep them"), key="discard-not", on_click=_ask, args=(False,))
    label = (
        language.t("Discard all {n} rows", n=rows) if rows > 1 else language.t("Discard this row")
    )
    st.button(label, key="discard-all", on_click=_mean)
    return False


def _ask(again: bool) -> None:  # noqa: FBT001 - a callback's argument
    st.session_state[_ASKED] = again


def _mean() -> None:
    _ask(again=False)
    st.session_state[_MEANT] = True
