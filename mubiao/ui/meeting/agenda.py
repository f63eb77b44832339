"""Meeting: the slides of the open meeting, put in order, left out, added to and annotated."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.column_config import CheckboxColumn, NumberColumn, TextColumn

from mubiao.access import Action
from mubiao.model import AgendaItem, Meeting
from mubiao.plain_text import NOTE_LIMIT
from mubiao.ui.meeting.briefing import briefing_of
from mubiao.ui.shell import act, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.views.agenda import agenda_rows, edited
from mubiao.views.slides import ROWS

_PREPARE = "agenda"


def prepare(screen: Screen) -> None:
    """The grid of the slides, and what keeps it; nothing without an open meeting."""
    language, meeting = screen.language, screen.meeting
    if screen.address.meeting is not None:
        person.ask(screen)
    if meeting is None or not rights.may(screen, Action.KEEP_MEETINGS):
        return
    briefing = briefing_of(screen)
    agenda, rows = briefing.agenda, agenda_rows(briefing, ROWS)
    t = language.t
    st.html(markup.heading(t("Slides of this meeting"), str(len(rows))))
    texts = [t("Number and tick put slides in order and leave them out; notes go into PowerPoint.")]
    if agenda.at is not None:
        texts.append(
            t("Prepared by {name}, {moment}.", name=agenda.by, moment=language.moment(agenda.at))
        )
    st.html(markup.quiet(" ".join(texts)))
    fields.say(screen, act.refusals(_PREPARE))
    key = f"agenda-{meeting.id}-{agenda.row}-{language.code}"
    st.data_editor(
        _frame([(slide.title, item) for slide, item in rows]),
        key=key,
        hide_index=True,
        disabled=["title"],
        column_config={
            "number": NumberColumn(t("No."), width=80, min_value=1, step=1),
            "included": CheckboxColumn(t("Shown"), width=90),
            "title": TextColumn(t("Slide"), width=560),
            "note": TextColumn(t("Note for the speaker"), width="large", max_chars=NOTE_LIMIT),
        },
    )
    add = f"agenda-add-{agenda.row}-{language.code}"
    with st.container(key="agenda-ways", horizontal=True, vertical_alignment="bottom"):
        names = {one.id: screen.phrasebook.both_names(one.id) for one in screen.plan.targets}
        fields.choice(t("Add a target"), names, index=None, hint=t("none"), key=add, width=400)
        args = (screen, meeting, [item for _, item in rows], agenda.row, key, add)
        fields.button(t("Keep the slides"), "agenda-keep", _keep, *args, kind="primary")


def _frame(rows: Sequence[tuple[str, AgendaItem]]) -> pd.DataFrame:
    """A row for each slide: number (from 1), included, title, note."""
    return pd.DataFrame(
        {
            "number": range(1, len(rows) + 1),
            "included": [not item.left_out for _, item in rows],
            "title": [title for title, _ in rows],
            "note": [item.note for _, item in rows],
        }
    )


def _keep(  # noqa: PLR0913, PLR0917 - of which meeting, in place of what, and the widgets' keys
    screen: Screen, meeting: Meeting, items: Sequence[AgendaItem], replaces: int, key: str, add: str
) -> None:
    state: Mapping[str, Mapping[int, Mapping[str, object]]] = st.session_state.get(key, {})
    added = st.session_state.get(add) or ""
    with act.attempt(_PREPARE):
        screen.store.prepare(
            screen.plan.id,
            meeting.id,
            edited(items, state.get("edited_rows", {}), added),
            person.act(),
            replaces=replaces,
        )
        act.done(screen.language.t("The slides are kept with the meeting."))
