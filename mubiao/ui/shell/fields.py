"""What the fields of a form hold, as texts, and choices that outlive a change of language."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, TypedDict

import streamlit as st

from mubiao.observation.periods import period_meant
from mubiao.problems import Problem
from mubiao.ui.shell import markup
from mubiao.ui.shell.page import Screen


class Lasting(TypedDict):
    """The arguments of a widget whose state outlives other pages."""

    key: str
    persist_state: Literal["session"]


def lasting(key: str) -> Lasting:
    """Have a widget keep what it holds while other pages are open."""
    return {"key": key, "persist_state": "session"}


def say(screen: Screen, problems: Iterable[Problem]) -> None:
    """Draw what is wrong with a field, below it; nothing where nothing is."""
    if texts := list(map(screen.phrasebook.problem, problems)):
        st.html(markup.problems(texts))


def held(key: str) -> str:
    """What a field holds, as text; "" for nothing."""
    # Not every client keeps to what the widgets offer: a day may come as none.
    value = st.session_state.get(key)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def held_period(screen: Screen, key: str) -> str:
    """The period that a field holds, in its contract form also where it was typed by its name."""
    return period_meant(held(key), screen.plan.year)


def choose_again(screen: Screen, drawn_in: str, keys: Iterable[str]) -> None:
    """After a change of language, choose again what was chosen in the fields of these keys.

    The browser holds a choice as the words that it read, which mean nothing afterwards; the
    language of the last run is kept under `drawn_in`.
    """
    code = screen.language.code
    if st.session_state.get(drawn_in, code) != code:
        for key in keys:
            if key in st.session_state:
                st.session_state[key] = st.session_state[key]
    st.session_state[drawn_in] = code
