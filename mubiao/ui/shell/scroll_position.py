"""Bringing a part of the page into view: what a press has opened may lie above or below it."""

from uuid import uuid4

import streamlit as st

_WANTED = "place-wanted"
_BRING = """export default ({data}) => {
  setTimeout(() => {
    document.querySelector(`.st-key-${data.place}`)?.scrollIntoView({block: "nearest"});
  }, 200);
};"""


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
    component = st.components.v2.component("mubiao_bring", js=_BRING, isolate_styles=False)
    with st.container(key="place"):
        # Another turn makes the script run again.
        component(key="bring", data={"place": key, "turn": uuid4().hex})
