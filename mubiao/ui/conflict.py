"""A row that somebody else recorded meanwhile: base, theirs, mine; the person decides."""

import streamlit as st

from mubiao.model import Entry, Observation
from mubiao.observation.pending import Pending
from mubiao.ui import edit_markup
from mubiao.ui.page import Screen
from mubiao.views.preview import Line, base, theirs
from mubiao.wording import phrases


def show(screen: Screen, line: Line, pending: Pending) -> Pending:
    """The three figures side by side and the two ways out; the edits after the decision."""
    words, target = screen.language, line.due.target
    history = screen.store.history(screen.plan.id, target.id)
    saw, recorded = base(history, line.due, line.based_on), theirs(history, line.due, line.based_on)
    seen = words.t("What you saw")
    sides = [(seen, *_told(screen, saw))] if saw else [(seen, words.t("nothing recorded"), "")]
    sides += [(words.t("Recorded meanwhile"), *_told(screen, entry)) for entry in recorded]
    sides.append((words.t("Yours"), *_told(screen, line.entry)))
    st.html(edit_markup.sides(sides))
    with st.container(key=f"decide-{target.id}", horizontal=True, gap="small"):
        if st.button(words.t("Keep theirs"), key=f"theirs-{target.id}"):
            return pending.without(target.id)
        if st.button(words.t("Save mine in its place"), key=f"mine-{target.id}"):
            return pending.based(target.id, max(entry.row for entry in recorded))
    return pending


def _told(screen: Screen, entry: Entry | None) -> tuple[str, str]:
    """An entry's figure, and its nature, day, source and author."""
    words = screen.language
    if entry is None:
        return "", ""
    author = words.t("published figures") if entry.recorded_by == "seed" else entry.recorded_by
    number = words.t("no. {row}", row=entry.row) if entry.row else ""
    if not isinstance(entry, Observation):
        return words.t("withdrawn"), _joined(number, author, entry.reason)
    target = screen.plan.by_id[entry.target]
    origin = _joined(number, author, entry.known_on.isoformat(), entry.source, entry.note)
    return phrases.actual(screen.plan, target, entry, words), origin


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
