"""A proposal on a page, for grid, form and file alike.

What must be decided or confirmed first, what stands in the way of saving, and the one act that
saves it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from mubiao.html import part
from mubiao.model import Entry, Observation, SaveKind, Submission
from mubiao.problems import message
from mubiao.proposal.comparison import Comparison, Takes
from mubiao.proposal.effects import Change, effects
from mubiao.proposal.proposal import Proposal
from mubiao.proposal.recording import Recorded, record
from mubiao.proposal.rows import Outcome, ProposalRow
from mubiao.proposal.unsaved import Unsaved
from mubiao.ui.shell import markup, person
from mubiao.ui.shell.page import Screen
from mubiao.ui.shell.visitor import NOBODY
from mubiao.views.counts import StatusMark, mark
from mubiao.wording.phrasebook import inline
from mubiao.wording.sentences import sentence

DECIDE = message("Decide what others recorded meanwhile.")
CONFIRM = message("Confirm what is doubtful.")
MEND = message("Mend or empty what is refused.")
SOURCE = message("Say the source, above the grid.")
SAVE, SUBMIT = message("Save"), message("Submit for approval")
Line = tuple[str, str, str, str, Sequence[StatusMark]]
"""A target with its address, a figure, what that does, and the statuses it leads through."""
_COUNTED = {
    message("ready: {n}"): (
        *(Outcome.NEW, Outcome.CORRECTS),
        *(Outcome.NOT_JUDGED, Outcome.NO_EFFECT),
    ),
    message("to decide: {n}"): (Outcome.CLASH,),
    message("to confirm: {n}"): (Outcome.ASK,),
    message("to mend: {n}"): (Outcome.REFUSED,),
    message("recorded already: {n}"): (Outcome.SAME,),
}


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
    key = f"confirm-{name}-{row.mark}"
    ticked = confirm(screen, row, name, key, above=above)
    return edits if ticked is row.confirmed else edits.confirmed(row.target, row.mark * ticked)


def counts(screen: Screen, proposal: Proposal, *, same: bool = True) -> list[str]:
    """How many rows there are of each kind, also of those that are recorded already if `same`."""
    numbers = {
        msgid: sum(row.choice is None or row.saves for row in proposal.of(*outcomes))
        for msgid, outcomes in _COUNTED.items()
        if same or Outcome.SAME not in outcomes
    }
    return [screen.language.t(msgid, n=n) for msgid, n in numbers.items() if n]


def obstacle(proposal: Proposal, *, mend: str = MEND, unsourced: str = SOURCE) -> str:
    """The first thing that stands in the way of saving, as a message; empty for nothing."""
    obstacles: Mapping[str, object] = {
        mend: proposal.refused,
        DECIDE: proposal.clashes,
        CONFIRM: proposal.of(Outcome.ASK),
        message("Nothing here is new."): not proposal.submissions,
        unsourced: unsourced and any(row.lacks_source for row in proposal.rows),
        message("Sign in before you save."): person.actor() == NOBODY,
        message("Give your name, at the top."): not person.named().strip(),
    }
    return next((msgid for msgid, is_there in obstacles.items() if is_there), "")


def save(
    screen: Screen,
    submissions: Iterable[Submission],
    token: str,
    kind: SaveKind = SaveKind.ENTRY,
    part: str = "",
) -> Recorded:
    """Save or submit all of it, or nothing; `part` is the part of the plan's unsaved edits that it
    was. Raises Refused; the page that is drawn next shows conflicts among what is to decide.
    """
    return record(
        screen.store, screen.plan_today, submissions, person.act(token), kind=kind, part=part
    )


def waits(screen: Screen, submissions: Iterable[Submission]) -> bool:
    """Whether some of it would wait for approval."""
    return any(screen.plan_today.needs_approval(one.entry.target) for one in submissions)


def save_label(screen: Screen, submissions: Iterable[Submission]) -> str:
    """What the button is called that saves or submits it."""
    return screen.language.t(SUBMIT if waits(screen, submissions) else SAVE)
