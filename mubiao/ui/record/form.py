"""The fields of one actual: what a person types, as a draft that is checked afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from mubiao import clock
from mubiao.model import Observation, Stage, Target
from mubiao.observation.draft import Draft
from mubiao.period import EXAMPLES, FIRST_DAY, LAST_DAY
from mubiao.ui.shell import fields
from mubiao.ui.shell.page import Screen
from mubiao.views.expected import expected_periods
from mubiao.wording import words as wording
from mubiao.wording.periods import period_label
from mubiao.wording.words import FIELDS

_TEXTS = ("qualifier", "nature", "source", "note")
_FIELDS = ("period", "value", "known_on", *_TEXTS)
_TURN = "form-turn"
_DRAWN_IN = "form-language"


@dataclass(frozen=True, slots=True)
class EntryForm:
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
        language = self.screen.language
        choices = ("period", "value", "qualifier", "nature")
        fields.choose_again(self.screen, _DRAWN_IN, map(self._key, choices))
        left, right = st.columns(2)
        with left:
            self._period()
            if self.target.is_milestone:
                self._stage()
            else:
                unit = self.screen.phrasebook.unit(self.target)
                label = language.t("Value ({unit})", unit=language.pick(unit)) if unit else ""
                self._text("value", language.t("such as 3.8, 280,000, −3.2"), label)
            self._known_on()
        with right:
            if not self.target.is_milestone:
                self._choice("qualifier", wording.QUALIFIER, language.t("as the value says"))
            by_period = language.t("by the period: a full year is final")
            self._choice("nature", wording.NATURE, by_period)
            self._text("source", language.t("Who published it, and where"))
        note = self._first()["note"]
        st.text_area(self._label("note"), value=note, height=70, **self._bound("note"))
        return self.held()

    def held(self) -> Draft:
        """What the fields hold now: in a callback, newer than what the last run has drawn."""
        return Draft(self.target.id, **{field: self._held(field) for field in _FIELDS})

    @property
    def _name(self) -> str:
        return f"{self.target.id}-{self.old.row if self.old else 'new'}"

    def _first(self) -> dict[str, str]:
        old = self.old
        if old is None:
            return dict.fromkeys((field for field in _FIELDS if field != "known_on"), "")
        return {
            "period": old.period.text,
            "value": old.value.value if isinstance(old.value, Stage) else format(old.value, "f"),
            "known_on": old.known_on.isoformat(),
            **{field: str(getattr(old, field)) for field in _TEXTS},
        }

    def _label(self, field: str) -> str:
        return self.screen.language.t(FIELDS[field])

    def _key(self, field: str) -> str:
        return f"{field}-{self.scope}"

    def _bound(self, field: str) -> fields.Lasting:
        return fields.lasting(self._key(field))

    def _held(self, field: str) -> str:
        if field == "period":
            return fields.held_period(self.screen, self._key(field))
        return fields.held(self._key(field))

    def _period(self) -> None:
        """A period expected by the cadence, or any other that is typed in."""
        language, old = self.screen.language, self.old
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
            format_func=lambda text: period_label(language, text),
            accept_new_options=True,
            placeholder=language.t("Choose or type one"),
            help=language.t("Or typed, by its name or as {examples}", examples=EXAMPLES),
            **self._bound("period"),
        )

    def _stage(self) -> None:
        language, old = self.screen.language, self.old
        stages = [stage.value for stage in Stage]
        st.selectbox(
            language.t("Stage"),
            stages,
            index=stages.index(str(old.value)) if old else None,
            format_func=lambda stage: language.t(wording.STAGE[Stage(stage)]),
            placeholder=language.t("Choose one"),
            **self._bound("value"),
        )

    def _known_on(self) -> None:
        first = min(self.screen.as_of, clock.today(self.screen.settings))
        st.date_input(
            self._label("known_on"),
            value=self.old.known_on if self.old else first,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            help=self.screen.language.t("The day the figure became public."),
            **self._bound("known_on"),
        )

    def _choice(self, field: str, names: Mapping[Any, str], empty: str) -> None:
        """A choice of ids by their names, or of none, which means what `empty` says."""
        texts = {"": empty} | {str(id_): self.screen.language.t(m) for id_, m in names.items()}
        st.selectbox(
            self._label(field),
            list(texts),
            index=list(texts).index(self._first()[field]),
            format_func=texts.__getitem__,
            **self._bound(field),
        )

    def _text(self, field: str, hint: str, label: str = "") -> None:
        st.text_input(
            label or self._label(field),
            value=self._first()[field],
            placeholder=hint,
            **self._bound(field),
        )
