"""What the reader submitted for approval: what became of it, taking it back, editing it again."""

from collections.abc import Iterable, Iterator

import streamlit as st

from mubiao.access import Action
from mubiao.model import Filing, Observation
from mubiao.problems import message
from mubiao.proposal.review import permitted, sent_back
from mubiao.proposal.unsaved import Cells
from mubiao.ui.record import drafts, pane
from mubiao.ui.shell import act, address, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.views.month import months_of

_PAST, _ROWS = 20, 12  # submissions, and rows of each that are listed
_STEPS = {
    "returned": message("returned by {name}, {moment}"),
    "published": message("published by {name}, {moment}"),
    "taken_back": message("taken back, {moment}"),
}


def is_own(filing: Filing) -> bool:
    """Whether the reader submitted it."""
    return person.did(filing.filer.id, filing.filer.name)


def own(screen: Screen) -> list[Filing]:
    """What the reader submitted, in order."""
    return [filing for filing in screen.filings if is_own(filing)]


def waiting(screen: Screen, action: Action, filing: Filing) -> list[int]:
    """The rows of it that wait and with which the reader may do something."""
    return permitted(filing, action, rights.of(screen), screen.plan_today)


def take_back(screen: Screen, filing: Filing) -> None:
    """The button that takes what waits back; what was typed is then edited again."""
    msgid = message("Take back and edit") if filing.part else message("Take back")
    fields.button(screen.language.t(msgid), "approval-take-back", _take_back, screen, filing)


def _take_back(screen: Screen, filing: Filing) -> None:
    with act.attempt():
        plan = screen.plan.id
        screen.store.take_back(plan, filing.id, person.act(f"take-back-{plan}-{filing.id}"))
        act.done(screen.language.t("No. {number} is taken back.", number=filing.id))
        if filing.part:
            _edit_again(screen, filing, filing.waiting)


def _edit_again(screen: Screen, filing: Filing, positions: Iterable[int]) -> None:
    """Rows of it as unsaved edits of the part that it was; newer ones stay."""
    part, edits = filing.part, drafts.unsaved(screen, filing.part)
    rows = {
        entry.target: Cells(
            texts={name: text for name, text in entry.texts.items() if text},
            base=filing.submissions[at].based_on or 0,
        )
        for at in positions
        if isinstance(entry := filing.submissions[at].entry, Observation)
    }
    fields.next_turn("unsaved")
    drafts.keep(screen, part, edits.model_copy(update={"rows": {**rows, **edits.rows}}))
    target, _, row = part.partition("/")
    months = {month.text for month in months_of(screen.plan)}
    choices = {"view": "one", "target": target, "correct": row if row.isdecimal() else ""}
    for name, value in ({"view": "month", "month": part} if part in months else choices).items():
        address.write(name, value)


def decided(screen: Screen) -> None:
    """Where each row of the reader's submissions stands, once anything was done about one; the
    newest first.
    """
    filings, t = own(screen), screen.language.t
    past = [filing for filing in filings if filing.decided][::-1][:_PAST]
    if not past:
        return
    st.html(markup.heading(t("What became of yours"), str(len(past))))
    back = {filing.id: positions for filing, positions in sent_back(filings)}
    for filing in past:
        with st.container(key=f"filing-{filing.id}", gap=None):
            st.html("".join(_rows(screen, filing)))
            if filing.id in back and filing.part:
                key, args = f"edit-again-{filing.id}", (screen, filing, back[filing.id])
                fields.button(t("Edit again"), key, _edit_again, *args, kind="tertiary")


def _rows(screen: Screen, filing: Filing) -> Iterator[str]:
    """HTML of its rows, what was returned first and what waits last."""
    language, decided = screen.language, filing.decided
    text = language.t("No. {number}, {moment}", number=filing.id, moment=language.moment(filing.at))
    yield markup.quiet(text)
    ordered = sorted(decided, key=lambda at: (decided[at].step != "returned", decided[at].row, at))
    for position in [*ordered, *filing.waiting][:_ROWS]:
        entry, act = filing.submissions[position].entry, decided.get(position)
        step = language.t("waiting for approval")
        if act:
            name, moment = act.actor.name, language.moment(act.at)
            step = language.t(_STEPS[act.step], name=name, moment=moment)
            step = language.labelled(step, act.reason) if act.reason else step
        figure = entry if isinstance(entry, Observation) else None
        details = [] if figure else [language.t("withdraws no. {row}", row=entry.replaces)]
        yield pane.figure_line(screen, entry.target, figure, [*details, step])
    if (rest := len(filing.submissions) - _ROWS) > 0:
        yield markup.empty(language.t("… and {n} more", n=rest))
