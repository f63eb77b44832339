"""Unsaved figures that are another browser's: to look at, and to copy."""

from collections.abc import Iterator, Mapping

import streamlit as st

from mubiao.proposal.unsaved import FIELDS, Cell, Unsaved, read_book
from mubiao.store import StoredDraft
from mubiao.ui.record import drafts
from mubiao.ui.shell import address, markup
from mubiao.ui.shell.fields import button
from mubiao.ui.shell.page import Screen
from mubiao.views.month import months_of
from mubiao.wording import words
from mubiao.wording.periods import period_label

_CHOICES: Mapping[Cell, Mapping[str, str]] = {
    "qualifier": {choice.value: text for choice, text in words.QUALIFIER.items()},
    "nature": {choice.value: text for choice, text in words.NATURE.items()},
    "value": {choice.value: text for choice, text in words.STAGE.items()},
}


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
            copy, leave = t("Copy them"), t("Leave them")
            button(copy, "foreign-copy", drafts.take_over, screen, draft, kind="primary")
            button(leave, "foreign-leave", address.write, "draft", "")
    _tables(screen, draft)


def _tables(screen: Screen, draft: StoredDraft) -> None:
    t = screen.language.t
    columns = [*(t(words.FIELDS[name]) for name in ("target", "value")), t("Other fields")]
    parts = drafts.parts(screen, read_book(draft.text))
    if not parts:
        st.html(markup.empty(t("None of them is of this plan.")))
    months = {each.text: screen.language.period(each) for each in months_of(screen.plan)}
    for part, edits in parts.items():
        # A month, or a target and which row of it is corrected.
        row = part.rpartition("/")[2]
        of_one = t("Correct no. {row}", row=row) if row.isdecimal() else t("New actual")
        table = markup.table(columns, _rows(screen, edits))
        st.html(markup.heading(months.get(part, of_one)) + table)


def _rows(screen: Screen, edits: Unsaved) -> Iterator[list[str]]:
    """Target, value, and whatever else was typed, so that it fits a narrow window too."""
    language, shared = screen.language, {"known_on": edits.known_on, "source": edits.source}
    for target, cells in edits.rows.items():
        texts = {name: text for name, text in shared.items() if text} | dict(cells.texts)
        others = language.clauses(
            language.labelled(language.t(words.FIELDS[name]), _in_words(screen, name, texts[name]))
            for name in FIELDS
            if name in texts and name != "value"
        )
        typed = texts.get("value", "")
        yield [screen.phrasebook.name(target), _in_words(screen, "value", typed), others]


def _in_words(screen: Screen, name: Cell, text: str) -> str:
    """What was typed or chosen; of a choice its words, of a period its name."""
    if name == "period":
        return period_label(screen.language, text)
    label = _CHOICES.get(name, {}).get(text)
    return screen.language.t(label) if label else text
