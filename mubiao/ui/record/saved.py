"""What the last save of this window did, told where it was typed: its figures, and its undoing."""

from collections.abc import Callable, Iterator

import streamlit as st

from mubiao.model import Observation, Save
from mubiao.proposal.effects import made_by
from mubiao.proposal.recording import SUBMITTED, Recorded
from mubiao.proposal.row_texts import replaced
from mubiao.ui.record import pane
from mubiao.ui.shell import act, address, markup, undo
from mubiao.ui.shell.page import Screen
from mubiao.views.changes import month_end_before

_SAVED = "saved-here"
_TOLD = "just-saved-text"
# Of more rows than these only those are listed whose target's status changes.
_AT_MOST = 30


def keep(screen: Screen, view: str, made: Recorded, say: Callable[[Save], str]) -> None:
    """Remember what was recorded last in a view of Record; `say` tells of what was saved of it."""
    st.session_state[_SAVED] = view, made.save.id if made.save else 0
    act.done(text_of(screen, made, say), _TOLD)


def text_of(screen: Screen, made: Recorded, say: Callable[[Save], str]) -> str:
    """What was saved, and what waits for approval."""
    texts = [say(made.save)] if made.save else []
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
    title = markup.heading(t("Saved, save {n}", n=save.id), str(len(save.rows)))
    with st.container(key="just-saved"):
        st.html(title)
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
    standing = screen.standing(screen.as_of)
    made = made_by(plan, standing, history, save.rows, screen.as_of)
    changes = {change.after.target.id: change for change in made}
    by_row = {entry.row: entry for entry in history}
    for one in saved:
        change, old = changes[one.target], by_row.get(one.replaces or 0)
        if len(save.rows) > _AT_MOST and not change.turns:
            continue
        what = replaced(old, phrasebook) if isinstance(old, Observation) else phrasebook.t("new")
        statuses = pane.marks(screen, change)
        yield pane.figure_line(screen, one.target, one, [what], statuses)
