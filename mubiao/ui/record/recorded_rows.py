"""Record, one target: every recorded row; open ones can be corrected or withdrawn."""

from collections.abc import Sequence

import streamlit as st

from mubiao.model import Entry, Observation, Target
from mubiao.ui.record import withdrawal
from mubiao.ui.record.withdrawal import WithdrawalForm
from mubiao.ui.shell import act, address, markup, scroll_position
from mubiao.ui.shell.page import Screen
from mubiao.views.detail import ActualRow, actual_rows


def rows(screen: Screen, target: Target, history: Sequence[Entry]) -> None:
    """The rows of the target's history, the latest first."""
    language = screen.language
    actuals = tuple(actual_rows(screen.phrasebook, screen.assessment(target.id), history))
    st.html(markup.heading(language.t("Recorded for this target"), str(len(actuals))))
    act.tell(screen, withdrawal.DONE)
    if not actuals:
        st.html(markup.empty(language.t("Nothing has been recorded for this target yet.")))
    by_row = {entry.row: entry for entry in history}
    for actual in actuals:
        with st.container(key=f"row-{actual.row}"):
            st.html(markup.actual_line(actual))
            entry = by_row[actual.row]
            if actual.open and isinstance(entry, Observation):
                _actions(screen, actual)
                if withdrawal.is_open(actual.row):
                    WithdrawalForm(screen, entry, history).draw()


def _actions(screen: Screen, actual: ActualRow) -> None:
    language = screen.language
    with st.container(key=f"actions-{actual.row}", horizontal=True, gap="small"):
        st.button(
            language.t("Correct"),
            key=f"correct-{actual.row}",
            type="tertiary",
            on_click=_correct,
            args=(actual.row,),
        )
        st.button(
            language.t("Withdraw"),
            key=f"ask-withdraw-{actual.row}",
            type="tertiary",
            on_click=withdrawal.ask,
            args=(actual.row,),
        )


def _correct(row: int) -> None:
    withdrawal.close()
    address.write("correct", str(row))
    scroll_position.want("entry")
