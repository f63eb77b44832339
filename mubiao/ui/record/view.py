"""Record's views of the same work, and what of one's own waits beside them."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mubiao.access import Action
from mubiao.problems import message
from mubiao.proposal.review import sent_back
from mubiao.ui.record import drafts, own_filings
from mubiao.ui.shell import act, address, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.views.owed import owner_name

_VIEWS = {"month": message("This month"), "one": message("One target"), "files": message("Files")}
_APPROVAL = message("Approval")


def opening(screen: Screen) -> DeltaGenerator:
    """Title, in the place that is returned, and what the last save did."""
    language, title, owner = screen.language, st.empty(), screen.address.owner
    note, text = language.t("Enter, correct or withdraw actuals."), language.t("Record")
    if [*offered(screen)] == ["approval"]:
        note = language.t("Publish or return what waits for approval.")
    if owner:
        text = language.t("{unit}: Record", unit=owner_name(screen.phrasebook, owner))
    title.html(markup.title(text, note))
    act.tell(screen)
    return title


def offered(screen: Screen) -> dict[str, str]:
    """The views that the reader may use, by their ids: those that record, and where the plan asks
    for approval, or did when something was submitted lately, what waits for it.
    """
    views = dict(_VIEWS) if rights.may_somewhere(screen, Action.RECORD) else {}
    sees = rights.may_somewhere(screen, Action.SEE_SUBMISSIONS)
    is_asked_for = screen.plan.approval or screen.filings
    return views | ({"approval": _APPROVAL} if sees and is_asked_for else {})


def is_open(screen: Screen) -> bool:
    """Whether there is any view for the reader; says why not, and asks for the name that has a
    role, where names are typed.
    """
    if offered(screen):
        return True
    rights.explain(screen, Action.RECORD)
    person.ask(screen)
    return False


def may_record(screen: Screen, target: str) -> bool:
    """Whether the reader may record figures of a target; says why not."""
    allowed = rights.may(screen, Action.RECORD, target)
    if not allowed:
        rights.explain(screen, Action.RECORD)
    return allowed


def view(screen: Screen) -> str:
    """Draw the choice of views, and the name that all of them need; the chosen view.

    A row that is being corrected is one target's.
    """
    language, views = screen.language, offered(screen)
    chosen = "one" if screen.address.correct is not None else screen.address.view or "month"
    chosen = chosen if chosen in views else next(iter(views))
    with st.container(key="record-view", horizontal=True, vertical_alignment="bottom"):
        # Another view ends the correction of a row.
        bound = address.bound("view", chosen, ends=["correct"])
        names = {name: language.t(msgid) for name, msgid in views.items()}
        fields.switch(language.t("View"), names, **bound)
        if chosen != "month":  # which asks for it beside what all its figures share
            person.ask(screen)
    # A place that is always there: what stands below it must not move while somebody types.
    with st.container(key="own-draft-offer"):
        if chosen not in {"files", "approval"}:
            _offer(screen)
        _standing(screen, chosen)
    return chosen


def _standing(screen: Screen, chosen: str) -> None:
    """How many of the reader's figures wait for approval, and how many came back."""
    own = own_filings.own(screen)
    parts = (
        (message("Your figures waiting for approval: {n}"), sum(len(one.waiting) for one in own)),
        (message("Returned to you: {n}"), sum(len(rows) for _, rows in sent_back(own))),
    )
    texts = [screen.language.t(form, n=n) for form, n in parts if n]
    if chosen == "approval" or not texts:
        return
    label = " · ".join(texts)
    fields.button(label, "own-filings", address.write, "view", "approval", kind="tertiary")


def _offer(screen: Screen) -> None:
    """The way back to what this browser left unsaved, where nothing is being edited now."""
    draft = drafts.left_behind(screen)
    if draft is None:
        return
    moment = screen.language.moment(draft.kept_at)
    label = screen.language.t("Go on with your unsaved figures of {moment}", moment=moment)
    fields.button(label, "own-draft", drafts.go_on, draft, kind="tertiary")
