"""Access: the tokens by which other systems read and record, making and ending them."""

from datetime import date, timedelta

import streamlit as st

from mubiao import clock
from mubiao.access import Action, Scope
from mubiao.period import LAST_DAY
from mubiao.problems import message
from mubiao.store.rows import NAME_LIMIT
from mubiao.ui.access.roles import form_of_ending
from mubiao.ui.shell import act, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.wording.roles import scope_text, token_cells

_MAKE = "token"
_DAYS = 365


def standing(screen: Screen) -> None:
    """The tokens of the plan, and the form that ends one."""
    t, own = screen.language.t, rights.of(screen)
    if not own.may_somewhere(Action.END_TOKENS, screen.plan.id):
        return
    tokens = [
        one
        for one in screen.store.tokens(screen.plan.id)
        if own.may(Action.END_TOKENS, Scope(one.plan, one.owner))
    ]
    st.html(markup.heading(t("Tokens of other systems"), str(len(tokens))))
    text = t("By a token another system reads, and records the targets of its unit, as a filer.")
    st.html(markup.quiet(text))
    if not tokens:
        return
    columns = [t("No."), t("System"), t("Scope"), t("Made by"), t("Now"), t("Last used")]
    rows = [token_cells(screen.phrasebook, one, clock.now().date()) for one in reversed(tokens)]
    st.html(markup.table(columns, rows))

    def end(number: object, _why: str) -> str:
        token = number if isinstance(number, int) else 0
        screen.store.end_token(screen.plan.id, token, person.act())
        return t("token no. {number} has ended", number=number)

    choices = {one.id: f"{one.id} · {one.name}" for one in tokens if one.ended is None}
    labels = t("Token to end"), t("End")
    form_of_ending(screen, "end-token", labels, choices, end, asks_why=False)


def making(screen: Screen) -> None:
    """The form that makes a token for a unit's targets, or all of the plan's."""
    t, turn, own = screen.language.t, fields.turn(_MAKE), rights.of(screen)
    units = ["", *(owner.id for owner in screen.plan.owners)]
    units = [one for one in units if own.may(Action.MAKE_TOKENS, Scope(screen.plan.id, one))]
    if not units:
        return
    names = {one: scope_text(Scope(screen.plan.id, one), screen.phrasebook) for one in units}
    with st.container(key="token-who", horizontal=True, vertical_alignment="bottom"):
        st.text_input(t("System"), key=f"token-name-{turn}", max_chars=NAME_LIMIT)
        fields.choice(t("Scope"), names, key=f"token-unit-{turn}")
        today, key = clock.now().date(), f"token-until-{turn}"
        fields.day(t("Until"), today + timedelta(days=_DAYS), (today, LAST_DAY), key=key)
        fields.button(t("Make a token"), "token-now", _make, screen, turn)
    fields.say(screen, act.refusals(_MAKE))


def _make(screen: Screen, turn: int) -> None:
    unit, until = (st.session_state.get(f"token-{name}-{turn}") for name in ("unit", "until"))
    with act.attempt(_MAKE):
        number, secret = screen.store.make_token(
            screen.plan.id,
            str(unit or ""),
            fields.held(f"token-name-{turn}"),
            person.act(),
            expires=until if isinstance(until, date) else date.min,
        )
        fields.next_turn(_MAKE)
        msgid = message("Token no. {number}: {secret} Copy it now: it is not shown again.")
        act.done(screen.language.t(msgid, number=number, secret=secret))
