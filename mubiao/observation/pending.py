"""What people have typed for a month and not saved yet, and its text form.

It is kept apart from the record, so that it outlives a page, a language and a lost connection.
Everything in it is raw text: it is read by `read_draft` like any other entry, and only then known
to be right.
"""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from mubiao.observation.draft import Draft

CELLS = ("value", "qualifier", "nature", "known_on", "source", "note")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cells(_Part):
    """The typed cells of one target; an empty cell says nothing.

    `base` is the greatest row of the target and period that the person has seen, `confirmed` the
    entry and its warnings that were looked at, "" for none.
    """

    value: str = ""
    qualifier: str = ""
    nature: str = ""
    known_on: str = ""
    source: str = ""
    note: str = ""
    base: int = 0
    confirmed: str = ""

    @property
    def typed(self) -> dict[str, str]:
        """The cells by name."""
        return {name: str(getattr(self, name)) for name in CELLS}


class Pending(_Part):
    """The unsaved edits of one month: cells by target, and what all of them share.

    `token` names the save that they will become: another attempt at it does nothing.
    """

    token: str
    known_on: str = ""
    source: str = ""
    by: str = ""
    rows: dict[str, Cells] = {}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that would be missed."""
        return not self.rows and not self.source

    def edited(self, target: str, typed: Mapping[str, str], base: int) -> "Pending":
        """With other cells for a target; `base` holds where none of them was typed before."""
        old = self.rows.get(target)
        new = Cells(**{name: typed.get(name, "").strip() for name in CELLS}, base=base)
        if old is not None:
            new = new.model_copy(update={"base": old.base, "confirmed": old.confirmed})
        rows = {name: cells for name, cells in self.rows.items() if name != target}
        if any(new.typed.values()):
            rows = {**self.rows, target: new}
        return self.model_copy(update={"rows": rows})

    def without(self, target: str) -> "Pending":
        """Without the cells of a target."""
        return self.edited(target, {}, 0)

    def based(self, target: str, row: int) -> "Pending":
        """With a target's cells based on a later row: the person has seen what others recorded."""
        return self._with(target, base=row)

    def confirmed(self, target: str, mark: str) -> "Pending":
        """With the mark of what was looked at; "" where it was not."""
        return self._with(target, confirmed=mark)

    def _with(self, target: str, **changes: object) -> "Pending":
        rows = {**self.rows, target: self.rows[target].model_copy(update=changes)}
        return self.model_copy(update={"rows": rows})

    def draft(self, target: str, period: str) -> Draft:
        """A target's cells as an entry, the empty ones filled from what all share."""
        cells = self.rows[target]
        return Draft(
            target=target,
            period=period,
            value=cells.value,
            qualifier=cells.qualifier,
            nature=cells.nature,
            known_on=cells.known_on or self.known_on,
            source=cells.source or self.source,
            note=cells.note,
        )


Book = Mapping[str, Pending]
"""The unsaved edits of one person, by plan and month ("beijing-2020/2020-06")."""

_BOOK = TypeAdapter(dict[str, Pending])


def read_book(text: str | None) -> Book:
    """The unsaved edits that a text holds; none where there is no text, or another kind of one."""
    try:
        return _BOOK.validate_json(text or "{}")
    except ValidationError:
        return {}


def write_book(book: Book) -> str:
    """The text that holds unsaved edits; empty where there are none."""
    kept = {name: pending for name, pending in book.items() if not pending.is_empty}
    return _BOOK.dump_json(kept).decode() if kept else ""
