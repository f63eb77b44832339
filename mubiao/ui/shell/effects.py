"""What an entry or a withdrawal would do before it is written, and what came of writing it."""

from collections.abc import Iterable, Iterator
from datetime import date

import streamlit as st

from mubiao import clock
from mubiao.assessment import counts, latest
from mubiao.model import Observation
from mubiao.problems import Problem
from mubiao.proposal.effects import Change, effect
from mubiao.proposal.warnings import warnings
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


def notes(
    screen: Screen, entry: Observation, replaces: int | None, standing: Iterable[Observation]
) -> Iterator[str]:
    """What a person should know of an entry that can be read: each a sentence.

    `standing` is everything of the target that stands, whenever it became known.
    """
    plan, words = screen.plan, screen.language
    target = plan.by_id[entry.target]
    if entry.known_on > screen.as_of:
        day = words.day(entry.known_on)
        yield words.t("It counts from {day} on; the as-of day is earlier.", day=day)
    if not counts(plan, target, entry):
        yield words.t("An actual of this period is shown only; it is not judged.")
    twin = latest(o for o in standing if o.row != replaces and o.period == entry.period)
    if twin is not None:
        yield words.t(
            "No. {row} gives {value} for this period already; correct that row to replace it.",
            row=twin.row,
            value=screen.phrasebook.actual(twin),
        )


def doubtful(
    screen: Screen, entry: Observation, replaces: int | None, standing: Iterable[Observation]
) -> tuple[Problem, ...]:
    """What is to be confirmed before an entry is saved; `standing` as in `notes`."""
    known = list(standing)
    before = next((o for o in known if o.row == replaces), None)
    others = [o for o in known if o is not before]
    return warnings(screen.plan, entry, others, clock.today(screen.settings), before=before)
