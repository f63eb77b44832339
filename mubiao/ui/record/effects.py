"""What a figure or a withdrawal would do to the judgement, before it is written."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from mubiao.model import Observation
from mubiao.proposal.effects import Change, effects
from mubiao.ui.shell import markup
from mubiao.ui.shell.page import Screen
from mubiao.views.overview import mark
from mubiao.wording.sentences import sentence


def show(
    screen: Screen,
    figures: Sequence[Observation] = (),
    as_of: date | None = None,
    title: str = "",
    *,
    taken_back: Sequence[Observation] = (),
) -> tuple[Change, ...]:
    """Status before and after of the figures' target, then of every other one that turns.

    `as_of` is another day than the one that is looked at.
    """
    phrasebook, day = screen.phrasebook, as_of or screen.as_of
    own = {one.target for one in (*figures, *taken_back)}
    changes = sorted(
        (
            change
            for change in effects(
                screen.plan, screen.standing(day), figures, day, taken_back=taken_back
            )
            if change.turns or change.after.target.id in own
        ),
        key=lambda change: change.after.target.id not in own,
    )
    if not title:
        title = phrasebook.t("What this would change, as of {day}", day=screen.language.day(day))
    html = "".join(
        markup.effect(
            phrasebook.name(change.after.target.id),
            mark(change.before.status, screen.language),
            mark(change.after.status, screen.language),
            sentence(phrasebook, change.after),
        )
        for change in changes
    )
    st.html(markup.heading(title) + html)
    return tuple(changes)
