"""What an entry or a withdrawal would do before it is written, and what came of writing it."""

from datetime import date

import streamlit as st

from mubiao.model import Observation
from mubiao.proposal.effects import Change, effect
from mubiao.ui.shell import markup
from mubiao.ui.shell.page import Screen
from mubiao.views.overview import mark
from mubiao.wording.sentences import sentence


def show(
    screen: Screen,
    entry: Observation | None,
    replaces: int | None,
    as_of: date | None = None,
    title: str = "",
) -> tuple[Change, ...]:
    """Status before and after of the target, and of every other one whose status changes.

    `entry` None takes a row back. `as_of` is another day than the one that is looked at.
    """
    words, day = screen.language, as_of or screen.as_of
    known = screen.store.as_of(screen.plan.id, day)
    found = effect(screen.plan, known, entry, replaces, day)
    own = entry.target if entry else found[0].after.target.id if found else ""
    changes = tuple(c for c in found if c.after.target.id == own or turns(c))
    title = title or words.t("What this would change, as of {day}", day=words.day(day))
    told = "".join(
        markup.effect(
            words.pick(change.after.target.name),
            mark(change.before.status, words),
            mark(change.after.status, words),
            sentence(screen.phrasebook, change.after),
        )
        for change in changes
    )
    st.html(markup.heading(title) + told)
    return changes


def turns(change: Change) -> bool:
    """Whether a target's status changes."""
    return change.before.status is not change.after.status
