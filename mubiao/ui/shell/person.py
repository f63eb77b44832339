"""Who records: whom the settings' identity proves, or else a name given once in a browser, which
outlives changes of page and reloads.
"""

from hashlib import sha256
from urllib.parse import quote, unquote

import streamlit as st

from mubiao import clock
from mubiao.model import Act, Actor
from mubiao.plain_text import clean_name
from mubiao.problems import Problems, message
from mubiao.store.rows import NAME_LIMIT
from mubiao.ui.shell import browser, markup
from mubiao.ui.shell.page import Screen
from mubiao.ui.shell.visitor import current
from mubiao.wording.words import FIELDS

_PERSON = "person"
_COOKIE = "mubiao_name"
_LASTS = 60 * 24 * 60 * 60  # seconds; as long as unsaved work is kept


def ask(screen: Screen, label: str = "", key: str = "by") -> None:
    """The field for one's name, under a label of its own where there is one; a second one on a page
    needs a `key` of its own. Where names are proven, it says whose is recorded.

    A widget's own state would go when the page changes.
    """
    if not current().is_typed:
        st.html(markup.recorder(current(), named(), screen.language))
        return
    state = st.session_state
    state[key] = named()
    st.text_input(
        markup.plain(label or screen.language.t("Your name")),
        key=key,
        max_chars=NAME_LIMIT,
        on_change=lambda: state.update({_PERSON: state[key] or ""}),
        help=screen.language.t("It is recorded with everything that you save."),
    )
    if key == "by":
        st.html(markup.own_name(f"{_COOKIE}={quote(named())}; Path=/; Max-Age={_LASTS}"))


def named() -> str:
    """The name of who records; "" while nobody has signed in or, where names are typed, while none
    was given in this session or before in this browser.
    """
    if not current().is_typed:
        return actor().name
    if _PERSON not in st.session_state:
        problems = Problems()
        text = unquote(st.context.cookies.get(_COOKIE, ""))
        name = clean_name(text, "by", NAME_LIMIT, problems)
        st.session_state[_PERSON] = "" if problems else name
    return str(st.session_state[_PERSON])


def actor() -> Actor:
    """Who acts on pages: the one place that says so. The name may still be missing, or nobody be
    signed in; what records refuses that.
    """
    visitor = current()
    return Actor.typed(named()) if visitor.is_typed else visitor.acting(clock.now())


def act(token: str = "") -> Act:
    """What the reader does now, under a name of the caller's where pressing twice does it once."""
    return Act(actor(), clock.now(), token)


def missing() -> str:
    """What is missing of who records, as a message; "" for nothing."""
    if named().strip():
        return ""
    return FIELDS["recorded_by"] if current().is_typed else message("a sign-in")


def did(actor_id: str, name: str) -> bool:
    """Whether the reader did what is recorded with an id and a name, however this was spelt."""
    return actor().did(actor_id, name)


def keeper() -> str:
    """A name under which unsaved work is kept: whoever is proven to be somebody finds it in every
    browser, and nobody else in theirs; where names are typed it is the browser's.
    """
    reader = actor()
    # No secret of a browser is an id: they have no colon.
    return sha256(reader.id.encode()).hexdigest() if reader.is_proven else browser.reader()
