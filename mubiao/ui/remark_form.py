"""Target: the form for commentary and for a judgement of one's own, and taking either back."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from mubiao import service
from mubiao.model import Remark, Status, Target
from mubiao.observation.remark import RemarkDraft, read_remark
from mubiao.period import EXAMPLES, Period
from mubiao.problems import Refused, message
from mubiao.ui import effects, past_markup, person, single
from mubiao.ui.address import LAST_DAY
from mubiao.ui.page import Screen
from mubiao.views.expected import expected_periods
from mubiao.views.remarks import in_force, period_spoken_of
from mubiao.wording import words as wording

_SAVED, _DRAWN_IN = "remarks-saved", "remarks-language"
_COMMENTARY, _JUDGEMENT = "commentary", "judgement"
_KINDS = {_COMMENTARY: message("Commentary"), _JUDGEMENT: message("Own judgement")}


def take_back(screen: Screen, remark: Remark) -> None:
    """The button that takes a remark of one's own back; the record keeps it."""
    if remark.written_by != person.named().strip():
        return
    label = message("Take back my judgement") if remark.status else message("Take back")
    st.button(
        screen.language.t(label),
        key=f"take-back-{remark.row}",
        type="tertiary",
        on_click=_take_back,
        args=(screen, remark),
    )


def _take_back(screen: Screen, remark: Remark) -> None:
    today = service.today(screen.settings)
    gone = Remark(remark.target, remark.period, "", today, replaces=remark.row)
    if _write(screen, gone):
        st.session_state[effects.DONE] = screen.language.t("Taken back.")


def _write(screen: Screen, remark: Remark) -> bool:
    """Add a remark; whether that was done."""
    try:
        screen.store.remark(screen.plan.id, remark, by=person.named(), at=service.now())
    except Refused as refusal:
        st.session_state[effects.REFUSED] = refusal.problems
        return False
    return True


@dataclass(frozen=True, slots=True)
class RemarkForm:
    """The fields for a target; what they hold outlives another page and another language."""

    screen: Screen
    target: Target

    def draw(self) -> None:
        """The fields, and the button that saves."""
        words, today = self.screen.language, service.today(self.screen.settings)
        self._say_again()
        if self.screen.as_of < today:
            told = words.t(
                "It is written today and shown from {day} on; as of an earlier day nobody had "
                "said it yet.",
                day=words.day(today),
            )
            st.html(past_markup.quiet(told))
        judges = self._kind() == _JUDGEMENT
        left, right = st.columns(2)
        with left:
            if judges:
                self._status()
            else:
                self._period()
        with right:
            if judges:
                self._until(today)
            else:
                person.ask(self.screen)
        label = words.t("Why you judge it so") if judges else words.t("What happened, what is done")
        st.text_area(label, key=self._key("text"), height=110, persist_state="session")
        if judges:
            person.ask(self.screen)
        label = words.t("Save the judgement") if judges else words.t("Save the commentary")
        st.button(label, key="remark-save", type="primary", on_click=self._save)

    def _key(self, field: str) -> str:
        """Another target, or a save, begins afresh."""
        return f"remark-{field}-{self.target.id}-{st.session_state.get(_SAVED, 0)}"

    def _held(self, field: str) -> str:
        value = st.session_state.get(self._key(field))
        if isinstance(value, date):
            return value.isoformat()
        return "" if value is None else str(value).strip()

    def _say_again(self) -> None:
        """After a change of language, choose again: the browser holds a choice as it read."""
        code = self.screen.language.code
        if st.session_state.get(_DRAWN_IN, code) != code:
            for field in ("kind", "period", "status"):
                key = self._key(field)
                if key in st.session_state:
                    st.session_state[key] = st.session_state[key]
        st.session_state[_DRAWN_IN] = code

    def _kind(self) -> str:
        words, key = self.screen.language, self._key("kind")
        st.session_state.setdefault(key, _COMMENTARY)
        st.segmented_control(
            words.t("Kind of remark"),
            list(_KINDS),
            format_func=lambda kind: words.t(_KINDS[kind]),
            key=key,
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
        return str(st.session_state[key] or _COMMENTARY)

    def _period(self) -> None:
        """The period of the counting figure first; any other can be typed."""
        words, key = self.screen.language, self._key("period")
        options = [period.text for period in expected_periods(self.screen.plan, self.target)]
        first = self._spoken_of().text
        typed = st.session_state.get(key)
        options += [text for text in (first, typed) if text and text not in options]
        st.session_state.setdefault(key, first)
        st.selectbox(
            words.t("Period"),
            options,
            format_func=self._period_name,
            accept_new_options=True,
            key=key,
            help=words.t("Or typed: {examples}", examples=EXAMPLES),
            persist_state="session",
        )

    def _period_name(self, text: str) -> str:
        try:
            return self.screen.language.period(Period.parse(text))
        except ValueError:
            return text

    def _spoken_of(self) -> Period:
        return period_spoken_of(self.screen.plan, single.judged(self.screen, self.target))

    def _status(self) -> None:
        words = self.screen.language
        statuses = [status.value for status in Status if status is not Status.NO_DATA]
        st.selectbox(
            words.t("How you see it"),
            statuses,
            index=None,
            format_func=lambda s: f"{wording.SHAPE[s]} {words.t(wording.STATUS[s])}",
            key=self._key("status"),
            placeholder=words.t("Choose one"),
            help=words.t("It stands beside the computed status and changes nothing in it."),
            persist_state="session",
        )

    def _until(self, today: date) -> None:
        st.date_input(
            self.screen.language.t("Last day"),
            value=None,
            min_value=today,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            key=self._key("until"),
            help=self.screen.language.t("After it the judgement is history."),
            persist_state="session",
        )

    def _save(self) -> None:
        """Read everything once more on the server, write, and say what happened."""
        screen, today = self.screen, service.today(self.screen.settings)
        judges = self._held("kind") == _JUDGEMENT
        draft = RemarkDraft(
            self.target.id,
            period=self._spoken_of().text if judges else self._held("period"),
            text=self._held("text"),
            judges=judges,
            status=self._held("status"),
            until=self._held("until"),
        )
        try:
            remark = read_remark(draft, screen.plan, today)
        except Refused as refusal:
            st.session_state[effects.REFUSED] = refusal.problems
            return
        if _write(screen, replace(remark, replaces=self._own(today) if judges else None)):
            st.session_state[_SAVED] = st.session_state.get(_SAVED, 0) + 1
            told = message("The judgement is saved.") if judges else message("Saved.")
            st.session_state[effects.DONE] = screen.language.t(told)

    def _own(self, today: date) -> int | None:
        """The same person's judgement in force, which a new one takes the place of."""
        by = person.named().strip()
        standing = self.screen.store.remarks(self.screen.plan.id, self.target.id, today)
        own = [r.row for r in standing if r.written_by == by and in_force(r, today)]
        return own[-1] if own else None
