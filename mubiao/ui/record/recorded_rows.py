"""Record, one target: every recorded row. An open one can be corrected, withdrawn, or set back to
what it had corrected.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

import streamlit as st

from mubiao.counting import latest, standing
from mubiao.model import Entry, Indicator, Observation, Submission, Target, Withdrawal
from mubiao.problems import message
from mubiao.proposal.effects import Change
from mubiao.ui.record import pane, saving
from mubiao.ui.shell import act, address, fields, markup
from mubiao.ui.shell.fields import button
from mubiao.ui.shell.page import Screen
from mubiao.views.detail import actual_rows
from mubiao.wording.words import FIELDS

_OPEN, _FORM = "withdrawing", "withdrawal"
# Where it is told what was withdrawn or restored: beside the rows.
_DONE = "rows-done"


def rows(screen: Screen, target: Indicator, history: Sequence[Entry]) -> None:
    """The rows of the target's history, the latest first."""
    t = screen.language.t
    judged = screen.assessment(target.id).observation if isinstance(target, Target) else None
    actuals = tuple(actual_rows(screen.phrasebook, history, screen.as_of, judged))
    st.html(markup.heading(t("Recorded for this target"), str(len(actuals))))
    act.tell(screen, _DONE)
    if not actuals:
        st.html(markup.empty(t("Nothing has been recorded for this target yet.")))
    by_row = {entry.row: entry for entry in history}
    for actual in actuals:
        with st.container(key=f"row-{actual.row}"):
            st.html(markup.actual_line(actual))
            row, entry = actual.row, by_row[actual.row]
            if actual.open and isinstance(entry, Observation):
                with st.container(key=f"actions-{row}", horizontal=True, gap="small"):
                    button(t("Correct"), f"correct-{row}", _correct, row, kind="tertiary")
                    key = f"ask-withdraw-{row}"
                    button(t("Withdraw"), key, _ask_withdrawal, row, kind="tertiary")
                if st.session_state.get(_OPEN) == row:
                    _WithdrawalForm(screen, entry, history).draw()


def _correct(row: int) -> None:
    _close()
    address.write("correct", str(row))
    act.want_in_view("entry")


def _ask_withdrawal(row: int) -> None:
    """Open the form for a row, or close it; a correction that was begun is over."""
    act.toggle(_OPEN, row, _FORM)
    address.write("correct", "")


def _close() -> None:
    st.session_state[_OPEN] = None


@dataclass(frozen=True, slots=True)
class _WithdrawalForm:
    """The form below an open row; `history` is everything recorded for its target."""

    screen: Screen
    entry: Observation
    history: Sequence[Entry]

    def draw(self) -> None:
        """The fields, what withdrawing would do, what is left then, and the ways out."""
        language, row = self.screen.language, self.entry.row
        with st.container(key=_FORM, gap="small"):
            self._fields()
            # On a day on which the row does not count any more.
            day = max(self.screen.as_of, self._from())
            changes = pane.effect(self.screen, as_of=day, taken_back=[self.entry])
            st.html("".join(markup.empty(text) for text in self._left(changes)))
            if problems := act.refusals(_FORM):
                st.html(markup.problems(map(self.screen.phrasebook.labelled, problems)))
            with st.container(key="withdrawal-ways", horizontal=True, gap="small"):
                label = language.t("Withdraw no. {row}", row=row)
                button(label, f"withdraw-{row}", self._withdraw, kind="primary")
                button(language.t("Do not withdraw"), "withdraw-not", _close)
            self._restoring()
        act.bring_if_wanted(_FORM)

    def _fields(self) -> None:
        language, row = self.screen.language, self.entry.row
        known_on, today = self.entry.known_on, self.screen.today
        left, right = st.columns([2, 1])
        with left:
            label = fields.required(self.screen, language.t(FIELDS["reason"]))
            st.text_input(markup.plain(label), key=f"reason-{row}")
        with right:
            text = language.t("As of an earlier day the figure is still shown, as known then.")
            first, within = min(self.screen.as_of, today), (known_on, max(known_on, today))
            label, key = language.t("Withdrawn from"), f"from-{row}"
            fields.day(label, max(known_on, first), within, text, key=key)

    def _from(self) -> date:
        return fields.held_day(f"from-{self.entry.row}") or self.entry.known_on

    def _left(self, changes: Sequence[Change]) -> list[str]:
        phrasebook, row = self.screen.phrasebook, self.entry.row
        period = phrasebook.period(self.entry.period)
        others = [o for o in standing(self.history, date.max) if o.row != row]
        twin = latest(o for o in others if o.period == self.entry.period)
        text = phrasebook.t("For {period} nothing is recorded any more then.", period=period)
        if twin is not None:
            text = phrasebook.t(
                "For {period} no. {row} remains: {value}.",
                period=period,
                row=twin.row,
                value=phrasebook.actual(twin),
            )
        if self.entry.target not in self.screen.plan.by_id:
            return [text]
        judged_by = phrasebook.t("No figure is left to judge the target by.")
        if changes and (after := changes[0].after.observation):
            judged_by = phrasebook.t(
                "The target is judged by no. {row} then: {period}, {value}.",
                row=after.row,
                period=phrasebook.period(after.period),
                value=phrasebook.actual(after),
            )
        return [text, judged_by]

    def _restoring(self) -> None:
        """Where the row corrected another one, the way back to that."""
        screen, language, row = self.screen, self.screen.language, self.entry.row
        before = next((e for e in self.history if e.row == self.entry.replaces), None)
        if not isinstance(before, Observation):
            return
        value = screen.phrasebook.actual(before)
        text = language.t(
            "No. {row} corrected no. {before}: {value}. Withdrawing does not bring that figure "
            "back; restoring does, by a new row with what it said.",
            row=row,
            before=before.row,
            value=value,
        )
        st.html(markup.quiet(text))
        back = replace(before, row=0, replaces=row)
        title = language.t("What restoring no. {row} would change", row=before.row)
        pane.effect(screen, [back], max(screen.as_of, before.known_on), title)
        label = language.t("Restore no. {row}: {value}", row=before.row, value=value)
        button(label, f"restore-{row}", self._restore, back, before.row)

    def _withdraw(self) -> None:
        row = self.entry.row
        reason = st.session_state.get(f"reason-{row}") or ""
        withdrawal = Withdrawal(self.entry.target, row, self._from(), reason)
        self._save(Submission(withdrawal), message("Withdrawn by no. {row}."))

    def _restore(self, back: Observation, before: int) -> None:
        """A correction with the earlier content: every day then shows what it showed before."""
        seen = max(entry.row for entry in self.history)
        msgid = message("No. {before} is restored by no. {row}.")
        self._save(Submission(back, seen), msgid, before=before)

    def _save(self, submission: Submission, msgid: str, **values: object) -> None:
        screen = self.screen
        with act.attempt(_FORM):
            if isinstance(submission.entry, Withdrawal):
                act.ask_if_garbled(reason=submission.entry.reason or "")
            made = saving.save(screen, [submission], uuid4().hex)
            _close()
            act.done(saving.text_of(screen, made, msgid, **values), _DONE)
