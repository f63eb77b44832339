"""A person's act: it is written or refused, and the next run tells which.

    with act.attempt():
        screen.store.save(...)
        act.done(screen.language.t("Saved."))

Each act is told in a container, whose key says where on the page; most in `TOP`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from mubiao import journal
from mubiao.access import Denied
from mubiao.observation.garbled import is_garbled
from mubiao.problems import Problem, Refused, excerpt, message
from mubiao.ui.shell import markup, person, scroll_position, visitor
from mubiao.ui.shell.page import Screen, log

TOP = "told"
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
    scroll_position.bring(place)
    # Only now: a run that another one ends has not been seen.
    for key in (done, refused):
        st.session_state.pop(key, None)
