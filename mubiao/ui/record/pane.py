"""A proposal on a page, for grid, form and file alike: its rows as lines, what they would change,
what is to be confirmed, and where somebody was faster, both sides with the ways out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import streamlit as st

from mubiao.html import part
from mubiao.model import Conflict, Entry, Observation
from mubiao.proposal.comparison import Comparison, Takes
from mubiao.proposal.effects import Change, effects
from mubiao.proposal.row_texts import replaced
from mubiao.proposal.rows import ProposalRow
from mubiao.proposal.unsaved import Unsaved
from mubiao.ui.shell import markup, person
from mubiao.ui.shell.fields import button
from mubiao.ui.shell.page import Screen
from mubiao.views.counts import StatusMark, mark
from mubiao.wording.phrasebook import inline
from mubiao.wording.sentences import sentence

Line = tuple[str, str, str, str, Sequence[StatusMark]]
"""A target with its address, a figure, what that does, and the statuses it leads through."""


def comparison(
    screen: Screen,
    takes: Takes,
    standing: Sequence[Observation] | None = None,
    history: Sequence[Entry] = (),
) -> Comparison:
    """What entries are held against: the record as it is, or of one target what stands of it and
    its `history`.
    """
    return Comparison(
        screen.plan,
        screen.standing(date.max) if standing is None else standing,
        screen.history if standing is None else lambda _: history,
        screen.today,
        takes,
        as_of=screen.as_of,
        lock=screen.lock,
    )


def refused(screen: Screen, row: ProposalRow) -> str:
    """A row that cannot be saved, with every reason."""
    phrasebook, link = screen.phrasebook, screen.href("target", target=row.target)
    reasons = [phrasebook.labelled(problem) for problem in row.problems]
    return part("refused", phrasebook.name(row.target), link, reasons)


def line(
    screen: Screen, row: ProposalRow, details: Iterable[str], statuses: Sequence[StatusMark] = ()
) -> str:
    """A row as one line: its target, what it says, its period and other details."""
    return figure_line(screen, row.target, row.figure, details, statuses)


def figure_line(
    screen: Screen,
    target: str,
    figure: Observation | None,
    details: Iterable[str],
    statuses: Sequence[StatusMark] = (),
) -> str:
    """Likewise, of a figure that is recorded, or of none that could be read."""
    phrasebook = screen.phrasebook
    return part(
        "edit",
        phrasebook.name(target),
        screen.href("target", target=target),
        phrasebook.actual(figure) if figure else "",
        inline(phrasebook.period(figure.period) if figure else "", *details),
        statuses,
    )


def draw(lines: Iterable[str]) -> None:
    """Many lines as one part of the page; Streamlit refuses an empty one."""
    if html := "".join(lines):
        st.html(html)


def change_line(screen: Screen, change: Change, figure: str, details: str) -> Line:
    """A target that changes: the figure that counts then, and its status before and after."""
    target = change.after.target.id
    name, href = screen.phrasebook.name(target), screen.href("target", target=target)
    return name, href, figure, details, marks(screen, change)


def marks(screen: Screen, change: Change) -> list[StatusMark]:
    """The statuses that a change leads through."""
    return [mark(status, screen.language) for status in change.statuses]


def notes(screen: Screen, row: ProposalRow) -> list[str]:
    """What a person should know of a row that would be saved."""
    if not row.saves or row.figure is None:
        return []
    return [screen.phrasebook.problem(note) for note in row.notes]


def effect(
    screen: Screen,
    figures: Sequence[Observation] = (),
    as_of: date | None = None,
    title: str = "",
    *,
    taken_back: Sequence[Observation] = (),
) -> tuple[Change, ...]:
    """Status before and after of the figures' target, then of every other one that turns.

    `as_of` is another day than the one that is looked at.
    """
    phrasebook, day = screen.phrasebook, as_of or screen.as_of
    own = {one.target for one in (*figures, *taken_back)}
    changes = sorted(
        (
            change
            for change in effects(
                screen.plan, screen.standing(day), figures, day, taken_back=taken_back
            )
            if change.turns or change.after.target.id in own
        ),
        key=lambda change: change.after.target.id not in own,
    )
    if not title:
        title = phrasebook.t("What this would change, as of {day}", day=screen.language.day(day))
    html = "".join(
        markup.effect(
            phrasebook.name(change.after.target.id),
            mark(change.before.status, screen.language),
            mark(change.after.status, screen.language),
            sentence(phrasebook, change.after),
        )
        for change in changes
    )
    st.html(markup.heading(title) + html)
    return tuple(changes)


def confirm(screen: Screen, row: ProposalRow, name: str, key: str, *, above: str = "") -> bool:
    """Each warning on its own line, and the box that says it is right; whether it is ticked now.

    `key` must change with the row's mark, so that a tick holds for exactly this figure. `above` is
    HTML that says which row it is. One that is left out needs no tick.
    """
    warnings = [screen.phrasebook.problem(warning) for warning in row.warnings]
    with st.container(key=f"doubt-{name}"):
        st.html(above + markup.doubts(warnings))
        return st.checkbox(
            screen.language.t("It is right as it stands"),
            value=row.confirmed,
            key=key,
            disabled=row.is_left_out,
        )


def confirmed(
    screen: Screen, row: ProposalRow, edits: Unsaved, name: str, above: str = ""
) -> Unsaved:
    """The box for a row of unsaved edits; the edits with what it says now."""
    ticked = confirm(screen, row, name, f"confirm-{name}-{row.mark}", above=above)
    return edits if ticked is row.confirmed else edits.confirmed(row.target, row.mark * ticked)


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
    t, key = screen.language.t, f"decide-{name}"
    own = all(person.did(entry.actor, entry.recorded_by) for entry in conflict.theirs)
    with st.container(key=key, horizontal=True, vertical_alignment="center", gap="small"):
        label = t("Keep what is recorded") if own else t("Keep theirs")
        keep = button(label, f"theirs-{name}", on_keep)
        key, is_blocked = f"mine-{name}", bool(blocked)
        mine = button(t("Save mine in its place"), key, on_mine, disabled=is_blocked)
        if blocked:
            st.html(part("bar", (), t(blocked)))
    return keep, mine


def _when(screen: Screen, entry: Entry) -> str:
    """Who was faster, and the day where that was not today."""
    t, at = screen.language.t, entry.recorded_at
    own = person.did(entry.actor, entry.recorded_by)
    at = at and at.astimezone(screen.plan.zone)
    if at is None or at.date() >= screen.today:
        return t("Recorded by yourself before") if own else t("Recorded meanwhile")
    day = screen.language.day(at.date())
    return t("Recorded by yourself on {day}", day=day) if own else t("Recorded on {day}", day=day)
