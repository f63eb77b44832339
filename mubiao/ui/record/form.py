"""The fields of one actual: what a person types, as a draft that is checked afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from mubiao import clock
from mubiao.model import Nature, Observation, Qualifier, Stage, Target
from mubiao.observation.draft import Draft
from mubiao.period import EXAMPLES, FIRST_DAY, LAST_DAY
from mubiao.problems import message
from mubiao.ui.shell import fields
from mubiao.ui.shell.page import Screen
from mubiao.views.expected import expected_periods
from mubiao.wording import words as wording
from mubiao.wording.periods import period_label
from mubiao.wording.words import FIELDS

_TURN = "form-turn"
_DRAWN_IN = "form-language"


@dataclass(frozen=True, slots=True)
class Form:
    """The fields for a target, filled with the row that is corrected where there is one."""

    screen: Screen
    target: Target
    old: Observation | None

    @property
    def scope(self) -> str:
        """What the fields' keys end with: another target or row, or a save, begins afresh."""
        return f"{self._name}-{st.session_state.get(f'{_TURN}-{self._name}', 0)}"

    def begin_anew(self) -> None:
        """Forget what the fields of this form hold; those of other targets and rows stay."""
        turn = f"{_TURN}-{self._name}"
        st.session_state[turn] = st.session_state.get(turn, 0) + 1

    @property
    def is_untouched(self) -> bool:
        """Whether the fields hold what they began with: nothing would be missed.

        Of a new actual the day does not count: it is filled in beforehand.
        """
        first = self._first()
        return all(
            self._key(field) not in st.session_state or self._held(field) == value
            for field, value in first.items()
        )

    def draft(self) -> Draft:
        """Draw the fields and give back what they hold."""
        old = self.old
        choices = ("period", "value", "qualifier", "nature")
        fields.choose_again(self.screen, _DRAWN_IN, map(self._key, choices))
        left, right = st.columns(2)
        with left:
            self._period()
            if self.target.is_milestone:
                self._stage()
            else:
                self._number()
            self._known_on()
        with right:
            if not self.target.is_milestone:
                names = {q.value: wording.QUALIFIER[q] for q in Qualifier}
                first = old.qualifier.value if old else ""
                self._choice("qualifier", names, message("as the value says"), first)
            natures = {n.value: wording.NATURE[n] for n in Nature}
            first = old.nature.value if old else ""
            by_period = message("by the period: a full year is final")
            self._choice("nature", natures, by_period, first)
            self._text("source", old.source if old else "")
        st.text_area(
            self._label("note"),
            value=old.note if old else "",
            key=self._key("note"),
            height=70,
            persist_state="session",
        )
        return self.held()

    def held(self) -> Draft:
        """What the fields hold now: in a callback, newer than what the last run has drawn."""
        return Draft(
            self.target.id,
            period=self._held("period"),
            value=self._held("value"),
            qualifier=self._held("qualifier"),
            nature=self._held("nature"),
            known_on=self._held("known_on"),
            source=self._held("source"),
            note=self._held("note"),
        )

    @property
    def _name(self) -> str:
        return f"{self.target.id}-{self.old.row if self.old else 'new'}"

    def _first(self) -> dict[str, str]:
        """What the fields begin with."""
        old = self.old
        if old is None:
            return dict.fromkeys(("period", "value", "qualifier", "nature", "source", "note"), "")
        return {
            "period": old.period.text,
            "value": old.value.value if isinstance(old.value, Stage) else format(old.value, "f"),
            "qualifier": old.qualifier.value,
            "nature": old.nature.value,
            "known_on": old.known_on.isoformat(),
            "source": old.source,
            "note": old.note,
        }

    def _label(self, field: str) -> str:
        return self.screen.language.t(FIELDS[field])

    def _key(self, field: str) -> str:
        return f"{field}-{self.scope}"

    def _held(self, field: str) -> str:
        if field == "period":
            return fields.held_period(self.screen, self._key(field))
        return fields.held(self._key(field))

    def _period(self) -> None:
        """A period expected by the cadence, or any other that is typed in."""
        words, old = self.screen.language, self.old
        options = [period.text for period in expected_periods(self.screen.plan, self.target)]
        if self.target.is_milestone:
            options = [self.screen.as_of.isoformat()]
        if old and old.period.text not in options:
            options.insert(0, old.period.text)
        typed, key = self._held("period"), self._key("period")
        if typed and typed not in options:
            options.append(typed)  # or a change of language could not choose it again
        if typed and typed != st.session_state.get(key):
            st.session_state[key] = typed
        st.selectbox(
            self._label("period"),
            options,
            index=options.index(old.period.text) if old else None,
            format_func=lambda text: period_label(words, text),
            accept_new_options=True,
            key=key,
            persist_state="session",
            placeholder=words.t("Choose or type one"),
            help=words.t("Or typed, by its name or as {examples}", examples=EXAMPLES),
        )

    def _number(self) -> None:
        words, old = self.screen.language, self.old
        unit = self.screen.phrasebook.unit(self.target)
        label = self._label("value")
        if unit is not None:
            label = words.t("Value ({unit})", unit=words.pick(unit))
        st.text_input(
            label,
            value=format(old.value, "f") if old and not isinstance(old.value, Stage) else "",
            key=self._key("value"),
            persist_state="session",
            placeholder=words.t("such as 3.8, 280,000, −3.2"),
        )

    def _stage(self) -> None:
        words, old = self.screen.language, self.old
        stages = [stage.value for stage in Stage]
        st.selectbox(
            words.t("Stage"),
            stages,
            index=stages.index(str(old.value)) if old else None,
            format_func=lambda stage: words.t(wording.STAGE[Stage(stage)]),
            key=self._key("value"),
            persist_state="session",
            placeholder=words.t("Choose one"),
        )

    def _known_on(self) -> None:
        first = min(self.screen.as_of, clock.today(self.screen.settings))
        st.date_input(
            self._label("known_on"),
            value=self.old.known_on if self.old else first,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            key=self._key("known_on"),
            persist_state="session",
            help=self.screen.language.t("The day the figure became public."),
        )

    def _choice(self, field: str, names: Mapping[str, str], empty: str, first: str) -> None:
        words = self.screen.language
        options = ["", *names]
        st.selectbox(
            self._label(field),
            options,
            index=options.index(first),
            format_func=lambda name: words.t(names[name]) if name else words.t(empty),
            key=self._key(field),
            persist_state="session",
        )

    def _text(self, field: str, first: str) -> None:
        hint = self.screen.language.t("Who published it, and where")
        st.text_input(
            self._label(field),
            value=first,
            key=self._key(field),
            placeholder=hint,
            persist_state="session",
        )
