"""Unsaved edits: in the session while the page is open, in the store for everything else.

The address names them, so that they outlive another page, another language, a reload and a lost
connection. The name comes with the first edit. Whoever opens a copied link sees the same edits;
as soon as two sessions edit them, the later one goes on under a name of its own, so that neither
overwrites the other.
"""

from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from mubiao import service
from mubiao.observation.pending import Book, Pending, read_book, write_book
from mubiao.period import Period
from mubiao.ui import address
from mubiao.ui.page import Screen

_HELD = "unsaved"
_TURN = "unsaved-turn"


@dataclass(frozen=True, slots=True)
class _Held:
    """The edits by plan and month, their name in the address ("" before the first), and the text
    that the store had when this session last read or wrote it.
    """

    name: str
    text: str
    book: Book


def unsaved(screen: Screen, month: Period) -> Pending:
    """The unsaved edits of a month; empty ones where there are none."""
    held = _held(screen).book.get(_key(screen, month))
    return held or Pending(token=uuid4().hex)


def others(screen: Screen, month: Period) -> dict[str, int]:
    """By month, the number of unsaved rows of this plan's other months."""
    book, here = _held(screen).book, _key(screen, month)
    mine = f"{screen.plan.id}/"
    return {
        name.removeprefix(mine): len(pending.rows)
        for name, pending in sorted(book.items())
        if name.startswith(mine) and name != here and pending.rows
    }


def keep(screen: Screen, month: Period, pending: Pending) -> None:
    """Keep a month's edits, where they are not kept yet. Raises Refused as the store does."""
    held = _held(screen)
    book = {**held.book, _key(screen, month): pending}
    text = write_book(book)
    if text == held.text:
        return
    name = held.name
    if name and screen.store.draft(name) != held.text:
        name = ""  # somebody else edits, saved or threw away the same ones
    if text:
        name = name or uuid4().hex
        screen.store.keep_draft(name, screen.plan.id, text, service.now())
        address.write("month", month.text)
    elif name:
        screen.store.drop_draft(name)
        name = ""
    address.write("draft", name)
    st.session_state[_HELD] = _Held(name, text, read_book(text))


def drop(screen: Screen, month: Period) -> None:
    """Forget a month's edits: they are saved, or meant to be thrown away."""
    keep(screen, month, Pending(token=""))
    st.session_state[_TURN] = turn() + 1


def turn() -> int:
    """Greater each time that a month begins afresh; what a widget holds is of one turn."""
    return int(st.session_state.get(_TURN, 0))


def _held(screen: Screen) -> _Held:
    held = st.session_state.get(_HELD)
    asked = address.draft()
    if not isinstance(held, _Held) or held.name != asked:
        text = (screen.store.draft(asked) if asked else None) or ""
        # An address from before the last save names nothing any more.
        if text or not isinstance(held, _Held):
            held = _Held(asked if text else "", text, read_book(text))
    address.write("draft", held.name)
    st.session_state[_HELD] = held
    return held


def _key(screen: Screen, month: Period) -> str:
    return f"{screen.plan.id}/{month.text}"
