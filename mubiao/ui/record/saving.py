"""Saving what a page proposes: what stands in the way, the one act, and what the last one of this
window did, told where it was typed, with its undoing.
"""

from collections.abc import Iterable, Iterator, Mapping

import streamlit as st

from mubiao.model import Observation, Save, SaveKind, Submission
from mubiao.problems import message
from mubiao.proposal.effects import made_by
from mubiao.proposal.proposal import Proposal
from mubiao.proposal.recording import SUBMITTED, Recorded, record
from mubiao.proposal.row_texts import replaced
from mubiao.proposal.rows import Outcome
from mubiao.ui.record import pane
from mubiao.ui.shell import act, address, markup, person, undo
from mubiao.ui.shell.page import Screen
from mubiao.ui.shell.visitor import NOBODY
from mubiao.views.changes import month_end_before

DECIDE = message("Decide what others recorded meanwhile.")
CONFIRM = message("Confirm what is doubtful.")
MEND = message("Mend or empty what is refused.")
SOURCE = message("Say the source, above the grid.")
SAVE, SUBMIT = message("Save"), message("Submit for approval")
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
_SAVED = "saved-here"
_TOLD = "just-saved-text"
# Of more rows than these only those are listed whose target's status changes.
_AT_MOST = 30


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


def keep(screen: Screen, view: str, made: Recorded, msgid: str, **values: object) -> None:
    """Remember what was recorded last in a view of Record, and tell it as `text_of` does."""
    st.session_state[_SAVED] = view, made.save.id if made.save else 0
    act.done(text_of(screen, made, msgid, **values), _TOLD)


def text_of(screen: Screen, made: Recorded, msgid: str, **values: object) -> str:
    """What was saved, in a message with places for `row`, `rows` and `n`, and what waits for
    approval.
    """
    texts, rows = [], made.save.rows if made.save else ()
    if rows:
        span = f"{rows[0]}–{rows[-1]}" if len(rows) > 1 else rows[0]
        texts = [screen.language.t(msgid, row=rows[0], rows=span, n=len(rows), **values)]
    if filing := made.filing:
        number, count = filing.id, len(filing.submissions)
        texts.append(screen.language.t(SUBMITTED, number=number, n=count))
    return ("" if screen.language.code == "zh" else " ").join(texts)


def show(screen: Screen, view: str) -> None:
    """The rows of the view's last save, with what they changed and the way back, while it stands;
    what was done is told above them.
    """
    of, number = st.session_state.get(_SAVED, ("", 0))
    if of != view:
        return
    act.tell(screen, _TOLD)
    if save := _standing(screen, number):
        _draw(screen, save)


def here(view: str) -> bool:
    """Whether the window's last save was made in this view."""
    return bool(st.session_state.get(_SAVED, ("", 0))[0] == view)


def was_undone(screen: Screen, view: str) -> bool:
    """Whether the view's last save was undone since; true until that is forgotten."""
    of, number = st.session_state.get(_SAVED, ("", 0))
    return of == view and bool(number) and _standing(screen, number) is None


def forget(view: str) -> None:
    """Forget the view's last save, once all follows from its undoing: a run may end at any line."""
    st.session_state[_SAVED] = view, 0


def _standing(screen: Screen, number: int) -> Save | None:
    """The save of this number; None where it was undone."""
    # With it comes what undid it.
    match screen.store.saves(screen.plan.id, ids={number}) if number else []:
        case [save]:
            return save
    return None


def _draw(screen: Screen, save: Save) -> None:
    t = screen.language.t
    lines = list(_lines(screen, save))
    rest = len(save.rows) - len(lines)
    more = [markup.empty(t("Rows whose target keeps its status: {n}", n=rest))] if rest else []
    with st.container(key="just-saved"):
        st.html(markup.heading(t("Saved, save {n}", n=save.id), str(len(save.rows))))
        with st.container(key="just-saved-ways", horizontal=True, gap="small"):
            undo.button(save.id, t("Undo"), "secondary")
            since = month_end_before(screen.as_of).isoformat()
            address.link("history", t("See what changed"), since=since)
        undo.question(screen, save, _TOLD)
        pane.draw([*lines, *more])


def _lines(screen: Screen, save: Save) -> Iterator[str]:
    phrasebook, plan = screen.phrasebook, screen.plan
    entries = screen.store.entries(plan.id, save.rows).values()
    saved = [e for e in entries if isinstance(e, Observation) and e.target in plan.by_id]
    history = [e for target in {o.target for o in saved} for e in screen.history(target)]
    made = made_by(plan, screen.standing(screen.as_of), history, save.rows, screen.as_of)
    changes = {change.after.target.id: change for change in made}
    by_row = {entry.row: entry for entry in history}
    for one in saved:
        change, old = changes[one.target], by_row.get(one.replaces or 0)
        if len(save.rows) > _AT_MOST and not change.turns:
            continue
        what = replaced(old, phrasebook) if isinstance(old, Observation) else phrasebook.t("new")
        yield pane.figure_line(screen, one.target, one, [what], pane.marks(screen, change))
