"""Access: who has signed in, by which id, and ending that."""

import streamlit as st

from mubiao import clock
from mubiao.access import Action
from mubiao.ui.access import ending
from mubiao.ui.shell import markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.ui.shell.visitor import current


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

    def end(actor: object, why: str) -> str:
        by, at = person.actor(), clock.now()
        screen.store.end_sign_ins(str(actor or ""), by=by, reason=why, at=at)
        return t("All sign-ins of {actor} are ended.", actor=actor)

    going_on = {one.actor: f"{one.name} ({one.actor})" for one in everybody if not one.is_over}
    ending.form(screen, "end-sign-ins", (t("Whose sign-ins to end"), t("End")), going_on, end)
