"""Unsaved figures that are another browser's: to look at, and to copy."""

from collections.abc import Iterator

import streamlit as st

from mubiao.proposal.unsaved import FIELDS, Unsaved, read_book
from mubiao.store import StoredDraft
from mubiao.ui.record import drafts
from mubiao.ui.shell import address, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.month import months_of
from mubiao.wording import words


def show(screen: Screen) -> None:
    """The figures as a table; nothing of it can be edited or saved."""
    draft = drafts.foreign(screen)
    if draft is None:
        return
    t, moment = screen.language.t, screen.language.moment(draft.kept_at)
    whose = t("Unsaved figures of {name}, last edited {moment}", name=draft.author, moment=moment)
    if not draft.author:
        whose = t("Unsaved figures of somebody else, last edited {moment}", moment=moment)
    own = t("They can be looked at here, not edited or saved; a copy of them is your own.")
    with st.container(key="foreign-draft"):
        st.html(markup.meeting([whose, own]))
        with st.container(key="foreign-ways", horizontal=True):
            st.button(
                t("Copy them"),
                key="foreign-copy",
                type="primary",
                on_click=drafts.take_over,
                args=(screen, draft),
            )
            st.button(
                t("Leave them"), key="foreign-leave", on_click=address.write, args=("draft", "")
            )
    _tables(screen, draft)


def _tables(screen: Screen, draft: StoredDraft) -> None:
    t = screen.language.t
    columns = [t(words.FIELDS[name]) for name in ("target", *FIELDS)]
    parts = drafts.parts(screen, read_book(draft.text))
    if not parts:
        st.html(markup.empty(t("None of them is of this plan.")))
    for part, edits in parts.items():
        st.html(markup.heading(_title(screen, part)) + markup.table(columns, _rows(screen, edits)))


def _title(screen: Screen, part: str) -> str:
    """The month that a part is, or the target, and which row of it is corrected."""
    months = {each.text: each for each in months_of(screen.plan)}
    if part in months:
        return screen.language.period(months[part])
    row = part.rpartition("/")[2]
    if row.isdecimal():
        return screen.language.t("Correct no. {row}", row=row)
    return screen.language.t("New actual")


def _rows(screen: Screen, edits: Unsaved) -> Iterator[list[str]]:
    shared = {"known_on": edits.known_on, "source": edits.source}
    for target, cells in edits.rows.items():
        texts = {name: text for name, text in shared.items() if text} | dict(cells.texts)
        yield [screen.phrasebook.name(target), *(texts.get(name, "") for name in FIELDS)]
