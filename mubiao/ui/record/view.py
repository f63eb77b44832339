"""Record's three views of the same work: a month at once, one target, files."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mubiao.problems import message
from mubiao.ui.record import drafts
from mubiao.ui.shell import act, address, markup, person
from mubiao.ui.shell.page import Screen
from mubiao.views.owed import owner_name

_VIEWS = {
    "month": message("This month"),
    "one": message("One target"),
    "files": message("Files"),
}


def opening(screen: Screen) -> DeltaGenerator:
    """Title, in the place that is returned, and what the last save did."""
    language, title, owner = screen.language, st.empty(), screen.address.owner
    note, text = language.t("Enter, correct or withdraw actuals."), language.t("Record")
    if owner:
        text = language.t("{unit}: Record", unit=owner_name(screen.phrasebook, owner))
    title.html(markup.title(text, note))
    act.tell(screen)
    return title


def view(screen: Screen) -> str:
    """Draw the choice of views, and the name that all of them need; the chosen view.

    A row that is being corrected is one target's.
    """
    language = screen.language
    chosen = "one" if screen.address.correct is not None else screen.address.view or "month"
    with st.container(key="record-view", horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            language.t("View"),
            list(_VIEWS),
            format_func=lambda name: language.t(_VIEWS[name]),
            required=True,
            label_visibility="collapsed",
            # Another view ends the correction of a row.
            **address.bound("view", chosen, ends=["correct"]),
        )
        if chosen != "month":  # which asks for it beside what all its figures share
            person.ask(screen)
    # A place that is always there: what stands below it must not move while somebody types.
    with st.container(key="own-draft-offer"):
        if chosen != "files":
            _offer(screen)
    return chosen


def _offer(screen: Screen) -> None:
    """The way back to what this browser left unsaved, where nothing is being edited now."""
    draft = drafts.left_behind(screen)
    if draft is None:
        return
    moment = screen.language.moment(draft.kept_at)
    label = screen.language.t("Go on with your unsaved figures of {moment}", moment=moment)
    st.button(
        markup.plain(label),
        key="own-draft",
        type="tertiary",
        on_click=drafts.go_on,
        args=(draft,),
    )
