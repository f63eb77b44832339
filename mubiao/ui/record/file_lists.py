"""What a file would do, as lists: what is wrong, what changes, what is new, what stays."""

from collections.abc import Sequence

import streamlit as st

from mubiao.proposal.effects import Change
from mubiao.proposal.row_texts import row_text
from mubiao.proposal.rows import Outcome, ProposalRow
from mubiao.spreadsheet.importing import Import
from mubiao.ui.record import edit_markup, pane
from mubiao.ui.shell import markup
from mubiao.ui.shell.page import Screen

# More rows than this are counted, not listed.
LISTED = 200


def wrong(screen: Screen, proposal: Import) -> None:
    """Every cell that is wrong, with its place and the reason."""
    troubles = proposal.troubles
    if not troubles:
        return
    language, count = screen.language, len(troubles)
    columns = [
        language.t("Row"),
        language.t("Column"),
        language.t("Stands there"),
        language.t("What is wrong"),
    ]
    rows = [one.texts(language) for one in troubles[:LISTED]]
    st.html(markup.heading(language.t("Wrong: nothing is saved until this is mended"), str(count)))
    st.html(markup.table(columns, rows, "mb-file mb-wrong"))
    if left := rest(screen, count):
        st.html(markup.empty(left))


def effect(screen: Screen, proposal: Import, changes: Sequence[Change]) -> None:
    """Which targets change by what would be saved: first those that change their status."""
    language, figures = screen.language, proposal.figures
    if not figures:
        return
    day = language.day(screen.as_of)
    st.html(markup.heading(language.t("What this changes, as of {day}", day=day)))
    later = sum(figure.known_on > screen.as_of for figure in figures)
    if later:
        text = language.t("Figures that became known only after that day: {n}", n=later)
        st.html(markup.quiet(text))
    other = [change for change in changes if change.turns]
    same = [change for change in changes if not change.turns]
    if other:
        st.html("".join(edit_markup.line(*_change(screen, change)) for change in other))
    else:
        st.html(markup.empty(language.t("No status changes.")))
    if same:
        edits = [_change(screen, change) for change in same]
        title = language.t("Another figure, the same status")
        st.html(edit_markup.folded_lines(title, str(len(same)), edits))


def rows(screen: Screen, proposal: Import) -> None:
    """The rows of the file: what changes is open, what is passed over or stays is folded."""
    language, same = screen.language, proposal.of(Outcome.SAME)
    parts: Sequence[tuple[str, Sequence[ProposalRow]]] = (
        (language.t("Changed: old → new"), proposal.corrections),
        (language.t("New"), proposal.new),
        (language.t("Outdated: passed over"), proposal.of(Outcome.OUTDATED)),
        (language.t("Left out, of closed periods"), [r for r in proposal.left_out if r.is_closed]),
        (language.t("Unchanged"), same),
    )
    for title, of_kind in parts:
        if of_kind:
            _lines(screen, title, of_kind, opened=of_kind is not same)


def rest(screen: Screen, count: int, listed: int = LISTED) -> str:
    """How many more there are than are listed; "" where all are."""
    return screen.language.t("… and {n} more", n=count - listed) if count > listed else ""


def _lines(screen: Screen, title: str, of_kind: Sequence[ProposalRow], *, opened: bool) -> None:
    phrasebook, count = screen.phrasebook, len(of_kind)
    t = phrasebook.t
    columns = [t("Row"), t("Target"), t("Period"), t("Actual")]
    listed = [
        (
            str(row.place),
            phrasebook.name(row.target),
            phrasebook.period(row.figure.period),
            row_text(row, phrasebook),
        )
        for row in of_kind[:LISTED]
        if row.figure is not None
    ]
    # What changes is what a person must look at; what stays is there for who asks.
    left = rest(screen, count)
    st.html(edit_markup.folded_table(title, str(count), columns, listed, left, opened=opened))


def _change(screen: Screen, change: Change) -> edit_markup.Edit:
    phrasebook, counting = screen.phrasebook, change.after.observation
    if counting is None:
        return pane.change_line(screen, change, "", "")
    figure, period = phrasebook.actual(counting), phrasebook.period(counting.period)
    return pane.change_line(screen, change, figure, period)
