"""Closing a plan's periods, and opening them again."""

from datetime import date

import streamlit as st

from mubiao.access import Action
from mubiao.period import FIRST_DAY
from mubiao.plain_text import NOTE_LIMIT
from mubiao.ui.shell import act, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.views.changes import month_end_before

_PLACE, _DAY, _REASON = "locks", "lock-day", "lock-reason"


def control(screen: Screen) -> None:
    """What is closed, as the label of what changes it."""
    language, lock = screen.language, screen.lock
    if not rights.may(screen, Action.LOCK):
        return
    through = lock.through if lock else None
    label = language.t("Close periods")
    if through is not None:
        label = language.t("Closed up to {day}", day=language.day(through))
    with st.popover(markup.plain(label), type="tertiary", key="history-locks"):
        text = language.t(
            "What ends by the day is neither recorded, corrected nor withdrawn any more. An "
            "earlier day opens again what ends after it, and needs a reason."
        )
        st.html(markup.quiet(text))
        first = through or max(month_end_before(screen.as_of), FIRST_DAY)
        key = f"{_DAY}-{fields.turn(_PLACE)}"
        day = fields.day(language.t("Closed up to"), first, key=key)
        if through is not None:
            key = f"{_REASON}-{fields.turn(_PLACE)}"
            st.text_input(language.t("Reason for opening"), key=key, max_chars=NOTE_LIMIT)
        person.ask(screen, key="lock-by")
        fields.say(screen, act.refusals(_PLACE))
        _ways(screen, day, through)


def _ways(screen: Screen, day: date | None, through: date | None) -> None:
    language = screen.language
    with st.container(key="lock-ways", horizontal=True, gap="small"):
        if day is not None:
            label = language.t("Close up to {day}", day=language.day(day))
            if through is not None and day < through:
                label = language.t("Open what ends after {day}", day=language.day(day))
            is_done = day == through
            fields.button(label, "lock-now", _set, screen, day, kind="primary", disabled=is_done)
        if through is not None:
            fields.button(language.t("Open all periods"), "lock-open", _set, screen, None)


def _set(screen: Screen, through: date | None) -> None:
    language, seen = screen.language, screen.lock.row if screen.lock else 0
    reason = str(st.session_state.get(f"{_REASON}-{fields.turn(_PLACE)}", ""))
    with act.attempt(_PLACE):
        act.ask_if_garbled(reason=reason)
        screen.store.close_periods(screen.plan.id, through, person.act(), reason=reason, seen=seen)
        fields.next_turn(_PLACE)
        text = language.t("All periods are open again.")
        if through is not None:
            text = language.t("Periods up to {day} are closed.", day=language.day(through))
        act.done(text)
