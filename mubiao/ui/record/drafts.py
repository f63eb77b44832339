"""Unsaved edits: in the session while the page is open, in the store for everything else.

The address of Record names them, so that they outlive another language, a reload and a lost
connection. The name comes with the first edit. Whoever opens a copied link in another browser sees
the same edits, and may copy them, but not change them. As soon as two windows of one browser edit
them, the later one goes on under a name of its own, so that neither overwrites the other.

Streamlit ends a run for the next one wherever it draws, writes the address, or touches the state
of the session. So what the store has taken is noted in an object that the session holds already:
nothing comes between the two.
"""

from dataclasses import dataclass, field
from uuid import uuid4

import streamlit as st

from mubiao import clock
from mubiao.problems import Refused
from mubiao.proposal.unsaved import Unsaved, UnsavedBook, copied, read_book, write_book
from mubiao.store import StoredDraft
from mubiao.ui.shell import address, fields, person
from mubiao.ui.shell.page import UNKEPT, Screen

_HELD, _LEFT = "unsaved", "unsaved-left"


@dataclass(slots=True)
class _Held:
    """The edits by plan and part, their name in the address ("" before the first), and the edits
    and the text that the store had when this session last read or wrote it. They differ while the
    store has not taken the last edits.

    `former` are the names that they had before: an address that the browser sends may be behind.
    """

    name: str
    book: UnsavedBook
    stored: UnsavedBook
    text: str
    former: set[str] = field(default_factory=set)

    @property
    def is_kept(self) -> bool:
        return self.book == self.stored

    def taken(self, name: str, text: str) -> None:
        """Note that the store has all edits, as this text under this name."""
        self.former.add(self.name)
        self.name, self.stored, self.text = name, self.book, text


def unsaved(screen: Screen, part: str) -> Unsaved:
    """The unsaved edits of a part of the plan, such as a month; empty ones where there are none."""
    return _held(screen).book.get(_key(screen, part)) or Unsaved(token=uuid4().hex)


def others(screen: Screen, part: str) -> dict[str, int]:
    """The number of unsaved rows of this plan's other parts."""
    edited = parts(screen, _held(screen).book)
    return {name: len(edits.rows) for name, edits in edited.items() if name != part and edits.rows}


def parts(screen: Screen, book: UnsavedBook) -> dict[str, Unsaved]:
    """The edits of this plan among some, by its part."""
    mine = _key(screen, "")
    return {
        name.removeprefix(mine): edits
        for name, edits in sorted(book.items())
        if name.startswith(mine)
    }


def hold(screen: Screen, part: str, edits: Unsaved) -> None:
    """Have the session hold a part's edits, whatever becomes of the page and of the store."""
    held = _held(screen)
    book = {**held.book, _key(screen, part): edits}
    held.book = {name: each for name, each in book.items() if not each.is_empty}
    _put(held)


def keep(screen: Screen, part: str, edits: Unsaved) -> str:
    """Hold a part's edits, and keep them in the store too where it has not got them yet; why it
    did not take them, and what to do meanwhile; empty when all is well. They are tried again
    whenever this is called.
    """
    hold(screen, part, edits)
    held, language = _held(screen), screen.language
    if held.is_kept:
        return ""
    try:
        _store(screen, held, write_book(held.book))
    except Refused as refusal:
        return language.t(
            "What you typed is not kept on the server yet: {reason}. This window has it, and tries "
            "again with the next edit; until then do not load the page again and do not close it.",
            reason=" ".join(map(screen.phrasebook.labelled, refusal.problems)),
        )
    _put(held)
    address.write("draft", held.name)
    return ""


def _store(screen: Screen, held: _Held, text: str) -> None:
    """Put the edits into the store, as this text. Raises Refused."""
    name, author, session = held.name, person.named(), person.keeper()
    if name and screen.store.draft(name) != held.text:
        name = ""  # somebody else edits, saved or threw away the same ones
    if text:
        name = name or uuid4().hex
        screen.store.keep_draft(
            name, screen.plan.id, text, clock.now(), session=session, author=author
        )
    elif name:
        screen.store.drop_draft(name, session=session)
        name = ""
    held.taken(name, text)


def drop(screen: Screen, part: str) -> None:
    """Forget a part's edits: they are saved, or meant to be thrown away."""
    fields.next_turn("unsaved")
    keep(screen, part, Unsaved(token=""))


def foreign(screen: Screen) -> StoredDraft | None:
    """The edits that the address names, where they are another browser's."""
    held, named = st.session_state.get(_HELD), address.draft()
    if not named or (isinstance(held, _Held) and held.name == named):
        return None
    stored = screen.store.stored_draft(named)
    return stored if stored is not None and stored.session != person.keeper() else None


def take_over(screen: Screen, draft: StoredDraft) -> None:
    """Have a copy of somebody else's edits beside one's own, as one's own."""
    address.write("draft", "")
    held = _held(screen)
    held.book = copied(read_book(draft.text), held.book)
    drop(screen, "")  # keeps the others


def left_behind(screen: Screen) -> StoredDraft | None:
    """The edits of this plan that this browser left last, where the session holds none.

    Looked up once, before anything is typed: what is typed must not wait for the store.
    """
    is_free = not _held(screen).book
    view = (screen.plan.id, turn())
    if st.session_state.get(_LEFT, ((), None))[0] != view:
        stored = screen.store.newest_draft(person.keeper()) if is_free else None
        is_here = stored is not None and parts(screen, read_book(stored.text))
        st.session_state[_LEFT] = (view, stored if is_here else None)
    left: StoredDraft | None = st.session_state[_LEFT][1]
    return left if is_free else None


def go_on(draft: StoredDraft) -> None:
    """Go on with edits that were left behind."""
    address.write("draft", draft.token)
    fields.next_turn("unsaved")


def turn() -> int:
    """Greater each time that edits begin afresh; what a widget holds is of one turn."""
    return fields.turn("unsaved")


def _held(screen: Screen) -> _Held:
    held = st.session_state.get(_HELD)
    named = address.draft()
    # Edits that the store has not taken yet are nowhere else, whatever the address says.
    is_ours = isinstance(held, _Held) and (named in {held.name, *held.former} or not held.is_kept)
    if not isinstance(held, _Held) or not is_ours:
        stored = screen.store.stored_draft(named) if named else None
        text = stored.text if stored is not None and stored.session == person.keeper() else ""
        # An address from before the last save names nothing any more.
        if text or not isinstance(held, _Held):
            book = read_book(text)
            fields.next_turn("unsaved")
            held = _Held(named if text else "", book, book, text)
    _put(held)
    address.write("draft", held.name)
    return held


def _put(held: _Held) -> None:
    st.session_state[_HELD] = held
    st.session_state[UNKEPT] = not held.is_kept


def _key(screen: Screen, part: str) -> str:
    return f"{screen.sound.id}/{part}"
