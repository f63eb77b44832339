"""Who records: a name given once in a session, which outlives changes of page."""

import streamlit as st

from mubiao.plain_text import folded
from mubiao.ui.shell import markup
from mubiao.ui.shell.page import Screen

_PERSON = "person"


def ask(screen: Screen, label: str = "") -> None:
    """The field for one's name, under a label of its own where there is one.

    A widget's own state would go when the page changes.
    """
    st.session_state["by"] = named()
    st.text_input(
        markup.plain(label or screen.language.t("Your name")),
        key="by",
        max_chars=100,
        on_change=_remember_typed,
        help=screen.language.t("It is recorded with everything that you save."),
    )


def named() -> str:
    """The name that was given, empty until then."""
    return str(st.session_state.get(_PERSON, ""))


def is_named(name: str) -> bool:
    """Whether a recorded name is the one that was given, however it was spelt."""
    return folded(name) == folded(named())


def remember(name: str) -> None:
    """Take a name that was given before, in another session."""
    st.session_state[_PERSON] = name


def _remember_typed() -> None:
    remember(st.session_state["by"] or "")
