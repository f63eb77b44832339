"""The lists of a month: whose rows, which of them, and how many of each; in the address."""

from collections.abc import Mapping, Sequence

import streamlit as st

from mubiao.html import part
from mubiao.period import Period
from mubiao.problems import message
from mubiao.proposal.unsaved import Unsaved
from mubiao.ui.record import cards
from mubiao.ui.shell import address, fields
from mubiao.ui.shell.page import Screen
from mubiao.views.month import Due, Tab, tabs
from mubiao.views.owed import is_of, owner_name

_TABS: Mapping[Tab, str] = {
    "owed": message("Asked for"),
    "overdue": message("Overdue"),
    "milestones": message("Milestones"),
    "all": message("All"),
}


def heading(screen: Screen, month: Period, rows: Sequence[Due], unsaved: Unsaved) -> str:
    """HTML of what is asked for, of one unit or of all, and how much of it is there."""
    language, owner = screen.language, screen.address.owner
    own = [each for each in rows if is_of(each.target, owner)]
    due = tabs(own, unsaved.rows)["owed"]
    filed = sum(each.recorded is not None for each in due)
    typed = sum(each.recorded is None and each.target.id in unsaved.rows for each in due)
    name, who = language.period(month), owner_name(screen.phrasebook, owner) if owner else ""
    sentence = language.ngettext(
        "{unit}{month}: {n} report asked for, {m} filed",
        "{unit}{month}: {n} reports asked for, {m} filed",
        len(due),
        unit=language.t("{unit}, ", unit=who) if who else "",
        month=name,
        m=filed,
    )
    left = len(due) - filed - typed
    rest = language.t("; {n} typed and not saved, {m} to fill in", n=typed, m=left) if typed else ""
    return part("month_heading", sentence, rest, filed, typed, len(due), name)


def choose(screen: Screen, rows: Sequence[Due], unsaved: Unsaved) -> Sequence[Due]:
    """Draw the lists with their counts and what else can be chosen; the rows of the chosen one."""
    language, choices = screen.language, screen.address
    own = [each for each in rows if is_of(each.target, choices.owner)]
    lists = tabs(own, {*choices.added, *unsaved.rows})
    tab: Tab = next((name for name in _TABS if name == choices.tab), "owed")
    names = {name: f"{language.t(msgid)} {len(lists[name])}" for name, msgid in _TABS.items()}
    with st.container(key="month-lists", horizontal=True, vertical_alignment="center"):
        fields.switch(language.t("List"), names, **address.bound("tab", tab))
        if not cards.is_asked_for(screen):
            st.toggle(
                language.t("More columns"),
                **address.bound("columns", choices.columns, text=lambda on: "1" if on else ""),
            )
        section = _section(screen, lists[tab])
        _add(screen, own, lists[tab])
        _look(screen)
    return [each for each in lists[tab] if section in ("", each.section)]


def _section(screen: Screen, listed: Sequence[Due]) -> str:
    language, plan = screen.language, screen.plan
    here = dict.fromkeys(each.section for each in listed if each.section)
    names = {"": language.t("All sections")}
    names |= {id_: f"{id_} {language.pick(plan.section_names[id_])}" for id_ in here}
    section = screen.address.section if screen.address.section in here else ""
    bound = address.bound("section", section, "month-section")
    fields.choice(language.t("Section"), names, hides_label=True, **bound)
    return section


def _add(screen: Screen, own: Sequence[Due], listed: Sequence[Due]) -> None:
    """A target that the list has not: it comes among those that are owed."""
    book = screen.phrasebook
    here = {each.target.id for each in listed}
    others = [each.target.id for each in own if each.target.id not in here]
    if not others:
        return
    st.session_state["month-add"] = None
    label, names = screen.language.t("Add a target"), {id_: book.name(id_) for id_ in others}
    keyed: fields.Keyed = {"key": "month-add", "on_change": _added}
    fields.choice(label, names, index=None, hint=label, hides_label=True, **keyed)


def _look(screen: Screen) -> None:
    """The way from the table to cards, offered where it is narrow, and back."""
    t, there, label = screen.language.t, "cards", message("One target a card")
    if cards.is_asked_for(screen):
        there, label = "table", message("As a table")
    fields.button(t(label), f"look-at-{there}", address.write, "look", there, kind="tertiary")


def _added() -> None:
    # By the address of now: of two that are added in a hurry the run between was never drawn.
    if target := st.session_state["month-add"]:
        address.write("add", ",".join([*address.read().added, target]))
    address.write("tab", "")
    address.write("section", "")
