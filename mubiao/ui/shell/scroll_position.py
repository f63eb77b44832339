"""Bringing a part of the page into view: what a press has opened may lie above or below it."""

from uuid import uuid4

import streamlit as st

from mubiao.ui.shell import markup

_WANTED = "place-wanted"


def want(key: str) -> None:
    """In a callback: the container with this key is to be in view once it is drawn."""
    st.session_state[_WANTED] = key


def bring_if_wanted(key: str) -> None:
    """After drawing a container: bring it into view where that was wanted."""
    if st.session_state.get(_WANTED) == key:
        del st.session_state[_WANTED]
        bring(key)


def bring(key: str) -> None:
    """Bring the container with this key into view, once."""
    st.html(markup.bring(key, uuid4().hex))
