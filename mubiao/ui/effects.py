"""What an entry or a withdrawal would do before it is written, and what came of writing it."""

import streamlit as st

from mubiao import service
from mubiao.model import Observation
from mubiao.problems import Problem
from mubiao.ui import markup
from mubiao.ui.form import FIELDS
from mubiao.ui.page import Screen
from mubiao.views.overview import mark
from mubiao.wording.sentences import sentence

# What a callback leaves for the page that is drawn after it.
DONE = "done"
REFUSED = "refused"


def show(screen: Screen, entry: Observation | None, replaces: int | None) -> None:
    """Status before and after of every target that changes; `entry` None takes a row back."""
    words = screen.language
    known = screen.store.as_of(screen.plan.id, screen.as_of)
    changes = service.effect(screen.plan, known, entry, replaces, screen.as_of)
    title = words.t("What this would change, as of {day}", day=words.day(screen.as_of))
    told = "".join(
        markup.effect(
            words.pick(change.after.target.name),
            mark(change.before.status, words),
            mark(change.after.status, words),
            sentence(screen.plan, change.after, words),
        )
        for change in changes
    )
    st.html(markup.heading(title) + told)


def labelled(screen: Screen, problem: Problem) -> str:
    """A problem with the name of its field before it."""
    label = FIELDS.get(problem.field)
    text = screen.language.problem(problem)
    return screen.language.labelled(screen.language.t(label), text) if label else text
