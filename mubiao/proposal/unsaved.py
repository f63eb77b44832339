"""What a person has typed for a month or one actual and not saved yet, and its text form.

It is no part of the record, and outlives a page, a language and a lost connection. Everything in it
is raw text: a candidate reads it like any other entry.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import get_args
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from mubiao.model import Field, Plan
from mubiao.observation.draft import Draft
from mubiao.plain_text import NOTE_LIMIT, SOURCE_LIMIT
from mubiao.problems import Problem, Refused, message
from mubiao.proposal.rows import Candidate, read

Cell = Field
FIELDS: tuple[Cell, ...] = get_args(Cell)
# Those of a month's grid, where a period is typed only if it is another one than the row's.
CELLS: tuple[Cell, ...] = (*FIELDS[1:], "period")
_LIMITS: Mapping[Cell, int] = {"note": NOTE_LIMIT, "source": SOURCE_LIMIT}
_LIMIT = 200  # of every other cell, in characters


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Cells(_Part):
    """The typed cells of one target; those that say nothing are left out.

    `base` is the greatest row that the person has seen, of the target and a month's period;
    `confirmed` is the mark of the row whose warnings were looked at, "" for none.
    """

    texts: dict[Cell, str] = {}
    base: int = 0
    confirmed: str = ""


class Unsaved(_Part):
    """The unsaved edits of one month or one form: cells by target, and what all of them share.

    `token` names the save that they will become: another attempt at it does nothing.
    """

    token: str
    known_on: str = ""
    source: str = ""
    rows: dict[str, Cells] = {}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that would be missed."""
        return not self.rows and not self.source

    @property
    def save_token(self) -> str:
        """The name of the save of exactly these edits."""
        return f"{self.token}-{hashlib.sha256(repr(self).encode()).hexdigest()[:16]}"

    def texts(self, target: str) -> dict[Cell, str]:
        """The cells of a target that say something."""
        return self.rows.get(target, Cells()).texts

    def edited(self, target: str, texts: Mapping[Cell, str], base: int) -> "Unsaved":
        """With other cells for a target; `base` holds where none of them was typed before."""
        typed = {name: text.strip() for name, text in texts.items() if text.strip()}
        old = self.rows.get(target, Cells(base=base))
        rows = {**self.rows, target: old.model_copy(update={"texts": typed})}
        if not typed:
            del rows[target]
        return self.model_copy(update={"rows": rows})

    def without(self, target: str) -> "Unsaved":
        """Without the cells of a target."""
        return self.edited(target, {}, 0)

    def based(self, target: str, row: int) -> "Unsaved":
        """With a target's cells based on a later row: the person has seen what others recorded."""
        return self._with(target, base=row)

    def confirmed(self, target: str, mark: str) -> "Unsaved":
        """With the mark of what was looked at; "" where it was not."""
        return self._with(target, confirmed=mark)

    def _with(self, target: str, **changes: object) -> "Unsaved":
        rows = {**self.rows, target: self.rows[target].model_copy(update=changes)}
        return self.model_copy(update={"rows": rows})

    def is_confirmed(self, mark: str) -> bool:
        """Whether the row of a mark was confirmed."""
        return any(cells.confirmed == mark for cells in self.rows.values())

    def candidate(self, target: str, period: str, place: int, plan: Plan, today: date) -> Candidate:
        """A target's cells as a candidate, the empty ones filled from what all share."""
        cells = self.rows[target]
        shared: dict[Cell, str] = {"known_on": self.known_on, "source": self.source}
        candidate = Candidate(
            target,
            place=place,
            silent=frozenset({"nature", "note"} - cells.texts.keys()),
            shared=frozenset(shared.keys() - cells.texts.keys()),
            seen=cells.base,
        )
        draft = Draft(target, **({"period": period} | shared | cells.texts))
        return read(candidate, draft, plan, today)


UnsavedBook = Mapping[str, Unsaved]
"""The unsaved edits of one person, by plan and month ("beijing-2020/2020-06"), or by plan, target
and the corrected row ("beijing-2020/cpi/14", "beijing-2020/cpi/new").
"""

_BOOK = TypeAdapter(dict[str, Unsaved])


def read_book(text: str | None) -> UnsavedBook:
    """The unsaved edits that a text holds; none where there is no text, or another kind of one."""
    try:
        return _BOOK.validate_json(text or "{}")
    except ValidationError:
        return {}


def write_book(book: UnsavedBook) -> str:
    """The text of unsaved edits, "" for none. Raises Refused for cells that are too long."""
    problems = [problem for edits in book.values() for problem in _too_long(edits)]
    if problems:
        raise Refused(problems)
    return _BOOK.dump_json(dict(book)).decode() if book else ""


def _too_long(edits: Unsaved) -> Iterator[Problem]:
    shared: Mapping[Cell, str] = {"known_on": edits.known_on, "source": edits.source}
    for texts in (shared, *(cells.texts for cells in edits.rows.values())):
        for name, text in texts.items():
            if len(text) > (most := _LIMITS.get(name, _LIMIT)):
                msgid = message("the text has {length} characters; expected at most {most}")
                yield Problem(msgid, {"length": len(text), "most": most}, field=name)


def copied(theirs: UnsavedBook, own: UnsavedBook) -> UnsavedBook:
    """One's own unsaved edits with a copy of somebody else's: of a target that both have edited
    one's own stay. What another person has confirmed is to be confirmed again.
    """
    book = dict(own)
    for part, edits in theirs.items():
        mine = own.get(part) or edits.model_copy(update={"token": uuid4().hex, "rows": {}})
        rows = {
            target: cells.model_copy(update={"confirmed": ""})
            for target, cells in edits.rows.items()
        }
        book[part] = mine.model_copy(update={"rows": {**rows, **mine.rows}})
    return book
