"""Record, one target: every recorded row; open ones can be corrected or withdrawn."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from mubiao import service
from mubiao.model import Entry, Target
from mubiao.problems import Refused
from mubiao.ui import address, effects, markup, person, single
from mubiao.ui.form import FIELDS
from mubiao.ui.page import Screen
from mubiao.views.detail import ActualRow, detail


def rows(screen: Screen, target: Target, history: Sequence[Entry]) -> None:
    """The rows of the target's history, the latest first."""
    words = screen.language
    shown = detail(screen.plan, single.judged(screen, target), history, words)
    st.html(markup.heading(words.t("Recorded for this target"), str(len(shown.actuals))))
    if not shown.actuals:
        st.html(markup.empty(words.t("Nothing has been recorded for this target yet.")))
    for actual in shown.actuals:
        with st.container(key=f"row-{actual.row}"):
            st.html(markup.actual_line(actual))
            if actual.open:
                _actions(screen, actual)


def _actions(screen: Screen, actual: ActualRow) -> None:
    words = screen.language
    with st.container(key=f"actions-{actual.row}", horizontal=True, gap="small"):
        st.button(
            words.t("Correct"),
            key=f"correct-{actual.row}",
            type="tertiary",
            on_click=address.write,
            args=("correct", str(actual.row)),
        )
        with st.popover(words.t("Withdraw"), type="tertiary", key=f"popover-{actual.row}"):
            _withdrawal(screen, actual)


def _withdrawal(screen: Screen, actual: ActualRow) -> None:
    """The reason, the day from which the row no longer counts, and what that does."""
    words = screen.language
    known_on = date.fromisoformat(actual.known_on)
    today = service.today(screen.settings)
    st.text_input(words.t(FIELDS["reason"]), key=f"reason-{actual.row}")
    st.date_input(
        words.t("Withdrawn from"),
        value=max(known_on, min(screen.as_of, today)),
        min_value=known_on,
        max_value=max(known_on, today),
        format="YYYY-MM-DD",
        key=f"from-{actual.row}",
        help=words.t("As of an earlier day the figure is still shown, as it was known then."),
    )
    # Judging twice for each row of the list would be felt; a reason says that it is meant.
    if st.session_state.get(f"reason-{actual.row}") and known_on <= screen.as_of:
        effects.show(screen, None, actual.row)
    st.button(
        words.t("Withdraw no. {row}", row=actual.row),
        key=f"withdraw-{actual.row}",
        on_click=_withdraw,
        args=(screen, actual.row),
    )


def _withdraw(screen: Screen, row: int) -> None:
    try:
        written = screen.store.withdraw(
            screen.plan.id,
            row,
            st.session_state[f"from-{row}"],
            st.session_state.get(f"reason-{row}") or "",
            person.named(),
            service.now(),
        )
    except Refused as refusal:
        st.session_state[effects.REFUSED] = refusal.problems
        return
    address.write("correct", "")
    st.session_state[effects.DONE] = screen.language.t("Withdrawn by no. {row}.", row=written)
