"""Target: the form for commentary and for a judgement of one's own, and taking either back."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import streamlit as st

from mubiao.access import Action
from mubiao.duty import expected_periods
from mubiao.model import Remark, Status, Target
from mubiao.observation.remark import RemarkDraft, read_remark
from mubiao.period import LAST_DAY, Period
from mubiao.problems import Problem, Refused, message
from mubiao.ui.shell import act, fields, markup, person, rights
from mubiao.ui.shell.page import Screen
from mubiao.views.remarks import period_spoken_of
from mubiao.wording import words as wording

_DRAWN_IN = "remarks-language"
_COMMENTARY, _JUDGEMENT = "commentary", "judgement"
_FORM = "remark-form"
_FIELDS = ("period", "status", "until", "text", "recorded_by")
# The field of the text, of commentary and of a judgement.
_TEXTS = ("text", "why")
# A field by its name, and what draws it.
_Field = tuple[str, Callable[[], None]]
_Place = AbstractContextManager[object]
_KINDS = {_COMMENTARY: message("Commentary"), _JUDGEMENT: message("Own judgement")}


def take_back(screen: Screen, remark: Remark) -> None:
    """The button that takes a remark back, of one's own or by role; the record keeps it."""
    own = person.did(remark.actor, remark.written_by)
    by_role = rights.of(screen).in_force
    may = rights.may(screen, Action.REMARK, remark.target, own=own)
    if not may or not (own or by_role):
        return
    is_judgement = remark.status is not None and own
    label = message("Take back my judgement") if is_judgement else message("Take back")
    key = f"take-back-{remark.row}"
    fields.button(screen.language.t(label), key, _take_back, screen, remark, kind="tertiary")


def _take_back(screen: Screen, remark: Remark) -> None:
    today = screen.today
    withdrawal = Remark(remark.target, remark.period, "", today, replaces=remark.row)
    with act.attempt():
        screen.store.remark(screen.plan.id, withdrawal, person.act())
        act.done(screen.language.t("Taken back."))


@dataclass(frozen=True, slots=True)
class RemarkForm:
    """The fields for a target; what they hold outlives another page and another language."""

    screen: Screen
    target: Target

    def draw(self) -> None:
        """The fields, and the button that saves."""
        language, today = self.screen.language, self.screen.today
        fields.choose_again(self.screen, _DRAWN_IN, map(self._key, ("kind", "period", "status")))
        if self.screen.as_of < today:
            note = language.t(
                "It is written today and shown from {day} on; as of an earlier day nobody had "
                "said it yet.",
                day=language.day(today),
            )
            st.html(markup.quiet(note))
        judges = self._kind() == _JUDGEMENT
        problems = self._problems(today)
        by: _Field = ("recorded_by", partial(person.ask, self.screen))
        text: _Field = ("text", self._text)
        drawn = [("period", self._period), by, text]
        if judges:
            drawn = [("status", self._status), ("until", self._until), text, by]
        left, right = st.columns(2)
        places: tuple[_Place, ...] = (left, right, nullcontext(), nullcontext())
        for (name, draw), place in zip(drawn, places, strict=False):
            with place:
                draw()
                fields.say(self.screen, (one for one in problems if one.field == name))
        label = language.t("Save the judgement") if judges else language.t("Save the commentary")
        fields.button(label, "remark-save", self._save, kind="primary")
        fields.say(self.screen, (one for one in problems if one.field not in _FIELDS))

    def _problems(self, today: date) -> list[Problem]:
        """What is wrong once saving was tried, and what the last press was refused for."""
        problems: list[Problem] = [*act.refusals(_FORM)]
        if st.session_state.get(self._tried):
            try:
                read_remark(self._draft(), self.screen.plan, today)
            except Refused as refusal:
                problems += refusal.problems
        return problems

    @property
    def _tried(self) -> str:
        return self._key(f"tried-{self._held('kind')}")

    def _required(self, label: str) -> str:
        return fields.required(self.screen, label)

    def _key(self, field: str) -> str:
        """Another target, or a save, begins afresh."""
        return f"remark-{field}-{self.target.id}-{fields.turn('remarks')}"

    def _held(self, field: str) -> str:
        if field == "period":
            return fields.held_period(self.screen, self._key(field))
        return fields.held(self._key(field))

    @property
    def _judges(self) -> bool:
        return self._held("kind") == _JUDGEMENT

    def _kind(self) -> str:
        language, key = self.screen.language, self._key("kind")
        st.session_state.setdefault(key, _COMMENTARY)
        names = {kind: language.t(msgid) for kind, msgid in _KINDS.items()}
        fields.switch(language.t("Kind of remark"), names, **fields.lasting(key))
        return str(st.session_state[key] or _COMMENTARY)

    def _period(self) -> None:
        first = self._counting_period().text
        options = [period.text for period in expected_periods(self.screen.plan, self.target)]
        fields.period(self.screen, [*options, first], self._key("period"), first)

    def _counting_period(self) -> Period:
        return period_spoken_of(self.screen.plan, self.screen.assessment(self.target.id))

    def _status(self) -> None:
        language = self.screen.language
        statuses = [status.value for status in Status if status is not Status.NO_DATA]
        st.selectbox(
            markup.plain(self._required(language.t("How you see it"))),
            statuses,
            index=None,
            format_func=lambda s: f"{wording.SHAPE[s]} {language.t(wording.STATUS[s])}",
            placeholder=language.t("Choose one"),
            help=language.t("It stands beside the computed status and changes nothing in it."),
            **fields.lasting(self._key("status")),
        )

    def _until(self) -> None:
        t, within = self.screen.language.t, (self.screen.today, LAST_DAY)
        label, note = self._required(t("Last day")), t("After it the judgement is history.")
        fields.day(label, None, within, note, **fields.lasting(self._key("until")))

    def _text(self) -> None:
        """Each kind has its own text: the reason of a judgement is no commentary."""
        t, judges = self.screen.language.t, self._judges
        label = t("Why you judge it so") if judges else t("What happened, what is done")
        key = self._key(_TEXTS[judges])
        st.text_area(markup.plain(self._required(label)), height=110, **fields.lasting(key))

    def _draft(self) -> RemarkDraft:
        judges = self._judges
        return RemarkDraft(
            self.target.id,
            period=self._counting_period().text if judges else self._held("period"),
            text=self._held(_TEXTS[judges]),
            judges=judges,
            status=self._held("status"),
            until=self._held("until"),
        )

    def _save(self) -> None:
        """Read everything once more on the server, write, and say what happened."""
        screen, today, draft = self.screen, self.screen.today, self._draft()
        st.session_state[self._tried] = True
        try:
            remark = read_remark(draft, screen.plan, today)
        except Refused:
            return  # the next run says why, at the fields
        judges = draft.judges
        ready = replace(remark, replaces=self._own(today) if judges else None)
        with act.attempt(_FORM):
            act.ask_if_garbled(text=ready.text)
            screen.store.remark(screen.plan.id, ready, person.act())
            fields.next_turn("remarks")
            msgid = message("The judgement is saved.") if judges else message("Saved.")
            act.done(screen.language.t(msgid))

    def _own(self, today: date) -> int | None:
        """The same person's judgement in force, which a new one takes the place of."""
        standing = self.screen.store.remarks(self.screen.plan.id, self.target.id, today)
        own = [r for r in standing if person.did(r.actor, r.written_by) and r.in_force(today)]
        return own[-1].row if own else None
