"""Undoing a save of one's own, where it is listed or was just made."""

import streamlit as st

from mubiao.model import Save
from mubiao.proposal.recording import undo
from mubiao.ui.shell import act, fields, markup, person
from mubiao.ui.shell.page import Screen

_OPEN = "undo-asked"
_QUESTION = "undo-question"


def own(screen: Screen) -> None:
    """The reader's name: only saves under the same name can be undone."""
    language, by = screen.language, person.named()
    label = language.t("Undo a save of your own")
    if by:
        label = language.t("Undo: you are {name}", name=by)
    with st.popover(markup.plain(label), type="tertiary", key="history-own"):
        text = language.t(
            "Only who saved something can undo it, with new rows; nothing is deleted. Give the "
            "name that you saved under: “Undo” then stands beside your saves."
        )
        st.html(markup.quiet(text))
        person.ask(screen)


def button(save: int, label: str, kind: fields.Kind = "tertiary") -> None:
    """Beside a save: the button that asks about it, or takes the question back."""
    fields.button(label, f"undo-{save}", act.toggle, _OPEN, save, _QUESTION, kind=kind)


def question(screen: Screen, save: Save, place: str = act.TOP) -> None:
    """Below a save: what undoing it does, and of how many rows, before it is done and told at
    `place`.
    """
    if st.session_state.get(_OPEN) != save.id:
        return
    language, rows = screen.language, len(save.rows)
    entries = screen.store.entries(screen.plan.id, save.rows).values()
    targets = len({entry.target for entry in entries})
    counted = language.ngettext("{n} row", "{n} rows", rows)
    about = language.ngettext("{n} target", "{n} targets", targets)
    text = language.t(
        "Undo save {n}: {rows}, {targets}? Its new figures are withdrawn and its corrections taken "
        "back, by new rows under your name.",
        n=save.id,
        rows=counted,
        targets=about,
    )
    with st.container(key=_QUESTION, gap="small"):
        st.html(markup.quiet(text))
        with st.container(key="undo-ways", horizontal=True, gap="small"):
            label, key = language.t("Undo save {n}", n=save.id), f"undo-now-{save.id}"
            fields.button(label, key, _undo, screen, save.id, place, kind="primary")
            close = act.toggle, _OPEN, save.id, _QUESTION
            fields.button(language.t("Do not undo"), "undo-not", *close)
    act.bring_if_wanted(_QUESTION)


def _undo(screen: Screen, save: int, place: str) -> None:
    language, plan = screen.language, screen.plan.id
    st.session_state[_OPEN] = None
    with act.attempt(place):
        # The same name for each attempt: pressed twice, it is done once.
        undoing = undo(screen.store, screen.plan_today, save, person.act(f"undo-{plan}-{save}"))
        text = language.t(
            "Save {n} is undone by save {by}; new rows: {rows}.",
            n=save,
            by=undoing.id,
            rows=len(undoing.rows),
        )
        act.done(text, place)
