"""Access: the form by which one of several things is taken back or ended."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from mubiao.plain_text import NOTE_LIMIT
from mubiao.ui.shell import act, fields, markup
from mubiao.ui.shell.page import Screen

End = Callable[[Any, str], str]
"""Ends what was chosen for a reason, and says so. Raises Refused."""


def form(  # noqa: PLR0913 - what is chosen among, and what becomes of it
    screen: Screen,
    name: str,
    labels: tuple[str, str],
    choices: Mapping[Any, str],
    end: End,
    *,
    asks_why: bool = True,
) -> None:
    """Draw the choice, the reason and the button, under the labels of the first and the last;
    nothing where there is nothing to end. `name` is unique to the form.
    """
    if not choices:
        return
    turn = fields.turn(name)
    with st.container(key=f"{name}-one", horizontal=True, vertical_alignment="bottom"):
        plain = {one: markup.plain(text) for one, text in choices.items()}
        fields.one_of(screen, labels[0], plain, f"{name}-row-{turn}")
        if asks_why:
            st.text_input(screen.language.t("Why"), key=f"{name}-why-{turn}", max_chars=NOTE_LIMIT)
        st.button(markup.plain(labels[1]), key=f"{name}-now", on_click=_end, args=(name, turn, end))
    fields.say(screen, act.refusals(name))


def _end(name: str, turn: int, end: End) -> None:
    with act.attempt(name):
        text = end(st.session_state.get(f"{name}-row-{turn}"), fields.held(f"{name}-why-{turn}"))
        fields.next_turn(name)
        act.done(text)
