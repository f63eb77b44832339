"""The actuals that stand in the record, for people and to import again."""

from collections.abc import Iterable

from mubiao.exports.data.listing import COLUMNS, KEPT_NUMBER, Listing, ListingRow, as_bytes
from mubiao.model import Observation, Stage
from mubiao.observation import contract
from mubiao.problems import message
from mubiao.spreadsheet import choice_words
from mubiao.spreadsheet.columns import NAME, UNIT
from mubiao.wording.phrasebook import Phrasebook

_SHOWN = ("target", NAME, "period", "value", UNIT, *contract.COLUMNS[3:])
_COLUMNS = {**{column: COLUMNS[column] for column in _SHOWN}, "row": KEPT_NUMBER}


def actuals_csv(observations: Iterable[Observation]) -> bytes:
    """The observations by the CSV contract, in UTF-8 with the mark that Excel knows it by."""
    return as_bytes(contract.write_csv(observations))


def actuals(phrasebook: Phrasebook, observations: Iterable[Observation]) -> Listing:
    """The observations with target ids, real numbers and days, and words in the language.

    The last column, `row`, is the row of the record that each line shows. Importing the workbook
    again changes nothing.
    """
    rows = (_row(phrasebook, observation) for observation in observations)
    return Listing(message("Actuals"), _COLUMNS, rows, still=2)


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
