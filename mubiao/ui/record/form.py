"""The fields of one actual: what a person types, as unsaved edits that are checked afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from mubiao.duty import expected_periods
from mubiao.model import Entry, Indicator, Observation
from mubiao.observation.draft import Draft
from mubiao.proposal.unsaved import FIELDS, Cell, Unsaved
from mubiao.ui.record import drafts
from mubiao.ui.shell import address, fields, markup
from mubiao.ui.shell.page import Screen
from mubiao.wording import words as wording

_CHOICES: tuple[Cell, ...] = ("period", "value", "qualifier", "nature")
REQUIRED: tuple[Cell, ...] = ("period", "value", "known_on", "source")
_DRAWN_IN = "form-language"


@dataclass(frozen=True)
class EntryForm:
    """The fields for a target, filled with the row that is corrected where there is one."""

    screen: Screen
    target: Indicator
    old: Observation | None

    @property
    def part(self) -> str:
        """The part of the plan whose unsaved edits these are."""
        return f"{self.target.id}/{self.old.row if self.old else 'new'}"

    @property
    def scope(self) -> str:
        """What the fields' keys end with: another target or row, or a save, begins afresh."""
        return f"{self.part.replace('/', '-')}-{drafts.turn()}"

    def typed(self) -> Unsaved:
        """The unsaved edits, with what the fields hold now; none where that is what they began
        with. The session holds them, whatever becomes of the page.

        Of a new actual the day does not count: it is filled in beforehand.
        """
        edits = drafts.unsaved(self.screen, self.part)
        if self._key("value") in st.session_state:
            cells = self._held()
            first = self._recorded if self.old else {"known_on": cells["known_on"]}
            is_untouched = all(text == first.get(name, "") for name, text in cells.items())
            base = int(st.session_state.get(self._base, 0))
            edits = edits.edited(self.target.id, {} if is_untouched else cells, base)
            drafts.hold(self.screen, self.part, edits)
        return edits

    def draft(self) -> Draft:
        """What the fields hold now: in a callback, newer than what the last run has drawn."""
        return Draft(self.target.id, **self._held())

    def draw(self, edits: Unsaved, history: Sequence[Entry]) -> None:
        """Draw the fields. What is typed first is based on the `history` that was seen till then:
        all that is recorded for the target.
        """
        if self.target.id not in edits.rows:
            st.session_state[self._base] = max((entry.row for entry in history), default=0)
        language, first = self.screen.language, edits.texts(self.target.id) or self._recorded
        fields.choose_again(self.screen, _DRAWN_IN, map(self._key, _CHOICES))
        left, right = st.columns(2)
        with left:
            self._period(first)
            if self.target.is_milestone:
                self._choice("value", wording.STAGE, first, label=language.t("Stage"))
            else:
                unit = self.screen.phrasebook.unit(self.target)
                label = language.t("Value ({unit})", unit=language.pick(unit)) if unit else ""
                self._text("value", first, language.t("such as 3.8, 280,000, −3.2"), label)
            self._known_on(first)
        with right:
            if not self.target.is_milestone:
                empty = language.t("as the value says")
                self._choice("qualifier", wording.QUALIFIER, first, empty)
            by_period = language.t("by the period: a full year is final")
            self._choice("nature", wording.NATURE, first, by_period)
            self._text("source", first, language.t("Who published it, and where"))
        title, note = markup.plain(self._label("note")), first.get("note", "")
        st.text_area(title, value=note, height=70, **self._bound("note"))

    @cached_property
    def _recorded(self) -> Mapping[Cell, str]:
        return self.old.texts if self.old else {}

    @property
    def _base(self) -> str:
        return f"base-{self.scope}"

    def _label(self, field: Cell, label: str = "") -> str:
        """What a field is called, by its own name or another one, and whether it is required."""
        label = label or self.screen.language.t(wording.FIELDS[field])
        return fields.required(self.screen, label) if field in REQUIRED else label

    def _key(self, field: str) -> str:
        return f"{field}-{self.scope}"

    def _bound(self, field: str) -> fields.Keyed:
        return fields.lasting(self._key(field))

    def _held(self) -> dict[Cell, str]:
        texts: dict[Cell, str] = {field: fields.held(self._key(field)) for field in FIELDS}
        return texts | {"period": fields.held_period(self.screen, self._key("period"))}

    def _period(self, first: Mapping[Cell, str]) -> None:
        options = [self.screen.as_of.isoformat()]
        if not self.target.is_milestone:
            options = [one.text for one in expected_periods(self.screen.plan, self.target)]
        if self.old and self.old.period.text not in options:
            options.insert(0, self.old.period.text)
        fields.period(self.screen, options, self._key("period"), first.get("period", ""))

    def _known_on(self, first: Mapping[Cell, str]) -> None:
        today = min(self.screen.as_of, self.screen.today)
        fields.day(
            self._label("known_on"),
            address.day(first.get("known_on", "")) if first else today,
            explanation=self.screen.language.t("The day the figure became public."),
            **self._bound("known_on"),
        )

    def _choice(
        self,
        field: Cell,
        names: Mapping[Any, str],
        first: Mapping[Cell, str],
        empty: str = "",
        label: str = "",
    ) -> None:
        """A choice of ids by their names, or of none, which means what `empty` says if anything."""
        language = self.screen.language
        texts = {"": empty} if empty else {}
        texts |= {str(id_): language.t(msgid) for id_, msgid in names.items()}
        ids, text = list(texts), first.get(field, "")
        index, hint = ids.index(text) if text in ids else None, language.t("Choose one")
        label = self._label(field, label)
        fields.choice(label, texts, index=index, hint=hint, **self._bound(field))

    def _text(self, field: Cell, first: Mapping[Cell, str], hint: str, label: str = "") -> None:
        title, text = markup.plain(self._label(field, label)), first.get(field, "")
        st.text_input(title, value=text, placeholder=hint, **self._bound(field))
