"""A person's act: it is written or refused, and the next run tells which.

    with act.attempt():
        screen.store.save(...)
        act.done(screen.language.t("Saved."))

Each act is told in a container, whose key says where on the page; most in `TOP`. What a press has
opened may lie above or below it, so it is brought into view.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import streamlit as st

from mubiao import journal
from mubiao.access import Denied
from mubiao.observation.garbled import is_garbled
from mubiao.problems import Problem, Refused, excerpt, message
from mubiao.ui.shell import markup, person, visitor
from mubiao.ui.shell.page import Screen, log

TOP, _WANTED = "told", "place-wanted"
# More errors than these would fill the page; the first ones are shown.
_AT_MOST = 200
_GARBLED = message(
    "“{text}” looks garbled; if it is right as it stands, press the button once more"
)


@contextmanager
def attempt(place: str = TOP) -> Iterator[None]:
    """Run the body until it is done or refused; a refusal is kept to be told at `place`, and on top
    for want of a role, as what stood at the place is then gone.

    The journal calls it an attempt where it is refused before anything else is known.
    """
    try:
        with journal.act("attempt", person.actor().id):
            yield
    except Refused as refusal:
        log(refusal)
        visitor.doubt()
        at = TOP if isinstance(refusal, Denied) else place
        st.session_state[f"refused-{at}"] = refusal.problems


def ask_if_garbled(**texts: str) -> None:
    """Refuses texts, by their fields, that look garbled; the same once more are meant so."""
    looked_at: set[str] = st.session_state.setdefault("garbled-seen", set())
    garbled = {field: text for field, text in texts.items() if is_garbled(text)}
    problems = [
        Problem(_GARBLED, {"text": excerpt(text)}, field=field)
        for field, text in garbled.items()
        if text not in looked_at
    ]
    looked_at.update(garbled.values())
    if problems:
        raise Refused(problems)


def done(text: str, place: str = TOP) -> None:
    """Keep a text, in the reader's language, that tells at `place` what was done."""
    st.session_state[f"done-{place}"] = text


def refusals(place: str) -> tuple[Problem, ...]:
    """Why the last act of a place was refused, once."""
    problems: tuple[Problem, ...] = st.session_state.pop(f"refused-{place}", ())
    return problems


def tell(screen: Screen, place: str = TOP) -> None:
    """Draw what was done and what was refused at a place, once, and bring it into view."""
    done, refused = f"done-{place}", f"refused-{place}"
    text, problems = st.session_state.get(done, ""), st.session_state.get(refused, ())
    problems = dict.fromkeys(map(screen.phrasebook.labelled, problems))
    if not text and not problems:
        return
    with st.container(key=place):
        if text:
            st.success(markup.plain(text), icon=None)
        for problem in list(problems)[:_AT_MOST]:
            st.error(markup.plain(problem), icon=None)
    st.html(markup.bring(place, uuid4().hex))
    # Only now: a run that another one ends has not been seen.
    for key in (done, refused):
        st.session_state.pop(key, None)


def want_in_view(key: str) -> None:
    """In a callback: the container with this key is to be in view once it is drawn."""
    st.session_state[_WANTED] = key


def bring_if_wanted(key: str) -> None:
    """After drawing a container: bring it into view where that was wanted."""
    if st.session_state.get(_WANTED) == key:
        del st.session_state[_WANTED]
        st.html(markup.bring(key, uuid4().hex))


def toggle(name: str, one: object, place: str) -> None:
    """In a callback: open one thing of a name, or close it where it is open already, at a place."""
    st.session_state[name] = None if st.session_state.get(name) == one else one
    want_in_view(place)
