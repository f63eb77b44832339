"""Target: commentary, and a person's own judgement beside the computed status."""

from collections.abc import Mapping

import streamlit as st

from mubiao.access import Action
from mubiao.model import Remark, Target
from mubiao.ui.shell import act, markup, rights
from mubiao.ui.shell.page import Screen
from mubiao.ui.target.remark_form import RemarkForm, take_back
from mubiao.views.remarks import Note, TargetRemarks, remarks_of


def section(screen: Screen, target: Target) -> None:
    """What people say of the target as of the day, and the form to say something."""
    language = screen.language
    standing = screen.remarks(target.id)
    view = remarks_of(screen.phrasebook, screen.assessment(target.id), standing)
    by_row = {remark.row: remark for remark in standing}
    st.html(markup.heading(language.t("Commentary and judgement")))
    # In containers of their own, so that what comes and goes above does not shift the form.
    with st.container(key="remarks-told", gap=None):
        act.tell(screen)
    with st.container(key="remarks", gap=None):
        _judgements(screen, view, by_row)
        _commentary(screen, view, by_row)
        if not standing:
            st.html(markup.empty(language.t("Nobody had said anything about it by this day.")))
    if screen.meeting is not None:  # what is written now was not seen there
        return
    if not rights.may(screen, Action.REMARK, target.id):
        return
    label = language.t("Write commentary or a judgement of your own")
    # The server knows whether it is open, and so a save or another remark does not close it.
    with st.expander(label, key="remark-form", on_change="rerun"):
        RemarkForm(screen, target).draw()


def _judgements(screen: Screen, view: TargetRemarks, by_row: Mapping[int, Remark]) -> None:
    language = screen.language
    if not view.judgements:
        return
    by_rule = language.t("by the rule, as of {day}", day=language.day(screen.as_of))
    judgements = [(note, _whose(screen, note)) for note in view.judgements]
    with st.container(key="said-judgements", gap=None):
        st.html(markup.beside(view.computed, by_rule, judgements))
        for note in view.judgements:
            take_back(screen, by_row[note.row])


def _commentary(screen: Screen, view: TargetRemarks, by_row: Mapping[int, Remark]) -> None:
    """The commentary, of the latest period first; judgements that are over folded away below."""
    for note in view.commentary:
        with st.container(key=f"said-{note.row}", gap=None):
            st.html(markup.note(note, _whose(screen, note)))
            take_back(screen, by_row[note.row])
    if view.expired:
        title = screen.language.t("Judgements whose last day is over: {n}", n=len(view.expired))
        over = [(note, _whose(screen, note)) for note in view.expired]
        st.html(markup.expired(title, over))


def _whose(screen: Screen, note: Note) -> str:
    language = screen.language
    if note.mark is None:
        return f"{note.period} · {note.by} · {note.written}"
    author = language.t("own judgement of {name}", name=note.by)
    return f"{author} · {note.written} · {language.t('until {day}', day=note.until)}"
