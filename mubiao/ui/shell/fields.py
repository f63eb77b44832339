"""Fields and buttons as our pages have them, and what the fields hold, as texts.

Every label is made plain here: it may hold names that people gave.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Literal, Required, TypedDict, TypeVar, Unpack

import streamlit as st

from mubiao.observation.periods import period_meant
from mubiao.period import EXAMPLES, FIRST_DAY, LAST_DAY
from mubiao.problems import Problem
from mubiao.ui.shell import address, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.owed import OFFICE, owner_name, owner_of
from mubiao.wording.periods import period_label

_T = TypeVar("_T")
Kind = Literal["primary", "secondary", "tertiary"]


class Keyed(TypedDict, total=False):
    """The key of a widget, what becomes of its state, and its width in pixels."""

    key: Required[str]
    width: int
    on_change: Callable[[], None]
    persist_state: Literal["session"]


def lasting(key: str) -> Keyed:
    """Have a widget keep what it holds while other pages are open."""
    return {"key": key, "persist_state": "session"}


def button(  # noqa: PLR0913 - what it says, does and looks like
    label: str,
    key: str,
    act: Callable[..., None] | None = None,
    *args: object,
    kind: Kind = "secondary",
    disabled: bool = False,
    shortcut: str | None = None,
) -> bool:
    """Draw a button; whether it was pressed. `act` runs before the page that follows."""
    return st.button(
        markup.plain(label),
        key=key,
        type=kind,
        on_click=act,
        args=args,
        disabled=disabled,
        shortcut=shortcut,
    )


def download(  # noqa: PLR0913 - what it gives and looks like
    label: str,
    name: str,
    make: Callable[[], bytes],
    *,
    key: str | None = None,
    kind: Kind = "secondary",
    width: Literal["content", "stretch"] = "content",
) -> None:
    """Draw the button of a file that is made when somebody asks for it, not on each run."""
    # The table of all files knows what each is made of: only where one is offered.
    from mubiao.exports.formats import FORMATS  # noqa: PLC0415 - see above

    st.download_button(
        markup.plain(label),
        make,
        file_name=name,
        mime=FORMATS["csv" if name.endswith(".csv") else "xlsx"].media_type,
        on_click="ignore",
        key=key,
        type=kind,
        width=width,
    )


def choice(
    label: str,
    names: Mapping[_T, str],
    *,
    index: int | None = 0,
    hint: str | None = None,
    hides_label: bool = False,
    **keyed: Unpack[Keyed],
) -> _T | None:
    """Draw a list of things to choose from, by their names; the chosen one."""
    return st.selectbox(
        markup.plain(label),
        list(names),
        index=index,
        format_func=names.__getitem__,
        placeholder=hint,
        label_visibility="collapsed" if hides_label else "visible",
        **keyed,
    )


def switch(label: str, names: Mapping[_T, str], **keyed: Unpack[Keyed]) -> None:
    """Draw a choice of a few things that are all in view; readers aloud alone get the label."""
    st.segmented_control(
        markup.plain(label),
        list(names),
        format_func=lambda one: markup.plain(names[one]),
        required=True,
        label_visibility="collapsed",
        **keyed,
    )


def day(
    label: str,
    value: date | Literal["today"] | None = "today",
    within: tuple[date, date] = (FIRST_DAY, LAST_DAY),
    explanation: str = "",
    **keyed: Unpack[Keyed],
) -> date | None:
    """Draw a field for a day; what it holds."""
    first, last = within
    st.date_input(
        markup.plain(label),
        value=value,
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        help=markup.plain(explanation) or None,
        **keyed,
    )
    return held_day(keyed["key"])


def held_day(key: str) -> date | None:
    """The day that a field holds; None for none, as not every client keeps to what it offers."""
    value = st.session_state.get(key)
    return value if isinstance(value, date) else None


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
    chosen = owner if owner in names else ""
    choice(t("Unit"), names, **address.bound("owner", chosen, key, ends=ends))


def held(key: str) -> str:
    """What a field holds, as text; "" for nothing."""
    value = st.session_state.get(key)
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
