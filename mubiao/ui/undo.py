"""Undoing a save of one's own, from the list of saves."""

import streamlit as st

from mubiao import service
from mubiao.problems import Refused
from mubiao.ui import effects, past_markup, person
from mubiao.ui.page import Screen


def own(screen: Screen) -> None:
    """Who looks: only saves of the same name can be undone."""
    words, by = screen.language, person.named()
    label = words.t("Undo a save of {name}", name=by) if by else words.t("Undo a save of your own")
    with st.popover(label, type="tertiary", key="history-own"):
        told = words.t(
            "Only who saved something can undo it, with new rows; nothing is deleted. Give the "
            "name that you saved under: “Undo” then stands beside your saves."
        )
        st.html(past_markup.quiet(told))
        person.ask(screen)


def button(screen: Screen, save: int) -> None:
    """Asks once more, as what is undone counts again or no more from the same days on."""
    words = screen.language
    with st.popover(words.t("Undo"), type="tertiary", key=f"undo-{save}"):
        told = words.t(
            "Undo save {n}? Its new figures are withdrawn and its corrections taken back, by new "
            "rows under your name.",
            n=save,
        )
        st.html(past_markup.quiet(told))
        st.button(
            words.t("Undo save {n}", n=save),
            key=f"undo-now-{save}",
            on_click=_undo,
            args=(screen, save),
        )


def _undo(screen: Screen, save: int) -> None:
    words, plan = screen.language, screen.plan.id
    try:
        # The same name for each attempt: pressed twice, it is done once.
        done = screen.store.undo(
            plan, save, by=person.named(), at=service.now(), token=f"undo-{plan}-{save}"
        )
    except Refused as refusal:
        st.session_state[effects.REFUSED] = refusal.problems
        return
    st.session_state[effects.DONE] = words.t(
        "Save {n} is undone by save {by}; new rows: {rows}.",
        n=save,
        by=done.id,
        rows=len(done.rows),
    )
