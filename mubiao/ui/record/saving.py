"""One target's entry between two runs: what it is based on, what was confirmed, saving it.

A button's callback runs before the page does, with newer fields than those that were drawn; so
everything is read and looked at once more here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

import streamlit as st

from mubiao import clock
from mubiao.model import Entry, Observation, Submission, Target
from mubiao.observation import standing
from mubiao.period import Period
from mubiao.problems import Problem, refused
from mubiao.proposal.effects import read_entry
from mubiao.ui.record import doubts
from mubiao.ui.record.form import Form
from mubiao.ui.shell import act, address, effects, person
from mubiao.ui.shell.page import Screen
from mubiao.views.meanwhile import meanwhile
from mubiao.views.preview import mark_of


@dataclass(frozen=True, slots=True)
class Decided:
    """Mine is to take the place of what others recorded for a period up to the row `seen`."""

    period: Period
    seen: int


def fields_for(screen: Screen, target: Target, history: Sequence[Entry]) -> Form:
    """The form for the row that the address says is being corrected, or for a new actual.

    A row that somebody else replaced meanwhile goes on being corrected where something was typed:
    that must not get lost, nor become a new actual in silence.
    """
    replaced = {entry.replaces for entry in history}
    asked = screen.address.correct
    for entry in history:
        if entry.row == asked and isinstance(entry, Observation):
            fields = Form(screen, target, entry)
            if entry.row not in replaced or not fields.is_untouched:
                return fields
    return Form(screen, target, None)


def based_on(fields: Form, history: Sequence[Entry]) -> int:
    """The greatest row that the person had seen when they began to type; 0 for none."""
    if _base(fields) not in st.session_state or fields.is_untouched:
        st.session_state[_base(fields)] = max((entry.row for entry in history), default=0)
    return _remembered(fields, history)


def confirm(fields: Form, entry: Observation, warnings: Sequence[Problem]) -> bool:
    """Draw the warnings with their box; whether exactly this entry is confirmed."""
    with st.container(key="doubt-entry"):
        return doubts.confirm(fields.screen, warnings, _box(fields, entry, warnings), kept=True)


def save(fields: Form, decided: Decided | None = None) -> None:
    """Read everything once more on the server, write, and say what happened."""
    screen, words = fields.screen, fields.screen.language
    with act.attempt():
        saved = screen.store.save(
            screen.plan.id,
            [_proposal(fields, decided)],
            by=person.named(),
            at=clock.now(),
            token=_token(fields),
        )
        _leave(fields)
        name = words.pick(fields.target.name)
        act.done(words.t("Saved as no. {row}: {name}.", row=saved.rows[0], name=name))


def keep_theirs(fields: Form) -> None:
    """Throw away what was typed: the record stays as others left it."""
    _leave(fields)
    words = fields.screen.language
    name = words.pick(fields.target.name)
    act.done(words.t("{name}: what others recorded stays; nothing was saved.", name=name))


def _proposal(fields: Form, decided: Decided | None) -> Submission:
    """The entry as it is typed now. Raises Refused, also while a warning is not confirmed."""
    screen, old = fields.screen, fields.old
    day = clock.today(screen.settings)
    entry = read_entry(screen.plan, fields.held(), day, old.row if old else None)
    history = screen.store.history(screen.plan.id, fields.target.id)
    base = _remembered(fields, history)
    # Of another period, or of rows that came after, nothing has been decided.
    if decided is not None and decided.period == entry.period:
        known = [other for other in history if other.row <= decided.seen]
        met = meanwhile(known, fields.target, entry, old, base)
        stands = met.stands if met else None
        entry = replace(entry, replaces=stands.row if stands else None)
        base = decided.seen
    told = effects.doubtful(screen, entry, entry.replaces, standing(history, date.max))
    if told and not st.session_state.get(_box(fields, entry, told)):
        raise refused(doubts.BLOCKED)
    return Submission(entry, base)


def _leave(fields: Form) -> None:
    fields.begin_anew()
    address.write("correct", "")


def _box(fields: Form, entry: Observation, warnings: Sequence[Problem]) -> str:
    days = f"{entry.period.first}-{entry.period.last}"
    return f"confirm-{fields.scope}-{days}-{mark_of(entry, warnings)}"


def _base(fields: Form) -> str:
    return f"base-{fields.scope}"


def _remembered(fields: Form, history: Sequence[Entry]) -> int:
    base = int(st.session_state.get(_base(fields), 0))
    if base in {entry.row for entry in history}:
        return base
    # The record was replaced by an older one: of what is in it now nothing has been seen.
    return fields.old.row if fields.old else 0


def _token(fields: Form) -> str:
    """One token until the form begins afresh: a save that is repeated does nothing twice."""
    key = f"token-{fields.scope}"
    return str(st.session_state.setdefault(key, uuid4().hex))
