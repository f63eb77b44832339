"""A review in the session, and in the store for everything else: a reload, a lost connection.

The address names it. As soon as two windows of one browser go on with it, the later one goes on
under a name of its own, so that neither overwrites the other.
"""

from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from mubiao import clock
from mubiao.problems import Refused
from mubiao.report.review import Reviewed, read, written
from mubiao.store.drafts import REVIEWS
from mubiao.ui.shell import address, person
from mubiao.ui.shell.page import Screen

_HELD = "review-held"


@dataclass(slots=True)
class Held:
    """A review, its name in the address, and its text as the store has it from this session."""

    review: Reviewed
    name: str
    text: str


def held(screen: Screen) -> Held | None:
    """The review that the address names, if it is this browser's."""
    name, one = address.draft("review"), st.session_state.get(_HELD)
    if isinstance(one, Held) and one.name == name:
        return one
    stored = screen.store.stored_draft(name) if name else None
    if stored is None or stored.session != person.keeper():
        return None
    with suppress(Refused):
        return _hold(Held(read(stored.text), name, stored.text))
    return None


def left_behind(screen: Screen) -> tuple[str, Reviewed] | None:
    """The review that this browser worked at last, and its name."""
    stored = screen.store.newest_draft(person.keeper(), reviews=True)
    with suppress(Refused):
        return (stored.token, read(stored.text)) if stored else None
    return None


def begin(screen: Screen, review: Reviewed) -> None:
    """Open a review. Raises Refused where it cannot be kept."""
    keep(screen, _hold(Held(review, "", "")), review)


def keep(screen: Screen, one: Held, review: Reviewed) -> None:
    """Have a review as it is now, and keep it. Raises Refused where the store does not take it."""
    one.review = review
    text = written(review)
    own = one.name and screen.store.draft(one.name) == one.text
    name = one.name if own else uuid4().hex
    screen.store.keep_draft(
        *(name, REVIEWS, text, clock.now()), session=person.keeper(), author=person.named()
    )
    one.name, one.text = name, text
    address.write("review", name)


def _hold(one: Held) -> Held:
    st.session_state[_HELD] = one
    return one
