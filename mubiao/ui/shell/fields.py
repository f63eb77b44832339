"""What the fields of a form hold, as texts, and choices that outlive a change of language."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, TypedDict

import streamlit as st

from mubiao.observation.periods import period_meant
from mubiao.period import EXAMPLES
from mubiao.problems import Problem
from mubiao.ui.shell import address, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.owed import OFFICE, owner_name, owner_of
from mubiao.wording.periods import period_label


class Lasting(TypedDict):
    """The arguments of a widget whose state outlives other pages."""

    key: str
    persist_state: Literal["session"]


def lasting(key: str) -> Lasting:
    """Have a widget keep what it holds while other pages are open."""
    return {"key": key, "persist_state": "session"}


def say(screen: Screen, problems: Iterable[Problem]) -> None:
    """Draw what is wrong with a field, below it; nothing where nothing is."""
    if texts := list(map(screen.phrasebook.problem, problems)):
        st.html(markup.problems(texts))


def required(screen: Screen, label: str) -> str:
    """The label of a field that must be filled in."""
    return screen.language.t("{field} (required)", field=label)


def unit(screen: Screen, key: str = "", ends: Iterable[str] = ()) -> None:
    """Draw the choice of a unit, kept in the address, where the plan names any."""
    t, plan, owner = screen.language.t, screen.plan, screen.address.owner
    if not plan.owners:
        return
    answering = set(map(owner_of, plan.targets))
    names = {"": t("All units")} | {
        id_: owner_name(screen.phrasebook, id_)
        for id_ in (*plan.owners_by_id, OFFICE)
        if id_ in answering
    }
    st.selectbox(
        markup.plain(t("Unit")),
        list(names),
        format_func=names.__getitem__,
        **address.bound("owner", owner if owner in names else "", key, ends=ends),
    )


def held(key: str) -> str:
    """What a field holds, as text; "" for nothing."""
    # Not every client keeps to what the widgets offer: a day may come as none.
    value = st.session_state.get(key)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def held_period(screen: Screen, key: str) -> str:
    """The period that a field holds, in its contract form also where it was typed by its name."""
    return period_meant(held(key), screen.plan.span)


def period(screen: Screen, options: Iterable[str], key: str, chosen: str) -> None:
    """Draw a choice of periods, or of another that is typed, which begins with `chosen`, if any."""
    language, text = screen.language, held_period(screen, key) or chosen
    if text and st.session_state.get(key) != text:
        st.session_state[key] = text
    st.selectbox(
        markup.plain(required(screen, language.t("Period"))),
        # A change of language could not choose again what is none of them.
        list(dict.fromkeys([*options, text] if text else options)),
        index=None,
        format_func=lambda text: period_label(language, text),
        accept_new_options=True,
        placeholder=language.t("Choose or type one"),
        help=markup.plain(language.t("Or typed, by its name or as {examples}", examples=EXAMPLES)),
        **lasting(key),
    )


def turn(name: str) -> int:
    """What belongs into the keys of widgets that begin afresh with each `next_turn`."""
    return int(st.session_state.get(f"{name}-turn", 0))


def next_turn(name: str) -> None:
    """Have the widgets of a name begin afresh."""
    st.session_state[f"{name}-turn"] = turn(name) + 1


def choose_again(screen: Screen, drawn_in: str, keys: Iterable[str]) -> None:
    """After a change of language, choose again what was chosen in the fields of these keys.

    The browser holds a choice as the words that it read, which mean nothing afterwards; the
    language of the last run is kept under `drawn_in`.
    """
    code = screen.language.code
    if st.session_state.get(drawn_in, code) != code:
        for key in keys:
            if key in st.session_state:
                st.session_state[key] = st.session_state[key]
    st.session_state[drawn_in] = code


def one_of(screen: Screen, label: str, labels: Mapping[Any, str], key: str) -> None:
    """A field for one of several things, none at first; `labels` are what they read as."""
    st.selectbox(
        markup.plain(label),
        list(labels),
        format_func=labels.__getitem__,
        index=None,
        placeholder=screen.language.t("Choose one"),
        key=key,
    )
