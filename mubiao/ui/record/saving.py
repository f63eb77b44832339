"""One target's entry between two runs: what it is based on, what was confirmed, saving it.

A button's callback runs before the page does, with newer fields than those that were drawn; so
everything is read and held against the record once more here.
"""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import streamlit as st

from mubiao import clock
from mubiao.model import Entry, Observation, Target
from mubiao.observation.corrections import standing
from mubiao.observation.draft import read_draft
from mubiao.problems import refused
from mubiao.proposal.comparison import Comparison, Takes
from mubiao.proposal.proposal import Proposal, proposal_of
from mubiao.proposal.rows import Candidate, Choice, Outcome, ProposalRow, read
from mubiao.store import Conflicting
from mubiao.ui.record import pane
from mubiao.ui.record.form import EntryForm
from mubiao.ui.shell import act, address
from mubiao.ui.shell.page import Screen


def fields_for(screen: Screen, target: Target, history: Sequence[Entry]) -> EntryForm:
    """The form for the row that the address says is being corrected, or for a new actual.

    A row that somebody else replaced meanwhile goes on being corrected where something was typed:
    that must not get lost, nor become a new actual in silence.
    """
    replaced = {entry.replaces for entry in history}
    for entry in history:
        if entry.row == screen.address.correct and isinstance(entry, Observation):
            fields = EntryForm(screen, target, entry)
            if entry.row not in replaced or not fields.is_untouched:
                return fields
    return EntryForm(screen, target, None)


def begin(fields: EntryForm, history: Sequence[Entry]) -> None:
    """Remember what was recorded when the person began to type."""
    if _base(fields) not in st.session_state or fields.is_untouched:
        st.session_state[_base(fields)] = max((entry.row for entry in history), default=0)


def proposal(fields: EntryForm, history: Sequence[Entry]) -> Proposal:
    """The form as a proposal of one row, that the person's own takes the place of theirs."""
    screen, today = fields.screen, clock.today(fields.screen.settings)
    seen = int(st.session_state.get(_base(fields), 0))
    if seen not in {entry.row for entry in history}:
        # The record was replaced by an older one: of what is in it now nothing has been seen.
        seen = fields.old.row if fields.old else 0
    named = fields.old.row if fields.old else None
    candidate = Candidate(fields.target.id, named=named, seen=seen)
    comparison = Comparison(
        screen.plan, standing(history, date.max), lambda _: history, today, Takes.NAMED
    )
    candidates = [read(candidate, fields.held(), screen.plan, today)]
    mine = proposal_of(comparison, candidates).decided({0: Choice.MINE})
    return mine.confirmed(lambda mark: bool(st.session_state.get(tick_key(fields, mark))))


def tick_key(fields: EntryForm, mark: str) -> str:
    """The key of the box that confirms exactly the entry of a mark."""
    return f"confirm-{fields.scope}-{mark}"


def save(fields: EntryForm, displayed: ProposalRow | None = None) -> None:
    """Read everything once more on the server, write, and say what happened.

    `displayed` is the row whose conflict was shown before, where there was one.
    """
    screen = fields.screen
    with act.attempt():
        # What was typed is refused as a whole, here also for want of a source.
        read_draft(fields.held(), screen.plan, clock.today(screen.settings))
        history = screen.store.history(screen.plan.id, fields.target.id)
        mine = proposal(fields, history)
        _refuse_unseen(mine, displayed)
        saved = pane.save(screen, mine.submissions, _token(fields))
        _leave(fields)
        name = screen.phrasebook.name(fields.target.id)
        act.done(screen.language.t("Saved as no. {row}: {name}.", row=saved.rows[0], name=name))


def _refuse_unseen(mine: Proposal, displayed: ProposalRow | None) -> None:
    """Raises Refused for what nobody has confirmed, and for conflicts that were not shown: of
    another period, or with rows that came after.
    """
    if mine.of(Outcome.ASK):
        raise refused(pane.CONFIRM)
    seen, period = 0, None
    if displayed is not None and displayed.conflict and displayed.figure:
        seen, period = displayed.conflict.seen, displayed.figure.period
    unseen = {
        place: row.conflict
        for place, row in enumerate(mine.rows)
        if row.conflict and row.figure and (row.conflict.seen > seen or row.figure.period != period)
    }
    if unseen:
        raise Conflicting(unseen)


def keep_theirs(fields: EntryForm) -> None:
    """Throw away what was typed: the record stays as others left it."""
    _leave(fields)
    name = fields.screen.phrasebook.name(fields.target.id)
    text = fields.screen.language.t(
        "{name}: what others recorded stays; nothing was saved.", name=name
    )
    act.done(text)


def _leave(fields: EntryForm) -> None:
    fields.begin_anew()
    address.write("correct", "")


def _base(fields: EntryForm) -> str:
    return f"base-{fields.scope}"


def _token(fields: EntryForm) -> str:
    """One token until the form begins afresh: a save that is repeated does nothing twice."""
    key = f"token-{fields.scope}"
    return str(st.session_state.setdefault(key, uuid4().hex))
