"""Target: giving it to another unit, and to whom it was given before."""

from datetime import date

import streamlit as st

from mubiao.access import Action
from mubiao.model import Target
from mubiao.plain_text import NOTE_LIMIT
from mubiao.problems import message, refused
from mubiao.ui.shell import act, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.views.owed import OFFICE, owner_name, owner_of

_PLACE = "assign"


def control(screen: Screen, target: Target) -> None:
    """The form, folded away; nothing at a meeting, in a plan without units, and for others."""
    if screen.meeting is not None or not screen.plan.owners:
        return
    if not rights.may(screen, Action.ASSIGN, target.id):
        return
    t, turn = screen.language.t, fields.turn(_PLACE)
    units = {id_: owner_name(screen.phrasebook, id_) for id_ in (*screen.plan.owners_by_id, OFFICE)}
    others = {id_: name for id_, name in units.items() if id_ != owner_of(target)}
    with st.popover(t("Assign to another unit"), type="tertiary", key="target-assign"):
        text = t("From the day on the unit answers for the target; earlier days keep theirs.")
        st.html(markup.quiet(text))
        unit, hint = fields.required(screen, t("Unit")), t("Choose one")
        fields.choice(unit, others, index=None, hint=hint, key=f"assign-unit-{turn}")
        fields.day(t("From"), screen.today, key=f"assign-since-{turn}")
        why = fields.required(screen, t("Why"))
        st.text_input(markup.plain(why), key=f"assign-why-{turn}", max_chars=NOTE_LIMIT)
        person.ask(screen, key="assign-by")
        fields.say(screen, act.refusals(_PLACE))
        fields.button(t("Assign"), "assign-now", _assign, screen, target, kind="primary")


def _assign(screen: Screen, target: Target) -> None:
    turn = fields.turn(_PLACE)
    unit, since = fields.held(f"assign-unit-{turn}"), fields.held(f"assign-since-{turn}")
    why = fields.held(f"assign-why-{turn}")
    with act.attempt(_PLACE):
        act.ask_if_garbled(reason=why)
        made = screen.store.assign(
            screen.sound,
            target.id,
            _named(unit),
            person.act(),
            since=date.fromisoformat(since) if since else screen.today,
            reason=why,
        )
        fields.next_turn(_PLACE)
        day = screen.language.day(made.since)
        name = owner_name(screen.phrasebook, unit)
        act.done(screen.language.t("From {day} on {unit} answers for it.", day=day, unit=name))


def _named(unit: str) -> str:
    """The unit that was chosen, "" for none in particular. Raises Refused where none was."""
    if not unit:
        raise refused(message("choose the unit that is to answer for the target"), field="owner")
    return "" if unit == OFFICE else unit
