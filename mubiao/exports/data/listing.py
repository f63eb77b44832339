"""Lists of rows below a header, the same as CSV of ids and plain texts; and that of the actuals."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mubiao.model import Observation, Stage
from mubiao.observation import contract
from mubiao.observation.contract import escaped
from mubiao.problems import message
from mubiao.spreadsheet import choice_words
from mubiao.spreadsheet.columns import HEADERS, NAME, UNIT
from mubiao.theme import LIGHT
from mubiao.wording.phrasebook import Phrasebook

BOM = "\ufeff"

Value = str | int | date | Decimal | None
ListingRow = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its header (a gettext id), and its width in characters.

    Its texts are wrapped or on one line; `right` puts its header above numbers. A `locked` column
    is for reading; `refusal`, a gettext id, tells who types into it why they may not.
    """

    head: str
    width: float
    wrap: bool = False
    right: bool = False
    locked: bool = False
    refusal: str = ""

    @property
    def fill(self) -> str:
        """The ground of its header: grey where nobody fills it in."""
        return LIGHT.muted if self.locked else LIGHT.action


_NUMBER = message(
    "The number of the recorded figure: importing sees by it whether somebody changed the figure "
    "meanwhile. A new row has none."
)
_WIDTHS: Mapping[str, int] = {
    **dict.fromkeys(("row", "replaces", "save"), 9),
    **dict.fromkeys(("unit", "qualifier", "nature"), 12),
    **dict.fromkeys(("last_value", "value", "last_period", "period"), 18),
    **dict.fromkeys(("recorded_by", "recorded_at"), 20),
    **dict.fromkeys(("source", "note"), 44),
    "known_on": 14,
    "kind": 16,
    "target": 30,
    "name": 34,
}
# Every column of the record's tables by its id.
COLUMNS: Mapping[str, Column] = {
    **{name: Column(head, _WIDTHS[name]) for name, head in HEADERS.items()},
    "save_kind": Column(message("Kind of save"), 16),
    "undoes": Column(message("Undoes save no."), 9),
    "status": Column(message("Own judgement"), 16),
    "text": Column(message("Text"), 72, wrap=True),
    "until": Column(message("Last day"), 16),
    "day": Column(message("Written on"), 16),
    "written_by": Column(message("Written by"), 20),
    "written_at": Column(message("Written at (UTC)"), 20),
    "meeting": Column(message("Meeting no."), 9),
    "meeting_name": Column(message("Meeting"), 34),
    "as_of": Column(message("As of"), 14),
    "reason": Column(message("Reason"), 44),
    "last_row": Column(message("Last row seen"), 9),
    "last_remark": Column(message("Last remark seen"), 9),
}
_KEPT_NUMBER = Column(HEADERS["row"], _WIDTHS["row"], locked=True, refusal=_NUMBER)
_SHOWN = ("target", NAME, "period", "value", UNIT, *contract.COLUMNS[3:])
_OF_ACTUALS = {**{column: COLUMNS[column] for column in _SHOWN}, "row": _KEPT_NUMBER}


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows below one header: a sheet of a workbook, or a CSV file.

    `title` is a gettext id, `columns` stand by their ids, and the first `still` of them stay in
    sight. The rows are read once.
    """

    title: str
    columns: Mapping[str, Column]
    rows: Iterable[ListingRow]
    still: int


def as_bytes(text: str) -> bytes:
    """A text file in UTF-8, with the mark that Excel knows it by: without it a Chinese Excel takes
    the text for GB18030 and spoils it when it saves.
    """
    return (BOM + text).encode()


def as_csv(listing: Listing) -> bytes:
    """A listing as CSV below its columns' ids; a text like a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(listing.columns)
    writer.writerows([_text(value) for value in row] for row in listing.rows)
    return as_bytes(out.getvalue())


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return format(value, "f")
        case str():
            return escaped(value)
        case _:
            return str(value)


def actuals_csv(observations: Iterable[Observation]) -> bytes:
    """The observations by the CSV contract, in UTF-8 with the mark that Excel knows it by."""
    return as_bytes(contract.write_csv(observations))


def actuals(phrasebook: Phrasebook, observations: Iterable[Observation]) -> Listing:
    """The observations with target ids, real numbers and days, and words in the language.

    The last column, `row`, is the row of the record that each line shows. Importing the workbook
    again changes nothing.
    """
    rows = (_row(phrasebook, observation) for observation in observations)
    return Listing(message("Actuals"), _OF_ACTUALS, rows, still=2)


def _row(phrasebook: Phrasebook, one: Observation) -> ListingRow:
    language, value = phrasebook.language, one.value
    # What was recorded under an earlier plan has no name in this one.
    target = phrasebook.plan.indicators.get(one.target)
    name = phrasebook.name(target.id) if target else ""
    unit = phrasebook.unit_name(target) if target else ""
    return [
        *(one.target, name, one.period.text),
        *(choice_words.word(value, language) if isinstance(value, Stage) else value, unit),
        *(choice_words.word(choice, language) for choice in (one.qualifier, one.nature)),
        *(one.known_on, one.source, one.note, one.row or None),
    ]
