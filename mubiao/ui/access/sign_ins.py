"""Access: who has signed in, by which id, and ending that."""

from collections.abc import Sequence

import streamlit as st

from mubiao import clock
from mubiao.access import Action
from mubiao.plain_text import NOTE_LIMIT
from mubiao.store.sign_ins import LastSignIn
from mubiao.ui.shell import act, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.ui.shell.visitor import current

_END = "end-sign-ins"


def people(screen: Screen) -> None:
    """Everybody who has ever signed in, and the form that ends somebody's sign-ins; nothing where
    names are only typed.
    """
    own = rights.of(screen)
    if current().is_typed or not own.may(Action.END_SESSIONS, own=False):
        return
    t, language = screen.language.t, screen.language
    everybody = screen.store.last_sign_ins()
    st.html(markup.heading(t("Who has signed in"), str(len(everybody))))
    columns = [t("Who"), t("Id"), t("Last sign-in"), t("Now")]
    rows = (
        [one.name, one.actor, language.short_moment(one.at), t("ended") if one.is_over else ""]
        for one in everybody
    )
    st.html(markup.table(columns, rows))
    _ending(screen, [one for one in everybody if not one.is_over])


def _ending(screen: Screen, going_on: Sequence[LastSignIn]) -> None:
    t, turn = screen.language.t, fields.turn(_END)
    labels = {one.actor: f"{one.name} ({one.actor})" for one in going_on}
    with st.container(key="end-sign-ins", horizontal=True, vertical_alignment="bottom"):
        fields.one_of(screen, t("Whose sign-ins to end"), labels, f"{_END}-who-{turn}")
        st.text_input(t("Why"), key=f"{_END}-why-{turn}", max_chars=NOTE_LIMIT)
        st.button(t("End"), key=f"{_END}-now", on_click=_end, args=(screen, turn))
    fields.say(screen, act.refusals(_END))


def _end(screen: Screen, turn: int) -> None:
    actor = fields.held(f"{_END}-who-{turn}")
    with act.attempt(_END):
        screen.store.end_sign_ins(
            actor,
            by=person.actor(),
            reason=fields.held(f"{_END}-why-{turn}"),
            at=clock.now(),
        )
        fields.next_turn(_END)
        act.done(screen.language.t("All sign-ins of {actor} are ended.", actor=actor))
