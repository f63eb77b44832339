"""Warnings to confirm: what is doubtful about an entry, and the box that says it is right."""

from collections.abc import Iterable

import streamlit as st

from mubiao.problems import Problem, message
from mubiao.ui.shell import markup
from mubiao.ui.shell.page import Screen

BLOCKED = message("Confirm what is doubtful.")


def confirm(  # noqa: PLR0913 - what, of which entry, and how the box begins
    screen: Screen,
    warnings: Iterable[Problem],
    key: str,
    *,
    confirmed: bool = False,
    kept: bool = False,
    above: str = "",
) -> bool:
    """Each warning on its own line, and the box; whether it is ticked now.

    `key` must change with the entry and its warnings (views.preview.mark_of), so that a tick holds
    for exactly this one. The box begins as `confirmed` says; `kept`, it outlives other pages.
    `above` is HTML that says which entry it is.
    """
    words = screen.language
    told = markup.doubts(words.problem(warning) for warning in warnings)
    st.html(above + told)
    return st.checkbox(
        words.t("It is right as it stands"),
        value=confirmed,
        key=key,
        persist_state="session" if kept else None,
    )
