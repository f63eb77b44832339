"""What the edits of a month do: what must be decided or looked at first, then what is ready."""

from collections.abc import Mapping, Sequence

import streamlit as st

from mubiao.html import part
from mubiao.problems import message
from mubiao.proposal.effects import Change, effects
from mubiao.proposal.proposal import Proposal
from mubiao.proposal.row_texts import replaced
from mubiao.proposal.rows import Outcome, ProposalRow
from mubiao.proposal.unsaved import Unsaved
from mubiao.ui.record import pane
from mubiao.ui.shell import fields, markup
from mubiao.ui.shell.page import Screen
from mubiao.views.counts import mark
from mubiao.views.month import Due

ChangesByTarget = Mapping[str, Change]
_BELOW = {
    Outcome.REFUSED: message("to mend, see below"),
    Outcome.CLASH: message("to decide, see below"),
    Outcome.ASK: message("to confirm, see below"),
}


def changes_of(screen: Screen, proposal: Proposal) -> ChangesByTarget:
    """What the edits would change, by target."""
    if not proposal.figures:
        return {}
    day = screen.as_of
    changes = effects(screen.plan, screen.standing(day), proposal.figures, day)
    return {change.after.target.id: change for change in changes}


def in_grid(
    screen: Screen, due: Sequence[Due], proposal: Proposal, changes: ChangesByTarget
) -> dict[str, str]:
    """By target, what the grid says beside its figure: the status, and what the edit does to it or
    what is still to be done about it.
    """
    t, phrasebook = screen.language.t, screen.phrasebook
    now = {a.target.id: mark(a.status, phrasebook.language).text for a in screen.assessments}
    texts = {}
    for each in due:
        status = now.get(each.target.id, t("reference series"))
        texts[each.target.id] = t("{status}, filed", status=status) if each.recorded else status
        if (each.target.id, each.period) in screen.awaited:
            texts[each.target.id] = t("{status}, submitted", status=status)
    for row in proposal.rows:
        if row.outcome in _BELOW and not row.confirmed:
            texts[row.target] = t(_BELOW[row.outcome])
        elif row.saves and (change := changes.get(row.target)):
            marks = [one.text for one in pane.marks(screen, change)]
            stays = t("{status}, unchanged", status=marks[0])
            texts[row.target] = " → ".join(marks) if len(marks) > 1 else stays
    return texts


def show(screen: Screen, changes: ChangesByTarget, proposal: Proposal, edits: Unsaved) -> Unsaved:
    """Every edited row; the edits with what was decided and confirmed by now."""
    t, day = screen.language.t, screen.language.day(screen.as_of)
    if not proposal.rows:
        hint = t("What you type is kept as it is, and its effect shown here, until you save.")
        st.html(markup.empty(hint))
        return edits
    st.html(markup.heading(t("What this changes, as of {day}", day=day)))
    for row in proposal.clashes:
        edits = _decided(screen, row, edits)
    pane.draw(pane.refused(screen, row) for row in proposal.refused)
    edits = _without_closed(screen, proposal, edits)
    for row in proposal.rows:
        if row.saves and row.warnings:
            edits = pane.confirmed(screen, row, edits, row.target, _line(screen, row, changes))
    ready = [row for row in proposal.rows if row.saves and not row.warnings]
    pane.draw(_line(screen, row, changes) for row in (*ready, *proposal.of(Outcome.SAME)))
    _others(screen, changes, {row.target for row in proposal.rows})
    return edits


def _line(screen: Screen, row: ProposalRow, changes: ChangesByTarget) -> str:
    """A row with how settled the figure is, what it replaces, and the status that it leads to."""
    phrasebook, details = screen.phrasebook, []
    figure = row.was if row.outcome is Outcome.SAME else row.figure
    if figure is not None and not screen.plan.indicators[row.target].is_milestone:
        details.append(phrasebook.nature(figure))
    if row.outcome is Outcome.SAME:
        details.append(phrasebook.t("recorded already"))
    elif row.saves:
        before = row.replaces
        details.append(replaced(before, phrasebook) if before else phrasebook.t("new"))
        if figure is not None and figure.known_on > screen.as_of:
            day = screen.language.day(figure.known_on)
            details.append(phrasebook.t("counts from {day} on", day=day))
        details += pane.notes(screen, row)
    change = changes.get(row.target) if row.saves else None
    return pane.line(screen, row, details, pane.marks(screen, change) if change else ())


def _decided(screen: Screen, row: ProposalRow, edits: Unsaved) -> Unsaved:
    """A row that somebody else was faster than, with both ways out; the edits after the decision.

    Mine is based on what the person has seen here, and is held against the record anew.
    """
    target, conflict = row.target, row.conflict
    if conflict is None:
        return edits
    with pane.clash(screen, row, target, above=_line(screen, row, {})):
        keep, mine = pane.ways_out(screen, target, conflict)
    if keep:
        return edits.without(target)
    return edits.based(target, conflict.seen) if mine else edits


def _without_closed(screen: Screen, proposal: Proposal, edits: Unsaved) -> Unsaved:
    """The button that drops what was typed for closed periods, where there is more."""
    closed = [row.target for row in proposal.refused if row.is_closed]
    label = screen.language.t("Leave out the {n} rows of closed periods", n=len(closed))
    is_asked = 0 < len(closed) < len(proposal.rows)
    if is_asked and fields.button(label, "month-without-closed", kind="tertiary"):
        for target in closed:
            edits = edits.without(target)
    return edits


def _others(screen: Screen, changes: ChangesByTarget, typed: set[str]) -> None:
    """Targets that nobody typed a figure for and whose status changes all the same."""
    t = screen.language.t
    text = t("judged by what is entered for another target")
    lines = "".join(
        part("edit", *pane.change_line(screen, change, "", text))
        for target, change in changes.items()
        if target not in typed and change.turns
    )
    if lines:
        st.html(markup.heading(t("Also changes")) + lines)
