"""What the reader submitted for approval: what became of it, taking it back, editing it again."""

from collections.abc import Iterator

import streamlit as st

from mubiao import clock
from mubiao.access import Action
from mubiao.model import Filing, FilingAct, Observation
from mubiao.problems import message
from mubiao.proposal.review import sent_back
from mubiao.proposal.unsaved import Cells, cells_of
from mubiao.ui.record import drafts
from mubiao.ui.shell import act, address, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.views.month import months_of

_PAST, _NAMED = 20, 3  # submissions, and targets that each is called by
_STEPS = {
    "returned": message("returned by {name}, {moment}"),
    "published": message("{n} published by {name}, {moment}"),
    "taken_back": message("taken back, {moment}"),
}


def is_own(filing: Filing) -> bool:
    """Whether the reader submitted it."""
    return person.did(filing.filer.id, filing.filer.name)


def own(screen: Screen) -> list[Filing]:
    """What the reader submitted, in order."""
    return [filing for filing in screen.filings if is_own(filing)]


def may(screen: Screen, action: Action, filing: Filing) -> bool:
    """Whether the reader may do something with all of it."""
    own, targets = is_own(filing), {one.entry.target for one in filing.submissions}
    return all(rights.may(screen, action, target, own=own) for target in targets)


def take_back(screen: Screen, filing: Filing) -> None:
    """The button that takes what waits back; what was typed is then edited again."""
    msgid = message("Take back and edit") if filing.part else message("Take back")
    st.button(
        screen.language.t(msgid),
        key="approval-take-back",
        on_click=_take_back,
        args=(screen, filing),
    )


def _take_back(screen: Screen, filing: Filing) -> None:
    with act.attempt():
        screen.store.take_back(
            screen.plan.id,
            filing.id,
            actor=person.actor(),
            at=clock.now(),
            token=f"take-back-{screen.plan.id}-{filing.id}",
        )
        act.done(screen.language.t("No. {number} is taken back.", number=filing.id))
        if filing.part:
            _edit_again(screen, filing)


def _edit_again(screen: Screen, filing: Filing) -> None:
    """What was not published, as unsaved edits of the part that it was; newer ones stay."""
    part, published = filing.part, filing.published
    edits = drafts.unsaved(screen, part)
    rows = {
        one.entry.target: Cells(
            texts={name: text for name, text in cells_of(one.entry).items() if text},
            base=one.based_on or 0,
        )
        for at, one in enumerate(filing.submissions)
        if at not in published and isinstance(one.entry, Observation)
    }
    fields.next_turn("unsaved")
    drafts.keep(screen, part, edits.model_copy(update={"rows": {**rows, **edits.rows}}))
    target, _, row = part.partition("/")
    months = {month.text for month in months_of(screen.plan)}
    choices = {"view": "month", "month": part}
    if part not in months:
        choices = {"view": "one", "target": target, "correct": row if row.isdecimal() else ""}
    for name, value in choices.items():
        address.write(name, value)


def decided(screen: Screen) -> None:
    """What became of the reader's submissions, the newest first."""
    filings = own(screen)
    past = [filing for filing in filings if not filing.waiting][::-1][:_PAST]
    if not past:
        return
    st.html(markup.heading(screen.language.t("What became of yours"), str(len(past))))
    back = {filing.id for filing in sent_back(filings)}
    for filing in past:
        with st.container(key=f"filing-{filing.id}", gap=None):
            st.html(markup.held(_title(screen, filing), _outcome(screen, filing)))
            if filing.id in back and filing.part:
                st.button(
                    screen.language.t("Edit again"),
                    key=f"edit-again-{filing.id}",
                    type="tertiary",
                    on_click=_edit_again,
                    args=(screen, filing),
                )


def _title(screen: Screen, filing: Filing) -> str:
    names = dict.fromkeys(one.entry.target for one in filing.submissions)
    listed = screen.language.listed(map(screen.phrasebook.name, [*names][:_NAMED]))
    text = screen.language.t("No. {number}: {names}", number=filing.id, names=listed)
    rest = len(names) - _NAMED
    return text if rest <= 0 else screen.language.t("{text} and {n} more", text=text, n=rest)


def _outcome(screen: Screen, filing: Filing) -> Iterator[str]:
    language = screen.language
    yield language.t("submitted {moment}", moment=language.moment(filing.at))
    for step in filing.acts[1:]:
        yield _step_text(screen, step)


def _step_text(screen: Screen, step: FilingAct) -> str:
    language = screen.language
    moment, name = language.moment(step.at), step.actor.name
    text = language.t(_STEPS[step.step], name=name, moment=moment, n=len(step.positions))
    return language.labelled(text, step.reason) if step.reason else text
