"""Somebody was faster: what a person saw, what others recorded since, and theirs, side by side."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import streamlit as st

from mubiao.html import part
from mubiao.model import Conflict, Entry
from mubiao.proposal.row_texts import replaced
from mubiao.proposal.rows import ProposalRow
from mubiao.ui.shell import person
from mubiao.ui.shell.fields import button
from mubiao.ui.shell.page import Screen
from mubiao.wording.phrasebook import inline


@contextmanager
def clash(
    screen: Screen, row: ProposalRow, name: str, *, above: str = "", text: str = ""
) -> Iterator[None]:
    """What the person saw, what others recorded since, and theirs, side by side; the body draws
    the ways out below.

    `above` is HTML that says which row it is, `text` what was typed where that cannot be read.
    """
    with st.container(key=f"clash-{name}", gap=None):
        if above:
            st.html(above)
        st.html(part("sides", _sides(screen, row, text)))
        yield


def _sides(screen: Screen, row: ProposalRow, text: str) -> Iterable[tuple[str, str, str]]:
    """Label, value and origin of each side; the origin says days other than those of the row."""
    phrasebook, figure, conflict = screen.phrasebook, row.figure, row.conflict
    if conflict is None:
        return
    seen, period = phrasebook.t("What you saw"), figure.period if figure else None
    if conflict.base is None:
        yield seen, phrasebook.t("nothing recorded"), ""
    entries = [] if conflict.base is None else [(seen, conflict.base)]
    for label, entry in [*entries, *((_when(screen, e), e) for e in conflict.theirs)]:
        yield label, phrasebook.value(entry), phrasebook.origin(entry, period)
    origin = phrasebook.origin(figure) if figure else ""
    if row.replaces is not None and row.replaces in conflict.theirs:
        origin = inline(origin, replaced(row.replaces, phrasebook))
    yield phrasebook.t("Yours"), text if figure is None else phrasebook.value(figure), origin


def ways_out(  # noqa: PLR0913 - what each answer does, what stands in the way
    screen: Screen,
    name: str,
    conflict: Conflict,
    on_keep: Callable[[], None] | None = None,
    on_mine: Callable[[], None] | None = None,
    *,
    blocked: str = "",
) -> tuple[bool, bool]:
    """The two buttons, and whether each was pressed; `blocked` says why mine cannot be saved."""
    language = screen.language
    own = all(person.did(entry.actor, entry.recorded_by) for entry in conflict.theirs)
    with st.container(
        key=f"decide-{name}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        label = language.t("Keep what is recorded") if own else language.t("Keep theirs")
        keep = button(label, f"theirs-{name}", on_keep)
        label = language.t("Save mine in its place")
        mine = button(label, f"mine-{name}", on_mine, disabled=bool(blocked))
        if blocked:
            st.html(part("bar", (), language.t(blocked)))
    return keep, mine


def _when(screen: Screen, entry: Entry) -> str:
    """Who was faster, and the day where that was not today."""
    language, at = screen.language, entry.recorded_at
    own = person.did(entry.actor, entry.recorded_by)
    at = at and at.astimezone(screen.plan.zone)
    if at is None or at.date() >= screen.today:
        return (
            language.t("Recorded by yourself before") if own else language.t("Recorded meanwhile")
        )
    day = language.day(at.date())
    if own:
        return language.t("Recorded by yourself on {day}", day=day)
    return language.t("Recorded on {day}", day=day)
