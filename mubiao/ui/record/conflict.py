"""A row that somebody else recorded meanwhile: base, theirs, mine; the person decides."""

from collections.abc import Callable, Iterable

import streamlit as st

from mubiao import clock
from mubiao.model import Entry, Observation
from mubiao.observation.pending import Pending
from mubiao.period import Period
from mubiao.problems import message
from mubiao.ui.record import edit_markup
from mubiao.ui.shell import person
from mubiao.ui.shell.page import Screen
from mubiao.views.preview import Line, base, last, theirs

BLOCKED = message("Decide what others recorded meanwhile.")


def show(screen: Screen, line: Line, pending: Pending) -> Pending:
    """The three figures side by side and the two ways out; the edits after the decision."""
    target = line.due.target
    history = screen.store.history(screen.plan.id, target.id)
    saw, recorded = base(history, line.due, line.based_on), theirs(history, line.due, line.based_on)
    compare(screen, saw, recorded, told(screen, line.entry), line.due.period)
    keep, mine = ways_out(screen, target.id, own=is_own(recorded))
    if keep:
        return pending.without(target.id)
    if mine:
        return pending.based(target.id, last(recorded, saw))
    return pending


def compare(
    screen: Screen,
    saw: Entry | None,
    recorded: Iterable[Entry],
    mine: tuple[str, str],
    period: Period | None,
) -> None:
    """What the person saw, what others recorded since, and theirs, side by side.

    `mine` is what `told` gives, or raw text that cannot be read. Of a figure for other days than
    `period` these are said.
    """
    words = screen.language
    seen = words.t("What you saw")
    sides = [(seen, words.t("nothing recorded"), "")]
    if saw is not None:
        sides = [(seen, *told(screen, saw, period))]
    sides += [(_when(screen, entry), *told(screen, entry, period)) for entry in recorded]
    sides.append((words.t("Yours"), *mine))
    st.html(edit_markup.sides(sides))


def ways_out(  # noqa: PLR0913 - which question, what each answer does, what stands in the way
    screen: Screen,
    name: str,
    on_keep: Callable[[], None] | None = None,
    on_mine: Callable[[], None] | None = None,
    *,
    blocked: str = "",
    own: bool = False,
) -> tuple[bool, bool]:
    """The two buttons, and whether each was pressed; `blocked` says why mine cannot be saved,
    `own` that what is recorded is the same person's.
    """
    words = screen.language
    with st.container(
        key=f"decide-{name}", horizontal=True, vertical_alignment="center", gap="small"
    ):
        label = words.t("Keep what is recorded") if own else words.t("Keep theirs")
        keep = st.button(label, key=f"theirs-{name}", on_click=on_keep)
        mine = st.button(
            words.t("Save mine in its place"),
            key=f"mine-{name}",
            on_click=on_mine,
            disabled=bool(blocked),
        )
        if blocked:
            st.html(edit_markup.bar((), blocked))
    return keep, mine


def is_own(recorded: Iterable[Entry]) -> bool:
    """Whether all of it was recorded by the person who looks, from another page or day."""
    return all(entry.recorded_by == person.named().strip() for entry in recorded)


def _when(screen: Screen, entry: Entry) -> str:
    """Who was faster, and the day where that was not today."""
    words, at = screen.language, entry.recorded_at
    own = entry.recorded_by == person.named().strip()
    if at is None or at.date() >= clock.today(screen.settings):
        return words.t("Recorded by yourself before") if own else words.t("Recorded meanwhile")
    day = words.day(at.date())
    if own:
        return words.t("Recorded by yourself on {day}", day=day)
    return words.t("Recorded on {day}", day=day)


def told(screen: Screen, entry: Entry | None, period: Period | None = None) -> tuple[str, str]:
    """What an entry says, and where it comes from (`Phrasebook.origin`); "" for no entry."""
    phrasebook = screen.phrasebook
    return phrasebook.value(entry), phrasebook.origin(entry, period) if entry else ""


def in_place_of(screen: Screen, old: Observation) -> str:
    """What an entry replaces: the figure, how settled it was, its number."""
    phrasebook = screen.phrasebook
    return phrasebook.t(
        "replaces {figure}, {nature}, no. {row}",
        figure=phrasebook.actual(old),
        nature=phrasebook.nature(old),
        row=old.row,
    )
