"""The month's rows as cards, for a narrow screen: a target each, with fields instead of cells."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from mubiao.html import part
from mubiao.proposal.unsaved import Cell
from mubiao.ui.shell import fields, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.month import MonthRow
from mubiao.wording.words import FIELDS, PROGRESS, STAGE

_AT_ONCE, _NUMBER = 12, "month-cards"
_NOTE = FIELDS["note"]
_NARROW = "mubiao_narrow"
_CELLS: tuple[Cell, ...] = ("value", "note")


def is_asked_for(screen: Screen) -> bool:
    """Whether the address asks for cards or, where it does not say, the window is narrow, which
    the frame's script tells by a cookie as it begins, or a phone's: "Mobi" is in its browser's
    name. That holds for the session: another window of the browser may be wide.
    """
    if look := screen.address.look:
        return look == "cards"
    is_narrow = st.context.cookies.get(_NARROW) == "1"
    is_phone = "Mobi" in (st.context.headers.get("User-Agent") or "")
    return bool(st.session_state.setdefault(_NARROW, is_narrow or is_phone))


def typed(key: str, number: int) -> dict[int, dict[Cell, str]]:
    """What the fields of so many rows hold, by the row's place; those that are drawn."""
    state = st.session_state
    rows: dict[int, dict[Cell, str]] = {
        row: {cell: state[name] or "" for cell in _CELLS if (name := _key(key, row, cell)) in state}
        for row in range(number)
    }
    return {row: cells for row, cells in rows.items() if cells}


def draw(screen: Screen, key: str, rows: Sequence[MonthRow], table: pd.DataFrame) -> None:
    """A card for each of the first rows, and the way to more; `table` is what they began with."""
    of, number = st.session_state.get(_NUMBER, ("", 0))
    number, t = number if of == key else _AT_ONCE, screen.language.t
    for place, row in enumerate(rows[:number]):
        with st.container(key=f"card-{place}", gap="small"):
            link = screen.href("target", target=row.target) if row.section else ""
            last = t("Last value {figure}", figure=row.last) if row.last else ""
            st.html(part("card", row.name, link, row.period, last, row.effect))
            first = {cell: str(table[cell].iloc[place]) for cell in _CELLS}
            _fields(screen, key, place, row, first)
    if len(rows) > number:
        label = t("Show more, of {n}", n=len(rows))
        more = {_NUMBER: (key, number + _AT_ONCE)}
        fields.button(label, "cards-more", st.session_state.update, more)


def _fields(screen: Screen, key: str, place: int, row: MonthRow, first: Mapping[Cell, str]) -> None:
    t, value = screen.language.t, first["value"]
    name = _key(key, place, "value")
    if not screen.plan.indicators[row.target].is_milestone:
        label = t("Value ({unit})", unit=row.unit)
        st.text_input(markup.plain(label), value=value, key=name)
        return
    texts = [*map(t, STAGE.values()), *([value] if value else [])]
    stages = dict(zip(texts, texts, strict=True))
    at = list(stages).index(value) if value else None
    fields.choice(t("Stage"), stages, index=at, hint=t("Choose one"), key=name)
    st.text_input(
        markup.plain(t(_NOTE)),
        value=first["note"],
        key=_key(key, place, "note"),
        placeholder=t(PROGRESS),
    )


def _key(key: str, row: int, cell: str) -> str:
    return f"{key}-{row}-{cell}"
