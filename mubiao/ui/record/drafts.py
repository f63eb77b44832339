"""Unsaved edits: in the session while the page is open, in the store for everything else.

The address names them, so that they outlive another page, another language, a reload and a lost
connection. The name comes with the first edit. Whoever opens a copied link sees the same edits;
as soon as two sessions edit them, the later one goes on under a name of its own, so that neither
overwrites the other.
"""

from dataclasses import dataclass, replace
from uuid import uuid4

import streamlit as st

from mubiao import clock
from mubiao.observation.pending import Book, Pending, read_book, write_book
from mubiao.period import Period
from mubiao.problems import Problem, Refused
from mubiao.ui.shell import address
from mubiao.ui.shell.page import UNKEPT, Screen

_HELD = "unsaved"
_TURN = "unsaved-turn"


@dataclass(frozen=True, slots=True)
class _Held:
    """The edits by plan and month, their name in the address ("" before the first), and the text
    that the store had when this session last read or wrote it. They differ while the store
    has not taken the last edits.
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


def hold(screen: Screen, month: Period, pending: Pending) -> None:
    """Have the session hold a month's edits, whatever becomes of the page and of the store."""
    held = _held(screen)
    text = write_book({**held.book, _key(screen, month): pending})
    _put(replace(held, book=read_book(text)))


def keep(screen: Screen, month: Period, pending: Pending) -> tuple[Problem, ...]:
    """Hold a month's edits, and keep them in the store too where it has not got them yet; why it
    did not take them, empty when all is well. They are tried again whenever this is called.
    """
    hold(screen, month, pending)
    held = _held(screen)
    text = write_book(held.book)
    if text == held.text:
        return ()
    try:
        name = _stored(screen, held, text)
    except Refused as refusal:
        return refusal.problems
    if text:
        address.write("month", month.text)
    address.write("draft", name)
    _put(replace(held, name=name, text=text))
    return ()


def _stored(screen: Screen, held: _Held, text: str) -> str:
    """Put the text into the store; the name that it has there. Raises Refused."""
    name = held.name
    if name and screen.store.draft(name) != held.text:
        name = ""  # somebody else edits, saved or threw away the same ones
    if text:
        name = name or uuid4().hex
        screen.store.keep_draft(name, screen.plan.id, text, clock.now())
    elif name:
        screen.store.drop_draft(name)
        name = ""
    return name


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
    # Edits that the store has not taken yet are nowhere else, whatever the address says.
    moved = isinstance(held, _Held) and held.name != asked and not st.session_state.get(UNKEPT)
    if not isinstance(held, _Held) or moved:
        text = (screen.store.draft(asked) if asked else None) or ""
        # An address from before the last save names nothing any more.
        if text or not isinstance(held, _Held):
            held = _Held(asked if text else "", text, read_book(text))
    address.write("draft", held.name)
    _put(held)
    return held


def _put(held: _Held) -> None:
    st.session_state[_HELD] = held
    st.session_state[UNKEPT] = write_book(held.book) != held.text


def _key(screen: Screen, month: Period) -> str:
    return f"{screen.plan.id}/{month.text}"
